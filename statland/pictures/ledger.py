"""The gradient ledger: what each day adds to the gradient of the feedback weight."""

from dataclasses import replace

import numpy as np

from statland.learning import numerical_gradient, squared_error
from statland.pictures import parts
from statland.prices import HIGH, MEDIUM
from statland.rnn import RNNParams, relu_backward, rnn_backward, rnn_forward, rnn_jacobian

PRICES = (HIGH, MEDIUM, MEDIUM, HIGH, HIGH, HIGH, MEDIUM, MEDIUM)
UNIT = RNNParams(w_x=1.0, w_h=0.5, w_y=1.0, b_h=0.1)  # the bias keeps every day away from ReLU's corner
FIRST, ROW = 304, 28  # height of day 1; distance of the rows
PRICE, STATE, RELU, PRODUCT, SHARE = 98, 190, 223, 345, 446  # right edges of the columns; the middle of ReLU's
ZERO, HALF = 588, 118  # the middle of the bars and the longest way to either side
TOTAL, NUDGED = FIRST - 8 * ROW - 4, FIRST - 9 * ROW - 4  # heights of the two rows below the days


class Ledger:
    """A row and a bar for each day's share of dL/dw_h; the loss is the squared error of the last prediction."""

    alt = "A ledger with a row for each day: state before, ReLU, product of weights, share; the bars lead to the total."

    def __init__(self, prices=PRICES, unit=UNIT, target=HIGH):
        self.prices, self.unit, self.target = np.array(prices), unit, target
        self.rows = FIRST - ROW * np.arange(len(prices))
        self.figure = parts.page(384)
        ax = parts.canvas(self.figure, 0, 0, 720, 384)
        color = parts.GRADIENT.color
        parts.text(ax, 14, 364, "share = dL/dh of today × product × state before", color=color)
        for x, words, ink in (
            (PRICE, "price", parts.INPUT.color),
            (STATE, "state before", parts.HIDDEN.color),
            (PRODUCT, "product of w_h", parts.INK),
            (SHARE, "share", color),
        ):
            parts.text(ax, x, 334, words, color=ink, ha="right")
        parts.text(ax, RELU, 334, "ReLU", color=parts.HIDDEN.color, ha="center")
        for day, (y, price) in enumerate(zip(self.rows, prices, strict=True), start=1):
            parts.text(ax, 30, y, f"day {day}", va="center")
            parts.text(ax, PRICE, y, f"{price:g}", color=parts.INPUT.color, ha="right", va="center")
            ax.plot([14, 708], [y + ROW / 2] * 2, color=parts.RULE, lw=1)
        ax.plot([14, 708], [TOTAL + ROW / 2 + 2] * 2, color=parts.INK, lw=1)
        parts.text(ax, 30, TOTAL, "sum of the shares: dL/dw_h", va="center", weight="bold")
        parts.text(ax, 30, NUDGED, "numerical gradient, from nudging w_h", va="center")
        legend = "◆ today: the error    ● open    ○ shut    white bar: negative    × exactly 0"
        parts.text(ax, 14, 10, legend, va="bottom")
        ax.plot([ZERO, ZERO], [NUDGED - 12, FIRST + 16], color=parts.FAINT, lw=1)
        parts.text(ax, ZERO, 334, "0", ha="center")

        self.way = parts.line(ax, parts.INK, lw=1)
        self.positive = parts.shapes(ax, color)
        self.negative = parts.shapes(ax, color, fc="white", lw=1.5)
        self.nothing = parts.shapes(ax, color, fc="none", lw=1.5)
        self.nudged = parts.shapes(ax, parts.INK, fc="white", lw=1.5)
        self.today = parts.shapes(ax, color)
        self.nodes = parts.Nodes(ax)
        look = {"ha": "right", "animated": True}
        self.error = parts.text(ax, 708, 364, "", color=color, **look)
        self.end = parts.text(ax, ZERO + HALF, 334, "", **look)
        self.cells = [
            [parts.text(ax, x, y, "", color=ink, va="center", **look) for y in self.rows]
            for x, ink in ((STATE, parts.HIDDEN.color), (PRODUCT, parts.INK), (SHARE, color))
        ]
        self.total = parts.text(ax, SHARE, TOTAL, "", color=color, va="center", weight="bold", **look)
        self.check = parts.text(ax, SHARE, NUDGED, "", va="center", **look)

    def update(self, w_h=0.5, days=8):
        """Fill in the ledger for this feedback weight and the first days of the history; return its total."""
        unit, prices = replace(self.unit, w_h=w_h), self.prices[:days]
        trace = rnn_forward(prices, unit)
        dy = np.append(np.zeros(days - 1), 2 * (trace.y[-1] - self.target))
        grads, dh = rnn_backward(trace, dy, unit)
        before, product = trace.h[:-1], relu_backward(rnn_jacobian(trace, unit)[1:], trace.z)
        shares = dh[-1] * product * before
        check = numerical_gradient(lambda params: squared_error(prices, self.target, params), unit).w_h

        for cells, numbers in zip(self.cells, (before, product, shares), strict=True):
            for day, cell in enumerate(cells):
                cell.set_text(_digits(numbers[day]) if day < days else "")
        self.error.set_text(f"dL/dh of today = {_digits(dh[-1])}")
        self.total.set_text(_digits(grads.w_h))
        self.check.set_text(_digits(check))
        self._draw(shares, grads.w_h, check, trace.z > 0)
        return f"w_h = {w_h:g}, {days} days: {_sentence(shares, grads.w_h, check, trace.z > 0)}"

    def _draw(self, shares, total, check, is_open):
        rows = self.rows[: len(shares)]
        reached = np.append(0.0, np.cumsum(shares))
        scale = np.max(np.abs(reached))
        self.end.set_text(parts.full(scale, 3) if scale else "")
        x = ZERO + HALF * reached / (scale or 1.0)
        self.way.set_data(np.repeat(x, 2)[1:], np.append(np.repeat(rows, 2), TOTAL))
        starts, ends, y = np.append(x[:-1], ZERO), np.append(x[1:], x[-1]), np.append(rows, TOTAL)
        values = np.append(shares, total)
        for bars, chosen in ((self.positive, values > 0), (self.negative, values < 0)):
            bars.set_path(parts.bars(starts[chosen], ends[chosen], y[chosen] - 7.5, y[chosen] + 7.5))
        self.nothing.set_path(parts.marks("x", starts[values == 0], y[values == 0], 4))
        self.nudged.set_path(parts.marks("D", [ZERO + HALF * check / (scale or 1.0)], [NUDGED], 6))
        self.today.set_path(parts.marks(parts.GRADIENT.marker, [20], rows[-1:], 6))
        self.nodes.show(RELU, rows, is_open, 7)


def _digits(number):
    """Write a number with four digits after the point, and an exact zero as a bare 0."""
    return f"{number:z,.4f}" if number else "0"


def _sentence(shares, total, check, is_open):
    if not shares.any():
        shut = np.flatnonzero(~is_open)
        why = f"the unit is shut on day {shut[-1] + 1}" if len(shut) else "today there is no error"
        return f"{why}, so every share is exactly 0; numerical gradient {_digits(check)}."
    most = np.argmax(np.abs(shares))
    sums = f"the shares add up to {_digits(total)}, numerical gradient {_digits(check)}"
    return f"{sums}; the largest: day {most + 1}, {_digits(shares[most])}."

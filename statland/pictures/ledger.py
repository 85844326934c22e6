"""The gradient ledger: what each day adds to the gradient of the feedback weight."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.pictures.gradients import last_day
from statland.prices import HIGH, MEDIUM
from statland.rnn import RNNParams, numerical_gradient, rnn_backward, rnn_forward

PRICES = (HIGH, MEDIUM, MEDIUM, HIGH, HIGH, HIGH, MEDIUM, MEDIUM)
UNIT = RNNParams(w_x=1.0, w_h=0.5, w_y=1.0, b_h=0.1)  # the bias keeps every day away from ReLU's corner
FIRST, ROW = 304, 28  # height of day 1; distance of the rows
STATE, RELU, PRODUCT, SHARE = 190, 223, 345, 446  # right edges of the columns; the middle of ReLU's
ZERO, HALF = 588, 118  # the middle of the bars and the longest way to either side
TOTAL, NUDGED = FIRST - 8 * ROW - 4, FIRST - 9 * ROW - 4  # heights of the two rows below the days


class Ledger:
    """A row and a bar for each day's share of dL/dw_h; the loss is the squared error of the last prediction."""

    alt = "A ledger with a row for each day: state before, ReLU, product of weights, share; the bars lead to the total."

    def __init__(self, prices=PRICES, unit=UNIT, target=HIGH):
        self.prices, self.unit, self.target = np.array(prices), unit, target
        self.figure = parts.page(384)
        ax = parts.canvas(self.figure, 0, 0, 720, 384)
        color, rows = parts.GRADIENT.color, FIRST - ROW * np.arange(len(prices))
        self.rows = rows
        parts.text(ax, 14, 364, "share = dL/dh of today × product × state before", color=color)
        for x, words, ink in (
            (98, "price", parts.INPUT.color),
            (STATE, "state before", parts.HIDDEN.color),
            (PRODUCT, "product of w_h", parts.INK),
            (SHARE, "share", color),
        ):
            parts.text(ax, x, 334, words, color=ink, ha="right")
        parts.text(ax, RELU, 334, "ReLU", color=parts.HIDDEN.color, ha="center")
        for day, (y, price) in enumerate(zip(rows, prices, strict=True), start=1):
            parts.text(ax, 30, y, f"day {day}", va="center")
            parts.text(ax, 98, y, f"{price:g}", color=parts.INPUT.color, ha="right", va="center")
            ax.plot([14, 708], [y + ROW / 2, y + ROW / 2], color="#dddddd", lw=1)
        ax.plot([14, 708], [TOTAL + ROW / 2 + 2] * 2, color=parts.INK, lw=1)
        parts.text(ax, 30, TOTAL, "sum of the shares: dL/dw_h", va="center", weight="bold")
        parts.text(ax, 30, NUDGED, "numerical gradient, from nudging w_h", va="center")
        parts.text(
            ax, 14, 10, "◆ today: the error    ● open    ○ shut    white bar: negative    × exactly 0", va="bottom"
        )
        ax.plot([ZERO, ZERO], [NUDGED - 12, FIRST + 16], color=parts.FAINT, lw=1)
        parts.text(ax, ZERO, 334, "0", ha="center")

        self.way = parts.line(ax, parts.INK, lw=1)
        self.positive = parts.shapes(ax, color)
        self.negative = parts.shapes(ax, color, fc="white", lw=1.5)
        self.nothing = parts.shapes(ax, color, fc="none", lw=1.5)
        self.nudged = parts.shapes(ax, parts.INK, fc="white", lw=1.5)
        self.today = parts.shapes(ax, color)
        self.open = parts.shapes(ax, parts.HIDDEN.color)
        self.shut = parts.shapes(ax, parts.INK, fc="white", lw=1.5)
        look = {"ha": "right", "animated": True}
        self.error = parts.text(ax, 708, 364, "", color=color, **look)
        self.end = parts.text(ax, ZERO + HALF, 334, "", **look)
        self.cells = [
            [parts.text(ax, x, y, "", color=ink, va="center", **look) for y in rows]
            for x, ink in ((STATE, parts.HIDDEN.color), (PRODUCT, parts.INK), (SHARE, color))
        ]
        self.total = parts.text(ax, SHARE, TOTAL, "", color=color, va="center", weight="bold", **look)
        self.check = parts.text(ax, SHARE, NUDGED, "", va="center", **look)

    def update(self, w_h=0.5, days=8):
        """Fill in the ledger for this feedback weight and the first days of the history; return its total."""
        unit, prices, last = replace(self.unit, w_h=w_h), self.prices[:days], last_day(days)

        def loss(params):
            return (rnn_forward(prices, params).y[-1] - self.target) ** 2

        trace = rnn_forward(prices, unit)
        is_open, before = trace.z > 0, trace.h[:-1]
        grads, dh = rnn_backward(trace, last * 2 * (trace.y[-1] - self.target), unit)
        dz = np.where(is_open, dh[1:], 0.0)
        shares = dz * before
        _, passed = rnn_backward(trace, last, unit)  # the same way back, for an error of 1
        product = np.where(is_open, passed[1:] / unit.w_y, 0.0)
        check = numerical_gradient(loss, unit).w_h

        for texts, numbers in zip(self.cells, (before, product, shares), strict=True):
            for text, words in zip(texts, [*map(digits, numbers)] + [""] * (len(texts) - days), strict=True):
                text.set_text(words)
        self.error.set_text(f"dL/dh of today = {digits(dh[-1])}")
        self.total.set_text(digits(grads.w_h))
        self.check.set_text(digits(check))
        self._draw(shares, grads.w_h, check, is_open)
        return f"w_h = {w_h:g}, {days} days: {_sentence(shares, grads.w_h, check, is_open)}"

    def _draw(self, shares, total, check, is_open):
        days, rows = len(shares), self.rows[: len(shares)]
        reached = np.append(0.0, np.cumsum(shares))
        scale = np.max(np.abs(reached))
        self.end.set_text(f"{scale:,.0f}" if scale >= 1000 else f"{scale:.3g}" if scale else "")
        x = ZERO + HALF * reached / (scale or 1.0)
        self.way.set_data(np.repeat(x, 2)[1:], np.append(np.repeat(rows, 2), TOTAL))
        starts, ends, y = np.append(x[:-1], ZERO), np.append(x[1:], x[-1]), np.append(rows, TOTAL)
        values = np.append(shares, total)
        for bars, chosen in ((self.positive, values > 0), (self.negative, values < 0)):
            bars.set_path(parts.bars(starts[chosen], ends[chosen], y[chosen] - 7.5, y[chosen] + 7.5))
        self.nothing.set_path(parts.marks("x", starts[values == 0], y[values == 0], 4))
        self.nudged.set_path(parts.marks("D", [ZERO + HALF * check / (scale or 1.0)], [NUDGED], 6))
        self.today.set_path(parts.marks(parts.GRADIENT.marker, [20], rows[-1:], 6))
        for nodes, chosen in ((self.open, is_open), (self.shut, ~is_open)):
            nodes.set_path(parts.marks(parts.HIDDEN.marker, np.full(days, RELU)[chosen], rows[chosen], 7))


def digits(number):
    """Write a number with four digits after the point, and an exact zero as a bare 0."""
    words = f"{number:,.4f}" if number else "0"
    return "0.0000" if words == "-0.0000" else words


def _sentence(shares, total, check, is_open):
    if not shares.any():
        shut = np.flatnonzero(~is_open)
        why = f"the unit is shut on day {shut[-1] + 1}" if len(shut) else "today there is no error"
        return f"{why}, so every share is exactly 0; numerical gradient {digits(check)}."
    most = np.argmax(np.abs(shares))
    sums = f"the shares add up to {digits(total)}, numerical gradient {digits(check)}"
    return f"{sums}; the largest: day {most + 1}, {digits(shares[most])}."

"""One ruler for three path lengths: what lies between day 1 and the answer, and how much gradient arrives there."""

from dataclasses import replace
from math import ceil

import numpy as np
from matplotlib.path import Path

from statland.attention import age_and_price, attend_backward
from statland.lstm import lstm_forward, lstm_jacobian, with_forget_bias
from statland.pictures import parts
from statland.prices import MEDIUM, STATLAND_LSTM_WEIGHTS, STATLAND_WEIGHTS
from statland.rnn import rnn_forward, rnn_jacobian

LEFT, RIGHT = 30, 420  # where the first and the last day stand, in points
THICK, THICKEST, RADIUS, ARCS = 8, 16, 9, 25  # an arrow for a gradient of 1, the widest; the largest node; most arcs
LOW, ZERO, HIGH = -15, -18, 5  # powers of ten: the axis holds those from LOW to HIGH, zeros have a column of their own
ROWS = (  # height, name, role, and what day 1 is multiplied with on its way to the answer
    (318, "vanilla unit", parts.GRADIENT, "{} times w_h"),
    (224, "LSTM unit", parts.MEMORY, "{} gates, directly"),
    (82, "attention", parts.HIDDEN, "1 weight"),
)


class Ruler:
    """Three chains over the same days, and on one log axis the gradient that each lets through to day 1."""

    alt = "Three chains of days: vanilla unit, LSTM unit, attention. On a log axis beside them the gradient of day 1."

    def __init__(self):
        self.figure = parts.page(400)
        page = parts.canvas(self.figure, 0, 0, 720, 400)
        axis = parts.axes(self.figure, 478, 44, 704, 362, xlim=(ZERO - 1.5, HIGH), ylim=(44, 362), yticks=[])
        axis.set_xticks([ZERO, *range(LOW, HIGH + 1, 5)], ["0", *map(parts.power, range(LOW, HIGH + 1, 5))])
        axis.axvspan(ZERO - 1.5, ZERO + 1.5, color=parts.BAND, lw=0)
        axis.axvline(0, color=parts.FAINT, lw=1, ls=(0, (4, 3)))
        parts.text(page, 704, 382, "gradient that arrives at day 1", ha="right", va="center")
        parts.text(page, LEFT, 42, "day 1", ha="center", va="center")
        parts.text(page, RIGHT, 42, "last day", ha="center", va="center")
        middle = {"va": "center", "animated": True}
        self.rows = []
        for height, name, role, _ in ROWS:
            title = height + (96 if role is parts.HIDDEN else 42)
            parts.text(page, LEFT - 16, title, name, weight="bold", va="center")
            arrows = parts.shapes(page, role.color, zorder=2)
            nodes = parts.shapes(page, role.color, fc="white", lw=1.2)
            count = parts.text(page, RIGHT + 16, title, "", ha="right", **middle)
            mark = parts.points(axis, role.color, role.marker, ms=13)
            value = parts.text(axis, 0, height + 22, "", ha="center", weight="bold", **middle)
            self.rows.append((arrows, nodes, count, mark, value))
        self.looks = parts.shapes(page, "#9fd8c7", fc="none", lw=0.8, zorder=1)  # attention's arcs to other days
        self.straight = parts.shapes(page, parts.HIDDEN.color, fc="none", zorder=2)  # and the one to day 1

    def update(self, days=50, w_h=0.9, b_f=1.6234, q_age=0.0):
        """Show how far it is from the answer back to day 1 over so many medium prices; return what arrives there."""
        prices = np.full(days, MEDIUM)
        params, lstm_params = replace(STATLAND_WEIGHTS, w_h=w_h), with_forget_bias(STATLAND_LSTM_WEIGHTS, b_f)
        vanilla = rnn_jacobian(rnn_forward(prices, params), params)[1:]
        lstm = lstm_jacobian(lstm_forward(prices, lstm_params), lstm_params)[1:]
        _, _, attention = attend_backward(1.0, [q_age, 0.0], age_and_price(prices), prices)
        measured = vanilla, lstm, attention

        x = np.linspace(LEFT, RIGHT, days)
        radius = min(RADIUS, 0.22 * (x[1] - x[0]))
        arrive = [parts.brief(ratio[0], 3) for ratio in measured]
        for ratio, said, row, artists in zip(measured, arrive, ROWS, self.rows, strict=True):
            (height, _, role, words), (arrows, nodes, count, mark, value) = row, artists
            nodes.set_path(parts.marks("o", x, np.full(days, height), radius))
            if role is not parts.HIDDEN:
                thickness = np.minimum(THICK * abs(ratio[:-1]), THICKEST)
                arrows.set_path(parts.arrows(x[1:] - radius, x[:-1] + radius, height, thickness))
            count.set_text(words.format(days - 1))
            power = np.log10(abs(ratio[0])) if ratio[0] else ZERO
            mark.set_marker("x" if power == ZERO else "<" if power < LOW else role.marker)
            mark.set_data([ZERO if power == ZERO else max(power, LOW)], [height])
            value.set_text(said)
            value.set_x(min(max(power, LOW), 2.5))  # beside the edges, not over them
        step = ceil(days / ARCS)
        self.looks.set_path(Path.make_compound_path(*map(_look, x[-1 - step :: -step])))
        self.straight.set_path(_look(x[0]))
        self.straight.set_linewidth(THICK * attention[0])
        where = f"{days} days, w_h = {w_h:g}, b_f = {b_f:g}, q_age = {q_age:g}"
        arrives = f"{arrive[0]} in the vanilla unit, {arrive[1]} in the LSTM, {arrive[2]} with attention"
        return f"{where}: at day 1 there arrives {arrives} ({days - 1}, {days - 1} and 1 multiplications)."


def _look(x):
    """Return the arc of attention from the last day back to a day at x."""
    return parts.arc(RIGHT, x, ROWS[-1][0] + RADIUS, 16 + 0.2 * (RIGHT - x))

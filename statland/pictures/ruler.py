"""One ruler for three path lengths: what lies between day 1 and the answer, and how much gradient arrives there."""

from math import ceil

import numpy as np
from matplotlib.path import Path

from statland.attention import attend_backward
from statland.pictures import parts
from statland.pictures.highway import lstm_gradient, vanilla_gradient
from statland.pictures.looking_back import arc, keys
from statland.prices import MEDIUM

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
        axis.axvspan(ZERO - 1.5, ZERO + 1.5, color="#ececec", lw=0)
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
            self.rows.append((height, role, arrows, nodes, count, mark, value))
        self.looks = parts.shapes(page, "#9fd8c7", fc="none", lw=0.8, zorder=1)  # attention's arcs to other days
        self.straight = parts.shapes(page, parts.HIDDEN.color, fc="none", zorder=2)  # and the one to day 1

    def update(self, days=50, w_h=0.9, b_f=1.6234, q_age=0.0):
        """Show how far it is from the answer back to day 1 over so many medium prices; return what arrives there."""
        prices = np.full(days, MEDIUM)
        _, _, attention = attend_backward(1.0, [q_age, 0.0], keys(prices), prices)
        measured = vanilla_gradient(prices, w_h), lstm_gradient(prices, b_f)[0], attention
        x = np.linspace(LEFT, RIGHT, days)
        radius = min(RADIUS, 0.22 * (x[1] - x[0]))
        for ratio, (*_, words), row in zip(measured, ROWS, self.rows, strict=True):
            height, role, arrows, nodes, count, mark, value = row
            nodes.set_path(parts.marks("o", x, np.full(days, height), radius))
            if role is not parts.HIDDEN:
                thickness = np.minimum(THICK * abs(ratio[:-1]), THICKEST)
                arrows.set_path(parts.arrows(x[1:] - radius, x[:-1] + radius, height, thickness))
            count.set_text(words.format(days - 1))
            power = np.log10(abs(ratio[0])) if ratio[0] else ZERO
            mark.set_marker("x" if power == ZERO else "<" if power < LOW else role.marker)
            mark.set_data([ZERO if power == ZERO else max(power, LOW)], [height])
            value.set_text(parts.brief(ratio[0], 3))
            value.set_x(min(max(power, LOW), 2.5))  # beside the edges, not over them
        step = ceil(days / ARCS)
        self.looks.set_path(Path.make_compound_path(*map(looking, x[-1 - step :: -step])))
        self.straight.set_path(looking(x[0]))
        self.straight.set_linewidth(THICK * attention[0])
        vanilla, lstm, weight = (parts.brief(ratio[0], 3) for ratio in measured)
        where = f"{days} days, w_h = {w_h:g}, b_f = {b_f:g}, q_age = {q_age:g}"
        arrives = f"{vanilla} in the vanilla unit, {lstm} in the LSTM, {weight} with attention"
        return f"{where}: at day 1 there arrives {arrives} ({days - 1}, {days - 1} and 1 multiplications)."


def looking(x):
    """Return the arc of attention from the last day back to a day at x."""
    height = ROWS[-1][0] + RADIUS
    return arc(RIGHT, x, height, 16 + 0.2 * (RIGHT - x))

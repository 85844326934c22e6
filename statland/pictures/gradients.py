"""The heart: how much of a change on each day reaches the last day."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.pictures.parts import EDGE, LEFT, RIGHT
from statland.prices import MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward, rnn_jacobian

ROW, THICK, THICKEST = 44, 10, 50  # height of the chain; an arrow for the last day's gradient; the widest arrow


class Gradients:
    """The unit unrolled over medium prices, and the gradient of every day's state on a log axis."""

    alt = "A chain of days, arrows running from the last day back to the first; below it the gradient of each day."

    def __init__(self):
        self.figure = parts.page(400)
        color = parts.GRADIENT.color
        chain = parts.canvas(self.figure, LEFT, 288, RIGHT, 392)
        parts.text(chain, 0, 102, "one copy of the unit for each day (white: shut)", color=parts.HIDDEN.color, va="top")
        parts.text(chain, RIGHT - LEFT, 102, "each arrow: times w_h", color=color, va="top", ha="right")
        self.arrows = parts.shapes(chain, color)
        self.nodes = parts.Nodes(chain)

        legend = "white: negative    ▼ below the axis    × exactly 0"
        ax = parts.log_axis(self.figure, ("gradient of each day (last day: 1)", legend), color)
        self.line = parts.line(ax, color, lw=1.5)
        self.marks = parts.SignedMarks(ax, parts.GRADIENT)
        self.first_day = parts.text(ax, EDGE + 12, 0, "", color=color, fontsize=17, weight="bold", animated=True)

    def update(self, w_h=0.9, days=50):
        """Show the gradient for this feedback weight over this many days; return what is to be seen."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        trace = rnn_forward(np.full(days, MEDIUM), params)
        gradient = rnn_jacobian(trace, params)[1:]

        x = np.linspace(EDGE, RIGHT - LEFT - EDGE, days)
        radius = min(15, 0.22 * (x[1] - x[0]))
        thickness = np.minimum(THICK * abs(gradient[:-1]), THICKEST)
        self.arrows.set_path(parts.arrows(x[1:] - radius, x[:-1] + radius, ROW, thickness))
        self.nodes.show(x, ROW, trace.z > 0, radius)

        y, inside = parts.heights(gradient)
        self.line.set_data(x[inside], y[inside])
        self.marks.show(x, y, gradient, inside)
        first = gradient[0]
        self.first_day.set_text(parts.brief(first, 3))
        self.first_day.set_y(y[0] + (7 if first == 0 or y[0] > 0 else -20 if y[0] > -80 else 26))  # beside the line
        return _sentence(w_h, days, first, trace.z)


def _sentence(w_h, days, gradient, z):
    size, shut = abs(gradient), np.flatnonzero(z <= 0)
    if gradient == 0:
        why = "w_h cuts the loop" if w_h == 0 else "what is left is too small for float64"
        if len(shut):
            why = f"nothing gets past day {shut[-1] + 1}, when the unit is shut"
        return f"w_h = {w_h:g}: a change on day 1 leaves exactly nothing on day {days}: {why}."
    if size == 1:
        change, verdict = "unchanged", "stays"
    elif size > 1:
        change = f"{parts.full(size)} times larger"
        verdict = "explodes" if size >= 100 else "grows"
    else:
        change = f"shrunk to {parts.brief(size)} of its size"
        verdict = "vanishes" if size <= 0.01 else "shrinks"
    turned = ", its sign turned" if gradient < 0 else ""
    return f"w_h = {w_h:g}: a change on day 1 is {change} when it reaches day {days}{turned}: the gradient {verdict}."

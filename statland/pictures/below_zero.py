"""Below zero: a feedback weight that turns the sign of the gradient each day, and may shut the unit."""

from dataclasses import replace

import numpy as np

from statland.checks import shows
from statland.pictures import parts
from statland.prices import MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward, rnn_jacobian

DAYS = np.arange(1, 10)
LEFT, RIGHT, ROW = 34, 528, 188  # of both panels, and the height of the circles between them, in points


class BelowZero:
    """Nine days with medium prices: what each unit adds up, whether ReLU lets it through, and what comes back."""

    alt = "Nine days: above, a bar for each day's pre-activation; a circle, open or shut; below, each day's gradient."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(320)
        days = {"xlim": (0.4, 9.6), "xticks": []}
        above = parts.axes(self.figure, LEFT, 212, RIGHT, 298, ylim=(-1.1, 1.1), yticks=[-1, 0, 1], **days)
        below = parts.axes(self.figure, LEFT, 40, RIGHT, 146, ylim=(-2.1, 1.1), yticks=[-2, -1, 0, 1], **days)
        below.set(xticks=DAYS, xlabel="day")
        for ax, words in ((above, "pre-activation z"), (below, "gradient of each day's state, last day's = 1")):
            ax.spines["bottom"].set_visible(False)
            ax.axhline(0, color=parts.INK, lw=1)
            parts.above(ax, words, ha="left", y=1.0)
        below.tick_params(axis="x", length=0)
        self.z = parts.shapes(above, parts.HIDDEN.color)
        self.held = parts.shapes(above, parts.INK, fc="white", lw=1.5)
        row = parts.canvas(self.figure, LEFT, ROW - 20, RIGHT, ROW + 20)
        self.x = (DAYS - 0.4) / 9.2 * (RIGHT - LEFT)
        self.nodes = parts.Nodes(row)
        self.gradient = parts.shapes(below, parts.GRADIENT.color)
        self.nothing = parts.points(below, parts.GRADIENT.color, "x", ms=12, mew=2.5)
        self.update()
        parts.ghost_ends(self.z, thickness=0.05)

    @shows(w_h=(-2.0, 0.0))
    def update(self, w_h=-0.5):
        """Show nine days for this feedback weight; return what is left of day 1."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        trace = rnn_forward(np.full(len(DAYS), MEDIUM), params)
        gradient, is_open = rnn_jacobian(trace, params)[1:], trace.z > 0
        self.z.set_path(_bars(DAYS[is_open], trace.z[is_open]))
        self.held.set_path(_bars(DAYS[~is_open], trace.z[~is_open]))
        self.nodes.show(self.x, 20, is_open, 14)
        self.gradient.set_path(_bars(DAYS, gradient))
        lost = DAYS[gradient == 0]
        self.nothing.set_data(lost, np.zeros(len(lost)))

        shut = f"days {', '.join(map(str, DAYS[~is_open]))}" if not is_open.all() else "no day"
        left = parts.brief(gradient[0]) if gradient[0] else "exactly 0"
        return f"w_h = {w_h:g}: the gradient of day 1 is {left}; the unit is shut on {shut}."


def _bars(days, values):
    return parts.bars(days - 0.3, days + 0.3, 0, values)

"""A corner of the loss, where backpropagation and the numerical gradient disagree."""

from dataclasses import replace
from functools import partial

import numpy as np

from statland.learning import squared_error, squared_error_and_gradient
from statland.pictures import parts
from statland.prices import STATLAND_RULES, STATLAND_WEIGHTS

RULE = STATLAND_RULES[1]  # low, medium, then high: z is exactly 0 on the first day
LOSS = partial(squared_error, *RULE)
EDGE, TOP = 0.008, 3.6e-4  # the biases and the losses that the axes hold
REACH = np.array([-0.0035, 0.0035])  # how far the tangent is drawn to either side


class Corner:
    """The loss over the bias b_h near ReLU's corner, its tangent from backpropagation, and a nudge to both sides."""

    alt = "The loss over the bias b_h, with a corner at 0; a tangent from backpropagation, a chord between two nudges."

    def __init__(self):
        self.figure = parts.page(340)
        ax = parts.axes(self.figure, 84, 48, 700, 300, xlim=(-EDGE, EDGE), ylim=(0, TOP), xlabel="bias b_h")
        ticks = np.arange(-8, 9, 4) / 1000
        ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        ax.set_yticks([0, 1e-4, 2e-4, 3e-4], ["0", "0.0001", "0.0002", "0.0003"])
        color = parts.GRADIENT.color
        parts.above(ax, "loss")
        parts.above(ax, "◆ backpropagation's slope", x=1, y=1.06, color=color)
        parts.above(ax, "□ - - nudged down and up: the numerical slope", x=0.6, y=1.06)
        ax.axvspan(-EDGE, 0, color=parts.BAND, lw=0)
        for side, words in ((-1, "day 1 shut"), (1, "day 1 open")):
            words += f"\nslope at 0: {_slope(side * 1e-9):.4f}"
            parts.text(ax, side * 0.0022, 0.97 * TOP, words, ha="center", va="top")
        b_h = np.linspace(-EDGE, EDGE, 161)
        ax.plot(b_h, [LOSS(_biased(value)) for value in b_h], color=parts.INK, lw=2)
        self.tangent = parts.line(ax, color, lw=2)
        self.chord = parts.line(ax, parts.INK, lw=1.5, ls=(0, (4, 3)))
        self.here = parts.points(ax, color, parts.GRADIENT.marker, ms=9)
        self.nudged = parts.points(ax, parts.INK, "s", ms=8, mfc="white", mew=1.5)
        look = {"x": 0.99, "va": "top", "animated": True, "fontsize": 16}
        self.backwards = parts.above(ax, "", y=0.68, color=color, **look)
        self.numerical = parts.above(ax, "", y=0.57, **look)

    def update(self, b_h=0.0, eps=0.002):
        """Show both slopes at this bias, the numerical one from a nudge of eps to both sides; return them."""
        b_h = round(b_h, 9)  # a slider may come back to 0 with a crumb, and a crumb opens the unit
        loss, backwards = LOSS(_biased(b_h)), _slope(b_h)

        sides = [b_h - eps, b_h + eps]
        losses = [LOSS(_biased(side)) for side in sides]
        numerical = (losses[1] - losses[0]) / (2 * eps)
        self.tangent.set_data(b_h + REACH, loss + backwards * REACH)
        self.here.set_data([b_h], [loss])
        for nudges in (self.chord, self.nudged):
            nudges.set_data(sides, losses)
        self.backwards.set_text(f"backpropagation {backwards:.4f}")
        self.numerical.set_text(f"numerical {numerical:.4f}")
        where = "shut" if b_h < 0 else "open" if b_h else "on its corner"
        both = f"backpropagation says {backwards:.4f}, the nudges say {numerical:.4f}"
        return f"b_h = {b_h:g}, eps = {eps:g}: day 1 is {where}; {both}: {_verdict(b_h, eps)}."


def _slope(b_h):
    return squared_error_and_gradient(*RULE, _biased(b_h))[1].b_h


def _biased(b_h):
    return replace(STATLAND_WEIGHTS, b_h=b_h)


def _verdict(b_h, eps):
    if b_h == 0:
        return "the slope is another on each side"
    return "the nudges reach over the corner" if abs(b_h) < eps else "they agree"

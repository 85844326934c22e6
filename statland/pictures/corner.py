"""A corner of the loss, where backpropagation and the numerical gradient disagree."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from statland.checks import shows
from statland.learning import squared_error, squared_error_and_gradient
from statland.pictures import parts
from statland.prices import STATLAND_RULES, STATLAND_WEIGHTS

RULE = STATLAND_RULES[1]  # low, medium, then high: z is exactly 0 on the first day
EDGE, TOP, STEEPEST = 0.006, 2.8e-4, -0.04  # the biases, losses and slopes that the axes hold
REACH = np.array([-0.003, 0.003])  # how far the tangent is drawn to either side


class Corner:
    """The loss over the bias b_h near ReLU's corner, its slope below: by backpropagation, and by nudges of eps."""

    alt = "The loss over the bias b_h, with a corner at 0; below, its slope jumps there, the nudges' slope does not."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        losses = parts.axes(self.figure, 76, 192, 524, 308, xlim=(-EDGE, EDGE), ylim=(0, TOP), xticks=[])
        slopes = parts.axes(self.figure, 76, 46, 524, 158, xlim=(-EDGE, EDGE), ylim=(STEEPEST, 0), xlabel="bias b_h")
        losses.set_yticks([0, 1e-4, 2e-4], ["0", "0.0001", "0.0002"])
        slopes.set_yticks([-0.04, -0.02, 0], ["-0.04", "-0.02", "0"])
        slopes.set_xticks([-0.004, 0, 0.004], ["-0.004", "0", "0.004"])
        self.by_hand = {"b_h": losses.xaxis}
        for ax, words in ((losses, "loss"), (slopes, "slope")):
            parts.above(ax, words, ha="left", x=-0.155, y=1.03)
            ax.axvspan(-EDGE, 0, color=parts.BAND, lw=0)
        for side, words in ((-1, "day 1 shut"), (1, "day 1 open")):
            parts.above(losses, words, x=0.5 + side * 0.25, ha="center", y=1.03)
        for b_h in (np.linspace(-EDGE, 0, 61), np.linspace(1e-9, EDGE, 61)):
            losses.plot(b_h, [_loss(value) for value in b_h], color=parts.INK, lw=2)
            slopes.plot(b_h, [_slope(value) for value in b_h], color=parts.GRADIENT.color, lw=2)

        color, ink = parts.GRADIENT.color, parts.INK
        self.tangent = parts.line(losses, color, lw=2)
        self.chord = parts.line(losses, ink, lw=1.5, ls=(0, (4, 3)))
        self.here = parts.points(losses, color, parts.GRADIENT.marker, ms=10)
        self.nudged = parts.points(losses, ink, "s", ms=8)
        self.between = parts.line(slopes, ink, lw=1.5, ls=(0, (4, 3)))
        self.gap = parts.line(slopes, ink, lw=4)
        self.numerical = parts.points(slopes, ink, "s", ms=8)
        self.backwards = parts.points(slopes, color, parts.GRADIENT.marker, ms=10)
        look = {"x": 0.99, "va": "top", "animated": True, **parts.VALUE}
        self.says = parts.above(losses, "", y=0.96, color=parts.GRADIENT.ink, **look)
        self.nudges_say = parts.above(losses, "", y=0.74, **look)

    @shows(b_h=(-0.004, 0.004), eps=(1e-6, 0.002))
    def update(self, b_h=0.0, eps=0.002):
        """Show both slopes at this bias, the numerical one from a nudge of eps to both sides; return them."""
        b_h = round(b_h, 9)  # a slider may come back to 0 with a crumb, and a crumb opens the unit
        loss, backwards = _loss(b_h), _slope(b_h)
        numerical = _chord(b_h, eps)
        sides = np.array([b_h - eps, b_h + eps])
        self.tangent.set_data(b_h + REACH, loss + backwards * REACH)
        self.here.set_data([b_h], [loss])
        for nudges in (self.chord, self.nudged):
            nudges.set_data(sides, [_loss(side) for side in sides])
        across = np.linspace(-eps, eps, 9)  # elsewhere the nudges agree with backpropagation
        self.between.set_data(across, [_chord(value, eps) for value in across])
        self.gap.set_data([b_h, b_h], [backwards, numerical])
        self.backwards.set_data([b_h], [backwards])
        self.numerical.set_data([b_h], [numerical])
        self.says.set_text(f"◆ {backwards:.4f}")
        self.nudges_say.set_text(f"■ {numerical:.4f}")
        where = "shut" if b_h < 0 else "open" if b_h else "at the corner"
        both = f"backpropagation gives the slope {backwards:.4f}, nudging gives {numerical:.4f}"
        over = f"they differ by {abs(numerical - backwards):.4f}" if abs(b_h) < eps else "they agree"
        return f"b_h = {b_h:g}, eps = {eps:g}: day 1 is {where}; {both}: {over}."


@lru_cache(maxsize=1000)  # the nudges' curve asks for the same losses again and again
def _loss(b_h):
    return squared_error(*RULE, _biased(b_h))


def _chord(b_h, eps):
    return (_loss(b_h + eps) - _loss(b_h - eps)) / (2 * eps)


def _slope(b_h):
    return squared_error_and_gradient(*RULE, _biased(b_h))[1].b_h


def _biased(b_h):
    return replace(STATLAND_WEIGHTS, b_h=float(b_h))

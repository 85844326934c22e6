"""What gradient descent makes of a gradient that vanishes or explodes: where it goes, and step by step."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from statland.checks import shows
from statland.learning import feedback_descent, remembering_weight, squared_error
from statland.pictures import parts
from statland.prices import HIGH, STATLAND_WEIGHTS

LEFT, RIGHT, FOOT, HEAD = -0.25, 1.4, -4, 13  # the feedback weights and powers of ten of the loss that the axes hold
GRID = np.linspace(LEFT, RIGHT, 331)  # every 0.005
STEPS = 30


class Descent:
    """The loss over the feedback weight for a unit that has to remember day 1, and 30 steps of gradient descent: above
    on the loss, below one under the other, so that a descent that stands still is a column."""

    alt = "Above, the loss over the feedback weight; below, where each of 30 steps of gradient descent stands."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        across = {"xlim": (LEFT, RIGHT), "xticks": [0, 0.5, 1]}
        ax = parts.axes(self.figure, 60, 176, 528, 300, ylim=(FOOT, HEAD), xticklabels=[], **across)
        down = parts.axes(self.figure, 60, 46, 528, 166, ylim=(-STEPS - 2, 2), yticks=[0, -STEPS], **across)
        down.set(xlabel="feedback weight w_h", xticklabels=["0", "0.5", "1"], ylabel="step", yticklabels=["0", STEPS])
        ax.set_yticks(range(FOOT, HEAD, 4), map(parts.power, range(FOOT, HEAD, 4)))
        ax.axhline(0, color=parts.RULE, lw=1)
        parts.above(ax, "loss", x=0.02, ha="left")
        goal = {"lw": 1.5, "ls": (0, (4, 3)), "zorder": 1.8}
        self.goals = [parts.line(panel, parts.OUTPUT.color, **goal) for panel in (ax, down)]
        self.curve = parts.line(ax, parts.INK, lw=2)
        self.trail, self.column = parts.Trail(ax, size=9), parts.Trail(down, size=5)
        look = {"color": parts.GRADIENT.ink, **parts.VALUE, "animated": True}
        self.end = parts.above(ax, "", x=1, **look)
        self.by_hand = {"start": ax.xaxis}
        self.update()
        parts.ghost(self.curve)

    @shows(start=(LEFT, 1.3), days=(2, 50), rate=(1e-6, 1.0))
    def update(self, start=0.5, days=50, rate=0.01):
        """Show 30 steps of this rate from this start, over this many days; return where they end."""
        prices = np.append(HIGH, np.zeros(days - 1))
        w_h, error, slope = descent(start, days, rate)
        grid = np.union1d(GRID, w_h[(w_h > LEFT) & (w_h < RIGHT)])  # however narrow the valley: it holds these points
        curve = squared_error(np.tile(prices[:, None], grid.size), HIGH, replace(STATLAND_WEIGHTS, w_h=grid))
        self.curve.set_data(grid, _powers(curve))
        self.trail.show(w_h, _powers(error))
        self.column.show(np.pad(w_h, (0, STEPS + 1 - len(w_h)), mode="edge"), -np.arange(STEPS + 1.0))
        for goal in self.goals:
            goal.set_data([remembering_weight(HIGH, days, STATLAND_WEIGHTS)] * 2, goal.axes.get_ylim())
        self.end.set_text(f"w_h: {parts.brief(w_h[0])} → {parts.brief(w_h[-1])}")
        return f"start {start:g}, {days} days, rate {rate:g}: {_outcome(w_h, error, slope)}"


@lru_cache(maxsize=500)  # a reader who drags comes by again
def descent(start, days, rate):
    """Return w_h, the loss and its slope at the start and after each step, `(3, steps + 1)`."""
    prices, params = np.append(HIGH, np.zeros(days - 1)), replace(STATLAND_WEIGHTS, w_h=start)
    return np.array(list(feedback_descent(prices, HIGH, params, rate, STEPS))).T


def _powers(loss):
    """Return the height of a loss on the axis, whose foot holds all smaller ones."""
    return np.log10(np.maximum(loss, 10.0**FOOT))


def _outcome(w_h, loss, slope):
    steps, end, at = len(w_h) - 1, parts.brief(w_h[-1]), parts.brief(loss[-1], 3)
    if loss[-1] < 0.01:
        return f"after {steps} steps w_h is {end} and the loss {parts.brief(loss[-1], 2)}: the minimum is found."
    if slope[-1] == 0 and steps == 0:
        return f"the unit is shut, the gradient exactly 0: w_h stays, and so does the loss of {at}."
    if slope[-1] == 0:
        leap = f"step {steps} leaps over the minimum, from {parts.brief(w_h[-2])} to {end}"
        return f"{leap}, where the unit is shut and the gradient exactly 0."
    if slope[-1] * slope[-2] < 0:
        low, high = map(parts.brief, sorted(w_h[-2:]))
        return f"it steps to and fro over the minimum, between w_h = {low} and {high}: the steps are too long."
    verdict = "it stands still" if end == parts.brief(w_h[0]) else "it has not arrived"
    return f"after {steps} steps w_h is {end} and the loss {at}: {verdict}."

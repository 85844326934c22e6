"""Gradient descent on StatLand's four rules, step by step, at a rate of the reader's choice."""

from dataclasses import astuple
from functools import lru_cache, partial

import numpy as np

from statland.learning import gradient_descent, squared_error_and_gradient
from statland.pictures import parts
from statland.prices import LEARNED, RULE_PRICES, RULE_TARGETS, STATLAND_RULES
from statland.rnn import RNNParams, rnn_forward

START = RNNParams(w_x=1.0, w_h=0.5, w_y=1.0)  # the feedback weight has the wrong sign
STEPS = 150
FOOT, HEAD = -9, 5  # powers of ten of the loss that the axis holds
COLUMNS = 460 + 70 * np.arange(4)  # where the four rules stand, in points
ROWS = 132 - 26 * np.arange(5)  # where the five numbers stand
ZERO, UNIT = 532, 36  # where their bars begin, and how long a bar of 1 is


class Training:
    """A training run up to a step: the loss so far, the four predictions with their targets, the five numbers."""

    alt = "The loss of a training run on a log axis; beside it the four predictions, their targets, the five numbers."

    def __init__(self):
        self.figure = parts.page(396)
        ax = parts.axes(self.figure, 62, 48, 360, 356, xlim=(0, STEPS), ylim=(FOOT, HEAD), xlabel="step")
        ax.set_yticks(range(-9, 6, 3), map(parts.power, range(-9, 6, 3)))
        ax.set_xticks(range(0, STEPS + 1, 50))
        ax.axhline(0, color=parts.FAINT, lw=1, ls=(0, (4, 3)))
        parts.above(ax, "loss so far", ha="left")
        parts.above(ax, "▲ ▼ outside the picture", x=1, color=parts.GRADIENT.color)
        self.curve = parts.line(ax, parts.INK, lw=2.5)
        self.now = {marker: parts.points(ax, parts.GRADIENT.color, marker, ms=9) for marker in "^vD"}

        page = parts.canvas(self.figure, 0, 0, 720, 396)
        for y, words in ((198, "prices"), (220, "unit"), (242, "says")):
            parts.text(page, 420, y, words, ha="right", va="center")
        for x, (days, _) in zip(COLUMNS, STATLAND_RULES, strict=True):
            parts.text(page, x, 198, ", ".join(f"{price:g}" for price in days), ha="center", va="center")
        self.said = [parts.text(page, x, 242, "", ha="center", va="center", animated=True) for x in COLUMNS]
        self.nodes = parts.Nodes(page, edge=parts.HIDDEN.color)
        self.nodes.open.set_linewidth(1.5)  # as wide as the shut ones
        parts.text(page, 708, 176, "● open today  ○ shut", color=parts.HIDDEN.color, ha="right", va="center")

        ax = parts.axes(self.figure, 425, 262, 705, 356, xlim=(425, 705), ylim=(-0.5, 1.5), yticks=[0, 1], xticks=[])
        ax.hlines(RULE_TARGETS, COLUMNS - 24, COLUMNS + 24, color=parts.INK, lw=2.5)
        color = parts.OUTPUT.color
        parts.above(ax, "▬ tomorrow's price", y=1.13, ha="left")
        parts.above(ax, "▲ prediction", x=1, y=1.13, color=color)
        self.misses = parts.line(ax, color, lw=2)
        self.predictions = parts.points(ax, color, parts.OUTPUT.marker, ms=13)

        for y, name in zip(ROWS, vars(START), strict=True):
            parts.text(page, 420, y, name, ha="right", va="center")
        for x in range(-2, 3):
            page.vlines(ZERO + UNIT * x, 12, 148, color=parts.RULE if x else parts.INK, lw=1)
        for x in (-2, 0, 2):
            parts.text(page, ZERO + UNIT * x, 10, f"{x}", fontsize=11, ha="center", va="top")
        self.bars = parts.shapes(page, "#5b6b7b")
        self.numbers = [parts.text(page, 704, y, "", ha="right", va="center", animated=True) for y in ROWS]

    def update(self, step=30, rate=0.05):
        """Show the run at this rate up to this step; return its loss, what it predicts, and how it goes."""
        numbers, says, z, loss = _run(rate)
        height = np.log10(np.maximum(loss[: step + 1], 1e-40))
        self.curve.set_data(np.arange(step + 1), height)
        where, x, y = parts.on_the_page(self.curve.axes, np.array([step]), height[-1:])
        for marker, mark in self.now.items():
            mark.set_data(x[where == marker], y[where == marker])

        inside = np.clip(says[step], -0.5, 1.5)
        self.predictions.set_data(COLUMNS, inside)
        ends = np.column_stack([RULE_TARGETS, inside, np.full(4, np.nan)])  # nan: a gap in the line
        self.misses.set_data(np.repeat(COLUMNS, 3), ends.ravel())
        self.nodes.show(COLUMNS, 220, z[step] > 0, 7)
        ends = ZERO + UNIT * np.clip(numbers[step], -2.5, 2.5)
        self.bars.set_path(parts.bars(np.full(5, ZERO), ends, ROWS - 6, ROWS + 6))
        for words, value in zip(self.said + self.numbers, [*says[step], *numbers[step]], strict=True):
            words.set_text(f"{value:z.2f}" if abs(value) < 1000 else parts.brief(value, 1))
        at = f"rate = {rate:g}, step {step}: the loss is {parts.brief(loss[step], 2 if loss[step] < 10 else 3)}"
        return f"{at}, {_verdict(loss[: step + 1], z[step])}."


@lru_cache(maxsize=32)
def _run(rate):
    """Return what a run shows at each step: its five numbers, its four predictions, the z of their days, its loss."""
    loss = partial(squared_error_and_gradient, RULE_PRICES, RULE_TARGETS)
    params, loss, _ = zip(*gradient_descent(loss, START, rate, STEPS), strict=True)
    numbers = np.array([astuple(step) for step in params])
    trace = rnn_forward(np.repeat(RULE_PRICES[:, :, None], STEPS + 1, axis=2), RNNParams(*numbers.T))
    return numbers, trace.y[-1].T, trace.z[-1].T, np.array(loss)


def _verdict(loss, z):
    if loss[-1] > 100:
        return "and grows with every step: it blows up"
    if (z <= 0).all():
        return "and the unit is shut on every rule: it is dead"
    if loss[-1] < LEARNED:
        return "and the rules are learned"
    gained = loss[0] - loss[-1]
    if gained < 0:
        return "more than at the start"
    return "as at the start" if not gained else f"{100 * gained / loss[0]:.0f} % less than at the start"

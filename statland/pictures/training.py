"""Gradient descent on StatLand's four rules: the five numbers and the four predictions, step by step."""

from dataclasses import astuple
from functools import lru_cache, partial

import numpy as np

from statland.checks import shows
from statland.learning import gradient_descent, squared_error_and_gradient
from statland.pictures import parts
from statland.prices import LEARNED, RULE_PRICES, RULE_TARGETS, STATLAND_RULES, STATLAND_WEIGHTS
from statland.rnn import RNNParams, rnn_forward

START, RATE, STEPS = RNNParams(w_x=1.0, w_h=0.5, w_y=1.0), 0.05, 100  # the feedback weight has the wrong sign
LEFT, RIGHT = -1, 2  # the numbers that the axis holds
ROWS, COLUMNS = np.arange(5)[::-1], np.arange(4)  # where the five numbers and the four rules stand


class Training:
    """The five numbers as bars, beside them the published ones, and the four predictions with their targets."""

    alt = "Five bars for the learned numbers, a black line at each published one; four predictions and their targets."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        names = {"yticks": ROWS, "yticklabels": list(vars(START)), "xticks": [-1, 0, 1, 2], "xlabel": "learned number"}
        ax = parts.axes(self.figure, 48, 46, 236, 322, xlim=(LEFT, RIGHT), ylim=(-0.45, 4.65), **names)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.axvline(0, color=parts.INK, lw=1, zorder=1)
        self.bars = parts.shapes(ax, "#5b6b7b", zorder=2)
        for row, value in zip(ROWS, astuple(STATLAND_WEIGHTS), strict=True):
            ax.vlines(value, row - 0.3, row + 0.3, color=parts.INK, lw=3.5, zorder=4)
            parts.text(ax, value, row + 0.32, f"{value:g}" if value else "", ha="center", va="bottom")
        beside = {**parts.VALUE, "ha": "right", "va": "center", "animated": True}
        self.numbers = [parts.text(ax, 3.0, row, "", **beside) for row in ROWS]

        days = [f"{yesterday:g}\n{today:g}" for (yesterday, today), _ in STATLAND_RULES]
        names = {"xticks": COLUMNS, "xticklabels": days, "yticks": [0, 0.5, 1, 1.5], "xlabel": "yesterday, today"}
        ax = parts.axes(self.figure, 368, 62, 532, 300, xlim=(-0.5, 3.5), ylim=(-0.4, 1.7), **names)
        ax.tick_params(axis="x", length=0)
        parts.above(ax, "price tomorrow", ha="left", x=-0.2)
        ax.hlines(RULE_TARGETS, COLUMNS - 0.36, COLUMNS + 0.36, color=parts.INK, lw=3.5, zorder=2)
        self.misses = parts.line(ax, parts.OUTPUT.color, lw=3)
        self.predictions = parts.points(ax, parts.OUTPUT.color, parts.OUTPUT.marker, ms=14)
        self.update()
        parts.ghost(self.bars, self.predictions)

    @shows(step=(0, STEPS))
    def update(self, step=0):
        """Show the run up to this step; return its three weights and its loss."""
        numbers, says, loss = (values[step] for values in _run())
        self.bars.set_path(parts.bars(0, numbers, ROWS - 0.17, ROWS + 0.17))
        for words, value in zip(self.numbers, numbers, strict=True):
            words.set_text(f"{value:z.2f}")
        self.predictions.set_data(COLUMNS, says)
        ends = np.column_stack([RULE_TARGETS, says, np.full(4, np.nan)])  # nan: a gap in the line
        self.misses.set_data(np.repeat(COLUMNS, 3), ends.ravel())
        w_x, w_h, w_y = (f"{name} = {value:z.2f}" for name, value in zip(vars(START), numbers[:3], strict=False))
        learned = ": the rules are learned" if loss < LEARNED else ""
        return f"step {step}: {w_x}, {w_h}, {w_y}. The loss is {parts.brief(loss, 2)}{learned}."


@lru_cache(maxsize=1)
def _run():
    """Return the five numbers, the four predictions and the loss at each step."""
    loss = partial(squared_error_and_gradient, RULE_PRICES, RULE_TARGETS)
    steps = gradient_descent(loss, START, RATE, STEPS)
    return [
        np.array(values)
        for values in zip(*((astuple(p), rnn_forward(RULE_PRICES, p).y[-1], loss) for p, loss, _ in steps), strict=True)
    ]

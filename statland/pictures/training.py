"""Gradient descent on StatLand's four rules, step by step, at a rate of the reader's choice."""

from dataclasses import astuple
from functools import lru_cache

import numpy as np

from statland.pictures import parts
from statland.pictures.rules import PRICES, TOMORROW
from statland.prices import STATLAND_RULES
from statland.rnn import RNNParams, gradient_step, rnn_backward, rnn_forward

START = (1.0, 0.5, 1.0, 0.0, 0.0)  # w_x, w_h, w_y, b_h, b_y: the feedback weight has the wrong sign
STEPS = 150
LEARNED = 1e-3  # a loss below this answers every rule to within 0.03
FOOT, HEAD = -9, 5  # powers of ten of the loss that the axis holds
COLUMNS = 460 + 70 * np.arange(4)  # where the four rules stand, in points
ROWS = 132 - 26 * np.arange(5)  # where the five numbers stand
ZERO, UNIT = 532, 36  # where their bars begin, and how long a bar of 1 is


class Training:
    """A training run up to a step: the loss so far, the four predictions with their targets, the five numbers."""

    alt = "The loss of a training run on a log axis; beside it the four predictions, their targets, the five numbers."

    def __init__(self):
        self.figure = parts.page(396)
        ax = parts.axes(self.figure, 62, 48, 360, 356, xlim=(0, STEPS), ylim=(FOOT, HEAD))
        ax.set_yticks(range(-9, 6, 3), map(parts.power, range(-9, 6, 3)))
        ax.set_xticks(range(0, STEPS + 1, 50))
        ax.set_xlabel("step", fontsize=parts.SIZE, color=parts.INK)
        ax.axhline(0, color=parts.FAINT, lw=1, ls=(0, (4, 3)))
        parts.text(ax, 0, 1.04, "loss so far", ha="left", va="bottom", transform=ax.transAxes)
        edge = "▲ ▼ outside the picture"
        parts.text(ax, 1, 1.04, edge, color=parts.GRADIENT.color, ha="right", va="bottom", transform=ax.transAxes)
        self.curve = parts.line(ax, parts.INK, lw=2.5)
        self.now = {marker: parts.points(ax, parts.GRADIENT.color, marker, ms=9) for marker in "^vD"}

        page = parts.canvas(self.figure, 0, 0, 720, 396)
        for y, words in ((198, "prices"), (220, "unit"), (242, "says")):
            parts.text(page, 420, y, words, ha="right", va="center")
        for x, (days, _) in zip(COLUMNS, STATLAND_RULES, strict=True):
            parts.text(page, x, 198, ", ".join(f"{price:g}" for price in days), ha="center", va="center")
        self.said = [parts.text(page, x, 242, "", ha="center", va="center", animated=True) for x in COLUMNS]
        circle = {"lw": 1.5, "ec": parts.HIDDEN.color}
        self.open = parts.shapes(page, parts.HIDDEN.color, **circle)
        self.shut = parts.shapes(page, "white", **circle)
        parts.text(page, 708, 176, "● open today  ○ shut", color=parts.HIDDEN.color, ha="right", va="center")

        ax = parts.axes(self.figure, 425, 262, 705, 356, xlim=(425, 705), ylim=(-0.5, 1.5), yticks=[0, 1], xticks=[])
        ax.hlines(TOMORROW, COLUMNS - 24, COLUMNS + 24, color=parts.INK, lw=2.5)
        legend = "▬ tomorrow's price"
        parts.text(ax, 0, 1.13, legend, ha="left", va="bottom", transform=ax.transAxes)
        color = parts.OUTPUT.color
        parts.text(ax, 1, 1.13, "▲ prediction", color=color, ha="right", va="bottom", transform=ax.transAxes)
        self.misses = parts.line(ax, color, lw=2)
        self.predictions = parts.points(ax, color, parts.OUTPUT.marker, ms=13)

        for y, name in zip(ROWS, ("w_x", "w_h", "w_y", "b_h", "b_y"), strict=True):
            parts.text(page, 420, y, name, ha="right", va="center")
        page.vlines(
            ZERO + UNIT * np.arange(-2, 3), 12, 148, color=["#dddddd"] * 2 + [parts.INK] + ["#dddddd"] * 2, lw=1
        )
        for x in (-2, 0, 2):
            parts.text(page, ZERO + UNIT * x, 10, f"{x}", fontsize=11, ha="center", va="top")
        self.bars = parts.shapes(page, "#5b6b7b")
        self.numbers = [parts.text(page, 704, y, "", ha="right", va="center", animated=True) for y in ROWS]

    def update(self, step=30, rate=0.05):
        """Show the run at this rate up to this step; return its loss, what it predicts, and how it goes."""
        numbers, says, z, loss = path(rate)
        height = np.log10(np.maximum(loss[: step + 1], 1e-40))
        self.curve.set_data(np.arange(step + 1), height)
        marker = "^" if height[-1] > HEAD else "v" if height[-1] < FOOT else "D"
        for name, mark in self.now.items():
            mark.set_data(*([[step], np.clip(height[-1:], FOOT, HEAD)] if name == marker else [[], []]))

        inside = np.clip(says[step], -0.5, 1.5)
        self.predictions.set_data(COLUMNS, inside)
        gap = np.full(4, np.nan)
        self.misses.set_data(np.repeat(COLUMNS, 3), np.column_stack([TOMORROW, inside, gap]).ravel())
        for circles, chosen in ((self.open, z[step] > 0), (self.shut, z[step] <= 0)):
            circles.set_path(parts.marks(parts.HIDDEN.marker, COLUMNS[chosen], np.full(chosen.sum(), 220), 7))
        ends = ZERO + UNIT * np.clip(numbers[step], -2.5, 2.5)
        self.bars.set_path(parts.bars(np.full(5, ZERO), ends, ROWS - 6, ROWS + 6))
        for words, value in zip(self.said + self.numbers, [*says[step], *numbers[step]], strict=True):
            words.set_text(short(value))
        where = f"rate = {rate:g}, step {step}: the loss is {parts.brief(loss[step], 2 if loss[step] < 10 else 3)}"
        return f"{where}, {_verdict(loss[: step + 1], z[step])}."


def descend(params, rate, steps):
    """Train networks side by side on the four rules: yield params `(N,)`, trace and loss `(N,)` before each step
    of gradient descent, and after the last."""
    days = np.repeat(PRICES[:, :, None], len(params.w_x), axis=2)
    for _ in range(steps + 1):
        trace = rnn_forward(days, params)
        error = trace.y[-1] - TOMORROW[:, None]
        yield params, trace, np.sum(error**2, axis=0)
        grads, _ = rnn_backward(trace, [np.zeros(error.shape), 2 * error], params)
        params = gradient_step(params, grads, rate)


@lru_cache(maxsize=32)
def path(rate):
    """Return the five numbers `(STEPS + 1, 5)`, the predictions and pre-activations of the last day
    `(STEPS + 1, 4)`, and the loss `(STEPS + 1,)` of one network along its way from START."""
    start = RNNParams(*(np.array([number]) for number in START))
    run = [
        (np.ravel(astuple(params)), trace.y[-1, :, 0], trace.z[-1, :, 0], loss[0])
        for params, trace, loss in descend(start, rate, STEPS)
    ]
    return tuple(np.array(values) for values in zip(*run, strict=True))


def short(value):
    """Write a number so that it fits a column: two decimals, or a power of ten; never -0.00."""
    return f"{round(value, 2) + 0.0:.2f}" if abs(value) < 1000 else f"{value:.0e}".replace("e+", "e")


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

"""StatLand's four rules, right or wrong, and the error that adds them up."""

from dataclasses import replace

import numpy as np

from statland.checks import shows
from statland.learning import squared_error
from statland.pictures import parts
from statland.prices import RULE_PRICES, RULE_TARGETS, STATLAND_WEIGHTS, TOLERANCE, is_right
from statland.rnn import rnn_forward

NAMES = ("low, low", "low, medium", "high, medium", "high, high")
MOST, TOP = 3.2, 8.0  # the largest prediction, and the largest error, that the axes have room for
ROWS = np.arange(3.0, -1.0, -1.0)
LOOKS = parts.OUTPUT.color, parts.OUTPUT.ink  # of the rules, in turns: a gap and its square look the same


class Rules:
    """The prediction for each of the four rules and a frame around the right answer; beside them the squares of what
    lies between, one upon the other, and the error over w_h from its right end as far as this w_h."""

    alt = (
        "Four rows with a prediction and a frame for the right answer, and a bar between them; beside them a column of "
        "the squares of these bars, and the error over the feedback weight."
    )

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(290)
        ax = parts.axes(self.figure, 100, 46, 264, 250, xlim=(-0.3, MOST), ylim=(-0.6, 3.6), xticks=range(4))
        ax.set_xlabel("prediction for tomorrow")
        ax.set_yticks(ROWS, NAMES)
        ax.tick_params(axis="y", length=0)
        ax.hlines(ROWS, -0.3, MOST, color=parts.RULE, lw=1, zorder=0)
        parts.above(ax, "yesterday, today", x=-0.55, ha="left")
        frames = parts.shapes(ax, parts.INK, fc="none", lw=2, zorder=5, animated=False)
        frames.set_path(parts.bars(RULE_TARGETS - TOLERANCE, RULE_TARGETS + TOLERANCE, ROWS - 0.3, ROWS + 0.3))
        self.gaps = [parts.shapes(ax, color) for color in LOOKS]
        self.predictions = parts.points(ax, parts.OUTPUT.color, "^", ms=13, mec=parts.INK)
        look = {"va": "center", "animated": True}
        self.verdicts = [parts.text(ax, MOST + 0.15, row, "", **look) for row in ROWS]

        ax = parts.axes(self.figure, 374, 46, 522, 230, xlim=(-1.6, 0.6), ylim=(0, TOP))
        ax.set(xlabel="feedback weight w_h", yticks=range(0, 9, 2))
        ax.set_xticks((-1.5, -1, -0.5, 0, 0.5), ("-1.5", "-1", "-0.5", "0", "0.5"))
        self.squares = [parts.shapes(ax, color) for color in LOOKS]
        self.curve, self.point = parts.line(ax, parts.INK, lw=2, zorder=4), parts.points(ax, parts.INK, "o", ms=8)
        self.w_h = np.linspace(-1.5, 0.5, 201)
        prices = np.repeat(RULE_PRICES[:, :, None], len(self.w_h), axis=2)
        self.errors = squared_error(prices, RULE_TARGETS[:, None], replace(STATLAND_WEIGHTS, w_h=self.w_h))
        self.error = parts.above(ax, "", x=1, y=1.1, **parts.VALUE, animated=True)
        parts.above(ax, "error", x=-0.1, y=1.1, ha="left")
        self.by_hand = {"w_h": ax.xaxis}
        self.update()
        parts.ghost(*self.gaps, self.predictions, self.point)

    @shows(w_h=(-1.5, 0.5))
    def update(self, w_h=0.5):
        """Show the four predictions and their error for this feedback weight; return which are right."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        y = rnn_forward(RULE_PRICES, params).y[-1]
        error = squared_error(RULE_PRICES, RULE_TARGETS, params)
        right = is_right(y, RULE_TARGETS)
        self.predictions.set_data(y, ROWS)
        squares = (y - RULE_TARGETS) ** 2
        tops = np.cumsum(squares[::-1])[::-1]  # the last rule's square at the foot, as on the left
        feet = np.append(tops[1:], 0)
        for k, (gap, square) in enumerate(zip(self.gaps, self.squares, strict=True)):
            mine = slice(k, None, 2)
            gap.set_path(parts.bars(RULE_TARGETS[mine], y[mine], ROWS[mine] - 0.08, ROWS[mine] + 0.08))
            square.set_path(parts.bars(w_h - 0.1, w_h + 0.1, feet[mine], tops[mine]))
        for words, value, correct in zip(self.verdicts, y, right, strict=True):
            words.set_text(f"{parts.number(value)} {'✓' if correct else '✗'}")
        passed = self.w_h >= w_h - 1e-9
        self.curve.set_data(self.w_h[passed], self.errors[passed])
        self.point.set_data([w_h], [error])
        self.error.set_text(f"{error:.4f}")
        return f"w_h = {w_h:g}: {_count(right)}; the squared errors add up to {error:.4f}."


def _count(right):
    if right.all():
        return "all four rules are right"
    wrong = " and after ".join(name for name, correct in zip(NAMES, right, strict=True) if not correct)
    return f"{right.sum()} of 4 rules are right, the prediction is wrong after {wrong}"

"""StatLand's four rules, right or wrong, and the error that adds them up."""

from dataclasses import replace

import numpy as np

from statland.learning import squared_error
from statland.pictures import parts
from statland.prices import RULE_PRICES, RULE_TARGETS, STATLAND_WEIGHTS, TOLERANCE, is_right
from statland.rnn import rnn_forward

NAMES = ("low, low", "low, medium", "high, medium", "high, high")
MOST, TOP = 6.2, 6.0  # the largest prediction, and the largest error, that the axes have room for
ROWS = np.arange(3.0, -1.0, -1.0)


class Rules:
    """The prediction for each of the four rules and a frame around the right answer; the error over w_h beside them."""

    alt = (
        "Four rows with a prediction and a frame for the right answer; beside them the error over the feedback weight."
    )

    def __init__(self):
        self.figure = parts.page(290)
        color = parts.OUTPUT.color
        ax = parts.axes(self.figure, 100, 46, 286, 256, xlim=(-0.3, MOST), ylim=(-0.6, 3.6), xticks=[0, 1, 2, 4, 6])
        ax.set_xlabel("prediction for tomorrow")
        ax.set_yticks(ROWS, NAMES)
        ax.tick_params(axis="y", length=0)
        ax.hlines(ROWS, -0.3, MOST, color=parts.RULE, lw=1, zorder=0)
        parts.above(ax, "yesterday, today", x=-0.48, ha="left")
        frames = parts.shapes(ax, parts.INK, fc="none", lw=2, zorder=5, animated=False)
        frames.set_path(parts.bars(RULE_TARGETS - TOLERANCE, RULE_TARGETS + TOLERANCE, ROWS - 0.3, ROWS + 0.3))
        self.gaps = parts.shapes(ax, color)
        self.predictions = parts.points(ax, color, "^", ms=13, mec=parts.INK)
        look = {"va": "center", "animated": True}
        self.verdicts = [parts.text(ax, MOST + 0.3, row, "", **look) for row in ROWS]

        ax = parts.axes(self.figure, 378, 46, 528, 236, xlim=(-2, 2), ylim=(0, TOP), xticks=range(-2, 3))
        ax.set(xlabel="feedback weight w_h", yticks=[0, 2, 4, 6])
        w_h = np.linspace(-2.0, 2.0, 401)
        prices = np.repeat(RULE_PRICES[:, :, None], len(w_h), axis=2)
        error = squared_error(prices, RULE_TARGETS[:, None], replace(STATLAND_WEIGHTS, w_h=w_h))
        ax.plot(w_h[error < TOP], error[error < TOP], color=parts.INK, lw=2)
        self.at = {marker: parts.points(ax, parts.INK, marker, ms=11) for marker in "o^"}
        self.error = parts.above(ax, "", x=1, y=1.1, fontsize=17, weight="bold", animated=True)
        parts.above(ax, "error", x=-0.1, y=1.1, ha="left")
        self.by_hand = {"w_h": ax.xaxis}
        self.update()
        parts.ghost(self.gaps, self.predictions)

    def update(self, w_h=0.5):
        """Show the four predictions and their error for this feedback weight; return which are right."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        y = rnn_forward(RULE_PRICES, params).y[-1]
        error = squared_error(RULE_PRICES, RULE_TARGETS, params)
        right = is_right(y, RULE_TARGETS)
        self.predictions.set_data(y, ROWS)
        self.gaps.set_path(
            parts.bars(np.minimum(y, RULE_TARGETS), np.maximum(y, RULE_TARGETS), ROWS - 0.08, ROWS + 0.08)
        )
        for words, value, correct in zip(self.verdicts, y, right, strict=True):
            words.set_text(f"{parts.number(value)} {'✓' if correct else '✗'}")
        for marker, shown in self.at.items():
            here = marker == ("o" if error <= TOP else "^")
            shown.set_data([w_h] if here else [], [min(error, TOP)] if here else [])
        total = f"{error:.4f}" if error < 10 else f"{error:.2f}"
        self.error.set_text(total)
        return f"w_h = {w_h:g}: {_count(right)}; the squared errors add up to {total}."


def _count(right):
    if right.all():
        return "all four rules are right"
    wrong = " and after ".join(name for name, correct in zip(NAMES, right, strict=True) if not correct)
    return f"{right.sum()} of 4 rules are right, the prediction is wrong after {wrong}"

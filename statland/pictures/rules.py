"""StatLand's four rules, right or wrong, and the error that adds them up."""

from dataclasses import replace

import numpy as np

from statland.learning import squared_error
from statland.pictures import parts
from statland.prices import RULE_PRICES, RULE_TARGETS, STATLAND_WEIGHTS, is_right
from statland.rnn import rnn_forward

NAMES = ("low, low", "low, medium", "high, medium", "high, high")
TOP = 6.0  # the largest error that the curve has room for
ROWS = np.arange(3.0, -1.0, -1.0)


class Rules:
    """The prediction for each of the four rules beside the right answer, and the summed squared error over w_h."""

    alt = "Four rows, a prediction and the right answer in each; beside them the error over the feedback weight."

    def __init__(self):
        self.figure = parts.page(310)
        color = parts.OUTPUT.color
        ax = parts.axes(self.figure, 126, 52, 322, 262, xlim=(-0.3, 6.3), ylim=(-0.6, 3.6), xticks=range(7))
        ax.set_xlabel("prediction for tomorrow")
        ax.set_yticks(ROWS, NAMES)
        ax.tick_params(axis="y", length=0)
        ax.hlines(ROWS, -0.3, 6.3, color=parts.RULE, lw=1, zorder=0)
        parts.text(ax, -0.6, 4.05, "yesterday, today", ha="right", va="center")
        parts.text(ax, -0.3, 4.05, "▲ prediction   △ right answer", va="center")
        self.gaps = parts.line(ax, color, lw=3)
        parts.points(ax, color, "^", ms=17, mfc="white", mew=2).set(data=(RULE_TARGETS, ROWS), animated=False, zorder=2)
        self.predictions = parts.points(ax, color, "^", ms=9)
        self.verdicts = [parts.text(ax, 6.5, row, "", va="center", animated=True) for row in ROWS]

        ax = parts.axes(self.figure, 464, 52, 704, 262, xlim=(-2, 2), ylim=(0, TOP), xticks=range(-2, 3))
        ax.set_xlabel("feedback weight w_h")
        parts.text(ax, -2, TOP * 4.65 / 4.2, "summed squared error", va="center")
        w_h = np.linspace(-2.0, 2.0, 401)
        prices = np.repeat(RULE_PRICES[:, :, None], len(w_h), axis=2)
        error = squared_error(prices, RULE_TARGETS[:, None], replace(STATLAND_WEIGHTS, w_h=w_h))
        ax.plot(w_h[error < TOP], error[error < TOP], color=parts.INK, lw=2)
        self.point = parts.points(ax, parts.INK, "o", ms=10)
        parts.text(ax, 0.7, 4.2, "▲ above 6", color=parts.QUIET, va="center")
        parts.text(ax, 0.7, 3.2, "error at w_h:", va="center")
        self.error = parts.text(ax, 0.7, 2.6, "", va="center", weight="bold", fontsize=17, animated=True)

    def update(self, w_h=-0.5):
        """Show the four predictions and their error for this feedback weight; return what is to be seen."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        y = rnn_forward(RULE_PRICES, params).y[-1]
        error = squared_error(RULE_PRICES, RULE_TARGETS, params)
        right = is_right(y, RULE_TARGETS)
        self.predictions.set_data(y, ROWS)
        self.gaps.set_data(*(np.column_stack(part).ravel() for part in ((RULE_TARGETS, y, y + np.nan), (ROWS,) * 3)))
        for words, value, correct in zip(self.verdicts, y, right, strict=True):
            words.set_text(f"{parts.number(value)} {'✓ right' if correct else '✗ wrong'}")
        self.point.set(data=([w_h], [min(error, TOP)]), marker="o" if error <= TOP else "^")
        total = f"{error:.4f}" if error < 10 else f"{error:.2f}"
        self.error.set_text(total)
        return f"w_h = {w_h:g}: {_count(right)}; the squared errors add up to {total}."


def _count(right):
    if right.all():
        return "all four rules are right"
    wrong = " and after ".join(name for name, correct in zip(NAMES, right, strict=True) if not correct)
    return f"{right.sum()} of 4 rules are right, the prediction is wrong after {wrong}"

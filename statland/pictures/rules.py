"""StatLand's four rules, right or wrong, and the error that adds them up."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.prices import STATLAND_RULES, STATLAND_WEIGHTS, TOLERANCE
from statland.rnn import rnn_forward

PRICES = np.array([prices for prices, _ in STATLAND_RULES]).T  # (2 days, 4 rules)
TOMORROW = np.array([tomorrow for _, tomorrow in STATLAND_RULES])
NAMES = ("low, low", "low, medium", "high, medium", "high, high")
GRID = np.linspace(-2.0, 2.0, 401)
TOP = 6.0  # the largest error that the curve has room for
ROWS = np.arange(3.0, -1.0, -1.0)


class Rules:
    """The prediction for each of the four rules beside the right answer, and the summed squared error over w_h."""

    alt = "Four rows, a prediction and the right answer in each; beside them the error over the feedback weight."

    def __init__(self):
        self.figure = parts.page(310)
        color = parts.OUTPUT.color
        ax = parts.axes(self.figure, 126, 52, 322, 262, xlim=(-0.3, 6.3), ylim=(-0.6, 3.6), xticks=range(7))
        ax.set_yticks(ROWS, NAMES)
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel("prediction for tomorrow", fontsize=parts.SIZE, color=parts.INK)
        ax.hlines(ROWS, -0.3, 6.3, color="#dddddd", lw=1, zorder=0)
        parts.text(ax, -0.6, 4.05, "yesterday, today", ha="right", va="center")
        parts.text(ax, -0.3, 4.05, "▲ prediction   △ right answer", va="center")
        self.gaps = parts.line(ax, color, lw=3)
        parts.points(ax, color, "^", ms=17, mfc="white", mew=2).set(data=(TOMORROW, ROWS), animated=False, zorder=2)
        self.predictions = parts.points(ax, color, "^", ms=9)
        verdicts = {"va": "center", "animated": True}
        self.verdicts = [parts.text(ax, 6.5, row, "", **verdicts) for row in ROWS]

        ax = parts.axes(self.figure, 464, 52, 704, 262, xlim=(-2, 2), ylim=(0, TOP), xticks=range(-2, 3))
        ax.set_xlabel("feedback weight w_h", fontsize=parts.SIZE, color=parts.INK)
        parts.text(ax, -2, TOP * 4.65 / 4.2, "summed squared error", ha="left", va="center")
        error = errors(GRID)
        ax.plot(GRID[error < TOP], error[error < TOP], color=parts.INK, lw=2)
        self.point = parts.points(ax, parts.INK, "o", ms=10)
        self.above = parts.points(ax, parts.INK, "^", ms=10)
        parts.text(ax, 0.7, 4.2, "▲ above 6", color="#555555", va="center")
        parts.text(ax, 0.7, 3.2, "error at w_h:", va="center")
        self.error = parts.text(ax, 0.7, 2.6, "", va="center", weight="bold", fontsize=17, animated=True)

    def update(self, w_h=-0.5):
        """Show the four predictions and their error for this feedback weight; return what is to be seen."""
        y = predictions(np.array([w_h]))[:, 0]
        error = errors(np.array([w_h]))[0]
        right = abs(y - TOMORROW) <= TOLERANCE
        self.predictions.set_data(y, ROWS)
        self.gaps.set_data(*(np.column_stack(part).ravel() for part in ((TOMORROW, y, y + np.nan), (ROWS,) * 3)))
        for verdict, value, correct in zip(self.verdicts, y, right, strict=True):
            verdict.set_text(f"{parts.number(value)} {'✓ right' if correct else '✗ wrong'}")
        inside = error <= TOP
        self.point.set_data([w_h] if inside else [], [error] if inside else [])
        self.above.set_data([] if inside else [w_h], [] if inside else [TOP])
        total = f"{error:.4f}" if error < 10 else f"{error:.2f}"
        self.error.set_text(total)
        return f"w_h = {w_h:g}: {_verdict(right)}; the squared errors add up to {total}."


def predictions(w_h):
    """Return the predictions for the four rules, one row each, for every feedback weight of w_h `(N,)`."""
    return rnn_forward(np.repeat(PRICES[:, :, None], len(w_h), axis=2), replace(STATLAND_WEIGHTS, w_h=w_h)).y[-1]


def errors(w_h):
    """Return the summed squared error over the four rules, for every feedback weight of w_h `(N,)`."""
    return ((predictions(w_h) - TOMORROW[:, None]) ** 2).sum(axis=0)


def _verdict(right):
    if right.all():
        return "all four rules are right"
    wrong = " and after ".join(name for name, correct in zip(NAMES, right, strict=True) if not correct)
    return f"{right.sum()} of 4 rules are right, the prediction is wrong after {wrong}"

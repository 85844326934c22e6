"""Truncated backpropagation through time: which days it keeps, and how much of the gradient they hold."""

from dataclasses import replace

import numpy as np

from statland.learning import truncated_backward
from statland.pictures import parts
from statland.prices import HIGH, LOW, MEDIUM, STATLAND_WEIGHTS
from statland.rnn import relu_backward, rnn_backward, rnn_forward

DAYS = 50
WEIGHTS = (0.8, 1.0, 1.1)  # below, at and above 1
HISTORIES = {"medium every day": [MEDIUM] * DAYS, "high on day 1, then low": [HIGH] + [LOW] * (DAYS - 1)}
LEFT, ROW, TALLEST, BAR = 92, 98, 62, 9  # in points: left edge, distance of the rows, largest bar, width of a bar
DAY = (704 - LEFT) / DAYS


class Truncated:
    """For three feedback weights, each day's share of dL/dw_h, and how much of it the last k days hold."""

    alt = "Three rows of bars, a bar for each day's share of the gradient; the days before the last k are cut off."

    def __init__(self):
        self.figure = parts.page(368)
        color = parts.GRADIENT.color
        canvas = parts.canvas(self.figure, 0, 0, 720, 368)
        legend = "each day's share of dL/dw_h (largest bar: full height)    filled: kept    white: cut off"
        parts.text(canvas, LEFT, 358, legend, color=color, va="top")
        self.rows = [44 + ROW * row for row in (2, 1, 0)]
        for w_h, y in zip(WEIGHTS, self.rows, strict=True):
            parts.text(canvas, 12, y + 24, f"w_h = {w_h:g}", color=parts.HIDDEN.color, va="center")
            canvas.plot([LEFT, 704], [y, y], color=parts.FAINT, lw=1)
        for day in (1, 10, 20, 30, 40, 50):
            parts.text(canvas, LEFT + (day - 0.5) * DAY, self.rows[-1] - 6, f"{day}", va="top", ha="center")
        parts.text(canvas, 12, self.rows[-1] - 6, "day", va="top")
        self.kept = parts.shapes(canvas, color)
        self.cut = parts.shapes(canvas, color, fc="white", lw=1)
        self.border = parts.line(canvas, parts.INK, lw=1.5, ls=(0, (5, 3)))
        self.words = [parts.text(canvas, LEFT, y + TALLEST + 6, "", weight="bold", animated=True) for y in self.rows]

    def update(self, k=10, prices="medium every day"):
        """Show the last k days of this history for each weight; return how much of the gradient they hold."""
        params = replace(STATLAND_WEIGHTS, w_h=np.array(WEIGHTS))  # three units side by side
        trace = rnn_forward(np.transpose([HISTORIES[prices]] * 3), params)
        dy = np.zeros(trace.y.shape)
        dy[-1] = 1.0
        grads, dh = rnn_backward(trace, dy, params)
        short, _ = truncated_backward(trace, dy, params, k)
        share = relu_backward(dh[1:], trace.z) * trace.h[:-1]

        left = np.tile(LEFT + (np.arange(DAYS) + 0.5) * DAY - BAR / 2, 3)
        low, tall = np.repeat(self.rows, DAYS), np.ravel(TALLEST * share / share.max(axis=0), order="F")
        first = DAYS - k
        kept = np.tile(np.arange(DAYS) >= first, 3)
        for artist, chosen in ((self.kept, kept), (self.cut, ~kept)):
            artist.set_path(parts.bars(left[chosen], left[chosen] + BAR, low[chosen], (low + tall)[chosen]))
        ends = [end for y in self.rows for end in (y - 3, y + TALLEST + 3, np.nan)]
        self.border.set_data([LEFT + first * DAY] * 9, ends)
        held = [_percent(part) for part in short.w_h / grads.w_h]
        for words, part, whole, percent in zip(self.words, short.w_h, grads.w_h, held, strict=True):
            words.set_text(f"{parts.full(part)} of {parts.full(whole)}: {percent}")
        days = "day holds" if k == 1 else f"{k} days hold"
        return (
            f"k = {k}, {prices}: the last {days} {held[0]} of the gradient at w_h = 0.8, {held[1]} at 1, "
            f"{held[2]} at 1.1."
        )


def _percent(share):
    return "over 99.9 %" if 0.9995 <= share < 1 - 1e-9 else f"{100 * share:.3g} %"

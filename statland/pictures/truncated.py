"""Truncated backpropagation through time: which days it keeps, and how much of the gradient they hold."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.pictures.gradients import last_day
from statland.prices import HIGH, LOW, MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_backward, rnn_forward

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
        dy = last_day(DAYS)
        x = LEFT + (np.arange(DAYS) + 0.5) * DAY
        foot, tall, held = np.repeat(self.rows, DAYS), [], []
        for w_h, words in zip(WEIGHTS, self.words, strict=True):
            params = replace(STATLAND_WEIGHTS, w_h=w_h)
            trace = rnn_forward(HISTORIES[prices], params)
            grads, dh = rnn_backward(trace, dy, params)
            short, _ = last_days(trace, dy, params, k)
            share = np.where(trace.z > 0, dh[1:] * trace.h[:-1], 0.0)
            tall.extend(TALLEST * share / share.max())
            held.append(short.w_h / grads.w_h)
            words.set_text(f"{_number(short.w_h)} of {_number(grads.w_h)}: {_percent(held[-1])}")
        first = DAYS - k
        x, tall, kept = np.tile(x, 3), np.array(tall), np.tile(np.arange(DAYS) >= first, 3)
        for artist, chosen in ((self.kept, kept), (self.cut, ~kept)):
            left, low = x[chosen] - BAR / 2, foot[chosen]
            artist.set_path(parts.bars(left, left + BAR, low, low + tall[chosen]))
        self.border.set_data(
            [LEFT + first * DAY] * 9, [end for y in self.rows for end in (y - 3, y + TALLEST + 3, np.nan)]
        )
        low, one, high = map(_percent, held)
        days = "day holds" if k == 1 else f"{k} days hold"
        return f"k = {k}, {prices}: the last {days} {low} of the gradient at w_h = 0.8, {one} at 1, {high} at 1.1."


def last_days(trace, dy, params, k):
    """As `rnn_backward`, for the last k of the T days alone; the state before them is taken as given.

    A k below 1 or above T is a `ValueError`.
    """
    if not 1 <= k <= len(trace.x):
        raise ValueError(f"k must be a number of days from 1 to {len(trace.x)}, not {k}.")
    short = rnn_forward(trace.x[-k:], params, h0=trace.h[-k - 1])
    return rnn_backward(short, dy[-k:], params)


def _percent(share):
    return "over 99.9 %" if 0.9995 <= share < 1 - 1e-9 else f"{100 * share:.3g} %"


def _number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"

"""Truncated backpropagation through time: which days it keeps, and how much of two slopes they hold."""

from dataclasses import replace

import numpy as np

from statland.checks import shows
from statland.learning import gradient_by_day, truncated_backward
from statland.pictures import parts
from statland.pictures.parts import GRADIENT, HIDDEN, INPUT
from statland.prices import HIGH, LOW, MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward

DAYS = 50
HISTORIES = {"medium every day": [MEDIUM] * DAYS, "high on day 1, then low": [HIGH] + [LOW] * (DAYS - 1)}
LEFT, RIGHT = 20, 524  # of the days, in points
ROWS, TALLEST = (160, 46), 76  # feet of the rows of bars, and their largest bar, in points
BACK = 288  # height of the arrow that goes back, in points
DAY = (RIGHT - LEFT) / DAYS


class Truncated:
    """Each day's share of dL/dw_h and of dL/dw_x, and how much of both the last k days hold."""

    alt = "Two rows of bars, a bar for each day's share of a slope; the days before the last k are faded."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(326)
        self.days = parts.axes(self.figure, LEFT, 0, RIGHT, 326, xlim=(DAYS, 0), ylim=(0, 326))  # x: days from the end
        self.days.set_axis_off()
        self.by_hand = {"k": self.days.xaxis}
        canvas = parts.canvas(self.figure, 0, 0, 540, 326)
        for foot in ROWS:
            canvas.plot([LEFT, RIGHT], [foot, foot], color=parts.FAINT, lw=1)
        for day in (1, 10, 20, 30, 40, 50):
            parts.text(canvas, middle(day), ROWS[1] - 20, f"{day}", va="center", ha="center")
        parts.text(canvas, 270, 2, "day", va="bottom", ha="center")
        still = {"animated": False, "lw": 2.5}
        parts.shapes(canvas, HIDDEN.color, **still).set_path(parts.routes(((LEFT, BACK + 22), (RIGHT, BACK + 22))))
        self.bars = parts.shapes(canvas, GRADIENT.color, zorder=2)
        self.zeros = parts.shapes(canvas, GRADIENT.color, fc="none", lw=1.2, zorder=2.7)
        self.veil = parts.shapes(canvas, "white", alpha=0.78, zorder=2.5)
        self.wall = parts.line(canvas, parts.INK, lw=2.5, zorder=3)
        self.back = parts.shapes(canvas, GRADIENT.color, lw=2.5)
        bold = {**parts.VALUE, "animated": True, "va": "bottom", "zorder": 5}
        inks = HIDDEN.ink, INPUT.ink
        self.words = [
            parts.text(canvas, LEFT, foot + TALLEST + 4, "", color=ink, **bold)
            for foot, ink in zip(ROWS, inks, strict=True)
        ]

        self.update()

    @shows(k=(1, DAYS), w_h=(0.1, 2.0), prices=HISTORIES)
    def update(self, k=10, w_h=0.8, prices="medium every day"):
        """Show the last k days at this feedback weight; return how much of both slopes they hold."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        trace = rnn_forward(HISTORIES[prices], params)
        dy = np.zeros(DAYS)
        dy[-1] = 1.0
        by_day = gradient_by_day(trace, dy, params)
        short, _ = truncated_backward(trace, dy, params, k)

        x, paths, zeros = middle(np.arange(1, DAYS + 1)), [], []
        for foot, share in zip(ROWS, (by_day.w_h, by_day.w_x), strict=True):
            some = share != 0
            paths.append((x[some], np.full(some.sum(), foot), TALLEST * share[some] / share.max()))
            zeros.append((x[~some], np.full((~some).sum(), foot)))
        x, foot, tall = np.concatenate(paths, axis=1)
        self.bars.set_path(parts.bars(x - 3.8, x + 3.8, foot, foot + tall))
        x, foot = np.concatenate(zeros, axis=1)
        self.zeros.set_path(parts.marks("x", x, foot + 7, 3))
        border = RIGHT - k * DAY
        self.veil.set_path(parts.bars(LEFT, border, ROWS[1], BACK - 14) if k < DAYS else parts.NOTHING)
        self.wall.set_data([border, border], [ROWS[1] - 6, BACK + 12])
        self.back.set_path(parts.routes(((RIGHT, BACK), (border + 2, BACK)), head=min(7, 5 * k)))
        slopes = (short.w_h, by_day.w_h.sum()), (short.w_x, by_day.w_x.sum())
        held = [percent(part / whole) for part, whole in slopes]
        for words, name, share in zip(self.words, ("w_h", "w_x"), held, strict=True):
            words.set_text(f"{name}: {share} kept")
            words.set_x(LEFT if border > LEFT + 200 else border + 8)
        along_h, along_x = (
            f"{parts.full(part)} of {parts.full(whole)} ({share})"
            for (part, whole), share in zip(slopes, held, strict=True)
        )
        days = "last day holds" if k == 1 else f"last {k} days hold"
        return f"k = {k}, w_h = {w_h:g}: the {days} {along_h} of the slope along w_h, {along_x} along w_x."


def middle(day):
    """Return where the middle of a day stands, in points."""
    return LEFT + (day - 0.5) * DAY


def percent(share):
    """Write a share in percent; one that is not quite the whole never as the whole."""
    return "over 99.9 %" if 0.9995 <= share < 1 - 1e-9 else f"{100 * share:.3g} %"

"""The same gradient over hundreds of days: where the numbers of the computer end."""

from dataclasses import replace

import numpy as np

from statland.checks import shows
from statland.pictures import parts
from statland.prices import MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward, rnn_jacobian

DAYS = 1200
BACK = np.arange(1 - DAYS, 1)  # the last day is 0
REACH, ZERO, INF = 370, -350, 345  # powers of ten: the edges of the axis; the rows of exact zeros and of infinities


class FloatLimits:
    """The gradient of every day's state over hundreds of days, as one kind of number holds it."""

    alt = "The gradient of each day on a log axis, on a band for all that one kind of number can hold."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(320)
        ax = parts.axes(self.figure, 82, 46, 520, 286, xlim=(-DAYS, 0), ylim=(-REACH, REACH))
        ax.set_xlabel("days before the last")
        ax.set_yticks([ZERO, -200, 0, 200, INF], ["exactly 0", parts.power(-200), "1", parts.power(200), "inf"])
        ax.set_xticks(range(-DAYS, 1, 300), [f"{day:,}" for day in range(DAYS, -1, -300)])
        parts.above(ax, "gradient")
        self.band = parts.shapes(ax, parts.INK, alpha=0.09, zorder=2)  # the ghost can be seen through it
        self.line = parts.line(ax, parts.GRADIENT.color, lw=4)
        self.ends = parts.points(ax, parts.GRADIENT.color, "x", ms=10, mew=2)
        look = {"color": parts.GRADIENT.ink, **parts.VALUE, "animated": True}
        self.held = parts.above(ax, "", x=1, **look)
        self.update()
        parts.ghost(self.line)

    @shows(w_h=(0.01, 10.0), kind=["float64", "float32", "float16"])
    def update(self, w_h=0.9, kind="float64"):
        """Show the gradient for this feedback weight in this kind of number; return where it ends."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        gradient = rnn_jacobian(rnn_forward(np.full(DAYS, MEDIUM), params), params)[1:]
        with np.errstate(over="ignore", under="ignore"):
            gradient = gradient.astype(kind).astype(float)
        held = (gradient > 0) & (gradient < np.inf)
        self.line.set_data(BACK[held], np.log10(gradient[held]))
        lost = BACK[~held][::-25]
        self.ends.set_data(lost, np.full(len(lost), INF if w_h > 1 else ZERO))
        limits = np.finfo(kind)
        low, high = (np.log10(float(end)) for end in (limits.smallest_subnormal, limits.max))
        self.band.set_path(parts.bars(-DAYS, 0, low, high))
        self.held.set_text(f"{kind}: {held.sum() - 1:,} days back")

        where = f"w_h = {w_h:g}, {kind}:"
        if held.all():
            return f"{where} {DAYS - 1:,} days before the last the gradient is {parts.brief(gradient[0])}."
        end = "inf: too large" if w_h > 1 else "exactly 0: too small"
        return f"{where} {-BACK[~held][-1]:,} days before the last, and on all days before, the gradient is {end}."

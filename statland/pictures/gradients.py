"""The heart: how much of a change on each day reaches the last day."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.prices import MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_backward, rnn_forward

LEFT, RIGHT, EDGE = 84, 708, 24  # of both panels, in points; the first and last day stand this far inside
ROW, THICK, THICKEST = 44, 10, 50  # height of the chain; an arrow for the last day's gradient; the widest arrow
SMALLEST, ZERO, DECADE = -16, -19, 7  # power of ten at the foot of the axis, where zeros stand; points for a power


class Gradients:
    """The unit unrolled over medium prices, and the gradient of every day's state on a log axis."""

    alt = "A chain of days, arrows running from the last day back to the first; below it the gradient of each day."

    def __init__(self):
        self.figure = parts.page(400)
        color = parts.GRADIENT.color
        chain = parts.canvas(self.figure, LEFT, 288, RIGHT, 392)
        parts.text(chain, 0, 102, "one copy of the unit for each day (white: shut)", color=parts.HIDDEN.color, va="top")
        parts.text(
            chain,
            RIGHT - LEFT,
            102,
            "each arrow: times w_h",
            color=color,
            va="top",
            ha="right",
        )
        self.arrows = parts.shapes(chain, color)
        self.open = parts.shapes(chain, parts.HIDDEN.color)
        self.shut = parts.shapes(chain, parts.INK, fc="white", lw=1.5)

        legend = "white: negative    ▼ below the axis    × exactly 0"
        ax = log_axis(self.figure, ("gradient of each day (last day: 1)", legend), color)
        self.line = parts.line(ax, color, lw=1.5)
        self.positive = parts.shapes(ax, color)
        self.negative = parts.shapes(ax, color, fc="white", lw=1.2)
        self.below = parts.shapes(ax, color)
        self.zero = parts.shapes(ax, color, fc="none", lw=1.5)
        self.first_day = parts.text(ax, EDGE + 12, 0, "", color=color, fontsize=17, weight="bold", animated=True)

    def update(self, w_h=0.9, days=50):
        """Show the gradient for this feedback weight over this many days; return what is to be seen."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        trace = rnn_forward(np.full(days, MEDIUM), params)
        _, dh = rnn_backward(trace, last_day(days), params)
        ratio = dh[1:] / dh[-1]
        x = np.linspace(EDGE, RIGHT - LEFT - EDGE, days)

        radius = min(15, 0.22 * (x[1] - x[0]))
        thickness = np.minimum(THICK * abs(ratio[:-1]), THICKEST)
        self.arrows.set_path(parts.arrows(x[1:] - radius, x[:-1] + radius, ROW, thickness))
        row = np.full(days, ROW)
        for nodes, chosen in ((self.open, trace.z > 0), (self.shut, trace.z <= 0)):
            nodes.set_path(parts.marks(parts.HIDDEN.marker, x[chosen], row[chosen], radius))

        y, shown = heights(ratio)
        self.line.set_data(x[shown], y[shown])
        for mark, marker, chosen in (
            (self.positive, parts.GRADIENT.marker, shown & (ratio > 0)),
            (self.negative, parts.GRADIENT.marker, shown & (ratio < 0)),
            (self.below, "v", ~shown & (ratio != 0)),
            (self.zero, "x", ratio == 0),
        ):
            mark.set_path(parts.marks(marker, x[chosen], y[chosen], 4))
        self.first_day.set_text(parts.brief(ratio[0], 3))
        self.first_day.set_y(y[0] + (7 if ratio[0] == 0 or y[0] > 0 else -20 if y[0] > -80 else 26))  # beside the line
        return _sentence(w_h, days, ratio[0], trace.z)


def last_day(days):
    """Return an error of 1 on the last of so many days, and none before."""
    return np.append(np.zeros(days - 1), 1.0)


def log_axis(figure, legend, color):
    """Add the axis from day 1 to the last day, with a row for zeros at its foot and lines of a legend at its head."""
    ax = parts.canvas(figure, LEFT, 32, RIGHT, 284)
    low, high = (ZERO - 1.5) * DECADE, 16 * DECADE
    ax.set_ylim(low, low + 252)
    ax.set_axis_on()
    ax.set_yticks(np.arange(-15, 16, 5) * DECADE, map(parts.power, range(-15, 16, 5)))
    ax.set_xticks([])
    ax.axhspan(low, (ZERO + 1.5) * DECADE, color="#ececec", lw=0)
    ax.axhline(0, color=parts.FAINT, lw=1, ls=(0, (4, 3)))
    parts.text(ax, -8, ZERO * DECADE, "exactly 0", va="center", ha="right")
    for row, words in enumerate(legend):
        parts.text(ax, RIGHT - LEFT, high - 20 * row, words, color=color, va="top", ha="right")
    parts.text(ax, EDGE, low - 6, "day 1", va="top", ha="center")
    parts.text(ax, RIGHT - LEFT - EDGE, low - 6, "last day", va="top", ha="center")
    return ax


def heights(ratio):
    """Return where each ratio stands on the log axis, in points, and which of them stand inside it."""
    power = np.log10(abs(ratio), out=np.full(len(ratio), ZERO, dtype=float), where=ratio != 0)
    inside = (ratio != 0) & (power >= SMALLEST)
    return DECADE * np.where(ratio == 0, ZERO, np.maximum(power, SMALLEST)), inside


def _sentence(w_h, days, ratio, z):
    size, shut = abs(ratio), np.flatnonzero(z <= 0)
    if ratio == 0:
        why = "w_h cuts the loop" if w_h == 0 else "what is left is too small for float64"
        if len(shut):
            why = f"nothing gets past day {shut[-1] + 1}, when the unit is shut"
        return f"w_h = {w_h:g}: a change on day 1 leaves exactly nothing on day {days}: {why}."
    if size == 1:
        change, verdict = "unchanged", "stays"
    elif size > 1:
        change = f"{size:,.0f} times larger" if size >= 1000 else f"{size:.4g} times larger"
        verdict = "explodes" if size >= 100 else "grows"
    else:
        change = f"shrunk to {parts.brief(size)} of its size"
        verdict = "vanishes" if size <= 0.01 else "shrinks"
    turned = ", its sign turned" if ratio < 0 else ""
    return f"w_h = {w_h:g}: a change on day 1 is {change} when it reaches day {days}{turned}: the gradient {verdict}."

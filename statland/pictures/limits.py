"""The same gradient over a thousand days: where the numbers of the computer end."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.prices import MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward, rnn_jacobian

DAYS = 1200
ZERO, INF = -370, 355  # powers of ten where the marks of exact zeros and of infinities stand
LEFT, LOW, HIGH = -DAYS - 15, ZERO - 25, INF + 25  # edges of the axes


class FloatLimits:
    """The gradient of every day's state over hundreds of days, between the smallest and the largest float64."""

    alt = "The gradient of each day on a log axis, between the smallest and the largest number that float64 holds."

    def __init__(self):
        self.figure = parts.page(330)
        color = parts.GRADIENT.color
        ax = parts.axes(self.figure, 104, 44, 700, 320, xlim=(LEFT, 0), ylim=(LOW, HIGH), xlabel="days before the last")
        powers = range(-300, 301, 100)
        ax.set_yticks([ZERO, *powers, INF], ["exactly 0", *map(parts.power, powers), "inf"])
        ax.set_xticks(range(-DAYS, 1, 200), [f"{day:,}" for day in range(DAYS, -1, -200)])
        for low, high in ((LOW, np.log10(5e-324)), (np.log10(1.797e308), HIGH)):
            ax.axhspan(low, high, color=parts.BAND, lw=0)
        for number, beside, offset in ((3.4e38, "bottom", 4), (1.4e-45, "top", -12)):
            ax.axhline(np.log10(number), color=parts.FAINT, lw=1, ls=(0, (4, 3)))
            words = f"  float32 ends at {parts.brief(number)}"
            parts.text(ax, LEFT, np.log10(number) + offset, words, fontsize=11, va=beside)
        ax.axhline(0, color=parts.FAINT, lw=1)
        self.line = parts.line(ax, color, lw=3)
        self.ends = parts.points(ax, color, "x", ms=8, mew=2)

    def update(self, w_h=0.5, days=1200):
        """Show the gradient for this feedback weight over this many days; return what is to be seen."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        gradient = rnn_jacobian(rnn_forward(np.full(days, MEDIUM), params), params)[1:]
        back = np.arange(days) - days + 1.0
        held = (gradient > 0) & (gradient < np.inf)
        self.line.set_data(back[held], np.log10(gradient[held]))
        lost = back[~held][::25]
        self.ends.set_data(lost, np.full(len(lost), INF if w_h > 1 else ZERO))

        where = f"w_h = {w_h:g}, {days:,} days:"
        if held.all():
            return f"{where} the first day's gradient is {parts.brief(gradient[0])}, which float64 still holds."
        end = "inf: too large for float64" if w_h > 1 else "exactly 0: too small for float64"
        return f"{where} {-back[~held][-1]:,.0f} days before the last, and ever before, the gradient is {end}."

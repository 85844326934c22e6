"""The heart: how much of a change on each day reaches the last day."""

from dataclasses import replace

import numpy as np

from statland.checks import shows
from statland.pictures import parts
from statland.prices import MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward, rnn_jacobian

DAYS = 50
LEFT, RIGHT, PITCH = 44, 452, 8  # of both panels, and from day to day, in points
DECADE, SMALLEST = 4.6, -16.5  # points for a power of ten; the power at the foot of the log axis
HEARD = 0.01  # what a day needs of the largest gradient, to be told from nothing
OTHERS = (2.0, 1.1, 0.9, 0.5)  # feedback weights that are always there to compare with
KNOWN = {  # lengths in cm
    "Neptune": 4.5e14,  # from the Sun
    "the Earth": 1.3e9,
    "Mt Everest": 8.8e5,
    "a person": 170,
    "a hair": 7e-3,
    "an atom": 1e-8,
    "a proton": 1.7e-13,
}


class Gradients:
    """Twice the gradient of every day's state, for a unit that reads medium prices: as a share of the largest, and,
    if that of the last day is drawn 1 cm long, as a length."""

    alt = (
        "Above, a bar for each day's gradient; below, the same gradients as lengths, from a proton to Neptune's orbit."
    )

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        color = parts.GRADIENT.color
        ax = parts.axes(self.figure, LEFT, 232, RIGHT, 308, xlim=(DAYS + 1, 0), ylim=(0, 1), xticks=[], yticks=[0, 1])
        parts.above(ax, "each day's gradient, as a share of the largest", ha="left")
        self.quiet = parts.shapes(ax, parts.INK, alpha=0.09, zorder=2)  # the ghost can be seen through it
        self.bars = parts.shapes(ax, color)
        self.lost = parts.text(ax, 0, 0.8, "", ha="center", va="center", color=parts.QUIET, animated=True)
        self.by_hand = {"days": ax.xaxis}

        self.log = parts.canvas(self.figure, LEFT, 28, RIGHT, 182)
        self.log.set_ylim(SMALLEST * DECADE, SMALLEST * DECADE + 154)
        width, foot = RIGHT - LEFT, SMALLEST * DECADE
        self.log.plot([0, 0, width], [foot + 154, foot, foot], color=parts.INK, lw=0.8)
        self.log.plot([0, width], [0, 0], color=parts.FAINT, lw=1, ls=(0, (4, 3)))
        for name, length in KNOWN.items():
            y = DECADE * np.log10(length)
            self.log.plot([0, width], [y, y], color=parts.RULE, lw=1, zorder=0)
            parts.text(self.log, width + 14, y, name, va="center")
        for w_h in OTHERS:
            end = DECADE * (DAYS - 1) * np.log10(w_h)
            self.log.plot(_place([DAYS, 1]), [end, 0], color=parts.ROAD, lw=1, zorder=1)
            parts.text(self.log, -6, end, f"{w_h:g}", color=parts.QUIET, ha="right", va="center")
        parts.text(self.log, -6, foot + 170, "w_h", color=parts.QUIET, ha="right", va="center")
        parts.text(self.log, width, foot - 5, "last day: 1 cm", ha="right", va="top")
        parts.text(self.log, width, foot + 164, "the same, as lengths", ha="right", va="bottom")
        self.way = parts.line(self.log, color, lw=2)
        zero = {"fc": "none", "lw": 1.5}
        self.marks = {mark: parts.shapes(self.log, color, **(zero if mark == "x" else {})) for mark in "Dvx"}
        self.reach = parts.line(self.log, color, lw=1, ls=(0, (1, 2)))
        self.at = parts.shapes(self.log, color)
        self.first = parts.text(self.log, 0, foot - 5, "day 1", ha="center", va="top", animated=True)
        look = {"weight": "bold", "fontsize": 18, "color": parts.GRADIENT.ink, "animated": True}
        self.length = parts.text(self.log, 8, foot + 162, "", va="bottom", **look)
        self.update()
        parts.ghost(self.way)
        parts.ghost_ends(self.bars, thickness=0.025)

    @shows(w_h=(0.0, 2.0), days=(2, DAYS))
    def update(self, w_h=0.95, days=DAYS):
        """Show the gradients for this feedback weight over this many days; return what is to be seen."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        gradient = rnn_jacobian(rnn_forward(np.full(days, MEDIUM), params), params)[1:]
        share = gradient / gradient.max()
        back = np.arange(days, 0, -1)  # day 1 stands on the left, the last day always in the same place
        self.bars.set_path(parts.bars(back + 0.36, back - 0.36, 0, share))
        lost = back[share < HEARD]
        self.quiet.set_path(parts.bars(lost.max() + 0.5, lost.min() - 0.5, 0, 1) if len(lost) else parts.NOTHING)
        words = f"{len(lost)} days: less than 1 % each" if len(lost) > 30 else f"{len(lost)} days: < 1 %"
        self.lost.set(x=lost.mean() if len(lost) else 0, text=words if len(lost) > 24 else "")

        x, (y, inside) = _place(back), _heights(gradient)
        self.way.set_data(x[inside], y[inside])
        for mark, chosen in (("D", inside), ("v", ~inside & (gradient > 0)), ("x", gradient == 0)):
            self.marks[mark].set_path(parts.marks(mark, x[chosen], y[chosen], 4))
        self.reach.set_data([x[0], RIGHT - LEFT], [y[0], y[0]])
        self.at.set_path(parts.marks("<", RIGHT - LEFT + 7, y[0], 5) if inside[0] else parts.NOTHING)
        self.first.set(x=x[0], text="day 1" if days > 20 else "")
        self.length.set_text(f"day 1: {_centimetres(gradient[0])}")
        there = f"w_h = {w_h:g}: a change of 1 on day 1 is {parts.full(gradient[0]) if gradient[0] else 'exactly 0'}"
        return f"{there} on day {days}; {_heard(len(lost), w_h)} less than 1 % of the largest gradient."


def _place(back):
    """Return where days stand in the lower panel, in points: the last one, counted as 1, on the right."""
    return RIGHT - LEFT - PITCH * np.asarray(back)


def _heights(gradient):
    """Return where each gradient stands on the log axis, in points, and which of them stand inside it."""
    powers = np.log10(gradient, out=np.full(len(gradient), -np.inf), where=gradient > 0)
    return DECADE * np.maximum(powers, SMALLEST), powers > SMALLEST


def _centimetres(gradient):
    write = parts.full if gradient < 1e5 else parts.brief
    return f"{write(gradient, 3)} cm" if gradient else "exactly 0"


def _heard(lost, w_h):
    """Return whose gradients hardly count."""
    which = "first" if w_h < 1 else "last"
    return f"the {which} {lost} days have" if lost > 1 else f"the {which} day has" if lost else "no day has"

"""A memory with a loop weight, and a gate that is shut on one day: what stays in it, day by day."""

import numpy as np

from statland.checks import shows
from statland.lstm import direct_path, memory_line
from statland.pictures import parts

DAYS = 12
LEFT, RIGHT = 44, 432  # of both axes, in points
HALF = 0.36  # half a bar, in days
SEEN = 0.03  # what is left of a day and still seen as a slice


class Carousel:
    """Each day adds 1 to the memory. Above, a valve from each day to the next and the stream of day 1 that passes them;
    below, the memory as a bar for each day: at its foot what is left of day 1, on it what is left of the days since."""

    alt = (
        "Above, valves and what they let through of day 1; below, a bar for each day's memory, with day 1 at its foot."
    )

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        days = np.arange(1, DAYS + 1)
        self.row = parts.axes(self.figure, LEFT, 248, RIGHT, 304, xlim=(0.3, DAYS + 0.7), ylim=(-1.35, 1.35))
        self.row.set_axis_off()
        self.row.axhspan(-1, 1, color=parts.BAND, lw=0)
        self.row.plot([0.3, DAYS + 0.7], [[1, -1], [1, -1]], color=parts.FAINT, lw=1)
        self.stream = parts.shapes(self.row, parts.MEMORY.color, zorder=2)
        self.valves = parts.shapes(self.row, parts.INK, lw=6)
        parts.text(self.row, 0.3, 1.45, "a valve before each day", va="bottom")

        limits = {"xlim": (0.3, DAYS + 0.7), "ylim": (0, DAYS), "xticks": days, "yticks": [0, 4, 8, 12]}
        ax = parts.axes(self.figure, LEFT, 44, RIGHT, 220, xlabel="day", **limits)
        parts.above(ax, "memory c", x=0, y=1.03, ha="left")
        self.by_hand = {"shut_day": ax.xaxis}
        self.memory = parts.shapes(ax, parts.MEMORY.color, fc=parts.AMBER, lw=0.7, zorder=2)
        self.slices = parts.shapes(ax, parts.MEMORY.color, lw=0.7, zorder=2.1)
        self.first = parts.shapes(ax, parts.MEMORY.color, zorder=2.2)
        look = {"va": "center", "weight": "bold", "animated": True}
        self.left = parts.text(self.row, DAYS + 0.95, -0.1, "", fontsize=parts.BIG, color=parts.MEMORY.ink, **look)
        parts.text(self.row, DAYS + 0.95, 1.45, "left of day 1", va="bottom", color=parts.MEMORY.ink)
        self.c = parts.text(ax, DAYS + 0.6, 0, "", fontsize=parts.BIG, **look)
        self.update()
        parts.ghost(self.memory)

    @shows(weight=(0.0, 1.0), shut_day=(1, DAYS))
    def update(self, weight=0.9, shut_day=1):
        """Show the memory for this loop weight and with the valve before this day shut; return what is in it at the
        end. Before day 1 there is nothing to let through, and no valve."""
        f = np.full(DAYS, float(weight))
        f[shut_day - 1] = 0.0
        c = memory_line(f, np.ones(DAYS))[1:]
        left = [direct_path(f[:day]) for day in range(1, DAYS + 1)]  # of each day until then
        first = np.array([shares[0] for shares in left])
        day = np.arange(1, DAYS + 1)
        self.valves.set_path(parts.valves(day[1:] - 0.5, 0, f[1:], 1))
        self.stream.set_path(parts.bars(day - 0.5, day + 0.5, -first, first))
        self.memory.set_path(parts.bars(day - HALF, day + HALF, 0, c))
        self.first.set_path(parts.bars(day - HALF, day + HALF, 0, first))
        tops = [np.cumsum(shares)[shares > SEEN] for shares in left]
        at, top = np.repeat(day, list(map(len, tops))), np.concatenate(tops)
        ends = np.column_stack([at - HALF, top, at + HALF, top]).reshape(-1, 2)
        self.slices.set_path(parts.Path(ends, [parts.Path.MOVETO, parts.Path.LINETO] * len(top)))
        self.left.set_text(parts.brief(first[-1], 3))
        self.c.set(y=max(c[-1], 0.6), text=parts.brief(c[-1], 3))
        shut = f"the valve before day {shut_day} is shut" if shut_day > 1 else "no valve is shut"
        share = parts.brief(first[-1], 3) if first[-1] else "exactly 0"
        return (
            f"weight = {weight:g}, {shut}: "
            f"on day {DAYS} the memory is {parts.brief(c[-1], 3)}, and {share} of it came on day 1."
        )

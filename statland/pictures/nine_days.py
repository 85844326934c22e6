"""Nine days under one feedback weight: how much of each state reaches the next day, on a scale that shrinks."""

from dataclasses import replace

import numpy as np
from matplotlib.path import Path

from statland.checks import shows
from statland.pictures import parts
from statland.pictures.parts import HIDDEN, INPUT, OUTPUT, number
from statland.prices import HIGH, LOW, MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward

PRICES = np.array([HIGH, MEDIUM, MEDIUM, LOW, MEDIUM, HIGH, HIGH, MEDIUM, MEDIUM])
APART = 50
X = 78.0 + APART * np.arange(len(PRICES))  # where the days stand, in points
Y, FRAME = 522, 15  # where the prediction stands, and half the width of the frame around it
LEFT, RIGHT, FOOT, ROOM = 50, 538, 84, 196  # edges of the chart, its lowest point, and its height
LEAST = 2.0  # the chart is never less high than this
RULER = (0, 1, 10, 100)


class NineDays:
    """A bar as high as each state, and an arrow from its top to as much of it as reaches the next day.

    There today's price, times its weight, is put on top: a thin bar from where the arrow ends to today's state. The
    prediction stands in or above a frame from price 0 to price 1, the look of the price of day 10, not known yet.
    """

    alt = "Nine bars, as high as the states of nine days; an arrow from each to what of it reaches the next day."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(326)
        ax = parts.canvas(self.figure, 0, 0, 540, 326)
        middle = {"ha": "center", "va": "center"}
        parts.shapes(ax, INPUT.color, animated=False).set_path(parts.marks("s", X, 46, 14))
        unknown = {"fc": parts.BAND, "lw": 2}
        parts.shapes(ax, INPUT.color, **unknown, animated=False).set_path(parts.marks("s", Y, 46, 13))
        for day, x in enumerate([*X, Y], start=1):
            known = day <= len(PRICES)
            parts.text(
                ax,
                x,
                46,
                number(PRICES[day - 1]) if known else "?",
                color="white" if known else INPUT.ink,
                weight="bold",
                **middle,
            )
            parts.text(ax, x, 17, f"{day}", **middle)
        for y, words in ((17, "day"), (46, "price"), (308, "state")):
            parts.text(ax, 6, y, words, va="center")
        self.frame = parts.shapes(ax, INPUT.color, **unknown, zorder=1.2)
        self.ruler = parts.shapes(ax, parts.FAINT, zorder=1)
        self.start = parts.shapes(ax, parts.ROAD, fc="none", lw=1, zorder=1.5)
        self.carried = parts.shapes(ax, HIDDEN.color, lw=2, zorder=2)
        self.added = parts.shapes(ax, INPUT.color, zorder=2.5)
        self.bars = parts.shapes(ax, HIDDEN.color)
        self.nodes = parts.Nodes(ax, edge=HIDDEN.color, lw=2, zorder=4)
        self.prediction = parts.shapes(ax, OUTPUT.color, lw=2, zorder=4)
        look = {"ha": "right", "va": "center", "animated": True}
        self.ticks = [parts.text(ax, LEFT - 8, 0, number(tick), **look) for tick in RULER]
        self.y = parts.text(ax, RIGHT, 308, "", **parts.VALUE, color=OUTPUT.ink, **look)
        self.first_states = rnn_forward(PRICES, STATLAND_WEIGHTS).h[1:]

    @shows(w_h=(-2.0, 2.0))
    def update(self, w_h=-0.5):
        """Show the nine states and the prediction for this feedback weight; return what is to be seen."""
        trace = rnn_forward(PRICES, replace(STATLAND_WEIGHTS, w_h=w_h))
        z, h, y, arrives = trace.z, trace.h[1:], trace.y[-1], w_h * trace.h[:-1]
        lowest, highest = min(arrives.min(), 0.0), max(h.max(), y, LEAST)
        self.scale = ROOM / (highest - lowest)  # points for 1
        self.ground = FOOT - self.scale * lowest
        self._draw_ruler(highest)

        heights, landings = self._up(h), self._up(arrives)
        self.bars.set_path(parts.bars(X - 6, X + 6, self._up(0), heights))
        self.start.set_path(parts.bars(X - 6, X + 6, self._up(0), self._up(self.first_states)))
        self.nodes.show(X, heights, z > 0, 9)
        self.added.set_path(parts.bars(X - 17, X - 11, landings, self._up(z)))
        ways = zip(X[:-1] + 10, heights[:-1], X[1:] - 18, landings[1:], strict=True)
        self.carried.set_path(parts.routes(*(((x0, y0), (x1, y1)) for x0, y0, x1, y1 in ways)))
        top = self._up(y)
        way = parts.routes([(X[-1] + 10, heights[-1]), (Y - 13, top)])
        self.prediction.set_path(Path.make_compound_path(way, parts.marks("^", Y, top, 11)))
        self.y.set_text(f"▲ {number(y)}")

        shut = [str(day) for day in np.flatnonzero(z <= 0) + 1]
        days = f"; ReLU is shut on day{'s' * (len(shut) > 1)} {', '.join(shut)}" if shut else ""
        end = f"After nine days the state is {number(h[-1])} and the prediction {number(y)}."
        return f"w_h = {w_h:g}: each state, times {w_h:g}, reaches the next day{days}. {end}"

    def _up(self, amounts):
        """Return how high these amounts stand, in points."""
        return np.round(self.ground + self.scale * amounts, 1)

    def _draw_ruler(self, highest):
        """Draw the levels 0, 1, 10 and 100 as far as they are reached, and the frame that holds all prices."""
        heights = self._up(np.array(RULER))
        reached = heights[: np.searchsorted(RULER, highest, side="right")]
        self.ruler.set_path(parts.bars(LEFT, RIGHT, reached - 0.5, reached + 0.5))
        self.frame.set_path(parts.bars(Y - FRAME, Y + FRAME, self._up(LOW), self._up(HIGH)))
        for words, height in zip(self.ticks, heights, strict=True):
            apart = height == heights[0] or height - heights[0] > 16  # from the word at 0
            words.set(y=height, visible=bool(apart and height in reached))

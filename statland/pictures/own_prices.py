"""The reader's own prices for four days, through the unrolled network, against StatLand's rules."""

import numpy as np
from matplotlib.path import Path

from statland.checks import shows
from statland.pictures import parts
from statland.pictures.parts import HIDDEN, INPUT, OUTPUT, number
from statland.prices import HIGH, LOW, MEDIUM, PRICE_NAMES, STATLAND_RULES, STATLAND_WEIGHTS, TOLERANCE
from statland.rnn import rnn_forward

APART = 88
X = 46.0 + APART * np.arange(4)  # where the copies stand, in points
PRICE, HIGHER, SIDE = 56, 56, 15  # where a low price stands, how much higher a high one, and half a price
UNIT, SIZE = 214, 27
WIDE = 7  # an arrow that carries 1, in points
LEFT, RIGHT, FOOT, HEAD = 396, 446, 42, 262  # of the scale on the right


class OwnPrices:
    """Four copies of the unit, arrows as wide as what they carry, and the prediction in or beside the rule's frame."""

    alt = "Four copies of the unit over four prices; beside them the prediction between low, medium and high."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(300)
        ax = parts.canvas(self.figure, 0, 0, 540, 300)
        middle = {"ha": "center", "va": "center"}
        self._draw_roads(ax)
        for day, x in enumerate(X, start=1):
            parts.text(ax, x, 18, f"day {day}", **middle)
        weight = f"× {number(STATLAND_WEIGHTS.w_h)}"
        for x in X[:-1] + APART / 2:
            parts.text(ax, x, UNIT + 22, weight, color=HIDDEN.ink, **middle)
        self.from_prices = parts.shapes(ax, INPUT.color, zorder=2)
        self.from_states = parts.shapes(ax, HIDDEN.color, zorder=2)
        self.discs = parts.shapes(ax, HIDDEN.color, zorder=2.2)
        self.minus = parts.shapes(ax, "white", zorder=2.5)
        self.squares = parts.shapes(ax, INPUT.color)
        self.units = [parts.Vessel(ax, SIZE) for _ in X]
        self.way = parts.shapes(ax, OUTPUT.color, lw=2)
        look = {"weight": "bold", "animated": True, "zorder": 7, **middle}
        self.prices = [parts.text(ax, x, 0, "", color="white", **look) for x in X]
        self.y = parts.text(ax, (LEFT + RIGHT) / 2, 282, "", color=OUTPUT.ink, fontsize=parts.BIG, **look)

        scale = parts.axes(self.figure, LEFT, FOOT, RIGHT, HEAD, xlim=(-1, 1), ylim=(-0.15, 2.1), xticks=[])
        scale.set_xlabel("prediction", labelpad=14)
        scale.yaxis.tick_right()
        scale.set_yticks([LOW, MEDIUM, HIGH, 1.5, 2], ["0 low", "0.5 medium", "1 high", "1.5", "2"])
        scale.spines["left"].set_visible(False)
        scale.spines["right"].set_visible(True)
        scale.axhspan(LOW, HIGH, fc=parts.BAND, ec=INPUT.color, lw=2, zorder=0)
        self.prediction = parts.points(scale, OUTPUT.color, OUTPUT.marker, ms=15)
        self.frame = parts.line(scale, parts.INK, lw=2.5, clip_on=False, zorder=4)
        self.by_hand = {}
        for day, x in enumerate(X, start=1):
            low, high = PRICE - 28, PRICE + HIGHER + 28
            hand = parts.canvas(self.figure, x - APART / 2, low, x + APART / 2, high)
            hand.set_ylim((low - PRICE) / HIGHER, (high - PRICE) / HIGHER)
            self.by_hand[f"day_{day}"] = hand.yaxis
        self.update()
        parts.ghost(self.prediction)

    def _draw_roads(self, ax):
        """Draw where arrows can be, and the three levels of prices."""
        up = [((x, PRICE), (x, UNIT - SIZE)) for x in X]
        along = [((x + SIZE, UNIT), (x + APART - SIZE, UNIT)) for x in X[:-1]]
        roads = parts.shapes(ax, parts.ROAD, animated=False, lw=1, zorder=1)
        roads.set_path(parts.routes(*up, *along, head=0))
        ax.hlines([PRICE, PRICE + HIGHER / 2, PRICE + HIGHER], X[0] - 34, X[-1] + 34, color=parts.RULE, lw=1, zorder=1)

    @shows(day_1=(LOW, HIGH), day_2=(LOW, HIGH), day_3=(LOW, HIGH), day_4=(LOW, HIGH))
    def update(self, day_1=0.0, day_2=0.0, day_3=1.0, day_4=0.5):
        """Show the states and the prediction for these four prices; return them with what the rule says."""
        prices = np.array([day_1, day_2, day_3, day_4])
        trace = rnn_forward(prices, STATLAND_WEIGHTS)
        y, right = trace.y[-1], dict(STATLAND_RULES).get((day_3, day_4))
        for unit, x, state in zip(self.units, X, trace.h[1:], strict=True):
            unit.show(x, UNIT, state)
        self._show_prices(prices)
        self._show_what_is_taken_away(trace.h[1:-1])
        self.y.set_text(number(y))
        self.prediction.set_data([0], [y])
        corners = np.array([-0.8, 0.8, 0.8, -0.8, -0.8]), np.array([-1, -1, 1, 1, -1]) * TOLERANCE
        self.frame.set_data(([], []) if right is None else (corners[0], right + corners[1]))
        low, high = self.prediction.axes.get_ylim()
        place = FOOT + (HEAD - FOOT) * (y - low) / (high - low)
        self.way.set_path(parts.routes([(X[-1] + SIZE, UNIT), (LEFT - 2, place)]))

        names = [PRICE_NAMES.get(price, number(price)) for price in prices]
        where = f"{', '.join(names)}: the prediction is {number(y)}{', above every price' if y > 1 else ''}."
        if right is None:
            return f"{where} StatLand has no rule for {names[2]}, {names[3]}."
        verdict = parts.verdict(y, right)
        return f"{where} The rule for {names[2]}, {names[3]} says {number(right)}: {verdict}."

    def _show_prices(self, prices):
        """Put each price at its height, with an arrow as wide as what it brings to its copy."""
        heights, wide = PRICE + HIGHER * prices, WIDE * STATLAND_WEIGHTS.w_x * prices
        self.squares.set_path(parts.marks("s", X, heights, SIDE))
        for words, price, height in zip(self.prices, prices, heights, strict=True):
            words.set(text=number(price), y=height)
        ends = zip(X, heights + SIDE, wide, strict=True)
        level = [parts.arrows([low], [UNIT - SIZE - 3], x, np.array([width])) for x, low, width in ends if width]
        arrows = Path.make_compound_path(*level) if level else parts.NOTHING
        self.from_prices.set_path(Path(arrows.vertices[:, ::-1], arrows.codes))  # upright: x and y change places

    def _show_what_is_taken_away(self, states):
        """Draw the arrow from each copy to the next, as wide as what it takes away there, with a minus on a disc."""
        takes = -STATLAND_WEIGHTS.w_h * states
        self.from_states.set_path(parts.arrows(X[:-1] + SIZE, X[1:] - SIZE - 3, UNIT, WIDE * takes))
        x, takes = X[:-1][takes > 0] + 41, takes[takes > 0]
        discs = [parts.marks("o", place, UNIT, 9 * np.sqrt(amount)) for place, amount in zip(x, takes, strict=True)]
        self.discs.set_path(Path.make_compound_path(*discs) if discs else parts.NOTHING)
        self.minus.set_path(parts.bars(x - 4, x + 4, UNIT - 1.3, UNIT + 1.3))

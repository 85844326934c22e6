"""The reader's own prices for four days, through the unrolled network, against StatLand's rules."""

import numpy as np

from statland.pictures import parts
from statland.pictures.parts import Copies, number
from statland.prices import PRICE_NAMES, STATLAND_RULES, STATLAND_WEIGHTS
from statland.rnn import rnn_forward

X = 46 + 96.0 * np.arange(4)


class OwnPrices:
    """Four copies of the unit with their states; beside them the prediction and, where there is one, the rule."""

    alt = "Four copies of the unit over four prices; beside them the prediction between low, medium and high."

    def __init__(self):
        self.figure = parts.page(290)
        ax = parts.canvas(self.figure, 0, 0, 440, 290)
        self.copies = Copies(ax, X, STATLAND_WEIGHTS)
        middle = {"ha": "center", "va": "center"}
        for x in (X[1:] + X[:-1]) / 2:
            parts.text(ax, x, Copies.STATE + 14, f"× {number(STATLAND_WEIGHTS.w_h)}", fontsize=12, **middle)
        look = {"weight": "bold", "animated": True, "zorder": 7, **middle}
        self.prices = [parts.text(ax, x, Copies.PRICE, "", color="white", **look) for x in X]
        self.y = parts.text(ax, X[-1], Copies.PREDICTION + 26, "", **look)
        last = parts.marks("^", X[-1:], [Copies.PREDICTION], 13)
        parts.shapes(ax, parts.OUTPUT.color, animated=False).set_path(last)

        ax = parts.axes(self.figure, 546, 40, 640, 236, xlim=(-1, 1), ylim=(-0.08, 2.08), xticks=[])
        ax.set_yticks([0, 0.5, 1, 1.5, 2], ["low  0", "medium  0.5", "high  1", "1.5", "2"])
        ax.axhspan(0, 1, color=parts.BAND, lw=0, zorder=0)
        ax.hlines([0, 0.5, 1], -1, 1, color=parts.FAINT, lw=1, zorder=0)
        parts.text(ax, -1, 2.42, "▲ prediction   △ rule", **middle)
        parts.text(ax, 1.15, 0.5, "prices\nthere are", va="center")
        parts.text(ax, 1.15, 1.5, "no price\nis so high", va="center")
        self.rule = parts.points(ax, parts.OUTPUT.color, "^", ms=21, mfc="white", mew=2)
        self.prediction = parts.points(ax, parts.OUTPUT.color, "^", ms=11)

    def update(self, day_1=0.0, day_2=0.0, day_3=1.0, day_4=0.5):
        """Show the states and the prediction for these four prices; return them with what the rule says."""
        prices = (day_1, day_2, day_3, day_4)
        trace = rnn_forward(prices, STATLAND_WEIGHTS)
        y, right = trace.y[-1], dict(STATLAND_RULES).get((day_3, day_4))
        self.copies.show(trace.z > 0, [number(state) for state in trace.h[1:]])
        for words, price in zip(self.prices, prices, strict=True):
            words.set_text(number(price))
        self.y.set_text(number(y))
        self.prediction.set_data([0], [y])
        self.rule.set_data(([], []) if right is None else ([0], [right]))

        names = [PRICE_NAMES.get(price, number(price)) for price in prices]
        where = f"{', '.join(names)}: the prediction is {number(y)}{', above every price' if y > 1 else ''}."
        if right is None:
            return f"{where} StatLand has no rule for {names[2]}, {names[3]}."
        verdict = parts.verdict(y, right)
        return f"{where} The rule for {names[2]}, {names[3]} says {number(right)}: {verdict}."

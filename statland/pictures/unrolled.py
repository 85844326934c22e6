"""The loop unrolled: one copy of the unit for each day, the same five numbers in every copy."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.pictures.parts import Copies, number
from statland.prices import HIGH, LOW, MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward

PRICES = (HIGH, MEDIUM, MEDIUM, LOW, MEDIUM, HIGH, HIGH, MEDIUM, MEDIUM)
X = 46 + 78.5 * np.arange(len(PRICES))  # where the copies stand, in points


class Unrolled:
    """Two steps a day: the price and yesterday's state travel to a new copy, then it computes its own state."""

    alt = "A row of copies of one unit, a price below each, an arrow from each copy to the next, predictions on top."

    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.canvas(self.figure, 0, 0, 720, 330)
        self.copies = Copies(ax, X, STATLAND_WEIGHTS)
        for x, price in zip(X, PRICES, strict=True):
            parts.text(ax, x, Copies.PRICE, number(price), color="white", weight="bold", ha="center", va="center")
        self.cover = parts.shapes(ax, "white", zorder=5)  # the copies of the days to come lie under it
        self.price = parts.shapes(ax, parts.INPUT.color, zorder=6)
        self.state = parts.shapes(ax, parts.HIDDEN.color, zorder=6)
        self.prediction = parts.shapes(ax, parts.OUTPUT.color, zorder=6)
        middle = {"ha": "center", "va": "center", "animated": True, "zorder": 7}
        between = (X[1:] + X[:-1]) / 2
        self.feedback = [parts.text(ax, x, Copies.STATE + 28, "", fontsize=12, **middle) for x in between]
        self.price_carried = parts.text(ax, 0, Copies.PRICE + 50, "", weight="bold", **{**middle, "ha": "right"})
        self.state_carried = parts.text(ax, 0, Copies.STATE - 30, "", weight="bold", **middle)
        self.y = parts.text(ax, 0, Copies.PREDICTION + 24, "", weight="bold", **middle)
        self.numbers = parts.text(ax, 20, 312, "", va="center", animated=True)

    def update(self, step=6, w_h=-0.5):
        """Show the first steps, two for each day, with this feedback weight; return what is to be seen."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        there, done = (step + 1) // 2, step // 2  # copies that are there, copies that have computed their state
        trace = rnn_forward(PRICES[:there], params)
        x, price, before, z, h = X[there - 1], PRICES[there - 1], trace.h[-2], trace.z[-1], trace.h[-1]
        from_price, from_state = params.w_x * price, w_h * before
        travels = there > done

        self.cover.set_path(_cover(x) if there < len(X) else parts.NOTHING)
        states = [number(state) for state in trace.h[1 : done + 1]] + ["?"] * travels
        self.copies.show((trace.z > 0) & (np.arange(there) < done), states)
        for day, words in enumerate(self.feedback):
            words.set_text(f"× {number(w_h)}" if day < there - 1 else "")
        comes_round = travels and there > 1
        self.price.set_path(parts.marks("s", [x], [Copies.PRICE + 50], 6) if travels else parts.NOTHING)
        self.state.set_path(parts.marks("o", [x - 47], [Copies.STATE], 5) if comes_round else parts.NOTHING)
        self.prediction.set_path(parts.NOTHING if travels else parts.marks("^", [x], [Copies.PREDICTION], 13))
        self.price_carried.set(x=x - 10, text=number(from_price) if travels else "")
        self.state_carried.set(x=x - 39, text=number(from_state) if comes_round else "")
        self.y.set(x=x, text="" if travels else number(trace.y[-1]))
        five = ", ".join(f"{name} = {number(value)}" for name, value in vars(params).items())
        self.numbers.set_text(f"in every copy the same five numbers: {five}")

        where = f"w_h = {w_h:g}, step {step}:"
        if travels and not comes_round:
            return f"{where} a copy for day 1; the price {number(price)} travels to it, and no state: it is the first."
        if travels:
            freight = f"the price {number(price)} and the state {number(before)}"
            return f"{where} a copy for day {there}; {freight} travel to it, each times its weight."
        total = f"z = {number(from_price)} {'-' if from_state < 0 else '+'} {number(abs(from_state))} = {number(z)}"
        gate = f"{total}, ReLU is {'open' if z > 0 else 'shut'}, h = {number(h)}"
        return f"{where} day {there} has {gate}; the prediction for day {there + 1} is {number(trace.y[-1])}."


def _cover(x):
    """Return the path that hides what lies right of the copy at x, and its arrow to the next."""
    low, high = Copies.PRICE + Copies.SIDE + 1, Copies.PREDICTION + 14
    return parts.bars([x + 45, x], [720, x + 46], [low, Copies.STATE - 14], [high, Copies.STATE + 14])

"""The loop unrolled: one copy of the unit for each day, the same five numbers in every copy."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import HIGH, LOW, MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward

PRICES = (HIGH, MEDIUM, MEDIUM, LOW, MEDIUM, HIGH, HIGH, MEDIUM, MEDIUM)
X = 46 + 78.5 * np.arange(len(PRICES))  # where the copies stand, in points
PRICE, COPY, OUTPUT = 40, 148, 246  # heights of the rows
SIDE, RADIUS = 15, 21


class Unrolled:
    """Two steps a day: the price and yesterday's state travel to a new copy, then it computes its own state."""

    alt = "A row of copies of one unit, a price below each, an arrow from each copy to the next, predictions on top."

    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.canvas(self.figure, 0, 0, 720, 330)
        draw_copies(ax, X)
        for x, price in zip(X, PRICES, strict=True):
            parts.text(ax, x, PRICE, number(price), color="white", weight="bold", ha="center", va="center")
        self.cover = parts.shapes(ax, "white", zorder=5)  # the copies of the days to come lie under it
        middle = {"ha": "center", "va": "center", "animated": True, "zorder": 7}
        self.open = parts.shapes(ax, parts.HIDDEN.color, zorder=6)
        self.empty = parts.shapes(ax, parts.HIDDEN.color, fc="white", lw=2, zorder=6)
        self.tokens = parts.shapes(ax, parts.INPUT.color, zorder=6)
        self.state_token = parts.shapes(ax, parts.HIDDEN.color, zorder=6)
        self.prediction = parts.shapes(ax, parts.OUTPUT.color, zorder=6)
        self.states = [parts.text(ax, x, COPY, "", fontsize=12, **middle) for x in X]
        self.feedback = [parts.text(ax, x, COPY + 28, "", fontsize=12, **middle) for x in (X[1:] + X[:-1]) / 2]
        self.price_carried = parts.text(ax, 0, PRICE + 50, "", **{**middle, "ha": "right"}, weight="bold")
        self.state_carried = parts.text(ax, 0, COPY - 30, "", **middle, weight="bold")
        self.y = parts.text(ax, 0, OUTPUT + 24, "", **middle, weight="bold")
        self.numbers = parts.text(ax, 20, 312, "", va="center", animated=True)

    def update(self, step=6, w_h=-0.5):
        """Show the first steps, two for each day, with this feedback weight; return what is to be seen."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        copies, done = (step + 1) // 2, step // 2  # copies that are there, copies that have computed their state
        trace = rnn_forward(PRICES[:copies], params)
        x, under_way = X[copies - 1], copies > done
        z, h, before, price = trace.z, trace.h[1:], trace.h[copies - 1], PRICES[copies - 1]

        self.cover.set_path(cover(x) if copies < len(X) else parts.NOTHING)
        row = np.full(copies, COPY)
        for nodes, chosen in ((self.open, z[:done] > 0), (self.empty, z[:done] <= 0)):
            shown = np.append(chosen, nodes is self.empty) if under_way else chosen
            nodes.set_path(parts.marks("o", X[:copies][shown], row[shown], RADIUS))
        for day, words in enumerate(self.states):
            words.set_text(number(h[day]) if day < done else "?" if day < copies else "")
        for day, words in enumerate(self.feedback):
            words.set_text(f"× {number(w_h)}" if day < copies - 1 else "")

        self.tokens.set_path(parts.marks("s", [x], [PRICE + 50], 6) if under_way else parts.NOTHING)
        self.price_carried.set_text(number(params.w_x * price) if under_way else "")
        self.price_carried.set_x(x - 10)
        loop = under_way and copies > 1
        self.state_token.set_path(parts.marks("o", [x - 47], [COPY], 5) if loop else parts.NOTHING)
        self.state_carried.set_text(number(w_h * before) if loop else "")
        self.state_carried.set_x(x - 39)
        self.prediction.set_path(parts.NOTHING if under_way else parts.marks("^", [x], [OUTPUT], 13))
        self.y.set_text("" if under_way else number(trace.y[-1]))
        self.y.set_x(x)
        five = "in every copy the same five numbers: w_x = {}, w_h = {}, w_y = {}, b_h = {}, b_y = {}"
        self.numbers.set_text(five.format(*map(number, vars(params).values())))

        where = f"w_h = {w_h:g}, step {step}:"
        if under_way and copies == 1:
            return f"{where} a copy for day 1; the price {number(price)} travels to it, and no state: it is the first."
        if under_way:
            freight = f"the price {number(price)} and the state {number(before)}"
            return f"{where} a copy for day {copies}; {freight} travel to it, each times its weight."
        total = f"z = {number(params.w_x * price)} {'-' if w_h * before < 0 else '+'} {number(abs(w_h * before))}"
        gate = f"{total} = {number(z[-1])}, ReLU is {'open' if z[-1] > 0 else 'shut'}, h = {number(h[-1])}"
        return f"{where} day {copies} has {gate}; the prediction for day {copies + 1} is {number(trace.y[-1])}."


def draw_copies(ax, x):
    """Draw a copy of the unit at each x, once and for all: arrows, weights, days, but no state and no price."""
    still = {"animated": False, "zorder": 2}
    row = np.full(len(x), 1.0)
    arrows = (
        (parts.INPUT, x, PRICE + SIDE + 2, x, COPY - RADIUS - 2),
        (parts.OUTPUT, x, COPY + RADIUS, x, OUTPUT - 14),
        (parts.HIDDEN, x[:-1] + RADIUS, COPY, x[1:] - RADIUS - 2, COPY),
    )
    for role, *corners in arrows:
        parts.shapes(ax, role.color, lw=2, **still).set_path(parts.routes(*ways(*corners)))
    parts.shapes(ax, parts.INPUT.color, **still).set_path(parts.marks("s", x, row * PRICE, SIDE))
    unasked = parts.shapes(ax, parts.FAINT, fc="white", lw=1.5, **still)
    unasked.set_path(parts.marks("^", x, row * OUTPUT, 11))
    for day, place in enumerate(x, start=1):
        parts.text(ax, place, PRICE - 28, f"day {day}", ha="center", va="center")
        parts.text(ax, place + 5, PRICE + 40, f"× {number(STATLAND_WEIGHTS.w_x)}", va="center", fontsize=12)
        parts.text(ax, place + 5, OUTPUT - 46, f"× {number(STATLAND_WEIGHTS.w_y)}", va="center", fontsize=12)


def ways(x_from, y_from, x_to, y_to):
    """Return the corners of straight ways `(N, 2 corners, 2)`, from each start to each end."""
    starts, ends = (np.stack(np.broadcast_arrays(*place), axis=-1) for place in ((x_from, y_from), (x_to, y_to)))
    return np.stack([starts, ends], axis=1)


def cover(x):
    """Return the path that hides what lies right of the copy at x, and its arrow to the next."""
    return parts.bars([x + 45, x], [720, x + 46], [PRICE + SIDE + 1, COPY - 14], [OUTPUT + 14, COPY + 14])

"""The loop unrolled: one unit with its loop slides apart into a row of copies, and back."""

import numpy as np
from matplotlib.path import Path

from statland.checks import shows
from statland.pictures import parts
from statland.pictures.parts import HIDDEN, INPUT, OUTPUT, number
from statland.prices import HIGH, LOW, MEDIUM, STATLAND_WEIGHTS
from statland.rnn import rnn_forward

PRICES = (HIGH, MEDIUM, MEDIUM, LOW, MEDIUM)
DAYS = np.arange(len(PRICES))
MOMENTS = 6  # a day: set out, past the weights, computed, set out to the prediction, past the weight, arrived
X = 62.0 + 99 * DAYS  # where the prices stand, in points, and the copies when they are unrolled
PRICE, UNIT, PREDICTION = 50, 152, 278  # heights
SIDE, SIZE, TOP = 15, 27, 13  # half of a price, of a unit, of a prediction
FROM_PRICE, TO_PREDICTION = (PRICE + SIDE + 2, UNIT - SIZE - 3), (UNIT + SIZE, PREDICTION - TOP - 4)
GATE = 7, 1.5  # a short bar across an arrow, where a weight acts: half its length and width


class Unrolled:
    """Price and state pass their weights on the way to the unit, and its own state becomes a prediction.

    Folded, the one unit walks from price to price; unrolled, a copy of it stands at each.
    """

    alt = "One unit with its loop, or its copies in a row: prices below, predictions above, an arrow from day to day."

    @parts.with_defaults
    def __init__(self):
        self.trace = rnn_forward(PRICES, STATLAND_WEIGHTS)
        self.figure = parts.page(326)
        ax = parts.canvas(self.figure, 0, 0, 540, 326)
        parts.shapes(ax, INPUT.color, animated=False).set_path(parts.marks("s", X, PRICE, SIDE))
        middle = {"ha": "center", "va": "center"}
        for day, (x, price) in enumerate(zip(X, PRICES, strict=True), start=1):
            parts.text(ax, x, 18, f"day {day}", **middle)
            parts.text(ax, x, PRICE, number(price), color="white", weight="bold", **middle)
        roles, weights = (INPUT, HIDDEN, OUTPUT), STATLAND_WEIGHTS
        self.inputs, self.loops, self.outputs = (parts.shapes(ax, role.color, lw=2, zorder=2) for role in roles)
        self.loops.set(fill=False, linewidth=2.5)
        self.heads = parts.shapes(ax, HIDDEN.color, zorder=2)
        self.gates = parts.shapes(ax, parts.INK, zorder=2.5)
        self.units = [parts.Vessel(ax, SIZE, zorder=4 + place, fontsize=parts.BIG) for place in DAYS]
        self.earlier, self.prediction = parts.shapes(ax, parts.ROAD), parts.shapes(ax, OUTPUT.color)
        self.travellers = [parts.shapes(ax, role.color, zorder=10) for role in roles]
        self.minus = parts.shapes(ax, "white", zorder=11)
        look = {"animated": True, "zorder": 12, **middle}
        self.carried = [parts.text(ax, 0, 0, "", color=role.ink, weight="bold", **look) for role in roles]
        self.y = parts.text(ax, 0, PREDICTION + 27, "", color=OUTPUT.ink, **parts.VALUE, **look)
        self.weights = [
            [parts.text(ax, 0, 0, f"× {number(weight)}", color=role.ink, **look) for _ in DAYS]
            for role, weight in zip(roles, (weights.w_x, weights.w_h, weights.w_y), strict=True)
        ]
        hand = parts.canvas(self.figure, X[0], PRICE, X[-1], PREDICTION)
        hand.set_xlim(MOMENTS / 2, MOMENTS * (len(X) - 0.5))  # half of a day's moments when the hand is at its price
        self.by_hand = {"step": hand.xaxis}
        self.update()
        parts.ghost(self.loops)

    @shows(unfold=(0.0, 1.0), step=(0, MOMENTS * len(PRICES)))
    def update(self, unfold=0.0, step=0):
        """Show the unit folded (0), unrolled (1) or between, after so many moments; return what is to be seen."""
        today, moment = divmod(step - 1, MOMENTS) if step else (0, -1)
        self.x = np.round(X[today] + unfold * (X - X[today]), 1)
        self._place_units(unfold, done=today + (moment >= 2))
        self._place_arrows(unfold)
        self._place_weights(unfold)
        self._travel(unfold, today, moment)
        self._predict(done=today + (moment == 5))
        shape = {0: "one unit with its loop", 1: "five copies in a row"}.get(unfold, "five copies slide apart")
        return f"unfold = {unfold:g}, step {step}: {shape}; {self._words(today, moment)}."

    def _place_units(self, unfold, done):
        """Stack the copies so that the last one that has computed its state lies on top."""
        order = [*DAYS[done:][::-1], *DAYS[:done]]
        for unit, day in zip(self.units, order, strict=True):
            unit.show(self.x[day], UNIT, self.trace.h[day + 1] if day < done else None)
            seen = unfold > 0 or day == order[-1]
            unit.body.set_visible(bool(seen))
            unit.level.set_visible(bool(seen and unit.level.get_visible()))
            if day != order[-1] and unfold < 0.6:
                unit.words.set_text("")  # the next copy lies on it

    def _place_arrows(self, unfold):
        """Draw each copy's arrows, and the loop, or what has become of it, from each copy to the next."""
        copies = self.x if unfold else self.x[:1]
        self.ways = [_way(*pair, unfold) for pair in zip(self.x[:-1], self.x[1:], strict=True)]
        self.gate = 0.24 + 0.26 * unfold  # the share of its way at which a state meets its weight
        ways = self.ways if unfold else self.ways[:1]
        self.loops.set_path(Path.make_compound_path(*(parts.curve(*way) for way in ways)))
        self.heads.set_path(parts.routes(*((_on(way, 0.9), way[-1]) for way in ways)))
        self.inputs.set_path(parts.routes(*(_upright(x, *FROM_PRICE) for x in copies)))
        start, end = TO_PREDICTION
        top = _on(ways[0], 0.5)[1]
        below = [_upright(x, start, top - 5) for x in copies] if unfold == 0 else []  # the loop passes over it
        up = parts.routes(*(_upright(x, top + 5 if below else start, end) for x in copies))
        below = parts.routes(*below, head=0)
        self.outputs.set_path(Path.make_compound_path(up, below) if unfold == 0 else up)

        self.heights = _between(FROM_PRICE, 0.5), _between(TO_PREDICTION, 0.74)  # the upper one above the loop
        across, level = np.tile(copies, 2), np.repeat(self.heights, len(copies))
        gates = parts.bars(across - GATE[0], across + GATE[0], level - GATE[1], level + GATE[1])
        self.meets = [_on(way, self.gate) for way in self.ways]
        aslant = [_across(self.meets[k], _on(way, self.gate + 0.01)) for k, way in enumerate(ways)]
        self.gates.set_path(Path.make_compound_path(gates, *aslant))

    def _place_weights(self, unfold):
        """Write the weights beside their arrows: on every copy if there is room, else on the last."""
        low, high = self.heights
        room = unfold >= 0.6
        above = UNIT + SIZE + 11 - 21 * max(0, 10 * unfold - 9)
        for day, x in enumerate(self.x):
            beside = (self.meets[day - 1][0], above) if room else (x + 57 - 43 * unfold, self.meets[-1][1] + 12)
            for words, place in zip(self.weights, ((x + 31, low), beside, (x + 31, high)), strict=True):
                words[day].set(position=place, visible=bool(room or day == DAYS[-1]))
        self.weights[1][0].set_visible(False)  # no state comes to the first day

    def _travel(self, unfold, today, moment):
        """Show what is on its way at this moment, as large as it is before or after its weight."""
        w, x, past = STATLAND_WEIGHTS, self.x[today], moment in (1, 4)
        before, h = self.trace.h[today : today + 2]
        state = _on(self.ways[today - 1], self.gate + (1 - self.gate) * 0.5 if past else self.gate / 2)
        outside = np.array([np.sign(state[0] - x) * (1 - unfold) * 31, -22 * unfold])
        price = np.array([x, _between(FROM_PRICE, 0.8 if past else 0.24)])
        prediction = np.array([x, _between(TO_PREDICTION, 0.92 if past else 0.3)])
        freights = (
            (moment in (0, 1), PRICES[today], w.w_x, price, (-28, 0)),
            (moment in (0, 1) and today > 0, before, w.w_h, state, outside),
            (moment in (3, 4), h, w.w_y, prediction, (-32, 0)),
        )
        for shape, words, role, (travels, value, weight, place, aside) in zip(
            self.travellers, self.carried, (INPUT, HIDDEN, OUTPUT), freights, strict=True
        ):
            amount = value * weight if past else value
            told = travels and (unfold == 0 or unfold >= 0.9)  # between, other copies lie there
            shape.set_visible(bool(travels))
            words.set(position=place + aside, text=number(amount) if told else "")
            shape.set_path(parts.marks(role.marker, *place, max(3.0, 9 * np.sqrt(abs(amount)))))
        self.minus.set_visible(bool(moment == 1 and w.w_h * before < 0))
        self.minus.set_path(parts.bars(state[0] - 5, state[0] + 5, state[1] - 1.5, state[1] + 1.5))

    def _predict(self, done):
        """Show the last prediction that has been made, and those before it, which nobody asks for any more."""
        made = self.x[:done]
        self.earlier.set_path(parts.marks("^", made[:-1], PREDICTION, TOP))
        self.prediction.set_path(parts.marks("^", made[-1:], PREDICTION, TOP))
        self.y.set(x=self.x[done - 1], text=number(self.trace.y[done - 1]) if done else "")

    def _words(self, today, moment):
        """Return what happens at this moment."""
        w, day, price, (before, h) = STATLAND_WEIGHTS, today + 1, PRICES[today], self.trace.h[today : today + 2]
        from_price, from_state = number(w.w_x * price), w.w_h * before
        if moment < 0:
            return "nothing has set out yet"
        if moment == 0:
            start = f"the price {number(price)} and the state {number(before)} set out"
            return f"day {day}: {start}" if today else f"day 1: the price {number(price)} sets out, and no state"
        if moment == 1:
            together = f"times their weights they are {from_price} and {number(from_state)}"
            return f"day {day}: {together}" if today else f"day 1: times its weight it is {from_price}"
        if moment == 2:
            sign, z = "-" if from_state < 0 else "+", number(self.trace.z[today])
            total = f"z = {from_price} {sign} {number(abs(from_state))} = {z}"
            return f"day {day}: {total}, ReLU is {'open' if h > 0 else 'shut'}, h = {number(h)}"
        if moment == 3:
            return f"day {day}: the state {number(h)} sets out to become a prediction"
        y = number(self.trace.y[today])
        return f"day {day}: times its weight it is {y}" if moment == 4 else f"the prediction for day {day + 1} is {y}"


def _way(here, there, unfold):
    """Return the corners of the curve from one unit to the next: a loop if they stand in the same place."""
    angle, bend = (1 - unfold) * np.radians(38), (1 - unfold) * (1 - unfold * unfold)
    aside, up = SIZE * np.cos(angle), UNIT + SIZE * np.sin(angle)
    start, end = here + aside, there - aside - 2
    level, rise = (end - start) / 3 * unfold + 78 * bend, 66 * bend
    return np.round([(start, up), (start + level, up + rise), (end - level, up + rise), (end, up)], 1)


def _on(way, share):
    """Return the place at this share of a curve."""
    a, b, c, d = way
    rest = 1 - share
    return rest * rest * (rest * a + 3 * share * b) + share * share * (3 * rest * c + share * d)


def _across(here, ahead):
    """Return a gate across the direction from here to a place ahead."""
    along = (ahead - here) / np.hypot(*(ahead - here))
    long, wide = GATE[0] * np.array([-along[1], along[0]]), GATE[1] * along
    corners = [long + wide, long - wide, -long - wide, wide - long, long + wide]
    return Path(np.round(here + corners, 1), [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY])


def _upright(x, low, high):
    return (x, low), (x, high)


def _between(ends, share):
    return ends[0] + share * (ends[1] - ends[0])

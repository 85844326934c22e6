"""An ordinary network with two inputs, and companies whose prices fit it or do not."""

import numpy as np
from matplotlib.path import Path

from statland.checks import shows
from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import HIGH, LOW, MEDIUM
from statland.rnn import relu

WEIGHTS, OUT_WEIGHT = np.array([-0.9, 1.8]), 1.1  # for yesterday and today; then for the hidden neuron
COMPANIES = {
    "older": (HIGH, MEDIUM, MEDIUM),
    "young": (HIGH, MEDIUM),
    "riser": (LOW, MEDIUM),
    "newcomer": (MEDIUM,),
}
TODAY, YESTERDAY, BEFORE = ROWS = np.array([52.0, 122.0, 192.0])  # today at the foot, the days before above it
LIST, SOCKET, HIDDEN, OUT = 100, 226, 388, 492  # where the columns stand
SIZE, SLOT, MIDDLE = 15, 19, ROWS[:2].mean()
FRONT, BACK, HEIGHT = SOCKET - SLOT, SOCKET + SLOT + 8, 234  # of the network's wall; and of the page
TARGETS = np.array([SOCKET, SOCKET, FRONT - SIZE - 2])  # how far a price of each row can come
WAYS = [((BACK + 1, row), (HIDDEN - 20, MIDDLE)) for row in (YESTERDAY, TODAY)]
WAY_OUT = ((HIDDEN + 19, MIDDLE), (OUT - 20, MIDDLE))
PLUGGED, SUMMED, LAST = 2, 4, 6  # moments: prices in the sockets, sum in the neuron, prediction


class TwoInputs:
    """Prices that move to two sockets, and on from there through a neuron to a prediction, or back."""

    alt = "A company's prices on the left, a network with two sockets on the right, for yesterday and for today."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(HEIGHT)
        ax = parts.canvas(self.figure, 0, 0, 540, HEIGHT)
        parts.shapes(ax, parts.ROAD, animated=False, zorder=2).set_path(_wall())
        parts.shapes(ax, parts.ROAD, lw=2.5, animated=False, zorder=2).set_path(parts.routes(*WAYS, WAY_OUT, head=5))
        for y, name in ((YESTERDAY, "yesterday"), (TODAY, "today")):
            parts.text(ax, FRONT - 6, y + SLOT + 1, name, ha="right", va="bottom")
        parts.text(ax, (HIDDEN + OUT) / 2, MIDDLE + 8, f"× {OUT_WEIGHT:g}", ha="center")

        centred = {"ha": "center", "animated": True}
        self.days = [parts.text(ax, 8, row, "", va="center", animated=True) for row in ROWS]
        self.prices = [parts.text(ax, 0, row, "", va="center", ha="right", animated=True) for row in ROWS]
        self.start = parts.shapes(ax, parts.ROAD, fc="none", lw=1, zorder=1.5)  # where the prices came from
        self.gauges = parts.Gauges(ax)
        self.missing = parts.shapes(ax, parts.INK, lw=3.5, zorder=5)
        looks = {"lw": 1}, {"lw": 1.5, "fc": parts.BAND}
        self.above, self.below = (parts.shapes(ax, parts.HIDDEN.color, zorder=2.5, **look) for look in looks)
        self.hidden, self.out = (parts.shapes(ax, parts.BAND, lw=1.5) for _ in range(2))
        self.hidden.set_path(parts.marks("o", HIDDEN, MIDDLE, 17))
        self.out.set_path(parts.marks("^", OUT, MIDDLE, 16))
        middle = (BACK + HIDDEN) / 2 - 8
        places = ((YESTERDAY + 2, "bottom"), (TODAY - 5, "top"))  # in the order of the weights
        self.works = [parts.text(ax, middle, y, "", va=va, **centred) for y, va in places]
        bold = {**parts.VALUE, **centred}
        self.sum = parts.text(ax, HIDDEN, MIDDLE - 38, "", **bold)
        self.tomorrow = parts.text(ax, OUT, MIDDLE - 38, "", **bold)

    @shows(company=COMPANIES, moment=(0, LAST))
    def update(self, company="older", moment=0):
        """Show this company's prices at this moment of their way; return what becomes of them."""
        prices = COMPANIES[company]
        try:
            z = float(np.dot(WEIGHTS, prices))
        except ValueError:  # NumPy's own refusal, as in the notebook
            z = None
        fits, tried = z is not None, moment >= PLUGGED
        self._show_prices(prices, min(moment / PLUGGED, 1) if fits or not tried else (LAST - moment) / (LAST - PLUGGED))
        empty, homeless = ROWS[len(prices) : 2], ROWS[2 : len(prices)]
        lost = np.concatenate([empty, homeless]) if tried else empty[:0]
        self.missing.set_path(parts.marks("x", np.where(lost == BEFORE, BACK - 24, SOCKET), lost, 11))
        now = f"company = {company}, moment = {moment}:"
        if not fits:
            self._show_flow([])
            self._show_words(_weights(), "", "no prediction" if tried else "")
            return f"{now} {_refusal(len(prices), moment)}"

        h, products, past = relu(z), WEIGHTS * prices, moment - PLUGGED
        works = [f"{price:g} × {w:g} = {number(w * price)}" for w, price in zip(WEIGHTS, prices, strict=True)]
        y = f"{OUT_WEIGHT * h:.2g}"
        flows = [*zip(WAYS, [min(1, past / 2)] * 2, products, strict=True), (WAY_OUT, past / 2 - 1, h)]
        self._show_flow([flow for flow in flows if flow[1] > 0])
        summed, done = moment >= SUMMED, moment == LAST
        self._show_words(works if past > 0 else _weights(), number(z) if summed else "", y if done else "")
        if summed:
            self.hidden.set(fc=parts.HIDDEN.color if z > 0 else "white", ec=parts.INK)
        if done:
            self.out.set(fc=parts.OUTPUT.color, ec=parts.INK)
        gate = "above 0, so ReLU is open" if z > 0 else "not above 0, so ReLU is shut"
        told = [
            "2 prices before 2 sockets",
            "2 prices on the way to 2 sockets",
            "each price has a socket",
            f"each price is multiplied by its weight: {works[0]} and {works[1]}",
            f"the sum {number(products[0])} + {number(products[1])} = {number(z)} is {gate}",
            f"ReLU hands on {number(h)}",
            f"the prediction is {number(h)} × {OUT_WEIGHT:g} = {y}",
        ]
        return f"{now} {told[moment]}."

    def _show_prices(self, prices, share):
        """Show the prices after this share of their way from the list to the sockets."""
        days = len(prices)
        x = LIST + share * (TARGETS[:days] - LIST)
        self.start.set_path(parts.marks("s", LIST, ROWS[:days], SIZE))
        self.gauges.show(x, ROWS[:days], prices[::-1], SIZE)
        for k, (day, price) in enumerate(zip(self.days, self.prices, strict=True)):
            day.set_text(f"day {days - k}" if k < days else "")
            price.set(text=f"{prices[::-1][k]:g}" if k < days else "", x=(x[k] if k < days else 0) - SIZE - 5)

    def _show_flow(self, flows):
        """Show numbers that have come this share of their ways, and the nodes as if they had reached none.

        A line is as thick as its number is large; it is hollow if the number is below 0.
        """
        for shape, sign in ((self.above, 1), (self.below, -1)):
            lines = [_line(way, share, abs(value)) for way, share, value in flows if (value < 0) == (sign < 0)]
            shape.set_path(Path.make_compound_path(*lines) if lines else parts.NOTHING)
        for node in (self.hidden, self.out):
            node.set(fc=parts.BAND, ec=parts.FAINT)

    def _show_words(self, works, total="", tomorrow=""):
        for place, words in zip((*self.works, self.sum, self.tomorrow), (*works, total, tomorrow), strict=True):
            place.set_text(words)
        self.tomorrow.set_x(OUT if tomorrow[:2] != "no" else 466)


def _wall():
    """Return the network's wall, with a socket for each input cut into it from the left."""
    x, back = [FRONT, BACK, BACK, FRONT], SOCKET + SLOT
    y = [HEIGHT, HEIGHT, 0, 0]
    for row in (TODAY, YESTERDAY):
        x += [FRONT, back, back, FRONT]
        y += [row - SLOT, row - SLOT, row + SLOT, row + SLOT]
    return Path(np.column_stack([[*x, FRONT], [*y, HEIGHT]]), closed=True)


def _line(way, share, value):
    """Return a line along this share of the way, thicker for a larger value."""
    start, end = np.array(way)
    aside = (0.5 + 3 * value) * np.array([start[1] - end[1], end[0] - start[0]]) / np.hypot(*(end - start))
    end = start + share * (end - start)
    return Path([start + aside, end + aside, end - aside, start - aside, start + aside], closed=True)


def _weights():
    return [f"× {weight:g}" for weight in WEIGHTS]


def _refusal(days, moment):
    """Return in words what becomes of a number of prices other than 2."""
    count = "1 price" if days == 1 else f"{days} prices"
    if moment < PLUGGED:
        return f"{count} before 2 sockets." if moment == 0 else f"{count} on the way to 2 sockets."
    why = "the socket for yesterday gets no price" if days == 1 else "day 1 has no socket"
    return f"{count} for 2 sockets: {why}. Nothing flows, no prediction."

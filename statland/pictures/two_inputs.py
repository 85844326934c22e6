"""An ordinary network with two inputs, and a price history that fits it or does not."""

import numpy as np
from matplotlib.path import Path

from statland.pictures import parts
from statland.prices import HIGH, LOW, MEDIUM
from statland.rnn import relu

WEIGHTS, OUT_WEIGHT = np.array([-0.9, 1.8]), 1.1  # for yesterday and today; then for the hidden neuron
HISTORY = (LOW, MEDIUM, HIGH, HIGH, HIGH)  # each day as StatLand's rules have it
ROWS = 50 + 52.0 * np.arange(5)  # today at the foot, the days before above it
PRICE, SOCKET, HIDDEN, OUT = 30, 252, 440, 610  # where the columns stand
MIDDLE = ROWS[:2].mean()
WAYS = [((SOCKET + 20, row), (HIDDEN - 20, MIDDLE)) for row in ROWS[:2]] + [((HIDDEN + 21, MIDDLE), (OUT - 22, MIDDLE))]
FLOW = Path(np.reshape(WAYS, (-1, 2)), [Path.MOVETO, Path.LINETO] * 3)


class TwoInputs:
    """Prices on the left, two sockets, one hidden neuron, and a prediction or a refusal."""

    alt = "A company's prices, and a network with two input sockets, for yesterday and for today."

    def __init__(self):
        self.figure = parts.page(284)
        ax = parts.canvas(self.figure, 0, 0, 720, 284)
        sockets = parts.shapes(ax, parts.INPUT.color, fc="white", lw=2, animated=False)
        sockets.set_path(parts.marks("s", [SOCKET] * 2, ROWS[:2], 17))
        parts.shapes(ax, parts.FAINT, lw=2, animated=False).set_path(parts.routes(*WAYS, head=5))
        for x, y, words in (
            (SOCKET, ROWS[0] - 36, "today"),
            (SOCKET, ROWS[1] + 24, "yesterday"),
            ((SOCKET + HIDDEN) / 2, (ROWS[0] + MIDDLE) / 2 - 22, f"times {WEIGHTS[1]:g}"),
            ((SOCKET + HIDDEN) / 2, (ROWS[1] + MIDDLE) / 2 + 12, f"times {WEIGHTS[0]:g}"),
            ((HIDDEN + OUT) / 2, MIDDLE + 9, f"times {OUT_WEIGHT:g}"),
            (HIDDEN, MIDDLE + 26, "ReLU"),
            (OUT, MIDDLE + 26, "tomorrow"),
        ):
            parts.text(ax, x, y, words, ha="center")

        self.flow = parts.shapes(ax, parts.HIDDEN.color, fc="none", lw=5, zorder=4)
        self.prices = parts.shapes(ax, parts.INPUT.color)
        self.lost = parts.shapes(ax, parts.INK, lw=3)
        self.hidden, self.out = (parts.shapes(ax, parts.INK, lw=1.5) for _ in range(2))
        self.hidden.set_path(parts.marks("o", [HIDDEN], [MIDDLE], 18))
        self.out.set_path(parts.marks("^", [OUT], [MIDDLE], 17))
        self.labels = [parts.text(ax, PRICE + 22, row, "", va="center", animated=True) for row in ROWS]
        below = {"ha": "center", "va": "top", "weight": "bold", "animated": True}
        self.inside, self.tomorrow = (parts.text(ax, x, MIDDLE - 27, "", **below) for x in (HIDDEN, OUT))
        self.message = parts.text(ax, 300, 208, "", fontsize=17, weight="bold", animated=True)
        self.reason = parts.text(ax, 300, 186, "", va="center", animated=True)

    def update(self, days=2):
        """Give the network a history of this many days; return what comes of it."""
        plugged = ROWS[:2][:days]
        squares = parts.marks("s", [PRICE] * days, ROWS[:days], 12)
        fillings = parts.marks("s", [SOCKET] * len(plugged), plugged, 12)
        starts, ends = ([x] * len(plugged) for x in (PRICE + 110, SOCKET - 22))
        ways = parts.arrows(starts, ends, plugged[:, None], np.full(len(plugged), 4.0))
        self.prices.set_path(Path.make_compound_path(squares, fillings, ways))
        self.lost.set_path(parts.marks("x", [SOCKET] * (days - 2), ROWS[2:days], 8))
        for row, label in enumerate(self.labels):
            label.set_text(_label(row, days))
        prices = HISTORY[:days]
        try:
            z = float(np.dot(WEIGHTS, prices))
        except ValueError:  # NumPy's own refusal, as in the notebook
            return self._refuse(days)
        h = relu(z)
        y = f"{OUT_WEIGHT * h:g}"
        work = f"{WEIGHTS[0]:g} × {prices[0]:g} + {WEIGHTS[1]:g} × {prices[1]:g} = {z:g}"
        reason = f"{work}, then ReLU, then times {OUT_WEIGHT:g}"
        self._show(FLOW, f"{h:g}", y, "✓ 2 prices, 2 sockets: it predicts", reason)
        return f"days = {days}: a price for each socket. {work}, above 0, so ReLU is open; times {OUT_WEIGHT:g}: {y}."

    def _refuse(self, days):
        count = "1 price" if days == 1 else f"{days} prices"
        why = {1: "the socket for yesterday stays empty", 3: "day 1 has no socket", 4: "days 1 and 2 have no socket"}
        why = why.get(days, f"days 1 to {days - 2} have no socket")
        message = f"✗ {count}, 2 sockets: it refuses"
        self._show(parts.NOTHING, "nothing", "no prediction", message, f"{why}, so no number flows")
        return f"days = {days}: {count} for 2 sockets, {why}. The network refuses: no prediction."

    def _show(self, flow, *words):
        self.flow.set_path(flow)
        for node, role in ((self.hidden, parts.HIDDEN), (self.out, parts.OUTPUT)):
            node.set_facecolor(role.color if flow is FLOW else "white")
        for place, shown in zip((self.inside, self.tomorrow, self.message, self.reason), words, strict=True):
            place.set_text(shown)


def _label(row, days):
    """Return the words beside the price of so many days ago."""
    if row < days:
        return f"day {days - row}: {HISTORY[days - row - 1]:g}" + (", no socket" if row > 1 else "")
    return "no price" if row == 1 else ""

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
        sockets.set_path(parts.marks("s", np.full(2, SOCKET), ROWS[:2], 17))
        words = ("today", -36), ("yesterday", 24)
        for row, weight, (name, above) in zip(ROWS[:2], WEIGHTS[::-1], words, strict=True):
            parts.text(ax, SOCKET, row + above, name, ha="center")
            beside = (row + MIDDLE) / 2 + (12 if row > MIDDLE else -22)
            parts.text(ax, (SOCKET + HIDDEN) / 2, beside, f"times {weight:g}", ha="center")
        for start, end in WAYS:
            look = {"arrowstyle": "-|>", "color": parts.FAINT, "lw": 2, "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", end, start, arrowprops=look)
        parts.text(ax, (HIDDEN + OUT) / 2, MIDDLE + 9, f"times {OUT_WEIGHT:g}", ha="center")
        parts.text(ax, HIDDEN, MIDDLE + 26, "ReLU", ha="center")
        parts.text(ax, OUT, MIDDLE + 26, "tomorrow", ha="center")

        self.flow = parts.shapes(ax, parts.HIDDEN.color, fc="none", lw=5, zorder=4)
        self.prices = parts.shapes(ax, parts.INPUT.color)
        self.lost = parts.shapes(ax, parts.INK, lw=3)
        self.hidden = parts.shapes(ax, parts.HIDDEN.color, ec=parts.INK, lw=1.5)
        self.hidden.set_path(parts.marks("o", np.array([HIDDEN]), np.array([MIDDLE]), 18))
        self.out = parts.shapes(ax, parts.OUTPUT.color, ec=parts.INK, lw=1.5)
        self.out.set_path(parts.marks("^", np.array([OUT]), np.array([MIDDLE]), 17))
        self.labels = [parts.text(ax, PRICE + 22, row, "", va="center", animated=True) for row in ROWS]
        below = {"ha": "center", "va": "top", "weight": "bold", "animated": True}
        self.inside, self.tomorrow = (parts.text(ax, x, MIDDLE - 27, "", **below) for x in (HIDDEN, OUT))
        self.message = parts.text(ax, 300, 208, "", fontsize=17, weight="bold", animated=True)
        self.reason = parts.text(ax, 300, 186, "", va="center", animated=True)

    def update(self, days=2):
        """Give the network a history of this many days; return what comes of it."""
        prices = np.array(HISTORY[:days])
        try:
            z = float(np.dot(WEIGHTS, prices))
        except ValueError:  # NumPy's own refusal, as in the notebook
            z = None
        price, socket, plugged = np.full(days, PRICE), np.full(days, SOCKET), ROWS[: min(days, 2)]
        squares, fillings = parts.marks("s", price, ROWS[:days], 12), parts.marks("s", socket[:2], plugged, 12)
        ways = parts.arrows(price[:2] + 110, socket[:2] - 22, plugged[:, None], np.full(len(plugged), 4.0))
        self.prices.set_path(Path.make_compound_path(squares, fillings, ways))
        self.lost.set_path(parts.marks("x", socket[2:], ROWS[2:days], 8))
        for row, label in enumerate(self.labels):
            label.set_text(_label(row, days))
        for node, color in ((self.hidden, parts.HIDDEN.color), (self.out, parts.OUTPUT.color)):
            node.set_facecolor("white" if z is None else color)
        if z is None:
            return self._refuse(days)
        h = float(relu(z))
        y = OUT_WEIGHT * h
        self.flow.set_path(FLOW)
        self.inside.set_text(f"{h:g}")
        self.tomorrow.set_text(f"{y:g}")
        work = f"{WEIGHTS[0]:g} × {prices[0]:g} + {WEIGHTS[1]:g} × {prices[1]:g} = {z:g}"
        self.message.set_text("✓ 2 prices, 2 sockets: it predicts")
        self.reason.set_text(f"{work}, then ReLU, then times {OUT_WEIGHT:g}")
        return f"days = {days}: a price for each socket. {work}, above 0, so ReLU is open; times {OUT_WEIGHT:g}: {y:g}."

    def _refuse(self, days):
        self.flow.set_path(parts.NOTHING)
        self.inside.set_text("nothing")
        self.tomorrow.set_text("no prediction")
        count = "1 price" if days == 1 else f"{days} prices"
        why = {1: "the socket for yesterday stays empty", 3: "day 1 has no socket", 4: "days 1 and 2 have no socket"}
        why = why.get(days, f"days 1 to {days - 2} have no socket")
        self.message.set_text(f"✗ {count}, 2 sockets: it refuses")
        self.reason.set_text(f"{why}, so no number flows")
        return f"days = {days}: {count} for 2 sockets, {why}. The network refuses: no prediction."


def _label(row, days):
    """Return the words beside the price of so many days ago."""
    if row < days:
        return f"day {days - row}: {HISTORY[days - row - 1]:g}" + (", no socket" if row > 1 else "")
    return "no price" if row == 1 else ""

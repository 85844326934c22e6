"""One ruler for three path lengths: how much of day 1 arrives on the last day, by the number of days."""

from dataclasses import replace

import numpy as np
from matplotlib.path import Path

from statland.attention import age_and_price, attend
from statland.checks import shows
from statland.lstm import lstm_backward, lstm_forward
from statland.pictures import parts
from statland.prices import MEDIUM, STATLAND_LSTM_WEIGHTS, STATLAND_WEIGHTS
from statland.rnn import rnn_backward, rnn_forward

DAYS = 50  # at most
LEAST, MOST = 0.5, 1.0  # feedback weights
LEFT, RIGHT, FOOT, TOP = 88, 430, 42, 302  # edges of the axes, in points of the page; heights below count from FOOT
PER_DAY = (RIGHT - LEFT) / (DAYS - 1)
DECADE, ONE = 9, 244  # points for a power of ten; the height of a gradient of 1
AREA, SEEN = 70, 0.1  # square points of a bead for a gradient of 1, and the least half of one that is seen
THICK, THINNEST = 6, 0.005  # points for a weight of 1 on its arc, and for what is too thin to be seen
EVERY = 8  # days from mark to mark on a curve
WAY = [Path.MOVETO, *[Path.CURVE4] * 3]
ROWS = (  # name, role, and how high the way back stands; attention has no memory: its gradient is the answer's
    ("vanilla", parts.GRADIENT, 92),
    ("LSTM", parts.MEMORY, 68),
    ("attention", parts.OUTPUT, 10),
)
ASIDE = 12  # from the last day to the answer
LOWEST = 112  # of the values on the right, above the ways back


class Ruler:
    """Three curves that grow with the number of days. Below them the ways back: a grey arc for each step, and on each
    day a bead whose area is the gradient that arrives there; over the arcs of attention lies colour as thick as their
    weights."""

    alt = (
        "A log axis with the gradient of day 1 by the number of days, for the vanilla unit, the LSTM and attention. "
        "Below it small arcs from day to day in two chains, large arcs from the answer back to every day, and on each "
        "day a bead as large as the gradient there."
    )

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.axes(self.figure, LEFT, FOOT, RIGHT, TOP, xlim=(1, DAYS), ylim=(0, TOP - FOOT))
        ax.set(xlabel="number of days", xticks=[1, *range(10, DAYS + 1, 10)])
        powers = (-15, -10, -5, 0)
        ax.set_yticks([_height(10.0**power) for power in powers], map(parts.power, powers))
        parts.text(ax, 1 - 66 / PER_DAY, 186, "gradient of day 1", rotation=90, ha="center", va="center")
        ax.axhline(ONE, color=parts.FAINT, lw=1, ls=(0, (4, 3)))
        look, beside = {"va": "center", "animated": True}, DAYS + 22 / PER_DAY
        for name, role, height in ROWS:
            parts.text(ax, 1 - 13 / PER_DAY, height, name, role.ink, weight="bold", ha="right", va="center")
            ax.plot(range(1, DAYS + 1), [height] * DAYS, ".", color=parts.ROAD, ms=2, zorder=1, clip_on=False)
        roles = [role for _, role, _ in ROWS]
        self.curves = [parts.line(ax, role.color, lw=2.5, zorder=4) for role in roles]
        self.ways = parts.shapes(ax, parts.ROAD, fc="none", lw=0.7, zorder=2)
        self.weights = parts.shapes(ax, parts.OUTPUT.color, zorder=2.5)
        self.beads = [parts.shapes(ax, role.color, zorder=3) for role in roles]
        grip = {"marker": "v", "ms": 13, "markevery": [1], "clip_on": False}
        self.cursor = parts.line(ax, parts.INK, lw=1.5, zorder=3, **grip)
        self.marks = [parts.points(ax, role.color, role.marker, ms=10, mec="white", mew=0.8) for role in roles]
        self.answer = parts.points(ax, parts.OUTPUT.color, parts.OUTPUT.marker, ms=10, mec=parts.INK)
        self.days = parts.text(ax, 1, TOP - FOOT + 16, "", weight="bold", ha="center", **look)
        parts.text(ax, beside, ROWS[-1][-1], "1 step", parts.OUTPUT.ink, va="center")
        self.steps = [parts.text(ax, beside, height, "", role.ink, **look) for _, role, height in ROWS[:-1]]
        self.values = [parts.text(ax, beside, 0, "", role.ink, **parts.VALUE, **look) for role in roles]
        self.by_hand = {"days": ax.xaxis}

        last_days = np.eye(DAYS)  # so many histories side by side: the error of the first is on day 1, and so on
        trace = lstm_forward(np.full((DAYS, DAYS), MEDIUM), STATLAND_LSTM_WEIGHTS)
        self.lstm = lstm_backward(trace, 0 * last_days, STATLAND_LSTM_WEIGHTS, dc=last_days)[2][1:]
        self.update()
        parts.ghost(*self.curves)

    @shows(days=(2, DAYS), q_age=(-1.0, 4.0), w_h=(LEAST, MOST))
    def update(self, days=10, q_age=0.0, w_h=0.5):
        """Show what arrives at day 1 over 1, 2, ... and so many medium prices; return what arrives over all of them."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h, w_y=1.0)  # with this w_y the slope by the output is that by h
        prices, last_days = np.full(days, MEDIUM), np.eye(days)
        vanilla = rnn_backward(rnn_forward(np.full((days, days), MEDIUM), params), last_days, params)[1][1:]
        keys = age_and_price(prices)
        # a day's share is the slope of the answer by its value
        shares = [attend([q_age, 0.0], keys[-T:], prices[-T:])[0] for T in range(1, days + 1)]

        curves = vanilla[0], self.lstm[0, :days], np.array([share[0] for share in shares])
        arriving = [parts.brief(curve[-1], 3) for curve in curves]
        x, ends = np.arange(1, days + 1), _height(np.array([curve[-1] for curve in curves]))
        for place, (curve, line, mark) in enumerate(zip(curves, self.curves, self.marks, strict=True)):
            line.set_data(x, _height(curve))
            on_its_way = np.arange(3 + 2 * place, days - 3, EVERY)  # in turns: curves may lie on each other
            marked = np.append(days, on_its_way)
            mark.set_data(marked, _height(curve)[marked - 1])
        answer, rows = days + ASIDE / PER_DAY, [row for *_, row in ROWS]
        arcs = _arcs(np.full(days, answer), x, rows[-1])
        chains = [_arcs(x[1:], x[:-1], row) for row in rows[:-1]]
        self.ways.set_path(_curves(np.concatenate([*chains, arcs]), WAY))
        self.weights.set_path(_thick(arcs, shares[-1]))
        arriving_on = vanilla[:, -1], self.lstm[:days, days - 1], shares[-1]
        for beads, gradient, (_, role, row) in zip(self.beads, arriving_on, ROWS, strict=True):
            beads.set_path(_beads(role.marker, x, row, gradient))
        self.answer.set_data([answer], [rows[-1]])
        self.cursor.set_data([days, days], [0, TOP - FOOT])
        self.days.set(x=min(max(days, 4), DAYS - 4), text=f"{days} days")
        for words, height, said in zip(self.values, _apart(ends, 22), arriving, strict=True):
            words.set(y=height, text=said)
        for words in self.steps:
            words.set_text(f"{days - 1} step" + "s" * (days > 2))
        where = f"{days} days, q_age = {q_age:g}, w_h = {w_h:g}: of day 1 there arrives"
        memories = f"{arriving[0]} in the vanilla unit's memory and {arriving[1]} in the LSTM's"
        return f"{where} {memories}; {arriving[2]} in the answer of attention."


def _height(gradient):
    """Return where a gradient stands on the log axis."""
    return ONE + DECADE * np.log10(gradient)


def _apart(heights, least):
    """Return the heights in their order, moved so that they are so far apart, and all of them inside the page."""
    order = np.argsort(-heights, kind="stable")
    moved, highest, lowest = heights.copy(), TOP - FOOT, LOWEST
    for one in order:
        moved[one] = min(heights[one], highest)
        highest = moved[one] - least
    for one in order[::-1]:
        moved[one] = max(moved[one], lowest)
        lowest = moved[one] + least
    return moved


def _arcs(starts, ends, row):
    """Return the corners `(N, 4, 2)` of an arc from each start back to its end, the higher the farther that is."""
    handles = row + 6 + 0.125 * (starts - ends) * PER_DAY
    feet = np.full(len(ends), row)
    return np.stack([np.stack([starts, starts, ends, ends], -1), np.stack([feet, handles, handles, feet], -1)], -1)


def _curves(corners, codes):
    """Return one path with a curve through each set of corners `(N, corners, 2)`."""
    return Path(corners.reshape(-1, 2), np.tile(codes, len(corners)))


def _thick(arcs, weights):
    """Return one path that lies along these arcs, as thick as their weights."""
    thick = THICK * weights[:, None, None]
    aside = thick / 2 * [(1, 0), (1, 4 / 3), (-1, 4 / 3), (-1, 0)] / (PER_DAY, 1)
    there_and_back = np.concatenate([arcs + aside, (arcs - aside)[:, ::-1]], axis=1)
    return _curves(there_and_back[thick.ravel() > THINNEST], [*WAY, Path.LINETO, *WAY[1:]])


def _beads(marker, days, row, gradient):
    """Return one path with a mark on each day whose area is the gradient there; those too small are left out."""
    corners = np.array(parts.CORNERS[marker])
    x, y = corners.T
    size = np.sqrt(AREA * gradient / (abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2))
    places = np.column_stack([days, np.full(len(days), row)])
    beads = places[:, None] + size[:, None, None] * corners / (PER_DAY, 1)
    return Path.make_compound_path_from_polys(beads[size > SEEN])

"""Where training ends: the paths of several starts on a map of two weights, and that of the reader's own start."""

from functools import lru_cache

import numpy as np

from statland.learning import training_runs
from statland.pictures import parts
from statland.prices import RULE_PRICES, RULE_TARGETS, STATLAND_WEIGHTS
from statland.rnn import RNNParams

LEFT, RIGHT, RATE, STEPS = -1.25, 3.25, 0.05, 100
GRID = np.linspace(-1, 2.75, 31)  # every 0.125: the places from which all runs are known, side by side
STARTS = np.array(
    [(0.25, 0.25), (0.25, 1.5), (0.5, 2), (2, 0.25), (2.75, 0.25), (1.75, -0.25), (1, 2.75), (0.25, -0.75)]
)


class Paths:
    """The paths of several starts over w_x and w_y, from a circle to a disc where the rules are learned or to a cross;
    the path of one more start; and the curve on which w_x times w_y is 2."""

    alt = "A map of w_x and w_y: paths of training from several starts, and a curve where their product is 2."

    def __init__(self):
        self.figure = parts.page(330)
        limits = {"xlim": (LEFT, RIGHT), "ylim": (LEFT, RIGHT), "xlabel": "w_x", "ylabel": "w_y"}
        ticks = range(-1, 4)
        ax = parts.axes(self.figure, 56, 46, 400, 322, xticks=ticks, yticks=ticks, **limits)
        ax.axhline(0, color=parts.RULE, lw=1, zorder=0)
        ax.axvline(0, color=parts.RULE, lw=1, zorder=0)
        curve = np.geomspace(2 / RIGHT, RIGHT, 60)
        ax.plot(curve, 2 / curve, color=parts.BAND, lw=9, zorder=0)
        parts.text(ax, RIGHT + 0.08, 2 / RIGHT, "product 2", va="center")
        ways, learned, _ = _runs(*STARTS.T)
        for way, arrived in zip(ways, learned, strict=True):
            look = {"color": parts.FAINT, "zorder": 1}
            ax.plot(*way.T, lw=1.2, **look)
            ax.plot(*way[:1].T, "o", ms=6, mfc="white", **look)
            mark, size = (parts.HIDDEN.marker, 7) if arrived else ("x", 9)
            ax.plot(*way[-1:].T, mark, ms=size, mew=2, **look)
        ax.plot(STATLAND_WEIGHTS.w_x, STATLAND_WEIGHTS.w_y, "*", color=parts.INK, mec="white", ms=17, zorder=2)
        self.trail = parts.Trail(ax, size=5)
        self.end = parts.points(ax, parts.INK, "x", ms=15)
        self.by_hand = {"w_x": ax.xaxis, "w_y": ax.yaxis}
        page = parts.canvas(self.figure, 0, 0, 540, 330)
        parts.text(page, 532, 309, "at the end", ha="right", va="center")
        look = {**parts.VALUE, "ha": "right", "va": "center", "animated": True}
        self.words = [parts.text(page, 532, y, "", **look) for y in (282, 256, 222)]
        for words, name in zip(self.words, ("w_x", "w_y", "product"), strict=True):
            parts.text(page, 416, words.get_position()[1], name, va="center")
        page.plot([416, 532], [239, 239], color=parts.INK, lw=1)
        self.update()
        parts.ghost(self.trail.way)

    def update(self, w_x=0.5, w_y=0.75):
        """Train from these two weights, all other numbers 0; return where the run ends."""
        way, learned, is_open = _run(w_x, w_y)
        self.trail.show(*_seen(way).T)
        if learned:
            look, outcome = (parts.HIDDEN.color, parts.HIDDEN.marker, 1), "the rules are learned"
        elif is_open:
            look = (parts.GRADIENT.color, parts.GRADIENT.marker, 1)
            outcome = f"the rules are not learned, but the unit is open on {is_open} of the 4"
        else:
            look, outcome = (parts.INK, "x", 4), "the unit is shut on every rule"
        self.end.set(**dict(zip(("color", "marker", "markeredgewidth"), look, strict=True)), data=way[-1:].T)
        for words, value in zip(self.words, [*way[-1], way[-1].prod()], strict=True):
            words.set_text(f"{value:z.2f}")
        x, y, product = (words.get_text() for words in self.words)
        there = f"start {w_x:g}, {w_y:g}: after {STEPS} steps w_x is {x} and w_y is {y}, their product {product}"
        return f"{there}; {outcome}."


def _seen(way):
    """Return the steps of a way that can be told apart: each at least 4 points from the one before, and the last."""
    seen = [0]
    for step, place in enumerate(way):
        if np.hypot(*(place - way[seen[-1]])) > 4 * (RIGHT - LEFT) / 276:
            seen.append(step)
    return way[[*seen, len(way) - 1]]


def _run(w_x, w_y):
    """Return the way of one start, whether it has learned, and on how many rules it is open."""
    known = _all_runs().get((w_x, w_y))
    if known is None:
        (known,) = zip(*_runs(np.array([w_x]), np.array([w_y])), strict=True)
    return known


@lru_cache(maxsize=1)
def _all_runs():
    """Return the run of each start on the grid: all of them together take as long as four of them one by one."""
    w_x, w_y = (weights.ravel() for weights in np.meshgrid(GRID, GRID))
    return dict(zip(zip(w_x, w_y, strict=True), zip(*_runs(w_x, w_y), strict=True), strict=True))


def _runs(w_x, w_y):
    """Return the ways of these starts `(starts, STEPS + 1, 2)`, which of them have learned, and on how many rules each
    is open at the end."""
    none = np.zeros(len(w_x))
    start = RNNParams(w_x=w_x.astype(float), w_h=none, w_y=w_y.astype(float), b_h=none, b_y=none)
    runs = list(training_runs(RULE_PRICES, RULE_TARGETS, start, RATE, STEPS))
    ways = np.array([(params.w_x, params.w_y) for params, _, _ in runs]).transpose(2, 0, 1)
    _, loss, is_open = runs[-1]
    return ways, parts.outcomes(loss, runs[0][2], is_open) == 0, is_open.sum(axis=0)

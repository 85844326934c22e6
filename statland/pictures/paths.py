"""Where training ends: paths of several starts grow on a map of two weights, and that of the reader's own start."""

from functools import lru_cache
from itertools import product

import numpy as np

from statland.checks import shows
from statland.learning import training_outcomes, training_runs
from statland.pictures import parts
from statland.prices import LEARNED, RULE_PRICES, RULE_TARGETS, STATLAND_WEIGHTS
from statland.rnn import RNNParams

LEFT, RIGHT, RATE, STEPS = -1.25, 3.25, 0.05, 100
STARTS = (
    *((0.25, 0.25), (0.25, 1.5), (0.5, 2), (2, 0.25), (2.75, 0.25), (1.75, -0.25)),  # towards the curve
    *((1, 2.75), (2.75, 2.5), (0.25, -0.75), (-0.75, 2), (-0.75, -0.75)),  # not there
)
GRID = tuple(product(np.arange(-0.5, 2.75, 0.5), repeat=2))  # the reader's own starts


class Paths:
    """Paths of training over w_x and w_y, up to a step: from a circle to a disc where the rules are learned, to a cross
    where the unit is shut; one of them strong; and the curve on which w_x times w_y is 2."""

    alt = "A map of w_x and w_y: paths of training from several starts, one strong; a curve where their product is 2."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        limits = {"xlim": (LEFT, RIGHT), "ylim": (LEFT, RIGHT), "xlabel": "w_x", "ylabel": "w_y"}
        ticks = range(-1, 4)
        ax = parts.axes(self.figure, 56, 46, 400, 322, xticks=ticks, yticks=ticks, **limits)
        ax.axhline(0, color=parts.RULE, lw=1, zorder=0)
        ax.axvline(0, color=parts.RULE, lw=1, zorder=0)
        curve = np.geomspace(2 / RIGHT, RIGHT, 60)
        ax.plot(curve, 2 / curve, color=parts.RULE, lw=9, zorder=0)
        parts.text(ax, RIGHT + 0.08, 2 / RIGHT, "product 2", va="center")
        ax.plot(*zip(*STARTS, strict=True), "o", ms=6, mfc="white", color=parts.FAINT, zorder=1)
        ax.plot(STATLAND_WEIGHTS.w_x, STATLAND_WEIGHTS.w_y, "*", color=parts.INK, mec="white", ms=17, zorder=2)
        self.ways, self.ends = parts.line(ax, parts.FAINT, lw=1.5, zorder=1), parts.Runs(ax, 8)
        self.trail, self.end = parts.Trail(ax, size=5), parts.Runs(ax, 15)
        self.by_hand = {"w_x": ax.xaxis, "w_y": ax.yaxis}
        page = parts.canvas(self.figure, 0, 0, 540, 330)
        look = {**parts.VALUE, "ha": "right", "va": "center", "animated": True}
        self.words = [parts.text(page, 532, y, "", **look) for y in (304, 278, 244)]
        for words, name in zip(self.words, ("w_x", "w_y", "product"), strict=True):
            parts.text(page, 416, words.get_position()[1], name, va="center")
        page.plot([416, 532], [261, 261], color=parts.INK, lw=1)

    @shows(step=(0, STEPS), w_x=(-1.0, 3.0), w_y=(-1.0, 3.0))
    def update(self, step=0, w_x=0.5, w_y=1.0):
        """Train up to this step from these two weights, all other numbers 0; return where the run stands."""
        ways, outcomes, _ = _runs(STARTS)
        gap = np.full((len(STARTS), 1, 2), np.nan)  # between two paths
        self.ways.set_data(*np.concatenate([ways[:, : step + 1], gap], axis=1).reshape(-1, 2).T)
        way, outcome, is_open = (values[: step + 1] for values in _run(w_x, w_y))
        self.trail.show(*_seen(way).T)
        told = slice(0 if step == 0 else None)  # the starts ask: nothing is said of them before the first step
        self.ends.show(parts.Runs.MARKS[outcomes[:, step]][told], *ways[told, step].T)
        self.end.show(parts.Runs.MARKS[outcome[-1:]][told], *way[-1:][told].T)
        for words, value in zip(self.words, [*way[-1], way[-1].prod()], strict=True):
            words.set_text(f"{value:z.2f}")
        x, y, xy = (words.get_text() for words in self.words)
        there = f"w_x is {x} and w_y is {y}, their product {xy}"
        if step == 0:
            return f"step 0: {there}."
        return f"start {w_x:g}, {w_y:g}, step {step}: {there}; {_state(outcome[-1], is_open[-1])}."


def _state(outcome, is_open):
    if outcome == 3:
        return f"the rules are not learned{'' if is_open.all() else f', the unit is open on {is_open.sum()} of the 4'}"
    return ("the rules are learned", *["the unit is shut on every rule"] * 2)[outcome]


def _seen(way):
    """Return the steps of a way that can be told apart: each at least 4 points from the one before, and the last."""
    seen = [0]
    for step, place in enumerate(way):
        if np.hypot(*(place - way[seen[-1]])) > 4 * (RIGHT - LEFT) / 276:
            seen.append(step)
    return way[sorted({*seen, len(way) - 1})]


def _run(w_x, w_y):
    """Return for one start at each step the two weights, the outcome, and the rules on which the unit is open."""
    starts = GRID if (w_x, w_y) in GRID else ((w_x, w_y),)  # all of the grid takes as long as two starts one by one
    return [values[starts.index((w_x, w_y))] for values in _runs(starts)]


@lru_cache(maxsize=64)  # starts beside the grid: a film asks for all of them again at each step
def _runs(starts):
    """Return for these starts at each step the two weights `(starts, STEPS + 1, 2)`, the outcomes, and the rules on
    which each is open `(starts, STEPS + 1, rules)`."""
    w_x, w_y = np.array(starts, dtype=float).T
    none = np.zeros(len(w_x))
    start = RNNParams(w_x=w_x, w_h=none, w_y=w_y, b_h=none, b_y=none)
    runs = training_runs(RULE_PRICES, RULE_TARGETS, start, RATE, STEPS)
    way, loss, is_open = map(np.array, zip(*(((p.w_x, p.w_y), loss, opened) for p, loss, opened in runs), strict=True))
    outcomes = training_outcomes(loss, is_open[0], is_open, LEARNED)
    return way.transpose(2, 0, 1), outcomes.T, is_open.transpose(2, 0, 1)

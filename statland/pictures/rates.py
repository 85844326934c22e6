"""How large a step: training runs at several learning rates, side by side on one axis."""

from functools import lru_cache

import numpy as np

from statland.learning import training_runs
from statland.pictures import parts
from statland.prices import LEARNED, RULE_PRICES, RULE_TARGETS
from statland.rnn import RNNParams

STEPS, FOOT, HEAD = 100, -7, 4  # steps and powers of ten of the loss that the axes hold
APART = 0.75  # powers of ten between two names


class Rates:
    """The losses of all runs up to a step, the chosen one strong; and on which rules its unit is open."""

    alt = "A line for the loss at each learning rate, the chosen one strong; four circles: open or shut on each rule."

    def __init__(self, rates=(0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3)):
        self.rates = tuple(rates)
        self.figure = parts.page(330)
        limits = {"xlim": (0, STEPS), "ylim": (FOOT, HEAD), "xlabel": "step"}
        ax = parts.axes(self.figure, 52, 46, 480, 286, xticks=range(0, STEPS + 1, 25), **limits)
        ax.set_yticks(range(-6, 5, 2), map(parts.power, range(-6, 5, 2)))
        ax.axhline(0, color=parts.RULE, lw=1, zorder=0)
        self.others = parts.line(ax, parts.ROAD, lw=1.8)
        self.chosen = parts.line(ax, parts.GRADIENT.color, lw=3.5)
        self.ends = {mark: parts.points(ax, parts.FAINT, mark, ms=6) for mark in "^vD"}
        self.end = {mark: parts.points(ax, parts.GRADIENT.color, mark, ms=12) for mark in "^vD"}
        self.names = [parts.text(ax, 0, 0, f"{rate:g}", va="center", animated=True) for rate in self.rates]
        look = {"color": parts.GRADIENT.ink, **parts.VALUE, "animated": True}
        self.loss = parts.above(ax, "", x=0, y=1.05, ha="left", **look)
        page = parts.canvas(self.figure, 0, 0, 540, 330)
        parts.text(page, 420, 309, "unit, 4 rules", ha="right", va="center")
        self.nodes = parts.Nodes(page, edge=parts.HIDDEN.color, lw=2)
        self.nodes.open.set_linewidth(2)  # as wide as the shut ones
        self.by_hand = {"step": ax.xaxis}

    def update(self, step=0, rate=0.05):
        """Show all runs up to this step; return the loss at this rate and whether its unit is open."""
        losses, is_open = _runs(self.rates)
        this = self.rates.index(rate)
        powers = np.log10(np.maximum(losses[: step + 1], 1e-40))  # (step + 1, rates)
        along, gap = np.arange(step + 1.0), np.nan  # nan: a gap between two lines
        others = np.delete(powers, this, axis=1)
        lines = np.vstack([others, np.full(others.shape[1], gap)]).T.ravel()
        self.others.set_data(np.tile(np.append(along, gap), others.shape[1]), lines)
        self.chosen.set_data(along, powers[:, this])

        where, x, y = parts.on_the_page(self.chosen.axes, np.full(len(self.rates), step), powers[-1])
        ours = np.arange(len(self.rates)) == this
        for shown, runs in ((self.ends, ~ours), (self.end, ours)):
            for marker, artist in shown.items():
                artist.set_data(x[runs & (where == marker)], y[runs & (where == marker)])
        for name, height, is_ours in zip(self.names, _spread(y), ours, strict=True):
            color, weight = (parts.GRADIENT.ink, "bold") if is_ours else (parts.QUIET, "normal")
            name.set(x=step + 2.8, y=height, color=color, weight=weight)
        loss, rules = losses[step, this], is_open[step, :, this]
        self.loss.set_text(f"rate {rate:g}: loss {parts.brief(loss, 2)}")
        self.nodes.show(446 + 26 * np.arange(4), 309, rules, 9)
        return f"rate = {rate:g}, step {step}: the loss is {parts.brief(loss, 2)}, {_state(loss, rules)}."


@lru_cache(maxsize=4)
def _runs(rates):
    """Return the loss `(STEPS + 1, rates)`, and on which rules the unit is open `(STEPS + 1, rules, rates)`."""
    one, none = np.ones(len(rates)), np.zeros(len(rates))
    start = RNNParams(w_x=one, w_h=0.5 * one, w_y=one, b_h=none, b_y=none)
    runs = training_runs(RULE_PRICES, RULE_TARGETS, start, np.array(rates), STEPS)
    return [np.array(values) for values in zip(*((loss, is_open) for _, loss, is_open in runs), strict=True)]


def _spread(y):
    """Return heights for names, in the order of y, as near to y as they can be without touching."""
    order, rows = np.argsort(y, kind="stable"), APART * np.arange(len(y))
    low, n = y[order] - rows, len(y)
    level = [max(min(low[a : b + 1].mean() for b in range(k, n)) for a in range(k + 1)) for k in range(n)]
    heights = np.empty(n)
    heights[order] = np.clip(level, FOOT, HEAD - rows[-1]) + rows
    return heights.round(6)


def _state(loss, rules):
    if loss < LEARNED:
        return "and the rules are learned"
    if not rules.any():
        return "and the unit is shut on every rule"
    return f"and the unit is open on {rules.sum()} of the 4 rules"

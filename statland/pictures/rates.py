"""How large a step: training runs at several learning rates, side by side on one axis."""

from functools import lru_cache

import numpy as np

from statland.checks import all_shown, shows
from statland.learning import training_outcomes, training_runs
from statland.pictures import parts
from statland.prices import LEARNED, RULE_PRICES, RULE_TARGETS
from statland.rnn import RNNParams

STEPS, FOOT, HEAD = 100, -6, 3  # steps and powers of ten of the loss that the axes hold
APART, LETTER = 0.62, 2.2  # powers of ten between two names; steps that a letter is wide


class Rates:
    """The losses of all runs up to a step, the chosen one strong. A line is dashed where the unit is shut on all rules,
    and ends with a mark that says what has become of the run, or with a triangle where it leaves the page."""

    alt = (
        "A line for the loss at each learning rate, the chosen one strong, dashed where the unit is shut on all rules."
    )

    @parts.with_defaults
    def __init__(self, rates=(0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3)):
        self.rates = tuple(dict.fromkeys(all_shown("rates", rates, (0.0001, 1.0), most=7)))
        self.figure = parts.page(330)
        longest = max(len(f"{rate:g}") for rate in self.rates)
        limits = {"xlim": (0, STEPS), "ylim": (FOOT, HEAD), "xlabel": "step"}
        ax = parts.axes(
            self.figure, 72, 46, 484 - 9 * max(longest - 5, 0), 290, xticks=range(0, STEPS + 1, 25), **limits
        )
        ax.set_yticks(range(-6, 3, 2), map(parts.power, range(-6, 3, 2)))
        ax.tick_params(axis="y", pad=9)  # beside the mark at the start
        ax.set_ylabel("loss", labelpad=2)
        ax.axhline(0, color=parts.RULE, lw=1, zorder=0)
        self.others = [parts.line(ax, parts.FAINT, lw=1.5, ls=style) for style in ("-", (0, (2, 2)))]
        self.chosen = [parts.line(ax, parts.GRADIENT.color, lw=4.5, ls=style) for style in ("-", (0, (1.5, 1)))]
        self.ends, self.end = parts.Runs(ax, 7, parts.FAINT), parts.Runs(ax, 15)
        self.names = [parts.text(ax, 0, 0, f"{rate:g}", va="center", animated=True) for rate in self.rates]
        look = {"color": parts.GRADIENT.ink, **parts.VALUE, "animated": True}
        self.loss = parts.above(ax, "", x=0, y=1.05, ha="left", **look)
        self.by_hand = {"step": ax.xaxis}

    @shows(step=(0, STEPS), rate=lambda picture: list(picture.rates))
    def update(self, step=0, rate=0.05):
        """Show all runs up to this step; return the loss at this rate and whether its unit is open."""
        losses, outcomes, is_open = _runs(self.rates)
        ours = np.array(self.rates) == rate
        powers = np.log10(np.maximum(losses[: step + 1], 1e-40))  # (step + 1, rates)
        is_shut = (outcomes[: step + 1] == 1) | (outcomes[: step + 1] == 2)
        was_shut = np.vstack([is_shut[:1], is_shut[:-1]])  # the step that shuts the unit is still a solid line
        for runs, lines in ((~ours, self.others), (ours, self.chosen)):
            for line, left_out in zip(lines, (was_shut, ~is_shut), strict=True):
                heights = np.where(left_out, np.nan, powers)[:, runs]  # nan: a gap
                heights = np.vstack([heights, np.full(runs.sum(), np.nan)])  # between two runs as well
                line.set_data(np.tile(np.arange(step + 2), runs.sum()), heights.T.ravel())

        where, x, y = _ends(powers)
        marks = np.where(where == "D", parts.Runs.MARKS[outcomes[step]], where)
        for shown, runs in ((self.ends, ~ours), (self.end, ours)):
            shown.show(marks[runs], x[runs], y[runs])
        heights = np.where(where == "v", FOOT + 0.35, y)
        for together in _beside(x, [LETTER * len(name.get_text()) for name in self.names]):
            heights[together] = _spread(heights[together])
        for name, left, height, is_ours in zip(self.names, x, heights, ours, strict=True):
            color, weight = (parts.GRADIENT.ink, "bold") if is_ours else (parts.QUIET, "normal")
            name.set(x=left + 3, y=height, color=color, weight=weight)
        ((loss,), (outcome,), (rules,)) = losses[step, ours], outcomes[step, ours], is_open[step, :, ours]
        self.loss.set_text(f"rate {rate:g}: loss {parts.brief(loss, 2)}")
        return f"rate = {rate:g}, step {step}: the loss is {parts.brief(loss, 2)}, {_state(outcome, rules)}."


@lru_cache(maxsize=4)
def _runs(rates):
    """Return at each step the loss and the outcome `(STEPS + 1, rates)`, and on which rules the unit is open
    `(STEPS + 1, rules, rates)`."""
    one, none = np.ones(len(rates)), np.zeros(len(rates))
    start = RNNParams(w_x=one, w_h=0.5 * one, w_y=one, b_h=none, b_y=none)
    runs = training_runs(RULE_PRICES, RULE_TARGETS, start, np.array(rates), STEPS)
    loss, is_open = map(np.array, zip(*((loss, is_open) for _, loss, is_open in runs), strict=True))
    return loss, training_outcomes(loss, is_open[0], is_open, LEARNED), is_open


def _ends(powers):
    """Return where each line of powers `(step + 1, rates)` ends: "D" and its last place, or the mark of the side on
    which it has left the page, and the place where it has crossed the edge."""
    step = len(powers) - 1
    y = np.clip(powers[-1], FOOT, HEAD)
    where, x = np.select([powers[-1] < FOOT, powers[-1] > HEAD], ["v", "^"], "D"), np.full(len(y), float(step))
    for k in np.flatnonzero(where != "D"):
        last = np.flatnonzero(np.clip(powers[:, k], FOOT, HEAD) == powers[:, k])[-1]  # the last step on the page
        before, after = powers[last : last + 2, k]
        x[k] = last + (y[k] - before) / (after - before)
    return where, x, y


def _beside(x, width):
    """Return the places of those names, of this width and from x on, that stand above one another, group by group."""
    order = np.argsort(x, kind="stable")
    reach = np.maximum.accumulate((x + width)[order])
    return np.split(order, np.flatnonzero(x[order][1:] > reach[:-1]) + 1)


def _spread(y):
    """Return heights for names, in the order of y, as near to y as they can be without touching."""
    order, rows = np.argsort(y, kind="stable"), APART * np.arange(len(y))
    low, n = y[order] - rows, len(y)
    level = [max(min(low[a : b + 1].mean() for b in range(k, n)) for a in range(k + 1)) for k in range(n)]
    heights = np.empty(n)
    heights[order] = np.clip(level, FOOT, HEAD - rows[-1:]) + rows
    return heights.round(6)


def _state(outcome, rules):
    if outcome == 0:
        return "and the rules are learned"
    if not rules.any():
        return "and the unit is shut on every rule"
    return f"and the unit is open on {rules.sum()} of the 4 rules"

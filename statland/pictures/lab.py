"""A lab of dead units: many random starts trained side by side, and what became of each."""

from functools import lru_cache

import numpy as np

from statland.checks import shows
from statland.learning import training_outcomes, training_runs
from statland.pictures import parts
from statland.prices import LEARNED, RULE_PRICES, RULE_TARGETS
from statland.rnn import RNNParams

COUNT, STEPS, SEED = 400, 300, 5
STARTS = "any signs", "w_x, w_y > 0", "b_h = 0.5"
EDGE = 2.5  # of the axes, which hold every start
ROWS = 258 - 66 * np.arange(4)  # where the outcomes are counted, in points
LEFT, LONGEST = 372, 130  # of the bars


class DeadUnitLab:
    """Every start as a mark at its w_x and w_y, which says how its training ended; and how many ended so."""

    alt = "Random starts by their w_x and w_y, marked by how training ended, and the count of each outcome."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        limits = {"xlim": (-EDGE, EDGE), "ylim": (-EDGE, EDGE), "xlabel": "w_x at the start"}
        ax = parts.axes(self.figure, 48, 46, 326, 324, xticks=range(-2, 3), yticks=range(-2, 3), **limits)
        ax.set_ylabel("w_y at the start", labelpad=0)
        ax.axhline(0, color=parts.FAINT, lw=1, zorder=1)
        ax.axvline(0, color=parts.FAINT, lw=1, zorder=1)
        page = parts.canvas(self.figure, 0, 0, 540, 330)
        parts.text(page, LEFT - 18, 312, f"{COUNT} starts", va="center")
        look = {**parts.VALUE, "ha": "right", "va": "center", "animated": True}
        self.starts, self.bars, self.counts = [], [], []
        for y, (marker, color, lw, words) in zip(ROWS, parts.OUTCOMES, strict=True):
            mark = parts.shapes(page, color, lw=lw, fc="none" if lw else color, animated=False)
            mark.set_path(parts.marks(marker, LEFT - 12, y, 6))
            parts.text(page, LEFT, y - 0.5, words, va="center")
            self.starts.append(parts.shapes(ax, color, lw=0.8 * lw, fc="none" if lw else color))
            self.bars.append(parts.shapes(page, color))
            self.counts.append(parts.text(page, 536, y - 24, "", **look))
        self.update()
        parts.ghost(*self.bars)

    @shows(start=list(STARTS), sd=(0.05, 0.75), rate=(0.001, 0.2))
    def update(self, start="any signs", sd=0.5, rate=0.05):
        """Train 400 starts drawn with this rule and this sd, at this rate; return how many ended in which way."""
        params, outcome = _trained(start, sd, rate)
        counts = np.bincount(outcome, minlength=len(parts.OUTCOMES))
        for k, (marker, _, _, _) in enumerate(parts.OUTCOMES):
            x, y = params.w_x[outcome == k], params.w_y[outcome == k]
            self.starts[k].set_path(parts.marks(marker, x, y, 3.4 * 2 * EDGE / 278))
            ends = [LEFT - 18 + LONGEST * counts[k] / COUNT]
            self.bars[k].set_path(parts.bars([LEFT - 18], ends, [ROWS[k] - 31], [ROWS[k] - 17]))
            self.counts[k].set_text(f"{counts[k]}")
        learned, shut, killed, still_open = counts
        return (
            f"{start}, sd = {sd:g}, rate = {rate:g}: of {COUNT} starts {learned} learn, {shut} are shut "
            f"from the start, {killed} are shut by a step, {still_open} are open, not learned."
        )


def _drawn(start, sd):
    """Draw the starts by one of three rules: all weights from a normal distribution, biases 0."""
    w_x, w_h, w_y = np.random.default_rng(SEED).normal(0, sd, (3, COUNT))
    if start == "w_x, w_y > 0":
        w_x, w_y = abs(w_x), abs(w_y)
    b_h = np.full(COUNT, 0.5 if start == "b_h = 0.5" else 0.0)
    return RNNParams(w_x, w_h, w_y, b_h, b_y=np.zeros(COUNT))


@lru_cache(maxsize=64)
def _trained(start, sd, rate):
    """Return the starts and the outcome of each, as a place in OUTCOMES `(COUNT,)`.

    A unit that is shut on the last day of every rule has no gradient but that of b_y: it stays shut for ever.
    """
    (params, _, open_at_first), *_, (_, loss, open_now) = training_runs(
        RULE_PRICES, RULE_TARGETS, _drawn(start, sd), rate, STEPS
    )
    return params, training_outcomes(loss, open_at_first, open_now, LEARNED)

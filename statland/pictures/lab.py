"""A lab of dead units: many random starts trained side by side, and what became of each."""

from functools import lru_cache, partial

import numpy as np

from statland.learning import gradient_descent, squared_error_and_gradient
from statland.pictures import parts
from statland.prices import LEARNED, RULE_PRICES, RULE_TARGETS
from statland.rnn import RNNParams, rnn_forward

COUNT, STEPS, SEED = 400, 300, 5
EDGE = 2.5  # of the axes; the few starts outside stand on it
OUTCOMES = (  # mark, colour, size, fill, words
    ("o", parts.HIDDEN.color, 4, parts.HIDDEN.color, "learned the rules"),
    ("x", parts.INK, 3.5, "none", "shut from the start"),
    ("v", parts.GRADIENT.color, 4, parts.GRADIENT.color, "shut by a step of training"),
    ("s", "#7a5c00", 3.5, "white", "open, but not there"),
)
ROWS = 276 - 62 * np.arange(4)  # where the outcomes are counted, in points
LEFT, LONGEST = 446, 254  # of the bars


class DeadUnitLab:
    """Every start as a mark at its w_x and w_y, which says how its training ended; and how many ended so."""

    alt = "Random starts by their w_x and w_y, marked by how training ended, and the count of each outcome."

    def __init__(self):
        self.figure = parts.page(396)
        ax = parts.axes(
            self.figure, 62, 48, 390, 376, xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), xlabel="w_x at the start"
        )
        ax.set_ylabel("w_y at the start", labelpad=0)
        ax.axhline(0, color=parts.FAINT, lw=1, zorder=1)
        ax.axvline(0, color=parts.FAINT, lw=1, zorder=1)
        page = parts.canvas(self.figure, 0, 0, 720, 396)
        parts.text(page, LEFT, 348, f"{COUNT} starts, {STEPS} steps each", fontsize=15, va="center")
        self.starts, self.bars, self.counts = [], [], []
        for y, (marker, color, size, fill, words) in zip(ROWS, OUTCOMES, strict=True):
            look = {"fc": fill, "lw": 0 if fill == color else 1.5}
            parts.shapes(page, color, animated=False, **look).set_path(
                parts.marks(marker, [LEFT - 12], [y], 1.5 * size)
            )
            parts.text(page, LEFT + 38, y, words, va="center")
            self.starts.append(parts.shapes(ax, color, **look))
            self.bars.append(parts.shapes(page, color))
            self.counts.append(
                parts.text(page, LEFT + 30, y, "", ha="right", va="center", weight="bold", animated=True)
            )

    def update(self, start="any signs", sd=0.5, rate=0.05):
        """Train 400 starts drawn with this rule and this sd, at this rate; return how many ended in which way."""
        params, outcome = _trained(start, sd, rate)
        x, y = (np.clip(weight, -EDGE, EDGE) for weight in (params.w_x, params.w_y))
        counts = np.bincount(outcome, minlength=len(OUTCOMES))
        for k, (marker, _, size, _, _) in enumerate(OUTCOMES):
            self.starts[k].set_path(parts.marks(marker, x[outcome == k], y[outcome == k], size * 2 * EDGE / 328))
            ends = [LEFT + LONGEST * counts[k] / COUNT]
            self.bars[k].set_path(parts.bars([LEFT], ends, [ROWS[k] - 25], [ROWS[k] - 15]))
            self.counts[k].set_text(f"{counts[k]}")
        learned, shut, killed, still_open = counts
        return (
            f"{start}, sd = {sd:g}, rate = {rate:g}: {learned} of {COUNT} learn, {shut} start shut, "
            f"{killed} are shut by a step, {still_open} open but not there."
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
    prices, params = np.repeat(RULE_PRICES[..., None], COUNT, axis=2), _drawn(start, sd)
    loss = partial(squared_error_and_gradient, prices, RULE_TARGETS[:, None])
    *_, (trained, loss, _) = gradient_descent(loss, params, rate, STEPS)
    shut_at_once, shut = ((rnn_forward(prices, each).z[-1] <= 0).all(axis=0) for each in (params, trained))
    return params, np.select([loss < LEARNED, shut_at_once, shut], [0, 1, 2], 3)

"""Attention: a query scores the key of every day, the days share the attention, and the answer is their mean."""

import numpy as np
from matplotlib.path import Path

from statland.attention import age_and_price, attend, attention_scores
from statland.checks import shows
from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import COMPANY_A, COMPANY_B, HIGH, LOW, TOLERANCE, is_right, lengthened

DAYS = 8
COMPANIES = (("A", COMPANY_A, LOW, 70), ("B", COMPANY_B, HIGH, 316))  # name, prices, tomorrow's, left edge in points
SLOT, WIDE = 17, 17 * DAYS  # points for a day, and for all of the attention
GAUGE = WIDE + 18  # from the left edge to the answer and its target
KEY, TALL = 266, 28  # height of a low price among the keys, and how much higher a high one is
ZERO, UNIT = 196, 1.25  # height of a score of 0; points for a score of 1: the largest stays below the keys
SPREAD, STRIP, CUT = 168, 134, 122  # where the days begin to spread, where they have their shares, the strip's foot
FOOT, HIGHER = 18, 88  # height of a low price among the shares, and how much higher a high one is


class LookingBack:
    """Two companies side by side: their keys, scores and shares, and beside these the answer and its target."""

    alt = (
        "For company A and for company B eight days with their keys, a bar for each score, a column as wide as each "
        "day's share of the attention and as high as its price, and the answer beside a frame for what is right."
    )

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.canvas(self.figure, 0, 0, 540, 330)
        left, still = {"ha": "right", "va": "center"}, {"animated": False}
        names = ((KEY + 13, "price"), (KEY - 13, "days ago"), (ZERO + 14, "score"), ((SPREAD + CUT) / 2, "share"))
        for height, name in (*names, (FOOT + HIGHER, "1"), (FOOT + HIGHER / 2, "price"), (FOOT, "0")):
            parts.text(ax, 62, height, name, **left)
        middle = np.arange(DAYS) * SLOT + SLOT / 2
        self.histories = [lengthened(prices, DAYS) for _, prices, _, _ in COMPANIES]
        for (name, _, tomorrow, start), values in zip(COMPANIES, self.histories, strict=True):
            x = start + middle
            parts.text(ax, start, 318, f"company {name}", weight="bold", va="center")
            parts.shapes(ax, parts.INPUT.color, **still).set_path(
                parts.bars(x - 6, x + 6, KEY - 1, KEY + 1 + TALL * values)
            )
            for age in (DAYS - 1, 0):
                parts.text(ax, x[DAYS - 1 - age], KEY - 13, f"{age}", ha="center", va="center")
            for height in (ZERO, FOOT):
                ax.plot([start, start + WIDE], [height, height], color=parts.FAINT, lw=1, zorder=1)
            ax.plot([start + GAUGE] * 2, [FOOT, FOOT + HIGHER], color=parts.ROAD, lw=1, zorder=1)
            edges = (FOOT + HIGHER * (tomorrow + side * TOLERANCE) for side in (-1, 1))
            frame = parts.shapes(ax, parts.INK, fc="none", lw=2, zorder=6, **still)
            frame.set_path(parts.bars(start + GAUGE - 10, start + GAUGE + 10, *edges))
        self.scores = parts.shapes(ax, parts.INK)
        self.spread = [parts.shapes(ax, color, zorder=2) for color in ("#ecd5e2", parts.OUTPUT.color)]
        self.columns = parts.shapes(ax, parts.INPUT.color)
        self.levels = parts.shapes(ax, parts.OUTPUT.color, zorder=4)
        self.misses = parts.shapes(ax, parts.INK, zorder=4)
        self.answers = parts.points(ax, parts.OUTPUT.color, "^", ms=13, mec=parts.INK)
        self.answers.set_zorder(5)
        look, value = {"va": "center", "animated": True}, {**parts.VALUE, "color": parts.OUTPUT.ink}
        starts = [start for *_, start in COMPANIES]
        self.verdicts = [parts.text(ax, start + 88, 318, "", fontsize=parts.BIG, **look) for start in starts]
        self.values = [parts.text(ax, start + GAUGE + 13, 0, "", **value, **look) for start in starts]
        self.update()
        parts.ghost(self.answers)

    @shows(q_age=(-2.0, 6.0), q_price=(-8.0, 8.0))
    def update(self, q_age=0.0, q_price=0.0):
        """Show where this query looks, for old days by q_age, for high prices by q_price; return both answers."""
        query, measured, misses, words = np.array([q_age, q_price]), [], [], []
        companies = zip(COMPANIES, self.histories, self.verdicts, self.values, strict=True)
        for (name, _, tomorrow, start), values, sign, value in companies:
            keys = age_and_price(values)
            weights, answer = attend(query, keys, values)
            measured.append((start, attention_scores(query, keys), weights, values, answer))
            right = is_right(answer, tomorrow)
            sign.set_text("✓" if right else "✗")
            value.set(y=FOOT + HIGHER * answer, text=number(answer))
            misses += [] if right else [(start, tomorrow, answer)]
            goal = f"tomorrow's price {number(tomorrow)}"
            words.append(f"company {name} the answer is {number(answer)}, {goal}: {parts.verdict(answer, tomorrow)}")
        start, scores, weights, values, answers = map(np.array, zip(*measured, strict=True))
        slots = start[:, None] + SLOT * np.arange(DAYS)
        right = start[:, None] + WIDE * np.cumsum(weights, axis=1)
        left, gap = right - WIDE * weights, np.minimum(0.75, 0.1 * WIDE * weights)
        low, high = np.minimum(UNIT * scores, -1.5), np.maximum(UNIT * scores, 1.5)
        self.scores.set_path(parts.bars(slots + 3, slots + SLOT - 3, ZERO + low, ZERO + high))
        self.columns.set_path(parts.bars(left + gap, right - gap, FOOT - 1.5, FOOT + HIGHER * values))
        for shape, chosen in zip(self.spread, (slice(1, None), slice(0, 1)), strict=True):
            edges = (each[:, chosen].ravel() for each in (slots + 1, slots + SLOT - 1, left + gap, right - gap))
            shape.set_path(_spread(*edges))
        level = FOOT + HIGHER * answers
        self.levels.set_path(parts.bars(start, start + GAUGE, level - 1.25, level + 1.25))
        self.answers.set_data(start + GAUGE, level)
        at, goal, got = np.transpose(misses or np.empty((0, 3)))
        self.misses.set_path(parts.bars(at + GAUGE - 2.5, at + GAUGE + 2.5, FOOT + HIGHER * goal, FOOT + HIGHER * got))
        return f"q_age = {q_age:g}, q_price = {q_price:g}: for {words[0]}; for {words[1]}."


def _spread(left, right, share_left, share_right):
    """Return one path with a way from each day's slot to its share of the attention, and down to the strip's foot."""
    x = np.column_stack([left, right, share_right, share_right, share_left, share_left, left])
    y = [SPREAD, SPREAD, STRIP, CUT, CUT, STRIP, SPREAD]
    return Path.make_compound_path(*(Path(np.column_stack([way, y]), closed=True) for way in x))

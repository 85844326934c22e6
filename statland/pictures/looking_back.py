"""Attention: a query scores the key of every day, the days share the attention, and the answer is their mean."""

import numpy as np
from matplotlib.path import Path

from statland.attention import age_and_price, attend, attention_scores
from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import COMPANY_A, COMPANY_B, HIGH, LOW, TOLERANCE, is_right, lengthened

DAYS = 8
COMPANIES = (("A", COMPANY_A, LOW, 74), ("B", COMPANY_B, HIGH, 316))  # name, prices, tomorrow's, left edge in points
SLOT, WIDE = 24, 24 * DAYS  # points for a day, and for all of the attention
GAUGE = WIDE + 14  # from the left edge to the answer and its target
KEY, TALL = 268, 26  # height of a low price among the keys, and how much higher a high one is
ZERO, UNIT = 192, 1.4  # height of a score of 0; points for a score of 1: the largest stays below the keys
SPREAD, STRIP, CUT = 166, 132, 120  # where the days begin to spread, where they have their shares, the strip's foot
FOOT, HIGHER = 36, 70  # height of a low price among the shares, and how much higher a high one is


class LookingBack:
    """Two companies side by side: their keys, scores and shares, and below the answer next to its target."""

    alt = (
        "For company A and for company B eight days with their keys, a bar for each score, a column as wide as each "
        "day's share of the attention and as high as its price, and the answer beside its target."
    )

    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.canvas(self.figure, 0, 0, 540, 330)
        left, still = {"ha": "right", "va": "center"}, {"animated": False}
        names = ((KEY + 13, "price"), (KEY - 14, "days ago"), (ZERO + 16, "score"), (STRIP - 2, "share"))
        for height, name in (*names, (FOOT + HIGHER, "1"), (FOOT + HIGHER / 2, "price"), (FOOT, "0")):
            parts.text(ax, 64, height, name, **left)
        middle = np.arange(DAYS) * SLOT + SLOT / 2
        self.histories = [lengthened(prices, DAYS) for _, prices, _, _ in COMPANIES]
        for (name, _, tomorrow, start), values in zip(COMPANIES, self.histories, strict=True):
            x = start + middle
            parts.text(ax, start, 314, f"company {name}", weight="bold", va="center")
            parts.shapes(ax, parts.INPUT.color, **still).set_path(
                parts.bars(x - 9, x + 9, KEY - 1, KEY + 1 + TALL * values)
            )
            for age, place in zip(range(DAYS - 1, -1, -1), x, strict=True):
                parts.text(ax, place, KEY - 14, f"{age}", ha="center", va="center")
            for height in (ZERO, FOOT):
                ax.plot([start, start + WIDE], [height, height], color=parts.FAINT, lw=1, zorder=1)
            parts.shapes(ax, parts.OUTPUT.color, fc="white", lw=1.5, zorder=2, **still).set_path(_goal(start, tomorrow))
            parts.text(ax, start + WIDE / 2, 14, "share of the attention", ha="center", va="center")
        self.scores = parts.shapes(ax, parts.INK)
        self.spread = [parts.shapes(ax, color, zorder=2) for color in ("#ecd5e2", parts.OUTPUT.color)]
        self.columns = parts.shapes(ax, parts.INPUT.color)
        self.levels = parts.shapes(ax, parts.OUTPUT.color, zorder=4)
        self.goals = parts.shapes(ax, parts.OUTPUT.color, zorder=4)
        self.answers = parts.points(ax, parts.OUTPUT.color, "^", ms=11, mec="white", mew=1.5)
        self.answers.set_zorder(5)
        self.words = []
        look = {"ha": "right", "va": "center", "animated": True}
        for _, _, _, start in COMPANIES:
            verdict = parts.text(ax, start + GAUGE - 34, 314, "", va="center", animated=True)
            value = parts.text(ax, start + GAUGE - 40, 314, "", parts.OUTPUT.ink, **parts.VALUE, **look)
            self.words.append((value, verdict))
        self.update()
        parts.ghost(self.columns, self.levels)

    def update(self, q_age=0.0, q_price=0.0):
        """Show where this query looks, for old days by q_age, for high prices by q_price; return both answers."""
        query, measured, reached, words = np.array([q_age, q_price]), [], [], []
        companies = zip(COMPANIES, self.histories, self.words, strict=True)
        for (name, _, tomorrow, start), values, (value, verdict) in companies:
            keys = age_and_price(values)
            weights, answer = attend(query, keys, values)
            measured.append((start, attention_scores(query, keys), weights, values, answer))
            value.set_text(number(answer))
            verdict.set_text(parts.verdict(answer, tomorrow))
            reached += [_goal(start, tomorrow)] if is_right(answer, tomorrow) else []
            goal = f"tomorrow's price {number(tomorrow)}"
            words.append(f"company {name} the answer is {number(answer)}, {goal}: {verdict.get_text()}")
        start, scores, weights, values, answers = map(np.array, zip(*measured, strict=True))
        slots = start[:, None] + SLOT * np.arange(DAYS)
        right = start[:, None] + WIDE * np.cumsum(weights, axis=1)
        left, gap = right - WIDE * weights, np.minimum(0.75, 0.1 * WIDE * weights)
        low, high = np.minimum(UNIT * scores, -1.5), np.maximum(UNIT * scores, 1.5)
        self.scores.set_path(parts.bars(slots + 5, slots + SLOT - 5, ZERO + low, ZERO + high))
        self.columns.set_path(parts.bars(left + gap, right - gap, FOOT - 1.5, FOOT + HIGHER * values))
        for shape, chosen in zip(self.spread, (slice(1, None), slice(0, 1)), strict=True):
            edges = (each[:, chosen].ravel() for each in (slots + 1, slots + SLOT - 1, left + gap, right - gap))
            shape.set_path(_spread(*edges))
        self.goals.set_path(Path.make_compound_path(*reached))
        level = FOOT + HIGHER * answers
        self.levels.set_path(parts.bars(start, start + GAUGE, level - 1.25, level + 1.25))
        self.answers.set_data(start + GAUGE, level)
        return f"q_age = {q_age:g}, q_price = {q_price:g}: for {words[0]}; for {words[1]}."


def _goal(start, tomorrow):
    """Return a box around tomorrow's price: in it an answer is right."""
    low, high = (FOOT + HIGHER * (tomorrow + side * TOLERANCE) for side in (-1, 1))
    return parts.bars(start + GAUGE - 10, start + GAUGE + 10, low, high)


def _spread(left, right, share_left, share_right):
    """Return one path with a way from each day's slot to its share of the attention, and down to the strip's foot."""
    x = np.column_stack([left, right, share_right, share_right, share_left, share_left, left])
    y = [SPREAD, SPREAD, STRIP, CUT, CUT, STRIP, SPREAD]
    return Path.make_compound_path(*(Path(np.column_stack([way, y]), closed=True) for way in x))

"""Attention: today's query looks back over all days at once, and every day answers with its share."""

import numpy as np
from matplotlib.path import Path

from statland.attention import attend
from statland.pictures import parts
from statland.pictures.highway import waiting
from statland.pictures.parts import number
from statland.prices import COMPANY_A, COMPANY_B, HIGH, LOW, TOLERANCE

DAYS = 8
COMPANIES = {"A": (COMPANY_A, LOW), "B": (COMPANY_B, HIGH)}  # prices, and tomorrow's
X = 44 + 72.5 * np.arange(DAYS)  # where the days stand, in points
ROW, SIDE, ANSWER = 104, 17, 668  # height of the prices, half a price's square, where the answer stands
THICKEST = 22  # the arc of a day that has all of the attention


class LookingBack:
    """Eight days, an arc from today back to each, as thick as its weight, and the answer."""

    alt = (
        "A row of eight days with their prices; arcs run from the last back to each, as thick as its attention weight."
    )

    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.canvas(self.figure, 0, 0, 720, 330)
        still = {"animated": False, "zorder": 4}
        parts.shapes(ax, parts.INPUT.color, **still).set_path(parts.marks("s", X, np.full(DAYS, ROW), SIDE))
        arrow = parts.routes([(X[-1] + SIDE, ROW), (ANSWER - 22, ROW)])
        parts.shapes(ax, parts.OUTPUT.color, lw=2.5, **still).set_path(arrow)
        parts.shapes(ax, parts.OUTPUT.color, **still).set_path(parts.marks("^", [ANSWER], [ROW], 18))
        middle = {"ha": "center", "va": "center"}
        for day, x in enumerate(X, start=1):
            parts.text(ax, x, ROW - 62, f"day {day}", **middle)
        parts.text(ax, X[-1], ROW - 82, "today", weight="bold", **middle)
        parts.text(ax, ANSWER, ROW - 62, "answer", **middle)
        parts.text(ax, 26, 312, "arcs: where today's query looks; % of its attention below each price", va="center")
        self.arcs = [parts.shapes(ax, parts.HIDDEN.color, fc="none", zorder=3) for _ in X]
        for shape, x in zip(self.arcs, X, strict=True):
            shape.set_path(way(x))
        self.prices = [
            parts.text(ax, x, ROW, "", color="white", weight="bold", animated=True, zorder=5, **middle) for x in X
        ]
        self.shares = [parts.text(ax, x, ROW - 36, "", animated=True, **middle) for x in X]
        self.answer = parts.text(ax, ANSWER, ROW - 36, "", weight="bold", animated=True, **middle)

    def update(self, q_age=0.0, q_price=0.0, company="B"):
        """Show where this query looks: for old days by q_age, for high prices by q_price; return what it finds."""
        prices, tomorrow = COMPANIES[company]
        values = waiting(prices, DAYS)
        weights, answer = attend([q_age, q_price], keys(values), values)
        for shape, words, share, weight, price in zip(
            self.arcs, self.prices, self.shares, weights, values, strict=True
        ):
            shape.set_linewidth(THICKEST * weight)
            words.set_text(f"{price:g}")
            share.set_text(f"{100 * weight:.1f} %")
        self.answer.set_text(number(answer))
        verdict = "right" if abs(answer - tomorrow) <= TOLERANCE else "wrong"
        where = f"q_age = {q_age:g}, q_price = {q_price:g}, company {company}"
        found = f"day 1 gets {100 * weights[0]:.1f} % of the attention, the answer is {number(answer)}"
        return f"{where}: {found}; tomorrow's price is {number(tomorrow)}: {verdict}."


def keys(prices):
    """Return what each day offers to a query, `(T, 2)`: its age in days, 0 for today, and its price."""
    return np.column_stack([np.arange(len(prices))[::-1], prices])


def way(x):
    """Return the arc from the last day back to a day at x; for the last day itself, a loop of its own."""
    if x == X[-1]:
        return curve((x + 6, ROW + SIDE), (x + 6, ROW + SIDE + 44), (x + 54, ROW + SIDE + 30), (x + SIDE, ROW + 9))
    return arc(X[-1], x, ROW + SIDE, 40 + 0.36 * (X[-1] - x))


def arc(start, end, foot, rise):
    """Return an arc between two places on one level, whose handles rise so far above it."""
    return curve((start, foot), (start, foot + rise), (end, foot + rise), (end, foot))


def curve(*corners):
    """Return a smooth curve from the first of four corners to the last, drawn to the two between."""
    return Path(corners, [Path.MOVETO, *[Path.CURVE4] * 3])

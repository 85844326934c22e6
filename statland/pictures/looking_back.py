"""Attention: today's query looks back over all days at once, and every day answers with its share."""

import numpy as np

from statland.attention import age_and_price, attend
from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import COMPANY_A, COMPANY_B, HIGH, LOW, lengthened

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
            shape.set_path(_way(x))
        middle["animated"] = True
        self.prices = [parts.text(ax, x, ROW, "", color="white", weight="bold", zorder=5, **middle) for x in X]
        self.shares = [parts.text(ax, x, ROW - 36, "", **middle) for x in X]
        self.answer = parts.text(ax, ANSWER, ROW - 36, "", weight="bold", **middle)

    def update(self, q_age=0.0, q_price=0.0, company="B"):
        """Show where this query looks: for old days by q_age, for high prices by q_price; return what it finds."""
        prices, tomorrow = COMPANIES[company]
        values = lengthened(prices, DAYS)
        weights, answer = attend([q_age, q_price], age_and_price(values), values)
        for arc, price, share, weight, value in zip(self.arcs, self.prices, self.shares, weights, values, strict=True):
            arc.set_linewidth(THICKEST * weight)
            price.set_text(f"{value:g}")
            share.set_text(f"{100 * weight:.1f} %")
        self.answer.set_text(number(answer))
        where = f"q_age = {q_age:g}, q_price = {q_price:g}, company {company}"
        found = f"day 1 gets {100 * weights[0]:.1f} % of the attention, the answer is {number(answer)}"
        return f"{where}: {found}; tomorrow's price is {number(tomorrow)}: {parts.verdict(answer, tomorrow)}."


def _way(x):
    """Return the arc from the last day back to a day at x; for the last day itself, a loop of its own."""
    foot = ROW + SIDE
    if x == X[-1]:
        return parts.curve((x + 6, foot), (x + 6, foot + 44), (x + 54, foot + 30), (x + SIDE, ROW + 9))
    return parts.arc(X[-1], x, foot, 40 + 0.36 * (X[-1] - x))

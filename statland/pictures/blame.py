"""The blame for an error after two days walks back along the arrows of the unrolled unit."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from statland.checks import shows
from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import HIGH
from statland.rnn import RNNParams, rnn_backward, rnn_forward

PRICES, TARGET = (HIGH, HIGH), HIGH
UNIT = RNNParams(w_x=2.0, w_h=0.5, w_y=0.6)
STEPS = 4  # along one arrow
PLACES = np.array([456, 276, 96])  # in points, as all below: the prediction, the state of day 2, that of day 1
PRICE, CHAIN, BASE = 26, 104, 170  # heights of the prices, the states and the line that blame stands on
BACK = CHAIN + 14  # the way back runs beside the way forward
SIDE, RADIUS, TALL = 16, 24, 44  # half a price's square, a state's circle, and a blame of 1


class Blame:
    """In steps: the blame stands at the prediction, then at the state of day 2, then at that of day 1."""

    alt = "Two days of one unit in a row, then its prediction; on it stands its blame, which walks back along the row."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.canvas(self.figure, 0, 0, 540, 330)
        hand = parts.canvas(self.figure, 0, CHAIN - RADIUS, 540, 330)
        hand.set_xlim(np.array([PLACES[0], PLACES[0] - 540]) * STEPS / 180)
        self.by_hand = {"step": hand.xaxis}
        y, *days = PLACES
        still, middle = {"animated": False, "zorder": 2, "lw": 2}, {"ha": "center", "va": "center"}
        forward = [(days[1] + RADIUS, days[0] - RADIUS - 2)], [(days[0] + RADIUS, y - 18)]
        for role, ways in zip((parts.HIDDEN, parts.OUTPUT), forward, strict=True):
            shapes = parts.shapes(ax, role.color, **still)
            shapes.set_path(parts.routes(*([(a, CHAIN), (b, CHAIN)] for a, b in ways)))
        up = [[(x, PRICE + SIDE), (x, CHAIN - RADIUS - 2)] for x in days]
        parts.shapes(ax, parts.INPUT.color, **still).set_path(parts.routes(*up))
        parts.shapes(ax, parts.INPUT.color, **still).set_path(parts.marks("s", days, PRICE, SIDE))
        parts.shapes(ax, parts.HIDDEN.color, **still).set_path(parts.marks("o", days, CHAIN, RADIUS))
        parts.shapes(ax, parts.OUTPUT.color, **still).set_path(parts.marks("^", y, CHAIN, 15))
        ax.plot([days[1] - 30, y + 30], [BASE] * 2, color=parts.RULE, lw=1)
        for day, price, x in zip((2, 1), PRICES, days, strict=True):
            parts.text(ax, x, PRICE, number(price), color="white", weight="bold", **middle)
            parts.text(ax, x - SIDE - 8, PRICE, f"day {day}", ha="right", va="center")
            parts.text(ax, x + 8, PRICE + 36, f"× {number(UNIT.w_x)}", va="center")
        parts.text(ax, (days[0] + y) / 2, CHAIN - 16, f"× {number(UNIT.w_y)}", **middle)
        parts.text(ax, y, CHAIN - 62, f"should be {number(TARGET)}", **middle)
        parts.text(ax, 6, BASE, "blame", color=parts.GRADIENT.ink, va="center")

        self.start = parts.shapes(ax, parts.ROAD, fc="none", lw=2, zorder=1.5)
        self.stems, self.arrows = (parts.shapes(ax, parts.GRADIENT.color, lw=3) for _ in range(2))
        self.blame = parts.shapes(ax, parts.GRADIENT.color, zorder=5)
        self.zero = parts.shapes(ax, parts.GRADIENT.color, fc="none", lw=2.5, zorder=5)
        self.walker = parts.shapes(ax, parts.GRADIENT.color, ec="white", lw=1.5, zorder=6)
        look = {**middle, "animated": True, "zorder": 7}
        self.states = [parts.text(ax, x, CHAIN, "", **look) for x in days]
        self.w_h = parts.text(ax, sum(days) / 2, CHAIN - 16, "", **look)
        self.y = parts.text(ax, y, CHAIN - 40, "", color=parts.OUTPUT.ink, **parts.VALUE, **look)
        look |= {"color": parts.GRADIENT.ink, **parts.VALUE}
        self.numbers = [parts.text(ax, x, BASE - 18, "", **look) for x in PLACES]
        self.carried = parts.text(ax, 0, BASE - 18, "", **{**look, "ha": "right"})

    @shows(w_h=(0.0, 1.2), step=(0, 2 * STEPS))
    def update(self, w_h=0.5, step=0):
        """Show the blame so many steps on its way back, four for each arrow; w_h is the feedback weight."""
        trace, blame = _walk(w_h)
        y, reached, on = trace.y[-1], step // STEPS, step % STEPS / STEPS
        x, heights = _stand(blame, reached, on)
        self.stems.set_path(parts.bars(x, x, BASE, BASE + heights))
        self.blame.set_path(parts.marks("D", x[:-1], BASE + heights[:-1], 6))
        self.walker.set_path(parts.marks("D", x[-1:], BASE + heights[-1:], 9) if heights[-1] else parts.NOTHING)
        self.zero.set_path(parts.marks("x", x[heights == 0], BASE, 7))
        start, start_heights = _stand(_walk(UNIT.w_h)[1], reached, on)
        self.start.set_path(parts.marks("D", start, BASE + start_heights, 6))
        ways = [[(a - 22, BACK), (b + 22, BACK)] for a, b in pairwise(PLACES[: reached + 1])]
        self.arrows.set_path(parts.routes(*ways))

        factor = (UNIT.w_y, w_h)[reached] if on else None
        for k, words in enumerate(self.numbers):
            words.set_text(_digits(blame[k]) if k <= reached else "")
        self.carried.set(x=x[-1] + 10, text=f"{_digits(blame[reached])} × {number(factor)}" if on else "")
        for words, state in zip(self.states, trace.h[:0:-1], strict=True):
            words.set_text(number(state))
        self.y.set_text(f"{y:.2f}")
        self.w_h.set_text(f"× {number(w_h)}")
        where = ("the prediction", "the state of day 2", "the state of day 1")[reached + (on > 0)]
        now = f"w_h = {w_h:g}, step {step}: the prediction is {y:.2f}, it should be {number(TARGET)};"
        if on:
            return f"{now} the blame {_digits(blame[reached])} goes back to {where}, times {number(factor)}."
        return f"{now} the blame at {where} is {_digits(blame[reached])}."


def _walk(w_h):
    """Return the trace, and the blame of the prediction and of the two states, the last day's first."""
    unit = replace(UNIT, w_h=w_h)
    trace = rnn_forward(PRICES, unit)
    dy = np.array([0.0, 2 * (trace.y[-1] - TARGET)])
    return trace, np.append(dy[-1], rnn_backward(trace, dy, unit)[1][:0:-1])


def _stand(blame, reached, on):
    """Return where the blame stands or has stood, and how high, last where it is now."""
    places, heights = PLACES[: reached + 1].astype(float), TALL * blame[: reached + 1]
    if on:
        places = np.append(places, places[-1] + on * (PLACES[reached + 1] - places[-1]))
        heights = np.append(heights, heights[-1] + on * (TALL * blame[reached + 1] - heights[-1]))
    return places, heights


def _digits(value):
    """Write a number with two digits after the point, and an exact zero as a bare 0."""
    return f"{value:.2f}" if value else "0"

"""Two companies whose prices differ on day 1 alone, through the vanilla unit and through the LSTM unit."""

from dataclasses import replace

import numpy as np

from statland.checks import shows
from statland.lstm import lstm_forward, with_forget_bias
from statland.pictures import parts
from statland.prices import (
    COMPANY_A,
    COMPANY_B,
    HIGH,
    LOW,
    STATLAND_LSTM_WEIGHTS,
    STATLAND_WEIGHTS,
    TOLERANCE,
    is_right,
)
from statland.rnn import rnn_forward

PRICES = np.transpose([COMPANY_A, COMPANY_B])
TOMORROW = (LOW, HIGH)
DAYS = np.arange(1, len(PRICES) + 1)
LAST = DAYS[-1] + 1  # the day that is predicted
ASIDE = -0.16, 0.16  # A and B stand so far beside their day
STYLES = (0, (2.5, 1)), "-"  # of their frames
THIN = 0.04  # half of a stroke, in days
PANELS = (  # left, bottom, title, role, what its axis holds, ticks
    (40, 202, "prices", parts.INPUT, (-0.15, 1.15), [0, 0.5, 1]),
    (320, 202, "vanilla unit: prediction y", parts.OUTPUT, (-0.4, 5.6), [0, 1, 3, 5]),
    (40, 44, "LSTM: long-term memory c", parts.MEMORY, (-0.8, 2.8), [0, 1, 2]),
    (320, 44, "LSTM: prediction h", parts.OUTPUT, (-0.35, 1.2), [0, 0.5, 1]),
)


class Companies:
    """Company A dashed, company B solid: their prices, and what two units make of them. A frame in the company's line
    and with its letter is its price on day 5, in it a prediction is right; a stroke between them is the error."""

    alt = (
        "Two companies over four days: their prices, the vanilla unit's predictions, the LSTM's long-term memory and "
        "its predictions; frames show each company's price on day 5."
    )

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        self.ways, self.misses = [], []
        for left, bottom, title, role, limits, ticks in PANELS:
            days = {"xlim": (0.6, 5.9), "xticks": [*DAYS, LAST], "ylim": limits, "yticks": ticks}
            ax = parts.axes(self.figure, left, bottom, left + 204, bottom + 104, **days)
            parts.above(ax, title, x=-0.12, y=1.05, ha="left")
            if bottom < 100:
                ax.set_xlabel("day")
            if role is parts.MEMORY:
                ax.axhline(0, color=parts.RULE, lw=1, zorder=0)
            else:
                self._frames(ax)
            look = {"lw": 2, "marker": role.marker, "ms": 8, "mec": role.ink, "mew": 0.6, "clip_on": False}
            pair = [parts.line(ax, role.color, ls=style, zorder=4, **look) for style in ("--", "-")]
            if role is parts.INPUT:
                for line, prices, aside in zip(pair, PRICES.T, ASIDE, strict=True):
                    line.set(animated=False)
                    line.set_data(DAYS + aside, prices)
                for letter, x, price in zip("AB", (1.25, 1.55), PRICES[0], strict=True):
                    parts.text(ax, x, price, letter, va="center", weight="bold")
                continue
            miss = parts.shapes(ax, parts.INK) if role is parts.OUTPUT else None
            self.ways.append(pair)
            self.misses.append(miss)
        self.update()
        for pair in self.ways:
            parts.ghost(*pair)

    def _frames(self, ax):
        """Draw a frame around each company's price of day 5, with its letter beside it."""
        for letter, price, aside, style in zip("AB", TOMORROW, ASIDE, STYLES, strict=True):
            frame = parts.shapes(ax, parts.INK, fc="none", lw=1.5, ls=style, zorder=5, animated=False)
            edges = (LAST + aside + side * 0.13 for side in (-1, 1))
            frame.set_path(parts.bars(*edges, price - TOLERANCE, price + TOLERANCE))
            parts.text(ax, LAST + 0.45, price, letter, va="center", weight="bold")

    @shows(b_f=(-6.0, 6.0), w_h=(-1.0, 1.0))
    def update(self, b_f=-2.0, w_h=-0.5):
        """Show both companies for this bias of the forget gate and this feedback weight; return the predictions."""
        lstm = lstm_forward(PRICES, with_forget_bias(STATLAND_LSTM_WEIGHTS, b_f))
        vanilla = rnn_forward(PRICES, replace(STATLAND_WEIGHTS, w_h=w_h))
        for pair, miss, values in zip(self.ways, self.misses, (vanilla.y, lstm.c[1:], lstm.h[1:]), strict=True):
            after = 0 if miss is None else 1  # a prediction stands at the day that it is for
            for line, company, aside in zip(pair, values.T, ASIDE, strict=True):
                line.set_data(DAYS + after + aside, company)
            if miss:
                ends = zip(ASIDE, TOMORROW, values[-1], strict=True)
                wrong = [(LAST + aside, price, y) for aside, price, y in ends if not is_right(y, price)]
                x, price, y = np.transpose(wrong or np.empty((0, 3)))
                miss.set_path(parts.bars(x - THIN, x + THIN, price, y))
        says = f"the vanilla unit predicts {_said(vanilla.y[-1])}; the LSTM predicts {_said(lstm.h[-1])}"
        return f"b_f = {b_f:g}, w_h = {w_h:g}: {says}."


def _said(predictions):
    """Return what a unit predicts for each company, and whether that is right."""
    said = zip("AB", predictions, TOMORROW, strict=True)
    return " and ".join(f"{parts.number(y)} for {company} ({parts.verdict(y, price)})" for company, y, price in said)

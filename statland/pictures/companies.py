"""Two companies whose prices differ on day 1 alone, through the vanilla unit and through the LSTM unit."""

from dataclasses import replace

import numpy as np
from matplotlib.ticker import MaxNLocator

from statland.lstm import lstm_forward, with_forget_bias
from statland.pictures import parts
from statland.prices import COMPANY_A, COMPANY_B, HIGH, LOW, STATLAND_LSTM_WEIGHTS, STATLAND_WEIGHTS
from statland.rnn import rnn_forward

PRICES = np.transpose([COMPANY_A, COMPANY_B])
TOMORROW = (LOW, HIGH)
DAYS = np.arange(1, len(PRICES) + 1)
PANELS = (  # where a panel begins, in points, what it shows, its role, and what its axis holds
    (50, "vanilla unit: prediction y", parts.OUTPUT, (-0.4, 6.4)),
    (296, "LSTM: long-term memory c", parts.MEMORY, (-0.8, 2.8)),
    (542, "LSTM: prediction h", parts.OUTPUT, (-0.4, 1.25)),
)


class Companies:
    """Company A dashed with white marks, company B solid with full ones, day by day."""

    alt = "Three panels over four days: the vanilla unit's prediction, the LSTM's long-term memory, its prediction."

    def __init__(self):
        self.figure = parts.page(330)
        self.ways = []
        for left, title, role, limits in PANELS:
            days = {"xlim": (0.8, 4.4), "xticks": DAYS, "xlabel": "after day"}
            ax = parts.axes(self.figure, left, 46, left + 166, 270, ylim=limits, **days)
            parts.above(ax, title, y=1.06, ha="left", va="baseline", weight="bold")
            ax.yaxis.set_major_locator(MaxNLocator(integer=True))
            if role is parts.OUTPUT:
                ax.hlines(TOMORROW, 3.75, 4.35, color=parts.INK, lw=3)
            look = {"lw": 2, "marker": role.marker, "ms": 11, "mec": role.color, "clip_on": False, "zorder": 4}
            line_a = parts.line(ax, role.color, ls=(0, (3, 2)), mfc="white", **look)
            self.ways.append((line_a, parts.line(ax, role.color, **look)))
        page = parts.canvas(self.figure, 0, 0, 720, 330)
        legend = "dashed, white: company A     solid, full: company B     ▬ tomorrow's price: A low, B high"
        parts.text(page, 50, 314, legend, va="center")

    def update(self, b_f=1.6234, w_h=-0.5):
        """Show both companies for this bias of the forget gate and this feedback weight; return the predictions."""
        lstm = lstm_forward(PRICES, with_forget_bias(STATLAND_LSTM_WEIGHTS, b_f))
        vanilla = rnn_forward(PRICES, replace(STATLAND_WEIGHTS, w_h=w_h))
        for lines, values in zip(self.ways, (vanilla.y, lstm.c[1:], lstm.h[1:]), strict=True):
            for line, company in zip(lines, values.T, strict=True):
                line.set_data(DAYS, company)
        says = f"the vanilla unit says {_said(vanilla.y[-1])}; the LSTM says {_said(lstm.h[-1])}"
        return f"w_h = {w_h:g}, b_f = {b_f:g}: {says}."


def _said(predictions):
    """Return what a unit predicts for each company, and whether that is right."""
    said = zip("AB", predictions, TOMORROW, strict=True)
    return ", and ".join(f"{parts.number(y)} for {company}, {parts.verdict(y, price)}" for company, y, price in said)

"""The highway, measured: how much of a nudge on each day reaches the last, in a vanilla unit and in an LSTM unit."""

from dataclasses import replace
from math import ceil

import numpy as np

from statland.lstm import lstm_forward, lstm_jacobian, with_forget_bias
from statland.pictures import parts
from statland.pictures.parts import DECADE, EDGE, LEFT, RIGHT, brief
from statland.prices import COMPANY_A, MEDIUM, STATLAND_LSTM_WEIGHTS, STATLAND_WEIGHTS, lengthened
from statland.rnn import rnn_forward, rnn_jacobian

MARKS = 25  # at most, on a line, and one on day 1
DIRECT = parts.Role(parts.INK, "")  # the forget gates alone: a dashed line without marks
NAMES = {parts.GRADIENT: "vanilla unit, h", parts.MEMORY: "LSTM unit, c", DIRECT: "its forget gates alone"}
PRICES = ("medium every day", "company A, waiting")


class Highway:
    """One line for the vanilla unit's state, one for the LSTM's long-term memory, one for its forget gates alone."""

    alt = "The gradient of each day's memory on a log axis: vanilla unit, LSTM unit, and the LSTM's forget gates alone."

    def __init__(self):
        self.figure = parts.page(292)
        legend = "gradient of each day (last day: 1; white: negative; ▼ below the axis), and of day 1:"
        ax = parts.log_axis(self.figure, [legend], parts.INK)
        self.curves = []
        for row, (role, name) in enumerate(NAMES.items()):
            y, style = 16 * DECADE - 28 - 20 * row, {"lw": 2, "ls": (0, (3, 2)) if role is DIRECT else "-"}
            ax.plot([364, 384], [y, y], color=role.color, **style)
            if role is not DIRECT:
                parts.shapes(ax, role.color, animated=False).set_path(parts.marks(role.marker, [374], [y], 5))
            parts.text(ax, 392, y, name, va="center")
            value = parts.text(ax, RIGHT - LEFT, y, "", va="center", ha="right", weight="bold", animated=True)
            marks = parts.SignedMarks(ax, role, lw=1.2, lw_zero=1.2, zorder=2 if role is DIRECT else 3)
            self.curves.append((parts.line(ax, role.color, **style), marks, value))

    def update(self, b_f=1.6234, w_h=0.5, days=50, prices=PRICES[0]):
        """Show both units over this many days; return what arrives from day 1."""
        x = np.full(days, MEDIUM) if prices == PRICES[0] else lengthened(COMPANY_A, days)
        params, lstm_params = replace(STATLAND_WEIGHTS, w_h=w_h), with_forget_bias(STATLAND_LSTM_WEIGHTS, b_f)
        lstm = lstm_forward(x, lstm_params)
        measured = (
            rnn_jacobian(rnn_forward(x, params), params)[1:],
            lstm_jacobian(lstm, lstm_params)[1:],
            np.append(np.cumprod(lstm.f[:0:-1])[::-1], 1.0),
        )
        place = np.linspace(EDGE, RIGHT - LEFT - EDGE, days)
        some = np.arange(days)[::-1] % ceil(days / MARKS) == 0  # the last day among them, and day 1
        some[0] = True
        for ratio, (line, marks, value) in zip(measured, self.curves, strict=True):
            y, inside = parts.heights(ratio)
            line.set_data(place[inside], y[inside])
            marked = some & ~inside if marks.role is DIRECT else some
            marks.show(place[marked], y[marked], ratio[marked], inside[marked])
            value.set_text(brief(ratio[0], 3))
        vanilla, lstm, gates = (brief(ratio[0], 3) for ratio in measured)
        where = f"b_f = {b_f:g}, w_h = {w_h:g}, {days} days, {prices}"
        return f"{where}: the vanilla unit passes on {vanilla} of day 1, the LSTM {lstm}, its gates alone {gates}."

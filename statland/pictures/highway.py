"""The highway, measured: how much of a nudge on each day reaches the last, in a vanilla unit and in an LSTM unit."""

from dataclasses import replace
from math import ceil

import numpy as np

from statland.lstm import lstm_backward, lstm_forward
from statland.pictures import parts
from statland.pictures.gradients import DECADE, EDGE, LEFT, RIGHT, heights, last_day, log_axis
from statland.prices import COMPANY_A, MEDIUM, STATLAND_LSTM_WEIGHTS, STATLAND_WEIGHTS
from statland.rnn import rnn_backward, rnn_forward

MARKS = 25  # at most, on a line, and one on day 1
DIRECT = parts.Role(parts.INK, "")  # the forget gates alone: a dashed line without marks
PRICES = ("medium every day", "company A, waiting")


class Highway:
    """One line for the vanilla unit's state, one for the LSTM's long-term memory, one for its forget gates alone."""

    alt = "The gradient of each day's memory on a log axis: vanilla unit, LSTM unit, and the LSTM's forget gates alone."

    def __init__(self):
        self.figure = parts.page(292)
        legend = "gradient of each day (last day: 1; white: negative; ▼ below the axis), and of day 1:"
        ax = log_axis(self.figure, [legend], parts.INK)
        self.curves = []
        for row, (role, name) in enumerate(
            ((parts.GRADIENT, "vanilla unit, h"), (parts.MEMORY, "LSTM unit, c"), (DIRECT, "its forget gates alone"))
        ):
            z = 2 if role is DIRECT else 3
            y, style = 16 * DECADE - 28 - 20 * row, (0, (3, 2)) if role is DIRECT else "-"
            ax.plot([364, 384], [y, y], color=role.color, lw=2, ls=style)
            if role is not DIRECT:
                parts.shapes(ax, role.color, animated=False).set_path(parts.marks(role.marker, [374], [y], 5))
            parts.text(ax, 392, y, name, va="center")
            value = parts.text(ax, RIGHT - LEFT, y, "", va="center", ha="right", weight="bold", animated=True)
            line = parts.line(ax, role.color, lw=2, ls=style)
            looks = ({}, {"fc": "white"}, {}, {"fc": "none"})  # positive, negative, below the axis, zero
            self.curves.append(
                (role, line, [parts.shapes(ax, role.color, lw=1.2, zorder=z, **look) for look in looks], value)
            )

    def update(self, b_f=1.6234, w_h=0.5, days=50, prices=PRICES[0]):
        """Show both units over this many days; return what arrives from day 1."""
        x = np.full(days, MEDIUM) if prices == PRICES[0] else waiting(COMPANY_A, days)
        measured = vanilla_gradient(x, w_h), *lstm_gradient(x, b_f)
        place = np.linspace(EDGE, RIGHT - LEFT - EDGE, days)
        some = np.arange(days)[::-1] % ceil(days / MARKS) == 0  # the last day among them, and day 1
        some[0] = True
        for ratio, (role, line, marks, value) in zip(measured, self.curves, strict=True):
            y, inside = heights(ratio)
            line.set_data(place[inside], y[inside])
            kinds = (
                (role.marker, inside & (ratio > 0) & (role is not DIRECT)),
                (role.marker, inside & (ratio < 0)),
                ("v", ~inside & (ratio != 0)),
                ("x", ratio == 0),
            )
            for shapes, (marker, chosen) in zip(marks, kinds, strict=True):
                shapes.set_path(parts.marks(marker, place[chosen & some], y[chosen & some], 4))
            value.set_text(parts.brief(ratio[0], 3))
        vanilla, lstm, gates = (parts.brief(ratio[0], 3) for ratio in measured)
        where = f"b_f = {b_f:g}, w_h = {w_h:g}, {days} days, {prices}"
        return f"{where}: the vanilla unit passes on {vanilla} of day 1, the LSTM {lstm}, its gates alone {gates}."


def vanilla_gradient(x, w_h):
    """Return dh_T/dh_t `(T,)` of the vanilla unit with this feedback weight over the prices x `(T,)`."""
    params = replace(STATLAND_WEIGHTS, w_h=w_h)
    _, dh = rnn_backward(rnn_forward(x, params), last_day(len(x)), params)
    return dh[1:] / dh[-1]


def lstm_gradient(x, b_f):
    """Return dc_T/dc_t `(T,)` of the published LSTM with this bias of the forget gate, and the product of the forget
    gates between, which is the direct path alone."""
    params = with_forget_bias(b_f)
    trace = lstm_forward(x, params)
    _, _, dc = lstm_backward(trace, np.zeros(len(x)), params, dc=last_day(len(x)))
    return dc[1:], np.append(np.cumprod(trace.f[:0:-1])[::-1], 1.0)


def with_forget_bias(b_f):
    """Return the published LSTM with another bias of its forget gate."""
    return replace(STATLAND_LSTM_WEIGHTS, forget=replace(STATLAND_LSTM_WEIGHTS.forget, b=b_f))


def waiting(company, days):
    """Return the prices of a company that waits: its third price is repeated until there are so many days."""
    first, second, third, last = company
    return np.array([*[first, second, *[third] * (days - 3)][: days - 1], last])

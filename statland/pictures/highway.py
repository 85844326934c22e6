"""The highway, measured: what reaches the last day of a change on each day, in an LSTM unit and in a vanilla unit."""

from dataclasses import replace

import numpy as np
from matplotlib.path import Path

from statland.checks import shows
from statland.lstm import direct_path, lstm_forward, lstm_jacobian, sigmoid, with_forget_bias
from statland.pictures import parts
from statland.pictures.parts import brief
from statland.prices import COMPANY_A, MEDIUM, STATLAND_LSTM_WEIGHTS, STATLAND_WEIGHTS, lengthened
from statland.rnn import rnn_forward, rnn_jacobian

DAYS = 50
DAY = np.arange(1, DAYS + 1)
FEW = np.r_[:7, 7:DAYS:7]  # days with a mark on the sigmoid: later gates are much alike
SEEN = 0.01  # what a stream needs to be drawn
SMALLEST = -16  # power of ten at the foot of the log axis
PRICES = ("medium every day", "company A, waiting")
WHOLE, DIRECT, VANILLA = parts.GRADIENT, parts.MEMORY, parts.HIDDEN
NAMES = {WHOLE: "whole", DIRECT: "direct", VANILLA: "vanilla"}
MARKED = {  # days with a mark on their line: day 1, and in turns, because lines may lie on each other
    role: np.r_[0, first:DAYS:9] for role, first in zip(NAMES, (9, 3, 6), strict=True)
}


class Highway:
    """On the left, the forget gates of all days on their sigmoid. On the right the same gates as valves, and what
    reaches the last day of a change on each day: the LSTM's whole gradient, its direct path, and a vanilla unit's."""

    alt = (
        "A sigmoid with the forget gate of each day; a row of valves; on a linear and on a log axis the gradient of "
        "each day: the LSTM's whole, its direct path alone, and a vanilla unit's."
    )

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        page = parts.canvas(self.figure, 0, 0, 540, 330)
        look = {"va": "center", "ha": "right", **parts.VALUE, "animated": True}
        self.values = {}
        for y, (role, name) in zip((312, 288, 264), NAMES.items(), strict=True):
            mark = parts.shapes(page, role.color, animated=False)
            mark.set_path(parts.marks(role.marker, 14, y, 6))
            parts.text(page, 26, y, name, va="center")
            self.values[role] = parts.text(page, 182, y, "", color=role.ink, **look)

        gate = {"xlim": (-3, 12), "ylim": (0, 1), "xticks": [0, 5, 10], "yticks": [0, 0.5, 1], "xlabel": "z"}
        ax = parts.axes(self.figure, 40, 48, 178, 214, **gate)
        parts.above(ax, "forget gate f", x=0, ha="left")
        z = np.linspace(-3, 12, 61)
        ax.plot(z, sigmoid(z), color=parts.FAINT, lw=1.5)
        self.by_hand = {"b_f": ax.xaxis}
        self.push = parts.line(ax, parts.INK, lw=1, ls=(0, (2, 2)))
        self.bias = parts.points(ax, parts.INK, "^", ms=12)
        self.gates = parts.points(ax, DIRECT.color, DIRECT.marker, ms=9, mec=DIRECT.ink, mew=0.6)

        self.row = parts.axes(self.figure, 238, 278, 532, 314, xlim=(0, DAYS + 1), ylim=(-1.35, 1.35))
        self.row.set_axis_off()
        self.row.axhspan(-1, 1, color=parts.BAND, lw=0)
        self.row.plot([0, DAYS + 1], [[1, -1], [1, -1]], color=parts.FAINT, lw=1)
        self.stream = parts.shapes(self.row, DIRECT.color, zorder=2)
        self.valves = parts.shapes(self.row, parts.INK, lw=2.6)

        days = {"xlim": (0, DAYS + 1), "xticks": [1, 10, 20, 30, 40, 50]}
        self.linear = parts.axes(self.figure, 238, 140, 532, 262, ylim=(0, 6), yticks=[0, 2, 4, 6], **days)
        self.linear.set_xticklabels([])
        self.log = parts.axes(self.figure, 238, 44, 532, 126, ylim=(SMALLEST, 1.4), xlabel="day", **days)
        self.log.set_yticks([-15, -10, -5, 0], map(parts.power, (-15, -10, -5, 0)))
        parts.text(self.linear, 50, 5.4, "gradient of each day", ha="right", va="center")
        self.below = parts.shapes(self.linear, parts.AMBER, zorder=1)
        self.lines, self.marks = {}, {}
        for role in (VANILLA, DIRECT, WHOLE):
            style = {"lw": 2, "clip_on": False}
            self.lines[role] = [parts.line(ax, role.color, **style) for ax in (self.linear, self.log)]
            self.marks[role] = [parts.points(ax, role.color, role.marker, ms=7) for ax in (self.linear, self.log)]
        self.ends = {role: parts.points(self.log, role.color, "v", ms=9) for role in (VANILLA, DIRECT, WHOLE)}
        self.update()
        parts.ghost(*self.lines[DIRECT], *self.lines[WHOLE])

    @shows(b_f=(-3.0, 8.0), prices=list(PRICES), w_h=(0.0, 1.0))
    def update(self, b_f=1.6234, prices=PRICES[0], w_h=0.9):
        """Show both units for this bias of the forget gate and this feedback weight; return what arrives from day 1."""
        x = np.full(DAYS, MEDIUM) if prices == PRICES[0] else lengthened(COMPANY_A, DAYS)
        params, lstm_params = replace(STATLAND_WEIGHTS, w_h=w_h), with_forget_bias(STATLAND_LSTM_WEIGHTS, b_f)
        lstm = lstm_forward(x, lstm_params)
        z = lstm_params.forget.weighted(x, lstm.h[:-1])
        self.bias.set_data([b_f], [0])
        self.push.set_data([b_f, b_f, z[-1]], [0, sigmoid(b_f), sigmoid(b_f)])
        self.gates.set_data(z[FEW], lstm.f[FEW])
        left = np.append(1.0, np.cumprod(lstm.f[1:]))  # of day 1, after the gate of each day
        self.valves.set_path(parts.valves(DAY - 0.5, 0, lstm.f, 1))
        ahead = np.append(DAY - 0.5, DAYS + 0.5)
        upper = np.column_stack([np.repeat(ahead, 2)[1:-1], np.repeat(left, 2)])[: 2 * max(1, np.sum(left > SEEN))]
        self.stream.set_path(Path([*upper, *(upper * (1, -1))[::-1]]))

        measured = {
            WHOLE: lstm_jacobian(lstm, lstm_params)[1:],
            DIRECT: direct_path(lstm.f),
            VANILLA: rnn_jacobian(rnn_forward(x, params), params)[1:],
        }
        for role, gradient in measured.items():
            power = np.log10(gradient, out=np.full(DAYS, np.nan), where=gradient > 0)
            power[power < SMALLEST] = np.nan
            for values, line, marks in zip((gradient, power), self.lines[role], self.marks[role], strict=True):
                line.set_data(DAY, values)
                marks.set_data(DAY[MARKED[role]], values[MARKED[role]])
            lost = DAY[abs(gradient) < 10.0**SMALLEST]
            self.ends[role].set_data(lost[-1:], [SMALLEST] * len(lost[-1:]))
            self.values[role].set_text(brief(gradient[0], 2 if role is VANILLA else 3))
        direct = measured[DIRECT]
        edge = [(1, 0), *zip(DAY, direct, strict=True), (DAYS, 0), (1, 0)]
        self.below.set_path(Path(edge))
        whole, direct, vanilla = (brief(gradient[0], 3) for gradient in measured.values())
        where = f"b_f = {b_f:g}, {prices}, w_h = {w_h:g}"
        lstm = f"a change of 1 on day 1 is {whole} on day {DAYS} in the LSTM, {direct} by the direct path alone"
        return f"{where}: {lstm}, and {vanilla} in the vanilla unit."

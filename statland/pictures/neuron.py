"""One neuron: what its weight, its bias and ReLU do to an input."""

import numpy as np

from statland.checks import shows
from statland.pictures import parts
from statland.pictures.parts import number
from statland.rnn import RNNParams, rnn_step

REACH = 2.0  # inputs from -REACH to REACH
WIDE, HIGH = 2.12, 7.4  # the axes hold inputs from -WIDE to WIDE and sums from -HIGH to HIGH, more than there are
LEFT, RIGHT, FOOT, HEAD = 56, 524, 44, 242  # of the axes, in points
X, SUM, OUT, ROW = 44, 276, 504, 22  # where the three marks of the row stand
NARROW = 48  # points that the word above a part needs


class Neuron:
    """The way of one number through a neuron; below, sum and output over all inputs, grey where the neuron is shut."""

    alt = "A neuron: input, sum and output in a row; below, sum and output over the input, grey where ReLU is shut."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        row = parts.canvas(self.figure, 0, 270, 540, 330)
        ways = [((X + 16, ROW), (SUM - 19, ROW)), ((SUM + 18, ROW), (OUT - 17, ROW))]
        for color, path in (
            (parts.INK, parts.routes(*ways, head=5)),
            (parts.INPUT.color, parts.marks("s", X, ROW, 10)),
            (parts.OUTPUT.color, parts.marks("^", OUT, ROW, 12)),
        ):
            parts.shapes(row, color, ec=color, lw=2 if color == parts.INK else 0, animated=False).set_path(path)
        look = {"ec": parts.INK, "lw": 1.5}
        self.node = parts.shapes(row, parts.HIDDEN.color, **look)
        self.node.set_path(parts.marks("o", SUM, ROW, 13))
        middle = {"ha": "center", "animated": True}
        self.work, relu = (parts.text(row, x, ROW + 8, "", **middle) for x in ((X + SUM) / 2, (SUM + OUT) / 2))
        relu.set(text="ReLU", animated=False)
        bold = {"va": "center", **parts.VALUE, **middle}
        self.x, self.sum, self.out = (parts.text(row, x, ROW + 23, "", **bold) for x in (X, SUM, OUT))

        ax = parts.axes(self.figure, LEFT, FOOT, RIGHT, HEAD, xlim=(-WIDE, WIDE), ylim=(-HIGH, HIGH))
        ax.set(xlabel="input x", ylabel="sum and output", xticks=[-2, -1, 0, 1, 2], yticks=[-6, -4, -2, 0, 2, 4, 6])
        self.by_hand = {"x": ax.xaxis}
        self.shut = parts.shapes(ax, parts.BAND, zorder=0.5)
        ax.axhline(0, color=parts.FAINT, lw=1)
        self.sums = parts.line(ax, parts.INK, lw=1.5, ls=(0, (4, 3)), zorder=2)
        self.outputs = parts.line(ax, parts.OUTPUT.color, lw=5, zorder=1.8)
        self.lift = parts.shapes(parts.canvas(self.figure, LEFT, FOOT, RIGHT, HEAD), parts.INK, lw=3, zorder=2.5)
        self.rise = parts.line(ax, parts.INPUT.color, lw=1.5)
        self.at = parts.points(ax, parts.INPUT.color, "s", ms=11)
        self.circle = parts.points(ax, parts.HIDDEN.color, "o", ms=17, mec=parts.INK, mew=1.5)
        self.triangle = parts.points(ax, parts.OUTPUT.color, "^", ms=12, mec=parts.INK)
        self.words = [parts.text(ax, 0, HIGH + 0.4, "", va="bottom", **middle) for _ in range(2)]
        self.update()
        parts.ghost(self.outputs)

    @shows(weight=(-2.0, 2.0), bias=(-2.0, 2.0), x=(-REACH, REACH))
    def update(self, weight=2.0, bias=-1.0, x=-0.5):
        """Show the neuron with this weight and bias, for this input; return what becomes of the input."""
        params = RNNParams(w_x=weight, w_h=0.0, w_y=1.0, b_h=bias)
        corner = np.clip(-bias / weight, -REACH, REACH) if weight else REACH
        ends = np.array([-REACH, corner, REACH])
        sums, outputs = rnn_step(ends, 0.0, params)
        self.sums.set_data(ends, sums)
        self.outputs.set_data(ends, outputs)
        middles = (ends[1:] + ends[:-1]) / 2
        is_shut = rnn_step(middles, 0.0, params)[0] <= 0
        left, right = ends[:-1][is_shut], ends[1:][is_shut]
        self.shut.set_path(parts.bars(left, right, -HIGH, HIGH))
        widths = np.diff(ends) / (2 * WIDE) * (RIGHT - LEFT)
        for words, middle, shut, width in zip(self.words, middles, is_shut, widths, strict=True):
            words.set(x=middle, text=("shut" if shut else "open") if width >= NARROW else "")

        z, h = rnn_step(x, 0.0, params)
        self.at.set_data([x], [-HIGH])
        self.rise.set_data([x, x], [-HIGH, z])
        self.circle.set_data([x], [z])
        self.triangle.set_data([x], [h])
        for circle in (self.node.set_facecolor, self.circle.set_markerfacecolor):
            circle(parts.HIDDEN.color if z > 0 else "white")
        self.lift.set_path(_lift(x, z))
        sign = "-" if bias < 0 else "+"
        self.work.set_text(f"× {number(weight)} {sign} {number(abs(bias))}")
        for place, value in ((self.x, x), (self.sum, z), (self.out, h)):
            place.set_text(number(value))
        work = f"{number(weight)} × {number(x)} {sign} {number(abs(bias))} = {number(z)}"
        end = f"above 0: open, the output is {number(h)}." if z > 0 else "not above 0: shut, the output is exactly 0."
        return f"weight = {number(weight)}, bias = {number(bias)}, x = {number(x)}: the sum {work} is {end}"


def _lift(x, z):
    """Return the arrow from a sum below 0 up to 0, in points of the axes; none where the two marks leave no room."""
    across = (RIGHT - LEFT) * (x + WIDE) / (2 * WIDE)
    low, high = ((HEAD - FOOT) * (level + HIGH) / (2 * HIGH) for level in (z, 0.0))
    start, end = low + 9, high - 7  # from mark to mark
    if end - start < 4:
        return parts.NOTHING
    return parts.routes([(across, start), (across, end)], head=min(6, (end - start) / 2))

"""One neuron: what its weight, its bias and ReLU do to an input."""

import numpy as np

from statland.pictures import parts
from statland.pictures.parts import number
from statland.rnn import RNNParams, rnn_step

REACH, LOW, HIGH, STRIP = 2.0, -3.9, 8.2, -3.4  # inputs from -REACH to REACH; outputs the axes hold; the strip's height
LEFT, RIGHT = 60, 704  # of both panels, in points
X, SUM, OUT, ROW = 60, 322, 584, 54  # where the three nodes stand
LONG, SHORT = 150, 40  # points that the words in the strip need
OPEN, SHUT = parts.HIDDEN.color, "#d9d9d9"


class Neuron:
    """The way of one number through a neuron, and the output over all inputs, with the part where it is shut."""

    alt = "A neuron: input, sum and output in a row; below, its output over the input, a bend where ReLU opens."

    def __init__(self):
        self.figure = parts.page(394)
        row = parts.canvas(self.figure, LEFT, 284, RIGHT, 394)
        parts.text(row, X, 80, "input x", ha="center")
        parts.text(row, OUT, 80, "output", ha="center")
        ways = parts.arrows([X + 22, SUM + 24], [SUM - 24, OUT - 24], ROW, np.full(2, 3.0))
        for color, path in (
            (parts.INK, ways),
            (parts.INPUT.color, parts.marks("s", [X], [ROW], 15)),
            (parts.OUTPUT.color, parts.marks("^", [OUT], [ROW], 16)),
        ):
            parts.shapes(row, color, animated=False).set_path(path)
        parts.shapes(row, parts.INK, lw=2, animated=False).set_path(parts.routes([(SUM, 90), (SUM, 73)], head=5))
        self.node = parts.shapes(row, OPEN, ec=parts.INK, lw=1.5)
        self.node.set_path(parts.marks("o", [SUM], [ROW], 17))
        centred = {"ha": "center", "animated": True}
        self.times, self.relu = (parts.text(row, x, 62, "", **centred) for x in ((X + SUM) / 2, (SUM + OUT) / 2))
        self.plus = parts.text(row, SUM, 93, "", **centred)
        self.x, self.sum, self.out = (parts.text(row, x, 16, "", weight="bold", **centred) for x in (X, SUM, OUT))

        ax = parts.axes(self.figure, LEFT, 42, RIGHT, 272, xlim=(-REACH, REACH), ylim=(LOW, HIGH), xlabel="input x")
        ax.set(xticks=[-2, -1, 0, 1, 2], yticks=[-2, 0, 2, 4, 6, 8])
        ax.axhline(0, color=parts.FAINT, lw=1)
        parts.text(ax, 0, HIGH, "thick: output    dashed: sum", ha="center", va="top")
        self.strips = [parts.line(ax, SHUT, lw=20, solid_capstyle="butt") for _ in range(2)]
        self.dashed = parts.line(ax, parts.INK, lw=1.5, ls=(0, (4, 3)), zorder=1.5)
        self.curve = parts.line(ax, OPEN, lw=5, solid_capstyle="butt")
        self.drop = parts.line(ax, parts.INK, lw=1)
        self.at = parts.points(ax, parts.INPUT.color, "s", ms=11)
        self.height = parts.points(ax, parts.OUTPUT.color, "^", ms=14, mec=parts.INK)
        self.words = [parts.text(ax, 0, STRIP, "", va="center", **centred) for _ in range(2)]

    def update(self, weight=2.0, bias=-1.0, x=1.0):
        """Show the neuron with this weight and bias, for this input; return what becomes of the input."""
        params = RNNParams(w_x=weight, w_h=0.0, w_y=1.0, b_h=bias)
        corner = np.clip(-bias / weight, -REACH, REACH) if weight else REACH
        ends = np.array([-REACH, corner, REACH])
        sums, outputs = rnn_step(ends, 0.0, params)
        self.dashed.set_data(ends, sums)
        self.curve.set_data(ends, outputs)
        for start, end, strip, words in zip(ends[:-1], ends[1:], self.strips, self.words, strict=True):
            middle, width = (start + end) / 2, (end - start) / (2 * REACH) * (RIGHT - LEFT)
            is_open = rnn_step(middle, 0.0, params)[0] > 0
            strip.set(data=([start, end], [STRIP, STRIP]), color=OPEN if is_open else SHUT)
            words.set(x=middle, text=_part(is_open, width))

        z, h = rnn_step(x, 0.0, params)
        self.at.set_data([x], [0])
        self.height.set_data([x], [h])
        self.drop.set_data([x, x], [0, h])
        self.node.set_facecolor(OPEN if z > 0 else "white")
        self.times.set_text(f"times weight {number(weight)}")
        self.plus.set_text(f"plus bias {number(bias)}")
        self.x.set_text(number(x))
        self.sum.set_text(f"sum: {number(z)}")
        self.out.set_text(number(h))
        self.relu.set_text("ReLU: open" if z > 0 else "ReLU: shut")
        work = f"{number(weight)} × {number(x)} {'-' if bias < 0 else '+'} {number(abs(bias))} = {number(z)}"
        end = f"above 0: open, the output is {number(h)}." if z > 0 else "not above 0: shut, the output is exactly 0."
        return f"weight = {number(weight)}, bias = {number(bias)}, x = {number(x)}: the sum {work} is {end}"


def _part(is_open, width):
    long, short = ("open: output = sum", "open") if is_open else ("shut: output 0", "shut")
    return long if width >= LONG else short if width >= SHORT else ""

"""One neuron: what its weight, its bias and ReLU do to an input."""

import numpy as np

from statland.pictures import parts
from statland.pictures.parts import number
from statland.rnn import RNNParams, rnn_step

REACH, LOW, HIGH, STRIP = 2.0, -3.9, 8.2, -3.4  # inputs from -REACH to REACH; outputs the axes hold; the strip's height
LEFT, RIGHT = 60, 704  # of both panels, in points
X, SUM, OUT = 60, 322, 584  # where the three nodes stand
LONG, SHORT = 150, 40  # points that the words in the strip need


class Neuron:
    """The way of one number through a neuron, and the output over all inputs, with the part where it is shut."""

    alt = "A neuron: input, sum and output in a row; below, its output over the input, a bend where ReLU opens."

    def __init__(self):
        self.figure = parts.page(394)
        row = parts.canvas(self.figure, LEFT, 284, RIGHT, 394)
        parts.text(row, X, 80, "input x", ha="center")
        parts.text(row, OUT, 80, "output", ha="center")
        arrows = parts.arrows([X + 22, SUM + 24], [SUM - 24, OUT - 24], 54, np.array([3.0, 3.0]))
        parts.shapes(row, parts.INK, animated=False).set_path(arrows)
        row.annotate("", (SUM, 74), (SUM, 90), arrowprops={"arrowstyle": "-|>", "color": parts.INK, "lw": 2})
        place = np.array([54.0])
        parts.shapes(row, parts.INPUT.color, animated=False).set_path(parts.marks("s", np.array([X]), place, 15))
        parts.shapes(row, parts.OUTPUT.color, animated=False).set_path(parts.marks("^", np.array([OUT]), place, 16))
        self.node = parts.shapes(row, parts.HIDDEN.color, ec=parts.INK, lw=1.5)
        self.node.set_path(parts.marks("o", np.array([SUM]), place, 17))
        centred = {"ha": "center", "animated": True}
        self.times, self.relu = (parts.text(row, x, 62, "", **centred) for x in ((X + SUM) / 2, (SUM + OUT) / 2))
        self.plus = parts.text(row, SUM, 93, "", **centred)
        self.x, self.sum, self.out = (parts.text(row, x, 16, "", weight="bold", **centred) for x in (X, SUM, OUT))

        ax = parts.axes(self.figure, LEFT, 42, RIGHT, 272, xlim=(-REACH, REACH), ylim=(LOW, HIGH))
        ax.set(xticks=[-2, -1, 0, 1, 2], yticks=[-2, 0, 2, 4, 6, 8])
        ax.set_xlabel("input x", fontsize=parts.SIZE, color=parts.INK)
        ax.axhline(0, color=parts.FAINT, lw=1)
        parts.text(ax, 0, HIGH, "thick: output    dashed: sum", ha="center", va="top")
        self.shut, self.open = (
            parts.line(ax, color, lw=20, solid_capstyle="butt") for color in ("#d9d9d9", parts.HIDDEN.color)
        )
        self.dashed = parts.line(ax, parts.INK, lw=1.5, ls=(0, (4, 3)), zorder=1.5)
        self.curve = parts.line(ax, parts.HIDDEN.color, lw=5, solid_capstyle="butt")
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
        self.shut.set_data([], [])
        self.open.set_data([], [])
        for start, end, words in zip(ends[:-1], ends[1:], self.words, strict=True):
            is_open = rnn_step((start + end) / 2, 0.0, params)[0] > 0
            width = (end - start) / (2 * REACH) * (RIGHT - LEFT)
            words.set_x((start + end) / 2)
            words.set_text(_part(is_open, width))
            if width:
                (self.open if is_open else self.shut).set_data([start, end], [STRIP, STRIP])

        z, h = (float(value) for value in rnn_step(x, 0.0, params))
        self.at.set_data([x], [0])
        self.height.set_data([x], [h])
        self.drop.set_data([x, x], [0, h])
        self.node.set_facecolor(parts.HIDDEN.color if z > 0 else "white")
        self.times.set_text(f"times weight {number(weight)}")
        self.plus.set_text(f"plus bias {number(bias)}")
        self.x.set_text(number(x))
        self.sum.set_text(f"sum: {number(z)}")
        self.out.set_text(number(h))
        self.relu.set_text("ReLU: open" if z > 0 else "ReLU: shut")
        sign = "-" if bias < 0 else "+"
        work = f"{number(weight)} × {number(x)} {sign} {number(abs(bias))} = {number(z)}"
        end = f"above 0: open, the output is {number(h)}." if z > 0 else "not above 0: shut, the output is exactly 0."
        return f"weight = {number(weight)}, bias = {number(bias)}, x = {number(x)}: the sum {work} is {end}"


def _part(is_open, width):
    long, short = ("open: output = sum", "open") if is_open else ("shut: output 0", "shut")
    return long if width >= LONG else short if width >= SHORT else ""

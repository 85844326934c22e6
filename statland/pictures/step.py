"""How a gradient step lowers an error: one weight, one example, one valley."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.prices import HIGH, MEDIUM
from statland.rnn import RNNParams, gradient_step, rnn_backward, rnn_forward

START = RNNParams(w_x=1.0, w_h=0.0, w_y=6.0)  # with a medium price, w_y is the weight of a neuron without ReLU
LEFT, RIGHT, TOP = -4.5, 8.5, 11.0  # the weights and losses that the axes hold
TANGENT = 2.4  # how far the slope is drawn to either side


class GradientStep:
    """The loss over the one weight, and the steps of gradient descent on it."""

    alt = (
        "A valley, the loss over one weight; steps of gradient descent that walk, reach or leap over its lowest point."
    )

    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.axes(self.figure, 62, 48, 700, 300, xlim=(LEFT, RIGHT), ylim=(-0.7, TOP))
        ax.set(xticks=range(-4, 9, 2), yticks=range(0, 11, 2))
        ax.set_xlabel("weight w", fontsize=parts.SIZE, color=parts.INK)
        parts.text(ax, 0, 1.04, "loss", ha="right", va="bottom", transform=ax.transAxes)
        color = parts.GRADIENT.color
        legend = "○ start   ◆ after a step   dashed: slope now   ◀ ▶ outside the picture"
        parts.text(ax, 1, 1.04, legend, color=color, ha="right", va="bottom", transform=ax.transAxes)
        grid = np.linspace(LEFT, RIGHT, 201)
        ax.plot(grid, loss_and_gradient(replace(START, w_y=grid))[0], color=parts.INK, lw=2)
        self.way = parts.line(ax, color, lw=1)
        self.tangent = parts.line(ax, color, lw=2, ls=(0, (3, 2)))
        self.start = parts.points(ax, color, "o", ms=14, mfc="white", mew=2)
        self.marks = {marker: parts.points(ax, color, marker, ms=8) for marker in "D<>"}
        self.now = parts.points(ax, color, "D", ms=13)

    def update(self, steps=1, rate=1.0):
        """Show this many steps of this rate from the start; return where they lead."""
        params, path = START, []
        for _ in range(steps + 1):
            loss, grads = loss_and_gradient(params)
            path.append((params.w_y, loss, grads.w_y))
            params = gradient_step(params, RNNParams(0.0, 0.0, grads.w_y), rate)  # this weight alone
        w, loss, slope = np.array(path).T
        x, y = np.clip(w, LEFT, RIGHT), np.minimum(loss, TOP)
        where = np.select([w < LEFT, w > RIGHT], ["<", ">"], "D")
        self.way.set_data(x, y)
        self.start.set_data(x[:1], y[:1])
        for marker, marks in self.marks.items():
            marks.set_data(x[1:][where[1:] == marker], y[1:][where[1:] == marker])
        inside = where[-1] == "D"
        self.now.set_data(x[-1:] if steps and inside else [], y[-1:] if steps and inside else [])
        ends = x[-1] + TANGENT * np.array([-1, 1]) / np.hypot(1, slope[-1] / 2)
        self.tangent.set_data(ends if inside else [], y[-1] + slope[-1] * (ends - x[-1]) if inside else [])
        return _sentence(steps, rate, w, loss, slope)


def loss_and_gradient(params):
    """Return the squared error of predicting HIGH from one MEDIUM price, and its gradient as `RNNParams`."""
    price = np.full((1, *np.shape(params.w_y)), MEDIUM)
    trace = rnn_forward(price, params)
    error = trace.y - HIGH
    return error[-1] ** 2, rnn_backward(trace, 2 * error, params)[0]


def _sentence(steps, rate, w, loss, slope):
    now = f"w is {_short(w[-1])}, the loss {_short(loss[-1])}, the slope {_short(slope[-1])}"
    return f"steps = {steps}, rate = {rate:g}: {now}: {_verdict(w, loss, slope)}."


def _verdict(w, loss, slope):
    if len(w) == 1:
        return "this is the start"
    if loss[-1] < 0.0001:
        return "the lowest point is reached"
    if np.isclose(loss[-1], loss[0]):
        return "it leaps from side to side and gets no lower"
    if loss[-1] > loss[0]:
        return "each step leaps over the lowest point and ends higher"
    across = slope[0] * slope[1] < 0
    return "each step leaps over the lowest point, but ends lower" if across else "still on the way down"


def _short(value):
    return f"{round(float(value), 3) + 0:,g}" if abs(value) < 1e4 else f"{value:,.0f}"

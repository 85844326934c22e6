"""How a gradient step lowers an error: one weight, one example, one valley."""

from dataclasses import replace

import numpy as np

from statland.learning import gradient_descent, squared_error, squared_error_and_gradient
from statland.pictures import parts
from statland.prices import HIGH, MEDIUM
from statland.rnn import RNNParams

START = RNNParams(w_x=1.0, w_h=0.0, w_y=6.0)  # with a medium price, w_y is the weight of a neuron without ReLU
TANGENT = 2.4  # how far the slope is drawn to either side


class GradientStep:
    """The loss over the one weight, and the steps of gradient descent on it."""

    alt = (
        "A valley, the loss over one weight; steps of gradient descent that walk, reach or leap over its lowest point."
    )

    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.axes(self.figure, 62, 48, 700, 300, xlim=(-4.5, 8.5), ylim=(-0.7, 11), xlabel="weight w")
        ax.set(xticks=range(-4, 9, 2), yticks=range(0, 11, 2))
        parts.above(ax, "loss")
        color = parts.GRADIENT.color
        parts.above(ax, "○ start   ◆ after a step   dashed: slope now   ◀ ▶ outside the picture", x=1, color=color)
        w = np.linspace(-4.5, 8.5, 201)
        loss = squared_error(np.full((1, 201), MEDIUM), HIGH, replace(START, w_y=w))
        ax.plot(w, loss, color=parts.INK, lw=2)
        self.trail = parts.Trail(ax, size=8)
        self.tangent = parts.line(ax, color, lw=2, ls=(0, (3, 2)))
        self.now = parts.points(ax, color, "D", ms=13)

    def update(self, steps=1, rate=1.0):
        """Show this many steps of this rate from the start; return where they lead."""
        path = gradient_descent(_loss, START, rate, steps)
        w, loss, slope = np.array([(params.w_y, error, grads.w_y) for params, error, grads in path]).T
        where, x, y = self.trail.show(w, loss)
        inside = where[-1] == "D"
        self.now.set_data((x[-1:], y[-1:]) if steps and inside else ([], []))
        ends = x[-1] + TANGENT * np.array([-1, 1]) / np.hypot(1, slope[-1] / 2)
        self.tangent.set_data((ends, y[-1] + slope[-1] * (ends - x[-1])) if inside else ([], []))
        now = f"w is {_short(w[-1])}, the loss {_short(loss[-1])}, the slope {_short(slope[-1])}"
        return f"steps = {steps}, rate = {rate:g}: {now}: {_course(loss, slope)}."


def _loss(params):
    loss, grads = squared_error_and_gradient([MEDIUM], HIGH, params)
    return loss, RNNParams(0.0, 0.0, grads.w_y)  # this weight alone


def _course(loss, slope):
    if len(loss) == 1:
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
    return f"{round(float(value), 3 if abs(value) < 1e4 else 0):z,g}"

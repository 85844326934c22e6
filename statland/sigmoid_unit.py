"""One sigmoid unit without prices, the smallest network whose error has a cliff.

    x_t = w sigmoid(x_(t-1)) + b             pre-activation, which this paper calls x, from x_0 = 0.5
    E = (sigmoid(x_T) - 0.7)^2               the error after T days

Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013), section 2
and figure 6, with T = 50.
"""

from dataclasses import dataclass

from statland.checks import check_numbers
from statland.lstm import sigmoid

START, TARGET = 0.5, 0.7


@dataclass(frozen=True)
class SigmoidParams:
    """The two numbers of the unit, feedback weight and bias. Arrays put several units side by side."""

    w: float
    b: float

    def __post_init__(self):
        check_numbers(self)


def error_surface(params, days=50):
    """Return the error after so many days; arrays of weights and biases are broadcast."""
    x = START
    for _ in range(days):
        x = params.w * sigmoid(x) + params.b
    return (sigmoid(x) - TARGET) ** 2


def error_and_gradient(params, days=50):
    """Return the error and its gradient (`SigmoidParams`): forward through the days, then back by the chain rule."""
    x, s = START, []
    for _ in range(days):
        s.append(sigmoid(x))
        x = params.w * s[-1] + params.b
    y = sigmoid(x)
    dx, dw, db = 2 * (y - TARGET) * y * (1 - y), 0.0, 0.0
    for s_t in reversed(s):
        dw = dw + dx * s_t
        db = db + dx
        dx = dx * params.w * s_t * (1 - s_t)
    return (y - TARGET) ** 2, SigmoidParams(dw, db)

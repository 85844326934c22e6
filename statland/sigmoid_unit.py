"""One sigmoid unit without prices, the smallest network whose error has a cliff.

    z_t = w h_(t-1) + b                      pre-activation (the paper calls it x); h_0 = sigmoid(0.5)
    h_t = sigmoid(z_t)                       the state
    E = (h_T - 0.7)^2                        the error after T days

Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013), section 2
and figure 6, with T = 50.
"""

from dataclasses import dataclass

import numpy as np

from statland.checks import Numbers, silent
from statland.lstm import sigmoid

START, TARGET = sigmoid(0.5), 0.7


@dataclass(frozen=True, eq=False)
class SigmoidParams(Numbers):
    """The two numbers of the unit, feedback weight and bias. Arrays put several units side by side."""

    w: float
    b: float


def sigmoid_states(params, days=50):
    """Return the states `(T+1, ...)`, `h[0]` before the first day; weights and biases are broadcast."""
    h = [START + 0 * (params.w + params.b)]
    for _ in range(days):
        h.append(sigmoid(params.w * h[-1] + params.b))
    return np.stack(h)


def edge(w):
    """Return, for each w, the bias at which the state stays what it was before the first day: the error's cliff.

    It solves sigmoid(w h_0 + b) = h_0 = sigmoid(0.5).
    """
    return 0.5 - np.array(w) * START


def error_surface(params, days=50):
    """Return the error after so many days; arrays of weights and biases are broadcast."""
    h = START
    for _ in range(days):
        h = sigmoid(params.w * h + params.b)
    return (h - TARGET) ** 2


def error_and_gradient(params, days=50):
    """Return the error and its gradient (`SigmoidParams`): forward through the days, then back by the chain rule."""
    *before, h = sigmoid_states(params, days)
    dz, dw, db = 2 * (h - TARGET) * h * (1 - h), 0.0, 0.0
    for h_t in reversed(before):
        dw = dw + dz * h_t
        db = db + dz
        dz = dz * params.w * h_t * (1 - h_t)
    return (h - TARGET) ** 2, SigmoidParams(dw, db)


error_surface, error_and_gradient, sigmoid_states = map(silent, (error_surface, error_and_gradient, sigmoid_states))

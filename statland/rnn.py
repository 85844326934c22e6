"""One recurrent unit: one day, all days, and backwards through all days.

    z_t = w_x x_t + w_h h_(t-1) + b_h        pre-activation
    h_t = relu(z_t)                          hidden state: what the unit hands on to tomorrow
    y_t = w_y h_t + b_y                      output: after the last day, the prediction for tomorrow

Time is the first axis: prices `(T,)` are one history of T days, prices `(T, N)` are N histories side by side.
Prices, states and outputs share one unit: 0 is StatLand's low price, 1 its high one. What is too large for a
float becomes `inf`, and what then can't be told (inf - inf) `nan`, with no warning: that is the subject here.

Sources: the episode "Recurrent Neural Networks (RNNs), Clearly Explained!!!" (StatQuest, 2022) for the unit;
Werbos, "Backpropagation through time: what it does and how to do it" (1990), for the way back.
"""

from dataclasses import astuple, dataclass, fields, replace
from math import hypot

import numpy as np


@dataclass(frozen=True)
class RNNParams:
    """The five numbers of the unit, the same on every day. Gradients come back in this class too.

    Each is a plain float. An array puts several networks side by side: its shape must fit the last axes of
    the prices, and its gradient has that shape too. Anything but numbers is a `TypeError`.
    """

    w_x: float
    w_h: float
    w_y: float
    b_h: float = 0.0
    b_y: float = 0.0

    def __post_init__(self):
        checked_weights(vars(self))


@dataclass(frozen=True)
class RNNTrace:
    """All that a forward pass computed: `x`, `z`, `y` of shape `(T, ...)` and `h` of shape `(T+1, ...)`.

    Days count from 1, so `h[t]` is the state after day t and `h[0]` the state before the first day.
    """

    x: np.ndarray
    z: np.ndarray
    h: np.ndarray
    y: np.ndarray


def relu(z):
    """Let what is positive pass and turn all else into 0, elementwise."""
    return max(z, 0.0) if isinstance(z, float) else np.maximum(z, 0.0)


def relu_backward(dh, z):
    """Take the error dh back through ReLU: all of it passes, but nothing where z is 0 or less."""
    return (0.0 if z <= 0 else dh) if isinstance(z, float) else np.where(z <= 0, 0.0, dh)


@np.errstate(over="ignore", invalid="ignore")
def rnn_step(x, h, params):
    """Advance one day: return the pre-activation z and the new hidden state h, each shaped like x."""
    z = params.w_x * x + params.w_h * h + params.b_h
    return z, relu(z)


@np.errstate(over="ignore", invalid="ignore")
def rnn_forward(x, params, h0=0.0):
    """Read the prices x `(T, ...)` day by day, starting from the state h0: return an `RNNTrace`.

    The prediction for tomorrow is `y[-1]`; h0 is one number, or one for each history. No days, or a price that is
    not finite, is a `ValueError`; text among the prices is a `TypeError`.
    """
    x, h0 = checked_input(x, vars(params), h0=h0)
    h = np.empty((len(x) + 1, *x.shape[1:]))
    h[0] = h0
    price, z, h = by_day(x, np.empty(x.shape), h)
    for t in range(len(x)):
        z[t], h[t + 1] = rnn_step(price[t], h[t], params)
    z, h = np.asarray(z), np.asarray(h)
    return RNNTrace(x, z, h, y=params.w_y * h[1:] + params.b_y)


@np.errstate(over="ignore", invalid="ignore")
def rnn_backward(trace, dy, params):
    """Backpropagation through time: return the gradients (`RNNParams`) and dh `(T+1, ...)`.

    dy `(T, ...)` is dL/dy, zero on days without an error; `dh[t]` is dL/dh_t, through all later days.
    Each gradient is a sum over days, and over sequences that share the weight. ReLU's slope at z = 0 is 0.
    A dy of another shape is a `ValueError`.
    """
    dy = checked_numbers(dy, "dy")
    if dy.shape != trace.y.shape:
        raise ValueError(f"dy must have one number for each y, shape {trace.y.shape}, but its shape is {dy.shape}.")
    dh = np.zeros(trace.h.shape)
    dh[1:] = params.w_y * dy
    z, dz, dh = by_day(trace.z, np.empty(trace.z.shape), dh)
    for t in reversed(range(len(dy))):
        dz[t] = relu_backward(dh[t + 1], z[t])
        dh[t] += params.w_h * dz[t]
    dz, dh = np.asarray(dz), np.asarray(dh)
    grads = RNNParams(
        w_x=weight_gradient(dz, trace.x, params.w_x),
        w_h=weight_gradient(dz, trace.h[:-1], params.w_h),
        w_y=weight_gradient(dy, trace.h[1:], params.w_y),
        b_h=weight_gradient(dz, 1.0, params.b_h),
        b_y=weight_gradient(dy, 1.0, params.b_y),
    )
    return grads, dh


def numerical_gradient(loss, params, eps=1e-6):
    """Central differences: the slope of `loss(params) -> float` along each of the five numbers, as `RNNParams`.

    The five numbers must be plain floats. The method knows nothing of the chain rule, so it can check those who
    use it. At a corner of the loss it takes the mean of the slopes on both sides.
    """

    def slope(name):
        value = getattr(params, name)
        above, below = (loss(replace(params, **{name: value + step})) for step in (eps, -eps))
        return float(above - below) / (2 * eps)

    return RNNParams(**{field.name: slope(field.name) for field in fields(params)})


@np.errstate(over="ignore", invalid="ignore")
def gradient_step(params, grads, rate):
    """Move each number of params (`RNNParams` or `Gate`) against its gradient, times the rate; return the new ones."""
    return type(params)(*(value - rate * slope for value, slope in zip(astuple(params), astuple(grads), strict=True)))


def clip_gradient(grads, threshold):
    """Gradient clipping: shorten grads to the threshold if their norm reaches it, and keep their direction.

    An infinite gradient has no direction left: it comes back as `nan` (Pascanu et al. 2013, algorithm 1).
    """
    norm = hypot(*astuple(grads))
    return grads if norm < threshold else type(grads)(*(threshold * (slope / norm) for slope in astuple(grads)))


def by_day(*arrays):
    """Return arrays of one history as lists, since plain floats are faster day by day; others as they are."""
    return [array.tolist() if array.ndim == 1 else array for array in arrays]


def weight_gradient(error, seen, weight):
    """Add up error times what a weight saw, over all days, to the shape of the weight; nothing times inf is nothing."""
    shares = error * seen
    if np.isnan(shares).any():
        shares = np.where((error == 0) | (seen == 0), 0.0, shares)
    total = shares.sum(axis=tuple(range(shares.ndim - np.ndim(weight))))
    return total if total.ndim else float(total)


def checked_weights(weights):
    """Say in one sentence which of the named weights is no number."""
    for name, value in weights.items():
        if isinstance(value, (list, tuple)) or np.asarray(value).dtype.kind not in "iuf":
            raise TypeError(f"{name} must be a number, or a NumPy array of numbers, not {value!r}.")


def checked_input(x, weights, **states):
    """Return the prices and the states before the first day as arrays, or say in one sentence what is wrong."""
    x = checked_numbers(x, "The prices")
    if x.ndim == 0 or x.size == 0:
        raise ValueError("The prices must be a list of at least one day.")
    if not np.isfinite(x).all():
        raise ValueError("Every price must be a finite number, but there is nan or inf among them.")
    for name, weight in weights.items():
        shape = np.shape(weight)
        if len(shape) >= x.ndim or shape != x.shape[x.ndim - len(shape) :]:
            raise ValueError(f"{name} has the shape {shape}, which does not fit prices of shape {x.shape}.")
    for name, state in states.items():
        states[name] = checked_numbers(state, name)
        if states[name].shape not in ((), x.shape[1:]) or not np.isfinite(states[name]).all():
            raise ValueError(f"{name} must be a finite number, or one for each of the histories side by side.")
    return x, *states.values()


def checked_numbers(values, name):
    """Return values as an array of floats, or say in one sentence why that can't be."""
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must form a table, with equally many numbers on every day.") from None
    if array.size and array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must be numbers, without text, truth values or gaps.")
    return array.astype(float)

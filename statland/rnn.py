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

from dataclasses import dataclass, replace

import numpy as np

from statland.checks import Numbers, backward_pass, forward_pass


@dataclass(frozen=True, eq=False)
class RNNParams(Numbers):
    """The five numbers of the unit, the same on every day. Gradients come back in this class too.

    Each is a plain float. An array puts several networks side by side: its shape must fit the last axes of
    the prices, and its gradient has that shape too. Anything but numbers is a `TypeError`.
    """

    w_x: float
    w_h: float
    w_y: float
    b_h: float = 0.0
    b_y: float = 0.0


@dataclass(frozen=True, eq=False)
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


def rnn_step(x, h, params):
    """Advance one day: return the pre-activation z and the new hidden state h, each shaped like x."""
    z = params.w_x * x + params.w_h * h + params.b_h
    return z, relu(z)


def rnn_forward(x, params, h0=0.0):
    """Read the prices x `(T, ...)` day by day, starting from the state h0: return an `RNNTrace`.

    The prediction for tomorrow is `y[-1]`; h0 is one number, or one for each history. No days, or a price that is
    not finite, is a `ValueError`; text among the prices is a `TypeError`.
    """
    z, h = [0.0] * len(x), [h0] * (len(x) + 1)
    for t in range(len(x)):
        z[t], h[t + 1] = rnn_step(x[t], h[t], params)
    x, z, h = map(np.asarray, (x, z, h))
    return RNNTrace(x, z, h, y=params.w_y * h[1:] + params.b_y)


def rnn_backward(trace, dy, params):
    """Backpropagation through time: return the gradients (`RNNParams`) and dh `(T+1, ...)`.

    dy `(T, ...)` is dL/dy, zero on days without an error; `dh[t]` is dL/dh_t, through all later days.
    Each gradient is a sum over days, and over sequences that share the weight. ReLU's slope at z = 0 is 0.
    A dy of another shape is a `ValueError`.
    """
    dz = [0.0] * len(dy)
    dh = [0.0, *(params.w_y * error for error in dy)]
    for t in reversed(range(len(dy))):
        dz[t] = relu_backward(dh[t + 1], trace.z[t])
        dh[t] += params.w_h * dz[t]
    dz, dh, dy = map(np.asarray, (dz, dh, dy))
    grads = RNNParams(
        w_x=weight_gradient(dz, trace.x, params.w_x),
        w_h=weight_gradient(dz, trace.h[:-1], params.w_h),
        w_y=weight_gradient(dy, trace.h[1:], params.w_y),
        b_h=weight_gradient(dz, 1.0, params.b_h),
        b_y=weight_gradient(dy, 1.0, params.b_y),
    )
    return grads, dh


def rnn_jacobian(trace, params):
    """Return dh_T/dh_t `(T+1, ...)`: what arrives on the last day of a small change of the state after day t."""
    last = np.zeros(trace.y.shape)
    last[-1] = 1.0
    return rnn_backward(trace, last, replace(params, w_y=1.0))[1]


def weight_gradient(error, seen, weight):
    """Add up error times what a weight saw, over all days, to the shape of the weight; nothing times inf is nothing."""
    days = tuple(range(np.ndim(error) - np.ndim(weight)))
    total = np.sum(error * seen, axis=days)
    if np.isnan(total).any():
        total = np.sum(np.where((error == 0) | (seen == 0), 0.0, error * seen), axis=days)
    return total if total.ndim else float(total)


rnn_forward = forward_pass(rnn_forward)
rnn_backward, rnn_jacobian = map(backward_pass(RNNTrace), (rnn_backward, rnn_jacobian))

"""How a unit learns: the error of its prediction, steps against the gradient, and checks of that gradient.

A loss is any function of params. Params are any frozen dataclass of numbers: `RNNParams`, nested ones as
`LSTMParams`, or arrays in the place of the numbers, which put networks side by side. A step takes one number as well.

Sources: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013), algorithm 1,
for clipping; Williams and Peng, "An efficient gradient-based algorithm for on-line training of recurrent network
trajectories" (1990), for truncation; Lu, Shin, Su and Karniadakis, "Dying ReLU and initialization" (2019), for dead
networks.
"""

from dataclasses import is_dataclass, replace
from functools import partial

import numpy as np

from statland.checks import (
    backward_pass,
    clipping,
    measured,
    numbers_of,
    parts_of,
    prediction_error,
    silent,
    truncation,
)
from statland.rnn import RNNParams, RNNTrace, relu_backward, rnn_backward, rnn_forward


def squared_error(prices, target, params):
    """Return the squared error of the vanilla unit's prediction after the prices `(T, ...)`.

    The target is tomorrow's price, one for each history. Errors of histories side by side are added up; networks
    side by side keep one for each.
    """
    return added_up((rnn_forward(prices, params).y[-1] - target) ** 2, params)


def squared_error_and_gradient(prices, target, params):
    """Return the squared error, and its gradient by backpropagation through time (`RNNParams`)."""
    trace = rnn_forward(prices, params)
    error = trace.y[-1] - target
    dy = np.zeros(trace.y.shape)
    dy[-1] = 2 * error
    return added_up(error**2, params), rnn_backward(trace, dy, params)[0]


def weight_error_and_slope(w, x, target):
    """Return the squared error of a neuron that is one weight alone, output w x, and its slope dL/dw."""
    error = w * x - target
    return error**2, 2 * error * x


def added_up(errors, params):
    """Add up the errors of histories side by side, one sum for each network of params."""
    networks = np.broadcast_shapes(*map(np.shape, numbers_of(params).values()))
    return np.sum(errors, axis=tuple(range(errors.ndim - len(networks))))


def gradient_step(params, grads, rate):
    """Move each number of params against its gradient, times the rate; return the new params."""
    return each(lambda number, slope: number - rate * slope, params, grads)


def gradient_norm(grads):
    """Return the length of all slopes together, one for each network."""
    return np.hypot.reduce(list(numbers_of(grads).values()))


def clip_gradient(grads, threshold):
    """Gradient clipping: shorten grads to the threshold if their norm exceeds it, and keep their direction.

    Networks side by side are clipped one by one. An infinite slope has no direction: it comes back as `nan`.
    """
    norm = gradient_norm(grads)
    return each(lambda slope: np.where(norm <= threshold, slope, threshold * (slope / norm)), grads)


def gradient_descent(loss, params, rate, steps, threshold=np.inf):
    """Yield params, their loss and its gradient, at the start and after each step of gradient descent.

    loss(params) returns both, as `squared_error_and_gradient` does. Gradients are clipped to the threshold.
    """
    for step in range(steps + 1):
        error, grads = loss(params)
        yield params, error, grads
        if step < steps:
            params = gradient_step(params, grads if threshold == np.inf else clip_gradient(grads, threshold), rate)


def feedback_descent(prices, target, params, rate, steps, threshold=np.inf):
    """Gradient descent on the feedback weight alone: yield w_h, the squared error and its slope dL/dw_h, at the start
    and after each step. The other four numbers stay as they are. It ends where the slope is 0: no step leads on.
    """

    def loss(params):
        error, grads = squared_error_and_gradient(prices, target, params)
        return error, RNNParams(w_x=0.0, w_h=grads.w_h, w_y=0.0)

    for here, error, grads in gradient_descent(loss, params, rate, steps, threshold):
        yield here.w_h, error, grads.w_h
        if grads.w_h == 0:
            break


def remembering_weight(target, days, params):
    """Return the feedback weight with which a price of 1 on day 1, and 0 on all days since, leads to this target.

    It solves w_y w_x w_h^(T-1) = target; the biases are 0.
    """
    return (target / (params.w_y * params.w_x)) ** (1 / (days - 1))


def training_runs(prices, target, params, rate, steps):
    """Train networks side by side on the histories `(T, N)`: yield params, the loss of each network, and on which
    histories it is open on the last day `(N, networks)`, at the start and after each step.

    The numbers of params are arrays, one number for each network; so may be the rate.
    """
    prices = np.repeat(prices[..., None], np.size(params.w_x), axis=-1)
    loss = partial(squared_error_and_gradient, prices, target[:, None])
    for step, error, _ in gradient_descent(loss, params, rate, steps):
        yield step, error, rnn_forward(prices, step).z[-1] > 0


def training_outcomes(loss, open_at_first, open_now, enough):
    """Return how each of the `training_runs` stands: 0 learned, its loss is below enough; 1 born dead; 2 dead since a
    step; 3 neither.

    A network is dead if it is open on no history (axis -2): all its slopes but that of b_y are 0, so it stays dead.
    """
    return np.select([loss < enough, ~open_at_first.any(axis=-2), ~open_now.any(axis=-2)], [0, 1, 2], 3)


def numerical_gradient(loss, params, eps=1e-6):
    """Central differences: the slope of `loss(params) -> float` along each number of params, in their class.

    The method knows nothing of the chain rule, so it can check those who use it. At a corner of the loss it takes
    the mean of the slopes on both sides. For networks side by side the loss is one number for each. A loss that
    comes back as float32 is a `TypeError`: it hides the nudge.
    """
    numbers = [np.asarray(number, dtype=float) for number in numbers_of(params).values()]  # a float32 hides the nudge

    def nudged(k, nudge):
        return loss(like(params, [*numbers[:k], numbers[k] + nudge, *numbers[k + 1 :]]))

    return like(params, [(nudged(k, eps) - nudged(k, -eps)) / (2 * eps) for k in range(len(numbers))])


def gradient_by_day(trace, dy, params):
    """Return each day's share of every gradient, `RNNParams` of arrays `(T, ...)`: their sums over the days are what
    `rnn_backward` returns. The share of b_h is dL/dz of the day, by which all that a weight saw is multiplied.
    """
    dy, dh = np.asarray(dy), rnn_backward(trace, dy, params)[1]
    dz = relu_backward(dh[1:], trace.z)
    return RNNParams(w_x=dz * trace.x, w_h=dz * trace.h[:-1], w_y=dy * trace.h[1:], b_h=dz, b_y=dy)


def truncated_backward(trace, dy, params, k):
    """Truncated backpropagation through time: as `rnn_backward`, for the last k of the T days alone.

    The state before these days is taken as given. A k below 1 or above T is a `ValueError`.
    """
    short = RNNTrace(trace.x[-k:], trace.z[-k:], trace.h[-k - 1 :], trace.y[-k:])
    return rnn_backward(short, dy[-k:], params)


def each(function, params, *others):
    """Return params with the function of each number, and of the numbers of others in the same place."""
    if is_dataclass(params):
        same = {name: [getattr(one, name) for one in (params, *others)] for name in parts_of(params)}
        return replace(params, **{name: each(function, *parts) for name, parts in same.items()})
    number = function(params, *others)
    return number if np.ndim(number) else float(number)


def like(params, numbers):
    """Return params with these numbers, in their order, in the place of their own."""
    numbers = iter(numbers)
    return each(lambda _: next(numbers), params)


squared_error, squared_error_and_gradient = map(prediction_error, (squared_error, squared_error_and_gradient))
gradient_by_day = backward_pass(RNNTrace)(gradient_by_day)
gradient_step, gradient_norm = silent(gradient_step), silent(gradient_norm)
numerical_gradient = measured(numerical_gradient)
clip_gradient, truncated_backward = clipping(clip_gradient), truncation(RNNTrace)(truncated_backward)

"""Backpropagation through time: what is right, and which mistakes are known."""

from dataclasses import replace
from functools import partial

import numpy as np

from statland.diagnosis import Exercise
from statland.learning import gradient_by_day, squared_error_and_gradient
from statland.rnn import RNNParams, rnn_backward, rnn_forward

PRICES = np.array([1.0, 0.5, 0.5, 1.0, 1.0, 1.0, 0.5, 0.5])  # those of the ledger, and its unit at two weights
UNIT = RNNParams(w_x=1.0, w_h=0.5, w_y=1.0, b_h=0.1)
BELOW = replace(UNIT, w_h=-1.3)
SHUT_DAYS = None, 2, -1  # no day, the third day, the last day


def last_error(trace, target):
    """Return dL/dy of each day: only the last prediction has an error."""
    dy = np.zeros(len(trace.y))
    dy[-1] = 2 * (trace.y[-1] - target)
    return dy


def shares(prices, target, params):
    """Return each day's share of all gradients."""
    trace = rnn_forward(prices, params)
    return gradient_by_day(trace, last_error(trace, target), params)


def feedback_gradient(prices, target, params):
    """Return dL/dw_h."""
    return squared_error_and_gradient(prices, target, params)[1].w_h


def walk(prices, target, params, order=-1, factor=None, stops=True, passes=True):
    """Return the sum of shares on a walk from day to day, with mistakes: in this order of days, with another factor in
    place of w_h, if shut days do not stop their own share, or do not stop what passes them.
    """
    trace = rnn_forward(prices, params)
    dh, total = params.w_y * last_error(trace, target)[-1], 0.0
    for t in range(len(prices))[::order]:
        is_open = trace.z[t] > 0
        total += dh * trace.h[t] * (is_open or not stops)
        dh *= (is_open or not passes) * (params.w_h if factor is None else factor)
    return total


def with_error(error):
    """Return the mistake of another dL/dy: error(trace, target, params), of the last day or of each."""

    def gradient(prices, target, params):
        trace = rnn_forward(prices, params)
        only_last = np.arange(len(prices)) == len(prices) - 1
        given = error(trace, target, params)
        return rnn_backward(trace, given if np.ndim(given) else np.where(only_last, given, 0.0), params)[0].w_h

    return gradient


def of_shares(function):
    """Return the mistake that does this with the shares."""
    return lambda prices, target, params: function(shares(prices, target, params))


def todays_state(prices, target, params):
    return np.sum(shares(prices, target, params).b_h * rnn_forward(prices, params).h[1:])


def past_a_shut_last_day(prices, target, params):
    trace = rnn_forward(prices, params)
    opened = replace(trace, z=np.append(trace.z[:-1], 1.0))
    return rnn_backward(opened, last_error(trace, target), params)[0].w_h


def blame_of_day_1(prices, target, params):
    trace = rnn_forward(prices, params)
    return params.w_y * last_error(trace, target)[-1] * params.w_h ** (len(prices) - 1)


def state_of_two_days_before(prices, target, params):
    return np.sum(shares(prices, target, params).b_h * np.roll(rnn_forward(prices, params).h, 1)[:-1])


def short_history(rng):
    """Draw prices, a target and a unit; it is shut on one of the days, or on none."""
    shut = SHUT_DAYS[rng.integers(3)]
    days, target = (6, 1.0) if shut else (5, 0.5)
    prices = rng.choice([0.5, 0.75, 1.0], days)
    if shut is None:
        feedback = [0.4, 0.6, 0.8, 1.2]
        prices[[1, -1]] = 0.0, 1.0  # a day without a price need not be shut; and the prediction is too high
    else:
        prices[[0, -1]] = 0.5  # the prediction is too low
        prices[[shut - 1, shut]] = 1.0, 0.0
        feedback = [-0.5, -0.4, -0.3]
    w_x, w_h, w_y, b_y = map(float, map(rng.choice, ([0.8, 0.9, 1.2], feedback, [0.6, 0.7, 0.9], [0.25, 0.35])))
    return prices, target, RNNParams(w_x, w_h, w_y, b_h=0.1, b_y=b_y)


def below(params=BELOW, errors_of=BELOW):
    """Return the shares of dL/dw_x of the ledger: the way back of one unit, with the error of another."""
    dy = last_error(rnn_forward(PRICES, errors_of), 1.0)
    return gradient_by_day(rnn_forward(PRICES, params), dy, params)


OPEN = rnn_forward(PRICES, BELOW).z > 0
BLAME = rnn_backward(rnn_forward(PRICES, BELOW), last_error(rnn_forward(PRICES, BELOW), 1.0), BELOW)[1][1:]
PASSED = BLAME[-1] * BELOW.w_h ** np.arange(len(PRICES))[::-1]  # the blame, if no shut day stopped it

EXERCISES = {
    "04.1": Exercise(
        right=-0.48,
        mistakes={
            "The sign is the other way round: the error is the prediction minus the target.": 0.48,
            "The blame is a slope: the square in the loss brings a 2 with it.": -0.24,
            "That is the blame on day 8. Its share is the blame times what w_h multiplies.": -0.8,
            "That is the error. The share is the blame times what w_h multiplies on this day.": -0.4,
            "The unit has a small bias: each state is 0.1 larger than you think.": -0.5,
            "Day 8 does have a share: its blame comes from the prediction, not through w_h.": 0.0,
            "You took the state of a high day. Which state does day 8 get?": -0.88,
            "The target is 1, not 0.": 0.72,
            "That is the loss.": 0.16,
            "That is the share of day 8 at w_h = 0.5.": 1.3675,
            "That is the sum of all shares at w_h = 0.5.": 2.9219,
        },
        hints=(
            "With w_h = 0 each state is the price plus the bias. Which prices come on days 7 and 8?",
            "w_y is 1 and there is no b_y, so the prediction is the state of day 8. The blame is 2 times its error.",
            "The prediction is 0.6. The share is the blame, times the state of day 7.",
        ),
    ),
    "04.3": Exercise(
        right=below().w_x,
        mistakes={
            "These are the shares of w_h: the blame times the state before. What does w_x multiply?": below().w_h,
            "That is the blame at z. What does w_x multiply on each day?": below().b_h,
            "w_x does not multiply today's state.": below().b_h * rnn_forward(PRICES, BELOW).h[1:],
            "A shut day must have no share. Multiply dz, the blame after ReLU, not dh.": BLAME * PRICES,
            "The blame has passed a shut day. ReLU's slope is 0 there.": PASSED * PRICES,
            "In your ledger a shut day has no share, but the blame has passed it.": PASSED * OPEN * PRICES,
            "These are the shares at w_h = 0.5. Do you use dz or dh of the ledger above?": below(UNIT, UNIT).w_x,
            "The blame still belongs to w_h = 0.5: call rnn_backward again, with the new trace.": (
                below(UNIT, UNIT).b_h * OPEN * PRICES
            ),
            "The error still belongs to w_h = 0.5: make dy anew, from the new prediction.": below(errors_of=UNIT).w_x,
            "These are the shares of w_h at w_h = 0.5. Nothing has changed since the ledger.": below(UNIT, UNIT).w_h,
            "The sign is the other way round: the error is the prediction minus the target.": -below().w_x,
            "The blame is a slope: the square in the loss brings a 2 with it.": below().w_x / 2,
            "The days stand in the wrong order: day 1 comes first.": below().w_x[::-1],
            "Your blame has gone one day too far back: dh[0] is for the state before day 1.": np.append(0.0, BLAME[:-1])
            * PRICES,
        },
        hints=(
            "Take the two cells of the ledger, with replace(unit, w_h=-1.3): new trace, dy, dh and dz.",
            "dz is dh[1:], but 0 on days on which z is not above 0.",
            "The shares of w_h were dz times the state before. w_x multiplies the price in its place.",
        ),
    ),
    "04.4": Exercise(
        right=feedback_gradient,
        inputs=short_history,
        near=1e-4,
        mistakes={
            "The sign is the other way round: the error is the prediction minus the target.": with_error(
                lambda trace, target, params: 2 * (target - trace.y[-1])
            ),
            "The loss is a square: its slope brings a 2 with it.": with_error(
                lambda trace, target, params: trace.y[-1] - target
            ),
            "w_y is missing: the blame comes to the last state through it.": with_error(
                lambda trace, target, params: 2 * (trace.y[-1] - target) / params.w_y
            ),
            "The blame at the prediction is the slope of the loss, not the loss.": with_error(
                lambda trace, target, params: (trace.y[-1] - target) ** 2
            ),
            "That is the slope of the prediction. The loss is its squared error.": with_error(
                lambda trace, target, params: 1.0
            ),
            "The target is missing in the error.": with_error(lambda trace, target, params: 2 * trace.y[-1]),
            "The error is that of the prediction, not of the last state.": with_error(
                lambda trace, target, params: 2 * (trace.h[-1] - target)
            ),
            "b_y is missing in the prediction.": with_error(
                lambda trace, target, params: 2 * (trace.y[-1] - params.b_y - target)
            ),
            "The error is made on the last day only. Yours has an error on every day.": with_error(
                lambda trace, target, params: 2 * (trace.y - target)
            ),
            "b_h is missing on the way forward.": lambda prices, target, params: feedback_gradient(
                prices, target, replace(params, b_h=0.0)
            ),
            "That is the share of the last day. The shares of all days must be added up.": of_shares(
                lambda each: each.w_h[-1]
            ),
            "The shares are added up, not averaged.": of_shares(lambda each: np.mean(each.w_h)),
            "The share of the last day is missing.": of_shares(lambda each: np.sum(each.w_h[:-1])),
            "The share of day 2 is missing: does the walk end too early?": of_shares(lambda each: np.sum(each.w_h[2:])),
            "That is dL/dw_x. What does w_h multiply on each day?": of_shares(lambda each: np.sum(each.w_x)),
            "You added up the blame alone: each day's must be multiplied by what w_h multiplied.": of_shares(
                lambda each: np.sum(each.b_h)
            ),
            "Your shares have today's state. w_h multiplies yesterday's.": todays_state,
            "You took the state of two days before: h[t] comes before z[t].": state_of_two_days_before,
            "On the way back ReLU is missing: a shut day stops the blame.": partial(walk, stops=False, passes=False),
            "On your way back a shut day has no share, but the blame passes it.": partial(walk, passes=False),
            "On your way back a shut day stops the blame, but still has a share.": partial(walk, stops=False),
            "Your blame is the same on all days: each day back must multiply it by w_h.": partial(walk, factor=1.0),
            "On the way back both are missing: the factor w_h for each day, and ReLU.": partial(
                walk, factor=1.0, stops=False, passes=False
            ),
            "Your walk begins on day 1. But the error is on the last day: begin there.": partial(walk, order=1),
            "Your walk begins on day 1, and ReLU is missing on it.": partial(walk, order=1, stops=False, passes=False),
            "Your blame has one factor w_h too many: the last day's has none.": lambda prices, target, params: (
                params.w_h * walk(prices, target, params)
            ),
            "Your blame has one factor w_h too few: count the days back from the last one.": (
                lambda prices, target, params: walk(prices, target, params) / params.w_h
            ),
            "Your blame has one factor w_h too many, and a shut day does not stop it.": lambda prices, target, params: (
                params.w_h * walk(prices, target, params, stops=False, passes=False)
            ),
            "Your blame has one factor w_h too few, and a shut day does not stop it.": lambda prices, target, params: (
                walk(prices, target, params, stops=False, passes=False) / params.w_h
            ),
            "The last day can be shut, too. Then no blame comes to any day.": past_a_shut_last_day,
            "That is the blame of day 1, if no day is shut. dL/dw_h is a sum over all days.": blame_of_day_1,
            "Your blame meets w_y on every day back. It does so only once, on its way to the last state.": (
                lambda prices, target, params: walk(prices, target, params, factor=params.w_h * params.w_y)
            ),
            "Your blame has w_x in place of w_h on the way back.": lambda prices, target, params: walk(
                prices, target, params, factor=params.w_x
            ),
        },
        hints=(
            "Go forward with rnn_forward. The blame begins at the last state: w_y times 2 times the error.",
            "Then go from the last day to the first. ReLU comes first: a shut day makes the blame 0. After it, w_h.",
            "Between the two, add the day's share to the sum: the blame after ReLU, times the state of the day before.",
        ),
    ),
}

"""Unrolling: what is right, and which mistakes are known."""

from dataclasses import replace

import numpy as np

from statland.diagnosis import Exercise
from statland.rnn import RNNParams, rnn_forward

SHUT_DAYS = None, 1, -1  # no day, the second day, the last day


def read(added, params):
    """Return the prediction after days that add these amounts to z."""
    return rnn_forward(added, replace(params, w_x=1.0)).y[-1]


def predict(prices, volumes, params, w_v):
    """Return the prediction of a unit that reads a price and a volume each day."""
    return read(params.w_x * prices + w_v * volumes, params)


def predict_without_relu(prices, volumes, params, w_v):
    h = 0.0
    for added in params.w_x * prices + w_v * volumes:
        h = added + params.w_h * h + params.b_h
    return params.w_y * h + params.b_y


def predict_from_predictions(prices, volumes, params, w_v):
    y = 0.0
    for added in params.w_x * prices + w_v * volumes:
        y = params.w_y * max(0.0, added + params.w_h * y + params.b_h) + params.b_y
    return y


def predict_with_volume_after_relu(prices, volumes, params, w_v):
    h = 0.0
    for price, volume in zip(prices, volumes, strict=True):
        h = max(0.0, params.w_x * price + params.w_h * h + params.b_h) + w_v * volume
    return params.w_y * h + params.b_y


def with_other(**numbers):
    """Return the mistake of another number in the place of one of the unit's."""
    return lambda prices, volumes, params, w_v: predict(prices, volumes, replace(params, **numbers), w_v)


def prices_and_volumes(rng):
    """Draw a short history and a unit; it is shut on one of the days, or on none."""
    shut, days = SHUT_DAYS[rng.integers(3)], rng.integers(3, 5)
    prices, volumes = rng.choice([0.5, 0.75, 1.0], days), rng.choice([0.5, 0.75, 1.0], days)
    if shut is None:
        feedback = [0.3, 0.4, 0.6, 1.2]
        prices[1] = volumes[1] = 0.0  # a day without a price need not be shut
    else:
        prices[[shut - 1, shut]] = 1.0, 0.0
        volumes[[shut - 1, shut]] = 1.0, 0.25
        feedback = [-0.5, -0.4, -0.3]
    w_x, w_h, w_y, b_y = map(float, map(rng.choice, ([0.8, 0.9, 1.2], feedback, [0.6, 0.7, 1.3], [-0.3, -0.2])))
    return prices, volumes, RNNParams(w_x, w_h, w_y, b_h=0.1, b_y=b_y), float(rng.choice([0.4, 0.6, 0.7]))


EXERCISES = {
    "03.1": Exercise(
        right=0.7425,
        near=1e-3,
        mistakes={
            "That is the state of day 3. The prediction is this state, times the weight of the output.": 0.675,
            "That is the state of day 1. Two more days follow.": 0.9,
            "That is the state of day 2. Another day follows, and then the output.": 0.45,
            "The state of yesterday is missing: every day gives you the same.": 0.99,
            "The feedback weight is negative: the state of yesterday takes away from the price.": 1.7325,
            "That is the prediction after two days. Does your day 3 use the state of day 2?": 0.495,
            "That is the prediction after four days.": 0.61875,
            "You fed back the prediction. What comes back is the state, before the weight of the output.": 0.744975,
            "The weight of the input is missing: the price comes in times 1.8.": 0.4125,
            "That is the prediction after three high days. A medium price is 0.5.": 1.485,
            "You took away two states on day 3. Only yesterday's comes back; day 1 is already in it.": 0.2475,
            "You rounded on the way. Keep all digits until the end.": 0.748,
            "Two digits are not enough here. Give three or four.": 0.74,
        },
        hints=(
            "On day 1 there is no state yet: z is 1.8 × 0.5.",
            "On each later day z is 0.9 less half of yesterday's state.",
            "The three states are 0.9, 0.45 and 0.675. The prediction is the last one, times the weight of the output.",
        ),
    ),
    "03.3": Exercise(
        right=predict,
        inputs=prices_and_volumes,
        near=1e-6,
        mistakes={
            "Your prediction knows the last day alone. Is the state handed on from day to day?": with_other(w_h=0.0),
            "The state comes in without its weight, w_h.": with_other(w_h=1.0),
            "A bias is missing: b_h is added to z on every day.": with_other(b_h=0.0),
            "A bias is missing: b_y is added to the prediction.": with_other(b_y=0.0),
            "Both biases are missing: b_h in z, and b_y in the prediction.": with_other(b_h=0.0, b_y=0.0),
            "The state must be multiplied by w_y to become a prediction.": with_other(w_y=1.0),
            "That is the state of the last day. The prediction needs w_y and b_y.": with_other(w_y=1.0, b_y=0.0),
            "ReLU must take all of z, also what the state adds, and make 0 of it below 0.": predict_without_relu,
            "ReLU makes the state from z. The prediction has none: it may be below 0.": (
                lambda prices, volumes, params, w_v: max(0.0, predict(prices, volumes, params, w_v))
            ),
            "You feed back the prediction. What comes back is the state.": predict_from_predictions,
            "The volume must come in before ReLU, as a part of z.": predict_with_volume_after_relu,
            "The volume has no effect on your prediction.": lambda prices, volumes, params, w_v: predict(
                prices, volumes, params, 0.0
            ),
            "The volume has a weight of its own, w_v. Yours comes in with the weight of the price.": (
                lambda prices, volumes, params, w_v: predict(prices, volumes, params, params.w_x)
            ),
            "The volume comes in without its weight, w_v.": lambda prices, volumes, params, w_v: predict(
                prices, volumes, params, 1.0
            ),
            "Two weights are swapped: w_x belongs to the price, and w_v to the volume.": (
                lambda prices, volumes, params, w_v: predict(volumes, prices, params, w_v)
            ),
            "You read the days backwards: day 1 comes first.": lambda prices, volumes, params, w_v: predict(
                prices[::-1], volumes[::-1], params, w_v
            ),
            "Your loop stops one day too early.": lambda prices, volumes, params, w_v: predict(
                prices[:-1], volumes[:-1], params, w_v
            ),
            "Your function returns after day 1. Does `return` stand inside the loop?": (
                lambda prices, volumes, params, w_v: predict(prices[:1], volumes[:1], params, w_v)
            ),
            "Your loop leaves out day 1.": lambda prices, volumes, params, w_v: predict(
                prices[1:], volumes[1:], params, w_v
            ),
            "The state before day 1 is 0.": lambda prices, volumes, params, w_v: rnn_forward(
                params.w_x * prices + w_v * volumes, replace(params, w_x=1.0), h0=1.0
            ).y[-1],
        },
        hints=(
            "The price adds w_x * price to z. What does the volume add?",
            "The state starts at 0. A loop over zip(prices, volumes) makes a new state from the old one on each day.",
            "In the loop, z has four parts: price, volume, state and b_h. After it, w_y and b_y make the prediction.",
        ),
    ),
    "03.4": Exercise(
        right=np.array([10, 23]),
        mistakes={
            "The first number is too large: do you count the right ones, or look up the first two days?": [26, 23],
            "The first number is too large: 0.99 in place of 1 is no error of more than 0.1.": [23, 23],
            "The first number is too small: is your limit larger than 0.1?": [8, 23],
            "You found none that is wrong. Did you round the predictions to whole numbers?": [0, 23],
            "The second number is too small: all 81 histories count, with or without a rule for their end.": [10, 5],
            "The second number is too large: only the prediction after the last day counts.": [10, 65],
            "Both numbers are found, but in the other order. Begin with how many are wrong.": [23, 10],
            "These are the numbers for three-day histories.": [4, 8],
            "These are the numbers for five-day histories.": [32, 71],
            "You compared the states. A prediction is a state times w_y.": [9, 23],
            "These are shares. How many are there, as whole numbers?": [10 / 36, 23 / 81],
        },
        hints=(
            "itertools.product((0.0, 0.5, 1.0), repeat=4) makes all 81 histories.",
            "A history ends with the pair days[2:], and dict(STATLAND_RULES) has tomorrow's price for each such pair.",
            "A prediction y is wrong if abs(y - tomorrow) > 0.1; y is rnn_forward(days, STATLAND_WEIGHTS).y[-1].",
        ),
    ),
}

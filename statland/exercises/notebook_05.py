"""Training: what is right, and which mistakes are known."""

import numpy as np

from statland.diagnosis import Exercise


def train_bias(targets, rate, steps):
    """Return b_y after so many steps of gradient descent from 0, if every prediction is b_y."""
    return descent(slope, targets, rate, steps)


def slope(b_y, targets):
    """Return the slope of the loss along b_y."""
    return np.sum(2 * (b_y - targets))


def descent(slope, targets, rate, steps, b_y=0.0):
    """Return b_y after so many steps against this slope."""
    for _ in range(steps):
        b_y = b_y - rate * slope(b_y, targets)
    return b_y


def along(slope):
    """Return a training that takes this for the slope."""
    return lambda targets, rate, steps: descent(slope, targets, rate, steps)


def always_from_the_start(targets, rate, steps):
    """Return b_y if each step goes from 0, against the slope at the last b_y."""
    b_y = 0.0
    for _ in range(steps):
        b_y = -rate * slope(b_y, targets)
    return b_y


def one_by_one(targets, rate, steps):
    """Return b_y if there is a step after each target."""
    b_y = 0.0
    for target in np.tile(targets, steps):
        b_y = b_y - rate * slope(b_y, target)
    return b_y


def histories(rng):
    """Draw three or five targets, a rate, and a number of steps."""
    targets = rng.permutation(11)[: rng.choice([3, 5])] / 10
    return targets, float(rng.choice([0.02, 0.05, 0.4])), int(rng.integers(3, 6))


EXERCISES = {
    "05.3": Exercise(
        right=-0.12,
        near=1e-3,
        mistakes={
            "The size is right. Look at the sign: b_y is added, and the output has to come down to 0.": 0.12,
            "That makes day 1 right. But the prediction comes from day 2: go once more round the loop.": -0.24,
            "That is the output of day 1. The prediction comes from day 2.": 0.24,
            "The output is w_y times the state, plus b_y. You left out w_y.": -0.15,
            "That is the state after day 2. The question is which b_y makes the output 0.": 0.15,
            "That is b_h with the other sign. Follow the state through day 2, and then through w_y.": -0.3,
            "That is the state after day 1. Go on to day 2, and then to the output.": 0.3,
            "On day 2 the state is multiplied by w_h, and w_h is negative.": -0.36,
            "On day 2 the state is multiplied by w_h, which is negative; and after it comes w_y.": -0.45,
            "On its way to day 2 the state is multiplied by w_h. You left out w_h.": -0.48,
            "With 0 the output after (0, 0) is above 0. b_h works on day 2 as well.": 0.0,
            "With this b_y the network predicts 1 after (0, 0). Which price is right there?": 0.88,
            "You divided the state by w_y. The output is w_y times the state, plus b_y.": -0.1875,
        },
        hints=(
            "Both prices are 0, so w_x plays no part. After day 1 the unit holds b_h.",
            "On day 2 this state is multiplied by w_h, and b_h is added.",
            "The output is 0.8 times the state after day 2, plus b_y. It has to be 0.",
        ),
    ),
    "05.4": Exercise(
        right=train_bias,
        inputs=histories,
        near=1e-6,
        mistakes={
            "The errors are averaged. The loss adds them up, and so does its slope.": along(
                lambda b_y, targets: np.mean(2 * (b_y - targets))
            ),
            "The slope of a square has a 2 in it.": along(lambda b_y, targets: np.sum(b_y - targets)),
            "The slope of a square has a 2 in it; and the errors are added up, not averaged.": along(
                lambda b_y, targets: np.mean(b_y - targets)
            ),
            "It goes uphill. The error is the prediction minus the target, and a step goes against the slope.": along(
                lambda b_y, targets: -slope(b_y, targets)
            ),
            "It goes uphill, and the slope of a square has a 2 in it.": along(
                lambda b_y, targets: -np.sum(b_y - targets)
            ),
            "There is one step too few. `range(steps)` already stands for so many steps.": (
                lambda targets, rate, steps: train_bias(targets, rate, steps - 1)
            ),
            "There is one step too many. `range(steps)` already stands for so many steps.": (
                lambda targets, rate, steps: train_bias(targets, rate, steps + 1)
            ),
            "There is only one step, however many are asked for. Is there a loop, and does `return` stand after it?": (
                lambda targets, rate, steps: train_bias(targets, rate, 1)
            ),
            "Each step begins at 0 again. It has to begin where the last one ended.": always_from_the_start,
            "That is the mean of the targets. Each step only comes closer to it.": (
                lambda targets, rate, steps: np.mean(targets)
            ),
            "That is how far b_y still is from the mean of the targets. b_y itself is asked for.": (
                lambda targets, rate, steps: np.mean(targets) - train_bias(targets, rate, steps)
            ),
            "The rate is missing: a step is the rate times the slope.": (
                lambda targets, rate, steps: train_bias(targets, 1.0, steps)
            ),
            "There is a step after each target. Add up the slopes of all of them first, then step.": one_by_one,
            "There is a step after each target, and the slope of a square has a 2 in it.": (
                lambda targets, rate, steps: one_by_one(targets, rate / 2, steps)
            ),
            "Only the last target is learned. The loss adds up all of them.": along(
                lambda b_y, targets: slope(b_y, targets[-1])
            ),
            "Only the first target is learned. The loss adds up all of them.": along(
                lambda b_y, targets: slope(b_y, targets[0])
            ),
            "The step is the rate times the loss. It should be the rate times the slope of the loss.": along(
                lambda b_y, targets: np.sum((b_y - targets) ** 2)
            ),
            "The slope is that of four targets. How many are there here?": along(
                lambda b_y, targets: 8 * (b_y - np.mean(targets))
            ),
            "This takes 0.5 for the mean of the targets. Here there are other targets.": along(
                lambda b_y, targets: 2 * len(targets) * (b_y - 0.5)
            ),
            "That is the slope for our own four targets, with the mean 0.5. Here there are other ones.": along(
                lambda b_y, targets: 8 * (b_y - 0.5)
            ),
            "The slope is that of the start on every step. But it changes as b_y does.": along(
                lambda b_y, targets: slope(0.0, targets)
            ),
            "This begins at 0.5. Training begins with b_y at 0.": (
                lambda targets, rate, steps: descent(slope, targets, rate, steps, b_y=0.5)
            ),
            "That is the loss at the end. b_y is asked for.": (
                lambda targets, rate, steps: np.sum((train_bias(targets, rate, steps) - targets) ** 2)
            ),
        },
        hints=(
            "Every error is b_y - target. The slope of its square along b_y is 2 (b_y - target).",
            "The loss is a sum, so its slope is the sum of these: `np.sum(2 * (b_y - targets))`.",
            "Begin with `b_y = 0.0`. In a loop over `range(steps)`, take away rate times slope. Return after the loop.",
        ),
    ),
}

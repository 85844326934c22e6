"""Taming gradients: what is right, and which mistakes are known."""

import numpy as np
from numpy.linalg import norm

from statland.diagnosis import Exercise


def slopes_and_threshold(rng):
    """Draw slopes, and a threshold of one of four kinds: smaller than each slope; larger than each, but smaller than
    their norm; larger than the norm, but smaller than their sum; and larger than the sum. Signs do not count here.
    """
    kind, count = int(rng.integers(4)), int(rng.integers(3, 5))
    slopes = rng.permutation(np.resize([1.0, -1.0], count) * rng.choice(np.arange(4, 17), count, replace=False) / 4)
    if kind == 0 and slopes.sum() > 0:
        slopes = -slopes  # so that whoever compares the sum, and not the norm, finds it short
    largest, length, total = (norm(slopes, order) for order in (np.inf, 2, 1))
    thresholds = 0.5, (largest + length) / 2, (length + total) / 2, total + 1
    return slopes, round(float(thresholds[kind]), 2)


def clip(slopes, threshold):
    """Return the slopes, clipped by their norm."""
    return shortened(slopes, threshold, norm(slopes))


def shortened(slopes, threshold, size, compared=None):
    """Return the slopes, scaled by the threshold and their size, if this or what else is compared is above it."""
    return slopes * threshold / size if (size if compared is None else compared) > threshold else slopes


EXERCISES = {
    "07.1": Exercise(
        right=126,
        near=1e-3,
        mistakes={
            "Look at your rounding: after so many steps w_h is still a little above the line.": 125,
            "Count once more: this is one step too many. The start is before step 1.": 127,
            "That is how long one step is. How many of them lead from 1.3 to 0.986?": 0.0025,
            "There are no half steps. After which of them is w_h below the line?": 125.54,
            "That is right for the threshold 1. Here it is a quarter of that.": 32,
            "That is right for the threshold 1, and there are no half steps. Here it is a quarter of that.": 31.38,
            "The learning rate is missing: a step is rate times clipped slope. And there are no half steps.": 1.255,
            "The learning rate is missing: a step is the rate times the clipped slope.": 2,
            "You divided by the threshold, or by the rate. A step is the rate times the clipped slope.": 8,
            "Without clipping, one step is more than enough. But how long is a clipped step?": 1,
            "These are the steps from 1.225 on. The first 30 count as well.": 96,
            "This way ends at 1. The dashed line lies a little lower.": 120,
            "This way ends at 0. The dashed line comes much earlier.": 520,
            "You took 0.1 as the learning rate. It is 0.01.": 13,
            "You took 0.001 as the learning rate. It is 0.01.": 1256,
        },
        hints=(
            "On the whole way down the gradient is far longer than 0.25. How long is it after clipping?",
            "A step is the learning rate times the clipped slope. So all steps on the way are equally long.",
            "Divide the way from 1.3 to 0.986 by the length of a step. Then round up: there are no half steps.",
        ),
    ),
    "07.2": Exercise(
        right=clip,
        inputs=slopes_and_threshold,
        near=1e-6,
        mistakes={
            "Each slope is clipped for itself. That changes the gradient's direction: compare the ratio of slopes.": (
                lambda slopes, threshold: np.clip(slopes, -threshold, threshold)
            ),
            "Each slope is clipped for itself, and only from above. What becomes of a slope of -30?": (
                lambda slopes, threshold: np.minimum(slopes, threshold)
            ),
            "Every slope becomes as long as the threshold. But a small slope must stay smaller than a large one.": (
                lambda slopes, threshold: threshold * np.sign(slopes)
            ),
            "A gradient that is shorter than the threshold is made longer. Clipping leaves it alone.": (
                lambda slopes, threshold: slopes * threshold / norm(slopes)
            ),
            "It is the other way round: short gradients are made longer, and long ones come back whole.": (
                lambda slopes, threshold: slopes if norm(slopes) > threshold else slopes * threshold / norm(slopes)
            ),
            "The slopes come back as they were, however long the gradient is.": lambda slopes, threshold: slopes,
            "A long gradient is thrown away. Clipping keeps its direction and makes it as long as the threshold.": (
                lambda slopes, threshold: slopes * (norm(slopes) <= threshold)
            ),
            "The sign is lost. A slope of -30 must stay below zero.": lambda slopes, threshold: abs(
                clip(slopes, threshold)
            ),
            "The sign is turned around. Clipping keeps the direction; the step against it comes later.": (
                lambda slopes, threshold: -clip(slopes, threshold)
            ),
            "The root is missing: the norm is the root of the sum of squares.": (
                lambda slopes, threshold: shortened(slopes, threshold, norm(slopes) ** 2)
            ),
            "You divide by the square of the norm. How long is the gradient after that?": (
                lambda slopes, threshold: shortened(slopes, threshold, norm(slopes) ** 2, norm(slopes))
            ),
            "Your norm is the sum of the sizes. On a map, that is the way along the streets, not the straight one.": (
                lambda slopes, threshold: shortened(slopes, threshold, norm(slopes, 1))
            ),
            "Your norm is the sum of the sizes, and short gradients are scaled as well. When are they to stay?": (
                lambda slopes, threshold: slopes * threshold / norm(slopes, 1)
            ),
            "You took the largest slope for the norm, and short gradients are scaled as well. When are they to stay?": (
                lambda slopes, threshold: slopes * threshold / norm(slopes, np.inf)
            ),
            "You compare the norm, but you divide by the sum of the sizes. Use the norm in both places.": (
                lambda slopes, threshold: shortened(slopes, threshold, norm(slopes, 1), norm(slopes))
            ),
            "Your norm is the root of the mean of the squares. The norm takes their sum.": (
                lambda slopes, threshold: shortened(slopes, threshold, norm(slopes) / len(slopes) ** 0.5)
            ),
            "You took the largest slope for the norm. All slopes together make the norm.": (
                lambda slopes, threshold: shortened(slopes, threshold, norm(slopes, np.inf))
            ),
            "You divide by the norm, but what you compare is smaller than the norm. Use the norm in both places.": (
                lambda slopes, threshold: shortened(slopes, threshold, norm(slopes), norm(slopes, np.inf))
            ),
            "You divide by the norm, but what you compare is larger than the norm. Use the norm in both places.": (
                lambda slopes, threshold: shortened(slopes, threshold, norm(slopes), norm(slopes, 1))
            ),
            "The threshold is missing: any gradient becomes 1 long.": lambda slopes, threshold: slopes / norm(slopes),
            "A long gradient becomes 1 long. It should become as long as the threshold.": (
                lambda slopes, threshold: slopes / norm(slopes) if norm(slopes) > threshold else slopes
            ),
            "Long gradients are divided by the threshold. How long are they after that?": (
                lambda slopes, threshold: slopes / threshold if norm(slopes) > threshold else slopes
            ),
            "Long gradients are multiplied by the threshold alone. How long are they after that?": (
                lambda slopes, threshold: slopes * threshold if norm(slopes) > threshold else slopes
            ),
            "The factor is upside down: a long gradient becomes even longer.": (
                lambda slopes, threshold: slopes * norm(slopes) / threshold if norm(slopes) > threshold else slopes
            ),
        },
        hints=(
            "The norm is one number: the root of the sum of all squared slopes, np.linalg.norm(slopes).",
            "If the norm is not larger than the threshold, the slopes come back as they are.",
            "Otherwise all slopes are multiplied by the same number: the threshold divided by the norm.",
        ),
    ),
}

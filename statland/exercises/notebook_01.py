"""Stock prices: what is right, and which mistakes are known."""

from collections import Counter

import numpy as np

from statland.diagnosis import Exercise

W, X, TARGET, RATE = 3.0, 1.5, 1.0, 0.1  # of the gradient step
ERROR = W * X - TARGET
SLOPE = 2 * ERROR * X
STEPPED = W - RATE * SLOPE


def best(tomorrows):
    """Return the one prediction that makes the sum of the squared errors smallest."""
    return np.mean(tomorrows)


def most_common(tomorrows):
    return Counter(tomorrows.tolist()).most_common(1)[0][0]


def place_of_best(tomorrows):
    tried = np.linspace(0, 1, 101)
    return np.argmin(((tried[:, None] - tomorrows) ** 2).sum(axis=1))


MISTAKES_OF_BEST = {
    "That is the median. It makes the sum of the absolute errors smallest, not that of the squares.": np.median,
    "You went half way between the lowest and the highest. But the prices between them count, too.": lambda tomorrows: (
        (tomorrows.min() + tomorrows.max()) / 2
    ),
    "You always return 0.5. That is right for one 1 and one 0; here are other prices.": lambda tomorrows: 0.5,
    "That is the sum of the prices. Where the slope is 0, it also counts how many there are.": np.sum,
    "You divided by 2. That is right for two companies; how many are there?": lambda tomorrows: tomorrows.sum() / 2,
    "That is the most common price. The others pull as well, each by its distance.": most_common,
    "Equal prices count once in your function. Each of them has its own squared error.": lambda tomorrows: np.unique(
        tomorrows
    ).mean(),
    "You squared the prices. The errors are squared, and an error is p less a price.": lambda tomorrows: np.sqrt(
        np.mean(tomorrows**2)
    ),
    "That is the smallest sum. The prediction that leads to it is asked for.": lambda tomorrows: np.sum(
        (tomorrows - best(tomorrows)) ** 2
    ),
    "That is a place in your list of tries. What number stands in this place?": place_of_best,
    "You rounded to 0 or 1. The prediction may be any number between them.": lambda tomorrows: round(best(tomorrows)),
    "Only the first price counts in your function.": lambda tomorrows: tomorrows[0],
    "Only the last price counts in your function.": lambda tomorrows: tomorrows[-1],
}


SOME_PRICES = np.array(  # two of five are equal, and no two mistakes lead to the same
    [
        [0.2, 0.9, 0.8, 0.9, 0.0],
        [0.1, 0.7, 0.8, 0.8, 0.3],
        [1.0, 0.1, 0.2, 0.1, 0.8],
        [0.4, 0.3, 0.2, 0.2, 1.0],
        [0.7, 0.1, 0.3, 0.1, 1.0],
        [0.3, 0.9, 0.9, 0.8, 0.7],
        [1.0, 1.0, 1.0, 1.0, 1.0],  # the best prediction is at the end of what a search may try
        [0.0, 0.0, 0.0, 0.0, 0.0],
    ]
)


EXERCISES = {
    "01.1": Exercise(
        right=STEPPED,
        near=1e-3,
        mistakes={
            "You went up the slope. A step makes the loss smaller, so it goes against the slope.": W + RATE * SLOPE,
            "The square brings a factor with it when you take the slope: which?": W - RATE * SLOPE / 2,
            "The product inside the square brings a factor with it, too: which?": W - RATE * 2 * ERROR,
            "Your step is rate times error. The error is not yet the slope: two factors are missing.": W - RATE * ERROR,
            "You went by rate times loss. A step goes by the slope of the loss.": W - RATE * ERROR**2,
            "Your step is as long as the slope. How long is a step at the rate 0.1?": W - SLOPE,
            "That is the slope. The weight after the step is asked for.": SLOPE,
            "That is the length of the step. Where does the step lead?": RATE * SLOPE,
            "You took the weight for the output. The error is the output minus the target.": W
            - RATE * 2 * (W - TARGET) * X,
            "You used the target as the input. Which of the two numbers is multiplied by the weight?": (
                W - RATE * 2 * (W * TARGET - X) * TARGET
            ),
            "With this weight the loss is 0. One step at the rate 0.1 does not go so far.": TARGET / X,
            "That is the output after the step. The weight is asked for.": STEPPED * X,
            "That is the loss after the step. The weight is asked for.": (STEPPED * X - TARGET) ** 2,
            "That is the loss before the step. The weight after it is asked for.": ERROR**2,
            "That is the error before the step. The weight after it is asked for.": ERROR,
            "That is the weight after two steps.": STEPPED - RATE * 2 * (STEPPED * X - TARGET) * X,
        },
        hints=(
            "The output is weight times input. What is the error?",
            "The slope is 2 times the error times the input.",
            "The new weight is the old one, 3, less 0.1 times the slope.",
        ),
    ),
    "01.2": Exercise(
        right=0.45,
        mistakes={
            "0.9 is what the whole sum must be. What do yesterday and today bring, and which price is left?": 0.9,
            "You made the sum 0.99. But the sum is multiplied by 1.1 on its way to the prediction.": 0.54,
            "With this weight the prediction is 1. It should be 0.99.": 1 / 1.1 - 0.45,
            "0.495 is missing in the prediction. How much is missing in the sum, before the factor 1.1?": 0.495,
            "That would be for a price of 0.5. The first price of the older company meets the new weight.": 1.8,
            "With this weight the sum is 1.8, twice what it must be. What do yesterday and today bring together?": 1.35,
            "With 0 it is the old network: it predicts 0.495.": 0.0,
            "With this weight the sum is 0, and ReLU is shut. Should the new weight add or take away?": -0.45,
            "That is the prediction that we want. How large is the sum then, with all three prices?": 0.99,
        },
        hints=(
            "What do yesterday and today bring to the sum, with -0.9 and 1.8?",
            "Times 1.1 the sum must be 0.99. How large must the sum be?",
            "The new weight meets a price of 1. It brings what is missing in the sum.",
        ),
    ),
    "01.4": Exercise(
        right=best,
        inputs=lambda rng: (rng.choice(SOME_PRICES),),
        mistakes=MISTAKES_OF_BEST,
        hints=(
            "The slope of (p - t)² along p is 2 (p - t). Add such a slope for each price t.",
            "Where the sum is smallest, its slope is 0: the sum of all (p - t) is 0. How often does p stand in it?",
            "So p times the number of prices is the sum of the prices.",
        ),
    ),
}

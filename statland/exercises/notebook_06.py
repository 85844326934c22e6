"""Vanishing and exploding gradients: what is right, and which mistakes are known."""

from statland.diagnosis import Exercise
from statland.prices import STATLAND_WEIGHTS

W_X, W_Y = STATLAND_WEIGHTS.w_x, STATLAND_WEIGHTS.w_y


def predicted(w_h, days):
    """Return the prediction if only day 1 has a price, 1."""
    return W_Y * W_X * w_h ** (days - 1)


def slope(w_h, days):
    """Return dL/dw_h of its squared error, if the target is 1."""
    return 2 * (predicted(w_h, days) - 1) * W_Y * W_X * (days - 1) * w_h ** (days - 2)


EXERCISES = {
    "06.1": Exercise(
        right=0.5 ** (1 / 49),
        near=1e-4,
        mistakes={
            "That is the 50th root. How often do 50 days pass the loop?": 0.5 ** (1 / 50),
            "That is the 48th root. How often do 50 days pass the loop?": 0.5 ** (1 / 48),
            "With this weight one hundredth is left, not one half.": 0.01 ** (1 / 49),
            "You took the power. This much is left of day 1 when w_h is 0.5; the question goes the other way.": 0.5**49,
            "You took the same amount away on each pass. But each pass takes a share of what is left.": 1 - 0.5 / 49,
            "You shared the half out among the passes. But the passes multiply.": 0.5 / 49,
            "With this weight day 1 is doubled: it has to shrink.": 2 ** (1 / 49),
            "One half is what shall be left after all passes, not after each one.": 0.5,
        },
        hints=(
            "Write what is left of day 1 as a power of w_h. How often do 50 days pass the loop?",
            "The power of w_h must be 0.5. To undo a power, take a root.",
            "The nth root of a number is number ** (1 / n).",
        ),
    ),
    "06.4": Exercise(
        right=slope,
        inputs=lambda rng: (float(rng.choice([0.8, 0.9, 1.1, 1.2])), int(rng.integers(2, 12))),
        near=1e-6,
        mistakes={
            "The power must come down as a factor: it is the number of passes.": lambda w_h, days: (
                slope(w_h, days) / (days - 1)
            ),
            "A derivative takes 1 away from the power.": lambda w_h, days: slope(w_h, days) * w_h,
            "Your history has one pass too many: how often do its days pass the loop?": lambda w_h, days: slope(
                w_h, days + 1
            ),
            "The factor that comes down is the number of passes, not the number of days.": lambda w_h, days: (
                slope(w_h, days) * days / (days - 1)
            ),
            "The loss is a square: its derivative brings a 2 with it.": lambda w_h, days: slope(w_h, days) / 2,
            "The sign is the other way round: the error is the prediction minus the target.": lambda w_h, days: (
                -slope(w_h, days)
            ),
            "The target is missing in the error.": lambda w_h, days: (
                slope(w_h, days) * predicted(w_h, days) / (predicted(w_h, days) - 1)
            ),
            "That is the slope of the prediction. The loss is its squared error.": lambda w_h, days: (
                slope(w_h, days) / (2 * (predicted(w_h, days) - 1))
            ),
            "w_y is missing in the slope of the prediction.": lambda w_h, days: slope(w_h, days) / W_Y,
            "w_x is missing in the slope of the prediction.": lambda w_h, days: slope(w_h, days) / W_X,
            "w_x and w_y are missing in the slope of the prediction.": lambda w_h, days: slope(w_h, days) / (W_X * W_Y),
            "That is the loss itself. Its derivative by w_h is asked for.": lambda w_h, days: (
                (predicted(w_h, days) - 1) ** 2
            ),
        },
        hints=(
            "The loss is (y - 1)². Its derivative by w_h is 2 (y - 1) times the derivative of y.",
            "y is w_y w_x times a power of w_h. Its derivative brings the power down, and takes 1 away.",
            "With n passes, the derivative of w_h ** n is n * w_h ** (n - 1). Put it together with the first hint.",
        ),
    ),
}

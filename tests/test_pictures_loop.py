"""The loop diagram and the four rules, against numbers worked out by hand."""

import numpy as np
import pytest

from statland.pictures.loop import Loop
from statland.pictures.rules import TOP, Rules, errors


def written(picture, *names):
    return [getattr(picture, name).get_text() for name in names]


def test_every_number_of_today_stands_on_its_arrow():
    picture = Loop()
    picture.update(w_h=-0.5, rule=3)
    assert written(picture, "x", "from_x", "from_h", "z", "h", "to_y", "y") == [
        "0.5",
        "1.8 × 0.5 = 0.9",
        "-0.5 × 1.8 = -0.9",
        "0",
        "0",
        "1.1 × 0 = 0",
        "0",
    ]
    assert written(picture, "relu", "yesterday") == [
        "ReLU: shut",
        "1.8 × 1 + -0.5 × 0 = 1.8, so the unit hands on h = 1.8",
    ]


def test_an_open_unit_hands_on_its_sum():
    picture = Loop()
    sentence = picture.update(w_h=0.25, rule=4)  # 1.8 + 0.25 * 1.8 = 2.25, times 1.1 is 2.475
    assert written(picture, "from_h", "z", "relu", "h", "to_y", "y") == [
        "0.25 × 1.8 = 0.45",
        "2.25",
        "ReLU: open",
        "2.25",
        "1.1 × 2.25 = 2.475",
        "2.475",
    ]
    assert sentence == (
        "w_h = 0.25, yesterday high, today high: z = 1.8 + 0.45 = 2.25, the prediction is 2.475; "
        "the rule says 1: wrong."
    )


@pytest.mark.parametrize(("rule", "days"), [(1, "low, today low"), (2, "low, today medium"), (3, "high, today medium")])
def test_each_choice_names_its_two_days_and_is_right_with_the_published_weight(rule, days):
    sentence = Loop().update(w_h=-0.5, rule=rule)
    assert f"yesterday {days}:" in sentence
    assert sentence.endswith(": right.")


def test_after_a_low_yesterday_the_loop_changes_no_prediction():
    picture = Loop()
    for rule, prediction in ((1, "0"), (2, "0.99")):
        for w_h in (-2.0, -0.5, 0.0, 2.0):
            picture.update(w_h, rule)
            assert picture.y.get_text() == prediction


@pytest.mark.parametrize(
    ("w_h", "error"),
    [(-2.0, "1.0001"), (-1.5, "1.0001"), (-0.5, "0.0002"), (0.0, "1.9406"), (1.0, "17.58"), (2.0, "48.91")],
)
def test_the_summed_squared_error_is_the_published_one(w_h, error):
    picture = Rules()
    assert picture.update(w_h).endswith(f"the squared errors add up to {error}.")
    assert picture.error.get_text() == error


def test_the_error_curve_is_the_sum_of_four_squares():
    w_h = np.linspace(-2, 2, 81)
    third, fourth = (1.1 * np.maximum(x + 1.8 * w_h, 0) for x in (0.9, 1.8))
    assert errors(w_h) == pytest.approx(0.01**2 + third**2 + (fourth - 1) ** 2, abs=1e-12)


@pytest.mark.parametrize(
    ("w_h", "right", "words"),
    [
        (-0.5, 4, "all four rules are right;"),
        (-0.45, 4, "all four rules are right;"),  # 1.1 * 0.09 = 0.099 is still within 0.1
        (-0.55, 3, "3 of 4 rules are right, the prediction is wrong after high, high;"),
        (-2.0, 3, "3 of 4 rules are right, the prediction is wrong after high, high;"),
        (0.0, 2, "2 of 4 rules are right, the prediction is wrong after high, medium and after high, high;"),
    ],
)
def test_each_row_says_right_or_wrong(w_h, right, words):
    picture = Rules()
    assert f"w_h = {w_h:g}: {words}" in picture.update(w_h)
    verdicts = [verdict.get_text() for verdict in picture.verdicts]
    assert sum(verdict.endswith(" right") for verdict in verdicts) == right
    assert sum(verdict.endswith(" wrong") for verdict in verdicts) == 4 - right


def test_the_predictions_stand_in_their_rows():
    picture = Rules()
    picture.update(0.0)
    x, rows = picture.predictions.get_data()
    assert x == pytest.approx([0.0, 0.99, 0.99, 1.98])
    assert list(rows) == [3, 2, 1, 0]


def test_an_error_above_the_axis_has_a_mark_of_its_own():
    picture = Rules()
    picture.update(0.0)
    assert picture.point.get_data() == ([0.0], pytest.approx([1.9406]))
    assert picture.above.get_data() == ([], [])
    picture.update(1.0)
    assert picture.above.get_data() == ([1.0], [TOP])
    assert picture.point.get_data() == ([], [])

"""The picture of the feedback loop, against numbers worked out by hand."""

import pytest
from course import places, written

from statland.pictures.loop import Loop

SHUT = ["0.5", "1.8 × 0.5 = 0.9", "-0.5 × 1.8 = -0.9", "0", "ReLU: shut", "0", "1.1 × 0 = 0", "0"]
OPEN = ["1", "1.8 × 1 = 1.8", "0.25 × 1.8 = 0.45", "2.25", "ReLU: open", "2.25", "1.1 × 2.25 = 2.475", "2.475"]


@pytest.mark.parametrize(("w_h", "rule", "today"), [(-0.5, 3, SHUT), (0.25, 4, OPEN)])
def test_every_number_of_today_stands_on_its_arrow_and_yesterday_above_them(w_h, rule, today):
    picture = Loop()
    picture.update(w_h, rule)
    assert written(picture.figure)[9:] == [f"1.8 × 1 + {w_h} × 0 = 1.8, so the unit hands on h = 1.8", *today]


@pytest.mark.parametrize(
    ("w_h", "rule", "days", "words"),
    [
        (0.25, 4, "high, today high", "1.8 + 0.45 = 2.25, the prediction is 2.475; the rule says 1: wrong."),
        (-0.5, 3, "high, today medium", "0.9 - 0.9 = 0, the prediction is 0; the rule says 0: right."),
        (2.0, 2, "low, today medium", "0.9 + 0 = 0.9, the prediction is 0.99; the rule says 1: right."),
        (-2.0, 1, "low, today low", "0 + 0 = 0, the prediction is 0; the rule says 0: right."),
    ],
)
def test_the_sentence_compares_with_the_rule_and_a_low_yesterday_leaves_the_loop_nothing(w_h, rule, days, words):
    assert Loop().update(w_h, rule) == f"w_h = {w_h:g}, yesterday {days}: z = {words}"


@pytest.mark.parametrize(("w_h", "rule", "z"), [(-2.0, 3, -2.7), (-0.5, 1, 0.0), (0.25, 4, 2.25), (2.0, 4, 5.4)])
def test_the_dot_stands_on_the_little_relu_at_the_sum_and_only_an_open_unit_is_filled(w_h, rule, z):
    picture = Loop()
    picture.update(1.0, 4)  # open: nothing of it may stay
    picture.update(w_h, rule)
    _, corner, top = picture.figure.axes[0].lines[0].get_xydata()  # at z = 0 and at z = 6
    assert places(picture.dot, 15)[0] == pytest.approx(corner + (top - corner) / 6 * [z, max(z, 0)])
    assert len(places(picture.open, 37)) == (z > 0)

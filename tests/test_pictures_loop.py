"""The loop diagram and the four rules, against numbers worked out by hand."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from statland.pictures.loop import LOOP, RELU, ROW, SUM, H, Loop, X, Y
from statland.pictures.rules import TOP, Rules, errors


def written(picture, *names):
    return [getattr(picture, name).get_text() for name in names]


def center(shape):
    return shape.get_path().vertices[:-1].mean(axis=0)  # the last corner is the first one again


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


@pytest.mark.parametrize(
    ("w_h", "rule", "z"),
    [(-2.0, 4, -1.8), (-2.0, 3, -2.7), (-0.5, 1, 0.0), (0.25, 4, 2.25), (2.0, 4, 5.4)],
)
def test_the_dot_stands_on_the_little_relu_above_the_sum_and_only_an_open_unit_is_filled(w_h, rule, z):
    picture = Loop()
    picture.update(w_h=1.0, rule=4)  # open: nothing of it may stay
    picture.update(w_h, rule)
    low, kink, high = picture.figure.axes[0].lines[0].get_xydata()
    assert low == pytest.approx([RELU - 32, ROW - 20])
    assert kink - low == pytest.approx([3 * 64 / 9, 0])  # three units of z to the left, flat
    assert high - kink == pytest.approx([6 * 64 / 9, 42])  # six to the right, rising by 7 points each
    assert center(picture.dot) - kink == pytest.approx([z * 64 / 9, 7 * max(z, 0)])
    assert to_hex(picture.dot.get_facecolor()) == to_hex(picture.open.get_facecolor()) == "#009e73"
    if z > 0:
        assert center(picture.open) == pytest.approx([H, ROW])
    else:
        assert len(picture.open.get_path().vertices) == 0


def test_after_a_low_yesterday_the_loop_changes_no_prediction():
    picture = Loop()
    for rule, prediction in ((1, "0"), (2, "0.99")):
        for w_h in (-2.0, -0.5, 0.0, 2.0):
            picture.update(w_h, rule)
            assert picture.y.get_text() == prediction


def test_every_word_of_the_loop_stands_at_its_station_or_arrow():
    picture = Loop()
    picture.update(w_h=0.25, rule=4)
    there = {tuple(t.get_position()): t.get_text() for t in picture.figure.findobj(Text) if t.get_text()}
    assert there == {
        (20, 283): "yesterday",
        (110, 283): "1.8 × 1 + 0.25 × 0 = 1.8, so the unit hands on h = 1.8",
        (20, LOOP + 16): "today",
        (X, ROW): "1",
        (X, ROW - 46): "price today",
        ((X + SUM) / 2, ROW + 16): "1.8 × 1 = 1.8",
        ((X + SUM) / 2, ROW - 16): "w_x × price",
        (SUM, ROW): "2.25",
        (SUM, ROW - 46): "sum z",
        ((SUM + H) / 2, LOOP + 16): "0.25 × 1.8 = 0.45",
        ((SUM + H) / 2, LOOP - 16): "w_h × h of yesterday",
        (RELU, ROW - 44): "ReLU: open",
        (H, ROW): "2.25",
        (H, ROW - 46): "state h",
        ((H + Y) / 2, ROW + 16): "1.1 × 2.25 = 2.475",
        ((H + Y) / 2, ROW - 16): "w_y × h",
        (Y, ROW - 46): "2.475",
        (Y, ROW - 66): "prediction y",
    }


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


@pytest.mark.parametrize(
    ("w_h", "predicted", "verdicts"),
    [  # 1.1 * 0.9 = 0.99 in row 2; rows 3 and 4: 1.1 * (0.9 + 1.8 w_h) and 1.1 * (1.8 + 1.8 w_h), never below 0
        (-0.5, [0, 0.99, 0, 0.99], ["0 ✓ right", "0.99 ✓ right", "0 ✓ right", "0.99 ✓ right"]),
        (0.0, [0, 0.99, 0.99, 1.98], ["0 ✓ right", "0.99 ✓ right", "0.99 ✗ wrong", "1.98 ✗ wrong"]),
        (1.0, [0, 0.99, 2.97, 3.96], ["0 ✓ right", "0.99 ✓ right", "2.97 ✗ wrong", "3.96 ✗ wrong"]),
    ],
)
def test_a_gap_joins_each_prediction_to_its_hollow_answer_and_the_row_says_its_number(w_h, predicted, verdicts):
    picture = Rules()
    picture.update(0.5)  # nothing of it may stay
    picture.update(w_h)
    targets = picture.figure.axes[0].lines[1]
    assert targets.get_xydata().tolist() == [[0, 3], [1, 2], [0, 1], [1, 0]]
    assert (targets.get_marker(), targets.get_markerfacecolor(), targets.get_animated()) == ("^", "white", False)
    assert picture.predictions.get_markerfacecolor() == "#CC79A7"
    assert picture.predictions.get_xdata() == pytest.approx(predicted)
    x, rows = picture.gaps.get_data()
    ends = np.reshape(x, (4, 3))
    assert ends[:, :2] == pytest.approx(np.column_stack([[0, 1, 0, 1], predicted]))
    assert np.isnan(ends[:, 2]).all()  # no line from row to row
    assert list(rows) == [3, 3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0]
    assert [(verdict.get_position()[1], verdict.get_text()) for verdict in picture.verdicts] == list(
        zip([3, 2, 1, 0], verdicts, strict=True)
    )
    names = [label.get_text() for label in picture.figure.axes[0].get_yticklabels()]
    assert names == ["low, low", "low, medium", "high, medium", "high, high"]
    assert list(picture.figure.axes[0].get_yticks()) == [3, 2, 1, 0]


def test_the_drawn_curve_is_the_error_as_far_as_it_stays_below_six():
    w_h, error = Rules().figure.axes[1].lines[0].get_data()
    third, fourth = (1.1 * np.maximum(x + 1.8 * w_h, 0) for x in (0.9, 1.8))
    assert error == pytest.approx(0.01**2 + third**2 + (fourth - 1) ** 2, abs=1e-12)
    assert (w_h[0], w_h[-1]) == pytest.approx((-2.0, 0.37))  # 5.90 at 0.37, 6.04 at 0.38
    assert np.diff(w_h) == pytest.approx(0.01)


def test_an_error_above_the_axis_has_a_mark_of_its_own():
    picture = Rules()
    picture.update(0.0)
    assert picture.point.get_data() == ([0.0], pytest.approx([1.9406]))
    assert picture.above.get_data() == ([], [])
    picture.update(1.0)
    assert picture.above.get_data() == ([1.0], [TOP])
    assert picture.point.get_data() == ([], [])

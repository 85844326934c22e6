"""Gradient descent on w_h alone, where the prediction is 1.98 w_h^(days - 1) and the target 1."""

import numpy as np
import pytest

from statland.pictures.descent import Descent


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"start": 0.5, "rate": 0.1}, "after 30 steps w_h is 0.5 and the loss 1: it stands still."),
        ({"start": 1.05}, "step 1 leaps over the minimum, from 1.05 to -415.2, where the unit is shut and"),
        ({"start": 0.97, "rate": 0.0001}, "after 30 steps w_h is 0.9862 and the loss 2.9e-16: the minimum is found."),
        ({"start": 0.9, "rate": 0.0001}, "it has not arrived."),
        ({"start": 0.0}, "the unit is shut, the gradient exactly 0: w_h stays, and so does the loss of 1."),
        ({"start": 0.9, "days": 2, "rate": 0.25}, "rate 0.25: it steps to and fro over the minimum, between w_h = "),
    ],
)
def test_the_descent_stands_still_leaps_swings_or_arrives(values, words):
    assert words in Descent().update(**values)


def test_curve_and_steps_are_those_worked_out_by_hand():
    picture, w_h = Descent(), [0.9]
    picture.update(start=0.9, days=2, rate=0.1)
    for _ in range(30):
        w_h.append(w_h[-1] - 0.1 * 2 * (1.98 * w_h[-1] - 1) * 1.98)
    assert picture.trail.way.get_xdata() == pytest.approx(w_h)
    for x, y in (picture.trail.way.get_data(), picture.curve.get_data()):
        assert 10**y == pytest.approx(np.maximum((1.98 * np.maximum(x, 0) - 1) ** 2, 1e-4))
    assert picture.end.get_text() == f"w_h: 0.9 → {w_h[-1]:.4g}"


@pytest.mark.parametrize(
    ("values", "marks"),
    [({}, {"D": 30}), ({"start": 1.05}, {"<": 30}), ({"start": 0.9}, {"D": 3, "<": 27}), ({"start": 0.0}, {"D": 30})],
)
def test_below_every_step_has_its_mark_also_after_the_last_that_moves_w_h(values, marks):
    picture = Descent()
    picture.update(**values)
    shown = {mark: len(line.get_xdata()) for mark, line in picture.column.marks.items() if len(line.get_xdata())}
    assert shown == marks
    assert picture.column.way.get_ydata().tolist() == list(range(0, -31, -1)), "the start, and a row for each step"
    if not values:
        assert np.ptp(picture.column.way.get_xdata()) < 1e-9, "a column: no step moves it"


@pytest.mark.parametrize("days", [2, 10, 50])
def test_on_the_dashed_line_the_prediction_is_right(days):
    picture = Descent()
    picture.update(days=days)
    for goal in picture.goals:
        assert 1.98 * np.array(goal.get_xdata()) ** (days - 1) == pytest.approx([1, 1])


def test_a_start_on_the_wall_stands_on_the_curve_and_its_step_leaves_on_the_left():
    picture = Descent()
    picture.update(start=1.3)
    start, end = zip(*picture.trail.way.get_data(), strict=True)
    assert start == pytest.approx((1.3, np.log10((1.98 * 1.3**49 - 1) ** 2)))
    assert end == pytest.approx((picture.curve.axes.get_xlim()[0], 0)), "the loss of a shut unit is 1"
    assert len(picture.trail.marks["<"].get_xdata()) == 1


def test_the_curve_reaches_as_deep_as_the_descent():
    picture = Descent()
    picture.update(start=0.97, rate=0.0001)
    assert picture.curve.get_ydata().min() == picture.trail.way.get_ydata().min() == -4

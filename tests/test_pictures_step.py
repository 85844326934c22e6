"""What the picture of gradient steps draws and says, against numbers worked out without it."""

from dataclasses import replace

import numpy as np
import pytest

from statland.pictures.step import START, GradientStep, loss_and_gradient


@pytest.mark.parametrize("w", [-4.0, 0.0, 2.0, 6.0])
def test_the_loss_is_a_squared_error_and_its_slope_is_twice_the_error_times_the_input(w):
    loss, grads = loss_and_gradient(replace(START, w_y=w))
    assert loss == pytest.approx((0.5 * w - 1) ** 2)
    assert grads.w_y == pytest.approx(2 * (0.5 * w - 1) * 0.5)


@pytest.mark.parametrize("rate", [0.1, 1.0, 3.0, 4.0])
def test_each_step_multiplies_the_way_that_is_left_by_the_same_number(rate):
    picture = GradientStep()
    picture.update(10, rate)
    w, loss = picture.marks["D"].get_data()
    left = [4 * (1 - 0.5 * rate) ** k for k in range(1, 11)]  # 2 * 0.5 * 0.5 is the slope of the slope
    assert w == pytest.approx([2 + way for way in left])
    assert loss == pytest.approx([(0.5 * way) ** 2 for way in left])


def test_the_dashed_line_has_the_slope_of_the_valley():
    picture = GradientStep()
    picture.update(1, 1.0)
    (left, right), (low, high) = picture.tangent.get_data()
    assert (high - low) / (right - left) == pytest.approx(1)  # 2 * (0.5 * 4 - 1) * 0.5
    assert ((left + right) / 2, (low + high) / 2) == pytest.approx((4, 1))


@pytest.mark.parametrize(
    ("steps", "rate", "words"),
    [
        (0, 1.0, "steps = 0, rate = 1: w is 6, the loss 4, the slope 2: this is the start."),
        (1, 1.0, "w is 4, the loss 1, the slope 1: still on the way down."),
        (10, 0.1, "w is 4.395, the loss 1.434, the slope 1.197: still on the way down."),
        (1, 2.0, "w is 2, the loss 0, the slope 0: the lowest point is reached."),
        (10, 1.0, "the lowest point is reached."),
        (2, 3.0, "w is 3, the loss 0.25, the slope 0.5: each step leaps over the lowest point, but ends lower."),
        (10, 4.0, "w is 6, the loss 4, the slope 2: it leaps from side to side and gets no lower."),
        (1, 5.0, "w is -4, the loss 9, the slope -3: each step leaps over the lowest point and ends higher."),
    ],
)
def test_a_small_rate_is_on_its_way_a_good_one_arrives_and_a_large_one_leaps(steps, rate, words):
    assert GradientStep().update(steps, rate).endswith(words)


def test_steps_outside_the_picture_are_marked_at_its_edge():
    picture = GradientStep()
    picture.update(3, 5.0)  # 6, -4, 11, -11.5
    assert list(picture.marks["D"].get_xdata()) == [-4]
    assert len(picture.marks[">"].get_xdata()) == len(picture.marks["<"].get_xdata()) == 1
    assert len(picture.now.get_xdata()) == 0


def test_the_valley_is_half_the_weight_less_one_squared():
    picture = GradientStep()
    (valley,) = (line for line in picture.way.axes.lines if not line.get_animated())
    w, loss = valley.get_data()
    assert (w[0], w[-1]) == picture.way.axes.get_xlim() == (-4.5, 8.5)
    assert loss == pytest.approx((0.5 * w - 1) ** 2)


def test_way_start_and_diamonds_stand_where_the_steps_lead():
    picture = GradientStep()
    picture.update(2, 1.0)  # 6, 4, 3
    assert picture.way.get_xydata() == pytest.approx(np.array([(6, 4), (4, 1), (3, 0.25)]))
    assert picture.start.get_xydata() == pytest.approx(np.array([(6, 4)]))
    assert picture.marks["D"].get_xydata() == pytest.approx(np.array([(4, 1), (3, 0.25)]))
    assert picture.now.get_xydata() == pytest.approx(np.array([(3, 0.25)]))
    assert (picture.start.get_marker(), picture.start.get_markerfacecolor()) == ("o", "white")
    assert picture.now.get_marker() == "D"
    assert picture.tangent.is_dashed()


def test_at_the_start_there_is_only_the_circle_and_its_slope():
    picture = GradientStep()
    picture.update(2, 1.0)
    picture.update(0, 1.0)
    assert picture.start.get_xydata() == pytest.approx(np.array([(6, 4)]))
    assert [len(mark.get_xdata()) for mark in (picture.now, *picture.marks.values())] == [0, 0, 0, 0]
    (left, right), (low, high) = picture.tangent.get_data()
    assert (high - low) / (right - left) == pytest.approx(2)  # 2 * (0.5 * 6 - 1) * 0.5


def test_the_way_and_the_arrowheads_end_at_the_edges_that_the_steps_leap_over():
    picture = GradientStep()
    picture.update(3, 5.0)  # 6, -4, 11, -11.5, with the losses 4, 9, 20.25, 45.5625
    assert picture.way.get_xydata().tolist() == [[6, 4], [-4, 9], [8.5, 11], [-4.5, 11]]
    assert picture.way.axes.get_ylim()[1] == 11
    assert picture.marks[">"].get_xydata().tolist() == [[8.5, 11]]
    assert picture.marks["<"].get_xydata().tolist() == [[-4.5, 11]]
    assert all(mark.get_marker() == name for name, mark in picture.marks.items())
    assert len(picture.tangent.get_xdata()) == 0

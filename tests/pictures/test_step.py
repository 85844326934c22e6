"""The picture of gradient steps, against numbers worked out without it: loss (0.5 w - 1)², slope 0.5 w - 1."""

import numpy as np
import pytest

from statland.pictures.step import GradientStep


@pytest.mark.parametrize("rate", [0.1, 1.0, 3.0, 4.0])
def test_each_step_multiplies_the_way_that_is_left_by_the_same_number(rate):
    picture = GradientStep()
    picture.update(10, rate)
    way = 4 * (1 - 0.5 * rate) ** np.arange(11)  # the slope of the slope is 0.5
    assert picture.trail.way.get_xydata() == pytest.approx(np.column_stack([2 + way, (0.5 * way) ** 2]))
    (left, low), (right, high) = picture.tangent.get_xydata()
    assert (high - low) / (right - left) == pytest.approx(0.5 * way[-1])
    w, loss = picture.figure.axes[0].lines[0].get_data()
    assert loss == pytest.approx((0.5 * w - 1) ** 2), "the valley"


@pytest.mark.parametrize(
    ("steps", "rate", "words"),
    [
        (0, 1.0, "steps = 0, rate = 1: w is 6, the loss 4, the slope 2: this is the start."),
        (10, 0.1, "the loss 1.434, the slope 1.197: still on the way down."),
        (1, 2.0, "w is 2, the loss 0, the slope 0: the lowest point is reached."),
        (2, 3.0, "w is 3, the loss 0.25, the slope 0.5: each step leaps over the lowest point, but ends lower."),
        (10, 4.0, "w is 6, the loss 4, the slope 2: it leaps from side to side and gets no lower."),
        (10, 5.0, "the loss 13,301, the slope 115.33: each step leaps over the lowest point and ends higher."),
    ],
)
def test_a_small_rate_is_on_its_way_a_good_one_arrives_and_a_large_one_leaps(steps, rate, words):
    assert GradientStep().update(steps, rate).endswith(words)


def test_steps_outside_the_picture_are_marked_at_its_edge():
    picture = GradientStep()
    picture.update(3, 5.0)  # 6, -4, 11, -11.5, with the losses 4, 9, 20.25, 45.5625
    shown = {marker: points.get_xydata().tolist() for marker, points in picture.trail.marks.items()}
    assert shown == {"D": [[-4, 9]], "<": [[-4.5, 11]], "^": [], ">": [[8.5, 11]]}
    assert len(picture.now.get_xdata()) == len(picture.tangent.get_xdata()) == 0

"""Below zero: medium prices, so the unit takes in 0.9 a day, and w_h times yesterday's state."""

import numpy as np
import pytest
from course import corners, places

from statland.pictures.below_zero import BelowZero


@pytest.mark.parametrize("w_h", [-0.95, -0.3])
def test_above_minus_one_no_day_is_shut_and_the_sign_turns_each_day(w_h):
    picture = BelowZero()
    assert picture.update(w_h).endswith("the unit is shut on no day.")
    bars = corners(picture.gradient, 4)
    assert bars[:, 1, 1] == pytest.approx(w_h ** np.arange(8.0, -1.0, -1.0)), "from day 1 to day 9"
    assert not len(places(picture.nodes.shut, 25))


@pytest.mark.parametrize("w_h", [-1.0, -1.5, -2.0])
def test_from_minus_one_on_every_second_day_is_shut_and_nothing_gets_past_it(w_h):
    picture = BelowZero()
    assert picture.update(w_h) == f"w_h = {w_h:g}: the gradient of day 1 is exactly 0; " + (
        "the unit is shut on days 2, 4, 6, 8."
    )
    assert corners(picture.held, 4)[:, 1, 1] == pytest.approx([0.9 + w_h * 0.9] * 4)
    assert corners(picture.z, 4)[:, 1, 1] == pytest.approx([0.9] * 5)
    assert len(places(picture.nodes.shut, 25)) == 4
    assert picture.nothing.get_xdata().tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert corners(picture.gradient, 4)[-2:, 1, 1].tolist() == [w_h, 1]

"""The heart, against powers of the feedback weight."""

import numpy as np
import pytest
from course import corners, places

from statland.pictures.gradients import THICK, THICKEST, Gradients
from statland.pictures.parts import DECADE, ZERO


@pytest.mark.parametrize(
    ("w_h", "days", "words"),
    [
        (2.0, 50, "is 562,949,953,421,312 times larger when it reaches day 50: the gradient explodes."),
        (0.5, 50, "is shrunk to 1.776e-15 of its size when it reaches day 50: the gradient vanishes."),
        (-0.8, 8, "is shrunk to 0.2097 of its size when it reaches day 8, its sign turned: the gradient shrinks."),
        (1.1, 10, "is 2.358 times larger when it reaches day 10: the gradient grows."),
        (1.0, 50, "is unchanged when it reaches day 50: the gradient stays."),
        (0.0, 50, "leaves exactly nothing on day 50: w_h cuts the loop."),
        (-1.2, 50, "leaves exactly nothing on day 50: nothing gets past day 50, when the unit is shut."),
    ],
)
def test_the_sentence_says_what_is_left_of_a_change_on_day_1(w_h, days, words):
    assert Gradients().update(w_h, days) == f"w_h = {w_h:g}: a change on day 1 {words}"


@pytest.mark.parametrize(("w_h", "days"), [(0.05, 50), (0.5, 4), (1.2, 6), (2.0, 50)])
def test_each_day_back_multiplies_the_height_and_the_thickness_by_the_feedback_weight(w_h, days):
    picture, gradient = Gradients(), w_h ** np.arange(days - 1.0, -1.0, -1.0)
    picture.update(w_h, days)
    shown = DECADE * np.log10(gradient[gradient > 1e-16])
    assert places(picture.marks.positive, 4)[:, 1] == pytest.approx(shown, abs=1e-9)
    thickness = np.minimum(THICK * gradient[:-1], THICKEST)
    assert np.ptp(corners(picture.arrows, 7)[:, [0, -1], 1], axis=1) == pytest.approx(thickness[thickness > 0.05])


def test_from_minus_one_on_every_second_day_is_shut_and_nothing_gets_past_it():
    picture = Gradients()
    picture.update(-1.0, 9)
    assert len(places(picture.nodes.shut, 26)) == 4
    assert places(picture.marks.zero, 6)[:, 1].tolist() == [DECADE * ZERO] * 7

"""Hundreds of days, against the powers of two that three kinds of numbers hold."""

import numpy as np
import pytest
from course import corners

from statland.pictures.limits import INF, ZERO, FloatLimits


@pytest.mark.parametrize(
    ("w_h", "kind", "held", "row", "end"),
    [
        (2.0, "float64", 1024, INF, "inf: too large"),
        (0.5, "float64", 1075, ZERO, "exactly 0: too small"),
        (0.5, "float32", 150, ZERO, "exactly 0: too small"),
        (2.0, "float16", 16, INF, "inf: too large"),
        (0.5, "float16", 25, ZERO, "exactly 0: too small"),
    ],
)
def test_line_crosses_and_sentence_agree_on_where_a_kind_of_number_ends(w_h, kind, held, row, end):
    picture = FloatLimits()
    words = f"{held:,} days before the last, and on all days before, the gradient is {end}."
    assert picture.update(w_h, kind) == f"w_h = {w_h:g}, {kind}: {words}"
    days, powers = picture.line.get_data()
    assert days.tolist() == list(range(1 - held, 1))
    assert powers == pytest.approx(np.log10(w_h) * -days, abs=1e-6)
    assert picture.ends.get_xdata().max() == -held
    assert set(picture.ends.get_ydata()) == {row}
    heights = corners(picture.band, 4)[0, :, 1]
    assert heights.min() <= powers.min() < powers.max() <= heights.max()


def test_what_a_kind_of_number_holds_to_the_end_is_said_as_it_is():
    words = f"1,199 days before the last the gradient is {0.9**1199:.4g}."
    assert FloatLimits().update(0.9) == f"w_h = 0.9, float64: {words}"

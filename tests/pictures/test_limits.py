"""A thousand days, against the powers of two that float64 holds."""

import pytest

from statland.pictures.limits import INF, ZERO, FloatLimits


@pytest.mark.parametrize(
    ("w_h", "held", "row", "words"),
    [
        (2.0, 1024, {INF}, "1,024 days before the last, and ever before, the gradient is inf: too large for float64."),
        (0.5, 1075, {ZERO}, "1,075 days before the last, and ever before, the gradient is exactly 0: too small for"),
        (0.9, 1200, set(), f"the first day's gradient is {0.9**1199:.4g}, which float64 still holds."),
    ],
)
def test_line_crosses_and_sentence_agree_on_where_float64_ends(w_h, held, row, words):
    picture = FloatLimits()
    assert picture.update(w_h, 1200).startswith(f"w_h = {w_h:g}, 1,200 days: {words}")
    assert picture.line.get_xdata().tolist() == list(range(1 - held, 1))
    assert {y for day, y in picture.ends.get_xydata() if day <= -held} == set(picture.ends.get_ydata()) == row

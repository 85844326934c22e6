"""Two descents from one start, against the derivative of one power worked out by hand."""

import numpy as np
import pytest
from course import corners

from statland.pictures.clipped import Clipped


def descent(start, threshold=np.inf):
    """The prediction is 1.8 * 1.1 * w^49, so the slope of the squared error is one line."""
    w = [start]
    for _ in range(30):
        slope = 2 * (1.98 * w[-1] ** 49 - 1) * 1.98 * 49 * w[-1] ** 48 if w[-1] > 0 else 0.0
        w.append(w[-1] - 0.01 * np.clip(slope, -threshold, threshold))
    return np.array(w)


@pytest.mark.parametrize("start", [0.5, 0.88, 0.95, 1.05, 1.3])
@pytest.mark.parametrize("threshold", [5.0, 1.0, 0.25])
def test_both_lines_follow_the_slope_until_one_leaves_the_axis(start, threshold):
    picture = Clipped()
    words, whole, cut = picture.update(start, threshold), descent(start), descent(start, threshold)
    assert picture.clipped.get_xydata() == pytest.approx(np.transpose([np.arange(31), cut]), abs=1e-9)
    assert max(abs(np.diff(picture.clipped.get_ydata()))) <= 0.01 * threshold + 1e-12
    inside = (whole >= 0.4) & (whole <= 1.4)
    last = 31 if inside.all() else inside.argmin()
    assert picture.whole.get_ydata()[:last] == pytest.approx(whole[:last], rel=1e-6)
    assert words.endswith(f"Clipped at {threshold:g}: w_h = {cut[-1]:.3f} after 30 steps.")
    triangles = corners(picture.leap, 3)
    assert len(triangles) == (0 if last == 31 else len(f"{abs(whole[last]):.0f}")), "one for each digit"
    if last < 31:
        assert (triangles[0, :, 1].mean() < 130) == (whole[last] < 0.4), "on the edge where it leaves"
        assert picture.whole.get_ydata()[-1] == (0.4 if whole[last] < 0.4 else 1.4)
        assert triangles[0, :, 0].mean() == pytest.approx(picture.ax.transData.transform((last, 1))[0] - 58, abs=0.1)


def test_the_first_step_from_1_05_goes_to_minus_415_and_the_clipped_one_to_1_04():
    picture = Clipped()
    assert "step 1 goes to w_h = -415.2" in picture.update(1.05, 1.0)
    assert (picture.words.get_text(), picture.clipped.get_ydata()[1]) == ("-415", pytest.approx(1.04))


def test_until_a_step_is_too_long_both_descents_are_the_same():
    picture = Clipped()
    picture.update(0.9, 5.0)
    whole, cut = picture.whole.get_ydata(), picture.clipped.get_ydata()
    apart = np.argmax(whole != cut[: len(whole)])
    assert apart > 1
    assert abs(whole[apart] - whole[apart - 1]) > 0.05 >= abs(np.diff(whole[:apart])).max()


def test_on_the_dashed_line_the_prediction_is_right():
    (level, _) = next(line for line in Clipped().ax.lines if line.get_linestyle() == "--").get_ydata()
    assert 1.98 * level**49 == pytest.approx(1)


def test_what_has_vanished_passes_unclipped_so_both_stand_still():
    picture = Clipped()
    picture.update(0.5, 0.25)
    assert picture.whole.get_ydata() == pytest.approx(np.full(31, 0.5), abs=1e-9)
    assert picture.clipped.get_ydata() == pytest.approx(np.full(31, 0.5), abs=1e-9)

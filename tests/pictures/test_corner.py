"""The corner of the loss, against losses and slopes worked out by hand."""

import numpy as np
import pytest

from statland.pictures.corner import Corner


def error(b_h):
    """After low, then medium, with StatLand's weights: the state of day 1 is the bias, or nothing."""
    return 1.1 * (0.9 + b_h - 0.5 * max(b_h, 0.0)) - 1.0


def test_on_the_corner_backpropagation_takes_the_left_slope_and_small_nudges_the_mean_of_both():
    sentence = Corner().update(0.0, 1e-6)  # left 2 * -0.01 * 1.1, right half of it
    assert "at the corner; backpropagation gives the slope -0.0220, nudging gives -0.0165: they differ" in sentence
    assert Corner().update(8.7e-19, 1e-6) == sentence, "a crumb of a slider is still the corner"


@pytest.mark.parametrize("eps", [0.0005, 0.0015, 0.002])
@pytest.mark.parametrize(("b_h", "where", "share"), [(-0.001, "shut", 1), (0.0015, "open", 0.5), (0.004, "open", 0.5)])
def test_they_agree_where_no_nudge_reaches_over_the_corner(b_h, where, share, eps):
    picture, slope = Corner(), 2 * error(b_h) * 1.1 * share
    nudged = (error(b_h + eps) ** 2 - error(b_h - eps) ** 2) / (2 * eps)
    over = abs(b_h) < eps
    verdict = f"they differ by {abs(slope - nudged):.4f}" if over else "they agree"
    says = f"backpropagation gives the slope {slope:.4f}, nudging gives {nudged:.4f}: {verdict}."
    assert picture.update(b_h, eps) == f"b_h = {b_h:g}, eps = {eps:g}: day 1 is {where}; {says}"
    assert (f"{slope:.4f}" == f"{nudged:.4f}") == (not over)
    assert picture.here.get_ydata() == pytest.approx([error(b_h) ** 2])
    assert picture.gap.get_xydata() == pytest.approx(np.array([[b_h, slope], [b_h, nudged]]))
    assert [words.get_text()[2:] for words in (picture.says, picture.nudges_say)] == [f"{slope:.4f}", f"{nudged:.4f}"]


def test_backpropagations_slope_jumps_at_the_corner_and_the_nudges_run_from_one_side_to_the_other():
    picture = Corner()
    picture.update(0.0, 0.001)
    left, right = (drawn.get_xydata() for drawn in picture.figure.axes[1].lines[:2])
    assert (left[-1], right[0]) == (pytest.approx([0, -0.022]), pytest.approx([0, -0.011], abs=1e-6))
    assert left[:, 1] == pytest.approx([2 * error(b_h) * 1.1 for b_h in left[:, 0]])
    b_h, slopes = picture.between.get_data()
    ends = 2 * error(-0.001) * 1.1, 2 * error(0.001) * 0.55
    assert (b_h[0], b_h[-1], slopes[0], slopes[-1]) == pytest.approx((-0.001, 0.001, *ends))
    assert all(np.diff(slopes) > 0)

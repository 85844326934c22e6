"""The corner of the loss, against losses and slopes worked out by hand."""

import pytest

from statland.pictures.corner import Corner


def error(b_h):
    """After low, then medium, with StatLand's weights: the state of day 1 is the bias, or nothing."""
    return 1.1 * (0.9 + b_h - 0.5 * max(b_h, 0.0)) - 1.0


def test_on_the_corner_backpropagation_takes_the_left_slope_and_small_nudges_the_mean_of_both():
    sentence = Corner().update(0.0, 1e-6)  # left 2 * -0.01 * 1.1, right half of it
    assert "on its corner; backpropagation says -0.0220, the nudges say -0.0165: the slope is another on" in sentence
    assert Corner().update(8.7e-19, 1e-6) == sentence, "a crumb of a slider is still the corner"


@pytest.mark.parametrize("eps", [0.0005, 0.002, 0.004])
@pytest.mark.parametrize(("b_h", "where", "share"), [(-0.001, "shut", 1), (0.0015, "open", 0.5), (0.004, "open", 0.5)])
def test_they_agree_where_no_nudge_reaches_over_the_corner(b_h, where, share, eps):
    picture, slope = Corner(), 2 * error(b_h) * 1.1 * share
    nudged = (error(b_h + eps) ** 2 - error(b_h - eps) ** 2) / (2 * eps)
    verdict = "they agree" if abs(b_h) >= eps else "the nudges reach over the corner"
    says = f"backpropagation says {slope:.4f}, the nudges say {nudged:.4f}: {verdict}."
    assert picture.update(b_h, eps) == f"b_h = {b_h:g}, eps = {eps:g}: day 1 is {where}; {says}"
    assert (f"{slope:.4f}" == f"{nudged:.4f}") == (abs(b_h) >= eps)
    assert picture.here.get_ydata() == pytest.approx([error(b_h) ** 2])

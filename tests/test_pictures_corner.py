"""The corner of the loss, against slopes worked out by hand."""

import numpy as np
import pytest
from matplotlib.text import Text

from statland.pictures import parts
from statland.pictures.corner import Corner, loss_and_slope


def loss_by_hand(b_h):
    """Low, then medium, with StatLand's weights: the state of day 1 is the bias, or nothing."""
    return (1.1 * (0.9 + b_h - 0.5 * max(b_h, 0.0)) - 1.0) ** 2


def slope_by_hand(b_h):
    error = 1.1 * (0.9 + b_h - 0.5 * max(b_h, 0.0)) - 1.0
    return 2 * error * 1.1 * (0.5 if b_h > 0 else 1.0)


@pytest.mark.parametrize("b_h", [-0.004, -0.0005, 0.0, 0.0005, 0.004])
def test_loss_and_slope_are_those_worked_out_by_hand(b_h):
    assert loss_and_slope(b_h) == pytest.approx((loss_by_hand(b_h), slope_by_hand(b_h)), rel=1e-9)


def test_on_the_corner_backpropagation_takes_the_left_slope_and_small_nudges_the_mean():
    picture = Corner()
    assert "backpropagation says -0.0220, the nudges say -0.0165:" in picture.update(0.0, 1e-6)
    assert loss_and_slope(-1e-9)[1] == pytest.approx(-0.022)
    assert loss_and_slope(1e-9)[1] == pytest.approx(-0.011)


@pytest.mark.parametrize("eps", [0.0005, 0.002, 0.004])
@pytest.mark.parametrize("b_h", np.arange(-8, 9) * 0.0005)
def test_they_agree_where_no_nudge_reaches_over_the_corner(b_h, eps):
    picture = Corner()
    sentence = picture.update(float(b_h), eps)
    central = (loss_by_hand(b_h + eps) - loss_by_hand(b_h - eps)) / (2 * eps)
    assert picture.backwards.get_text() == f"backpropagation {slope_by_hand(b_h):.4f}"
    assert picture.central.get_text() == f"numerical {central:.4f}"
    agree = picture.backwards.get_text().split()[1] == picture.central.get_text().split()[1]
    assert sentence.endswith("they agree.") == agree == (abs(b_h) >= eps)
    assert picture.nudged.get_xdata() == pytest.approx([b_h - eps, b_h + eps])
    assert picture.nudged.get_ydata() == pytest.approx([loss_by_hand(b_h - eps), loss_by_hand(b_h + eps)])


def test_a_crumb_of_a_slider_is_still_the_corner():
    picture = Corner()
    assert picture.update(8.7e-19, 0.001) == picture.update(0.0, 0.001)


@pytest.mark.parametrize(
    ("b_h", "where", "slope"), [(-0.003, "shut", -0.02926), (0.0, "on its corner", -0.022), (0.001, "open", -0.010395)]
)
def test_the_tangent_touches_the_curve_and_the_chord_joins_the_nudges(b_h, where, slope):
    picture = Corner()
    picture.update(0.007, 0.001)
    sentence = picture.update(b_h, 0.002)
    assert f": day 1 is {where}; " in sentence
    here = loss_by_hand(b_h)
    assert picture.here.get_xydata() == pytest.approx(np.array([[b_h, here]]))
    ends = np.array([[b_h + reach, here + slope * reach] for reach in (-0.0035, 0.0035)])
    assert picture.tangent.get_xydata() == pytest.approx(ends)
    sides = np.array([[side, loss_by_hand(side)] for side in (b_h - 0.002, b_h + 0.002)])
    assert picture.chord.get_xydata() == pytest.approx(sides)
    assert picture.tangent.get_color() == picture.here.get_color() == parts.GRADIENT.color
    assert (picture.here.get_marker(), picture.nudged.get_marker()) == ("D", "s")
    assert picture.nudged.get_markerfacecolor() == "white"


def test_the_curve_is_the_loss_from_edge_to_edge():
    ax = Corner().figure.axes[0]
    (curve,) = [line for line in ax.lines if not line.get_animated()]
    b_h, loss = curve.get_data()
    assert (b_h[0], b_h[-1]) == ax.get_xlim() == (-0.008, 0.008)
    assert 0.0 in b_h, "the corner itself is on the curve"
    assert loss == pytest.approx([loss_by_hand(value) for value in b_h])


def test_day_1_is_shut_on_the_grey_side():
    figure = Corner().figure
    side = {text.get_text(): text.get_position()[0] for text in figure.findobj(Text)}
    assert side["day 1 shut\nslope at 0: -0.0220"] < 0 < side["day 1 open\nslope at 0: -0.0110"]
    (grey,) = figure.axes[0].patches
    assert grey.get_extents().transformed(figure.axes[0].transData.inverted()).intervalx == pytest.approx(
        [-0.008, 0], abs=1e-9
    )

"""What the pictures draw and say, against numbers worked out without them."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_hex

from statland import STATLAND_WEIGHTS, numerical_gradient, rnn_forward
from statland.pictures import parts
from statland.pictures.descent import LEFT as LEFT_EDGE
from statland.pictures.descent import RIGHT as RIGHT_EDGE
from statland.pictures.descent import TOP, Descent, loss_and_slope
from statland.pictures.gradients import DECADE, EDGE, LEFT, RIGHT, SMALLEST, THICKEST, ZERO, Gradients
from statland.pictures.limits import INF, FloatLimits
from statland.pictures.limits import ZERO as LIMITS_ZERO


def corners(artist, sides):
    """The polygons that an artist with many shapes draws, one a row."""
    vertices = artist.get_path().vertices
    return vertices.reshape(-1, sides + 1, 2)[:, :-1] if len(vertices) else np.empty((0, sides, 2))


def written(ax):
    return {words.get_text(): words for words in ax.texts if words.get_text()}


def colours_at(ax, x, y):
    """The colours of all shapes over this point."""
    return {to_hex(patch.get_facecolor()) for patch in ax.patches if patch.get_path().contains_point((x, y))}


@pytest.mark.parametrize("days", [2, 3, 10, 50])
@pytest.mark.parametrize("w_h", [0.05, 0.5, 0.9, 1.0, 1.1, 2.0])
def test_the_diamonds_stand_where_the_power_of_the_feedback_weight_says(w_h, days):
    picture = Gradients()
    picture.update(w_h, days)
    power = np.log10(w_h) * np.arange(days - 1, -1, -1)
    shown = power >= SMALLEST
    heights = corners(picture.positive, 4)[:, [0, 2], 1].mean(axis=1)
    assert heights == pytest.approx(DECADE * power[shown], abs=1e-9)
    days_from_the_left = np.linspace(EDGE, RIGHT - LEFT - EDGE, days)
    assert corners(picture.positive, 4)[:, [1, 3], 0].mean(axis=1) == pytest.approx(days_from_the_left[shown])
    assert picture.line.get_data()[0] == pytest.approx(days_from_the_left[shown])
    assert picture.line.get_data()[1] == pytest.approx(DECADE * power[shown], abs=1e-9)
    assert float(picture.first_day.get_text()) == pytest.approx(w_h ** (days - 1), rel=5e-3)
    assert len(corners(picture.below, 3)) == np.count_nonzero(~shown)
    assert len(corners(picture.negative, 4)) == len(corners(picture.zero, 6)) == 0


def test_the_ticks_of_the_log_axis_name_their_own_power():
    axis = Gradients().figure.axes[1].yaxis
    labels = [label.get_text() for label in axis.get_ticklabels()]
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    named = [0.0 if label == "1" else float(label.removeprefix("10").translate(digits)) for label in labels]
    assert [tick / DECADE for tick in axis.get_ticklocs()] == pytest.approx(named)


def test_a_cut_loop_leaves_exact_zeros():
    picture = Gradients()
    picture.update(0.0, 20)
    assert len(corners(picture.zero, 6)) == 19
    assert picture.update(1e-8, 50).endswith("what is left is too small for float64.")


def test_the_arrows_are_as_thick_as_what_passes():
    picture = Gradients()
    for w_h, days in [(0.5, 4), (1.0, 7), (1.2, 6), (2.0, 12)]:
        picture.update(w_h, days)
        arrows = corners(picture.arrows, 7)
        thickness = arrows[:, 0, 1] - arrows[:, -1, 1]
        expected = np.minimum(10 * w_h ** np.arange(days - 1, 0, -1.0), THICKEST)
        assert thickness == pytest.approx(expected)
        assert (arrows[:, 3, 0] < arrows[:, 0, 0]).all(), "an arrow must point to the day before"


def test_negative_weights_turn_the_sign_from_day_to_day():
    picture = Gradients()
    assert picture.update(-0.8, 9).startswith("w_h = -0.8: a change on day 1 is shrunk to 0.1678 of")
    assert len(corners(picture.positive, 4)) == 5
    assert len(corners(picture.negative, 4)) == 4
    assert picture.negative.get_facecolor()[:3] == (1.0, 1.0, 1.0) != picture.positive.get_facecolor()[:3]
    assert "reaches day 8, its sign turned" in picture.update(-0.8, 8)


@pytest.mark.parametrize("w_h", [-1.0, -1.5, -2.0])
def test_shut_units_make_exact_zeros(w_h):
    picture = Gradients()
    sentence = picture.update(w_h, 9)
    assert sentence.startswith(
        f"w_h = {w_h:g}: a change on day 1 leaves exactly nothing on day 9: nothing gets past day 8,"
    )
    zeros = corners(picture.zero, 6)
    assert len(zeros) == 7
    assert zeros[:, 2, 1] == pytest.approx(DECADE * ZERO)
    sides = round(8 + 1.2 * 15)
    assert len(corners(picture.shut, sides)) == 4
    assert picture.first_day.get_text() == "0"


@pytest.mark.parametrize(
    ("w_h", "days", "words"),
    [
        (2.0, 50, "is 562,949,953,421,312 times larger when it reaches day 50: the gradient explodes."),
        (0.5, 50, "is shrunk to 1.776e-15 of its size when it reaches day 50: the gradient vanishes."),
        (0.9, 50, "is shrunk to 0.005726 of its size when it reaches day 50: the gradient vanishes."),
        (0.9, 10, "is shrunk to 0.3874 of its size when it reaches day 10: the gradient shrinks."),
        (1.1, 10, "is 2.358 times larger when it reaches day 10: the gradient grows."),
        (1.0, 50, "is unchanged when it reaches day 50: the gradient stays."),
        (0.0, 50, "leaves exactly nothing on day 50: w_h cuts the loop."),
        (-1.2, 50, "leaves exactly nothing on day 50: nothing gets past day 50, when the unit is shut."),
    ],
)
def test_the_sentence_says_what_is_to_be_seen(w_h, days, words):
    assert Gradients().update(w_h, days) == f"w_h = {w_h:g}: a change on day 1 {words}"


def test_float64_ends_where_the_powers_of_two_end():
    picture = FloatLimits()
    assert picture.update(2.0, 1200).endswith(
        "1,024 days before the last, and ever before, the gradient is inf: too large for float64."
    )
    assert picture.update(0.5, 1200).endswith(
        "1,075 days before the last, and ever before, the gradient is exactly 0: too small for float64."
    )
    assert picture.update(0.5, 1000).endswith(f"gradient is {0.5**999:.4g}, which float64 still holds.")
    x, y = picture.line.get_data()
    assert (x[0], y[0]) == (-999, pytest.approx(999 * np.log10(0.5)))


def test_what_float64_cannot_hold_is_marked_on_the_right_side():
    picture = FloatLimits()
    for w_h, days, lost, row in [(2.0, 1200, 1024, INF), (0.5, 1200, 1075, LIMITS_ZERO)]:
        picture.update(w_h, days)
        x, y = picture.ends.get_data()
        assert set(y) == {row}
        assert (x.min(), x.max() <= -lost) == (1 - days, True)
        assert picture.line.get_data()[0].min() == 1 - lost
    picture.update(0.9, 1200)
    assert len(picture.ends.get_data()[0]) == 0


def test_an_arrow_has_a_head_wider_than_its_shaft():
    [arrow] = parts.arrows(np.array([100.0]), np.array([0.0]), 0.0, np.array([8.0])).vertices.reshape(-1, 8, 2)
    assert arrow[0].tolist() == [100.0, 4.0]
    assert arrow[2, 1] > arrow[1, 1] == 4.0
    assert arrow[3].tolist() == [0.0, 0.0]


def test_the_slope_of_the_descent_is_that_of_its_loss():
    prices = np.eye(9)[0]

    def loss(params):
        return (rnn_forward(prices, params).y[-1] - 1) ** 2

    for w_h in (0.5, 0.9, 1.1):
        expected = numerical_gradient(loss, replace(STATLAND_WEIGHTS, w_h=w_h)).w_h
        assert loss_and_slope(prices, w_h) == pytest.approx(((1.98 * w_h**8 - 1) ** 2, expected), rel=1e-6)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"start": 0.5, "rate": 0.1}, "after 30 steps w_h is 0.5 and the loss 1: it stands still."),
        ({"start": 1.05, "rate": 0.01}, "step 1 leaps over the minimum, from 1.05 to -415.2"),
        ({"start": 0.9, "rate": 0.01}, "step 4 leaps over the minimum, from 1.008 to -4.167"),
        ({"start": 0.97, "rate": 0.0001}, "after 30 steps w_h is 0.9862"),
        ({"start": 0.9, "rate": 0.0001}, "it has not arrived."),
        ({"start": 0.9, "days": 2, "rate": 0.1}, "the minimum is found."),
        ({"start": 0.0}, "the unit is shut, the gradient exactly 0: w_h stays"),
    ],
)
def test_the_descent_stands_still_leaps_or_arrives(values, words):
    assert words in Descent().update(**values)


def test_the_loss_curve_is_the_square_of_a_power():
    picture = Descent()
    picture.update(days=6)
    w_h, loss = picture.curve.get_data()
    expected = (1.98 * np.maximum(w_h, 0) ** 5 - 1) ** 2
    assert loss[expected < TOP] == pytest.approx(expected[expected < TOP], rel=1e-9)


def test_the_steps_of_the_descent_lie_on_the_loss_curve():
    picture = Descent()
    picture.update(start=0.9, days=2, rate=0.1)
    w_h, loss = picture.marks["D"].get_data()
    assert [line.get_data()[0][0] for line in (picture.start, picture.way)] == [0.9, 0.9]
    assert picture.way.get_data()[0][1:] == pytest.approx(w_h)
    path = [0.9]
    for _ in range(30):
        path.append(path[-1] - 0.1 * 2 * (1.98 * path[-1] - 1) * 1.98)
    assert w_h == pytest.approx(path[1:])
    assert loss == pytest.approx((1.98 * w_h - 1) ** 2, abs=1e-12)


def test_steps_that_leave_the_picture_are_marked_on_the_side_where_they_left():
    picture = Descent()
    picture.update(start=0.97, rate=0.1)  # first to 3.465, then to -8.71e+53
    assert [picture.marks[side].get_data()[0].tolist() for side in "D^><"] == [[], [], [RIGHT_EDGE], [LEFT_EDGE]]
    picture.update(start=0.9, rate=0.01)  # the third step ends at 1.008, above a loss of 3
    assert picture.marks["^"].get_data()[1].tolist() == [TOP]


def test_the_legend_stands_inside_the_log_axis():
    ax = Gradients().figure.axes[1]
    head = [words.get_position()[1] for words in ax.texts if words.get_va() == "top" and words.get_ha() == "right"]
    assert head == [16 * DECADE, 16 * DECADE - 20], "one line below the other"
    days = written(ax)
    assert days["day 1"].get_position()[0] < days["last day"].get_position()[0] < RIGHT - LEFT
    assert days["exactly 0"].get_position()[1] == -19 * DECADE


def test_what_is_below_the_log_axis_stands_on_its_edge():
    picture = Gradients()
    picture.update(0.1, 50)
    low = picture.below.get_path().vertices[:, 1]
    assert low.min() == -16 * DECADE - 4
    assert low.max() == -16 * DECADE + 4


def test_every_role_has_a_colour_and_a_mark_of_its_own():
    roles = (parts.INPUT, parts.HIDDEN, parts.OUTPUT, parts.GRADIENT, parts.MEMORY)
    assert len({role.color for role in roles}) == len({role.marker for role in roles}) == len(roles)


def test_a_hexagon_has_corners_as_far_out_as_its_size():
    hexagon = parts.marks("h", [0.0], [0.0], 10).vertices[:-1]
    assert len(hexagon) == 6
    assert np.hypot(*hexagon.T) == pytest.approx(10, rel=0.04)


def test_a_circle_is_round():
    assert np.hypot(*parts.marks("o", [0.0], [0.0], 10).vertices.T) == pytest.approx(10, rel=1e-5)

"""The map of starts, against networks that are trained alone and by hand."""

import numpy as np
import pytest
from test_training import trained

from statland.pictures.paths import LEFT, RIGHT, STARTS, Paths

MARKS = {"o": "learned", "x": "shut on every rule", "D": "open on 1 of the 4"}


@pytest.mark.parametrize(
    ("w_x", "w_y", "marker"),
    [(0.5, 0.75, "o"), (2.5, 1.0, "o"), (0.3, 0.7, "o"), (2.5, 2.25, "x"), (-0.75, 1.0, "x"), (2.0, 1.5, "D")],
)
def test_the_path_goes_from_the_start_to_where_training_by_hand_ends_and_its_mark_says_how(w_x, w_y, marker):
    picture = Paths()
    words = picture.update(w_x, w_y)
    numbers, _, z, loss = trained((w_x, 0.0, w_y, 0.0, 0.0), 0.05, 100)
    assert picture.trail.start.get_xydata().tolist() == [[w_x, w_y]]
    assert picture.end.get_marker() == marker
    assert picture.end.get_xydata()[0] == pytest.approx([numbers[0], numbers[2]])
    assert picture.trail.way.get_xydata()[-1] == pytest.approx([numbers[0], numbers[2]])
    assert marker == ("o" if loss < 1e-3 else "D" if max(z) > 0 else "x")
    shown = [float(number.get_text()) for number in picture.words]
    assert shown == pytest.approx([numbers[0], numbers[2], numbers[0] * numbers[2]], abs=0.00501)
    assert MARKS[marker] in words


def test_the_marks_of_a_path_are_steps_of_training_by_hand():
    picture = Paths()
    picture.update(1.75, -0.25)
    by_hand = [np.array(trained((1.75, 0.0, -0.25, 0.0, 0.0), 0.05, step)[0])[[0, 2]] for step in range(101)]
    shown = picture.trail.way.get_xydata()
    nearest = [np.hypot(*(np.array(by_hand) - place).T) for place in shown]
    assert max(map(min, nearest)) < 1e-9
    assert (np.diff([np.argmin(distance) for distance in nearest]) >= 0).all()
    assert len(shown) > 10


def test_each_grey_path_ends_on_the_curve_with_a_disc_or_off_it_with_a_cross():
    ax = Paths().figure.axes[0]
    ends = [line for line in ax.lines if line.get_marker() in ("o", "x") and line.get_color() == "#8a8a8a"]
    starts, ends = ends[::2], ends[1::2]
    assert [tuple(start.get_xydata()[0]) for start in starts] == [tuple(start) for start in STARTS]
    for (w_x, w_y), end in zip(STARTS, ends, strict=True):
        numbers, _, z, _ = trained((w_x, 0.0, w_y, 0.0, 0.0), 0.05, 100)
        assert end.get_xydata()[0] == pytest.approx(numbers[[0, 2]])
        on_the_curve = abs(numbers[0] * numbers[2] - 2) < 0.05
        assert (end.get_marker() == "o") == on_the_curve == (max(z) > 0)


def test_the_curve_holds_a_product_of_2_and_the_star_the_published_weights():
    lines = Paths().figure.axes[0].lines
    (curve,) = (line.get_xydata() for line in lines if line.get_linewidth() == 9)
    assert curve.prod(axis=1) == pytest.approx(2)
    assert curve.max() == pytest.approx(RIGHT)
    assert curve.min() > LEFT
    (star,) = (line.get_xydata().tolist() for line in lines if line.get_marker() == "*")
    assert star == [[1.8, 1.1]]


def test_left_of_zero_no_weight_moves():
    picture = Paths()
    for w_x in (-1.0, -0.5, 0.0):
        for w_y in (-0.5, 1.0, 2.75):
            assert "shut on every rule" in picture.update(w_x, w_y)
            assert picture.end.get_xydata().tolist() == [[w_x, w_y]]

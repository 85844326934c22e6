"""The map of starts, against networks that are trained alone and by hand."""

import numpy as np
import pytest
from test_training import trained

from statland.pictures.paths import GRID, LEFT, RIGHT, STARTS, Paths

STATES = {"o": "learned", "x": "shut on every rule", "D": "the rules are not learned"}


def by_hand(w_x, w_y, step):
    """The place on the map after so many steps, and the mark that it has to have."""
    numbers, _, z, loss = trained((w_x, 0.0, w_y, 0.0, 0.0), 0.05, step)
    return [numbers[0], numbers[2]], "o" if loss < 1e-3 else "D" if max(z) > 0 else "x"


def shown(runs):
    """The marks of runs, each with its places."""
    return {mark: one.get_xydata().tolist() for mark, one in runs.marks.items() if one.get_visible()}


@pytest.mark.parametrize(
    ("step", "w_x", "w_y", "mark"),
    [
        *((100, 0.5, 1.0, "o"), (100, 2.5, 1.0, "o"), (100, 0.3, 0.7, "o"), (100, 2.5, 2.0, "x"), (100, 2.0, 1.5, "D")),
        *((1, 2.5, 2.0, "x"), (5, -0.5, 1.0, "x"), (5, 0.5, 1.0, "D"), (40, 2.0, 0.5, "o"), (40, 1.5, -0.5, "D")),
    ],
)
def test_the_path_goes_from_the_start_to_where_training_by_hand_stands_and_its_mark_says_how(step, w_x, w_y, mark):
    picture = Paths()
    words = picture.update(step, w_x, w_y)
    place, expected = by_hand(w_x, w_y, step)
    assert picture.trail.start.get_xydata().tolist() == [[w_x, w_y]]
    assert shown(picture.end) == {mark: [pytest.approx(place)]}
    assert mark == expected
    assert picture.trail.way.get_xydata()[-1] == pytest.approx(place)
    assert [float(number.get_text()) for number in picture.words] == pytest.approx([*place, np.prod(place)], abs=0.0051)
    assert STATES[mark] in words


def test_the_marks_of_a_path_are_steps_of_training_by_hand():
    picture = Paths()
    picture.update(100, 1.75, -0.25)
    steps = [by_hand(1.75, -0.25, step)[0] for step in range(101)]
    shown = picture.trail.way.get_xydata()
    nearest = [np.hypot(*(np.array(steps) - place).T) for place in shown]
    assert max(map(min, nearest)) < 1e-9
    assert (np.diff([np.argmin(distance) for distance in nearest]) >= 0).all()
    assert len(shown) > 10


def test_at_the_start_there_are_starts_only_and_nothing_says_what_becomes_of_them():
    picture = Paths()
    for w_x, w_y in GRID:
        words = picture.update(0, w_x, w_y)
        assert not shown(picture.ends)
        assert not shown(picture.end)
        assert len(picture.trail.way.get_xydata()) == 1
        assert not [state for state in ("shut", "learned", "open") if state in words]
    lines = picture.ways.get_xydata().reshape(len(STARTS), 2, 2)
    assert lines[:, 0] == pytest.approx(np.array(STARTS))
    assert np.isnan(lines[:, 1]).all()


@pytest.mark.parametrize("step", [1, 20, 60, 100])
def test_every_grey_path_has_grown_to_where_training_by_hand_stands(step):
    picture = Paths()
    picture.update(step)
    lines = picture.ways.get_xydata().reshape(len(STARTS), step + 2, 2)
    expected = {}
    for start, line in zip(STARTS, lines, strict=True):
        place, mark = by_hand(*start, step)
        assert line[0].tolist() == list(start)
        assert line[-2] == pytest.approx(place)
        expected.setdefault(mark, []).append(pytest.approx(place))
    assert shown(picture.ends) == expected
    (starts,) = (
        line for line in picture.figure.axes[0].lines if line.get_xydata().tolist() == np.array(STARTS).tolist()
    )
    assert not starts.get_animated()


def test_in_the_end_a_disc_is_on_the_curve_and_a_cross_is_not():
    picture = Paths()
    picture.update(100)
    ends = shown(picture.ends)
    assert np.prod(ends["o"], axis=1) == pytest.approx(2, abs=0.05)
    assert min(abs(np.prod(ends["x"], axis=1) - 2)) > 1
    assert set(ends) == {"o", "x"}


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
    for w_x, w_y in ((w_x, w_y) for w_x, w_y in GRID if w_x <= 0):
        assert "shut on every rule" in picture.update(100, w_x, w_y)
        assert shown(picture.end) == {"x": [[w_x, w_y]]}

"""What all pictures are built from: marks and trails."""

import numpy as np
import pytest
from course import corners, places
from matplotlib.colors import same_color

from statland.pictures import parts


@pytest.fixture
def ax():
    return parts.axes(parts.page(200), 50, 50, 700, 150, xlim=(0, 10), ylim=(0, 5))


def test_every_role_has_a_colour_and_a_mark_of_its_own():
    roles = parts.INPUT, parts.HIDDEN, parts.OUTPUT, parts.GRADIENT, parts.MEMORY
    assert len({role.color for role in roles}) == len({role.marker for role in roles}) == 5


def test_open_days_are_filled_and_shut_ones_white(ax):
    nodes = parts.Nodes(ax)
    nodes.show(np.array([1.0, 2.0, 3.0]), 4.0, np.array([True, False, True]), 0)
    assert (places(nodes.open, 8).tolist(), places(nodes.shut, 8).tolist()) == ([[1, 4], [3, 4]], [[2, 4]])
    assert same_color(nodes.open.get_facecolor(), parts.HIDDEN.color)
    assert same_color(nodes.shut.get_facecolor(), "white")


def test_a_trail_marks_each_step_inside_the_axes_and_the_side_where_another_has_left(ax):
    trail = parts.Trail(ax, size=7)
    trail.show(np.array([1.0, 2.0, -9.0, 12.0, 3.0]), np.array([1.0, 2.0, 3.0, 4.0, 99.0]))
    shown = {marker: marks.get_xydata().tolist() for marker, marks in trail.marks.items()}
    assert shown == {"D": [[2, 2]], "<": [[0, 3]], ">": [[10, 4]], "^": [[3, 5]]}
    assert trail.start.get_xydata().tolist() == [[1, 1]]


def test_a_gauge_is_filled_as_high_as_its_price(ax):
    gauges = parts.Gauges(ax)
    gauges.show(np.array([1.0, 4.0, 7.0]), 2.0, np.array([1.0, 0.25, 0.0]), 0.5)
    assert places(gauges.squares, 4).tolist() == [[1, 2], [4, 2], [7, 2]]
    filled = corners(gauges.levels, 4)
    assert filled[:, :, 0].mean(axis=1).tolist() == [1, 4], "nothing is filled at 0"
    assert np.ptp(filled[:, :, 1], axis=1) == pytest.approx([1, 0.25])
    assert filled[:, :, 1].min(axis=1).tolist() == [1.5, 1.5], "from the foot"


def test_what_is_the_same_for_all_shapes_is_given_once():
    x = np.array([1.0, 2.0])
    assert parts.bars(x, x + 0.5, 0, 3).vertices.reshape(2, 5, 2)[:, :4].tolist() == [
        [[1, 3], [1.5, 3], [1.5, 0], [1, 0]],
        [[2, 3], [2.5, 3], [2.5, 0], [2, 0]],
    ]
    assert parts.marks("s", x, 4, 1).vertices[:, 1].mean() == parts.marks("s", 4, x, 1).vertices[:, 0].mean()
    assert not len(parts.bars(x[:0], x[:0], 0, 3).vertices), "no shape at all"

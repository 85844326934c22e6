"""What all pictures are built from: marks and trails."""

import numpy as np
import pytest
from course import places
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


def test_a_mark_tells_the_sign_of_its_value_and_whether_it_is_zero_or_below_the_axis(ax):
    values = np.array([1e-3, -1e-5, 0.0, 1e-20, -1.0])
    y, inside = parts.heights(values)
    assert y / parts.DECADE == pytest.approx([-3, -5, parts.ZERO, parts.SMALLEST, 0])
    signed = parts.SignedMarks(ax, parts.GRADIENT)
    signed.show(np.arange(5.0), y, values, inside)
    drawn = ((signed.positive, 4), (signed.negative, 4), (signed.below, 3), (signed.zero, 6))
    assert [places(artist, sides)[:, 0].tolist() for artist, sides in drawn] == [[0], [1, 4], [3], [2]]
    assert same_color(signed.negative.get_facecolor(), "white")


def test_a_trail_marks_each_step_inside_the_axes_and_the_side_where_another_has_left(ax):
    trail = parts.Trail(ax, size=7)
    trail.show(np.array([1.0, 2.0, -9.0, 12.0, 3.0]), np.array([1.0, 2.0, 3.0, 4.0, 99.0]))
    shown = {marker: marks.get_xydata().tolist() for marker, marks in trail.marks.items()}
    assert shown == {"D": [[2, 2]], "<": [[0, 3]], ">": [[10, 4]], "^": [[3, 5]]}
    assert trail.start.get_xydata().tolist() == [[1, 1]]

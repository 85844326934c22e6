"""The carousel: a memory with a weight on its loop, worked out day by day."""

import numpy as np
import pytest
from course import corners

from statland.pictures.carousel import DAYS, Carousel


def bar(artist):
    """The upper edge of each bar, by its middle."""
    found = corners(artist, 4)
    return {round(one[:, 0].mean(), 2): one[:, 1].max() for one in found}


@pytest.mark.parametrize(("weight", "shut"), [(0.9, 1), (1.0, 7), (0.5, 3)])
def test_each_bar_is_the_memory_and_its_foot_is_what_is_left_of_day_1(weight, shut):
    picture, c, first = Carousel(), 0.0, 0.0
    picture.update(weight, shut)
    for day in range(1, DAYS + 1):
        f = 0.0 if day == shut else weight
        c, first = f * c + 1, 1.0 if day == 1 else f * first
        assert bar(picture.memory)[day] == pytest.approx(c)
        assert bar(picture.first)[day] == pytest.approx(first)
        assert bar(picture.stream)[day] == pytest.approx(first), "the stream is as thick as what is left"
    assert float(picture.c.get_text()) == pytest.approx(c, rel=5e-3)
    assert float(picture.left.get_text()) == pytest.approx(first, rel=5e-3)


def test_slices_end_where_the_parts_of_the_memory_do():
    picture = Carousel()
    picture.update(weight=0.8, shut_day=4)
    lines = picture.slices.get_path().vertices.reshape(-1, 2, 2)
    on_day_12 = lines[np.rint(lines[:, :, 0].mean(axis=1)) == 12, 0, 1]
    left = [0.8 ** (12 - day) for day in range(4, 13)]  # of days 1 to 3 nothing
    assert on_day_12 == pytest.approx(np.cumsum(left))
    assert on_day_12[-1] == pytest.approx(bar(picture.memory)[12])


def test_a_valve_leaves_its_weight_open_and_the_shut_one_nothing():
    picture = Carousel()
    picture.update(weight=0.7, shut_day=5)
    upper = picture.valves.get_path().vertices.reshape(-1, 4, 2)
    assert upper[:, 1, 1] == pytest.approx([0 if day == 5 else 0.7 for day in range(2, 13)])
    assert upper[:, 0, 0] == pytest.approx(np.arange(2, 13) - 0.5), "each stands before its day"


def test_only_a_weight_of_exactly_1_keeps_day_1():
    picture = Carousel()
    kept, shut, halved = picture.update(1.0, 1), picture.update(1.0, 7), picture.update(0.5, 1)
    assert kept == "weight = 1, no valve is shut: on day 12 the memory is 12, and 1 of it came on day 1."
    assert shut == (
        "weight = 1, the valve before day 7 is shut: on day 12 the memory is 6, and exactly 0 of it came on day 1."
    )
    assert halved.endswith("and 0.000488 of it came on day 1.")

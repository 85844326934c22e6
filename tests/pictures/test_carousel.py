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
        assert bar(picture.outline)[day] == pytest.approx(c)
        assert bar(picture.first)[day] == pytest.approx(first)
        assert bar(picture.stream)[day] == pytest.approx(first), "the stream is as thick as what is left"
    assert float(picture.c.get_text()) == pytest.approx(c, rel=5e-3)
    assert float(picture.left.get_text()) == pytest.approx(first, rel=5e-3)


def test_slices_lie_on_the_foot_without_gaps_and_end_at_the_top():
    picture = Carousel()
    picture.update(weight=0.8, shut_day=4)
    on_day_12 = [one for one in corners(picture.others, 4) if round(one[:, 0].mean()) == 12]
    edges = sorted((one[:, 1].min(), one[:, 1].max()) for one in on_day_12)
    lows, highs = np.transpose(edges)
    assert len(edges) == DAYS - 1
    assert lows[0] == bar(picture.first)[12] == 0
    assert lows[1:] == pytest.approx(highs[:-1])
    assert highs[-1] == pytest.approx(sum(0.8**k for k in range(9)))


def test_a_valve_leaves_its_weight_open_and_the_shut_one_nothing():
    picture = Carousel()
    picture.update(weight=0.7, shut_day=5)
    upper = picture.valves.get_path().vertices.reshape(-1, 4, 2)
    assert upper[:, 1, 1] == pytest.approx([0 if day == 5 else 0.7 for day in range(1, 13)])
    assert upper[:, 0, 0] == pytest.approx(np.arange(1, 13) - 0.5), "each stands before its day"


def test_only_a_weight_of_exactly_1_keeps_day_1():
    picture = Carousel()
    assert picture.update(1.0, 1) == "weight = 1, shut_day = 1: on day 12 the memory is 12, and 1 of it came on day 1."
    assert picture.update(1.0, 7).endswith("on day 12 the memory is 6, and exactly 0 of it came on day 1.")
    assert picture.update(0.5, 1).endswith("and 0.000488 of it came on day 1.")

"""The picture of the feedback loop, against numbers worked out by hand."""

import pytest
from course import corners, places

from statland.pictures.loop import HEIGHT, LAST, ROW, UNIT, Loop


def shown(picture):
    """Return the numbers on the page by the names of their artists, those that are there."""
    names = "price", "held", "from_price", "from_memory", "sum", "state", "to_y", "y", "verdict"
    return {name: words for name in names if (words := getattr(picture, name).get_text())}


def bar(shape):
    """Return where a bar begins and ends, in units of the sum."""
    [edges] = corners(shape, 4)
    return [(edges[corner, 1] - ROW) / UNIT for corner in (2, 0)]


def test_the_first_three_moments_are_yesterday_with_an_empty_memory():
    picture = Loop()
    assert picture.update(0, 3, -0.5) == "yesterday high, w_h = -0.5: the memory holds 0."
    assert shown(picture) == {"price": "1", "held": "0", "from_price": "1 × 1.8", "from_memory": "0 × -0.5"}
    picture.update(1, 3, -0.5)
    assert shown(picture)["sum"] == "1.8"
    assert picture.update(2, 3, -0.5).endswith("z = 1.8 + 0 = 1.8, the state is 1.8.")
    assert shown(picture)["state"] == "1.8"
    assert "y" not in shown(picture), "nobody asks for it"


def test_then_the_state_goes_round_into_the_memory_and_starts_from_there():
    picture = Loop()
    assert picture.update(3, 3, -0.5) == "today medium, w_h = -0.5: the memory holds 1.8."
    assert len(picture.handed.get_path().vertices)
    assert shown(picture) == {"price": "0.5", "held": "1.8", "from_price": "0.5 × 1.8", "from_memory": "1.8 × -0.5"}
    picture.update(4, 3, -0.5)
    assert not len(picture.handed.get_path().vertices)


@pytest.mark.parametrize(
    ("w_h", "rule", "by_price", "total", "state", "y", "verdict"),
    [  # by hand: 1.8 times the price, then w_h times 1.8 from the memory; the output weight is 1.1
        (-0.5, 3, 0.9, 0.0, "0", "0", "right"),
        (-2.0, 3, 0.9, -2.7, "0", "0", "right"),
        (0.25, 4, 1.8, 2.25, "2.25", "2.475", "wrong"),
        (2.0, 2, 0.9, 0.9, "0.9", "0.99", "right"),
        (-2.0, 1, 0.0, 0.0, "0", "0", "right"),
    ],
)
def test_the_bars_of_price_and_memory_meet_in_the_sum(w_h, rule, by_price, total, state, y, verdict):
    picture = Loop()
    picture.update(LAST, rule, w_h)
    assert bar(picture.bars[0]) == pytest.approx([0, by_price])
    assert bar(picture.bars[1]) == pytest.approx([by_price, total])
    assert picture.total.get_ydata() == pytest.approx([ROW + UNIT * total] * 2)
    assert (len(places(picture.nodes.open, 32)), len(places(picture.nodes.shut, 32))) == (total > 0, total <= 0)
    said = shown(picture)
    assert (said["state"], said["y"], said["verdict"]) == (state, y, verdict)
    assert said["to_y"] == f"{state} × 1.1", "it starts at the state"


@pytest.mark.parametrize(("w_h", "inside"), [(-0.5, True), (-0.45, True), (-0.4, False)])
def test_the_triangle_stands_in_the_frame_when_the_prediction_is_right(w_h, inside):
    picture = Loop()
    picture.update(LAST, 3, w_h)
    [frame], [at] = corners(picture.target, 4), places(picture.at, 3)
    level = ROW + HEIGHT * 1.1 * (0.9 + 1.8 * w_h)
    assert corners(picture.at, 3)[0, :, 1] == pytest.approx([level - 8, level + 8, level - 8])
    assert at[0] == pytest.approx(frame[:, 0].mean(), abs=1)
    assert (frame[:, 1].min() - 1e-9 <= level <= frame[:, 1].max()) == inside

"""The picture of the feedback loop, against numbers worked out by hand."""

import numpy as np
import pytest
from course import corners, places
from matplotlib.colors import to_rgb

from statland.pictures.loop import HALF, LAST, LOOP, MEMORY, NIGHT, ROW, SIZE, SOCKET, STATE, UNIT, Loop


def shown(picture):
    """Return the numbers on the page by the names of their artists, those that are there."""
    texts = {name: getattr(picture, name) for name in ("from_price", "from_memory", "to_y", "y")}
    texts |= {"held": picture.memory.words, "state": picture.state.words}
    return {name: words.get_text() for name, words in texts.items() if words.get_text()}


def ball(vessel):
    """Return where a vessel stands, and the state to whose level it is filled, 3.6 when it is full."""
    [circle] = corners(vessel.body, 39)
    place = circle.mean(axis=0)
    top = vessel.level.get_path().vertices[:, 1].max() if vessel.level.get_visible() else place[1] - SIZE
    return (*place.round(1), pytest.approx((top - place[1] + SIZE) / (2 * SIZE) * 3.6, abs=0.01))


def bar(shape):
    """Return where a bar begins and ends, in units of the sum."""
    [edges] = corners(shape, 5)
    return [(edges[corner, 1] - ROW) / UNIT for corner in (0, 2)]


def test_yesterdays_price_goes_first_into_the_one_socket_and_todays_follows():
    picture = Loop()
    above = [(SOCKET, 276), (126, 276)]
    for moment, blue in ((0, above), (3, [(SOCKET, ROW), above[1]]), (NIGHT, above[1:]), (NIGHT + 3, [(SOCKET, ROW)])):
        picture.update(moment)
        assert places(picture.coming.squares, 4) == pytest.approx(np.array(blue)), moment
        assert [words.get_text() for words in picture.prices] == ["1", "0.5"]
        x, y = blue[-1]
        assert picture.prices[-1].get_position() == pytest.approx((x - 27, y)), "the number is beside its square"
        levels = corners(picture.coming.levels, 4)
        heights = levels[:, 0, 1] - levels[:, 2, 1]
        assert heights / (2 * HALF) == pytest.approx([1, 0.5][-len(blue) :]), "as high as the price"


def test_on_the_first_day_the_memory_is_empty_and_the_state_is_what_the_price_brings():
    picture = Loop()
    assert picture.update(0, 3, -0.5) == "w_h = -0.5, high then medium, yesterday: the memory holds 0."
    assert shown(picture) == {"held": "0", "from_memory": "0 × -0.5"}
    assert picture.update(9, 3, -0.5).endswith("the memory holds 0, z = 1.8 + 0 = 1.8, the state is 1.8.")
    assert shown(picture) == {"held": "0", "from_price": "1 × 1.8", "from_memory": "0 × -0.5", "state": "1.8"}


def test_then_the_state_goes_round_the_loop_into_the_memory_and_waits_there():
    picture, way = Loop(), []
    for moment in range(9, NIGHT):
        picture.update(moment, 3, -0.5)
        x, y, level = ball(picture.state)
        assert (shown(picture)["held"], shown(picture)["state"], level) == ("0", "1.8", 1.8)
        assert picture.state.words.get_position() == pytest.approx((x, y), abs=0.1)
        assert ball(picture.memory) == (MEMORY, LOOP, 0), "still empty"
        way += [(x, y)]
    assert way[0] == (STATE, ROW)
    assert [x == STATE for x, _ in way] == [True, True, True, True, False, False]
    assert [y == LOOP for _, y in way] == [False, False, False, False, True, True]
    assert ROW < way[1][1] < way[2][1] < way[3][1] < LOOP
    assert STATE > way[4][0] > way[5][0] > MEMORY
    for moment in range(NIGHT, NIGHT + 9):
        sentence = picture.update(moment, 3, -0.5)
        assert (ball(picture.memory), shown(picture)["held"]) == ((MEMORY, LOOP, 1.8), "1.8")
        assert "state" not in shown(picture), "it is in one place"
        assert shown(picture)["from_memory"] == "1.8 × -0.5"
        assert sentence.startswith("w_h = -0.5, high then medium, today: the memory holds 1.8")


def test_what_the_memory_holds_goes_down_into_the_sum_as_todays_price_goes_in():
    picture, heights = Loop(), []
    for moment in range(NIGHT + 3, NIGHT + 8):
        picture.update(moment, 3, -0.5)
        price, state = (places(shape, sides) for shape, sides in zip(picture.travel, (4, 21), strict=True))
        if moment in (NIGHT + 3, NIGHT + 7):
            assert len(price) == len(state) == 0
            continue
        assert price[0][1] == ROW
        assert state[0][0] == pytest.approx(MEMORY)
        heights += [state[0][1]]
    assert LOOP > heights[0] > heights[1] > heights[2] > ROW + 134
    assert not picture.bars[2].get_path().vertices.size
    assert bar(picture.bars[1]) == pytest.approx([0.9, 0]), "then the memory's bar hangs from the price's tip"


@pytest.mark.parametrize(
    ("w_h", "rule", "by_price", "total", "state", "prediction"),
    [  # by hand: 1.8 times the price, then w_h times 1.8 from the memory; the output weight is 1.1
        (-0.5, 3, 0.9, 0.0, "0", "0 ✓"),
        (-1.0, 3, 0.9, -0.9, "0", "0 ✓"),
        (0.25, 4, 1.8, 2.25, "2.25", "2.475 ✗"),
        (1.0, 2, 0.9, 0.9, "0.9", "0.99 ✓"),
        (-1.0, 4, 1.8, 0.0, "0", "0 ✗"),
    ],
)
def test_the_bars_of_price_and_memory_meet_in_the_sum(w_h, rule, by_price, total, state, prediction):
    picture = Loop()
    picture.update(LAST, rule, w_h)
    assert bar(picture.bars[0]) == pytest.approx([0, by_price])
    assert bar(picture.bars[1]) == pytest.approx([by_price, total])
    third = [shape for shape in (picture.bars[2], picture.shut) if len(corners(shape, 5))]
    assert third == [picture.bars[2]] * (total > 0) + [picture.shut] * (total < 0)
    assert all(bar(shape) == pytest.approx([0, total]) for shape in third)
    assert ball(picture.state) == (STATE, ROW, max(total, 0))
    assert ball(picture.memory) == (MEMORY, LOOP, 1.8 if rule > 2 else 0), "yesterday's, low or high"
    white = to_rgb(picture.state.body.get_facecolor()) == (1, 1, 1)
    assert white == (total <= 0), "white is shut"
    assert bool(len(picture.handed.get_path().vertices)) == (total > 0), "a shut ReLU hands nothing on"
    said = shown(picture)
    assert (said["state"], said["to_y"], said["y"]) == (state, f"{state} × 1.1", prediction)
    assert [float(words.get_text()) for words in picture.tips] == pytest.approx([by_price, total - by_price, total])


@pytest.mark.parametrize(("w_h", "inside"), [(-0.5, True), (-0.45, True), (-0.4, False)])
def test_the_triangle_stands_in_the_frame_when_the_prediction_is_right(w_h, inside):
    picture = Loop()
    picture.update(LAST, 3, w_h)
    [frame], [triangle] = corners(picture.target, 4), corners(picture.at, 3)
    level = ROW + UNIT * 1.1 * (0.9 + 1.8 * w_h)
    assert triangle[:, 1] == pytest.approx([level - 9, level + 9, level - 9])
    assert triangle[:, 0].mean() == pytest.approx(frame[:, 0].mean())
    assert (frame[:, 1].min() - 1e-9 <= level <= frame[:, 1].max()) == inside
    assert (picture.y.get_text()[-1] == "✓") == inside


def test_what_the_start_showed_stays_as_outlines_and_only_beside_a_prediction():
    picture = Loop()
    picture.update(w_h=-0.5)
    start = picture.ghost.get_path().vertices.copy()
    assert start[:, 1].max() == pytest.approx(ROW + UNIT * 1.1 * 2.25 + 9)
    picture.update(LAST - 1)
    assert not len(picture.ghost.get_path().vertices)

"""The picture of the loop that becomes a row of copies, against numbers and places worked out by hand."""

import numpy as np
import pytest

from statland.pictures.unrolled import PRICES, SIZE, UNIT, Unrolled, X


def written(texts):
    return [text.get_text() for text in texts if text.get_visible() and text.get_text()]


def ends(way):
    return way[0][0], way[-1][0]


def test_folded_the_copies_are_one_unit_over_todays_price_and_unrolled_each_stands_over_its_own():
    picture = Unrolled()
    for today, x in enumerate(X):
        picture.update(0.0, 6 * today + 3)
        assert picture.x == pytest.approx([x] * 5)
        assert sum(unit.body.get_visible() for unit in picture.units) == 1
        picture.update(1.0, 6 * today + 3)
        assert picture.x == pytest.approx(X)
        assert sum(unit.body.get_visible() for unit in picture.units) == 5


def test_the_copies_slide_apart_in_proportion():
    picture = Unrolled()
    for step in (0, 9, 30):
        for unfold in np.arange(0, 1.01, 0.05):
            picture.update(unfold, step)
            assert np.diff(picture.x) == pytest.approx(unfold * np.diff(X), abs=0.11)


def test_the_loop_leaves_a_unit_and_comes_back_to_it_and_becomes_the_arrow_to_the_next_copy():
    picture = Unrolled()
    picture.update(0.0, 9)
    for way in picture.ways:
        start, end = ends(way)
        assert start > X[1] > end, "it leaves on the right and comes back on the left of the same unit"
        assert max(way[:, 1]) > way[0, 1] == way[-1, 1] > UNIT + 10, "over its top"
        assert np.hypot(*(way[0] - [X[1], UNIT])) == pytest.approx(SIZE, abs=0.1), "from its edge"
    assert len(picture.loops.get_path().codes) == 4, "one loop"
    picture.update(1.0, 9)
    for here, there, way in zip(X[:-1], X[1:], picture.ways, strict=True):
        start, end = ends(way)
        assert here < start < end < there
        assert set(way[:, 1]) == {way[0, 1]}, "level"
    assert len(picture.loops.get_path().codes) == 4 * 4, "five days, four passes"


@pytest.mark.parametrize("unfold", [0.0, 0.5, 1.0])
def test_every_copy_has_the_same_weights_and_no_state_comes_to_the_first(unfold):
    picture = Unrolled()
    picture.update(unfold, 0)
    copies = 5 if unfold == 1 else 1
    assert written(picture.weights[0]) == ["× 1.8"] * copies
    assert written(picture.weights[1]) == ["× -0.5"] * max(copies - 1, 1)
    assert written(picture.weights[2]) == ["× 1.1"] * copies


@pytest.mark.parametrize("unfold", [0.0, 1.0])
@pytest.mark.parametrize(
    ("step", "travel", "sentence"),
    [  # h: 1.8, then 0.9 - 0.9 = 0, then 0.9 + 0, then 0 - 0.45: shut
        (0, [], "nothing has set out yet."),
        (1, ["1"], "day 1: the price 1 sets out, and no state."),
        (2, ["1.8"], "day 1: times its weight it is 1.8."),
        (7, ["0.5", "1.8"], "day 2: the price 0.5 and the state 1.8 set out."),
        (8, ["0.9", "-0.9"], "day 2: times their weights they are 0.9 and -0.9."),
        (9, [], "day 2: z = 0.9 - 0.9 = 0, ReLU is shut, h = 0."),
        (16, ["0.9"], "day 3: the state 0.9 sets out to become a prediction."),
        (17, ["0.99"], "day 3: times its weight it is 0.99."),
        (18, [], "the prediction for day 4 is 0.99."),
        (21, [], "day 4: z = 0 - 0.45 = -0.45, ReLU is shut, h = 0."),
        (30, [], "the prediction for day 6 is 0.99."),
    ],
)
def test_values_set_out_pass_their_weights_and_arrive(unfold, step, travel, sentence):
    picture = Unrolled()
    picture.update(0.3, 14)  # nothing of it may stay
    assert picture.update(unfold, step).endswith(f"; {sentence}")
    assert written(picture.carried) == travel
    assert [shape.get_visible() for shape in picture.travellers].count(True) == len(travel)


def middle(shape):
    return shape.get_path().vertices[:-1].mean(axis=0)


def area(shape):
    x, y = shape.get_path().vertices[:-1].T
    return 0.5 * abs(x @ np.roll(y, 1) - y @ np.roll(x, 1))


def test_what_travels_goes_along_its_arrow_and_changes_its_area_by_the_weight():
    picture, state = Unrolled(), 1
    picture.update(1.0, 7)
    before = area(picture.travellers[state])
    early = middle(picture.travellers[state])
    assert not picture.minus.get_visible()
    picture.update(1.0, 8)
    late = middle(picture.travellers[state])
    assert X[0] < early[0] < (X[0] + X[1]) / 2 < late[0] < X[1]
    assert area(picture.travellers[state]) == pytest.approx(0.5 * before, rel=0.03), "0.9 is half of 1.8"
    assert picture.minus.get_visible()
    for price, first in ((1.0, 1), (0.5, 13)):
        picture.update(0.0, first)
        before, low = area(picture.travellers[0]), middle(picture.travellers[0])[1]
        picture.update(0.0, first + 1)
        assert area(picture.travellers[0]) == pytest.approx(1.8 * before), price
        assert middle(picture.travellers[0])[1] > low + 20, "upwards"


@pytest.mark.parametrize("unfold", [0.0, 0.4, 1.0])
def test_each_unit_is_as_full_as_the_state_of_a_plain_loop_and_white_where_relu_is_shut(unfold):
    picture, states, h = Unrolled(), [], 0.0
    for price in PRICES:
        h = max(0.0, 1.8 * price - 0.5 * h)
        states.append(h)
    picture.update(unfold, 30)
    for unit, state, x in zip(picture.units, states, picture.x, strict=True):
        y = unit.body.get_path().vertices[:, 1]
        assert unit.body.get_path().vertices[:-1, 0].mean() == pytest.approx(x, abs=0.1)
        if state == 0:
            assert unit.body.get_facecolor() == (1, 1, 1, 1)
            assert not unit.level.get_visible()
            continue
        assert unit.body.get_facecolor() != (1, 1, 1, 1)
        level = unit.level.get_path().vertices[:, 1]
        assert (level.max() - y.min()) / (y.max() - y.min()) == pytest.approx(state / 2, abs=0.02)


def test_on_top_lies_the_last_unit_that_has_computed_its_state_and_the_days_to_come_are_grey():
    picture = Unrolled()
    picture.update(0.0, 8)  # the state of day 1 is on its way, day 2 has not computed its own
    assert written([unit.words for unit in picture.units]) == ["1.8"]
    picture.update(0.0, 9)
    assert written([unit.words for unit in picture.units]) == ["0"]
    picture.update(1.0, 9)
    assert sorted(written([unit.words for unit in picture.units])) == ["0", "1.8"]
    grey = [unit for unit in picture.units if len(set(unit.body.get_facecolor()[:3])) == 1]
    assert len(grey) == 3 + 1, "three to come, and the white one, which is shut"


def test_a_hand_at_a_price_moves_the_unit_to_that_day():
    picture = Unrolled()
    axis = picture.by_hand["step"]
    low, high = axis.get_view_interval()
    box = axis.axes.get_position()
    for day, x in enumerate(X):
        share = (x / 540 - box.x0) / box.width
        picture.update(0.0, round(low + share * (high - low)))
        assert picture.x[0] == pytest.approx(X[day])

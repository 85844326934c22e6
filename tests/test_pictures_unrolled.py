"""The unrolled network, one copy at a time, and the reader's own prices, against numbers worked out by hand."""

from itertools import pairwise, product

import numpy as np
import pytest
from matplotlib.colors import same_color
from matplotlib.text import Text

from statland.pictures.own_prices import OwnPrices
from statland.pictures.unrolled import PRICES, RADIUS, Unrolled, X

SIDES = round(8 + 1.2 * RADIUS)


def words(artists):
    return [artist.get_text() for artist in artists if artist.get_text()]


def centers(artist, sides=SIDES):
    vertices = artist.get_path().vertices.reshape(-1, sides + 1, 2)[:, :-1]
    return vertices[:, :, 0].mean(axis=1)


def middles(artist):
    """Return the middle of the box around each closed polygon of a path, rounded to half points."""
    corners, codes = artist.get_path().vertices, artist.get_path().codes
    polygons = np.split(corners, np.flatnonzero(codes == 1)[1:]) if len(corners) else []
    return [tuple(np.round(polygon.min(axis=0) + polygon.max(axis=0)) / 2) for polygon in polygons]


def still_words(picture):
    """Return the words that never change, each with its place."""
    texts = [text for text in picture.figure.findobj(Text) if not text.get_animated() and text.get_visible()]
    return {(text.get_text(), *map(float, text.get_position())) for text in texts}


def still_arrows(picture, color):
    """Return where the arrows of this colour that never change start and end."""
    for patch in picture.figure.axes[0].patches:
        vertices = patch.get_path().vertices
        if not patch.get_animated() and same_color(patch.get_edgecolor(), color) and patch.get_linewidth() == 2:
            return [(*map(float, way[0]), *map(float, way[4])) for way in vertices.reshape(-1, 8, 2)]
    return []


def test_every_second_step_adds_one_copy():
    picture = Unrolled()
    for step in range(1, 19):
        picture.update(step)
        copies = len(centers(picture.open)) + len(centers(picture.empty))
        assert copies == len(words(picture.states)) == (step + 1) // 2
        assert sorted([*centers(picture.open), *centers(picture.empty)]) == pytest.approx(X[:copies])


def test_first_the_values_travel_and_then_the_copy_computes():
    picture = Unrolled()
    sentence = picture.update(step=3, w_h=-0.5)  # day 2: price 0.5 times 1.8, state 1.8 times -0.5
    assert sentence.startswith("w_h = -0.5, step 3: a copy for day 2; the price 0.5 and the state 1.8 travel to it")
    assert words([picture.price_carried, picture.state_carried, picture.y]) == ["0.9", "-0.9"]
    assert words(picture.states) == ["1.8", "?"]
    sentence = picture.update(step=4, w_h=-0.5)
    assert sentence.endswith("day 2 has z = 0.9 - 0.9 = 0, ReLU is shut, h = 0; the prediction for day 3 is 0.")
    assert words([picture.price_carried, picture.state_carried, picture.y]) == ["0"]
    assert words(picture.states) == ["1.8", "0"]


def test_nothing_comes_round_to_the_first_day():
    picture = Unrolled()
    assert "no state" in picture.update(step=1)
    assert words([picture.state_carried, *picture.feedback]) == []


def test_nine_days_pass_eight_arrows_with_the_same_weight():
    picture = Unrolled()
    picture.update(step=18, w_h=1.25)
    assert words(picture.feedback) == ["× 1.25"] * 8
    assert len(picture.cover.get_path().vertices) == 0


def test_the_states_of_nine_days_are_those_of_a_plain_loop():
    picture = Unrolled()
    for w_h in (-2.0, -0.5, 0.5, 2.0):
        picture.update(step=18, w_h=w_h)
        h = 0.0
        for price, shown in zip(PRICES, words(picture.states), strict=True):
            h = max(0.0, 1.8 * price + w_h * h)
            assert float(shown) == pytest.approx(h, rel=6e-4, abs=6e-4)
        assert float(picture.y.get_text()) == pytest.approx(1.1 * h, rel=6e-4, abs=6e-4)


def test_the_cover_hides_what_is_not_there_yet_and_nothing_else():
    picture = Unrolled()
    for copies in range(1, 9):
        picture.update(step=2 * copies)
        cover = picture.cover.get_path()
        inside = cover.contains_points(np.column_stack([X, np.full(9, 200.0)]))
        assert inside.tolist() == [day >= copies for day in range(9)]
        assert not cover.contains_points(np.column_stack([X, np.full(9, 40.0)])).any(), "the prices stay"


def test_at_step_6_three_copies_have_computed_and_the_prediction_stands_over_the_third():
    picture = Unrolled()
    picture.update(step=7)
    picture.update(step=6, w_h=-0.5)  # z: 1.8, then 0.9 - 0.9 = 0, then 0.9 + 0
    assert (middles(picture.open), middles(picture.empty)) == ([(46, 148), (203, 148)], [(124.5, 148)])
    assert [state.get_text() for state in picture.states] == ["1.8", "0", "0.9", *[""] * 6]
    assert [state.get_position() for state in picture.states[:3]] == [(46, 148), (124.5, 148), (203, 148)]
    assert words(picture.feedback) == ["× -0.5"] * 2
    assert [weight.get_position() for weight in picture.feedback[:2]] == [(85.25, 176), (163.75, 176)]
    assert middles(picture.prediction) == [(203, 246)]
    assert (picture.y.get_text(), picture.y.get_position()) == ("0.99", (203, 270))
    assert middles(picture.tokens) == middles(picture.state_token) == []
    five = "in every copy the same five numbers: w_x = 1.8, w_h = -0.5, w_y = 1.1, b_h = 0, b_y = 0"
    assert picture.numbers.get_text() == five


def test_at_step_7_a_square_and_a_dot_carry_the_price_and_the_state_to_the_fourth_copy():
    picture = Unrolled()
    picture.update(step=7, w_h=-0.5)  # 1.8 times the low price, -0.5 times the state 0.9
    assert (middles(picture.open), middles(picture.empty)) == ([(46, 148), (203, 148)], [(124.5, 148), (281.5, 148)])
    assert [state.get_text() for state in picture.states] == ["1.8", "0", "0.9", "?", *[""] * 5]
    assert middles(picture.tokens) == [(281.5, 90)], "over the price of day 4, at 40, and under its copy, at 148"
    (dot,) = middles(picture.state_token)
    assert 203 + 21 < dot[0] < 281.5 - 21, "between the copies of days 3 and 4"
    assert dot[1] == 148
    price, state = picture.price_carried, picture.state_carried
    assert (price.get_text(), price.get_position(), price.get_ha()) == ("0", (271.5, 90), "right")
    assert (state.get_text(), state.get_position(), state.get_ha()) == ("-0.45", (242.5, 118), "center")
    assert (middles(picture.prediction), picture.y.get_text()) == ([], "")
    picture.update(step=1)
    assert (middles(picture.tokens), middles(picture.state_token)) == ([(46, 90)], [])
    assert picture.price_carried.get_position() == (36, 90)


def test_the_cover_starts_where_the_last_copy_ends():
    picture = Unrolled()
    picture.update(step=6)  # the third copy, at 203; the fourth would be at 281.5
    hidden = [(225, 148), (240, 148), (281.5, 57), (281.5, 125), (281.5, 169), (281.5, 257), (290, 80), (674, 148)]
    seen = [(180, 148), (201, 148), (203, 57), (203, 257), (240, 80), (240, 200), (281.5, 55), (600, 312)]
    assert picture.cover.get_path().contains_points(hidden).all()
    assert not picture.cover.get_path().contains_points(seen).any()
    assert same_color(picture.cover.get_facecolor(), "white")


@pytest.mark.parametrize(("picture", "x"), [(Unrolled(), 46 + 78.5 * np.arange(9)), (OwnPrices(), [46, 142, 238, 334])])
def test_every_copy_has_its_day_its_weights_and_its_arrows(picture, x):
    for day, place in enumerate(x, start=1):
        assert {(f"day {day}", place, 12), ("× 1.8", place + 5, 80), ("× 1.1", place + 5, 200)} <= still_words(picture)
    assert still_arrows(picture, "#0072B2") == [(place, 57, place, 125) for place in x]
    assert still_arrows(picture, "#CC79A7") == [(place, 169, place, 232) for place in x]
    assert still_arrows(picture, "#009E73") == [(left + 21, 148, right - 23, 148) for left, right in pairwise(x)]


def test_the_unrolled_copies_stand_over_the_prices_of_nine_days():
    below = sorted((x, word) for word, x, y in still_words(Unrolled()) if y == 40)
    assert [word for _, word in below] == ["1", "0.5", "0.5", "0", "0.5", "1", "1", "0.5", "0.5"]
    assert [x for x, _ in below] == [46 + 78.5 * day for day in range(9)]


def test_an_open_relu_is_a_full_circle_and_a_shut_one_an_empty_circle():
    unrolled, own = Unrolled(), OwnPrices()
    for full, empty in ((unrolled.open, unrolled.empty), (own.open, own.shut)):
        assert same_color(full.get_facecolor(), "#009E73")
        assert same_color(empty.get_facecolor(), "white")
        assert same_color(empty.get_edgecolor(), "#009E73")
        assert empty.get_linewidth() > 0


@pytest.mark.parametrize(
    ("prices", "sentence"),
    [
        (
            (0.0, 0.0, 1.0, 0.5),
            "low, low, high, medium: the prediction is 0. The rule for high, medium says 0: right.",
        ),
        (
            (0.0, 0.5, 1.0, 1.0),  # h: 0, 0.9, 1.35, 1.125
            "low, medium, high, high: the prediction is 1.238, above every price. "
            "The rule for high, high says 1: wrong.",
        ),
        (
            (0.0, 0.0, 0.0, 1.0),
            "low, low, low, high: the prediction is 1.98, above every price. StatLand has no rule for low, high.",
        ),
        (
            (0.0, 0.0, 0.5, 0.5),
            "low, low, medium, medium: the prediction is 0.495. StatLand has no rule for medium, medium.",
        ),
    ],
)
def test_own_prices_say_where_the_weights_break(prices, sentence):
    assert OwnPrices().update(*prices) == sentence


def test_own_prices_mark_the_rule_only_where_there_is_one():
    picture, rules = OwnPrices(), {(0.0, 0.0): 0.0, (0.0, 0.5): 1.0, (1.0, 0.5): 0.0, (1.0, 1.0): 1.0}
    for prices in product((0.0, 0.5, 1.0), repeat=4):
        picture.update(*prices)
        h = 0.0
        for price in prices:
            h = max(0.0, 1.8 * price - 0.5 * h)
        assert picture.prediction.get_data()[1] == pytest.approx([1.1 * h])
        right = rules.get(prices[2:])
        assert list(picture.rule.get_data()[1]) == ([] if right is None else [right])
        assert words(picture.prices) == [f"{price:g}" for price in prices]


@pytest.mark.parametrize(
    ("prices", "is_open", "states", "y"),
    [
        ((0.0, 0.5, 1.0, 1.0), (142, 238, 334), ["0", "0.9", "1.35", "1.125"], 1.2375),
        ((1.0, 0.0, 0.5, 0.0), (46, 238), ["1.8", "0", "0.9", "0"], 0),
        ((0.0, 1.0, 1.0, 0.5), (142, 238, 334), ["0", "1.8", "0.9", "0.45"], 0.495),
    ],
)
def test_own_prices_show_each_state_in_its_circle_and_the_prediction_twice(prices, is_open, states, y):
    picture, x = OwnPrices(), (46, 142, 238, 334)
    picture.update()
    picture.update(*prices)
    assert middles(picture.open) == [(place, 148) for place in is_open]
    assert middles(picture.shut) == [(place, 148) for place in x if place not in is_open]
    assert [state.get_text() for state in picture.states] == states
    assert [state.get_position() for state in picture.states] == [(place, 148) for place in x]
    assert [price.get_position() for price in picture.prices] == [(place, 40) for place in x]
    assert float(picture.y.get_text()) == pytest.approx(y, abs=6e-4)
    assert picture.y.get_position() == (334, 272)
    assert [list(values) for values in picture.prediction.get_data()] == [[0], [pytest.approx(y)]]


def test_own_prices_name_the_three_prices_and_say_where_there_are_none():
    picture = OwnPrices()
    axes = picture.figure.axes[1]
    named = {round(tick.get_position()[1], 6): tick.get_text() for tick in axes.get_yticklabels()}
    assert named == {0: "low  0", 0.5: "medium  0.5", 1: "high  1", 1.5: "1.5", 2: "2"}
    beside = {text.get_text(): text.get_position()[1] for text in axes.texts}
    assert 0 < beside["prices\nthere are"] < 1 < beside["no price\nis so high"] < 2
    assert "▲ prediction   △ rule" in beside
    assert same_color(picture.rule.get_markerfacecolor(), "white"), "△"
    assert same_color(picture.prediction.get_markerfacecolor(), "#CC79A7"), "▲"
    assert picture.rule.get_marker() == picture.prediction.get_marker() == "^"
    assert picture.rule.get_markersize() > picture.prediction.get_markersize(), "one is seen around the other"

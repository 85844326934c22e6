"""The unrolled network, one copy at a time, and the reader's own prices, against numbers worked out by hand."""

from itertools import product

import numpy as np
import pytest

from statland.pictures.own_prices import OwnPrices
from statland.pictures.unrolled import PRICES, RADIUS, Unrolled, X

SIDES = round(8 + 1.2 * RADIUS)


def words(artists):
    return [artist.get_text() for artist in artists if artist.get_text()]


def centers(artist, sides=SIDES):
    vertices = artist.get_path().vertices.reshape(-1, sides + 1, 2)[:, :-1]
    return vertices[:, :, 0].mean(axis=1)


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

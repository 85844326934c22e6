"""The picture of the unrolled network, one copy at a time, against numbers worked out by hand."""

import numpy as np
import pytest
from course import places

from statland.pictures.unrolled import PRICES, Unrolled, X


def words(artists):
    return [artist.get_text() for artist in artists if artist.get_text()]


def test_every_second_step_adds_one_copy_and_the_copies_to_come_are_covered():
    picture = Unrolled()
    for step in range(1, 19):
        picture.update(step)
        there = (step + 1) // 2
        assert len(words(picture.copies.states)) == len(words(picture.feedback)) + 1 == there
        covered = picture.cover.get_path().contains_points(np.column_stack([X, np.full(9, 200)]))
        assert covered.tolist() == [False] * there + [True] * (9 - there)


@pytest.mark.parametrize(
    ("step", "states", "travel", "sentence"),
    [  # z: 1.8, then 0.9 - 0.9 = 0, then 0.9 + 0
        (1, ["?"], ["1.8"], "a copy for day 1; the price 1 travels to it, and no state: it is the first."),
        (3, ["1.8", "?"], ["0.9", "-0.9"], "a copy for day 2; the price 0.5 and the state 1.8 travel to it, each "),
        (4, ["1.8", "0"], [], "day 2 has z = 0.9 - 0.9 = 0, ReLU is shut, h = 0; the prediction for day 3 is 0."),
        (6, ["1.8", "0", "0.9"], [], "day 3 has z = 0.9 + 0 = 0.9, ReLU is open, h = 0.9; the prediction for day 4 is"),
    ],
)
def test_first_the_values_travel_and_then_the_copy_computes_and_predicts(step, states, travel, sentence):
    picture = Unrolled()
    picture.update(7)  # nothing of it may stay
    assert picture.update(step, -0.5).startswith(f"w_h = -0.5, step {step}: {sentence}")
    assert words(picture.copies.states) == states
    assert words([picture.price_carried, picture.state_carried]) == travel
    white = [x for x, state in zip(X, states, strict=False) if state in ("0", "?")]
    assert places(picture.copies.nodes.shut, 33)[:, 0] == pytest.approx(white)


@pytest.mark.parametrize("w_h", [-2.0, -0.5, 0.5, 2.0])
def test_nine_days_pass_eight_arrows_with_the_same_weight_to_the_states_of_a_plain_loop(w_h):
    picture, h = Unrolled(), 0.0
    picture.update(18, w_h)
    assert words(picture.feedback) == [f"× {w_h:g}"] * 8
    for price, shown in zip(PRICES, words(picture.copies.states), strict=True):
        h = max(0.0, 1.8 * price + w_h * h)
        assert float(shown) == pytest.approx(h, rel=6e-4, abs=6e-4)
    assert float(picture.y.get_text()) == pytest.approx(1.1 * h, rel=6e-4, abs=6e-4)

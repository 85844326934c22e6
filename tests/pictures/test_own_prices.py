"""The picture of the reader's own prices, against numbers worked out by hand."""

from itertools import product

import numpy as np
import pytest
from course import places

from statland.pictures.own_prices import OwnPrices, X


@pytest.mark.parametrize(
    ("prices", "words"),
    [
        ((0.0, 0.0, 1.0, 0.5), "low, low, high, medium: the prediction is 0. The rule for high, medium says 0: right."),
        ((0.0, 0.5, 1.0, 1.0), "1.238, above every price. The rule for high, high says 1: wrong."),
        ((0.0, 0.0, 0.0, 1.0), "1.98, above every price. StatLand has no rule for low, high."),
        ((0.0, 0.0, 0.4, 0.5), "0.4, medium: the prediction is 0.594. StatLand has no rule for 0.4, medium."),
    ],
)
def test_the_sentence_says_where_the_weights_break(prices, words):
    assert OwnPrices().update(*prices).endswith(words)


def every_history():
    for prices in product((0.0, 0.5, 1.0), repeat=4):
        h = [0.0]
        for price in prices:
            h.append(max(0.0, 1.8 * price - 0.5 * h[-1]))
        yield prices, h[1:]


def test_the_triangle_stands_in_the_frame_exactly_when_the_prediction_is_right():
    picture, rules = OwnPrices(), {(0.0, 0.0): 0.0, (0.0, 0.5): 1.0, (1.0, 0.5): 0.0, (1.0, 1.0): 1.0}
    wrong = 0
    for prices, h in every_history():
        sentence = picture.update(*prices)
        (y,) = picture.prediction.get_ydata()
        assert y == pytest.approx(1.1 * h[-1])
        frame = picture.frame.get_ydata()
        assert (len(frame) > 0) == (prices[2:] in rules)
        if len(frame):
            assert (min(frame) + max(frame)) / 2 == pytest.approx(rules[prices[2:]])
            assert (min(frame) <= y <= max(frame)) == sentence.endswith("right.")
            wrong += sentence.endswith("wrong.")
    assert wrong == 10, "as exercise 2 finds"


def test_units_are_filled_and_arrows_are_wide_in_proportion_to_what_they_hold_and_carry():
    picture = OwnPrices()
    for prices, h in every_history():
        picture.update(*prices)
        assert [float(unit.words.get_text()) for unit in picture.units] == pytest.approx(h, abs=6e-4)
        for unit, state in zip(picture.units, h, strict=True):
            assert (unit.body.get_facecolor() == (1, 1, 1, 1)) == (state == 0) == (not unit.level.get_visible())
            if state:
                y = unit.body.get_path().vertices[:, 1]
                share = (unit.level.get_path().vertices[:, 1].max() - y.min()) / (y.max() - y.min())
                assert share == pytest.approx(state / 2, abs=0.02)
        upwards = picture.from_prices.get_path().vertices.reshape(-1, 8, 2)
        assert upwards[:, 3, 0] == pytest.approx(X[np.array(prices) > 0]), "each below its unit"
        assert (upwards[:, 3, 1] > upwards[:, 0, 1] + 50).all()
        width = abs(upwards[:, 0, 0] - upwards[:, 6, 0])
        assert width == pytest.approx([7 * 1.8 * price for price in prices if price])
        along = picture.from_states.get_path().vertices.reshape(-1, 8, 2)
        width = abs(along[:, 0, 1] - along[:, 6, 1])
        assert width == pytest.approx([7 * 0.5 * state for state in h[:-1] if state])
        assert len(places(picture.minus, 4)) == len(width), "each takes away"


def test_a_price_stands_at_its_height_and_a_hand_there_asks_for_that_price():
    picture = OwnPrices()
    picture.update(0.0, 0.5, 1.0, 0.5)
    squares = places(picture.squares, 4)
    assert squares[:, 0] == pytest.approx(X)
    low, half, high, again = squares[:, 1]
    assert half == again == pytest.approx((low + high) / 2)
    for day, height in ((1, low), (2, half), (3, high), (4, again)):
        axis = picture.by_hand[f"day_{day}"]
        box = axis.axes.get_position()
        assert box.x0 * 540 < X[day - 1] < box.x1 * 540
        below, above = axis.get_view_interval()
        asked = below + (height / 300 - box.y0) / box.height * (above - below)
        assert asked == pytest.approx((0.0, 0.5, 1.0, 0.5)[day - 1])

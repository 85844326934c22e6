"""The picture of the reader's own prices, against numbers worked out by hand."""

from itertools import product

import pytest
from course import places

from statland.pictures.own_prices import OwnPrices


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


def test_the_prediction_is_that_of_a_plain_loop_and_the_rule_stands_only_where_there_is_one():
    picture, rules = OwnPrices(), {(0.0, 0.0): 0.0, (0.0, 0.5): 1.0, (1.0, 0.5): 0.0, (1.0, 1.0): 1.0}
    for prices in product((0.0, 0.5, 1.0), repeat=4):
        picture.update(*prices)
        h = [0.0]
        for price in prices:
            h.append(max(0.0, 1.8 * price - 0.5 * h[-1]))
        assert [float(words.get_text()) for words in picture.copies.states] == pytest.approx(h[1:], abs=6e-4)
        assert len(places(picture.copies.nodes.open, 33)) == sum(state > 0 for state in h)
        assert picture.prediction.get_ydata() == pytest.approx([1.1 * h[-1]])
        assert list(picture.rule.get_ydata()) == [rules[pair] for pair in (prices[2:],) if pair in rules]

"""StatLand's prices: what counts as right, and how a history is made longer or filled up."""

import pytest

from statland import COMPANY_A, COMPANY_B, lengthened
from statland.prices import is_right, padded


def test_a_prediction_within_a_tenth_is_right():
    assert is_right(0.99, 1.0)
    assert is_right(0.0, 0.099)
    assert not is_right(1.11, 1.0)


def test_a_longer_history_keeps_its_first_days_and_its_last():
    assert lengthened(COMPANY_A, 4).tolist() == list(COMPANY_A)
    assert lengthened(COMPANY_B, 7).tolist() == [1.0, 0.5, 0.25, 0.25, 0.25, 0.25, 1.0]
    assert lengthened(COMPANY_B, 3).tolist() == [1.0, 0.5, 1.0]


def test_a_history_that_is_not_of_four_days_is_not_made_longer():
    for prices in ([0.5, 1.0], [], [[0.5] * 4], 0.5, [0.5] * 5):
        with pytest.raises(ValueError, match=r"^The prices must be those of 4 days, but their shape is .*\.$"):
            lengthened(prices, 8)
    for days in (0, -1, 2.5, "8", None, True):
        with pytest.raises(ValueError, match=r"^days must be a number of days from 1 on, not .*\.$"):
            lengthened(COMPANY_A, days)


def test_padding_puts_zeros_before_the_first_price():
    assert padded((0.5, 1.0), 4) == (0.0, 0.0, 0.5, 1.0)
    assert padded((1.0, 0.5), 2) == (1.0, 0.5)

"""What the picture of the two-input network draws and says, against numbers worked out without it."""

import numpy as np
import pytest

from statland import STATLAND_RULES
from statland.pictures.two_inputs import HISTORY, OUT_WEIGHT, WEIGHTS, TwoInputs


def test_the_weights_follow_the_four_rules():
    for (yesterday, today), tomorrow in STATLAND_RULES:
        predicted = OUT_WEIGHT * max(0, WEIGHTS[0] * yesterday + WEIGHTS[1] * today)
        assert predicted == pytest.approx(tomorrow, abs=0.0101)


def test_each_day_of_the_company_follows_from_the_two_days_before_wherever_there_is_a_rule():
    rules = dict(STATLAND_RULES)
    days = [((HISTORY[day - 2], HISTORY[day - 1]), HISTORY[day]) for day in range(2, 5)]
    assert [rules[before] == price for before, price in days if before in rules] == [True, True]


def test_two_prices_flow_to_a_prediction():
    picture = TwoInputs()
    sentence = picture.update(2)
    assert sentence.startswith("days = 2: a price for each socket. -0.9 × 0 + 1.8 × 0.5 = 0.9, above 0")
    assert (picture.inside.get_text(), picture.tomorrow.get_text()) == ("0.9", "0.99")
    assert picture.message.get_text() == "✓ 2 prices, 2 sockets: it predicts"
    assert len(picture.flow.get_path().vertices) == 6


@pytest.mark.parametrize(
    ("days", "count", "why"),
    [
        (1, "1 price", "the socket for yesterday stays empty"),
        (3, "3 prices", "day 1 has no socket"),
        (4, "4 prices", "days 1 and 2 have no socket"),
        (5, "5 prices", "days 1 to 3 have no socket"),
    ],
)
def test_any_other_number_of_prices_is_refused_in_words_and_nothing_flows(days, count, why):
    picture = TwoInputs()
    picture.update(2)
    assert picture.update(days) == f"days = {days}: {count} for 2 sockets, {why}. The network refuses: no prediction."
    assert picture.message.get_text() == f"✗ {count}, 2 sockets: it refuses"
    assert picture.tomorrow.get_text() == "no prediction"
    assert len(picture.flow.get_path().vertices) == 0
    labels = [label.get_text() for label in picture.labels]
    assert sum("no socket" in label for label in labels) == max(days - 2, 0)
    assert labels[0] == f"day {days}: {[0, 0.5, 1, 1, 1][days - 1]:g}"
    assert np.allclose(picture.hidden.get_facecolor(), 1), "a shut node is white"

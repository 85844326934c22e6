"""The picture of the two-input network, against numbers worked out without it."""

import pytest
from course import places, written
from matplotlib.colors import same_color

from statland import STATLAND_RULES
from statland.pictures.two_inputs import HISTORY, OUT_WEIGHT, WEIGHTS, TwoInputs


def test_weights_and_history_follow_the_rules_of_statland():
    for (yesterday, today), tomorrow in STATLAND_RULES:
        assert OUT_WEIGHT * max(0, WEIGHTS[0] * yesterday + WEIGHTS[1] * today) == pytest.approx(tomorrow, abs=0.0101)
    rules, days = dict(STATLAND_RULES), zip(HISTORY, HISTORY[1:], HISTORY[2:], strict=False)
    assert all(rules.get((before, now), after) == after for before, now, after in days)


def test_two_prices_flow_to_a_prediction():
    picture = TwoInputs()
    picture.update(3)  # refused: nothing of it may stay
    assert picture.update(2).endswith("-0.9 × 0 + 1.8 × 0.5 = 0.9, above 0, so ReLU is open; times 1.1: 0.99.")
    said = ["day 2: 0.5", "day 1: 0", "0.9", "0.99", "✓ 2 prices, 2 sockets: it predicts"]
    assert written(picture.figure)[7:-1] == said
    assert len(picture.flow.get_path().vertices) == 6
    assert not same_color(picture.hidden.get_facecolor(), "white")


@pytest.mark.parametrize(
    ("days", "count", "why", "last"),
    [
        (1, "1 price", "the socket for yesterday stays empty", "no price"),
        (3, "3 prices", "day 1 has no socket", "day 1: 0, no socket"),
        (4, "4 prices", "days 1 and 2 have no socket", "day 1: 0, no socket"),
        (5, "5 prices", "days 1 to 3 have no socket", "day 1: 0, no socket"),
    ],
)
def test_any_other_number_of_prices_is_refused_in_words_and_nothing_flows(days, count, why, last):
    picture = TwoInputs()
    assert picture.update(days) == f"days = {days}: {count} for 2 sockets, {why}. The network refuses: no prediction."
    said = ["nothing", "no prediction", f"✗ {count}, 2 sockets: it refuses", f"{why}, so no number flows"]
    assert written(picture.figure)[-5:] == [last, *said]
    assert len(picture.flow.get_path().vertices) == 0
    assert same_color(picture.hidden.get_facecolor(), "white")
    assert len(places(picture.lost, 6)) == max(days - 2, 0), "a cross for each price too many"

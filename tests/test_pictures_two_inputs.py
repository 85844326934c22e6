"""What the picture of the two-input network draws and says, against numbers worked out without it."""

import numpy as np
import pytest
from matplotlib.colors import same_color
from matplotlib.path import Path

from statland import STATLAND_RULES
from statland.pictures import parts
from statland.pictures.two_inputs import HIDDEN, HISTORY, OUT, OUT_WEIGHT, PRICE, SOCKET, WEIGHTS, TwoInputs


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


def middles(artist):
    """The middles of the shapes that an artist draws."""
    path = artist.get_path()
    starts = np.flatnonzero(path.codes == Path.MOVETO) if len(path.vertices) else []
    shapes = np.split(path.vertices, starts[1:]) if len(starts) else []
    return [tuple(np.round((shape.min(0) + shape.max(0)) / 2, 6)) for shape in shapes]


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (1, ["day 1: 0", "no price", "", "", ""]),
        (2, ["day 2: 0.5", "day 1: 0", "", "", ""]),
        (4, ["day 4: 1", "day 3: 1", "day 2: 0.5, no socket", "day 1: 0, no socket", ""]),
    ],
)
def test_each_price_stands_in_its_own_row_and_only_the_last_two_reach_a_socket(days, labels):
    picture = TwoInputs()
    picture.update(5)
    picture.update(days)
    assert [label.get_text() for label in picture.labels] == labels
    assert [label.get_position()[1] for label in picture.labels] == [50, 102, 154, 206, 258]
    rows = [50, 102, 154, 206, 258][:days]  # today at the foot
    shapes = middles(picture.prices)
    assert shapes[:days] == [(PRICE, row) for row in rows]
    assert shapes[days : -len(rows[:2])] == [(SOCKET, row) for row in rows[:2]]
    assert [row for _, row in shapes[-len(rows[:2]) :]] == rows[:2], "an arrow to each socket with a price"
    assert middles(picture.lost) == [(SOCKET, row) for row in rows[2:]]


def test_the_flow_runs_from_both_sockets_through_the_hidden_neuron_to_tomorrow():
    picture = TwoInputs()
    picture.update(3)
    assert picture.inside.get_text() == "nothing"
    assert picture.reason.get_text() == "day 1 has no socket, so no number flows"
    assert np.allclose(picture.out.get_facecolor(), 1), "a shut node is white"
    picture.update(2)
    ways = picture.flow.get_path().vertices.reshape(3, 2, 2)
    assert ways[:, 0, 1].tolist() == [50, 102, 76]
    assert ways[:, 1, 1].tolist() == [76, 76, 76]
    assert (ways[:, 0, 0] > [SOCKET, SOCKET, HIDDEN]).all()
    assert (ways[:, 1, 0] < [HIDDEN, HIDDEN, OUT]).all()
    assert same_color(picture.hidden.get_facecolor(), parts.HIDDEN.color)
    assert same_color(picture.out.get_facecolor(), parts.OUTPUT.color)
    assert picture.reason.get_text() == "-0.9 × 0 + 1.8 × 0.5 = 0.9, then ReLU, then times 1.1"


def test_the_words_of_each_socket_stand_at_its_own_height():
    picture = TwoInputs()
    heights = {text.get_text(): text.get_position()[1] for text in picture.flow.axes.texts if not text.get_animated()}
    assert heights["today"] < 50 < 102 < heights["yesterday"]
    assert heights["times 1.8"] < 76 < heights["times -0.9"]
    columns = {text.get_text(): text.get_position()[0] for text in picture.flow.axes.texts if not text.get_animated()}
    assert (columns["ReLU"], columns["tomorrow"], columns["today"]) == (HIDDEN, OUT, SOCKET)
    assert HIDDEN < columns["times 1.1"] < OUT

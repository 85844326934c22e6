"""The picture of the two-input network, against numbers worked out without it."""

import numpy as np
import pytest
from course import corners, places, written
from matplotlib.colors import same_color

from statland import STATLAND_RULES
from statland.pictures.parts import BAND, HIDDEN, OUTPUT
from statland.pictures.two_inputs import COMPANIES, FRONT, LIST, OUT_WEIGHT, ROWS, SOCKET, WEIGHTS, TwoInputs


def levels(picture):
    """For each price that is shown: its row, counted from today, and how much of its square is filled."""
    squares = corners(picture.gauges.squares, 4)
    filled = {bar[:, 1].min(): np.ptp(bar[:, 1]) for bar in corners(picture.gauges.levels, 4)}
    rows = [int(np.argmin(abs(ROWS - square[:, 1].mean()))) for square in squares]
    return {
        row: filled.get(square[:, 1].min(), 0) / np.ptp(square[:, 1]) for row, square in zip(rows, squares, strict=True)
    }


def test_weights_follow_the_rules_of_statland():
    for (yesterday, today), tomorrow in STATLAND_RULES:
        assert OUT_WEIGHT * max(0, WEIGHTS[0] * yesterday + WEIGHTS[1] * today) == pytest.approx(tomorrow, abs=0.0101)


@pytest.mark.parametrize(
    ("company", "prices"), [("older", [1, 0.5, 0.5]), ("young", [1, 0.5]), ("riser", [0, 0.5]), ("newcomer", [0.5])]
)
def test_a_square_is_filled_as_high_as_its_price_and_a_price_of_zero_not_at_all(company, prices):
    picture = TwoInputs()
    for moment in (0, 1, 2):
        picture.update(company, moment)
        assert levels(picture) == {row: pytest.approx(price) for row, price in enumerate(prices[::-1])}
        said = [words.get_text() for words in picture.prices if words.get_text()]
        assert said == [f"{price:g}" for price in prices[::-1]]


@pytest.mark.parametrize(
    ("company", "products", "total", "prediction"),
    [
        ("young", ["1 × -0.9 = -0.9", "0.5 × 1.8 = 0.9"], 0, "0"),
        ("riser", ["0 × -0.9 = 0", "0.5 × 1.8 = 0.9"], 0.9, "0.99"),
    ],
)
def test_two_prices_move_into_the_sockets_and_their_numbers_to_a_prediction(company, products, total, prediction):
    picture = TwoInputs()
    picture.update("older", 6)  # refused: nothing of it may stay
    picture.update(company, 2)
    assert places(picture.gauges.squares, 4).tolist() == [[SOCKET, ROWS[0]], [SOCKET, ROWS[1]]]
    assert places(picture.start, 4).tolist() == [[LIST, ROWS[0]], [LIST, ROWS[1]]], "where they came from"
    assert same_color(picture.hidden.get_facecolor(), BAND), "not reached yet"
    picture.update(company, 4)
    assert same_color(picture.hidden.get_facecolor(), HIDDEN.color if total > 0 else "white")
    assert same_color(picture.out.get_facecolor(), BAND)
    assert picture.update(company, 6).endswith(f"the prediction is {total:g} × 1.1 = {prediction}.")
    assert written(picture.figure)[-4:] == [*products, f"{total:g}", prediction]
    assert same_color(picture.out.get_facecolor(), OUTPUT.color)
    assert len(places(picture.missing, 6)) == 0


def test_a_line_is_as_thick_as_its_number_is_large_and_hollow_below_zero():
    picture = TwoInputs()
    picture.update("young", 4)
    (hollow,), (filled,) = corners(picture.below, 4), corners(picture.above, 4)
    assert hollow[:, 1].mean() > filled[:, 1].mean(), "yesterday's, times -0.9, is above today's"
    assert same_color(picture.below.get_facecolor(), BAND)
    width = [np.hypot(*(line[0] - line[3])) for line in (hollow, filled)]
    assert width == pytest.approx([6.4, 6.4]), "-0.9 and 0.9"
    picture.update("riser", 4)
    none, some = (np.hypot(*(line[0] - line[3])) for line in corners(picture.above, 4))
    assert (none, some) == pytest.approx((1, 6.4)), "0 and 0.9"
    assert len(corners(picture.below, 4)) == 0


@pytest.mark.parametrize(
    ("company", "count", "why", "row"),
    [
        ("older", "3 prices", "day 1 has no socket", ROWS[2]),
        ("newcomer", "1 price", "the socket for yesterday gets no price", ROWS[1]),
    ],
)
def test_any_other_number_of_prices_is_refused_and_nothing_flows(company, count, why, row):
    picture, seen = TwoInputs(), []
    for moment in range(7):
        words = picture.update(company, moment)
        refused = f"{count} for 2 sockets: {why}. Nothing flows, no prediction."
        assert words.endswith(refused) == (moment >= 2)
        crosses = places(picture.missing, 6)
        assert [place[1] for place in crosses] == pytest.approx([row] * (moment >= 2))
        assert len(corners(picture.above, 4)) == len(corners(picture.below, 4)) == 0
        assert ("no prediction" in written(picture.figure)) == (moment >= 2)
        assert same_color(picture.hidden.get_facecolor(), BAND)
        seen.append((corners(picture.gauges.squares, 4).tolist(), len(crosses)))
    assert len({str(each) for each in seen}) == 7, "no two moments look alike"
    assert seen[0][0] == seen[6][0], "at the end all prices are back"


def test_a_price_without_a_socket_stops_before_the_wall():
    picture = TwoInputs()
    picture.update("older", 2)
    edges = corners(picture.gauges.squares, 4)[:, :, 0].max(axis=1)
    assert [edge > FRONT for edge in edges] == [True, True, False]


def test_the_older_company_began_like_the_young_one():
    assert COMPANIES["older"][:2] == COMPANIES["young"]

"""The gradient ledger: its rows against a product taken by hand, its bars against its rows."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from statland.pictures import parts
from statland.pictures.ledger import FIRST, HALF, NUDGED, RELU, ROW, TOTAL, ZERO, Ledger, digits

PRICES, BIAS, TARGET = (1.0, 0.5, 0.5, 1.0, 1.0, 1.0, 0.5, 0.5), 0.1, 1.0


def by_hand(w_h, days):
    """State before, product of the feedback weights and share of each day, with nothing but multiplication."""
    z, h = [], [0.0]
    for price in PRICES[:days]:
        z.append(price + w_h * h[-1] + BIAS)
        h.append(max(z[-1], 0.0))
    products = [w_h ** (days - t) * all(later > 0 for later in z[t - 1 :]) for t in range(1, days + 1)]
    blame = 2 * (h[-1] - TARGET)
    return h[:-1], products, [blame * product * h[t] for t, product in enumerate(products)]


def column(texts):
    return [float(text.get_text().replace(",", "")) for text in texts if text.get_text()]


def boxes(artist):
    """Left, right and middle height of each bar."""
    corners = artist.get_path().vertices.reshape(-1, 5, 2)[:, :-1]
    return np.column_stack([corners[:, :, 0].min(axis=1), corners[:, :, 0].max(axis=1), corners[:, :, 1].mean(axis=1)])


@pytest.mark.parametrize("days", range(2, 9))
def test_every_row_is_what_multiplying_by_hand_gives_and_the_rows_add_up(days):
    picture = Ledger()
    for w_h in np.round(np.arange(-1.5, 1.51, 0.05), 2):
        sentence = picture.update(float(w_h), days)
        for texts, expected in zip(picture.cells, by_hand(w_h, days), strict=True):
            assert column(texts) == pytest.approx(expected, abs=0.51e-4)
        shares = by_hand(w_h, days)[2]
        total = float(picture.total.get_text().replace(",", ""))
        assert total == pytest.approx(sum(shares), abs=0.51e-4)
        assert sum(column(picture.cells[2])) == pytest.approx(total, abs=0.51e-4 * (days + 1))
        assert picture.check.get_text() == picture.total.get_text(), "the unit stays off ReLU's corner"
        if any(shares):
            assert f"the largest: day {np.argmax(np.abs(shares)) + 1}, " in sentence
        assert len(sentence) <= 180
        assert "e" not in picture.end.get_text()


@pytest.mark.parametrize(("w_h", "days"), [(0.5, 8), (-0.2, 8), (-1.3, 8), (1.5, 3)])
def test_each_bar_begins_where_the_one_above_has_ended_and_the_last_ends_at_the_total(w_h, days):
    picture = Ledger()
    picture.update(w_h, days)
    shares = np.array(by_hand(w_h, days)[2])
    reached = np.append(0.0, np.cumsum(shares))
    scale = HALF / max(abs(reached))
    for artist, chosen in ((picture.positive, shares > 0), (picture.negative, shares < 0)):
        drawn = boxes(artist)
        total = drawn[:, 2] == TOTAL
        ends = ZERO + scale * np.column_stack([reached[:-1], reached[1:]])[chosen]
        assert drawn[~total, :2] == pytest.approx(np.sort(ends, axis=1))
        assert drawn[~total, 2] == pytest.approx(FIRST - ROW * np.flatnonzero(chosen))
        assert total.sum() == (sum(shares) > 0 if artist is picture.positive else sum(shares) < 0)
        if total.any():
            assert drawn[total, :2] == pytest.approx(np.sort([[ZERO, ZERO + scale * sum(shares)]]))
    assert picture.way.get_xdata()[-1] == pytest.approx(ZERO + scale * sum(shares))


def test_a_shut_day_leaves_nothing_to_any_day_before_it():
    picture = Ledger()
    picture.update(-1.3, 8)
    assert [text.get_text() for text in picture.cells[1]][:2] == ["0", "0"]  # day 2 is shut: 0.5 - 1.3 * 1.1 + 0.1 < 0
    assert column(picture.cells[1])[2:] == pytest.approx([(-1.3) ** k for k in range(5, -1, -1)], abs=1e-4)
    assert len(picture.shut.get_path().codes) * 7 == len(picture.open.get_path().codes)


def test_a_unit_shut_today_has_no_blame_to_share_out():
    words = "the unit is shut on day 8, so every share is exactly 0; numerical gradient 0."
    assert Ledger().update(-1.5, 8) == f"w_h = -1.5, 8 days: {words}"


def test_without_feedback_the_last_day_alone_has_a_share():
    picture = Ledger()
    picture.update(0.0, 8)
    assert column(picture.cells[2]) == [0, 0, 0, 0, 0, 0, 0, -0.48]  # 2 * (0.6 - 1) * 1 * 0.6
    assert picture.error.get_text() == "dL/dh of today = -0.8000"


def test_days_that_are_not_read_have_no_numbers():
    picture = Ledger()
    picture.update(0.5, 8)
    picture.update(0.5, 3)
    assert [len(column(texts)) for texts in picture.cells] == [3, 3, 3]


def test_the_ledger_takes_another_history():
    picture = Ledger(prices=(1.0, 1.0), target=0.0)
    assert "add up to 3.6300" in picture.update(0.5, 2)  # state 1.1, prediction 1.65: 2 * 1.65 * 1.1


def test_an_exact_zero_is_written_as_such():
    assert [digits(number) for number in (0.0, -0.0, -1e-9, 1e-9, -1234.5)] == [
        "0",
        "0",
        "0.0000",
        "0.0000",
        "-1,234.5000",
    ]


def middles(artist, corners):
    """The middle of each mark, a polygon with this many corners, that an artist draws."""
    polygons = artist.get_path().vertices.reshape(-1, corners + 1, 2)[:, :-1]
    return (polygons.min(axis=1) + polygons.max(axis=1)) / 2


def rows(*days):
    return [FIRST - ROW * (day - 1) for day in days]


@pytest.mark.parametrize(
    ("w_h", "days", "shut", "nothing", "farthest"),
    [
        (0.5, 3, [], [1], "0.595"),  # 2 * 0.175 * (0.5 * 1.1 + 1.15), the total
        (-1.3, 8, [2], [1, 2, 3], "3.65"),  # the state before day 3 is 0 as well
        (0.0, 8, [], [1, 2, 3, 4, 5, 6, 7], "0.48"),
    ],
)
def test_every_mark_stands_on_the_row_of_its_day(w_h, days, shut, nothing, farthest):
    picture = Ledger()
    picture.update(w_h, days)
    is_open = [day for day in range(1, days + 1) if day not in shut]
    for artist, on in ((picture.open, is_open), (picture.shut, shut)):
        assert middles(artist, 16) == pytest.approx(np.array([[RELU, y] for y in rows(*on)]).reshape(-1, 2))
    assert middles(picture.today, 4) == pytest.approx(np.array([[20, *rows(days)]]))
    reached = np.append(0.0, np.cumsum(by_hand(w_h, days)[2]))
    x = ZERO + HALF * reached / max(abs(reached))
    assert middles(picture.nothing, 6) == pytest.approx(np.array([[x[day - 1], *rows(day)] for day in nothing]))
    assert middles(picture.nudged, 4) == pytest.approx(np.array([[x[-1], NUDGED]]), abs=1e-3)
    down = [point for day in range(days) for point in ((x[day], *rows(day + 1)), (x[day + 1], *rows(day + 1)))]
    assert picture.way.get_xydata() == pytest.approx(np.array([*down, (x[-1], TOTAL)]))
    assert picture.end.get_text() == farthest
    assert picture.end.get_position()[0] == ZERO + HALF


def test_what_is_filled_is_open_or_positive_and_the_rest_is_white():
    picture = Ledger()
    fills = [to_hex(artist.get_facecolor()) for artist in (picture.today, picture.positive, picture.open)]
    assert fills == [color.lower() for color in (parts.GRADIENT.color, parts.GRADIENT.color, parts.HIDDEN.color)]
    for artist in (picture.negative, picture.shut, picture.nudged):
        assert to_hex(artist.get_facecolor()) == "#ffffff"
        assert artist.get_linewidth() > 0
    assert picture.nothing.get_linewidth() > 0, "a cross has nothing but its lines"


def test_each_row_names_its_day_and_its_price():
    words = {text.get_position(): text.get_text() for text in Ledger().figure.findobj(Text) if not text.get_animated()}
    assert [words[98, y] for y in rows(*range(1, 9))] == ["1", "0.5", "0.5", "1", "1", "1", "0.5", "0.5"]
    assert [words[30, y] for y in rows(*range(1, 9))] == [f"day {day}" for day in range(1, 9)]
    assert words[98, 334] == "price"


def test_without_an_error_today_there_is_no_share_and_no_scale():
    picture = Ledger(prices=(1.0, 1.0), target=1.1)
    assert picture.update(0.0, 2).startswith("w_h = 0, 2 days: today there is no error, so every share is exactly 0;")
    assert picture.end.get_text() == ""
    assert middles(picture.nothing, 6) == pytest.approx(np.array([[ZERO, y] for y in [*rows(1, 2), TOTAL]]))

"""The gradient ledger, its rows against products taken by hand, its bars against its rows."""

import numpy as np
import pytest
from course import corners, places

from statland.pictures.ledger import FIRST, HALF, ROW, ZERO, Ledger

PRICES = (1.0, 0.5, 0.5, 1.0, 1.0, 1.0, 0.5, 0.5)


def by_hand(w_h, days):
    """State before, product of the feedback weights and share of each day, with nothing but multiplication."""
    z, h = [], [0.0]
    for price in PRICES[:days]:
        z.append(price + w_h * h[-1] + 0.1)
        h.append(max(z[-1], 0.0))
    products = [w_h ** (days - t) * all(later > 0 for later in z[t - 1 :]) for t in range(1, days + 1)]
    return h[:-1], products, [2 * (h[-1] - 1.0) * product * h[t] for t, product in enumerate(products)]


@pytest.mark.parametrize("days", [2, 5, 8])
@pytest.mark.parametrize("w_h", [-1.5, -1.3, -0.5, 0.0, 0.5, 1.0, 1.5])
def test_rows_and_bars_are_what_multiplying_by_hand_gives_and_add_up(w_h, days):
    picture, shares = Ledger(), np.array(by_hand(w_h, days)[2])
    picture.update(w_h, days)
    cells = [*picture.cells, [picture.total, picture.check]]
    numbers = [float(cell.get_text().replace(",", "")) for column in cells for cell in column[:days]]
    assert numbers == pytest.approx([*np.ravel(by_hand(w_h, days)), *[sum(shares)] * 2], abs=0.51e-4)
    reached = np.append(0.0, np.cumsum(shares))
    x = ZERO + HALF * reached / (max(abs(reached)) or 1)
    starts, ends = np.append(x[:-1], ZERO), np.append(x[1:], x[-1])  # the last bar shows the total
    for artist, chosen in ((picture.positive, starts < ends), (picture.negative, starts > ends)):
        assert corners(artist, 4)[:, :2, 0] == pytest.approx(np.column_stack([starts, ends])[chosen])


def test_a_shut_day_is_white_and_leaves_nothing_to_any_day_before_it():
    picture = Ledger()
    picture.update(-1.3, 8)  # day 2 is shut: 0.5 - 1.3 * 1.1 + 0.1 < 0
    assert places(picture.nodes.shut, 16)[:, 1] == pytest.approx([FIRST - ROW])
    assert [cell.get_text() for cell in picture.cells[1]][:3] == ["0", "0", "-3.7129"]


@pytest.mark.parametrize(
    ("ledger", "values", "words"),
    [
        (Ledger(), (-1.5, 8), "the unit is shut on day 8, so every share is exactly 0; numerical gradient 0."),
        (Ledger((1.0, 1.0), target=1.1), (0.0, 2), "today there is no error, so every share is exactly 0;"),
        (Ledger((1.0, 1.0), target=0.0), (0.5, 2), "the shares add up to 3.6300,"),  # 2 * (1 + 0.55 + 0.1) * 1.1
        (Ledger(), (0.0, 8), "the shares add up to -0.4800, numerical gradient -0.4800; the largest: day 8, -0.4800."),
    ],
)
def test_the_sentence_says_what_is_shared_out_or_why_nothing_is(ledger, values, words):
    assert words in ledger.update(*values)

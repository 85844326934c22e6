"""What truncated backpropagation through time keeps, against sums worked out by hand."""

import numpy as np
import pytest
from course import corners, places

from statland.pictures.truncated import ROWS, TALLEST, Truncated


def shares(w_h, prices):
    """Of dL/dw_h and of dL/dw_x, the share of each day: day t has w_h^(50-t), times h_(t-1) or times x_t."""
    h = [0.0]
    for x in prices:
        h.append(1.8 * x + w_h * h[-1])
    back = [w_h ** (50 - t) for t in range(1, 51)]
    return np.array([np.multiply(back, h[:-1]), np.multiply(back, prices)])


HISTORIES = {"medium every day": [0.5] * 50, "high on day 1, then low": [1.0] + [0.0] * 49}


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("w_h", [0.8, 1.0, 1.1])
@pytest.mark.parametrize("k", [1, 10, 34, 49, 50])
def test_bars_wall_and_numbers_follow_the_powers_of_the_weight(k, w_h, history):
    picture, by_day = Truncated(), shares(w_h, HISTORIES[history])
    words = picture.update(k, w_h, history)
    boxes = corners(picture.bars, 4)
    low, high = boxes[:, :, 1].min(axis=1), boxes[:, :, 1].max(axis=1)
    tall = TALLEST * by_day / by_day.max(axis=1, keepdims=True)
    for foot, row, name, share, text in zip(ROWS, tall, ("w_h", "w_x"), by_day, picture.words, strict=True):
        here = low == foot
        assert (high - low)[here] == pytest.approx(row[row > 0], abs=1e-6)
        days = 50.5 - picture.days.transData.inverted().transform(boxes[here].mean(axis=1))[:, 0]
        assert days == pytest.approx(np.flatnonzero(row) + 1, abs=1e-6)
        part = share[-k:].sum() / share.sum()
        percent = "100 %" if part > 1 - 1e-9 else "over 99.9 %" if part >= 0.9995 else f"{100 * part:.3g} %"
        assert text.get_text() == f"{name}: {percent} kept"
        assert f"({percent})" in words
    assert len(places(picture.zeros, 6)) == (by_day == 0).sum()
    wall = picture.wall.get_xdata()[0]
    assert picture.days.transData.inverted().transform((wall, 0))[0] == pytest.approx(k), "taken by hand, it is k"
    veiled = corners(picture.veil, 4)
    assert (len(veiled) == 0) if k == 50 else (veiled[0, :, 0].max() == pytest.approx(wall))


def test_day_1_has_no_share_in_w_h_because_no_state_came_before_it():
    picture = Truncated()
    picture.update(50, 1.0)
    ((x, y),) = places(picture.zeros, 6)
    assert (ROWS[0] < y < ROWS[0] + 12, 50.5 - picture.days.transData.inverted().transform((x, 0))[0]) == (True, 1.0)


def test_at_a_weight_of_one_the_shares_of_w_h_form_a_staircase_and_those_of_w_x_are_alike():
    assert Truncated().update(10, 1.0) == (
        "k = 10, w_h = 1: the last 10 days hold 440.5 of 1,213 (36.3 %) of the slope along w_h, "
        "5.5 of 27.5 (20 %) along w_x."  # 1.1 * 0.9 times 40 + ... + 49 of 1 + ... + 49; 1.1 * 0.5 times 10 of 50
    )


def test_at_a_weight_of_one_nine_tenths_take_34_days_along_w_h_and_45_along_w_x():
    along_h, along_x = (share[::-1].cumsum() / share.sum() for share in shares(1.0, HISTORIES["medium every day"]))
    assert (np.argmax(along_h >= 0.9) + 1, np.argmax(along_x >= 0.9 - 1e-12) + 1) == (34, 45)
    picture = Truncated()
    picture.update(34, 1.0)
    assert [words.get_text() for words in picture.words] == ["w_h: 90.2 % kept", "w_x: 68 % kept"]


def test_with_49_days_the_only_day_with_a_price_is_lost():
    picture = Truncated()
    assert [picture.update(k, 1.0, "high on day 1, then low").split("w_h, ")[-1] for k in (49, 50)] == [
        "0 of 1.1 (0 %) along w_x.",
        "1.1 of 1.1 (100 %) along w_x.",
    ]

"""The picture of nine days under one feedback weight, against a plain loop and its own ruler."""

import numpy as np
import pytest
from course import corners, places, written

from statland.pictures.nine_days import PRICES, RULER, NineDays, X

WEIGHTS = [-2.0, -1.0, -0.5, 0.0, 0.5, 0.9, 1.0, 1.35, 2.0]


def plain(w_h):
    z, h = [], [0.0]
    for price in PRICES:
        z.append(1.8 * price + w_h * h[-1])
        h.append(max(0.0, z[-1]))
    return np.array(z), np.array(h)


@pytest.mark.parametrize("w_h", WEIGHTS)
def test_bars_arrows_and_prices_stand_on_one_scale_and_the_ruler_is_that_scale(w_h):
    picture = NineDays()
    picture.update(1.7)  # nothing of it may stay
    picture.update(w_h)
    z, h = plain(w_h)
    zero, one = corners(picture.frame, 4)[0][:, 1].min(), corners(picture.frame, 4)[0][:, 1].max()
    unit = (max(max(h), 1.1 * h[-1], 2.0) - min(min(w_h * h[:-1]), 0.0)) / 196  # of one point

    def amount(y):
        return (np.asarray(y) - zero) * unit

    close = {"abs": 0.11 * unit}
    assert amount(one) == pytest.approx(1.0, **close)
    bars = corners(picture.bars, 4)
    assert bars[:, :, 0].mean(axis=1) == pytest.approx(X)
    assert amount(bars[:, 0, 1]) == pytest.approx(h[1:], **close)
    assert amount(bars[:, 2, 1]) == pytest.approx(0 * h[1:], **close)
    added = corners(picture.added, 4)
    assert amount(added[:, 2, 1]) == pytest.approx(w_h * h[:-1], **close)
    assert amount(added[:, 0, 1]) == pytest.approx(z, **close)
    lines = places(picture.ruler, 4)[:, 1]
    assert amount(lines) == pytest.approx(
        [mark for mark in RULER if mark <= 2 or mark <= max(h[-1] * 1.1, *h)], **close
    )
    for words, mark in zip(picture.ticks, RULER, strict=True):
        if words.get_visible():
            assert float(words.get_text()) == mark
            assert amount(words.get_position()[1]) == pytest.approx(mark, **close)


@pytest.mark.parametrize("w_h", WEIGHTS)
def test_an_arrow_leaves_the_top_of_a_bar_and_ends_where_the_next_price_begins(w_h):
    picture = NineDays()
    picture.update(w_h)
    vertices = picture.carried.get_path().vertices
    starts = vertices[0::8]  # of an arrow: four corners of its line, four of its head
    tips = vertices[4::8]
    assert starts[:, 1] == pytest.approx(corners(picture.bars, 4)[:-1, 0, 1])
    assert tips[:, 1] == pytest.approx(corners(picture.added, 4)[1:, 2, 1])
    assert (tips[:, 0] > starts[:, 0]).all()
    rises = np.sign(np.round(tips[:, 1] - starts[:, 1], 1))
    _, h = plain(w_h)
    assert rises[h[1:-1] > 0.5] == pytest.approx(np.sign(w_h - 1))


def test_a_frame_holds_the_prediction_if_it_is_a_price_and_stands_over_the_price_that_is_not_known():
    picture = NineDays()
    assert "?" in written(picture.figure)
    for w_h in WEIGHTS:
        picture.update(w_h)
        (frame,) = corners(picture.frame, 4)
        middle = picture.prediction.get_path().vertices[-4:-1].mean(axis=0)  # the triangle's
        top = picture.prediction.get_path().vertices[-3, 1] - 11
        assert middle[0] == pytest.approx(frame[:, 0].mean())
        assert (frame[:, 1].min() <= top <= frame[:, 1].max()) == (0 <= 1.1 * plain(w_h)[1][-1] <= 1)


def test_white_is_exactly_where_relu_is_shut():
    picture = NineDays()
    for w_h in WEIGHTS:
        sentence = picture.update(w_h)
        z, _ = plain(w_h)
        shut = places(picture.nodes.shut, 19)
        assert shut[:, 0] == pytest.approx(X[z <= 0])
        days = ", ".join(str(day + 1) for day in np.flatnonzero(z <= 0))
        assert ("ReLU is shut on day" in sentence) == bool(days)
        assert days in sentence


@pytest.mark.parametrize(
    ("w_h", "last", "prediction"),
    [(-2.0, "0.9", "0.99"), (0.0, "0.9", "0.99"), (1.0, "9.9", "10.89"), (2.0, "672.3", "739.5")],
)
def test_the_prediction_by_hand(w_h, last, prediction):
    """At 1 the prices add up: 5.5 times 1.8; at 2 the price of day 1 alone has become 1.8 times 256."""
    picture = NineDays()
    assert picture.update(w_h).endswith(f"After nine days the state is {last} and the prediction {prediction}.")
    assert picture.y.get_text() == f"▲ {prediction}"


def test_the_start_stays_as_outlines_on_the_scale_of_now():
    picture = NineDays()
    picture.update(-0.5)
    assert (picture.start.get_path().vertices == picture.bars.get_path().vertices).all()
    picture.update(1.0)
    _, h = plain(-0.5)
    zero, one = np.sort(corners(picture.frame, 4)[0][:, 1])[[0, -1]]
    tops = corners(picture.start, 4)[:, 0, 1]
    assert (tops - zero) / (one - zero) == pytest.approx(h[1:], abs=0.02)

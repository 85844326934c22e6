"""What truncated backpropagation through time keeps, against sums worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from statland import STATLAND_WEIGHTS, rnn_backward, rnn_forward, rnn_step
from statland.pictures import parts
from statland.pictures.truncated import BAR, DAY, LEFT, ROW, TALLEST, WEIGHTS, Truncated, last_days

DAY_1 = "high on day 1, then low"


def bars(artist):
    """The heights of the bars that an artist draws."""
    vertices = artist.get_path().vertices
    return np.ptp(vertices.reshape(-1, 5, 2)[:, :, 1], axis=1) if len(vertices) else np.empty(0)


def share_held(w_h, k):
    """Of dL/dw_h on medium prices, the part of the last k days: day t has w_h^(50-t) h_(t-1)."""
    h = [0.0]
    for _ in range(50):
        h.append(0.9 + w_h * h[-1])
    shares = np.array([w_h ** (50 - t) * h[t - 1] for t in range(1, 51)])
    return shares[-k:].sum() / shares.sum(), shares


@pytest.mark.parametrize("k", [1, 10, 25, 49, 50])
def test_the_bars_and_the_sentence_follow_the_powers_of_the_weight(k):
    picture = Truncated()
    words = picture.update(k)
    held, tall = [], []
    for w_h in WEIGHTS:
        part, shares = share_held(w_h, k)
        held.append("100 %" if part > 1 - 1e-9 else "over 99.9 %" if part >= 0.9995 else f"{100 * part:.3g} %")
        tall.append(TALLEST * shares / shares.max())
    assert words.endswith(f"{held[0]} of the gradient at w_h = 0.8, {held[1]} at 1, {held[2]} at 1.1.")
    tall = np.array(tall)
    assert bars(picture.kept) == pytest.approx(tall[:, -k:].ravel(), abs=1e-9)
    assert bars(picture.cut) == pytest.approx(tall[:, : 50 - k].ravel(), abs=1e-9)


def test_at_a_weight_of_one_the_shares_form_a_staircase():
    assert share_held(1.0, 10)[0] == pytest.approx(sum(range(40, 50)) / sum(range(50)))
    assert "36.3 % at 1," in Truncated().update(10)


@pytest.mark.parametrize("k", [1, 10, 40])
def test_for_a_price_on_day_1_every_pass_has_the_same_share(k):
    picture = Truncated()
    part = f"{100 * k / 49:.3g} %"
    assert f"{part} of the gradient at w_h = 0.8, {part} at 1, {part} at 1.1." in picture.update(k, DAY_1)
    assert bars(picture.kept) == pytest.approx(np.full(3 * k, TALLEST))


def test_the_state_before_the_last_days_counts_as_given():
    params = replace(STATLAND_WEIGHTS, w_h=0.9)
    trace = rnn_forward([0.5] * 12, params)
    given = trace.h[7]

    def prediction(w_h):
        h = given
        for _ in range(5):
            _, h = rnn_step(0.5, h, replace(params, w_h=w_h))
        return 1.1 * h

    grads, dh = last_days(trace, np.eye(12)[-1], params, k=5)
    assert grads.w_h == pytest.approx((prediction(0.9 + 1e-6) - prediction(0.9 - 1e-6)) / 2e-6, rel=1e-6)
    assert dh.shape == (6,)


def test_all_days_are_the_whole_gradient():
    params = replace(STATLAND_WEIGHTS, w_h=0.9)
    trace = rnn_forward([0.5] * 12, params)
    dy = np.eye(12)[-1]
    assert last_days(trace, dy, params, k=12)[0] == rnn_backward(trace, dy, params)[0]


FEET = [44 + 2 * ROW, 44 + ROW, 44]  # of the rows for 0.8, 1 and 1.1, from the top


@pytest.mark.parametrize("k", [1, 10, 49])
def test_each_bar_stands_on_its_row_over_its_day_and_the_border_before_the_first_that_is_kept(k):
    picture = Truncated()
    picture.update(25, DAY_1)
    picture.update(k)
    for artist, days in ((picture.kept, range(51 - k, 51)), (picture.cut, range(1, 51 - k))):
        corners = artist.get_path().vertices.reshape(3, len(days), 5, 2)
        middle = np.tile([LEFT + (day - 0.5) * DAY for day in days], (3, 1))
        assert corners[..., 0].min(axis=2) == pytest.approx(middle - BAR / 2)
        assert corners[..., 0].max(axis=2) == pytest.approx(middle + BAR / 2)
        assert corners[..., 1].min(axis=2) == pytest.approx(np.repeat(FEET, len(days)).reshape(3, -1))
    x, y = picture.border.get_data()
    assert x == pytest.approx(np.full(9, LEFT + (50 - k) * DAY))
    ends = np.reshape(y, (3, 3))
    assert np.isnan(ends[:, 2]).all(), "a gap after each row"
    assert (ends[:, 0] < FEET).all()
    assert (ends[:, 1] > np.add(FEET, TALLEST)).all()
    assert (ends[1:, 1] < FEET[:-1]).all()
    assert to_hex(picture.kept.get_facecolor()) == parts.GRADIENT.color.lower()
    assert to_hex(picture.cut.get_facecolor()) == "#ffffff"
    assert picture.cut.get_linewidth() > 0


def test_the_bold_numbers_say_how_much_of_how_much():
    picture = Truncated()
    picture.update(10)
    for text, w_h, foot in zip(picture.words, WEIGHTS, FEET, strict=True):
        part, shares = share_held(w_h, 10)
        numbers, percent = text.get_text().replace(",", "").split(": ")
        short, of = numbers.split(" of ")
        assert float(short) == pytest.approx(1.1 * shares[-10:].sum(), rel=5e-4)
        assert float(of) == pytest.approx(1.1 * shares.sum(), rel=5e-4)
        assert percent == f"{100 * part:.3g} %"
        assert foot + TALLEST < text.get_position()[1] < foot + ROW
        assert text.get_weight() == "bold"
    assert picture.words[1].get_text() == "440.5 of 1,213: 36.3 %"  # 1.1 * 0.9 * 445 and 1.1 * 0.9 * 1225
    picture.update(10, DAY_1)
    assert picture.words[1].get_text() == "19.8 of 97.02: 20.4 %"  # each of 49 days: 1.1 * 1.8


def test_the_rows_are_named_after_their_weights_and_the_axis_after_its_days():
    words = {text.get_text(): text.get_position() for text in Truncated().figure.findobj(Text)}
    assert [words[f"w_h = {w_h}"][1] - foot for w_h, foot in zip(("0.8", "1", "1.1"), FEET, strict=True)] == [24] * 3
    ticks = [words[f"{day}"][0] for day in (1, 10, 20, 30, 40, 50)]
    assert ticks == pytest.approx([LEFT + (day - 0.5) * DAY for day in (1, 10, 20, 30, 40, 50)])

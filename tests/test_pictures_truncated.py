"""What truncated backpropagation through time keeps, against sums worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from statland import STATLAND_WEIGHTS, rnn_backward, rnn_forward, rnn_step
from statland.pictures.truncated import TALLEST, WEIGHTS, Truncated, last_days

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

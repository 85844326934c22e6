"""What truncated backpropagation through time keeps, against sums worked out by hand."""

import numpy as np
import pytest
from course import corners, written

from statland.pictures.truncated import TALLEST, WEIGHTS, Truncated


def shares(w_h):
    """Of dL/dw_h on medium prices, the share of each day: day t has w_h^(50-t) h_(t-1)."""
    h = [0.0]
    for _ in range(50):
        h.append(0.9 + w_h * h[-1])
    return [w_h ** (50 - t) * h[t - 1] for t in range(1, 51)]


def heights(bars):
    return np.ptp(corners(bars, 4)[:, :, 1], axis=1)


@pytest.mark.parametrize("k", [1, 10, 25, 49, 50])
def test_the_bars_and_the_numbers_follow_the_powers_of_the_weight(k):
    picture = Truncated()
    words, by_day = picture.update(k), np.array([shares(w_h) for w_h in WEIGHTS])
    tall = TALLEST * by_day / by_day.max(axis=1, keepdims=True)
    assert heights(picture.kept) == pytest.approx(tall[:, -k:].ravel(), abs=1e-9)
    assert heights(picture.cut) == pytest.approx(tall[:, :-k].ravel(), abs=1e-9)
    part = by_day[:, -k:].sum(axis=1) / by_day.sum(axis=1)
    held = ["100 %" if p > 1 - 1e-9 else "over 99.9 %" if p >= 0.9995 else f"{100 * p:.3g} %" for p in part]
    days = "day holds" if k == 1 else f"{k} days hold"
    held_by = f"{held[0]} of the gradient at w_h = 0.8, {held[1]} at 1, {held[2]} at 1.1."
    assert words == f"k = {k}, medium every day: the last {days} {held_by}"


def test_at_a_weight_of_one_the_shares_form_a_staircase():
    picture = Truncated()
    picture.update(10)
    assert "440.5 of 1,213: 36.3 %" in written(picture.figure)  # 1.1 * 0.9 times 40 + ... + 49 of 1 + ... + 49


@pytest.mark.parametrize("k", [1, 10, 40])
def test_for_a_price_on_day_1_every_pass_has_the_same_share(k):
    picture, part = Truncated(), f"{100 * k / 49:.3g} %"
    words = picture.update(k, "high on day 1, then low")
    assert words.endswith(f"{part} of the gradient at w_h = 0.8, {part} at 1, {part} at 1.1.")
    assert heights(picture.kept) == pytest.approx(np.full(3 * k, TALLEST))
    assert f"{1.98 * k:.4g} of 97.02: {part}" in written(picture.figure)  # each of 49 days: 1.1 * 1.8

"""The gradient ledger, its blame and its pile against products taken by hand."""

from dataclasses import replace

import numpy as np
import pytest
from course import corners, places

from statland.pictures.ledger import BASE, DAYS, FLOOR, HIGHER, LOWER, PITCH, UNIT, Ledger

PRICES = (1.0, 0.5, 0.5, 1.0, 1.0, 1.0, 0.5, 0.5)
ALL = 32  # steps: four for each of eight days


def by_hand(w_h, prices=PRICES):
    """State before, blame of the state and share of each day, with nothing but multiplication."""
    z, h = [], [0.0]
    for price in prices:
        z.append(price + w_h * h[-1] + 0.1)
        h.append(max(z[-1], 0.0))
    days, today = range(len(prices)), 2 * (h[-1] - 1.0)
    blame = [today * w_h ** (len(prices) - 1 - t) * all(later > 0 for later in z[t + 1 :]) for t in days]
    return np.array(h[:-1]), np.array(blame), np.array([blame[t] * (z[t] > 0) * h[t] for t in days])


def named(picture):
    """The numbers on the pile's scale, with their heights on the page."""
    return {
        float(words.get_text().replace(",", "")): words.get_position()[1] for words in picture.marks if words.get_text()
    }


def scale(picture):
    """Points of the pile for a share of 1, as the numbers beside it say."""
    heights = named(picture)
    assert places(picture.ticks, 4)[:, 1] == pytest.approx(list(heights.values()))
    assert heights[0.0] == FLOOR
    return (max(heights.values()) - FLOOR) / max(heights)


def steps_of(picture):
    """Where each share's block stands and how high it reaches up or down, by the day at which it stands."""
    blocks = corners(picture.pieces, 5)
    return blocks[:, 2, 0], blocks[:, 0, 1], blocks[:, 2, 1]  # the tip is the third corner


@pytest.mark.parametrize("w_h", [-1.3, -0.8, -0.5, 0.0, 0.3, 0.5, 1.0, 1.5])
@pytest.mark.parametrize("start", [-0.5, 0.5])
def test_each_share_stands_on_the_one_before_and_the_last_ends_where_the_sum_and_the_nudge_do(w_h, start):
    picture, (_, _, shares) = Ledger(unit=replace(UNIT, w_h=start)), by_hand(w_h)
    sentence = picture.update(w_h, ALL)
    tall, (x, foot, tip) = scale(picture), steps_of(picture)
    days = np.flatnonzero(shares)
    assert x == pytest.approx(picture.x[days])
    assert tip - foot == pytest.approx(tall * shares[days])
    sums = np.cumsum(shares[::-1])[::-1]
    assert tip == pytest.approx(FLOOR + tall * sums[days])
    total = sum(shares)
    assert sorted({*corners(picture.sum, 4)[0, :, 1]}) == pytest.approx(sorted([FLOOR, FLOOR + tall * total]))
    assert picture.nudged.get_ydata() == pytest.approx([FLOOR + tall * total] * 2, abs=1e-3)
    assert float(picture.total.get_text().replace(",", "")) == pytest.approx(total, rel=0.005, abs=0.5e-4)
    assert f"all 8 shares add up to {total:,.4f}" in sentence.replace("to 0;", "to 0.0000;")
    assert min(*foot, *tip) >= FLOOR - LOWER - 1e-6
    assert max(*foot, *tip) <= FLOOR + HIGHER + 1e-6


@pytest.mark.parametrize("w_h", [-0.5, 0.5, 1.0, 1.5])
def test_blame_is_as_high_as_a_multiple_of_todays_and_as_wide_as_the_state_before(w_h):
    picture, (before, blame, shares) = Ledger(unit=replace(UNIT, w_h=w_h)), by_hand(w_h)
    picture.update(w_h, ALL)
    marks = places(picture.blame, 4)
    assert marks[:, 0] == pytest.approx(picture.x)
    heights = marks[:, 1] - BASE
    assert heights / heights[-1] == pytest.approx(blame / blame[-1])
    assert np.sign(heights) == pytest.approx(np.sign(blame))
    wide = np.ptp(corners(picture.before, 4)[:, :, 0], axis=1)
    assert wide / wide[1] == pytest.approx(before / before[1])
    areas = np.ptp(corners(picture.frames, 4), axis=1).prod(axis=1)
    assert areas / areas[-1] == pytest.approx((shares / shares[-1])[1:] * np.sign((shares / shares[-1])[1:]))


def test_a_shut_day_is_white_and_lets_no_blame_pass_to_any_day_before_it():
    picture, (_, blame, _) = Ledger(), by_hand(-1.3)
    assert "day 2 is shut and stops the blame -7.95; all 8 shares" in picture.update(-1.3, ALL)  # 0.5 - 1.43 + 0.1 < 0
    assert places(picture.nodes.shut, 21) == pytest.approx(np.array([[picture.x[1], DAYS]]))
    assert blame[0] == 0 != blame[1]
    heads = picture.arrows.get_path().vertices[:, 0]
    assert picture.x[1] < min(heads) < picture.x[2], "an arrow leads to day 2, none away from it"
    assert len(places(picture.blame, 4)) == 7
    assert picture.carried.get_text() == "-7.95 × 0"
    assert "day 8 is shut and stops the blame -2; all 8 shares add up to 0; nudging" in picture.update(-1.5, ALL)
    assert not len(picture.arrows.get_path().vertices)
    assert not len(picture.pieces.get_path().vertices)


def test_the_numbers_of_the_scale_change_where_the_pile_needs_more_room():
    picture, tall = Ledger(), {}
    for w_h in (0.0, 0.3, 0.5, 0.7, 1.0, 1.5):
        picture.update(w_h, ALL)
        tall[w_h] = scale(picture)
        assert max(named(picture)) * tall[w_h] > HIGHER / 2, "the scale has a number for the upper half"
    assert tall[0.0] == tall[0.3] == tall[0.5] > 5 * tall[0.7] > 30 * tall[1.0] > 500 * tall[1.5]
    assert [words.get_text() for words in picture.marks][:3] == ["0", "5,000", "10,000"]
    below = Ledger(unit=replace(UNIT, w_h=-0.5))
    below.update(-0.9, ALL)
    small = np.ptp(corners(below.sum, 4)[0, :, 1])
    below.update(-1.3, ALL)
    assert np.ptp(corners(below.sum, 4)[0, :, 1]) > 4 * small, "a sum of -0.05 is no bar like one of -3.66"


def test_blame_goes_from_day_to_day_in_four_steps_and_its_share_falls_meanwhile():
    picture = Ledger()
    assert "the blame on day 8 is 0.836; no share has fallen yet; nudging w_h gives 2.9219." in picture.update()
    (frame,), (share,) = corners(picture.frames, 4), corners(picture.pieces, 5)
    assert {*map(tuple, share)} - {*map(tuple, frame)} == {(picture.x[-1], frame[:, 1].max())}, "it fills its frame"
    feet = []
    for step in range(5):
        picture.update(0.5, step)
        walker = places(picture.walker, 4)[0]
        assert walker[0] == pytest.approx(picture.x[-1] - PITCH * step / 4)
        feet.append(steps_of(picture)[1][-1])
        assert corners(picture.frames, 4)[-1] == pytest.approx(frame), "the frame stays"
        hand = picture.by_hand["step"].axes.transData.inverted()
        assert hand.transform(picture.figure.axes[0].transData.transform([walker]))[0, 0] == pytest.approx(step)
    assert feet[:4] == pytest.approx([BASE - (BASE - FLOOR) * k / 4 for k in range(4)])
    assert steps_of(picture)[1] == pytest.approx([BASE, FLOOR]), "of the days 7 and 8"
    assert picture.carried.get_text() == "0.418"
    picture.update(0.5, 6)
    assert picture.carried.get_text() == "0.418 × 0.5"


def test_up_to_a_feedback_weight_of_0_3_the_prediction_is_too_low_and_all_shares_point_down():
    for w_h, down in ((0.1, True), (0.2, True), (0.3, True), (0.4, False)):
        picture = Ledger()
        picture.update(w_h, ALL)
        _, foot, tip = steps_of(picture)
        assert all((tip < foot) == down)


def test_a_faint_copy_of_the_start_is_drawn_on_the_scale_of_now():
    picture, shares = Ledger(), by_hand(0.5)[2]
    picture.update(0.7, ALL)
    heights = np.ptp(corners(picture.start, 4)[:, :, 1], axis=1)
    assert heights == pytest.approx(scale(picture) * np.append(shares, sum(shares)))


@pytest.mark.parametrize(
    ("ledger", "w_h", "words"),
    [
        (Ledger((1.0, 1.0), target=1.1), 0.0, "no blame comes to day 2"),
        (Ledger((1.0, 1.0), target=0.0), 0.5, "all 2 shares add up to 3.6300,"),  # 2 * (1 + 0.55 + 0.1) * 1.1
        (Ledger(), 0.0, "all 8 shares add up to -0.4800, the largest is -0.4800 of day 8; nudging w_h gives -0.4800."),
    ],
)
def test_the_sentence_says_what_has_fallen_and_where_the_blame_is(ledger, w_h, words):
    assert words in ledger.update(w_h, ALL)

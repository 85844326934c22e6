"""Keys, scores, shares and answers of two companies, against softmax by hand."""

import numpy as np
import pytest
from course import corners, written

from statland.pictures.looking_back import COMPANIES, DAYS, FOOT, HIGHER, KEY, SPREAD, UNIT, WIDE, LookingBack

A = np.array([0.0, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 1.0])  # the third price is repeated
HISTORIES = (A, np.array([1.0, *A[1:]]))


@pytest.mark.parametrize(("q_age", "q_price"), [(0.0, 0.0), (2.0, 0.0), (-1.0, 3.0), (0.0, -8.0)])
def test_bars_are_scores_and_columns_are_as_wide_as_shares_and_as_high_as_prices(q_age, q_price):
    picture = LookingBack()
    sentence = picture.update(q_age, q_price)
    scores, columns = (corners(shape, 4).reshape(2, DAYS, 4, 2) for shape in (picture.scores, picture.columns))
    for prices, bar, column, level, (name, *_) in zip(
        HISTORIES, scores, columns, picture.answers.get_ydata(), COMPANIES, strict=True
    ):
        score = (q_age * np.arange(7, -1, -1) + q_price * prices) / 2**0.5
        share = np.exp(score) / np.exp(score).sum()
        tall = np.ptp(bar[:, :, 1], axis=1)
        assert tall == pytest.approx(np.maximum(abs(UNIT * score), 1.5) + 1.5)
        wide = np.ptp(column[:, :, 0], axis=1)
        assert wide == pytest.approx(WIDE * share - 2 * np.minimum(0.75, 0.1 * WIDE * share))
        assert column[:, :, 1].max(axis=1) == pytest.approx(FOOT + HIGHER * prices)
        answer = share @ prices
        assert (level - FOOT) / HIGHER == pytest.approx(answer)
        assert f"for company {name} the answer is {round(answer, 3):.4g}, tomorrow's price" in sentence


@pytest.mark.parametrize(
    ("query", "verdicts"),
    [
        ((0.0, 0.0), ["wrong", "wrong"]),
        ((2.4, 0.0), ["right", "right"]),  # old days: right about both companies
        ((0.0, 8.0), ["wrong", "right"]),  # high prices: right about one
    ],
)
def test_what_is_asked_decides_what_is_found(query, verdicts):
    picture = LookingBack()
    sentence = picture.update(*query)
    signs = {"right": "✓", "wrong": "✗"}
    assert [words for words in written(picture.figure) if words in "✓✗"] == [signs[verdict] for verdict in verdicts]
    assert [sentence.count(word) for word in signs] == [verdicts.count(word) for word in signs]
    frames = [patch for patch in picture.figure.axes[0].patches if patch.get_linewidth() == 2]
    answers, strokes = picture.answers.get_data(), list(corners(picture.misses, 4))
    for frame, verdict, x, y in zip(frames, verdicts, *answers, strict=True):
        left, low, right, high = frame.get_path().get_extents().extents
        assert left < x < right
        assert (low <= y <= high) == (verdict == "right"), "in its frame an answer is right"
        if verdict == "wrong":
            stroke = strokes.pop(0)
            assert set(stroke[:, 1]) == {(low + high) / 2, y}, "the error leads from the frame's middle to the answer"
    assert not strokes


def test_a_way_leads_from_each_day_to_its_share():
    picture = LookingBack()
    picture.update(q_age=3.0)
    first = picture.spread[1].get_path().vertices[:4]
    assert first[1, 0] - first[0, 0] == 15, "all days begin equally wide"
    assert picture.columns.get_path().vertices[2, 0] == pytest.approx(first[2, 0])


@pytest.mark.parametrize("q_age", [-2.0, 6.0])
@pytest.mark.parametrize("q_price", [-8.0, 8.0])
def test_no_score_reaches_the_keys_above_it_or_the_shares_below_it(q_age, q_price):
    picture = LookingBack()
    picture.update(q_age, q_price)
    heights = corners(picture.scores, 4)[:, :, 1]
    assert heights.min() > SPREAD
    assert heights.max() < KEY - 13 - 8, "half a digit is 8 points with its margin"

"""The picture of the four rules, against numbers worked out by hand."""

import numpy as np
import pytest
from course import corners, written

from statland.pictures.rules import Rules


@pytest.mark.parametrize(("w_h", "points"), [(0.5, 1), (0.0, 51), (-0.5, 101), (-1.5, 201)])
def test_the_error_is_drawn_from_the_right_as_far_as_w_h_and_is_the_sum_of_four_squares(w_h, points):
    picture = Rules()
    picture.update(w_h)
    x, error = picture.curve.get_data()
    third, fourth = (1.1 * np.maximum(price + 1.8 * x, 0) for price in (0.9, 1.8))
    assert error == pytest.approx(0.01**2 + third**2 + (fourth - 1) ** 2, abs=1e-12)
    assert (len(x), x[0], x[-1]) == (points, pytest.approx(w_h), 0.5)
    assert picture.point.get_xydata()[0] == pytest.approx([x[0], error[0]])
    assert max(error) < picture.figure.axes[1].get_ylim()[1], "nothing is cut off"


@pytest.mark.parametrize(
    ("w_h", "words"),
    [
        (-1.5, "3 of 4 rules are right, the prediction is wrong after high, high; the squared errors add up to 1.0001"),
        (-0.5, "all four rules are right; the squared errors add up to 0.0002."),
        (-0.45, "all four rules are right;"),  # 1.1 * 0.09 = 0.099 is still within 0.1
        (0.0, "2 of 4 rules are right, the prediction is wrong after high, medium and after high, high;"),
    ],
)
def test_the_sentence_counts_what_is_right_and_adds_up_the_squared_errors(w_h, words):
    assert Rules().update(w_h).startswith(f"w_h = {w_h:g}: {words}")


@pytest.mark.parametrize(
    ("w_h", "predicted", "verdicts"),
    [  # rows 3 and 4: 1.1 * (0.9 + 1.8 w_h) and 1.1 * (1.8 + 1.8 w_h), not below 0
        (0.0, [0, 0.99, 0.99, 1.98], ["0 ✓", "0.99 ✓", "0.99 ✗", "1.98 ✗"]),
        (-0.75, [0, 0.99, 0, 0.495], ["0 ✓", "0.99 ✓", "0 ✓", "0.495 ✗"]),
        (0.5, [0, 0.99, 1.98, 2.97], ["0 ✓", "0.99 ✓", "1.98 ✗", "2.97 ✗"]),
    ],
)
def test_each_row_has_its_prediction_and_its_gap_and_the_gaps_squares_make_the_error(w_h, predicted, verdicts):
    picture = Rules()
    picture.update(w_h)
    rows, targets = [3, 2, 1, 0], np.array([0, 1, 0, 1])
    assert picture.predictions.get_xydata() == pytest.approx(np.column_stack([predicted, rows]))
    assert [words for words in written(picture.figure) if words[-1] in "✓✗"] == verdicts
    heights = np.empty(4)
    for k, (gap, square) in enumerate(zip(picture.gaps, picture.squares, strict=True)):
        assert gap.get_facecolor() == square.get_facecolor()
        edges, column = corners(gap, 4), corners(square, 4)
        assert edges[:, :, 1].mean(axis=1) == pytest.approx(rows[k::2])
        assert edges[:, 0, 0] == pytest.approx(targets[k::2]), "from the right answer"
        assert edges[:, 2, 0] == pytest.approx(predicted[k::2]), "to the prediction"
        assert column[:, :, 0].mean() == pytest.approx(w_h)
        heights[k::2] = column[:, 0, 1] - column[:, 2, 1]
    assert heights == pytest.approx((np.array(predicted) - targets) ** 2)
    assert picture.error.get_text() == f"{heights.sum():.4f}"

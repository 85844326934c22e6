"""The picture of the four rules, against numbers worked out by hand."""

import numpy as np
import pytest
from course import corners, written

from statland.pictures.rules import Rules


def test_the_drawn_curve_is_the_sum_of_four_squares_as_far_as_it_stays_below_six():
    w_h, error = Rules().figure.axes[1].lines[0].get_data()
    third, fourth = (1.1 * np.maximum(x + 1.8 * w_h, 0) for x in (0.9, 1.8))
    assert error == pytest.approx(0.01**2 + third**2 + (fourth - 1) ** 2, abs=1e-12)
    assert (w_h[0], w_h[-1]) == pytest.approx((-2.0, 0.37))  # 5.90 at 0.37, 6.04 at 0.38


@pytest.mark.parametrize(
    ("w_h", "words"),
    [
        (-2.0, "3 of 4 rules are right, the prediction is wrong after high, high; the squared errors add up to 1.0001"),
        (-0.5, "all four rules are right; the squared errors add up to 0.0002."),
        (-0.45, "all four rules are right;"),  # 1.1 * 0.09 = 0.099 is still within 0.1
        (0.0, "2 of 4 rules are right, the prediction is wrong after high, medium and after high, high;"),
    ],
)
def test_the_sentence_counts_what_is_right_and_adds_up_the_squared_errors(w_h, words):
    assert Rules().update(w_h).startswith(f"w_h = {w_h:g}: {words}")


@pytest.mark.parametrize(
    ("w_h", "predicted", "verdicts", "error", "mark"),
    [  # rows 3 and 4: 1.1 * (0.9 + 1.8 w_h) and 1.1 * (1.8 + 1.8 w_h)
        (0.0, [0, 0.99, 0.99, 1.98], ["0 ✓", "0.99 ✓", "0.99 ✗", "1.98 ✗"], 1.9406, "o"),
        (1.0, [0, 0.99, 2.97, 3.96], ["0 ✓", "0.99 ✓", "2.97 ✗", "3.96 ✗"], 6, "^"),
    ],
)
def test_each_row_has_its_prediction_and_an_error_too_large_stands_on_the_edge(w_h, predicted, verdicts, error, mark):
    picture = Rules()
    picture.update(w_h)
    assert picture.predictions.get_xydata() == pytest.approx(np.column_stack([predicted, [3, 2, 1, 0]]))
    gaps = corners(picture.gaps, 4)[:, :, 0]
    targets = np.array([0, 1, 0, 1])
    assert gaps.min(axis=1) == pytest.approx(np.minimum(predicted, targets))
    assert gaps.max(axis=1) == pytest.approx(np.maximum(predicted, targets))
    assert [words for words in written(picture.figure) if words[-1] in "✓✗"] == verdicts
    assert picture.at[mark].get_xydata()[0] == pytest.approx([w_h, error])
    [other] = {"o", "^"} - {mark}
    assert not len(picture.at[other].get_xydata())

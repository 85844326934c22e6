"""A training run, against the chain rule by hand."""

import numpy as np
import pytest
from course import corners, written

from statland.pictures.training import ROWS, Training

START = (1.0, 0.5, 1.0, 0.0, 0.0)  # w_x, w_h, w_y, b_h, b_y
PUBLISHED = (1.8, -0.5, 1.1, 0, 0)
YESTERDAY, TODAY, TOMORROW = np.array([(0, 0, 0), (0, 0.5, 1), (1, 0.5, 0), (1, 1, 1)]).T  # the four rules


def trained(numbers, rate, steps):
    """Return the five numbers after so many steps, the predictions and z of the four rules, and the loss."""
    for step in range(steps + 1):
        w_x, w_h, w_y, b_h, b_y = numbers
        h1 = np.maximum(w_x * YESTERDAY + b_h, 0.0)
        z = w_x * TODAY + w_h * h1 + b_h
        y = w_y * np.maximum(z, 0.0) + b_y
        dy = 2 * (y - TOMORROW)
        d2 = dy * w_y * (z > 0)
        d1 = d2 * w_h * (h1 > 0)
        if step < steps:
            slopes = [d2 * TODAY + d1 * YESTERDAY, d2 * h1, dy * np.maximum(z, 0.0), d2 + d1, dy]
            numbers = numbers - rate * np.sum(slopes, axis=1)
    return numbers, y, z, np.sum((y - TOMORROW) ** 2)


@pytest.mark.parametrize("step", [0, 1, 10, 40, 100])
def test_bars_triangles_and_words_show_the_step_that_the_chain_rule_gives_by_hand(step):
    picture, (numbers, y, _, loss) = Training(), trained(START, 0.05, step)
    words = picture.update(step)
    for row, number, bar in zip(ROWS, numbers, corners(picture.bars, 4), strict=True):
        left, right = sorted(bar[:2, 0])
        assert (left, right) == pytest.approx((min(number, 0), max(number, 0)))
        assert bar[:, 1].mean() == pytest.approx(row)
    assert picture.predictions.get_ydata() == pytest.approx(y)
    assert [float(number.get_text()) for number in picture.numbers] == pytest.approx(numbers, abs=0.00501)
    assert f"The loss is {loss:.2g}" in words
    assert words.endswith("learned.") == (loss < 1e-3)


def test_a_black_line_stands_at_each_published_number_and_names_it():
    picture = Training()
    lines = [path.vertices for lines in picture.figure.axes[0].collections for path in lines.get_paths()]
    assert [line[:, 0].mean() for line in lines] == list(PUBLISHED)
    assert [line[:, 1].mean() for line in lines] == pytest.approx(ROWS)
    names = picture.figure.axes[0].get_yticklabels()
    assert [name.get_text() for name in names] == ["w_x", "w_h", "w_y", "b_h", "b_y"]
    assert [words for words in written(picture.figure) if words in ("1.8", "-0.5", "1.1")] == ["1.8", "-0.5", "1.1"]


def test_only_the_feedback_weight_arrives_at_its_published_number():
    picture = Training()
    picture.update(100)
    ends = [bar[np.argmax(abs(bar[:, 0])), 0] for bar in corners(picture.bars, 4)[:3]]
    assert np.less(abs(np.subtract(ends, PUBLISHED[:3])), 0.01).tolist() == [False, True, False]
    assert ends[0] < 1.8
    assert ends[2] > 1.1

"""A training run, against the chain rule by hand."""

import numpy as np
import pytest
from course import corners, places

from statland.pictures.training import COLUMNS, FOOT, HEAD, UNIT, Training

START = (1.0, 0.5, 1.0, 0.0, 0.0)  # w_x, w_h, w_y, b_h, b_y
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


@pytest.mark.parametrize(
    ("step", "rate", "words"),
    [
        (0, 0.05, "1.5, as at the start."),  # 0 + 0.25 + 1 + 0.25
        (30, 0.05, "0.089, 94 % less than at the start."),
        (60, 0.05, "0.00095, and the rules are learned."),
        (1, 0.1, "2.3, more than at the start."),
        (150, 0.2, "1, and the unit is shut on every rule: it is dead."),
        (150, 0.3, "1.7e44, and grows with every step: it blows up."),
    ],
)
def test_the_sentence_says_how_the_training_goes(step, rate, words):
    assert Training().update(step, rate) == f"rate = {rate:g}, step {step}: the loss is {words}"


@pytest.mark.parametrize(("step", "rate"), [(0, 0.05), (1, 0.05), (40, 0.05), (150, 0.001), (2, 0.25)])
def test_every_part_shows_the_step_that_the_chain_rule_gives_by_hand(step, rate):
    picture, (numbers, y, z, loss) = Training(), trained(START, rate, step)
    picture.update(step, rate)
    assert picture.curve.get_ydata()[-1] == pytest.approx(np.log10(loss))
    assert np.diff(corners(picture.bars, 4)[:, :2, 0])[:, 0] / UNIT == pytest.approx(numbers)
    assert picture.predictions.get_ydata() == pytest.approx(y)
    words = [float(words.get_text()) for words in picture.said + picture.numbers]
    assert words == pytest.approx([*y, *numbers], abs=0.00501)
    assert places(picture.nodes.open, 16)[:, 0] == pytest.approx(COLUMNS[z > 0])
    assert places(picture.nodes.shut, 16)[:, 0] == pytest.approx(COLUMNS[z <= 0])


@pytest.mark.parametrize(("rate", "marker", "height"), [(0.1, "v", FOOT), (0.3, "^", HEAD)])
def test_a_loss_outside_the_axis_is_marked_on_its_side(rate, marker, height):
    picture = Training()
    picture.update(150, rate)
    shown = {name: mark.get_xydata().tolist() for name, mark in picture.now.items()}
    assert shown == {"D": [], "^": [], "v": []} | {marker: [[150, height]]}

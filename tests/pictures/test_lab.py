"""The lab of dead units, against networks that are trained alone and by hand."""

import numpy as np
import pytest
from course import corners, places
from test_training import trained

from statland.pictures.lab import EDGE, LONGEST, DeadUnitLab

MARKS = "oxvD"  # learned, shut from the start, shut by a step, open but not learned
W_X, W_H, W_Y = np.random.default_rng(5).normal(0, 0.5, (3, 400))


def starts(picture):
    """The places of the marks of each outcome."""
    sides = [8, 6, 3, 4]
    return [places(artist, n) for artist, n in zip(picture.starts, sides, strict=True)]


@pytest.mark.parametrize(
    ("start", "rate", "sign", "b_h"),
    [("any signs", 0.05, np.array, 0.0), ("w_x, w_y > 0", 0.2, abs, 0.0), ("b_h = 0.5", 0.1, np.array, 0.5)],
)
def test_every_start_has_the_mark_of_what_becomes_of_it_alone_and_is_counted_once(start, rate, sign, b_h):
    picture = DeadUnitLab()
    picture.update(start, 0.5, rate)
    marks = starts(picture)
    counts = [int(count.get_text()) for count in picture.counts]
    assert [len(outcome) for outcome in marks] == counts
    assert sum(counts) == 400
    bars = [np.ptp(corners(bar, 4)[0, :, 0]) for bar in picture.bars]
    assert bars == pytest.approx([LONGEST * count / 400 for count in counts])
    for n in range(0, 400, 16):
        numbers = (sign(W_X[n]), W_H[n], sign(W_Y[n]), b_h, 0.0)
        (_, _, before, _), (_, _, after, loss) = trained(numbers, rate, 0), trained(numbers, rate, 300)
        outcome = 0 if loss < 0.001 else 1 if max(before) <= 0 else 2 if max(after) <= 0 else 3
        assert np.hypot(*(marks[outcome] - [numbers[0], numbers[2]]).T).min() < 0.03


def test_without_a_bias_a_negative_w_x_is_shut_from_the_start_and_a_positive_one_is_not():
    picture = DeadUnitLab()
    assert "217 are shut from the start" in picture.update("any signs", 0.5, 0.05)
    assert starts(picture)[1][:, 0] == pytest.approx(W_X[W_X <= 0], abs=0.03)
    assert " 0 are shut from the start" in picture.update("w_x, w_y > 0", 0.5, 0.05)


def test_what_helps_and_what_harms():
    """What the notebook says of it."""

    def learned(*setting):
        picture = DeadUnitLab()
        picture.update(*setting)
        return int(picture.counts[0].get_text())

    assert 131 == learned("any signs", 0.5, 0.05) < learned("b_h = 0.5", 0.5, 0.05)
    assert learned("b_h = 0.5", 0.5, 0.05) < learned("w_x, w_y > 0", 0.5, 0.05) < 400
    assert learned("w_x, w_y > 0", 0.25, 0.05) == 400
    assert learned("w_x, w_y > 0", 0.25, 0.01) < 4
    assert learned("w_x, w_y > 0", 0.25, 0.2) == 0


def test_no_start_lies_outside_the_axes():
    picture = DeadUnitLab()
    for start in ("any signs", "w_x, w_y > 0", "b_h = 0.5"):
        picture.update(start, 0.75, 0.05)
        assert abs(np.concatenate(starts(picture))).max() < EDGE

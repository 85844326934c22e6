"""The picture of gradient steps, against numbers worked out without it: loss (0.5 w - 1)², slope 0.5 w - 1."""

import numpy as np
import pytest
from course import corners, written

from statland.pictures.step import LOWEST, GradientStep

POINTS = 456 / 13.2  # for a weight of 1 while the page holds 13.2 of them


def ways(rate, steps):
    """How far from the lowest point the weight is, at the start and after each step: the slope of the slope is 0.5."""
    return 4 * (1 - 0.5 * rate) ** np.arange(steps + 1)


def named(picture):
    """The names on the axis of weights with their places on the page."""
    shown = [words for words in picture.weights if words.get_text()]
    return [(float(words.get_text().replace(",", "")), words.get_position()[0]) for words in shown]


@pytest.mark.parametrize("rate", [0.1, 1.0, 3.0, 4.0])
def test_each_step_multiplies_the_way_that_is_left_by_the_same_number(rate):
    picture = GradientStep()
    picture.update(10, rate)
    way = ways(rate, 10)
    assert picture.way.get_xydata() == pytest.approx(np.column_stack([2 + way, (0.5 * way) ** 2]))
    (left, low), (right, high) = picture.tangent.get_xydata()
    assert (high - low) / (right - left) == pytest.approx(0.5 * way[-1])
    w, loss = picture.way.axes.lines[0].get_data()
    assert loss == pytest.approx((0.5 * w - 1) ** 2), "the valley"


@pytest.mark.parametrize(("steps", "rate"), [(1, 1.0), (6, 0.4), (4, 3.0), (3, 4.0), (2, 5.0), (10, 5.0)])
def test_below_the_weights_an_arrow_is_as_long_as_rate_times_slope_and_a_bar_as_long_as_the_slope(steps, rate):
    picture = GradientStep()
    picture.update(steps, rate)
    (first, there), *_, (last, other) = named(picture)
    unit = (other - there) / (last - first)  # points for a weight of 1, by the names on the axis
    way = ways(rate, steps)
    arrows, bars = corners(picture.steps, 7), corners(picture.slopes, 4)
    assert len(arrows) == steps
    assert len(bars) == steps + 1, "the slope now waits for the next step"
    ends = (arrows[:, 3, 0] - there) / unit + first
    starts = (arrows[:, 0, 0] - there) / unit + first
    assert starts == pytest.approx(2 + way[:-1], abs=1e-6 * abs(way).max())
    assert ends - starts == pytest.approx(-rate * 0.5 * way[:-1], abs=1e-6 * abs(way).max())
    assert np.ptp(bars[:, :, 0], axis=1) / unit == pytest.approx(abs(0.5 * way), abs=1e-6 * abs(way).max())
    rows = np.diff(arrows[:, 3, 1])
    assert np.all(rows < 0), "one row below the other"


def test_at_the_start_the_first_axis_fills_the_page_and_names_stand_at_their_weights():
    picture = GradientStep()
    picture.update(1, 1.0)
    middle = next(place for weight, place in named(picture) if weight == LOWEST)
    assert [weight for weight, _ in named(picture)] == [-4, -2, 0, 2, 4, 6, 8]
    assert [place for _, place in named(picture)] == pytest.approx(middle + POINTS * np.arange(-6.0, 7.0, 2.0))
    assert picture.ghost.get_xydata().tolist() == picture.way.get_xydata().tolist() == [[6, 4], [4, 1]]


def sheet(picture):
    """The edges of the white sheet on the page, left and right: the innermost places of the grey ground beside it."""
    left, right = np.split(picture.added.get_path().vertices[:, 0], 2)
    return 78 + np.array([left.max(), right.min()])


def test_no_step_leaves_the_page_and_the_sheet_that_was_the_page_keeps_its_weights():
    picture, widths = GradientStep(), []
    for steps in range(1, 11):
        picture.update(steps, 5.0)
        x, height = picture.way.get_data()
        assert abs(x - 2).max() < 6.6
        assert height.max() < 10.89
        assert height == pytest.approx((0.5 * x - 1) ** 2), "on the valley on every scale"
        (first, there), *_, (last, other) = named(picture)
        unit = (other - there) / (last - first)
        edges = first + (sheet(picture) - there) / unit
        assert edges == pytest.approx([-4.6, 8.6], abs=1.2 / unit), "by the names on the axis"
        widths.append(np.ptp(sheet(picture)) / POINTS)
    room = np.minimum(1, 5.2 / np.maximum(4, abs(ways(5.0, 10))[1:]))
    assert widths == pytest.approx(13.2 * room, abs=2.2 / POINTS)
    assert np.all(np.diff(widths) < 0), "nothing stands still"


def test_a_step_that_stays_on_the_sheet_tears_nothing_off():
    picture = GradientStep()
    for rate in (0.1, 1.0, 3.0, 4.0):
        picture.update(10, rate)
        left, right = sheet(picture)
        assert left < 78 < 534 < right, "all grey ground lies beyond the page"
    picture.update(1, 5.0)
    left, right = sheet(picture)
    assert 78 < left < right < 534


def test_names_of_losses_stand_at_their_heights():
    picture = GradientStep()
    for rate, names in ((1.0, ["0", "5", "10"]), (5.0, ["0", "10,000", "20,000"])):
        picture.update(10, rate)
        shown = [words for words in picture.losses if words.get_text()]
        assert [words.get_text() for words in shown] == names
        scale = min(1, 5.2 / abs(ways(rate, 10)).max())
        ax, page = picture.way.axes, picture.loss.axes
        for words in shown:
            height = ax.transData.transform((0, scale**2 * float(words.get_text().replace(",", ""))))[1]
            assert page.transData.transform(words.get_position())[1] == pytest.approx(height)


@pytest.mark.parametrize(
    ("steps", "rate", "words"),
    [
        (0, 1.0, "steps = 0, rate = 1: w is 6, the loss 4, the slope 2. No step yet."),
        (1, 1.0, "steps = 1, rate = 1: w is 4, the loss 1. The last step was 1 × 2 = 2 long."),
        (10, 0.1, "0.1 × 1.26 = 0.126 long. All steps go down one side of the lowest point."),
        (10, 1.0, "All steps go down one side of the lowest point, now very near to it."),
        (2, 2.0, "w is 2, the loss 0. The last step was 2 × 0 = 0 long. The first one met the lowest point."),
        (10, 3.0, "Each step leaps over the lowest point and ends lower, now very near to it."),
        (10, 4.0, "w is 6, the loss 4. The last step was 4 × 2 = 8 long. "
                  "Each step leaps over the lowest point and ends as high as it began."),
        (10, 5.0, "w is 232.7, the loss 13,301. The last step was 5 × 76.89 = 384.4 long. "
                  "Each step leaps over the lowest point and ends higher."),
    ],
)  # fmt: skip
def test_a_small_rate_is_on_its_way_a_good_one_arrives_and_a_large_one_leaps(steps, rate, words):
    assert GradientStep().update(steps, rate).endswith(words)


def test_a_length_is_written_beside_its_own_arrow_outside_of_it():
    picture = GradientStep()
    for steps, rate, length in ((1, 1.0, "2"), (3, 3.0, "1.5"), (4, 5.0, "33.75")):
        picture.update(steps, rate)
        start, end = corners(picture.steps, 7)[-1][[0, 3]]
        x, y = picture.length.get_position()
        assert (picture.length.get_text(), y) == (length, pytest.approx(end[1]))
        assert (x - start[0]) * (end[0] - start[0]) < 0
    picture.update(0, 1.0)
    assert not picture.length.get_text()
    assert "loss 4" in written(picture.figure)

"""The heart, against powers of the feedback weight."""

import numpy as np
import pytest
from course import corners, places, written
from matplotlib.patches import PathPatch

from statland.pictures.gradients import DAYS, DECADE, KNOWN, PITCH, Gradients


@pytest.mark.parametrize(
    ("w_h", "days", "words"),
    [
        (2.0, 50, "562,949,953,421,312 on day 50; the last 43 days have less than 1 % of the largest gradient."),
        (0.5, 50, "1.776e-15 on day 50; the first 43 days have less than 1 % of the largest gradient."),
        (1.1, 50, "106.7 on day 50; the last day has less than 1 % of the largest gradient."),
        (1.0, 50, "1 on day 50; no day has less than 1 % of the largest gradient."),
        (0.0, 7, "exactly 0 on day 7; the first 6 days have less than 1 % of the largest gradient."),
    ],
)
def test_the_sentence_says_what_is_left_of_a_change_on_day_1(w_h, days, words):
    assert Gradients().update(w_h, days) == f"w_h = {w_h:g}: a change of 1 on day 1 is {words}"


@pytest.mark.parametrize(("w_h", "days"), [(0.05, 50), (0.5, 4), (1.2, 6), (2.0, 50)])
def test_each_day_back_multiplies_bar_and_length_by_the_feedback_weight(w_h, days):
    picture, gradient = Gradients(), w_h ** np.arange(days - 1.0, -1.0, -1.0)
    picture.update(w_h, days)
    bars = corners(picture.bars, 4)
    assert np.ptp(bars[:, :, 1], axis=1) == pytest.approx(gradient / gradient.max())
    assert bars.mean(axis=1)[:, 0] == pytest.approx(np.arange(days, 0, -1))
    shown = gradient > 10**-16.5
    x, y = picture.way.get_data()
    assert y == pytest.approx(DECADE * np.log10(gradient[shown]), abs=1e-9)
    assert np.diff(x) == pytest.approx(PITCH)
    assert len(places(picture.marks["v"], 3)) == (~shown).sum()


def test_a_name_stands_at_the_height_of_its_length_and_a_weight_at_the_end_of_its_line():
    picture = Gradients()
    heights = {words.get_text(): words.get_position()[1] / DECADE for words in picture.log.texts}
    assert 10 ** heights["Neptune"] == pytest.approx(KNOWN["Neptune"])
    assert 10 ** heights["a hair"] == pytest.approx(KNOWN["a hair"])
    for w_h in (0.5, 0.9, 1.1, 2.0):
        picture.update(w_h)
        assert picture.way.get_ydata()[0] == pytest.approx(DECADE * heights[f"{w_h:g}"])


@pytest.mark.parametrize(("w_h", "side"), [(0.5, [50, 8]), (2.0, [43, 1])])
def test_days_with_less_than_one_percent_are_grey(w_h, side):
    picture = Gradients()
    picture.update(w_h)
    [band] = corners(picture.quiet, 4)
    assert [band[:, 0].max() - 0.5, band[:, 0].min() + 0.5] == side, "counted from the last day"
    assert "43 days: less than 1 % each" in written(picture.figure)
    assert all((w_h ** (np.array(side) - 1)) < 0.01 * max(1, w_h ** (DAYS - 1)))


def test_what_stays_of_the_start_are_the_ends_of_its_bars_and_hidden_below_them_while_nothing_has_moved():
    picture = Gradients()
    still = [artist for artist in picture.bars.axes.findobj(PathPatch) if len(artist.get_path().vertices) == 250]
    [ghost] = [artist for artist in still if not artist.get_animated()]
    for bar, end in zip(corners(picture.bars, 4), corners(ghost, 4), strict=True):
        assert end[:, 1].max() == pytest.approx(bar[:, 1].max()) == pytest.approx(end[:, 1].min() + 0.025)
        assert bar[:, 0].min() < end[:, 0].min() < end[:, 0].max() < bar[:, 0].max()
    picture.update(2.0)
    assert corners(ghost, 4)[:, 0, 1] == pytest.approx(0.95 ** np.arange(49.0, -1.0, -1.0))

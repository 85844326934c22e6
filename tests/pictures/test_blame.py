"""Blame on its way back through two days, against factors multiplied by hand."""

import numpy as np
import pytest
from course import corners, places, written

from statland.pictures.blame import BACK, BASE, PLACES, TALL, Blame


def by_hand(w_h):
    """The prediction, and the blame of it and of both states, the second first: 0.6 and w_h are all that multiplies."""
    y = 0.6 * (2.0 + w_h * 2.0)
    blame = 2 * (y - 1.0)
    return y, [blame, blame * 0.6, blame * 0.6 * w_h]


def shown(picture):
    """Where the blame stands and how high it is, read off the page."""
    marks = np.concatenate([places(picture.blame, 4), places(picture.walker, 4)])
    return marks[:, 0], (marks[:, 1] - BASE) / TALL


@pytest.mark.parametrize("w_h", [0.1, 0.5, 1.0, 1.2])
def test_each_arrow_multiplies_the_blame_by_its_weight(w_h):
    picture, (y, blame) = Blame(), by_hand(w_h)
    sentence = picture.update(w_h, 8)
    x, heights = shown(picture)
    assert (x[-1], heights[-1]) == pytest.approx((PLACES[2], blame[2]))
    assert heights[:2] == pytest.approx(blame[:2])
    assert heights[2] / heights[1] == pytest.approx(w_h)
    assert [words.get_text() for words in picture.numbers] == [f"{value:.2f}" for value in blame]
    assert f"× {w_h:g}" in written(picture.figure)
    assert sentence.endswith(
        f"the prediction is {y:.2f}, it should be 1; the blame at the state of day 1 is {blame[2]:.2f}."
    )


def test_it_begins_at_the_prediction_and_goes_left_an_even_part_at_each_step():
    picture, places_of_walker = Blame(), []
    for step in range(9):
        picture.update(0.5, step)
        places_of_walker.append(shown(picture)[0][-1])
        assert [bool(words.get_text()) for words in picture.numbers] == [step >= arrived for arrived in (0, 4, 8)]
    assert places_of_walker[0] == PLACES[0] > PLACES[1] > PLACES[2] == places_of_walker[-1]
    assert np.diff(places_of_walker) == pytest.approx([-45.0] * 8)
    ax = picture.by_hand["step"].axes  # what is dragged there is the step at which the blame stands there
    seen = ax.transData.inverted().transform(picture.figure.axes[0].transData.transform([(places_of_walker[3], BASE)]))
    assert seen[0, 0] == pytest.approx(3)


def test_on_its_way_it_carries_the_number_that_it_leaves_and_the_weight_of_its_arrow():
    picture = Blame()
    assert picture.update(0.5, 6).endswith("the blame 0.96 goes back to the state of day 1, times 0.5.")
    assert picture.carried.get_text() == "0.96 × 0.5"
    x, heights = shown(picture)
    assert PLACES[1] > x[-1] > PLACES[2]
    assert heights == pytest.approx([1.6, 0.96, (0.96 + 0.48) / 2])
    (arrow,) = corners(picture.arrows, 3)[-1:]  # its head
    assert arrow[0, 0] < min(arrow[1:, 0]), "it points left"
    assert arrow[0, 1] == pytest.approx(BACK)


def test_with_no_feedback_nothing_comes_to_day_1_and_a_cross_says_so():
    picture = Blame()
    picture.update(0.0, 8)
    assert [words.get_text() for words in picture.numbers] == ["0.40", "0.24", "0"]
    assert np.mean(picture.zero.get_path().vertices[:6], axis=0) == pytest.approx([PLACES[2], BASE])
    assert not len(picture.walker.get_path().vertices)


def test_a_faint_copy_of_the_start_stays_where_it_was():
    picture = Blame()
    picture.update(0.5, 8)
    start = places(picture.start, 4)
    picture.update(1.2, 8)
    assert places(picture.start, 4) == pytest.approx(start)
    assert (start[:, 1] - BASE) / TALL == pytest.approx([1.6, 0.96, 0.48])

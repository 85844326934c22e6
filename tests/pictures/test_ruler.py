"""The ruler, against powers, shares, and what the highway measures."""

import numpy as np
import pytest
from course import corners

from statland.pictures.highway import Highway
from statland.pictures.ruler import LEFT, LOW, RIGHT, THICK, ZERO, Ruler


@pytest.mark.parametrize("days", [3, 10, 60])
def test_the_ruler_shows_three_measured_gradients(days):
    picture, highway = Ruler(), Highway()
    sentence = picture.update(days=days, w_h=0.8, b_f=2.0, q_age=0.5)
    highway.update(days=days, w_h=0.8, b_f=2.0)
    shares = np.exp(0.5 / 2**0.5 * np.arange(days))
    expected = 0.8 ** (days - 1), float(highway.curves[1][-1].get_text()), shares[-1] / shares.sum()
    *_, counts, marks, values = zip(*picture.rows, strict=True)
    assert [10 ** mark.get_xdata()[0] for mark in marks] == pytest.approx(expected, rel=6e-3)
    vanilla, lstm, weight = (value.get_text() for value in values)
    assert [float(vanilla), float(lstm), float(weight)] == pytest.approx(expected, rel=6e-3)
    back = days - 1
    assert [count.get_text() for count in counts] == [f"{back} times w_h", f"{back} gates, directly", "1 weight"]
    arrives = f"{vanilla} in the vanilla unit, {lstm} in the LSTM, {weight} with attention"
    assert sentence.endswith(f"there arrives {arrives} ({back}, {back} and 1 multiplications).")


def test_the_chains_thin_out_with_the_gradient_and_attention_has_no_chain():
    picture = Ruler()
    picture.update(days=6, w_h=0.5)
    chain = corners(picture.rows[0][0], 7)
    assert chain[:, 0, 1] - chain[:, -1, 1] == pytest.approx(THICK * 0.5 ** np.arange(5, 0, -1.0))
    assert (chain[:, 3, 0] < chain[:, 0, 0]).all(), "back, from the last day to the first"
    assert len(picture.rows[2][0].get_path().vertices) == 0


@pytest.mark.parametrize(("days", "q_age", "looks"), [(10, 0.0, 9), (100, 4.0, 24)])
def test_the_arc_of_attention_spans_all_days_and_is_as_thick_as_the_weight(days, q_age, looks):
    picture = Ruler()
    picture.update(days=days, q_age=q_age)
    (first, *_, last) = picture.straight.get_path().vertices
    assert (first[0], last[0]) == (RIGHT, LEFT)
    assert picture.straight.get_linewidth() == pytest.approx(THICK / np.exp(-q_age / 2**0.5 * np.arange(days)).sum())
    assert len(picture.looks.get_path().vertices) == 4 * looks, "arcs to other days: of 100 to every fourth"


@pytest.mark.parametrize(
    ("w_h", "marker", "power"),
    [(0.0, "x", ZERO), (0.5, "<", LOW), (0.9, "D", 99 * np.log10(0.9)), (-0.9, "D", 99 * np.log10(0.9))],
)
def test_zeros_and_what_is_below_the_axis_have_marks_of_their_own_and_the_sign_has_none(w_h, marker, power):
    picture = Ruler()
    picture.update(days=100, w_h=w_h)
    mark = picture.rows[0][-2]
    assert (mark.get_marker(), mark.get_xdata()[0]) == (marker, pytest.approx(power))

"""The two companies through both units."""

import numpy as np
import pytest

from statland import COMPANY_A, COMPANY_B, STATLAND_LSTM_WEIGHTS, lstm_forward
from statland.pictures.companies import Companies


@pytest.mark.parametrize(("number", "company", "end"), [(0, COMPANY_A, 0.0022), (1, COMPANY_B, 0.9693)])
def test_both_companies_run_through_both_units(number, company, end):
    picture, state, predictions = Companies(), 0.0, []
    picture.update(b_f=1.6234)
    for x in company:
        state = max(0.0, 1.8 * x - 0.5 * state)
        predictions.append(1.1 * state)
    lstm = lstm_forward(company, STATLAND_LSTM_WEIGHTS)
    shown = [lines[number].get_ydata() for lines in picture.ways]
    assert np.array(shown) == pytest.approx(np.array([predictions, lstm.c[1:], lstm.h[1:]]))
    assert shown[-1][-1] == pytest.approx(end, abs=5e-5)


def test_a_prediction_stands_at_the_day_that_it_is_for_and_a_memory_at_its_own():
    for pair, first in zip(Companies().ways, (2, 1, 2), strict=True):
        for line in pair:
            assert np.rint(line.get_xdata()).tolist() == [first, first + 1, first + 2, first + 3]


def test_a_stroke_leads_from_each_companys_price_to_its_prediction():
    picture = Companies()
    picture.update(b_f=0.5, w_h=0.3)
    for pair, miss in zip(picture.ways, picture.misses, strict=True):
        if miss is not None:
            strokes = miss.get_path().vertices.reshape(2, 2, 2)
            assert strokes[:, 0, 1].tolist() == [0, 1], "A will be low, B high"
            assert strokes[:, 1].tolist() == [[line.get_xdata()[-1], line.get_ydata()[-1]] for line in pair]


def test_each_ring_has_its_own_companys_letter_beside_it():
    for ax in Companies().figure.axes:
        rings = {line.get_ydata()[0]: line.get_xdata()[0] for line in ax.lines if line.get_markersize() == 15}
        letters = {words.get_text(): words.get_position() for words in ax.texts if words.get_position()[0] > 4}
        if rings:
            assert {name: y for name, (x, y) in letters.items()} == {"A": 0, "B": 1}
            assert all(abs(letters[name][0] - rings[price]) < 0.4 for name, price in (("A", 0), ("B", 1)))


def test_company_a_is_dashed_and_company_b_solid():
    for line_a, line_b in Companies().ways:
        assert (line_a.is_dashed(), line_b.is_dashed()) == (True, False)


def test_right_is_what_comes_within_a_tenth_of_tomorrows_price():
    picture = Companies()
    assert picture.update(b_f=1.6234) == (
        "b_f = 1.6234, w_h = -0.5: the vanilla unit predicts 1.98 for A (wrong) and 1.733 for B (wrong); "
        "the LSTM predicts 0.002 for A (right) and 0.969 for B (right)."
    )
    assert picture.update(b_f=-1.0).endswith("0.16 for A (wrong) and 0.931 for B (right).")
    assert picture.update(b_f=-6.0).endswith("0.231 for A (wrong) and 0.525 for B (wrong).")


def test_no_feedback_weight_makes_the_vanilla_unit_right_about_either_company():
    picture = Companies()
    for w_h in np.linspace(-1, 1, 41):
        vanilla, _ = picture.update(w_h=w_h).split("; ")
        assert vanilla.count("(wrong)") == 2


def test_the_prices_are_those_of_the_company_whose_letter_stands_beside_its_day_1():
    ax = Companies().figure.axes[0]
    paths = [line for line in ax.lines if len(line.get_xdata()) == 4]
    letters = {
        words.get_text(): words.get_position()[1]
        for words in ax.texts
        if words.get_text() in "AB" and words.get_position()[0] < 2
    }
    assert [line.get_ydata().tolist() for line in paths] == [[0, 0.5, 0.25, 1], [1, 0.5, 0.25, 1]]
    assert [line.is_dashed() for line in paths] == [True, False]
    assert letters == {"A": 0, "B": 1}

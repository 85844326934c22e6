"""The two companies through both units."""

import numpy as np
import pytest

from statland import COMPANY_A, COMPANY_B, STATLAND_LSTM_WEIGHTS, lstm_forward
from statland.pictures.companies import Companies


@pytest.mark.parametrize(("number", "company", "end"), [(0, COMPANY_A, 0.0022), (1, COMPANY_B, 0.9693)])
def test_both_companies_run_through_both_units(number, company, end):
    picture, state, predictions = Companies(), 0.0, []
    picture.update()
    for x in company:
        state = max(0.0, 1.8 * x - 0.5 * state)
        predictions.append(1.1 * state)
    lstm = lstm_forward(company, STATLAND_LSTM_WEIGHTS)
    shown = [lines[number].get_ydata() for lines in picture.ways]
    assert np.array(shown) == pytest.approx(np.array([predictions, lstm.c[1:], lstm.h[1:]]))
    assert shown[-1][-1] == pytest.approx(end, abs=5e-5)


def test_company_a_is_white_and_dashed_and_company_b_full_and_solid():
    for line_a, line_b in Companies().ways:
        assert line_a.get_markerfacecolor() == "white" != line_b.get_markerfacecolor() == line_b.get_color()
        assert (line_a.is_dashed(), line_b.is_dashed()) == (True, False)


def test_right_is_what_comes_within_a_tenth_of_tomorrows_price():
    picture = Companies()
    assert picture.update() == (
        "w_h = -0.5, b_f = 1.6234: the vanilla unit says 1.98 for A, wrong, and 1.733 for B, wrong; "
        "the LSTM says 0.002 for A, right, and 0.969 for B, right."
    )
    assert picture.update(b_f=-1.0).endswith("0.16 for A, wrong, and 0.931 for B, right.")
    assert picture.update(b_f=-6.0).endswith("0.231 for A, wrong, and 0.525 for B, wrong.")

"""The two companies through both units."""

import numpy as np
import pytest
from course import corners

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


def test_a_stroke_leads_from_each_companys_price_to_a_prediction_that_is_not_in_its_frame():
    picture = Companies()
    for b_f, wrong in ((-3.0, [0, 1]), (-1.0, [0]), (2.0, [])):
        picture.update(b_f=b_f, w_h=0.3)
        for pair, miss, here in zip(picture.ways, picture.misses, ([0, 1], None, wrong), strict=True):
            if miss is not None:
                strokes = [(one[:, 0].mean(), *np.unique(one[:, 1])) for one in corners(miss, 4)]
                ends = [(line.get_xdata()[-1], line.get_ydata()[-1]) for line in pair]
                expected = [(ends[who][0], *sorted((who, ends[who][1]))) for who in here]  # A will be 0, B 1
                assert np.ravel(strokes) == pytest.approx(np.ravel(expected))


def test_each_frame_holds_what_is_right_for_the_company_whose_line_and_letter_it_has():
    for ax in Companies().figure.axes:
        frames = [patch for patch in ax.patches if patch.get_linewidth() == 1.5]
        letters = {words.get_text(): words.get_position()[1] for words in ax.texts if words.get_position()[0] > 4}
        for frame, name, price, style in zip(frames, "AB", (0, 1), ("dashed", "solid"), strict=bool(frames)):
            heights = corners(frame, 4)[0][:, 1]
            assert (heights.min(), heights.max()) == pytest.approx((price - 0.1, price + 0.1))
            assert letters[name] == price
            assert (frame.get_linestyle() in ("solid", "-")) == (style == "solid")


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

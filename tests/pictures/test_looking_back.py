"""The arcs of attention, against softmax by hand."""

import numpy as np
import pytest

from statland.pictures.looking_back import ROW, SIDE, THICKEST, LookingBack, X

COMPANY_A = np.array([0.0, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 1.0])  # the third price is repeated


@pytest.mark.parametrize(("q_age", "q_price"), [(0.0, 0.0), (2.0, 0.0), (-1.0, 3.0), (0.0, -8.0)])
def test_each_arc_is_as_thick_as_its_share(q_age, q_price):
    picture = LookingBack()
    sentence, answer = picture.update(q_age, q_price, "A"), picture.answer.get_text()
    shares = np.exp((q_age * np.arange(7, -1, -1) + q_price * COMPANY_A) / 2**0.5)
    shares /= shares.sum()
    assert [arc.get_linewidth() for arc in picture.arcs] == pytest.approx(THICKEST * shares)
    assert [words.get_text() for words in picture.shares] == [f"{100 * share:.1f} %" for share in shares]
    assert [float(words.get_text()) for words in picture.prices] == COMPANY_A.tolist()
    assert float(answer) == pytest.approx(shares @ COMPANY_A, abs=5.1e-4)
    found = f"day 1 gets {100 * shares[0]:.1f} % of the attention, the answer is {answer}; tomorrow's price is 0: "
    assert sentence.startswith(f"q_age = {q_age:g}, q_price = {q_price:g}, company A: {found}")


def test_every_arc_runs_from_today_to_its_day_and_older_days_have_higher_ones():
    *arcs, today = (arc.get_path().vertices for arc in LookingBack().arcs)
    for x, (first, *_, last) in zip(X, arcs, strict=False):
        assert (first.tolist(), last.tolist()) == ([X[-1], ROW + SIDE], [x, ROW + SIDE])
    rise = [arc[:, 1].max() for arc in arcs]
    assert rise == sorted(set(rise), reverse=True)
    assert np.hypot(*(today[0] - today[-1])) < 2 * SIDE, "today looks at itself"


@pytest.mark.parametrize(
    ("query", "verdicts"),
    [
        ((0.0, 0.0), ["wrong.", "wrong."]),
        ((2.4, 0.0), ["right.", "right."]),  # old days: right about both companies
        ((0.0, 8.0), ["wrong.", "right."]),  # high prices: right about one
    ],
)
def test_what_is_asked_decides_what_is_found(query, verdicts):
    picture = LookingBack()
    assert [picture.update(*query, company).rsplit(": ", 1)[1] for company in "AB"] == verdicts

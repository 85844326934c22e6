"""The LSTM unit's gates, the two companies and the highway, against numbers worked out without the pictures."""

from dataclasses import replace
from math import exp, log10, tanh

import numpy as np
import pytest
from test_pictures import corners

from statland import COMPANY_A, COMPANY_B, STATLAND_LSTM_WEIGHTS, lstm_forward
from statland.pictures import parts
from statland.pictures.companies import Companies
from statland.pictures.gates import FOOT, FORGET, LIT, OUTPUT, PARTS, RADIUS, ROAD, TOP, Gates
from statland.pictures.gradients import DECADE, EDGE, LEFT, RIGHT, ZERO
from statland.pictures.highway import MARKS, Highway, waiting


def sigmoid(z):
    return 1 / (1 + exp(-z))


def day_by_hand(x, h, c):
    f, i = sigmoid(1.6307 * x + 2.7043 * h + 1.6234), sigmoid(1.6525 * x + 1.9983 * h + 0.6204)
    g, o = tanh(0.9393 * x + 1.4122 * h - 0.3217), sigmoid(-0.1943 * x + 4.3848 * h + 0.5935)
    return f, i, g, o, f * c + i * g


@pytest.mark.parametrize("day", [(1.0, 1.0, 2.0), (0.25, -0.75, -1.5), (0.0, 0.0, 0.0)])
def test_every_number_of_the_day_stands_on_its_road(day):
    x, h, c = day
    f, i, g, o, new_c = day_by_hand(x, h, c)
    picture = Gates()
    picture.update(c=c, h=h, x=x)
    shown = [picture.c, picture.h, picture.x, picture.kept, picture.let_in, picture.new_c, picture.squeezed]
    expected = [c, h, x, f * c, i * g, new_c, tanh(new_c)]
    assert [float(words.get_text()) for words in shown] == pytest.approx(expected, abs=5.1e-4)
    assert float(picture.new_h.get_text()) == pytest.approx(o * tanh(new_c), abs=5.1e-4)
    gates = {part: words.get_text() for part, (_, words) in picture.sums.items()}
    assert [text[:4] for text in gates.values()] == ["f = ", "i = ", "g = ", "o = "]
    assert [float(text[4:]) for text in gates.values()] == pytest.approx([f, i, g, o], abs=5.1e-4)
    totals = [float(words.get_text().removeprefix("z = ")) for words, _ in picture.sums.values()]
    assert [sigmoid(totals[0]), sigmoid(totals[1]), tanh(totals[2])] == pytest.approx([f, i, g], abs=5e-4)


def test_each_step_shows_its_own_numbers_and_no_later_ones():
    picture = Gates()
    since = {"kept": 1, "let_in": 2, "new_c": 2, "squeezed": 3, "new_h": 3}
    parts_since = {"forget": 1, "input": 2, "candidate": 2, "output": 3}
    for step in (3, 0, 1, 2):
        picture.update(step=step)
        assert {name: bool(getattr(picture, name).get_text()) for name in since} == {
            name: step >= first for name, first in since.items()
        }
        for part, first in parts_since.items():
            assert [bool(words.get_text()) for words in picture.sums[part]] == [step >= first] * 2
        assert picture.c.get_text() == "2"
        for role, artist in picture.lit.items():
            assert artist.get_path() is LIT[step][role]


def test_the_roads_light_up_one_after_the_other():
    """Of the long-term memory first the way to the forget gate's × and on to the +, at last the way down."""
    reach = [LIT[step][parts.MEMORY].vertices for step in range(4)]
    assert len(reach[0]) == 0
    assert reach[1][:, 0].max() < reach[2][:, 0].max() == reach[3][:, 0].max()
    assert set(reach[2][:, 1]) == set(reach[1][:, 1])
    assert reach[3][:, 1].min() < ROAD - 3 * RADIUS
    heads = {role: len(LIT[3][role].vertices) for role in LIT[3]}
    assert all(heads.values()), "every colour has a road"


def test_weights_and_biases_stand_at_their_box():
    texts = Gates().figure.axes[0].texts
    for part, x in PARTS.items():
        gate = getattr(STATLAND_LSTM_WEIGHTS, part)
        near = {
            text.get_text() for text in texts if abs(text.get_position()[0] - x) < 60 and text.get_position()[1] < TOP
        }
        assert {f"bias {gate.b:.2f}", f"×{gate.w_h:.2f}", f"×{gate.w_x:.2f}".replace("×-", "× -")} <= near
        left = [text.get_position()[0] for text in texts if text.get_text() == f"×{gate.w_h:.2f}"]
        assert left[0] < x, "the short-term memory comes in on the left"
    assert FOOT < TOP < ROAD
    assert FORGET < OUTPUT


def test_the_sentence_of_each_step_names_its_numbers():
    picture = Gates()
    assert picture.update(step=1).endswith("the forget gate is 0.997: of the long-term memory 2, 1.995 is kept.")
    assert "0.953 is let in, the long-term memory is now 2.948" in picture.update(step=2)
    assert picture.update(step=3).endswith("tanh(2.948) = 0.995 gives the short-term memory 0.986: the prediction.")
    assert picture.update(step=0).startswith("c = 2, h = 1, x = 1, step 0: the two memories")


def test_both_companies_run_through_both_units():
    picture = Companies()
    picture.update(b_f=0.5, w_h=0.25)
    picture.update()
    for number, (company, end) in enumerate(((COMPANY_A, 0.0022), (COMPANY_B, 0.9693))):
        h, states = 0.0, []
        for price in company:
            h = max(0.0, 1.8 * price - 0.5 * h)
            states.append(1.1 * h)
        short, long, memory = 0.0, 0.0, []
        for price in company:
            *_, o, long = day_by_hand(price, short, long)
            short = o * tanh(long)
            memory.append((long, short))
        vanilla, c, said = (lines[number].get_data() for lines in picture.ways)
        assert [list(line[0]) for line in (vanilla, c, said)] == [[1, 2, 3, 4]] * 3
        assert vanilla[1] == pytest.approx(states)
        assert np.transpose([c[1], said[1]]) == pytest.approx(np.array(memory), abs=1e-12)
        assert said[1][-1] == pytest.approx(end, abs=5e-5)


def test_company_a_is_white_and_dashed_and_company_b_full():
    for line_a, line_b in Companies().ways:
        assert line_a.get_markerfacecolor() == "white" != line_b.get_markerfacecolor()
        assert (line_a.is_dashed(), line_b.is_dashed()) == (True, False)


def test_right_is_what_comes_within_the_tolerance():
    assert Companies().update().endswith("the LSTM says 0.002 for A, right, and 0.969 for B, right.")
    assert "the vanilla unit says 1.98 for A, wrong, and 1.733 for B, wrong" in Companies().update()
    assert Companies().update(b_f=-1.0).endswith("0.16 for A, wrong, and 0.931 for B, right.")
    assert Companies().update(b_f=-6.0).endswith("0.231 for A, wrong, and 0.525 for B, wrong.")


def nudged(prices, b_f, day, eps=1e-5):
    """How much of a nudge of c on a day arrives at c on the last day, by running on from both sides of it."""
    params = replace(STATLAND_LSTM_WEIGHTS, forget=replace(STATLAND_LSTM_WEIGHTS.forget, b=b_f))
    trace = lstm_forward(prices, params)

    def last(c):
        return lstm_forward(prices[day:], params, h0=trace.o[day - 1] * np.tanh(c), c0=c).c[-1]

    return (last(trace.c[day] + eps) - last(trace.c[day] - eps)) / (2 * eps)


@pytest.mark.parametrize(("b_f", "days", "prices"), [(1.6234, 12, "medium every day"), (3.0, 9, "company A, waiting")])
def test_the_three_lines_of_the_highway_are_measured_ones(b_f, days, prices):
    picture = Highway()
    picture.update(b_f=-1.0, w_h=1.0, days=40)
    picture.update(b_f=b_f, w_h=0.5, days=days, prices=prices)
    x = np.full(days, 0.5) if prices.startswith("medium") else waiting(COMPANY_A, days)
    params = replace(STATLAND_LSTM_WEIGHTS, forget=replace(STATLAND_LSTM_WEIGHTS.forget, b=b_f))
    f = lstm_forward(x, params).f
    expected = (
        [0.5 ** (days - day) for day in range(1, days + 1)],
        [*(nudged(x, b_f, day) for day in range(1, days)), 1.0],
        [np.prod(f[day:]) for day in range(1, days + 1)],
    )
    place = np.linspace(EDGE, RIGHT - LEFT - EDGE, days)
    for (_, line, *_, value), ratios in zip(picture.curves, expected, strict=True):
        assert line.get_data()[0] == pytest.approx(place)
        assert line.get_data()[1] == pytest.approx(DECADE * np.log10(np.abs(ratios)), abs=1e-4)
        assert float(value.get_text()) == pytest.approx(ratios[0], rel=6e-3)


def test_the_marks_of_the_highway_tell_sign_zero_and_the_edge_apart():
    picture = Highway()
    picture.update(w_h=0.0, days=200, prices="company A, waiting")
    (_, line, vanilla, _), (_, _, lstm, _), (_, _, gates, _) = picture.curves
    zeros = corners(vanilla[3], 6)
    assert len(zeros) == MARKS
    assert zeros[:, :, 1].mean() == pytest.approx(ZERO * DECADE)
    assert len(line.get_data()[0]) == 1, "only the last day is left of the vanilla unit"
    sides = [len(shape.get_path().vertices) // 7 for shape in lstm[:2]]
    assert min(sides) > 3, "some hexagons are negative, some positive"
    assert lstm[1].get_facecolor()[:3] == (1.0, 1.0, 1.0)
    assert len(corners(gates[2], 3)) == 7, "triangles where the forget gates alone are below the axis"
    assert len(gates[0].get_path().vertices) == 0, "the forget gates' line has no marks of its own"


def test_no_line_has_more_marks_than_the_eye_can_tell_apart():
    picture = Highway()
    for days, marks in ((2, 2), (25, 25), (26, 14), (50, 26), (199, 26)):
        picture.update(w_h=1.0, days=days)
        diamonds = corners(picture.curves[0][2][0], 4)
        assert len(diamonds) == marks
        assert diamonds[:, [1, 3], 0].mean(axis=1).max() == pytest.approx(RIGHT - LEFT - EDGE), "the last day is marked"


def test_the_sentence_of_the_highway_says_what_arrives():
    picture = Highway()
    assert picture.update(w_h=0.9).startswith("b_f = 1.6234, w_h = 0.9, 50 days, medium every day: ")
    assert f"passes on {0.9**49:.3g} of day 1, the LSTM 4.33, its gates alone 0.657." in picture.update(w_h=0.9)
    assert log10(0.9**49) == pytest.approx(picture.curves[0][1].get_data()[1][0] / DECADE)


def test_a_waiting_company_keeps_its_first_days_and_its_last():
    assert waiting(COMPANY_A, 4).tolist() == list(COMPANY_A)
    assert waiting(COMPANY_B, 7).tolist() == [1.0, 0.5, 0.25, 0.25, 0.25, 0.25, 1.0]
    assert waiting(COMPANY_B, 3).tolist() == [1.0, 0.5, 1.0]
    assert waiting(COMPANY_A, 2).tolist() == [0.0, 1.0]

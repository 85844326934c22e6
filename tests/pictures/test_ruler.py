"""The ruler, against powers, shares, and the jacobian of the LSTM unit."""

import numpy as np
import pytest

from statland import STATLAND_LSTM_WEIGHTS, age_and_price, attend_backward, lstm_forward, lstm_jacobian
from statland.pictures.ruler import AREA, DECADE, ONE, PER_DAY, THICK, Ruler


@pytest.mark.parametrize("days", [2, 10, 50])
def test_three_curves_end_in_three_measured_gradients(days):
    picture = Ruler()
    sentence = picture.update(days=days, w_h=0.8, q_age=0.5)
    shares = np.exp(0.5 / 2**0.5 * np.arange(days))
    slope = attend_backward(1.0, [0.5, 0.0], age_and_price(np.full(days, 0.5)), np.full(days, 0.5))[2][0]
    assert shares[-1] / shares.sum() == pytest.approx(slope), "the gradient by a value is its weight"
    lstm = lstm_jacobian(lstm_forward(np.full(days, 0.5), STATLAND_LSTM_WEIGHTS), STATLAND_LSTM_WEIGHTS)
    expected = 0.8 ** (days - 1), lstm[1], shares[-1] / shares.sum()
    for curve, mark, words, gradient in zip(picture.curves, picture.marks, picture.values, expected, strict=True):
        assert curve.get_xdata().tolist() == list(range(1, days + 1))
        assert curve.get_ydata()[-1] == mark.get_ydata()[0] == pytest.approx(ONE + DECADE * np.log10(gradient))
        assert float(words.get_text()) == pytest.approx(gradient, rel=6e-3)
    vanilla, memory, answer = (words.get_text() for words in picture.values)
    assert sentence == (
        f"{days} days, q_age = 0.5, w_h = 0.8: of day 1 there arrives {vanilla} in the vanilla unit's memory "
        f"and {memory} in the LSTM's; {answer} in the answer of attention."
    )
    assert picture.cursor.get_xdata() == [days, days]
    assert picture.steps[0].get_text() == f"{days - 1} step" + "s" * (days > 2)


def areas(beads):
    """The place and the area of each bead, in square points."""
    found = []
    for one in beads.get_path().to_polygons(closed_only=True):
        x, y = ((one[:-1] - one[:-1].mean(axis=0)) * (PER_DAY, 1)).T
        found.append(abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2)
    return np.array(found)


@pytest.mark.parametrize(("days", "q_age", "w_h"), [(6, 1.0, 0.5), (50, 0.0, 1.0)])
def test_a_bead_is_as_large_as_the_gradient_of_its_day(days, q_age, w_h):
    picture, ago = Ruler(), np.arange(days - 1, -1, -1)
    picture.update(days=days, q_age=q_age, w_h=w_h)
    lstm = lstm_jacobian(lstm_forward(np.full(days, 0.5), STATLAND_LSTM_WEIGHTS), STATLAND_LSTM_WEIGHTS)[1:]
    weights = np.exp(q_age / 2**0.5 * ago)
    for beads, gradient in zip(picture.beads, (w_h**ago, lstm, weights / weights.sum()), strict=True):
        assert areas(beads) == pytest.approx(AREA * gradient)


def test_each_step_has_an_arc_49_in_a_chain_and_one_from_the_answer_to_each_day():
    picture = Ruler()
    picture.update(days=50)
    starts, ends = picture.ways.get_path().vertices.reshape(-1, 4, 2)[:, [0, -1], 0].T
    days = np.arange(1, 51)
    assert ends.tolist() == [*days[:-1], *days[:-1], *days]
    assert starts[:98].tolist() == [*days[1:], *days[1:]]
    assert set(starts[98:]) == {picture.answer.get_xdata()[0]}
    assert starts[98] > 50


@pytest.mark.parametrize(("days", "q_age"), [(10, 0.0), (50, 0.0), (50, 4.0)])
def test_an_arc_of_attention_is_as_thick_as_its_weight(days, q_age):
    picture = Ruler()
    picture.update(days=days, q_age=q_age)
    weights = np.exp(-q_age / 2**0.5 * np.arange(days))
    weights = THICK * weights / weights.sum()
    arcs = picture.weights.get_path().vertices.reshape(-1, 8, 2)
    assert len(arcs) == (weights >= 0.005).sum()
    top = (arcs[:, 1, 1] - arcs[:, 6, 1]) * 0.75  # of a curve with two handles of the same height
    foot = (arcs[:, 0, 0] - arcs[:, 7, 0]) * PER_DAY
    assert top == pytest.approx(weights[: len(arcs)])
    assert foot == pytest.approx(weights[: len(arcs)])


def test_marks_tell_curves_apart_that_lie_on_each_other():
    picture = Ruler()
    picture.update(days=50, w_h=1.0)
    places = [set(mark.get_xdata()) for mark in picture.marks]
    assert set.intersection(*places) == {50}
    assert min(map(len, places)) > 5
    assert len({mark.get_marker() for mark in picture.marks}) == 3


@pytest.mark.parametrize("asked", [{"days": 2}, {"days": 50, "q_age": -1.0}, {"days": 50, "q_age": 4.0, "w_h": 1.0}])
def test_the_three_values_never_stand_on_each_other_and_the_largest_stands_highest(asked):
    picture = Ruler()
    picture.update(**asked)
    values = sorted(((words.get_position()[1], float(words.get_text())) for words in picture.values), reverse=True)
    heights, gradients = np.transpose(values)
    assert np.diff(heights).max() < -21.9
    assert gradients.tolist() == sorted(gradients, reverse=True)

"""The ruler, against powers, shares, and the jacobian of the LSTM unit."""

import numpy as np
import pytest
from course import corners

from statland import STATLAND_LSTM_WEIGHTS, age_and_price, attend_backward, lstm_forward, lstm_jacobian
from statland.pictures.ruler import DECADE, ONE, THICK, Ruler


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


def test_the_ways_back_are_as_thick_as_what_arrives_on_each_day():
    picture = Ruler()
    picture.update(days=6, w_h=0.5)
    chain = corners(picture.ways[0], 4)
    assert np.ptp(chain[:, :, 1], axis=1) == pytest.approx(THICK * 0.5 ** np.arange(5, 0, -1.0))
    assert chain[:, :, 0].min() > 1
    assert chain[:, :, 0].max() < 6


@pytest.mark.parametrize(("days", "q_age"), [(10, 0.0), (50, 4.0)])
def test_an_arc_of_attention_is_as_thick_as_its_weight(days, q_age):
    picture = Ruler()
    picture.update(days=days, q_age=q_age)
    weights = np.exp(-q_age / 2**0.5 * np.arange(days))
    weights = THICK * weights / weights.sum()
    arcs = picture.ways[2].get_path().vertices.reshape(-1, 8, 2)
    assert len(arcs) == (weights >= 0.005).sum()
    assert np.sort((arcs[:, 2, 1] - arcs[:, 5, 1]) * 0.75)[::-1] == pytest.approx(weights[: len(arcs)])


@pytest.mark.parametrize("asked", [{"days": 1}, {"days": 51}, {"w_h": 0.4}, {"w_h": 1.2}])
def test_what_it_has_no_room_for_is_refused_in_a_sentence(asked):
    with pytest.raises(
        ValueError, match=r"^This picture has room for 2 to 50 days and feedback weights from 0\.5 to 1\.0, not"
    ):
        Ruler().update(**asked)


@pytest.mark.parametrize("asked", [{"days": 2}, {"days": 50, "q_age": -1.0}, {"days": 50, "q_age": 4.0, "w_h": 1.0}])
def test_the_three_values_never_stand_on_each_other_and_the_largest_stands_highest(asked):
    picture = Ruler()
    picture.update(**asked)
    values = sorted(((words.get_position()[1], float(words.get_text())) for words in picture.values), reverse=True)
    heights, gradients = np.transpose(values)
    assert np.diff(heights).max() < -21.9
    assert gradients.tolist() == sorted(gradients, reverse=True)

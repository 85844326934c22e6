"""The highway, against powers of the weight, nudges of the memory, and products of forget gates."""

import numpy as np
import pytest

from statland import STATLAND_LSTM_WEIGHTS, lstm_forward, with_forget_bias
from statland.pictures.highway import DIRECT, SMALLEST, VANILLA, WHOLE, Highway

MEDIUM, WAITING = "medium every day", "company A, waiting"
PRICES = {MEDIUM: np.full(50, 0.5), WAITING: np.array([0, 0.5, *[0.25] * 47, 1])}


@pytest.mark.parametrize(("b_f", "name"), [(1.6234, MEDIUM), (4.0, WAITING)])
def test_the_three_lines_are_measured_ones(b_f, name):
    picture, prices, params = Highway(), PRICES[name], with_forget_bias(STATLAND_LSTM_WEIGHTS, b_f)
    sentence, trace = picture.update(b_f, name, 0.5), lstm_forward(prices, params)

    def last(day, nudge):
        c = trace.c[day] + nudge
        return lstm_forward(prices[day:], params, h0=trace.o[day - 1] * np.tanh(c), c0=c).c[-1]

    measured = {
        WHOLE: [*((last(day, 1e-5) - last(day, -1e-5)) / 2e-5 for day in range(1, 50)), 1.0],
        DIRECT: [np.prod(trace.f[day:]) for day in range(1, 51)],
        VANILLA: [0.5 ** (50 - day) for day in range(1, 51)],
    }
    for role, gradient in measured.items():
        linear, log = picture.lines[role]
        assert linear.get_ydata() == pytest.approx(gradient, abs=1e-6)
        seen = np.array(gradient) > 1e-8
        assert log.get_ydata()[seen] == pytest.approx(np.log10(np.array(gradient)[seen]), abs=2e-3)
        assert float(picture.values[role].get_text()) == pytest.approx(gradient[0], rel=0.02)
    whole, direct = (picture.values[role].get_text() for role in (WHOLE, DIRECT))
    says = f"a change of 1 on day 1 is {whole} on day 50 in the LSTM, {direct} by the direct path alone"
    assert sentence == f"b_f = {b_f:g}, {name}, w_h = 0.5: {says}, and 1.78e-15 in the vanilla unit."


@pytest.mark.parametrize("name", PRICES)
def test_the_gates_of_the_sigmoid_are_those_of_the_valves(name):
    picture = Highway()
    picture.update(b_f=0.5, prices=name)
    f = lstm_forward(PRICES[name], with_forget_bias(STATLAND_LSTM_WEIGHTS, 0.5)).f
    valves = picture.valves.get_path().vertices.reshape(50, 4, 2)
    assert valves[:, 1, 1] == pytest.approx(f)
    z, shown = picture.gates.get_data()
    assert shown[:7] == pytest.approx(f[:7])
    assert shown == pytest.approx(1 / (1 + np.exp(-z))), "each on the curve"
    assert picture.bias.get_xdata()[0] == 0.5
    assert z[0] == pytest.approx(0.5 + 1.6307 * PRICES[name][0]), "on day 1 there is no h yet"


def test_the_stream_thins_out_by_what_each_valve_takes():
    picture = Highway()
    picture.update(b_f=-2.0)
    f = lstm_forward(PRICES[MEDIUM], with_forget_bias(STATLAND_LSTM_WEIGHTS, -2.0)).f
    x, y = picture.stream.get_path().vertices.T
    for day, left in ((1, 1.0), (2, f[1]), (3, f[1] * f[2])):
        assert y[(x == day + 0.5) & (y > 0)].max() == pytest.approx(left)
    assert x.max() < 10, "on the tenth day less than a hundredth is left"


def test_what_leaves_the_log_axis_ends_in_a_triangle_on_its_edge():
    picture = Highway()
    picture.update(b_f=-2.0, prices=WAITING, w_h=0.5)
    for role in (WHOLE, DIRECT):
        shown = np.flatnonzero(np.isfinite(picture.lines[role][1].get_ydata()))
        (day,), (power,) = picture.ends[role].get_data()
        assert (day, power) == (shown[0], SMALLEST), "on the day before the first one shown"
    assert len(picture.ends[VANILLA].get_xdata()) == 0, "1.8e-15 is on the axis"


def test_every_tenth_of_the_bias_moves_the_triangle_and_the_dots():
    picture, seen = Highway(), set()
    for b_f in np.linspace(-2, 8, 101):
        picture.update(b_f=b_f)
        where = picture.bias.axes.transData.transform([(picture.bias.get_xdata()[0], 0)])[0, 0]
        seen.add(round(where * 2))
    assert len(seen) == 101, "by half a point at least"


def test_lines_that_lie_on_each_other_keep_marks_of_their_own():
    picture = Highway()
    picture.update(b_f=8.0, w_h=1.0)
    days = [set(picture.marks[role][1].get_xdata()) for role in (WHOLE, DIRECT, VANILLA)]
    assert set.intersection(*days) == {1}
    assert all(len(mine - other) > 4 for mine in days for other in days if mine is not other)

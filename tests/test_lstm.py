"""The mathematics of one LSTM unit: by hand, against central differences, and on the two companies."""

from dataclasses import astuple, replace

import numpy as np
import pytest

from statland import (
    COMPANY_A,
    COMPANY_B,
    STATLAND_LSTM_WEIGHTS,
    Gate,
    LSTMParams,
    direct_path,
    lstm_backward,
    lstm_forward,
    lstm_jacobian,
    lstm_step,
    memory_line,
    numerical_gradient,
    with_forget_bias,
)

PARTS = ("forget", "input", "candidate", "output")


def random_settings(count=100):
    rng = np.random.default_rng(1997)
    for _ in range(count):
        params = LSTMParams(*(Gate(*rng.normal(0, 1.5, 3)) for _ in PARTS))
        x = rng.uniform(-1, 1, rng.integers(1, 9))
        yield params, x, rng.normal(0, 1, x.shape), *rng.normal(0, 1, 2)


def central(function, value, eps=1e-6):
    return (function(value + eps) - function(value - eps)) / (2 * eps)


def test_the_published_weights_tell_the_two_companies_apart():
    for prices, prediction in ((COMPANY_A, 0.0022), (COMPANY_B, 0.9693)):
        assert lstm_forward(prices, STATLAND_LSTM_WEIGHTS).h[-1] == pytest.approx(prediction, abs=5e-5)


def test_the_two_companies_differ_on_day_1_alone():
    assert COMPANY_A[0] != COMPANY_B[0]
    assert COMPANY_A[1:] == COMPANY_B[1:]


def test_one_step_by_hand_with_weights_rounded_to_two_decimals():
    rounded = LSTMParams(
        *(Gate(*(round(value, 2) for value in vars(getattr(STATLAND_LSTM_WEIGHTS, part)).values())) for part in PARTS)
    )
    assert rounded.forget == Gate(w_x=1.63, w_h=2.7, b=1.62)
    *_, c, h = lstm_step(1.0, 1.0, 2.0, rounded)
    assert (c, h) == (pytest.approx(2.948, abs=5e-4), pytest.approx(0.986, abs=5e-4))


def test_a_gate_wide_open_and_one_wide_shut_keep_the_memory_as_it_is():
    never, always = Gate(0.0, 0.0, -1000.0), Gate(0.0, 0.0, 1000.0)
    trace = lstm_forward([1.0, 0.0, 0.5], LSTMParams(always, never, Gate(1.0, 1.0, 0.0), always), c0=0.7)
    assert trace.c.tolist() == [0.7] * 4
    _, _, dc = lstm_backward(trace, [0.0, 0.0, 1.0], LSTMParams(always, never, Gate(1.0, 1.0, 0.0), always))
    assert dc.tolist() == pytest.approx([1 - np.tanh(0.7) ** 2] * 4)


def test_the_jacobian_is_what_a_nudge_of_a_memory_does_to_the_last_one():
    x, params = [0.5, 1.0, 0.2, 0.5], with_forget_bias(STATLAND_LSTM_WEIGHTS, -1.0)
    assert (params.forget.b, params.input) == (-1.0, STATLAND_LSTM_WEIGHTS.input)
    trace = lstm_forward(x, params)

    def last_memory(c):  # after day 2; the short-term memory of day 2 shows it
        return lstm_forward(x[2:], params, h0=trace.o[1] * np.tanh(c), c0=c).c[-1]

    found = lstm_jacobian(trace, params)
    assert found[2] == pytest.approx(central(last_memory, trace.c[2]), rel=1e-6)
    assert found[4] == 1.0


def test_a_memory_alone_keeps_what_its_gates_leave_and_adds_what_is_let_in():
    assert memory_line([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]).tolist() == [0, 1, 3, 6], "the carousel"
    assert memory_line([0.9, 0.5, 0.0], [1.0, 2.0, 3.0]).tolist() == [0, 1, 2.5, 3], "the last gate is shut"


def test_the_direct_path_is_what_a_nudge_of_the_memory_alone_becomes():
    f, let_in = np.array([0.9, 0.5, 0.8, 0.25]), np.array([1.0, 2.0, -1.0, 0.5])
    assert direct_path(f) == pytest.approx([0.5 * 0.8 * 0.25, 0.8 * 0.25, 0.25, 1.0])
    for day in range(4):
        nudged = let_in + 1e-6 * (np.arange(4) == day)
        rise = memory_line(f, nudged)[-1] - memory_line(f, let_in)[-1]
        assert direct_path(f)[day] == pytest.approx(rise / 1e-6)
    assert direct_path(np.column_stack([f, f]))[0] == pytest.approx([0.1, 0.1]), "side by side"


def test_every_gradient_agrees_with_central_differences():
    for params, x, weight, h0, c0 in random_settings():

        def loss(p, x=x, weight=weight, h0=h0, c0=c0):
            return np.sum(weight * lstm_forward(x, p, h0, c0).h[1:])

        grads, _, _ = lstm_backward(lstm_forward(x, params, h0, c0), weight, params)
        found, expected = (np.ravel(astuple(each)) for each in (grads, numerical_gradient(loss, params)))
        assert np.abs(found - expected).max() <= 1e-6 * np.abs(expected).max()


def test_the_derivative_by_every_state_agrees_with_a_nudge_of_that_state():
    for params, x, weight, h0, c0 in random_settings(30):
        trace = lstm_forward(x, params, h0, c0)
        _, dh, dc = lstm_backward(trace, weight, params)
        for t in range(len(x)):

            def later(h, c, t=t, x=x, weight=weight, params=params):
                return np.sum(weight[t:] * lstm_forward(x[t:], params, h, c).h[1:])

            own = weight[t - 1] if t else 0.0  # what day t's own error asks of h
            slope = trace.o[t - 1] * (1 - np.tanh(trace.c[t]) ** 2) if t else 0.0  # dh/dc of the same day
            by_h = own + central(lambda h, t=t, later=later, trace=trace: later(h, trace.c[t]), trace.h[t])
            by_c = by_h * slope + central(lambda c, t=t, later=later, trace=trace: later(trace.h[t], c), trace.c[t])
            assert dh[t] == pytest.approx(by_h, rel=1e-5, abs=1e-8)
            assert dc[t] == pytest.approx(by_c, rel=1e-5, abs=1e-8)


def test_an_error_on_the_long_term_memory_comes_back_as_the_nudge_says():
    for params, x, weight, h0, c0 in random_settings(30):

        def loss(c, x=x, weight=weight, params=params, h0=h0):
            trace = lstm_forward(x, params, h0, c)
            return np.sum(weight * trace.c[1:]) + np.sum(weight[::-1] * trace.h[1:])

        trace = lstm_forward(x, params, h0, c0)
        grads, _, dc = lstm_backward(trace, weight[::-1], params, dc=weight)
        assert dc[0] == pytest.approx(central(loss, c0), rel=1e-5, abs=1e-8)
        expected = central(
            lambda b, p=params, c=c0: loss(c, params=replace(p, input=replace(p.input, b=b))), params.input.b
        )
        assert grads.input.b == pytest.approx(expected, rel=1e-5, abs=1e-8)


def test_histories_side_by_side_give_the_same_as_one_after_the_other():
    rng = np.random.default_rng(5)
    x, dh = rng.uniform(0, 1, (6, 4)), rng.normal(0, 1, (6, 4))
    together = lstm_forward(x, STATLAND_LSTM_WEIGHTS)
    grads, dh_all, dc_all = lstm_backward(together, dh, STATLAND_LSTM_WEIGHTS)
    total = 0.0
    for n in range(4):
        alone = lstm_forward(x[:, n], STATLAND_LSTM_WEIGHTS)
        grads_n, dh_n, dc_n = lstm_backward(alone, dh[:, n], STATLAND_LSTM_WEIGHTS)
        assert np.allclose(together.h[:, n], alone.h, rtol=1e-14)
        assert np.allclose(dh_all[:, n], dh_n, rtol=1e-12)
        assert np.allclose(dc_all[:, n], dc_n, rtol=1e-12)
        total += grads_n.forget.w_h
    assert grads.forget.w_h == pytest.approx(total, rel=1e-12)
    assert isinstance(grads.output.b, float)


def test_bad_input_is_refused_with_one_plain_sentence():
    trace = lstm_forward([0.5, 1.0], STATLAND_LSTM_WEIGHTS)
    with pytest.raises(ValueError, match="at least one day"):
        lstm_forward([], STATLAND_LSTM_WEIGHTS)
    with pytest.raises(TypeError, match="must be numbers"):
        lstm_forward([0.5, "high"], STATLAND_LSTM_WEIGHTS)
    with pytest.raises(ValueError, match="c0"):
        lstm_forward([0.5], STATLAND_LSTM_WEIGHTS, c0=float("inf"))
    with pytest.raises(ValueError, match="shape"):
        lstm_backward(trace, [1.0], STATLAND_LSTM_WEIGHTS)
    with pytest.raises(ValueError, match="dc must have one number for each day"):
        lstm_backward(trace, [0.0, 1.0], STATLAND_LSTM_WEIGHTS, dc=[1.0])
    with pytest.raises(TypeError, match="b must be a number"):
        Gate(w_x=1.0, w_h=1.0, b="open")
    with pytest.raises(TypeError, match=r"forget must be a Gate, not 1\.0\."):
        replace(STATLAND_LSTM_WEIGHTS, forget=1.0)
    with pytest.raises(ValueError, match=r"forget\.w_x has the shape"):
        lstm_forward([0.5], replace(STATLAND_LSTM_WEIGHTS, forget=Gate(np.ones(3), 1.0, 1.0)))

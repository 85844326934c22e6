"""The mathematics of one recurrent unit: by hand, against central differences, and against a plain loop."""

import inspect
import re
import warnings
from dataclasses import astuple, replace

import numpy as np
import pytest

from statland import (
    STATLAND_RULES,
    STATLAND_WEIGHTS,
    RNNParams,
    numerical_gradient,
    rnn_backward,
    rnn_forward,
    rnn_jacobian,
    rnn_step,
)

OFF_THE_CORNER = RNNParams(w_x=0.9, w_h=0.7, w_y=-1.2, b_h=0.13, b_y=0.4)


def settings(count=100):
    """Yield networks and histories whose pre-activations all keep away from ReLU's corner."""
    rng = np.random.default_rng(1990)
    while count:
        params = RNNParams(*rng.normal(0, 1, 5))
        x = rng.uniform(-1, 1, rng.integers(1, 9))
        if np.abs(rnn_forward(x, params).z).min() > 1e-3:
            count -= 1
            yield params, x, rng.normal(0, 1, x.shape)


def test_yesterday_and_today_by_hand():
    z, h = rnn_step(1.0, 0.0, STATLAND_WEIGHTS)
    assert (z, h) == (1.8, 1.8)
    z, h = rnn_step(0.5, h, STATLAND_WEIGHTS)
    assert (z, h) == (0.0, 0.0)  # 1.8 * 0.5 - 0.5 * 1.8


def test_three_days_by_hand():
    trace = rnn_forward([1.0, 0.5, 0.5], STATLAND_WEIGHTS)
    assert trace.h == pytest.approx([0.0, 1.8, 0.0, 0.9])
    assert trace.z == pytest.approx([1.8, 0.0, 0.9])
    assert trace.y == pytest.approx([1.98, 0.0, 0.99])


def test_the_published_weights_follow_the_four_rules():
    predictions = [rnn_forward(days, STATLAND_WEIGHTS).y[-1] for days, _ in STATLAND_RULES]
    assert predictions == pytest.approx([0.0, 0.99, 0.0, 0.99])
    assert [tomorrow for _, tomorrow in STATLAND_RULES] == [0.0, 1.0, 0.0, 1.0]


def test_every_network_with_w_x_times_w_y_of_2_and_feedback_of_minus_half_is_without_error():
    for w_x in (0.5, 1.0, 4.0):
        params = RNNParams(w_x=w_x, w_h=-0.5, w_y=2 / w_x)
        assert [rnn_forward(days, params).y[-1] for days, _ in STATLAND_RULES] == [0.0, 1.0, 0.0, 1.0]


def test_feedback_of_zero_means_no_memory():
    params = RNNParams(w_x=1.8, w_h=0.0, w_y=1.1)
    assert rnn_forward([1.0, 0.5], params).y[-1] == rnn_forward([0.0, 0.5], params).y[-1]


def test_the_state_before_the_first_day_is_remembered():
    trace = rnn_forward([0.0], RNNParams(w_x=1.0, w_h=0.5, w_y=1.0), h0=4.0)
    assert trace.h.tolist() == [4.0, 2.0]


def test_backwards_through_two_days_by_hand():
    params = RNNParams(w_x=2.0, w_h=3.0, w_y=5.0, b_h=0.5, b_y=7.0)
    trace = rnn_forward([1.0, 10.0], params)  # h: 2.5, then 20 + 7.5 + 0.5 = 28
    grads, dh = rnn_backward(trace, [0.0, 1.0], params)
    assert trace.h.tolist() == [0.0, 2.5, 28.0]
    assert dh.tolist() == [45.0, 15.0, 5.0]
    assert grads == RNNParams(w_x=15.0 * 1 + 5.0 * 10, w_h=5.0 * 2.5, w_y=28.0, b_h=20.0, b_y=1.0)


def test_a_shut_unit_passes_exactly_nothing():
    params = RNNParams(w_x=1.0, w_h=1.0, w_y=1.0)
    trace = rnn_forward([1.0, -5.0, 1.0], params)
    grads, dh = rnn_backward(trace, [0.0, 0.0, 1.0], params)
    assert dh.tolist() == [0.0, 0.0, 1.0, 1.0]
    assert grads.w_x == 1.0


def test_the_slope_of_relu_at_its_corner_is_zero():
    trace = rnn_forward([1.0, 0.5], STATLAND_WEIGHTS)
    assert trace.z[1] == 0.0
    grads, dh = rnn_backward(trace, [0.0, 1.0], STATLAND_WEIGHTS)
    assert (dh[1], grads.w_x, grads.w_h, grads.b_h) == (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize("w_h", [0.5, 0.9, 1.01, 2.0])
def test_fifty_open_days_multiply_the_gradient_49_times(w_h):
    params = replace(STATLAND_WEIGHTS, w_h=w_h)
    _, dh = rnn_backward(rnn_forward(np.full(50, 0.5), params), np.eye(50)[-1], params)
    assert dh[1] / dh[50] == pytest.approx(w_h**49, rel=1e-12)


def test_the_jacobian_is_a_power_of_the_feedback_weight_for_histories_side_by_side_too():
    params = replace(STATLAND_WEIGHTS, w_h=0.5)
    assert rnn_jacobian(rnn_forward([1.0, 0.5, 1.0], params), params).tolist() == [0.125, 0.25, 0.5, 1.0]
    shut = [[1.0, 1.0], [-9.0, 1.0], [1.0, 1.0]]  # the first history is shut on day 2
    assert rnn_jacobian(rnn_forward(shut, params), params).T.tolist() == [[0, 0, 0.5, 1], [0.125, 0.25, 0.5, 1]]


def test_every_gradient_agrees_with_central_differences():
    for params, x, weight in settings():

        def loss(p, x=x, weight=weight):
            return np.sum(weight * np.sin(rnn_forward(x, p).y))

        trace = rnn_forward(x, params)
        grads, _ = rnn_backward(trace, weight * np.cos(trace.y), params)
        assert astuple(grads) == pytest.approx(astuple(numerical_gradient(loss, params)), rel=1e-6, abs=1e-8)


def test_the_gradient_of_every_state_agrees_with_a_nudge_of_that_state():
    eps = 1e-6
    for params, x, weight in settings(30):
        h = rnn_forward(x, params).h
        _, dh = rnn_backward(rnn_forward(x, params), weight, params)
        for t in range(len(x) + 1):  # the state after day t is read by day t's own output and by all later days

            def loss(state, t=t, x=x, weight=weight, params=params):
                own = weight[t - 1] * (params.w_y * state + params.b_y) if t else 0.0
                return own + (np.sum(weight[t:] * rnn_forward(x[t:], params, h0=state).y) if t < len(x) else 0.0)

            assert dh[t] == pytest.approx((loss(h[t] + eps) - loss(h[t] - eps)) / (2 * eps), rel=1e-5, abs=1e-7)


def test_histories_side_by_side_give_the_same_as_one_after_the_other():
    rng = np.random.default_rng(2)
    x, dy = rng.uniform(0, 1, (7, 5)), rng.normal(0, 1, (7, 5))
    together = rnn_forward(x, OFF_THE_CORNER)
    grads, dh = rnn_backward(together, dy, OFF_THE_CORNER)
    total = np.zeros(5)
    for n in range(5):
        alone = rnn_forward(x[:, n], OFF_THE_CORNER)
        for name in ("x", "z", "h", "y"):
            assert np.array_equal(getattr(together, name)[:, n], getattr(alone, name))
        grads_n, dh_n = rnn_backward(alone, dy[:, n], OFF_THE_CORNER)
        assert np.array_equal(dh[:, n], dh_n)
        total += astuple(grads_n)
    assert astuple(grads) == pytest.approx(tuple(total), rel=1e-12)
    assert all(isinstance(value, float) for value in astuple(grads))


def test_networks_side_by_side_give_the_same_as_one_after_the_other():
    w_h = np.array([-0.7, 0.3, 1.4])
    x = np.tile(np.array([0.2, 0.9, 0.4])[:, None], 3)
    params = replace(OFF_THE_CORNER, w_h=w_h)
    trace = rnn_forward(x, params)
    grads, _ = rnn_backward(trace, np.ones((3, 3)), params)
    for n in range(3):
        alone = replace(OFF_THE_CORNER, w_h=w_h[n])
        grads_n, _ = rnn_backward(rnn_forward(x[:, n], alone), np.ones(3), alone)
        assert grads.w_h[n] == pytest.approx(grads_n.w_h, rel=1e-12)


def test_networks_and_histories_side_by_side_keep_one_gradient_for_each_network():
    rng = np.random.default_rng(4)
    x, dy = rng.uniform(0, 1, (3, 4, 2)), rng.normal(0, 1, (3, 4, 2))  # 3 days, 4 histories, 2 networks
    params = RNNParams(0.9, np.array([0.7, -0.2]), np.array([1.0, 2.0]), 0.1, 0.2)
    grads, _ = rnn_backward(rnn_forward(x, params), dy, params)
    for n in range(2):
        alone = replace(params, w_h=params.w_h[n], w_y=params.w_y[n])
        grads_n, _ = rnn_backward(rnn_forward(x[..., n], alone), dy[..., n], alone)
        assert (grads.w_h[n], grads.w_y[n]) == pytest.approx((grads_n.w_h, grads_n.w_y), rel=1e-12)


def test_every_history_may_begin_in_a_state_of_its_own():
    params = RNNParams(w_x=1.0, w_h=0.5, w_y=1.0)
    assert rnn_forward([[0.0, 0.0]], params, h0=[2.0, 4.0]).h.tolist() == [[2.0, 4.0], [1.0, 2.0]]


def test_a_trace_keeps_its_own_prices():
    x = np.array([1.0, 0.5])
    trace = rnn_forward(x, STATLAND_WEIGHTS)
    x[0] = 7.0
    assert trace.x[0] == 1.0


@pytest.mark.parametrize("shape", [(4,), (1,), (3, 2), (3,)])
def test_a_weight_of_a_shape_that_does_not_fit_is_refused(shape):
    for name in ("w_x", "w_h", "w_y", "b_h", "b_y"):
        with pytest.raises(ValueError, match=f"{name} has the shape"):
            rnn_forward(np.ones((3, 2)), replace(OFF_THE_CORNER, **{name: np.ones(shape)}))
    with pytest.raises(ValueError, match="w_y has the shape"):
        rnn_forward(np.ones(4), replace(OFF_THE_CORNER, w_y=np.ones(4)))


def test_numpys_own_settings_stay_as_they_were():
    before = np.geterr()
    rnn_backward(rnn_forward([1.0, 0.5], STATLAND_WEIGHTS), [0.0, 1.0], STATLAND_WEIGHTS)
    assert np.geterr() == before


def test_what_is_not_known_does_not_pass_for_zero():
    params = RNNParams(w_x=1.0, w_h=float("nan"), w_y=1.0)
    grads, _ = rnn_backward(rnn_forward([1.0, 1.0], params), [0.0, 1.0], params)
    assert np.isnan(grads.w_h)


def test_too_large_for_a_float_is_inf_and_silent():
    params = RNNParams(w_x=1.8, w_h=2.0, w_y=1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trace = rnn_forward(np.full(1200, 0.5), params)
        grads, dh = rnn_backward(trace, np.eye(1200)[-1], params)
        assert rnn_forward([1e308], RNNParams(1.0, 0.0, 10.0)).y[0] == np.inf
        assert rnn_step(np.float64(1e308), np.float64(1e308), params) == (np.inf, np.inf)
    assert trace.y[-1] == np.inf
    assert dh[1] == np.inf
    assert astuple(grads) == (np.inf, np.inf, np.inf, np.inf, 1.0)
    assert np.isinf(dh).sum() == 1200 - 1024 + 1  # 2**1024 is the first power that float64 can't hold


def test_nothing_times_inf_is_nothing():
    params = RNNParams(w_x=1.8, w_h=2.0, w_y=1.0, b_h=0.1)
    x = np.zeros(1200)
    grads, _ = rnn_backward(rnn_forward(x, params), np.eye(1200)[-1], params)
    assert grads.w_x == 0.0
    assert grads.w_h == np.inf


def test_the_source_of_a_pass_is_the_mathematics_alone():
    for function in (rnn_step, rnn_forward, rnn_backward):
        source = inspect.getsource(function)
        assert source.startswith("def ")
        assert not re.search(r"check|raise|errstate|tolist", source)


def test_too_small_for_a_float_is_exactly_zero():
    params = replace(STATLAND_WEIGHTS, w_h=0.5, w_y=1.0)
    _, dh = rnn_backward(rnn_forward(np.full(1200, 0.5), params), np.eye(1200)[-1], params)
    assert dh[1] == 0.0
    assert dh[1200 - 1074] > 0.0 == dh[1200 - 1075]


@pytest.mark.parametrize(
    ("prices", "error", "words"),
    [
        ([], ValueError, "at least one day"),
        (np.empty((3, 0)), ValueError, "at least one day"),
        (0.5, ValueError, "at least one day"),
        ([0.5, float("nan")], ValueError, "finite"),
        ([0.5, float("inf")], ValueError, "finite"),
        ([0.5, "high"], TypeError, "must be numbers"),
        (["0.5", "1.0"], TypeError, "must be numbers"),
        ([0.5, None], TypeError, "must be numbers"),
        ([[0.5, 1.0], [0.5]], ValueError, "equally many"),
    ],
)
def test_bad_prices_are_refused_with_one_plain_sentence(prices, error, words):
    with pytest.raises(error, match=words) as refusal:
        rnn_forward(prices, STATLAND_WEIGHTS)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("h0", ["high", [0.0, 1.0], float("nan")])
def test_a_bad_first_state_is_refused(h0):
    with pytest.raises((ValueError, TypeError), match="h0"):
        rnn_forward([0.5, 1.0], STATLAND_WEIGHTS, h0=h0)


def test_a_dy_of_another_shape_is_refused():
    trace = rnn_forward([0.5, 1.0], STATLAND_WEIGHTS)
    for dy in ([1.0], [[1.0, 0.0]], 1.0):
        with pytest.raises(ValueError, match="shape"):
            rnn_backward(trace, dy, STATLAND_WEIGHTS)
    for dy in (["a", "b"], None):
        with pytest.raises(TypeError, match="dy"):
            rnn_backward(trace, dy, STATLAND_WEIGHTS)
    with pytest.raises(TypeError, match=r"rnn_backward\(\) missing a required argument: 'params'"):
        rnn_backward(trace, [0.0, 0.0])


@pytest.mark.parametrize("weight", ["2.0", None, [1.0, 2.0], [], True, STATLAND_WEIGHTS])
def test_a_weight_that_is_no_number_is_refused(weight):
    with pytest.raises(TypeError, match="w_h must be a number"):
        RNNParams(w_x=1.0, w_h=weight, w_y=1.0)

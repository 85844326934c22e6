"""The mathematics of one recurrent unit: by hand, against central differences, and against a plain loop."""

import inspect
import re
import warnings
from dataclasses import astuple, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from statland import (
    STATLAND_LSTM_WEIGHTS,
    STATLAND_RULES,
    STATLAND_WEIGHTS,
    Gate,
    RNNParams,
    SigmoidParams,
    age_and_price,
    attend,
    attend_backward,
    attention_scores,
    direct_path,
    lengthened,
    lstm_forward,
    memory_line,
    numerical_gradient,
    rnn_backward,
    rnn_forward,
    rnn_jacobian,
    rnn_step,
    squared_error,
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
        ([0.5, True], TypeError, "truth values"),
        ([True, False], TypeError, "truth values"),
        (np.array([True, False]), TypeError, "truth values"),
        ([0.5, 1j], TypeError, "must be numbers"),
        ([Decimal("0.5"), Decimal("1")], TypeError, "int or float"),
        ([Fraction(1, 2), Fraction(1)], TypeError, "int or float"),
        ([10**400, 1], TypeError, "int or float"),
        (np.array(0.5), ValueError, "at least one day"),
        (np.ma.array([0.5, 1.0], mask=[False, True]), TypeError, "gaps"),
        ([0.5, np.ma.masked], TypeError, "gaps"),
        ([[0.5, np.ma.masked], [0.5, 1.0]], TypeError, "gaps"),
        (np.ma.masked, TypeError, "gaps"),
    ],
)
def test_bad_prices_are_refused_with_one_plain_sentence(prices, error, words):
    with pytest.raises(error, match=words) as refusal:
        rnn_forward(prices, STATLAND_WEIGHTS)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


class Column:
    """Prices as another package holds them: pandas, Polars and xarray give NumPy an array in this way."""

    def __array__(self, dtype=None, copy=None):
        return np.array([0.5, 1.0], dtype=dtype)


@pytest.mark.parametrize(
    "prices",
    [Column(), (0.5, 1.0), np.array([0.5, 1.0], dtype=np.float16), np.ma.array([0.5, 1.0]), [np.float32(0.5), 1]],
)
def test_whatever_holds_plain_numbers_without_gaps_is_read(prices):
    trace = rnn_forward(prices, STATLAND_WEIGHTS)
    assert trace.y.tolist() == rnn_forward([0.5, 1.0], STATLAND_WEIGHTS).y.tolist()
    assert type(trace.x) is np.ndarray


NO_PRICES = "high", None, True, np.ma.masked, 1j, Decimal("0.5")


@pytest.mark.parametrize("no_price", NO_PRICES)
@pytest.mark.parametrize(
    "read",
    [
        lambda prices: rnn_forward(prices, STATLAND_WEIGHTS),
        lambda prices: lstm_forward(prices, STATLAND_LSTM_WEIGHTS),
        lambda prices: squared_error(prices, 0.0, STATLAND_WEIGHTS),
        lambda prices: rnn_backward(rnn_forward([0.5] * 4, STATLAND_WEIGHTS), prices, STATLAND_WEIGHTS),
        lambda prices: attend([1.0], np.ones((4, 1)), prices),
        lambda prices: attend_backward(prices[0], [1.0], np.ones((4, 1)), np.ones(4)),
        lambda prices: attention_scores(prices, np.ones((4, 4))),
        lambda prices: age_and_price(prices),
        lambda prices: lengthened(prices, 8),
        lambda prices: memory_line(prices, np.ones(4)),
        lambda prices: direct_path(prices),
    ],
)
@pytest.mark.filterwarnings("error")
def test_no_gap_no_text_and_no_truth_value_is_read_as_a_number(read, no_price):
    with pytest.raises(TypeError, match=r"must be numbers \(int or float\), without text, truth values or gaps\.$"):
        read([no_price, 0.5, 1.0, 0.0])
    if no_price is np.ma.masked:
        with pytest.raises(TypeError, match="or gaps"):
            read(np.ma.array([0.5, 0.5, 1.0, 0.0], mask=[True, False, False, False]))


@pytest.mark.parametrize("h0", ["high", [0.0, 1.0], float("nan"), np.ma.masked, True])
def test_a_bad_first_state_is_refused(h0):
    with pytest.raises((ValueError, TypeError), match="h0"):
        rnn_forward([0.5, 1.0], STATLAND_WEIGHTS, h0=h0)


def test_a_dy_of_another_shape_is_refused():
    trace = rnn_forward([0.5, 1.0], STATLAND_WEIGHTS)
    for dy in ([1.0], [[1.0, 0.0]], 1.0):
        with pytest.raises(ValueError, match="shape"):
            rnn_backward(trace, dy, STATLAND_WEIGHTS)
    for dy in (["a", "b"], None, [True, 0.0], np.ma.array([0.0, 1.0], mask=[True, False])):
        with pytest.raises(TypeError, match="dy"):
            rnn_backward(trace, dy, STATLAND_WEIGHTS)
    with pytest.raises(TypeError, match=r"rnn_backward\(\) missing a required argument: 'params'"):
        rnn_backward(trace, [0.0, 0.0])


@pytest.mark.parametrize(
    "weight",
    [
        *("2.0", None, [1.0, 2.0], [], True, STATLAND_WEIGHTS, 1j, Decimal("0.5"), np.array(["a" * 99] * 99)),
        *(np.ma.masked, np.ma.array([1.0, 2.0]), np.array([1j]), np.array([[None] * 50] * 50), np.array([True])),
    ],
)
def test_a_weight_that_is_no_number_is_refused_on_one_line(weight):
    with pytest.raises(TypeError, match=r"^w_h must be a number, or a NumPy array of numbers, not .{1,60}\.$"):
        RNNParams(w_x=1.0, w_h=weight, w_y=1.0)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.longdouble, np.int8, np.uint8, int])
def test_no_result_depends_on_the_kind_of_number_that_a_weight_came_in(kind):
    given = [kind(2), np.array([1, 3], dtype=kind), np.array(3, dtype=kind)]
    params, plain = RNNParams(*given), RNNParams(2.0, np.array([1.0, 3.0]), 3.0)
    assert (type(params.w_x), params.w_h.dtype, type(params.w_y)) == (float, np.float64, float)
    assert params == plain
    tenths = np.full((50, 2), 0.1)  # which no smaller kind holds
    assert rnn_forward(tenths, params).y.tolist() == rnn_forward(tenths, plain).y.tolist()


def test_a_network_keeps_its_own_weights():
    w_h = np.array([0.5, 2.0])
    params = RNNParams(1.0, w_h, 1.0)
    w_h[0] = 7.0
    assert params.w_h[0] == 0.5


def test_params_are_equal_if_all_their_numbers_are_and_a_trace_only_to_itself():
    one, other = (RNNParams(1.0, np.array([0.5, 2.0]), 1.0) for _ in range(2))
    assert one == other
    assert one != replace(other, w_h=np.array([0.5, 2.5]))
    assert one != replace(other, w_h=np.array([0.5, 2.0, 2.0])), "another shape"
    assert one != replace(other, w_h=0.5), "no broadcasting"
    assert RNNParams(1.0, 0.5, 1.0) == RNNParams(1, 0.5, np.float32(1)) != Gate(1.0, 0.5, 1.0)
    assert RNNParams(1.0, 0.5, 1.0) != (1.0, 0.5, 1.0, 0.0, 0.0)
    lstm = STATLAND_LSTM_WEIGHTS
    assert lstm == replace(lstm) != replace(lstm, input=Gate(1, 1, 1))
    assert SigmoidParams(np.ones(2), 1.0) == SigmoidParams(np.ones(2), 1.0)
    for forward, params in ((rnn_forward, STATLAND_WEIGHTS), (lstm_forward, STATLAND_LSTM_WEIGHTS)):
        trace, again = (forward([0.5, 1.0], params) for _ in range(2))
        assert trace == trace
        assert trace != again
        assert len({trace, again, trace}) == 2


def test_equal_params_have_one_hash_and_arrays_have_none():
    assert len({RNNParams(1.0, 0.5, 0.0), RNNParams(1, np.float64(0.5), -0.0), RNNParams(1.0, 0.25, 0.0)}) == 2
    assert len({STATLAND_LSTM_WEIGHTS, replace(STATLAND_LSTM_WEIGHTS)}) == 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(RNNParams(1.0, np.ones(2), 1.0))

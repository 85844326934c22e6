"""Errors, steps, clipping and truncation, over every kind of params, by hand and against nudges."""

import warnings
from dataclasses import astuple, dataclass, is_dataclass, make_dataclass, replace
from decimal import Decimal
from functools import partial
from inspect import isfunction, signature

import numpy as np
import pytest

import statland
from statland import (
    COMPANY_A,
    STATLAND_LSTM_WEIGHTS,
    STATLAND_WEIGHTS,
    Gate,
    LSTMParams,
    RNNParams,
    SigmoidParams,
    clip_gradient,
    error_and_gradient,
    feedback_descent,
    gradient_descent,
    gradient_step,
    lstm_backward,
    lstm_forward,
    numerical_gradient,
    rnn_backward,
    rnn_forward,
    rnn_step,
    squared_error,
    squared_error_and_gradient,
    truncated_backward,
)
from statland.learning import (
    gradient_by_day,
    remembering_weight,
    training_outcomes,
    training_runs,
    weight_error_and_slope,
)

OFF_THE_CORNER = RNNParams(w_x=0.9, w_h=0.7, w_y=-1.2, b_h=0.13, b_y=0.4)
ONES = LSTMParams(*(Gate(1.0, 1.0, 1.0) for _ in range(4)))


def test_one_weight_alone_by_hand_and_against_a_nudge():
    assert weight_error_and_slope(6.0, 0.5, 1.0) == (4.0, 2.0)
    assert weight_error_and_slope(-4.0, 0.5, 1.0) == (9.0, -3.0)
    for w in (-3.0, 0.7, 11.0):
        rise = weight_error_and_slope(w + 1e-6, 0.5, 1.0)[0] - weight_error_and_slope(w - 1e-6, 0.5, 1.0)[0]
        assert weight_error_and_slope(w, 0.5, 1.0)[1] == pytest.approx(rise / 2e-6, abs=1e-6)


def test_a_single_number_can_take_steps_too():
    steps = gradient_descent(lambda w: weight_error_and_slope(w, 0.5, 1.0), 6.0, rate=3.0, steps=2)
    assert [w for w, _, _ in steps] == [6.0, 0.0, 3.0]


@pytest.mark.parametrize("threshold", [np.inf, 0.25])
def test_the_feedback_weight_alone_goes_down_the_slope_worked_out_by_hand(threshold):
    w_h = [0.9]  # high, then low: the prediction is 1.98 w_h
    for _ in range(5):
        w_h.append(w_h[-1] - 0.1 * np.clip(2 * (1.98 * w_h[-1] - 1) * 1.98, -threshold, threshold))
    start = replace(STATLAND_WEIGHTS, w_h=0.9)
    found, error, slope = np.array(list(feedback_descent([1.0, 0.0], 1.0, start, 0.1, 5, threshold))).T
    assert found == pytest.approx(w_h)
    assert error == pytest.approx((1.98 * found - 1) ** 2)
    assert slope == pytest.approx(2 * (1.98 * found - 1) * 1.98)


def test_where_the_unit_is_shut_the_feedback_weight_stays_and_the_descent_ends():
    assert list(feedback_descent([1.0, 0.0], 1.0, STATLAND_WEIGHTS, 0.1, 5)) == [(-0.5, 1.0, 0.0)]


def test_the_error_of_two_days_by_hand():
    params = RNNParams(w_x=2.0, w_h=0.5, w_y=0.6)  # states 2 and 3, prediction 1.8
    loss, grads = squared_error_and_gradient([1.0, 1.0], 1.0, params)
    assert loss == pytest.approx(0.64) == squared_error([1.0, 1.0], 1.0, params)
    assert grads.w_h == pytest.approx(1.6 * 0.6 * 2)
    assert grads.b_y == pytest.approx(1.6)


def test_errors_of_histories_are_added_and_networks_keep_their_own():
    prices, targets = np.array([[0.2, 0.9], [0.5, 0.1]]), np.array([1.0, 0.0])
    loss, grads = squared_error_and_gradient(prices, targets, OFF_THE_CORNER)
    alone = [squared_error_and_gradient(prices[:, n], targets[n], OFF_THE_CORNER) for n in range(2)]
    assert loss == pytest.approx(sum(one for one, _ in alone))
    assert astuple(grads) == pytest.approx(tuple(np.sum([astuple(each) for _, each in alone], axis=0)))

    many = replace(OFF_THE_CORNER, w_h=np.array([0.7, 0.2, -0.1]))
    losses, slopes = squared_error_and_gradient(np.repeat(prices[..., None], 3, axis=2), targets[:, None], many)
    for n, w_h in enumerate(many.w_h):
        loss, grads = squared_error_and_gradient(prices, targets, replace(OFF_THE_CORNER, w_h=w_h))
        assert (losses[n], slopes.w_h[n]) == pytest.approx((loss, grads.w_h))


def test_numerical_gradient_of_a_known_function():
    params = RNNParams(1.0, 2.0, 3.0, 4.0, 5.0)
    slope = numerical_gradient(lambda p: p.w_x**2 + p.w_h * p.b_y - 4 * p.b_h, params)
    assert astuple(slope) == pytest.approx((2.0, 5.0, 0.0, -4.0, 2.0), abs=1e-8)
    assert all(type(value) is float for value in astuple(slope))


def test_numerical_gradient_checks_nested_params_and_networks_side_by_side():
    grads, _, _ = lstm_backward(lstm_forward(COMPANY_A, STATLAND_LSTM_WEIGHTS), [0, 0, 0, 1], STATLAND_LSTM_WEIGHTS)
    found = numerical_gradient(lambda p: lstm_forward(COMPANY_A, p).h[-1], STATLAND_LSTM_WEIGHTS)
    assert np.allclose(astuple(grads), astuple(found), rtol=1e-6, atol=1e-9)

    w, b = np.array([4.6, 5.0]), np.array([-3.3, -2.8])
    found = numerical_gradient(lambda p: error_and_gradient(p)[0], SigmoidParams(w, b))
    assert np.allclose(astuple(found), astuple(error_and_gradient(SigmoidParams(w, b))[1]), rtol=1e-5)


@dataclass(frozen=True)
class Line:
    """A dataclass of a reader's own, which takes whatever it is given."""

    w: object
    b: object


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.longdouble, np.int32, np.uint8, int])
def test_the_numerical_gradient_is_right_whatever_kind_of_number_the_weights_are(kind):
    for w, b in ((kind(3), kind(2)), (np.array([3, 5], dtype=kind), kind(2))):
        slope, real = numerical_gradient(lambda line: line.w**2 * line.b, Line(w, b)), np.asarray(w, dtype=float)
        assert slope.w == pytest.approx(4 * real, rel=1e-8)
        assert slope.b == pytest.approx(real**2, rel=1e-8)
    weights = RNNParams(*map(kind, (2, 1, 3)))
    grads = squared_error_and_gradient([1.0, 0.5], 1.0, weights)[1]
    found = numerical_gradient(lambda params: squared_error([1.0, 0.5], 1.0, params), weights)
    assert astuple(found) == pytest.approx(astuple(grads), rel=1e-7)


@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_a_loss_too_coarse_for_the_nudge_is_refused(kind):
    for loss in (lambda line: kind(line.w**2), lambda line: np.array([line.w, line.b], dtype=kind)):
        with pytest.raises(TypeError, match=f"^loss must return float64, not {kind.__name__}: "):
            numerical_gradient(loss, Line(3.0, 2.0))


def test_a_gradient_step_goes_against_the_gradient():
    params, grads = RNNParams(1.0, 2.0, 3.0, 4.0, 5.0), RNNParams(1.0, -1.0, 0.0, 10.0, 2.0)
    assert gradient_step(params, grads, rate=0.5) == RNNParams(0.5, 2.5, 3.0, -1.0, 4.0)
    assert gradient_step(ONES, ONES, rate=0.25).output == Gate(0.75, 0.75, 0.75)
    many = gradient_step(SigmoidParams(np.array([1.0, 2.0]), 3.0), SigmoidParams(np.array([2.0, 4.0]), 1.0), 0.5)
    assert (many.w.tolist(), many.b) == ([0.0, 0.0], 2.5)


def test_clipping_shortens_what_is_too_long_and_keeps_its_direction():
    grads = RNNParams(3.0, 0.0, -4.0)
    assert clip_gradient(grads, threshold=5.1) == grads
    assert clip_gradient(grads, threshold=1.0) == RNNParams(0.6, 0.0, -0.8)
    assert astuple(clip_gradient(RNNParams(3e200, 0.0, -4e200), threshold=1.0)) == pytest.approx(
        (0.6, 0.0, -0.8, 0.0, 0.0)
    )
    assert astuple(clip_gradient(ONES, 1.0).forget) == pytest.approx([1 / np.sqrt(12)] * 3)


def test_networks_side_by_side_are_clipped_one_by_one():
    clipped = clip_gradient(SigmoidParams(np.array([3.0, 0.3, 0.0]), np.array([4.0, 0.4, 0.0])), 1.0)
    assert (clipped.w.tolist(), clipped.b.tolist()) == ([0.6, 0.3, 0.0], [0.8, 0.4, 0.0])


def test_clipping_cures_no_vanishing_gradient_and_a_zero_stays_zero():
    assert clip_gradient(RNNParams(1e-15, 0.0, 0.0), threshold=1.0) == RNNParams(1e-15, 0.0, 0.0)
    assert clip_gradient(RNNParams(0.0, 0.0, 0.0), threshold=0.0) == RNNParams(0.0, 0.0, 0.0)
    assert clip_gradient(RNNParams(3.0, 0.0, -4.0), threshold=0) == RNNParams(0.0, 0.0, 0.0)


def test_an_infinite_gradient_has_no_direction():
    assert np.isnan(clip_gradient(RNNParams(np.inf, 1.0, 1.0), threshold=1.0).w_x)


@pytest.mark.parametrize("threshold", [-1.0, float("nan"), "1", None, np.ones(2), np.ma.masked, True, 1j])
def test_what_is_no_threshold_is_refused(threshold):
    with pytest.raises(ValueError, match=r"^The threshold must be a number, 0 or more, not .*\.$"):
        clip_gradient(RNNParams(1.0, 1.0, 1.0), threshold)


def test_slopes_without_a_common_norm_are_refused():
    with pytest.raises(ValueError, match=r"no norm in common: w_x has \(\), w_h has \(2,\)\.$"):
        clip_gradient(RNNParams(1.0, np.ones(2), np.ones(2), np.ones(2), np.ones(2)), 1.0)


def test_what_grows_too_large_is_inf_without_a_warning_and_can_be_truncated():
    params = RNNParams(1.0, 2.0, 1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert squared_error([1.0] * 600, 0.0, params) == np.inf
        assert squared_error_and_gradient([1.0] * 1200, 0.0, params)[0] == np.inf
        assert gradient_step(params, RNNParams(np.inf, 0.0, 0.0), np.float64(-1e308)).w_x == np.inf
        trace = rnn_forward([1.0] * 1200, params)
        assert truncated_backward(trace, np.eye(1200)[-1], params, 10)[1][0] == 2.0**10
        geterr = np.geterr()
    assert np.geterr() == geterr


@pytest.mark.parametrize("target", [[0.0, 1.0], [[0.0], [1.0]], np.nan])
def test_a_target_of_another_shape_is_refused(target):
    with pytest.raises(ValueError, match="The target must"):
        squared_error([1.0, 0.5], target, OFF_THE_CORNER)
    with pytest.raises(ValueError, match="The target must"):
        squared_error_and_gradient(np.ones((2, 4)), np.ones((4, 1)), OFF_THE_CORNER)
    for no_number in ("high", np.ma.masked, True, [np.ma.masked], np.ma.array(0.5, mask=True), Decimal("0.5"), 1j):
        with pytest.raises(TypeError, match="The target must be numbers"):
            squared_error([1.0, 0.5], no_number, OFF_THE_CORNER)
    hidden = np.ma.array([0.5, 1.0], mask=[False, True])
    with pytest.raises(TypeError, match=r"^The target must be numbers .* or gaps\.$"):
        squared_error_and_gradient(np.ones((2, 2)), hidden, OFF_THE_CORNER)


TINY, LARGE = UNITS = RNNParams(1e-200, 1e-200, 1e-200), RNNParams(1e200, 1e200, 1e200)
TRACES = [(rnn_forward([1.0] * 3, params), params) for params in UNITS]
LSTM = LSTMParams(*(Gate(1e-200, 1e-200, -1e200) for _ in range(4)))
TWO = np.array([1e-200, 1e200])
EVERYTHING = {  # public, with numbers that are too small and too large for it
    "age_and_price": lambda: statland.age_and_price(TWO),
    "attend": lambda: statland.attend([1e4], [[1.0], [-1.0]], [1.0, 1e-200]),
    "attend_backward": lambda: statland.attend_backward(1e-300, [1e4], [[1.0], [-1.0]], [1.0, 1e300]),
    "attention_scores": lambda: [statland.attention_scores(query, np.array([TWO, TWO])) for query in (TWO, TWO[::-1])],
    "clip_gradient": lambda: [clip_gradient(RNNParams(1e-200, x, 0.0), 1e-200) for x in (0.0, 1e200, np.inf)],
    "direct_path": lambda: statland.direct_path(np.full(9, 1e-60)),
    "error_and_gradient": lambda: error_and_gradient(SigmoidParams(TWO, -TWO)),
    "error_surface": lambda: statland.error_surface(SigmoidParams(np.array([1e-200, np.inf]), -TWO)),
    "feedback_descent": lambda: list(feedback_descent([1.0, 1.0, 1.0], 0.0, LARGE, 1e-200, 3)),
    "gradient_descent": lambda: list(gradient_descent(error_and_gradient, SigmoidParams(1e-200, 1e200), 1e-200, 3)),
    "gradient_norm": lambda: [statland.gradient_norm(params) for params in (*UNITS, RNNParams(*[1.7e308] * 3))],
    "gradient_step": lambda: [gradient_step(LARGE, params, np.float64(1e-200)) for params in UNITS],
    "lengthened": lambda: statland.lengthened(COMPANY_A, 9),
    "lstm_backward": lambda: lstm_backward(lstm_forward([1e-200] * 3, LSTM), [1e-200] * 3, LSTM),
    "lstm_forward": lambda: lstm_forward([1e-200] * 3, LSTM),
    "lstm_jacobian": lambda: statland.lstm_jacobian(lstm_forward([1e-200] * 3, LSTM), LSTM),
    "lstm_step": lambda: statland.lstm_step(TWO, TWO, TWO, LSTM),
    "memory_line": lambda: statland.memory_line(np.full(9, 1e-60), TWO[0] * np.ones(9)),
    "numerical_gradient": lambda: numerical_gradient(lambda line: line.w**2 * line.b, Line(TWO, TWO)),
    "rnn_backward": lambda: [rnn_backward(trace, [1e-200] * 3, params) for trace, params in TRACES],
    "rnn_forward": lambda: [rnn_forward(np.ones((3, 2)), params) for params in UNITS],
    "rnn_jacobian": lambda: [statland.rnn_jacobian(trace, params) for trace, params in TRACES],
    "rnn_step": lambda: [rnn_step(TWO, TWO, params) for params in UNITS],
    "squared_error": lambda: [squared_error(np.ones((3, 2)), 1e-200, params) for params in UNITS],
    "squared_error_and_gradient": lambda: [squared_error_and_gradient([1.0] * 3, 0.0, params) for params in UNITS],
    "truncated_backward": lambda: [truncated_backward(trace, [1.0] * 3, TINY, 2) for trace, _ in TRACES],
    "with_forget_bias": lambda: statland.with_forget_bias(LSTM, 1e-200),
}


def numbers_in(found):
    """All numbers in lists, tuples and dataclasses, as arrays."""
    if is_dataclass(found):
        found = list(vars(found).values())
    return [each for one in found for each in numbers_in(one)] if isinstance(found, (list, tuple)) else [found]


@pytest.mark.parametrize("name", [name for name in statland.__all__ if name.islower()])
def test_what_numpy_has_been_told_about_errors_changes_nothing_and_stays(name):
    usual = numbers_in(EVERYTHING[name]())
    for told in ("raise", "warn", "ignore"):
        with np.errstate(all=told), warnings.catch_warnings():
            warnings.simplefilter("error")
            found = numbers_in(EVERYTHING[name]())
            assert set(np.geterr().values()) == {told}
        for here, there in zip(found, usual, strict=True):
            np.testing.assert_array_equal(here, there)


def test_any_frozen_dataclass_of_numbers_will_do():
    point = make_dataclass("Point", ["x", "y"], frozen=True, slots=True, kw_only=True)
    assert gradient_step(point(x=1.0, y=2.0), point(x=2.0, y=0.0), rate=0.5) == point(x=0.0, y=2.0)
    assert numerical_gradient(lambda p: p.x * 3.0, point(x=1.0, y=2.0)).x == pytest.approx(3.0)
    with pytest.raises(TypeError, match=r"must be a dataclass of numbers, as RNNParams, not 5\.0\."):
        clip_gradient(5.0, 1.0)


def test_descent_takes_the_steps_of_a_parabola():
    def loss(params):
        return params.w**2, SigmoidParams(2 * params.w, 0.0)

    way = [params.w for params, _, _ in gradient_descent(loss, SigmoidParams(8.0, 1.0), rate=0.25, steps=3)]
    assert way == [8.0, 4.0, 2.0, 1.0]
    *_, (params, error, _) = gradient_descent(loss, SigmoidParams(8.0, 1.0), rate=1.0, steps=3, threshold=2.0)
    assert (params.w, error) == (2.0, 4.0)


def test_training_runs_side_by_side_are_the_runs_one_by_one():
    prices, target = np.array([[0.0, 0.5], [1.0, 0.25]]), np.array([1.0, 0.5])
    error = partial(squared_error_and_gradient, prices, target)
    numbers = np.array([(1.0, -0.5), (0.5, 0.25), (0.5, 1.0), (0.1, 0.0), (0.0, 0.0)])  # of two networks
    side_by_side = RNNParams(*numbers)
    *_, (params, losses, is_open) = training_runs(prices, target, side_by_side, np.array([0.05, 0.1]), 7)
    for k, rate in enumerate((0.05, 0.1)):
        alone = RNNParams(*numbers[:, k].tolist())
        *_, (alone, loss, _) = gradient_descent(error, alone, rate, 7)
        assert astuple(alone) == pytest.approx([number[k] for number in astuple(params)])
        assert losses[k] == pytest.approx(loss)
        assert is_open[:, k].tolist() == (rnn_forward(prices, alone).z[-1] > 0).tolist()


def test_a_dead_network_was_born_dead_or_killed_by_a_step_and_moves_nothing_but_its_output_bias():
    prices, target = np.array([[0.0, 1.0], [0.5, 1.0]]), np.array([1.0, 0.0])
    w_x = np.array([-1.0, 2.75, 1.0])  # no price is negative; a step of -2 w_y; far from 0
    start = RNNParams(w_x, np.zeros(3), np.array([1.0, 2.5, -0.01]), np.zeros(3), np.zeros(3))
    (_, _, at_first), *_, (before, _, _), (after, loss, is_open) = training_runs(prices, target, start, 0.1, 9)
    assert training_outcomes(loss, at_first, is_open, enough=0.01).tolist() == [1, 2, 3]
    assert training_outcomes(loss, at_first, is_open, enough=100.0).tolist() == [0, 0, 0]
    moved = np.array(astuple(after)) != np.array(astuple(before))
    assert moved[:4, :2].sum() == 0
    assert moved[4, :2].all()
    assert moved[:4, 2].any()


def test_shares_of_the_days_by_hand_and_their_sums_are_the_gradient():
    trace = rnn_forward([1.0, 0.5, 0.5], OFF_THE_CORNER)  # h: 1.03, 1.301, 1.4907; no day is shut
    shares = gradient_by_day(trace, [0.0, 0.0, 1.0], OFF_THE_CORNER)
    back = np.array([-1.2 * 0.7**2, -1.2 * 0.7, -1.2])  # dL/dz of each day
    assert shares.b_h == pytest.approx(back)
    assert shares.w_x == pytest.approx(back * [1.0, 0.5, 0.5])
    assert shares.w_h == pytest.approx(back * [0.0, 1.03, 1.301])
    assert (shares.w_y, shares.b_y) == (pytest.approx([0, 0, 1.4907]), pytest.approx([0, 0, 1]))
    sums = [share.sum() for share in astuple(shares)]
    assert sums == pytest.approx(astuple(rnn_backward(trace, [0.0, 0.0, 1.0], OFF_THE_CORNER)[0]))


@pytest.mark.parametrize("days", [2, 9, 50])
def test_with_the_remembering_weight_the_price_of_day_1_comes_back(days):
    params = replace(STATLAND_WEIGHTS, w_h=remembering_weight(0.5, days, STATLAND_WEIGHTS))
    assert rnn_forward(np.eye(days)[0], params).y[-1] == pytest.approx(0.5)


def test_truncation_takes_the_state_before_the_last_days_as_given():
    params = replace(STATLAND_WEIGHTS, w_h=0.9)
    trace, dy = rnn_forward([0.5] * 12, params), np.eye(12)[-1]

    def prediction(w_h):
        h = trace.h[7]
        for _ in range(5):
            _, h = rnn_step(0.5, h, replace(params, w_h=w_h))
        return 1.1 * h

    grads, dh = truncated_backward(trace, dy, params, k=5)
    assert grads.w_h == pytest.approx((prediction(0.9 + 1e-6) - prediction(0.9 - 1e-6)) / 2e-6, rel=1e-6)
    assert dh.shape == (6,)
    assert truncated_backward(trace, dy, params, k=12)[0] == rnn_backward(trace, dy, params)[0]
    assert truncated_backward(trace, dy, params, np.int64(5))[0] == grads
    for k in (0, 13, -1, 2.0, True, None):
        with pytest.raises(ValueError, match="k must be a number of days from 1 to 12, not"):
            truncated_backward(trace, dy, params, k)


WAYS_BACK = {
    name: function
    for module in (statland.rnn, statland.lstm, statland.learning)
    for name, function in vars(module).items()
    if isfunction(function) and name[0] != "_" and "trace" in signature(function).parameters
}
RNN_TRACE = rnn_forward([1.0, 0.5], STATLAND_WEIGHTS)
LSTM_TRACE = lstm_forward([1.0, 0.5], STATLAND_LSTM_WEIGHTS)


def test_all_ways_back_are_known():
    rnn = {"rnn_backward", "rnn_jacobian", "truncated_backward", "gradient_by_day"}
    assert rnn | {"lstm_backward", "lstm_jacobian"} == WAYS_BACK.keys()


@pytest.mark.parametrize("name", WAYS_BACK)
@pytest.mark.parametrize("bad", [[0.5], np.ones(2), None, 0.5, "trace", STATLAND_WEIGHTS, "the other unit's"])
def test_what_is_no_trace_of_this_unit_is_refused_in_one_sentence(name, bad):
    kind, other, params = (
        ("LSTM", RNN_TRACE, STATLAND_LSTM_WEIGHTS) if "lstm" in name else ("RNN", LSTM_TRACE, STATLAND_WEIGHTS)
    )
    errors = {each: [0.0, 1.0] for each in ("dy", "dh") if each in signature(WAYS_BACK[name]).parameters}
    errors |= {"k": 1} if "truncated" in name else {}
    bad = other if isinstance(bad, str) and "other" in bad else bad
    with pytest.raises(
        TypeError, match=f"^trace must be an {kind}Trace, as a forward pass returns it, not .*\\.$"
    ) as told:
        WAYS_BACK[name](bad, params=params, **errors)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 120
    WAYS_BACK[name](LSTM_TRACE if kind == "LSTM" else RNN_TRACE, params=params, **errors)

"""Laws of the mathematics, at numbers, shapes and corners that hypothesis draws.

The same cases on every run, a few of each. Once a week others, and many: `HYPOTHESIS_PROFILE=weekly`.
"""

import os
import warnings
from dataclasses import astuple, replace
from numbers import Real

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from statland import (
    Gate,
    LSTMParams,
    RNNParams,
    attend,
    attend_backward,
    clip_gradient,
    direct_path,
    gradient_norm,
    gradient_step,
    lengthened,
    lstm_backward,
    lstm_forward,
    lstm_jacobian,
    memory_line,
    numerical_gradient,
    rnn_backward,
    rnn_forward,
    rnn_jacobian,
    truncated_backward,
)
from statland.checks import as_shown
from statland.learning import gradient_by_day
from statland.prices import padded

settings.register_profile("quick", max_examples=40, derandomize=True, deadline=None, database=None)
settings.register_profile("weekly", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

STEP = 1e-30  # of a complex step: so small that nothing but the slope is left in the imaginary part
ROUND = st.sampled_from([0.0, 0.5, 1.0, -0.5, -1.0, 1.8, 2.0])  # with these a sum is often exactly 0, ReLU's corner
NUMBERS = st.one_of(ROUND, st.floats(-2, 2, width=16))
DAYS = st.integers(1, 8)


def numbers(*shape):
    """Arrays of this shape."""
    return st.lists(NUMBERS, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))).map(
        lambda drawn: np.reshape(drawn, shape).astype(float)
    )


RNNS = st.builds(RNNParams, *[NUMBERS] * 5)
LSTMS = st.builds(LSTMParams, *[st.builds(Gate, *[NUMBERS] * 3)] * 4)
HISTORIES = DAYS.flatmap(lambda days: st.tuples(numbers(days), numbers(days), numbers(days)))  # prices, two errors
SIDE_BY_SIDE = st.tuples(DAYS, st.integers(1, 3)).flatmap(lambda shape: st.tuples(numbers(*shape), numbers(*shape)))
LOOK_BACK = st.tuples(DAYS, st.integers(1, 3)).flatmap(
    lambda shape: st.tuples(numbers(shape[1]), numbers(*shape), numbers(shape[0]))
)


def close(found, expected):
    return np.allclose(found, expected, rtol=1e-9, atol=1e-9)


def complex_slopes(loss, values):
    """The slope of loss(values) along each of them, exact to the last digits: no near numbers are subtracted."""
    values = np.array(values, dtype=complex)
    return [loss(values + STEP * 1j * one).imag / STEP for one in np.eye(len(values))]


def plain_rnn(x, w_x, w_h, w_y, b_h, b_y, h, is_open):
    """The outputs of the unit in plain arithmetic, with ReLU open on these days."""
    y = []
    for price, lets_pass in zip(x, is_open, strict=True):
        h = (w_x * price + w_h * h + b_h) * lets_pass
        y.append(w_y * h + b_y)
    return np.array(y)


@given(RNNS, HISTORIES, NUMBERS)
def test_every_slope_of_the_vanilla_unit_is_that_of_a_complex_step_at_relus_corner_too(params, history, h0):
    x, dy, _ = history
    trace = rnn_forward(x, params, h0=h0)
    grads, dh = rnn_backward(trace, dy, params)

    def loss(values):
        return dy @ plain_rnn(x, *values, trace.z > 0)

    assert close(loss([*astuple(params), h0]), dy @ trace.y)
    assert close([*astuple(grads), dh[0]], complex_slopes(loss, [*astuple(params), h0]))


def plain_lstm(x, weights, h, c):
    """All short-term and all long-term memories of the unit in plain arithmetic."""
    w_x, w_h, b = np.reshape(weights, (4, 3)).T
    states = []
    for price in x:
        z_f, z_i, z_g, z_o = w_x * price + w_h * h + b
        c = c / (1 + np.exp(-z_f)) + np.tanh(z_g) / (1 + np.exp(-z_i))
        h = np.tanh(c) / (1 + np.exp(-z_o))
        states.append((h, c))
    return np.transpose(states)


@given(LSTMS, HISTORIES, NUMBERS, NUMBERS)
def test_every_slope_of_the_lstm_unit_is_that_of_a_complex_step(params, history, h0, c0):
    x, d_h, d_c = history
    trace = lstm_forward(x, params, h0=h0, c0=c0)
    grads, dh, dc = lstm_backward(trace, d_h, params, dc=d_c)

    def loss(values):
        h, c = plain_lstm(x, values[:12], *values[12:])
        return d_h @ h + d_c @ c

    values = [*np.ravel(astuple(params)), h0, c0]
    assert close(loss(np.array(values)), d_h @ trace.h[1:] + d_c @ trace.c[1:])
    assert close([*np.ravel(astuple(grads)), dh[0], dc[0]], complex_slopes(loss, values))


@given(LOOK_BACK, NUMBERS)
def test_every_slope_of_attention_is_that_of_a_complex_step(look_back, dy):
    query, keys, values = look_back
    days, size = keys.shape

    def loss(numbers):
        query, keys, values = numbers[:size], numbers[size:-days].reshape(days, size), numbers[-days:]
        shares = np.exp(keys @ query / np.sqrt(size))
        return dy * (shares @ values) / shares.sum()

    slopes = np.concatenate([np.ravel(each) for each in attend_backward(dy, query, keys, values)])
    assert close(slopes, complex_slopes(loss, [*query, *keys.ravel(), *values]))


@given(LSTMS, HISTORIES)
def test_nudges_agree_with_backpropagation(params, history):
    x, d_h, _ = history
    found = numerical_gradient(lambda params: d_h @ lstm_forward(x, params).h[1:], params)
    grads, _, _ = lstm_backward(lstm_forward(x, params), d_h, params)
    assert np.ravel(astuple(found)) == pytest.approx(np.ravel(astuple(grads)), rel=1e-6, abs=1e-7)


@given(RNNS, LSTMS, HISTORIES, NUMBERS, NUMBERS)
def test_going_back_is_linear_in_the_errors(rnn, lstm, history, a, b):
    x, one, other = history
    for forward, backward, params in ((rnn_forward, rnn_backward, rnn), (lstm_forward, lstm_backward, lstm)):
        trace = forward(x, params)
        mixed, first, second = (backward(trace, errors, params) for errors in (a * one + b * other, one, other))
        for whole, left, right in zip(mixed[1:], first[1:], second[1:], strict=True):
            assert close(whole, a * left + b * right)
        grads, left, right = (np.ravel(astuple(found[0])) for found in (mixed, first, second))
        assert close(grads, a * left + b * right)


@given(RNNS, HISTORIES, st.data())
def test_the_shares_of_all_days_add_up_to_the_gradient_and_those_of_the_last_days_to_the_truncated(
    params, history, data
):
    x, dy, _ = history
    k = data.draw(st.integers(1, len(x)))
    trace = rnn_forward(x, params)
    shares, (grads, dh) = astuple(gradient_by_day(trace, dy, params)), rnn_backward(trace, dy, params)
    assert close([share.sum() for share in shares], astuple(grads))
    assert close([share[-k:].sum() for share in shares], astuple(truncated_backward(trace, dy, params, k)[0]))
    all_days = truncated_backward(trace, dy, params, len(x))
    assert all_days[0] == grads
    assert np.array_equal(all_days[1], dh)


@given(SIDE_BY_SIDE, RNNS, LSTMS)
def test_histories_side_by_side_are_the_histories_one_by_one(histories, rnn, lstm):
    x, errors = histories
    for forward, backward, params in ((rnn_forward, rnn_backward, rnn), (lstm_forward, lstm_backward, lstm)):
        trace = forward(x, params)
        grads, *states = backward(trace, errors, params)
        total = 0
        for n in range(x.shape[1]):
            alone = forward(x[:, n], params)
            for name, numbers in vars(trace).items():
                assert close(numbers[:, n], getattr(alone, name))
            one, *others = backward(alone, errors[:, n], params)
            total = total + np.ravel(astuple(one))
            for together, apart in zip(states, others, strict=True):
                assert close(together[:, n], apart)
        assert close(np.ravel(astuple(grads)), total)


@given(HISTORIES, st.lists(RNNS, min_size=1, max_size=3))
def test_networks_side_by_side_are_the_networks_one_by_one(history, networks):
    x, dy, _ = (np.repeat(each[:, None], len(networks), axis=1) for each in history)
    together = RNNParams(*map(np.array, zip(*map(astuple, networks), strict=True)))
    grads, dh = rnn_backward(rnn_forward(x, together), dy, together)
    for n, params in enumerate(networks):
        alone, state = rnn_backward(rnn_forward(x[:, n], params), dy[:, n], params)
        assert close([slopes[n] for slopes in astuple(grads)], astuple(alone))
        assert close(dh[:, n], state)


@given(RNNS, LSTMS, HISTORIES, st.data())
def test_a_history_can_be_read_in_two_parts(rnn, lstm, history, data):
    x, errors, _ = history
    k = data.draw(st.integers(0, len(x) - 1))
    whole, last = rnn_forward(x, rnn), rnn_forward(x[k:], rnn, h0=rnn_forward(x, rnn).h[k])
    assert np.array_equal(last.h, whole.h[k:])
    assert close(rnn_backward(last, errors[k:], rnn)[1][1:], rnn_backward(whole, errors, rnn)[1][k + 1 :])
    whole = lstm_forward(x, lstm)
    last = lstm_forward(x[k:], lstm, h0=whole.h[k], c0=whole.c[k])
    assert np.array_equal([last.h, last.c], [whole.h[k:], whole.c[k:]])


@given(RNNS, HISTORIES)
def test_the_jacobian_is_the_product_of_what_every_later_day_lets_pass(params, history):
    x, _, _ = history
    trace = rnn_forward(x, params)
    passes = params.w_h * (trace.z > 0)
    assert close(rnn_jacobian(trace, params), [np.prod(passes[t:]) for t in range(len(x) + 1)])


@given(LSTMS, HISTORIES)
def test_without_short_term_memory_the_gates_alone_are_the_jacobian_of_the_long_term_memory(params, history):
    x, _, _ = history
    deaf = LSTMParams(**{name: replace(gate, w_h=0.0) for name, gate in vars(params).items()})
    trace = lstm_forward(x, deaf)
    assert close(lstm_jacobian(trace, deaf)[1:], direct_path(trace.f))
    assert close(memory_line(trace.f, trace.i * trace.g), trace.c)


@given(RNNS, HISTORIES, st.sampled_from([0.25, 0.5, 2.0, 1024.0]))
def test_without_biases_twice_the_prices_are_twice_the_states_and_as_large_a_jacobian(params, history, times):
    x, dy, _ = history
    params = replace(params, b_h=0.0, b_y=0.0)
    one, many = rnn_forward(x, params), rnn_forward(times * x, params)
    assert np.array_equal(many.h, times * one.h)
    assert np.array_equal(many.y, times * one.y)
    grads, of_many = (rnn_backward(trace, dy, params)[0] for trace in (one, many))
    assert close([of_many.w_x, of_many.w_h, of_many.w_y], times * np.array([grads.w_x, grads.w_h, grads.w_y]))
    assert (of_many.b_h, of_many.b_y) == (grads.b_h, grads.b_y)


@given(st.builds(RNNParams, *[st.floats(allow_nan=False, allow_infinity=False)] * 5), st.floats(0, 1e300))
def test_a_clipped_gradient_is_no_longer_than_the_threshold_and_has_its_direction(grads, threshold):
    norm, clipped = gradient_norm(grads), clip_gradient(grads, threshold)
    assume(np.isfinite(norm))
    if norm <= threshold:
        assert clipped == grads
    else:
        assert gradient_norm(clipped) == pytest.approx(threshold, rel=1e-12, abs=1e-307)
        shares = np.array(astuple(grads)) / norm
        assert np.allclose(astuple(clipped), threshold * shares, rtol=1e-12, atol=1e-307)


@given(RNNS, RNNS)
def test_a_step_forward_and_back_is_no_step(params, grads):
    there = gradient_step(params, grads, 0.5)
    assert close(astuple(gradient_step(there, grads, -0.5)), astuple(params))
    assert gradient_step(params, grads, 0.0) == params


@given(LOOK_BACK, st.data())
def test_attention_shares_out_1_whatever_is_added_to_all_keys_and_in_any_order(look_back, data):
    query, keys, values = look_back
    weights, answer = attend(query, keys, values)
    assert weights.sum() == pytest.approx(1, rel=1e-12)
    assert (weights > 0).all()
    assert values.min() - 1e-12 <= answer <= values.max() + 1e-12
    order = data.draw(st.permutations(range(len(values))))
    assert close(attend(query, keys[order], values[order])[0], weights[order])
    more = data.draw(numbers(len(query)))
    assert close(attend(query, keys + more, values)[0], weights)
    assert close(attend(query, keys, 2 * values + 1)[1], 2 * answer + 1)


@given(numbers(4), st.integers(3, 60))
def test_a_longer_history_waits_before_its_last_day(prices, days):
    longer = lengthened(prices, days)
    assert len(longer) == days
    assert (longer[0], longer[1], longer[-1]) == (prices[0], prices[1], prices[3])
    assert set(longer[2:-1]) <= {prices[2]}


@given(RNNS, HISTORIES, st.integers(0, 9))
def test_padding_changes_no_prediction_of_a_unit_whose_bias_does_not_open_it(params, history, more):
    params, x = replace(params, b_h=-abs(params.b_h)), history[0]
    longer = rnn_forward(padded(x, len(x) + more), params)
    assert longer.y[-1] == rnn_forward(x, params).y[-1]
    assert longer.h[: more + 1].tolist() == [0.0] * (more + 1)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.decimals(),
    st.fractions(),
    st.text(),
    st.binary(),
    st.just(np.ma.masked),
    st.floats(width=32).map(np.float32),
)
NESTED = st.recursive(ANYTHING, lambda inner: st.lists(inner, max_size=4), max_leaves=8)


def taken(take, value):
    """What is made of a value, None if it is refused; refusals are one sentence of the two kinds."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return take(value)
        except (ValueError, TypeError) as refusal:
            words = str(refusal)
    assert words.endswith("."), words
    assert "\n" not in words, words
    return None


@given(NESTED)
def test_whatever_is_given_as_prices_is_read_or_refused_in_one_sentence(prices):
    trace = taken(lambda prices: rnn_forward(prices, RNNParams(1.8, -0.5, 1.1)), prices)
    if trace:
        assert np.isfinite(trace.x).all()
        assert trace.x.shape == np.shape(prices)


@given(NESTED)
def test_whatever_is_given_as_a_weight_is_a_float_or_refused_in_one_sentence(weight):
    params = taken(lambda weight: RNNParams(1.8, weight, 1.1), weight)
    assert params is None or type(params.w_h) is float


@given(st.one_of(NESTED, st.floats(-3, 3)), st.sampled_from([(-2.0, 2.0), (2, 50), ["a", "b"], {0.5: "half"}]))
def test_whatever_is_given_to_a_picture_is_shown_or_refused_in_one_sentence(value, shown):
    found = taken(lambda value: as_shown("w_h", value, shown), value)
    if found is not None:
        assert found == (type(found)(value) if isinstance(value, Real) else value)  # a third is no float
        inside = shown[0] <= found <= shown[1] if isinstance(shown, tuple) else found in shown
        assert inside
        assert type(found) in map(type, shown)


@given(st.one_of(st.floats(-3, 3), st.integers(-3, 60), st.floats(), st.integers()))
def test_a_picture_takes_a_number_if_and_only_if_it_lies_in_its_range(value):
    assert (taken(lambda value: as_shown("w_h", value, (-2.0, 2.0)), value) is not None) == (-2 <= value <= 2)
    whole = np.isfinite(float(value)) and value == int(value)
    assert (taken(lambda value: as_shown("days", value, (2, 50)), value) is not None) == (whole and 2 <= value <= 50)

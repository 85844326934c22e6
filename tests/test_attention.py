"""The mathematics of attention: by hand, against central differences, and what makes it attention."""

import warnings

import numpy as np
import pytest

from statland import age_and_price, attend, attend_backward


def random_settings(count=100):
    rng = np.random.default_rng(2017)
    for _ in range(count):
        days, size = rng.integers(1, 9), rng.integers(1, 4)
        yield rng.normal(0, 2, size), rng.normal(0, 1, (days, size)), rng.normal(0, 1, days)


def test_a_day_is_known_by_its_age_and_its_price():
    assert age_and_price([1.0, 0.5, 0.25]).tolist() == [[2, 1.0], [1, 0.5], [0, 0.25]]


def test_two_days_by_hand():
    """Scores 0 and log 3 in one dimension: the shares are 1/4 and 3/4."""
    weights, answer = attend([np.log(3.0)], [[0.0], [1.0]], [1.0, 5.0])
    assert weights == pytest.approx([0.25, 0.75], rel=1e-14)
    assert answer == pytest.approx(0.25 * 1 + 0.75 * 5, rel=1e-14)


def test_scores_are_divided_by_the_root_of_the_number_of_products():
    alone, _ = attend([1.0], [[0.0], [1.0]], [0.0, 0.0])
    fourfold, _ = attend([1.0] * 4, [[0.0] * 4, [0.5] * 4], [0.0, 0.0])
    assert fourfold == pytest.approx(alone, rel=1e-14)


def test_a_query_of_nothing_answers_with_the_mean():
    weights, answer = attend([0.0, 0.0], np.ones((4, 2)), [1.0, 0.5, 0.25, 1.0])
    assert weights.tolist() == [0.25] * 4
    assert answer == 0.6875


def test_the_weights_are_shares_and_the_largest_scores_do_no_harm():
    for query, keys, values in random_settings(20):
        weights, _ = attend(query, keys, values)
        assert (weights >= 0).all()
        assert weights.sum() == pytest.approx(1, rel=1e-14)
    assert attend([1e6], [[1.0], [0.0]], [3.0, 4.0])[1] == 3.0


def test_the_order_of_the_days_makes_no_difference():
    for query, keys, values in random_settings(20):
        shuffled = np.random.default_rng(1).permutation(len(values))
        assert attend(query, keys[shuffled], values[shuffled])[1] == pytest.approx(attend(query, keys, values)[1])


def test_every_gradient_agrees_with_central_differences():
    def nudged(function, numbers, eps=1e-6):
        slopes = np.empty(numbers.shape)
        for place in np.ndindex(numbers.shape):
            nudge = np.zeros(numbers.shape)
            nudge[place] = eps
            slopes[place] = (function(numbers + nudge) - function(numbers - nudge)) / (2 * eps)
        return slopes

    for query, keys, values in random_settings():
        found = attend_backward(-1.5, query, keys, values)
        expected = (
            nudged(lambda q, k=keys, v=values: -1.5 * attend(q, k, v)[1], query),
            nudged(lambda k, q=query, v=values: -1.5 * attend(q, k, v)[1], keys),
            nudged(lambda v, q=query, k=keys: -1.5 * attend(q, k, v)[1], values),
        )
        for ours, theirs in zip(found, expected, strict=True):
            assert ours == pytest.approx(theirs, rel=1e-6, abs=1e-8)


def test_bad_input_is_refused_with_one_plain_sentence():
    with pytest.raises(ValueError, match=r"must have the shapes \(D,\), \(T, D\) and \(T,\), not \(2,\), \(3, 1\)"):
        attend([1.0, 2.0], np.ones((3, 1)), np.ones(3))
    with pytest.raises(ValueError, match="must have the shapes"):
        attend([1.0], np.ones((3, 1)), np.ones(2))
    with pytest.raises(ValueError, match="must have the shapes"):
        attend([1.0], np.ones((0, 1)), np.ones(0))
    with pytest.raises(TypeError, match="values must be numbers"):
        attend_backward(1.0, [1.0], [[1.0]], ["high"])


def test_whole_numbers_are_numbers_and_what_is_not_finite_is_refused():
    assert attend([0, 0], [[1, 2], [3, 4]], [1, 2])[1] == 1.5
    for bad in (dict(query=["old"]), dict(keys=[["old"]]), dict(values=["high"])):
        with pytest.raises(TypeError, match=f"{next(iter(bad))} must be numbers"):
            attend(**{"query": [1.0], "keys": [[1.0]], "values": [1.0], **bad})
    for bad in (np.nan, np.inf):
        for place in range(3):
            numbers = [[1.0], [[1.0]], [1.0]]
            numbers[place] = np.full(np.shape(numbers[place]), bad)
            with pytest.raises(ValueError, match="must be finite numbers"):
                attend(*numbers)
    with pytest.raises(ValueError, match="must have the shapes"):
        attend(1.0, [1.0, 2.0], [1.0, 2.0])  # no D at all
    with pytest.raises(ValueError, match="dy must be one number"):
        attend_backward([1.0, 1.0], [1.0], [[1.0], [1.0]], [1.0, 1.0])


def test_scores_too_large_for_a_float_come_back_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert attend([1e200], [[-1e200], [0.0]], [3.0, 4.0])[1] == 4.0
        assert np.isnan(attend([1e200], [[1e200], [0.0]], [3.0, 4.0])[1])
        assert np.isnan(attend_backward(1.0, [1e200], [[1e200], [0.0]], [3.0, 4.0])[2]).all()

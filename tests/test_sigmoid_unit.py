"""The sigmoid unit and its cliff, against the book's sigmoid in complex steps and against a geometric sum."""

import cmath
from math import exp

import numpy as np
import pytest

from statland import SigmoidParams, error_and_gradient, error_surface
from statland.sigmoid_unit import START, edge, sigmoid_states

PLACES = [(3.0, -1.0), (3.4, -1.8), (4.0, -1.98), (4.6, -3.3), (4.666, -2.406), (5.5, -2.8), (7.0, -4.0)]


def error(w, b, days=50):
    """The error with the sigmoid as it stands in the book; complex numbers give the slope without any chain rule."""
    x = 0.5
    for _ in range(days):
        x = w / (1 + cmath.exp(-x)) + b
    return (1 / (1 + cmath.exp(-x)) - 0.7) ** 2


def test_the_map_is_the_surface_of_the_paper():
    assert error_surface(SigmoidParams(*np.transpose(PLACES))) == pytest.approx([error(*at).real for at in PLACES])
    x1 = 5 / (1 + exp(-0.5)) - 3  # one day by hand
    assert error_surface(SigmoidParams(5.0, -3.0), days=1) == pytest.approx((1 / (1 + exp(-x1)) - 0.7) ** 2)


@pytest.mark.parametrize(("w", "b"), PLACES)
def test_the_slopes_agree_with_complex_steps(w, b):
    value, grads = error_and_gradient(SigmoidParams(w, b))
    assert value == pytest.approx(error(w, b).real, rel=1e-9)
    along = error(w + 1e-30j, b).imag / 1e-30, error(w, b + 1e-30j).imag / 1e-30
    assert (grads.w, grads.b) == pytest.approx(along, rel=1e-6)


@pytest.mark.parametrize("w", [3.0, 4.0, 4.5, 5.0, 6.0])
def test_at_the_edge_the_gradient_is_a_geometric_sum(w):
    y = 1 / (1 + exp(-0.5))  # there the state stays at 0.5 on every day
    factor = w * y * (1 - y)
    along_b = 2 * (y - 0.7) * y * (1 - y) * (factor**50 - 1) / (factor - 1)
    grads = error_and_gradient(SigmoidParams(w, 0.5 - w * y))[1]
    assert (grads.w, grads.b) == pytest.approx((along_b * y, along_b), rel=1e-6)


@pytest.mark.parametrize("w", [3.0, 5.0, 7.0])
def test_at_the_edge_every_state_is_the_one_before_the_first_day(w):
    assert sigmoid_states(SigmoidParams(w, edge(w)), days=5) == pytest.approx(START, abs=1e-9)
    above, below = (sigmoid_states(SigmoidParams(w, edge(w) + side))[-1] for side in (0.1, -0.1))
    assert above > START > below

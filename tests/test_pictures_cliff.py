"""The cliff and the ball on it, and what clipping does, against numbers worked out without them."""

import cmath
from math import exp, hypot

import numpy as np
import pytest
from matplotlib.text import Text

from statland.pictures.cliff import Cliff, error_and_slopes, surface
from statland.pictures.descent import Descent
from statland.pictures.parts import GRADIENT


def error(w, b, days=50):
    """The error with the sigmoid as it stands in the book; complex numbers give the slope without any chain rule."""
    x = 0.5
    for _ in range(days):
        x = w / (1 + cmath.exp(-x)) + b
    return (1 / (1 + cmath.exp(-x)) - 0.7) ** 2


def slopes(w, b):
    return error(w + 1e-30j, b).imag / 1e-30, error(w, b + 1e-30j).imag / 1e-30


def walk(w, b, rate, steps, threshold=None):
    """All places of the ball, from slopes by complex steps."""
    path = [(w, b)]
    for _ in range(steps):
        dw, db = slopes(w, b)
        length = hypot(dw, db)
        share = threshold / length if threshold and length > threshold else 1
        w, b = w - rate * share * dw, b - rate * share * db
        path.append((w, b))
    return path


PLACES = [(3.0, -1.0), (3.4, -1.8), (4.0, -1.98), (4.6, -3.3), (4.666, -2.406), (5.5, -2.8), (7.0, -4.0)]


def test_the_map_is_the_surface_of_the_paper():
    w, b = np.array(PLACES).T
    assert surface(w, b) == pytest.approx([error(*place).real for place in PLACES], rel=1e-9)
    x1 = 5 / (1 + exp(-0.5)) - 3  # one day by hand
    assert surface(5.0, -3.0, days=1) == pytest.approx((1 / (1 + exp(-x1)) - 0.7) ** 2)


@pytest.mark.parametrize("place", PLACES)
def test_the_slopes_agree_with_central_differences_and_with_complex_steps(place):
    w, b = place
    value, dw, db = error_and_slopes(w, b)
    assert value == pytest.approx(error(w, b).real, rel=1e-9)
    assert (dw, db) == pytest.approx(slopes(w, b), rel=1e-6)
    eps = 1e-7
    along_w = (surface(w + eps, b) - surface(w - eps, b)) / (2 * eps)
    along_b = (surface(w, b + eps) - surface(w, b - eps)) / (2 * eps)
    assert (dw, db) == pytest.approx((along_w, along_b), rel=1e-3, abs=1e-7)


@pytest.mark.parametrize("w", [3.0, 4.0, 4.5, 5.0, 6.0])
def test_at_the_edge_the_gradient_is_a_geometric_sum(w):
    y = 1 / (1 + exp(-0.5))  # there the state stays at 0.5 on every day
    factor = w * y * (1 - y)
    along_b = 2 * (y - 0.7) * y * (1 - y) * (factor**50 - 1) / (factor - 1)
    assert error_and_slopes(w, 0.5 - w * y)[1:] == pytest.approx((along_b * y, along_b), rel=1e-6)


def test_without_clipping_the_cliff_throws_the_ball_off_the_map():
    picture = Cliff()
    path = walk(4.6, -3.3, 1.0, 9)
    assert max(hypot(*slopes(*place)) for place in path[:8]) < 0.21
    assert hypot(*slopes(*path[8])) == pytest.approx(86.2, abs=0.05)
    w, b = path[9]
    words = (
        f"w = {w:.2f}, b = {b:.2f}, error 0.090. The ball is outside the picture: in step 9 a gradient of 86.2 sends"
    )
    assert words in picture.update(step=9)
    (x,), (y,) = picture.outside["^"].get_data()
    assert y == -1
    assert (x - path[8][0]) / (y - path[8][1]) == pytest.approx((w - path[8][0]) / (b - path[8][1]))
    assert len(picture.balls[0].get_xdata()) == 0
    way = picture.way.get_xydata()
    assert way[:9] == pytest.approx(np.array(path[:9]))
    assert (way[9] == (x, y)).all(), "the line ends at the edge of the map"


def test_with_clipping_the_ball_stays_on_the_map_and_finds_the_floor():
    picture = Cliff()
    assert picture.update(clip=True).endswith("The gradient of 86.2 is cut to 1, so the next step goes 1 far.")
    assert "error under 0.001" in picture.update(step=38, clip=True)
    w, b = picture.way.get_data()
    assert np.column_stack([w, b]) == pytest.approx(np.array(walk(4.6, -3.3, 1.0, 38, threshold=1)), abs=1e-6)
    assert np.hypot(np.diff(w), np.diff(b)).max() == pytest.approx(1)
    assert ((w > 3) & (w < 7) & (b > -4) & (b < -1)).all()
    assert all(len(mark.get_xdata()) == 0 for mark in picture.outside.values())


@pytest.mark.parametrize(
    ("start", "rate", "step"), [((5.0, -2.4), 0.3, 7), ((3.2, -3.8), 1.0, 12), ((6.0, -1.5), 0.1, 3)]
)
def test_the_ball_follows_the_gradient_from_every_start(start, rate, step):
    picture = Cliff()
    picture.update(step=step, start_w=start[0], start_b=start[1], rate=rate)
    path = np.array(walk(*start, rate, step))
    assert np.column_stack(picture.way.get_data()) == pytest.approx(path, abs=1e-8)
    assert picture.balls[0].get_xydata()[0] == pytest.approx(path[-1], abs=1e-8)
    assert picture.balls[1].get_xydata()[0] == pytest.approx((error(*path[-1]).real, path[-1][1]), abs=1e-8)
    cut, b = picture.cut.get_data()
    assert cut[100] == pytest.approx(error(path[-1][0], b[100]).real, abs=1e-8)


def test_a_ball_that_rolls_out_to_the_left_is_marked_at_the_left_edge():
    picture = Cliff()
    words = picture.update(step=40, start_w=3.0, start_b=-1.0, rate=0.3)
    assert "The ball is outside the picture: in step " in words
    assert picture.outside["<"].get_xdata() == pytest.approx([3.0])


def test_clipping_walks_back_from_the_wall_to_the_minimum():
    picture = Descent()
    words = picture.update(start=1.05, clip=0.25)
    assert words == (
        "start 1.05, 50 days, rate 0.01, clipped at 0.25: "
        "after 30 steps w_h is 0.985 and the loss 0.0031: the minimum is found."
    )
    assert np.diff(picture.way.get_xdata())[:25] == pytest.approx(np.full(25, -0.0025))
    assert abs(picture.way.get_xdata()[-1] - 1.98 ** (-1 / 49)) < 0.0025
    assert "to and fro over the minimum, between w_h = 0.98 and 0.99" in picture.update(start=1.05, clip=1.0)


def test_clipping_does_not_cure_vanishing():
    picture = Descent()
    assert "after 30 steps w_h is 0.5 and the loss 1: it stands still." in picture.update(start=0.5, clip=1.0)
    clipped = picture.way.get_xydata().copy()
    picture.update(start=0.5)
    assert (picture.way.get_xydata() == clipped).all()


def test_the_line_goes_on_where_the_ball_comes_back():
    picture = Cliff()
    picture.update(step=40, start_w=5.6, start_b=-3.2)
    way = picture.way.get_xydata()
    (gap,) = np.flatnonzero(np.isnan(way[:, 0]))
    path = np.array(walk(5.6, -3.2, 1.0, 40))
    out = np.flatnonzero((path[:, 0] > 7) | (path[:, 1] > -1) | (path[:, 1] < -4))
    assert way[: out[0]] == pytest.approx(path[: out[0]], abs=1e-6)
    assert way[gap + 2 :] == pytest.approx(path[out[-1] + 1 :], abs=1e-6)
    for w, b in way[[gap - 1, gap + 1]]:
        assert min(abs(np.array([w - 3, w - 7, b + 4, b + 1]))) < 1e-9, "the line ends at the edge of the map"


def test_the_map_stands_upright_with_each_error_at_its_own_weight_and_bias():
    picture = Cliff()
    (image,) = picture.figure.axes[0].images
    assert (picture.figure.axes[0].get_xlim(), picture.figure.axes[0].get_ylim()) == ((3, 7), (-4, -1))
    left, right, low, high = image.get_extent()
    assert (left, right, low, high) == (3, 7, -4, -1)
    colours = image.get_array() if image.origin == "lower" else image.get_array()[::-1]
    rows, columns = colours.shape
    for w, b in [(3.4, -1.3), (3.4, -3.7), (5.0, -3.6), (6.6, -1.3), (6.6, -3.9)]:
        shown = colours[int((b - low) / (high - low) * rows), int((w - left) / (right - left) * columns)]
        assert shown == pytest.approx(error(w, b).real, abs=0.005)
    labels = [text for text in picture.figure.axes[0].findobj(Text) if text.get_text().startswith("error ")]
    assert len(labels) == 4
    for label in labels:
        assert error(*label.get_position()).real == pytest.approx(float(label.get_text()[6:]), abs=0.01)
    assert (picture.figure.axes[0].get_xlabel(), picture.figure.axes[1].get_xlabel()) == ("feedback weight w", "error")


def test_start_steps_and_ball_have_each_their_own_mark():
    picture = Cliff()
    picture.update(step=4, start_w=5.0, start_b=-2.4, rate=0.3)
    path = np.array(walk(5.0, -2.4, 0.3, 4))
    assert picture.start.get_xydata() == pytest.approx(path[:1])
    assert picture.steps.get_xydata() == pytest.approx(path[1:4], abs=1e-8)
    assert picture.balls[0].get_xydata() == pytest.approx(path[4:], abs=1e-8)
    assert "○ start   ◆ after a step   ● ball   ▲ outside" in {text.get_text() for text in picture.figure.axes[0].texts}
    marks = [(mark.get_marker(), mark.get_markerfacecolor()) for mark in (picture.start, picture.steps)]
    assert marks == [("o", "white"), ("D", GRADIENT.color)]
    assert {(ball.get_marker(), ball.get_markerfacecolor()) for ball in picture.balls} == {("o", GRADIENT.color)}
    assert all(mark.get_marker() == name for name, mark in picture.outside.items())
    picture.update(step=0)
    assert (picture.start.get_xydata() == [(4.6, -3.3)]).all()
    assert len(picture.steps.get_xdata()) == 0


@pytest.mark.parametrize(
    ("values", "w"),
    [
        ({"step": 0}, 4.6),
        ({"step": 1, "start_w": 5.0, "start_b": -2.4, "rate": 0.3}, walk(5.0, -2.4, 0.3, 1)[1][0]),
        ({"step": 40, "start_w": 3.0, "start_b": -1.0, "rate": 0.3}, 3.0),  # outside: the cut is at the edge
    ],
)
def test_the_cut_names_the_weight_that_it_is_made_at(values, w):
    picture = Cliff()
    picture.update(**values)
    assert picture.height.get_text() == f"cut at w = {w:.2f}"
    errors, b = picture.cut.get_data()
    for place in (10, 200, 400):
        assert errors[place] == pytest.approx(error(w, b[place]).real, abs=1e-8)

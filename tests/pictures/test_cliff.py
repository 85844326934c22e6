"""The cliff and the ball on it, against steps along slopes that are tested elsewhere."""

import numpy as np
import pytest

from statland import SigmoidParams, error_and_gradient, error_surface
from statland.pictures.cliff import Cliff


def walk(w, b, rate, steps, threshold=np.inf):
    """All places of the ball."""
    path = [(w, b)]
    for _ in range(steps):
        slopes = np.array([*vars(error_and_gradient(SigmoidParams(*path[-1]))[1]).values()])
        path.append(path[-1] - rate * slopes * min(1, threshold / np.hypot(*slopes)))
    return np.array(path)


@pytest.mark.parametrize(("w", "b", "rate", "step"), [(5.0, -2.4, 0.3, 7), (3.2, -3.8, 1.0, 12), (6.0, -1.5, 0.1, 3)])
def test_start_steps_ball_and_cut_follow_the_gradient(w, b, rate, step):
    picture, path = Cliff(), walk(w, b, rate, step)
    picture.update(step, w, b, rate)
    shown = [artist.get_xydata() for artist in (picture.start, picture.steps, picture.balls[0])]
    assert np.concatenate(shown) == pytest.approx(path, abs=1e-8)
    end = SigmoidParams(*path[-1])
    assert picture.balls[1].get_xydata()[0] == pytest.approx((error_surface(end), end.b), abs=1e-8)
    errors, biases = picture.cut.get_data()
    assert errors == pytest.approx(error_surface(SigmoidParams(end.w, biases)), abs=1e-8)
    assert picture.height.get_text() == f"cut at w = {end.w:.2f}"


def test_without_clipping_the_cliff_throws_the_ball_off_the_map():
    picture, path = Cliff(), walk(4.6, -3.3, 1.0, 9)
    assert picture.update(step=8).endswith("The gradient is 86.2, so the next step goes 86.2 far.")
    place = f"w = {path[9][0]:.2f}, b = {path[9][1]:.2f}, error 0.090"
    out = "The ball is outside the picture: in step 9 a gradient of 86.2 sends it 86.2 far."
    assert picture.update(step=9) == f"step 9 at rate 1: {place}. {out}"
    ((x, y),) = picture.outside.get_xydata()
    assert (picture.outside.get_marker(), y, len(picture.balls[0].get_xdata())) == ("^", -1, 0)
    assert (x - path[8][0]) / (y - path[8][1]) == pytest.approx(np.divide(*(path[9] - path[8])))
    picture.update(step=40, start_w=3.0, start_b=-1.0, rate=0.3)
    assert (picture.outside.get_marker(), *picture.outside.get_xdata()) == ("<", pytest.approx(3))


def test_the_line_goes_on_where_the_ball_comes_back():
    picture, path = Cliff(), walk(5.6, -3.2, 1.0, 40)
    picture.update(step=40, start_w=5.6, start_b=-3.2)
    way, (out, *_, back) = picture.way.get_xydata(), np.flatnonzero((path[:, 0] > 7) | (abs(path[:, 1] + 2.5) > 1.5))
    assert np.isnan(way[out + 1]).all(), "a gap, between two points on the edge of the map"
    assert np.delete(way, range(out, out + 3), 0) == pytest.approx(np.delete(path, range(out, back + 1), 0), abs=1e-6)


def test_with_clipping_the_ball_stays_on_the_map_and_finds_the_floor():
    picture = Cliff()
    assert picture.update(clip=True).endswith("The gradient of 86.2 is cut to 1, so the next step goes 1 far.")
    assert "error under 0.001" in picture.update(step=38, clip=True)
    assert picture.way.get_xydata() == pytest.approx(walk(4.6, -3.3, 1.0, 38, threshold=1), abs=1e-6)

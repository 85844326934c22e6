"""The cliff, the balls on it and the state's path, against steps along slopes that are tested elsewhere."""

from math import exp

import numpy as np
import pytest
from course import corners, places, written

from statland import SigmoidParams, error_and_gradient
from statland.pictures.cliff import Cliff, Fork, TwoBalls, outside
from statland.pictures.parts import round_numbers


def walk(rate, steps, threshold=np.inf):
    """All places of the ball."""
    path = [(4.6, -3.3)]
    for _ in range(steps):
        slopes = np.array([*vars(error_and_gradient(SigmoidParams(*path[-1]))[1]).values()])
        path.append(path[-1] - rate * slopes * min(1, threshold / max(np.hypot(*slopes), 1e-300)))
    return np.array(path)


def on_page(panel, path):
    """Where these w and b stand on a map that is not shrunk."""
    left, bottom, right, top = panel.box
    w, b = np.transpose(path)
    return np.transpose([left + (w - 3) / 4 * (right - left), bottom + (b + 4) / 3 * (top - bottom)])


def state(w, b, days=50):
    """The states, one line a day."""
    h = [1 / (1 + exp(-0.5))]
    for _ in range(days):
        h.append(1 / (1 + exp(-(w * h[-1] + b))))
    return np.array(h)


@pytest.mark.parametrize("step", [0, 1, 5, 8])
def test_start_steps_and_ball_stand_where_the_gradient_leads(step):
    picture, path = Cliff(), walk(1.0, step)
    picture.update(step)
    at = on_page(picture.map, path)
    assert picture.map.way.get_xydata() == pytest.approx(at, abs=1e-6)
    assert places(picture.map.ball, 19) == pytest.approx(at[-1:], abs=1e-5)
    assert places(picture.map.steps, 4) == pytest.approx(at[1:-1].reshape(-1, 2), abs=1e-5)
    assert len(picture.map.low.get_path().vertices) == 0, "the map is not shrunk"


@pytest.mark.parametrize(("w", "b"), [(6.0, -3.25), (6.0, -3.2), (3.5, -1.6), (7.0, -1.2)])
def test_the_states_and_the_error_are_those_of_the_unit_at_the_ball(w, b):
    picture, h = Fork(), state(w, b)
    words = picture.update(w, b)
    assert picture.states.path.get_xydata() == pytest.approx(np.transpose([np.arange(51), h]), abs=1e-6)
    assert picture.states.gap.get_ydata() == pytest.approx([h[-1], 0.7], abs=1e-6)
    assert picture.states.words.get_text() == f"error {(h[-1] - 0.7) ** 2:.3f}"
    assert words.endswith(f"{h[5]:.3f} after day 5, {h[-1]:.3f} after day 50. The error is {(h[-1] - 0.7) ** 2:.3f}.")
    assert places(picture.map.ball, 19) == pytest.approx(on_page(picture.map, [(w, b)]), abs=1e-5)


@pytest.mark.parametrize(("w", "between"), [(3.25, True), (6.0, False), (7.0, False)])
def test_thin_paths_belong_to_the_dots_and_leave_a_gap_where_there_is_a_cliff(w, between):
    picture = Fork()
    picture.update(w=w)
    lines = picture.others.get_path().vertices.reshape(21, -1, 2)
    biases = -4 + 3 * (places(picture.dots, 10)[:, 1] - picture.map.box[1]) / (picture.map.box[3] - picture.map.box[1])
    for line, b in zip(lines, biases, strict=True):
        assert line[:, 1] == pytest.approx(state(w, b)[line[:, 0].astype(int)], abs=6e-4)
    ends = lines[:, -1, 1]
    assert ((ends > 0.3) & (ends < 0.7)).any() == between


def test_the_path_forks_at_the_dashed_edge():
    picture, h0 = Fork(), state(0, 0)[0]
    for w in (5.0, 6.0, 7.0):
        ends = []
        for side in (-0.001, 0.001):
            picture.update(w, 0.5 - w * h0 + side)
            first, *_, last = picture.states.path.get_ydata()
            ends.append(last - first)
        assert ends[0] < -0.3 < 0.15 < ends[1]
    dashed = next(line for line in picture.map.ax.lines if line.get_linestyle() == "--")
    assert dashed.get_xydata() == pytest.approx(np.array([(3, 0.5 - 3 * h0), (7, 0.5 - 7 * h0)]))


def test_a_step_that_leaves_the_map_is_drawn_to_the_scale_of_the_shrunken_map():
    picture, path = Cliff(), walk(1.0, 9)
    words = picture.update(9)
    far = np.hypot(*(path[9] - path[8]))
    assert picture.map.words.get_text() == f"step 9: {far:.1f} long"
    assert words.endswith(f"This step was {far:.1f} long, {far / 4:.0f} times the width of the map.")
    rim = corners(picture.map.low, 4)[0]  # two ends of the edge, then the upper corners
    width, (ball,) = np.ptp(rim[:, 0]), places(picture.map.ball, 19)
    assert (ball - rim[2]) / width == pytest.approx((path[9] - (7, -1)) / 4 * [1, 4 / 3 * 238 / 252], abs=1e-3)
    left, bottom, right, top = picture.map.box
    assert left < rim[:, 0].min() < ball[0] < right
    assert bottom < rim[:, 1].min() < ball[1] < top
    marks = {(words.get_text(), words.get_position()[0]) for words in picture.map.ticks[0] if words.get_text()}
    assert {name for name, _ in marks} == {"0", "50"}
    per_w = width / 4
    assert dict(marks)["50"] - ball[0] == pytest.approx((50 - path[9][0]) * per_w, abs=1e-3)


def test_a_ring_for_every_step_that_does_not_move_the_ball():
    picture = Cliff()
    for step, rings in ((8, 0), (9, 0), (10, 1), (12, 3)):
        picture.update(step)
        circles = picture.map.rest.get_path().vertices
        reach = np.ptp(circles[:, 0]) / 2 if rings else 0
        assert reach == pytest.approx([0, 13, 17, 21][rings], abs=0.2)
    assert picture.update(10).endswith("This step was 0 long.")


@pytest.mark.parametrize(("step", "rate"), [(9, 1.0), (40, 1.0), (40, 0.5), (38, 0.2)])
def test_two_balls_from_one_start_and_the_clipped_one_stays_on_the_map(step, rate):
    picture = TwoBalls()
    words, whole, clipped = picture.update(step, rate), walk(rate, step), walk(rate, step, threshold=1)
    assert picture.maps[1].way.get_xydata() == pytest.approx(on_page(picture.maps[1], clipped), abs=1e-4)
    assert len(picture.maps[0].low.get_path().vertices) > 0, "the whole gradient has thrown its ball off the map"
    for w, b in (whole[-1], clipped[-1]):
        assert f"w = {w:.2f}, b = {b:.2f}" in words
    shown = written(picture.figure)
    assert shown.index("without clipping") < shown.index("clipped at 1")


def test_the_clipped_ball_crosses_the_cliff_at_step_29_and_does_not_rest_at_its_least_error():
    path = walk(1.0, 40, threshold=1)
    below = path[:, 1] < 0.5 - path[:, 0] * state(0, 0)[0]
    assert np.flatnonzero(below[9:])[0] + 9 == 29
    errors = [(state(*at)[-1] - 0.7) ** 2 for at in path]
    assert np.argmin(errors) == 38
    assert (errors[38] < 0.0001, errors[40] > 0.2) == (True, True)


def test_clipping_leaves_step_8_and_cuts_step_9_to_the_threshold():
    picture = TwoBalls()
    for step, long in ((8, ["0.208", "0.208"]), (9, ["86.2", "1"])):
        picture.update(step)
        assert [panel.words.get_text() for panel in picture.maps] == [f"step {step}: {far} long" for far in long]


def test_a_way_that_leaves_the_map_begins_on_its_rim():
    way = outside(np.array([(4.0, -3.0), (5.0, -2.0), (9.0, 2.0), (10.0, 3.0)]))
    assert way.tolist() == [[6, -1], [9, 2], [10, 3]]


@pytest.mark.parametrize(
    ("ends", "numbers"), [((3, 7), [3, 4, 5, 6, 7]), ((-30, 80), [0, 50]), ((-4, -1), [-4, -3, -2, -1])]
)
def test_edges_carry_round_numbers(ends, numbers):
    assert round_numbers(*ends, least=np.ptp(ends) / 4).tolist() == numbers

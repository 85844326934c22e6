"""One day of the published LSTM unit, worked out by hand."""

from math import exp, tanh

import numpy as np
import pytest
from course import corners, places, written

from statland.pictures.gates import BOXES, MEET, NARROW, PIPE, ROAD, STATE, UNIT, VALVE, Gates, H


def day(x, h, c):
    z_f, z_i = 1.6307 * x + 2.7043 * h + 1.6234, 1.6525 * x + 1.9983 * h + 0.6204
    z_g, z_o = 0.9393 * x + 1.4122 * h - 0.3217, -0.1943 * x + 4.3848 * h + 0.5935
    f, i, g, o = 1 / (1 + exp(-z_f)), 1 / (1 + exp(-z_i)), tanh(z_g), 1 / (1 + exp(-z_o))
    return (z_f, z_i, z_g, z_o), (f, i, g, o), f * c + i * g


DAYS = [(1.0, 1.0, 2.0), (0.25, -0.75, -1.5), (0.0, 0.0, 0.0)]


@pytest.mark.parametrize(("x", "h", "c"), DAYS)
def test_every_number_of_the_day_stands_on_its_road(x, h, c):
    _, (f, i, g, o), new_c = day(x, h, c)
    picture = Gates()
    picture.update(c=c, h=h, x=x)
    shown = [*picture.gates.values(), picture.c, picture.h, picture.x, picture.kept, picture.let_in]
    shown += [picture.new_c, picture.squeezed, picture.new_h]
    expected = [f, i, g, o, c, h, x, f * c, i * g, new_c, tanh(new_c), o * tanh(new_c)]
    assert [float(words.get_text()) for words in shown] == pytest.approx(expected, abs=5.1e-4)


@pytest.mark.parametrize(("x", "h", "c"), DAYS)
def test_the_road_is_as_high_as_the_memory_before_and_after_the_valve_and_after_what_is_let_in(x, h, c):
    _, (f, i, g, o), new_c = day(x, h, c)
    picture = Gates()
    picture.update(c=c, h=h, x=x)
    come, kept, grown, candidate, let_in = corners(picture.stream, 4)
    for stretch, value in ((come, c), (kept, f * c), (grown, new_c)):
        assert stretch[0, 1] - stretch[3, 1] == pytest.approx(UNIT * value)
        assert stretch[3, 1] == ROAD
    assert come[:, 0].max() == kept[:, 0].min() == VALVE
    assert kept[:, 0].max() == grown[:, 0].min() == MEET
    for stretch, value in ((candidate, g), (let_in, i * g)):
        assert stretch[1, 0] - stretch[0, 0] == pytest.approx(NARROW * value)
    assert [each[1, 0] - each[0, 0] for each in corners(picture.out, 4)] == pytest.approx(
        [NARROW * tanh(new_c), NARROW * o * tanh(new_c)]
    )


@pytest.mark.parametrize(("x", "h", "c"), DAYS)
def test_each_valve_is_as_open_as_its_gate_and_each_dot_stands_on_its_curve(x, h, c):
    z, (f, i, _, o), _ = day(x, h, c)
    picture = Gates()
    picture.update(c=c, h=h, x=x)
    across, coming, going = picture.valves.get_path().vertices.reshape(3, 4, 2)
    assert across[1, 1] - ROAD == pytest.approx(PIPE * f)
    assert coming[1, 0] - MEET == pytest.approx(NARROW * i)
    assert across[0, 1] > ROAD + PIPE, "an open valve can still be seen"
    assert (going[1, 0] - going[3, 0]) / 2 == pytest.approx(NARROW * o)
    dots = places(picture.places, 13)
    curves = [line for line in picture.figure.axes[0].lines if len(line.get_xdata()) == 25]
    for middle, dot, z_part, curve in zip(BOXES.values(), dots, z, curves, strict=True):
        assert dot[0] - middle == pytest.approx(34 / 6 * np.clip(z_part, -6, 6))
        assert dot[1] == pytest.approx(np.interp(dot[0], curve.get_xdata(), curve.get_ydata()), abs=0.5)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (0, "the two memories of yesterday and the price of today wait in front of the unit"),
        (3, "the forget gate is 0.997: of the long-term memory 2, 1.995 is kept"),
        (6, "the candidate is 0.966 and the input gate 0.986: 0.953 is let in, and the long-term memory is now 2.948"),
        (9, "the output gate is 0.992, and tanh(2.948) = 0.995: the new short-term memory, the prediction, is 0.986"),
    ],
)
def test_each_step_shows_its_own_numbers_and_no_later_ones(step, said):
    picture = Gates()
    picture.update(step=9)
    assert picture.update(step=step) == f"h = 1, x = 1, c = 2, step {step}: {said}."
    new = {"0.997": 1, "1.995": 3, "0.966": 4, "0.953": 5, "2.948": 6, "0.992": 7, "0.995": 8}
    assert new.keys() & set(written(picture.figure)) == {words for words in new if new[words] <= step}


def test_the_memory_moves_along_its_road_step_by_step():
    picture, ends = Gates(), []
    for step in range(1, 7):
        picture.update(step=step)
        level = [each for each in corners(picture.stream, 4) if each[3, 1] == ROAD]
        ends.append(max(each[:, 0].max() for each in level))
    assert ends[0] == VALVE < ends[1] < ends[2] == MEET < ends[5]


def test_below_an_h_of_six_tenths_and_at_the_price_0_more_than_half_is_forgotten():
    picture = Gates()
    for h, more in ((-0.65, True), (-0.6, False)):
        picture.update(step=3, h=h, x=0.0)
        assert (float(picture.kept.get_text()) < 1.0) == more


def test_what_comes_in_shows_its_number_without_words():
    picture, seen = Gates(), {}
    for h, x, c in ((-0.5, 0.5, -2.0), (1.0, 1.0, 2.0)):
        picture.update(step=0, h=h, x=x, c=c)
        state = picture.states.get_path().vertices
        seen[c] = np.ptp(state[:, 1]) / STATE, corners(picture.stream, 4)[0][0, 1] > ROAD
        up = state[:, 1].max() > H + 1
        assert up == (h > 0)
        full, square = picture.price.levels.get_path(), picture.price.squares.get_path()
        assert np.ptp(full.vertices[:, 1]) == pytest.approx(x * np.ptp(square.vertices[:, 1]))
    assert seen == {-2.0: (pytest.approx(0.5), False), 2.0: (pytest.approx(1.0), True)}

"""One day of the published LSTM unit, worked out by hand."""

from math import exp, tanh

import pytest
from course import written

from statland.pictures.gates import Gates


def numbers(*words):
    return [float(shown.get_text().split(" = ")[-1]) for shown in words]


@pytest.mark.parametrize(("x", "h", "c"), [(1.0, 1.0, 2.0), (0.25, -0.75, -1.5), (0.0, 0.0, 0.0)])
def test_every_number_of_the_day_stands_on_its_road(x, h, c):
    z_f, z_i = 1.6307 * x + 2.7043 * h + 1.6234, 1.6525 * x + 1.9983 * h + 0.6204
    z_g, z_o = 0.9393 * x + 1.4122 * h - 0.3217, -0.1943 * x + 4.3848 * h + 0.5935
    f, i, g, o = 1 / (1 + exp(-z_f)), 1 / (1 + exp(-z_i)), tanh(z_g), 1 / (1 + exp(-z_o))
    new_c = f * c + i * g
    picture = Gates()
    picture.update(c=c, h=h, x=x)
    assert numbers(*picture.sums.values()) == pytest.approx([z_f, z_i, z_g, z_o], abs=5.1e-4)
    assert numbers(*picture.gates.values()) == pytest.approx([f, i, g, o], abs=5.1e-4)
    assert numbers(picture.c, picture.h, picture.x) == [c, h, x]
    assert numbers(picture.kept, picture.let_in, picture.new_c) == pytest.approx([f * c, i * g, new_c], abs=5.1e-4)
    assert numbers(picture.squeezed, picture.new_h) == pytest.approx([tanh(new_c), o * tanh(new_c)], abs=5.1e-4)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (0, "the two memories of yesterday and the price of today stand at the door of the unit"),
        (1, "the forget gate is 0.997: of the long-term memory 2, 1.995 is kept"),
        (2, "the candidate 0.966 meets an input gate of 0.986: 0.953 is let in, the long-term memory is now 2.948"),
        (3, "the output gate 0.992 times tanh(2.948) = 0.995 gives the short-term memory 0.986: the prediction"),
    ],
)
def test_each_step_shows_its_own_numbers_and_no_later_ones(step, said):
    picture = Gates()
    picture.update(step=3)
    assert picture.update(step=step) == f"c = 2, h = 1, x = 1, step {step}: {said}."
    new = {"f = 0.997": 1, "1.995": 1, "i = 0.986": 2, "g = 0.966": 2, "0.953": 2, "2.948": 2}
    new |= {"o = 0.992": 3, "0.995": 3, "0.986": 3}
    assert new.keys() & written(picture.figure) == {words for words in new if new[words] <= step}

"""The picture of one neuron, against numbers worked out without it."""

import numpy as np
import pytest
from course import written
from matplotlib.colors import same_color

from statland.pictures.neuron import Neuron
from statland.pictures.parts import HIDDEN


@pytest.mark.parametrize(
    ("values", "total", "output"),
    [((2.0, -1.0, 1.0), 1, 1), ((2.0, -1.0, 0.5), 0, 0), ((-3.0, 2.0, -2.0), 8, 8), ((-1.0, 0.5, 1.5), -1, 0)],
)
def test_the_output_is_weight_times_input_plus_bias_if_that_is_above_zero(values, total, output):
    picture, (weight, bias, x) = Neuron(), values
    end = f"above 0: open, the output is {output}." if total > 0 else "not above 0: shut, the output is exactly 0."
    assert picture.update(*values).endswith(f" = {total} is {end}")
    gate, color = ("ReLU: open", HIDDEN.color) if total > 0 else ("ReLU: shut", "white")
    row = [f"times weight {weight:g}", gate, f"plus bias {bias:g}", f"{x:g}", f"sum: {total}", f"{output}"]
    assert written(picture.figure)[2:8] == row
    assert picture.height.get_xydata().tolist() == [[x, output]]
    assert same_color(picture.node.get_facecolor(), color)


@pytest.mark.parametrize(
    ("weight", "bias", "corner", "words"),
    [
        (2.0, -1.0, 0.5, ["shut: output 0", "open: output = sum"]),
        (-2.0, -1.0, -0.5, ["open: output = sum", "shut: output 0"]),
        (1.0, 1.75, -1.75, ["shut", "open: output = sum"]),  # a short part has room for one word
        (0.25, -1.0, 2.0, ["shut: output 0", ""]),
        (0.0, 0.0, 2.0, ["shut: output 0", ""]),
        (0.0, 1.0, 2.0, ["open: output = sum", ""]),
    ],
)
def test_strip_words_and_curve_agree_where_the_neuron_is_shut_and_where_open(weight, bias, corner, words):
    picture, x = Neuron(), np.linspace(-2, 2, 101)
    picture.update(weight, bias, 0.0)
    assert np.interp(x, *picture.curve.get_data()) == pytest.approx(np.maximum(weight * x + bias, 0), abs=1e-12)
    assert [list(strip.get_xdata()) for strip in picture.strips] == [[-2, corner], [corner, 2]]
    assert [text.get_text() for text in picture.words] == words
    for strip, shown in zip(picture.strips, filter(None, words), strict=False):
        assert same_color(strip.get_color(), HIDDEN.color) == shown.startswith("open")

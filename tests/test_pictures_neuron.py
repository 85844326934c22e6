"""What the picture of a neuron draws and says, against numbers worked out without it."""

import numpy as np
import pytest
from matplotlib.colors import same_color

from statland.pictures.neuron import OUT, STRIP, SUM, Neuron, X
from statland.pictures.parts import HIDDEN


@pytest.mark.parametrize(
    ("values", "total", "output"),
    [((2.0, -1.0, 1.0), 1, 1), ((2.0, -1.0, 0.25), -0.5, 0), ((-3.0, 2.0, -2.0), 8, 8), ((-1.0, 0.5, 1.5), -1, 0)],
)
def test_the_output_is_weight_times_input_plus_bias_if_that_is_above_zero(values, total, output):
    picture = Neuron()
    picture.update(*values)
    assert picture.sum.get_text() == f"sum: {total:g}"
    assert picture.out.get_text() == f"{output:g}"
    assert picture.height.get_data() == ([values[2]], [output])
    assert picture.relu.get_text() == ("ReLU: open" if total > 0 else "ReLU: shut")


@pytest.mark.parametrize("weight", [-3.0, -0.25, 0.0, 0.5, 3.0])
@pytest.mark.parametrize("bias", [-2.0, 0.0, 1.25])
def test_the_curve_is_zero_where_the_sum_is_below_zero_and_the_sum_elsewhere(weight, bias):
    picture = Neuron()
    picture.update(weight, bias, 0.0)
    x = np.linspace(-2, 2, 101)
    ends, outputs = picture.curve.get_data()
    assert np.interp(x, ends, outputs) == pytest.approx([max(0, weight * place + bias) for place in x], abs=1e-12)


@pytest.mark.parametrize(
    ("weight", "bias", "shut", "open_", "words"),
    [
        (2.0, -1.0, (-2, 0.5), (0.5, 2), {"shut: output 0", "open: output = sum"}),
        (-2.0, -1.0, (-0.5, 2), (-2, -0.5), {"shut: output 0", "open: output = sum"}),
        (0.25, -1.0, (-2, 2), (), {"shut: output 0", ""}),
        (0.0, 1.0, (), (-2, 2), {"open: output = sum", ""}),
        (0.0, 0.0, (-2, 2), (), {"shut: output 0", ""}),
        (1.0, 1.75, (-2, -1.75), (-1.75, 2), {"shut", "open: output = sum"}),
    ],
)
def test_the_strip_says_in_words_where_the_neuron_is_shut_and_where_open(weight, bias, shut, open_, words):
    picture = Neuron()
    picture.update(weight, bias, 0.0)
    assert tuple(picture.shut.get_xdata()) == shut
    assert tuple(picture.open.get_xdata()) == open_
    assert {text.get_text() for text in picture.words} == words
    assert {text.get_position()[1] for text in picture.words} == {STRIP}


def test_the_sentence_works_the_sum_out():
    picture = Neuron()
    assert picture.update() == "weight = 2, bias = -1, x = 1: the sum 2 × 1 - 1 = 1 is above 0: open, the output is 1."
    sentence = picture.update(-0.1, -0.0, 0.0)
    assert sentence.endswith("the sum -0.1 × 0 + 0 = 0 is not above 0: shut, the output is exactly 0.")


@pytest.mark.parametrize(
    ("x", "total", "output", "color"), [(0.25, "-0.5", 0, "white"), (1.5, "2", 2, HIDDEN.color)], ids=["shut", "open"]
)
def test_every_part_shows_what_becomes_of_the_input(x, total, output, color):
    picture = Neuron()
    picture.update(2.0, -1.0, x)
    assert [part.get_text() for part in (picture.x, picture.times, picture.plus, picture.sum, picture.out)] == [
        f"{x:g}",
        "times weight 2",
        "plus bias -1",
        f"sum: {total}",
        f"{output}",
    ]
    assert same_color(picture.node.get_facecolor(), color), "a shut node is white"
    assert picture.dashed.get_xydata().tolist() == [[-2, -5], [0.5, 0], [2, 3]]
    assert picture.dashed.is_dashed()
    assert picture.curve.get_xydata().tolist() == [[-2, 0], [0.5, 0], [2, 3]]
    assert picture.at.get_xydata().tolist() == [[x, 0]]
    assert picture.drop.get_xydata().tolist() == [[x, 0], [x, output]]
    assert picture.height.get_xydata().tolist() == [[x, output]]
    assert [(words.get_text(), words.get_position()[0]) for words in picture.words] == [
        ("shut: output 0", -0.75),
        ("open: output = sum", 1.25),
    ]


def test_each_word_of_the_row_stands_at_its_own_node_or_arrow():
    picture = Neuron()
    picture.update(-3.0, 0.5, -2.0)
    row = {text.get_text(): text.get_position()[0] for text in picture.node.axes.texts if text.get_text()}
    ways = {"times weight -3": (X + SUM) / 2, "ReLU: open": (SUM + OUT) / 2, "plus bias 0.5": SUM}
    assert row == {"input x": X, "output": OUT, "-2": X, "sum: 6.5": SUM, "6.5": OUT, **ways}
    assert "thick: output    dashed: sum" in {text.get_text() for text in picture.curve.axes.texts}

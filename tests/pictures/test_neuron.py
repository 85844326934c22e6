"""The picture of one neuron, against numbers worked out without it."""

import numpy as np
import pytest
from course import corners, written
from matplotlib.colors import same_color

from statland.pictures.neuron import Neuron
from statland.pictures.parts import HIDDEN


def on_the_page(ax, x, y):
    """Where a place of the axes stands on the page, in points."""
    return ax.transData.transform((x, y))


@pytest.mark.parametrize(
    ("values", "total", "output"),
    [((2.0, -1.0, 1.0), 1, 1), ((2.0, -1.0, 0.5), 0, 0), ((-2.0, 2.0, -2.0), 6, 6), ((-1.0, 0.5, 1.5), -1, 0)],
)
def test_the_output_is_weight_times_input_plus_bias_if_that_is_above_zero(values, total, output):
    picture, (weight, bias, x) = Neuron(), values
    end = f"above 0: open, the output is {output}." if total > 0 else "not above 0: shut, the output is exactly 0."
    assert picture.update(*values).endswith(f" = {total} is {end}")
    work = f"× {weight:g} {'-' if bias < 0 else '+'} {abs(bias):g}"
    assert written(picture.figure)[:5] == [work, "ReLU", f"{x:g}", f"{total}", f"{output}"]
    assert picture.circle.get_xydata().tolist() == [[x, total]]
    assert picture.triangle.get_xydata().tolist() == [[x, output]]
    for color in (picture.node.get_facecolor(), picture.circle.get_markerfacecolor()):
        assert same_color(color, HIDDEN.color if total > 0 else "white")


@pytest.mark.parametrize(("weight", "bias", "total"), [(2.0, -2.0, -6.0), (1.0, 0.0, -2.0)])
def test_relu_lifts_a_sum_below_zero_straight_up_to_zero(weight, bias, total):
    picture = Neuron()
    picture.update(weight, bias, -2.0)
    ax, arrow = picture.circle.axes, picture.lift.get_path().vertices
    page = picture.lift.axes.transData.transform(arrow)
    start, end = (on_the_page(ax, -2.0, z)[1] for z in (total, 0.0))
    assert start < page[:, 1].min() < start + 12 < end - 10 < page[:, 1].max() < end, "from mark to mark, upwards"
    assert page[:, 0].mean() == pytest.approx(on_the_page(ax, -2.0, 0.0)[0], abs=1)
    assert page[:, 1].max() in page[-4:, 1], "the head is at the upper end"


@pytest.mark.parametrize("values", [(1.0, 0.0, 1.0), (1.0, -1.0, 1.0), (0.0, 0.0, 0.0)])
def test_a_sum_that_is_not_below_zero_needs_no_lift(values):
    picture = Neuron()
    picture.update(*values)
    assert len(picture.lift.get_path().vertices) == 0
    assert picture.circle.get_xydata().tolist() == picture.triangle.get_xydata().tolist()


@pytest.mark.parametrize(
    ("weight", "bias", "shut", "words"),
    [
        (2.0, -1.0, [(-2, 0.5)], ["shut", "open"]),
        (-2.0, -1.0, [(-0.5, 2)], ["open", "shut"]),
        (1.0, 1.75, [(-2, -1.75)], ["", "open"]),  # a narrow part has no room for a word
        (0.5, -1.0, [(-2, 2)], ["shut", ""]),
        (0.0, 0.0, [(-2, 2)], ["shut", ""]),
        (0.0, 1.0, [], ["open", ""]),
    ],
)
def test_ground_words_and_lines_agree_where_the_neuron_is_shut_and_where_open(weight, bias, shut, words):
    picture, x = Neuron(), np.linspace(-2, 2, 101)
    picture.update(weight, bias, 0.0)
    assert np.interp(x, *picture.sums.get_data()) == pytest.approx(weight * x + bias, abs=1e-12)
    assert np.interp(x, *picture.outputs.get_data()) == pytest.approx(np.maximum(weight * x + bias, 0), abs=1e-12)
    grounds = [bar[:, 0] for bar in corners(picture.shut, 4) if np.ptp(bar[:, 0])]
    assert [(left.min(), left.max()) for left in grounds] == shut
    assert [text.get_text() for text in picture.words] == words
    for text in picture.words:
        inside = any(left < text.get_position()[0] < right for left, right in shut)
        assert not text.get_text() or (text.get_text() == "shut") == inside


def test_the_start_stays_as_a_faint_line():
    picture = Neuron()
    before = picture.outputs.get_xydata().tolist()
    picture.update(-2.0, 1.0, 0.0)
    ghosts = [line.get_xydata().tolist() for line in picture.outputs.axes.lines if not line.get_animated()]
    assert before in ghosts

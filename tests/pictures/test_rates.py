"""Seven learning rates side by side, against runs that are trained one by one and by hand."""

import numpy as np
import pytest
from course import places
from test_training import START, trained

from statland.pictures.rates import APART, FOOT, HEAD, Rates

RATES = (0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3)


@pytest.mark.parametrize(("step", "rate"), [(0, 0.05), (1, 0.3), (12, 0.2), (40, 0.1), (100, 0.001), (100, 0.1)])
def test_the_strong_line_is_the_run_at_this_rate_and_the_others_are_all_there(step, rate):
    picture = Rates()
    words = picture.update(step, rate)
    losses = {each: [trained(START, each, k)[3] for k in range(step + 1)] for each in RATES}
    assert 10.0 ** picture.chosen.get_ydata() == pytest.approx(losses[rate], rel=1e-6, abs=1e-30)
    lines = picture.others.get_ydata().reshape(6, step + 2)[:, :-1]
    assert 10.0**lines == pytest.approx(np.array([losses[each] for each in RATES if each != rate]), rel=1e-6, abs=1e-30)
    assert f"the loss is {float(f'{losses[rate][-1]:.2g}'):g}".split("e")[0] in words


@pytest.mark.parametrize("step", [0, 1, 12, 60, 100])
def test_names_stand_in_the_order_of_their_losses_and_do_not_touch(step):
    picture = Rates()
    picture.update(step)
    losses = [np.clip(np.log10(trained(START, rate, step)[3]), FOOT, HEAD).round(9) for rate in RATES]
    heights = [name.get_position()[1] for name in picture.names]
    assert [name.get_text() for name in picture.names] == [f"{rate:g}" for rate in RATES]
    order = np.lexsort((range(7), losses))
    assert (np.diff(np.array(heights)[order]) > APART - 1e-5).all()
    assert min(heights) >= FOOT
    assert max(heights) <= HEAD + 1e-5
    for k in range(7):
        if np.sort(abs(np.subtract(losses, losses[k])))[1] > 3 * APART:  # it stands alone, so beside its mark
            assert heights[k] == pytest.approx(losses[k], abs=1e-5)
    assert np.mean(heights) == pytest.approx(np.mean(losses), abs=APART / 2)


@pytest.mark.parametrize(("rate", "marker", "height"), [(0.1, "v", FOOT), (0.3, "^", HEAD)])
def test_a_loss_outside_the_axis_is_a_triangle_on_its_side(rate, marker, height):
    picture = Rates()
    picture.update(100, rate)
    shown = {name: mark.get_xydata().tolist() for name, mark in picture.end.items()}
    assert shown == {"D": [], "^": [], "v": []} | {marker: [[100, height]]}


@pytest.mark.parametrize("rate", RATES)
def test_the_four_circles_are_white_where_the_unit_is_shut_on_a_rule(rate):
    picture, x = Rates(), 446 + 26 * np.arange(4)
    for step in (0, 1, 2, 3, 100):
        words = picture.update(step, rate)
        z, loss = trained(START, rate, step)[2:]
        sides = len(picture.nodes.open.get_path().vertices) or len(picture.nodes.shut.get_path().vertices)
        sides = sides // (np.sum(z > 0) or 4) - 1
        assert places(picture.nodes.open, sides)[:, 0] == pytest.approx(x[z > 0])
        assert places(picture.nodes.shut, sides)[:, 0] == pytest.approx(x[z <= 0])
        assert ("shut on every rule" in words) == (max(z) <= 0 and loss >= 1e-3)
    assert ("learned" in words) == (rate in (0.05, 0.1))
    assert ("shut on every rule" in words) == (rate >= 0.2)

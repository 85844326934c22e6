"""Seven learning rates side by side, against runs that are trained one by one and by hand."""

import numpy as np
import pytest
from test_training import START, trained

from statland.pictures.rates import APART, FOOT, HEAD, Rates

RATES = (0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3)


def drawn(lines):
    """What a solid and a dashed line show together: the height of each run at each step, and the solid line's alone."""
    solid, dashed = (line.get_ydata() for line in lines)
    return np.where(np.isnan(solid), dashed, solid), solid, dashed


@pytest.mark.parametrize(("step", "rate"), [(0, 0.05), (1, 0.3), (12, 0.2), (40, 0.1), (100, 0.001), (100, 0.1)])
def test_the_strong_line_is_the_run_at_this_rate_and_the_others_are_all_there(step, rate):
    picture = Rates()
    words = picture.update(step, rate)
    losses = {each: [trained(START, each, k)[3] for k in range(step + 1)] for each in RATES}
    strong, *_ = drawn(picture.chosen)
    assert 10.0 ** strong[:-1] == pytest.approx(losses[rate], rel=1e-6, abs=1e-30)
    lines = drawn(picture.others)[0].reshape(6, step + 2)[:, :-1]
    assert 10.0**lines == pytest.approx(np.array([losses[each] for each in RATES if each != rate]), rel=1e-6, abs=1e-30)
    assert f"the loss is {float(f'{losses[rate][-1]:.2g}'):g}".split("e")[0] in words
    assert min(line.get_linewidth() for line in picture.chosen) >= 3 * max(
        line.get_linewidth() for line in picture.others
    )


@pytest.mark.parametrize("rate", RATES)
def test_a_line_is_dashed_from_the_step_on_that_shuts_the_unit_on_every_rule(rate):
    picture = Rates()
    words = picture.update(100, rate)
    _, solid, dashed = drawn(picture.chosen)
    is_shut = [max(trained(START, rate, step)[2]) <= 0 for step in range(101)]
    assert np.isfinite(dashed[:-1]).tolist() == is_shut
    assert np.isfinite(solid[:-1]).tolist() == [not shut for shut in [is_shut[0], *is_shut[:-1]]]
    assert ("shut on every rule" in words) == is_shut[-1] == (rate >= 0.2)
    assert ("learned" in words) == (rate in (0.05, 0.1))


def shown(runs):
    """The marks of runs, each with its places."""
    return {mark: one.get_xydata().tolist() for mark, one in runs.marks.items() if one.get_visible()}


@pytest.mark.parametrize(
    ("step", "rate", "mark"), [(100, 0.05, "o"), (100, 0.01, "D"), (100, 0.25, "x"), (5, 0.3, "x"), (3, 0.1, "D")]
)
def test_the_mark_at_the_end_says_what_has_become_of_the_run(step, rate, mark):
    picture = Rates()
    picture.update(step, rate)
    z, loss = trained(START, rate, step)[2:]
    assert mark == ("o" if loss < 1e-3 else "x" if max(z) <= 0 else "D")
    assert shown(picture.end) == {mark: [[step, pytest.approx(np.log10(loss))]]}


def test_all_others_have_their_marks():
    picture = Rates()
    picture.update(100, 0.05)
    counts = {mark: len(places) for mark, places in shown(picture.ends).items()}
    assert counts == {"D": 2, "x": 2, "^": 1, "v": 1}  # 0.001 and 0.01; 0.2 and 0.25; 0.3; 0.1


@pytest.mark.parametrize(("rate", "marker", "edge"), [(0.1, "v", FOOT), (0.3, "^", HEAD)])
def test_a_triangle_stands_on_the_edge_where_the_line_leaves_the_page_and_its_name_beside_it(rate, marker, edge):
    picture = Rates()
    picture.update(100, rate)
    ((x, y),) = shown(picture.end).pop(marker)
    powers = [np.log10(trained(START, rate, step)[3]) for step in range(101)]
    last = max(step for step in range(101) if FOOT <= powers[step] <= HEAD)
    assert last < x < last + 1 < 100
    assert y == edge == pytest.approx(np.interp(x, [last, last + 1], powers[last : last + 2]))
    left, height = picture.names[RATES.index(rate)].get_position()
    assert x < left < x + 5
    assert abs(height - y) < 0.5


@pytest.mark.parametrize("step", [0, 1, 12, 60, 100])
def test_names_stand_in_the_order_of_their_losses_and_do_not_touch(step):
    picture = Rates()
    picture.update(step)
    powers = np.array([np.log10(trained(START, rate, step)[3]) for rate in RATES]).round(9)
    here = (powers >= FOOT) & (powers <= HEAD)  # the others stand where they have left the page
    x, heights = np.transpose([name.get_position() for name in picture.names])
    assert [name.get_text() for name in picture.names] == [f"{rate:g}" for rate in RATES]
    assert (x[here] == step + 3).all()
    assert (x[~here] < step).all()
    powers, heights = powers[here], heights[here]
    order = np.lexsort((range(len(powers)), powers))
    assert (np.diff(heights[order]) > APART - 1e-5).all()
    assert min(heights) >= FOOT
    assert max(heights) <= HEAD + 1e-5
    for k in range(len(powers)):
        if np.sort(abs(powers - powers[k]))[1] > 3 * APART:  # it stands alone, so beside its mark
            assert heights[k] == pytest.approx(powers[k], abs=1e-5)
    assert np.mean(heights) == pytest.approx(np.mean(powers), abs=APART / 2)

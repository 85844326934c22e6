"""What the pictures of notebook 05 draw and say, against a training run worked out without them."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.text import Text

from statland.pictures import lab, training
from statland.pictures.lab import COUNT, OUTCOMES, STARTS, STEPS, DeadUnitLab, draw_starts
from statland.pictures.training import FOOT, HEAD, Training, descend, path, short
from statland.rnn import RNNParams

RULES = [(0.0, 0.0, 0.0), (0.0, 0.5, 1.0), (1.0, 0.5, 0.0), (1.0, 1.0, 1.0)]


def trained(numbers, rate, steps):
    """Train one network with plain floats and the chain rule by hand: return its numbers, its losses, its last z."""
    w_x, w_h, w_y, b_h, b_y = numbers
    losses = []
    for _ in range(steps + 1):
        last, loss, slopes, last_z = [w_x, w_h, w_y, b_h, b_y], 0.0, [0.0] * 5, []
        for yesterday, today, tomorrow in RULES:
            z1 = w_x * yesterday + b_h
            z2 = w_x * today + w_h * max(z1, 0.0) + b_h
            error = w_y * max(z2, 0.0) + b_y - tomorrow
            d2 = 2 * error * w_y * (z2 > 0)
            d1 = d2 * w_h * (z1 > 0)
            shares = (d2 * today + d1 * yesterday, d2 * max(z1, 0.0), 2 * error * max(z2, 0.0), d2 + d1, 2 * error)
            slopes = [slope + share for slope, share in zip(slopes, shares, strict=True)]
            loss += error**2
            last_z.append(z2)
        losses.append(loss)
        w_x, w_h, w_y, b_h, b_y = (value - rate * slope for value, slope in zip(last, slopes, strict=True))
    return last, losses, last_z


def corners(artist, sides):
    """The polygons that an artist with many shapes draws, one a row."""
    vertices = artist.get_path().vertices
    return vertices.reshape(-1, sides + 1, 2)[:, :-1] if len(vertices) else np.empty((0, sides, 2))


def middles(artist, sides):
    """The middles of the polygons that an artist draws, one a row."""
    shapes = corners(artist, sides)
    return (shapes.max(axis=1) + shapes.min(axis=1)) / 2


def places(picture):
    """Where each of the still words of a picture stands."""
    return {words.get_text(): words.get_position() for words in picture.figure.findobj(Text) if words.get_text()}


@pytest.mark.parametrize("rate", [0.001, 0.05, 0.2, 0.25, 0.3])
def test_a_training_run_is_the_one_that_the_chain_rule_gives_by_hand(rate):
    numbers, _, _, losses = path(rate)
    for step in (0, 1, 2, 40, 150):
        expected, loss, _ = trained((1.0, 0.5, 1.0, 0.0, 0.0), rate, step)
        assert numbers[step] == pytest.approx(expected, rel=1e-6, abs=1e-9)
        assert losses[: step + 1] == pytest.approx(loss, rel=1e-5, abs=1e-12)


def test_the_first_step_goes_against_slopes_of_3_3_3_and_a_half_and_2():
    numbers, says, _, losses = path(0.05)
    assert numbers[1] == pytest.approx([0.85, 0.35, 0.85, -0.175, -0.1])
    assert says[0].tolist() == [0.0, 0.5, 1.0, 1.5]
    assert losses[0] == 0 + 0.25 + 1 + 0.25


@pytest.mark.parametrize(
    ("step", "rate", "words"),
    [
        (0, 0.05, "the loss is 1.5, as at the start."),
        (30, 0.05, "the loss is 0.089, 94 % less than at the start."),
        (60, 0.05, "and the rules are learned."),
        (1, 0.1, "the loss is 2.3, more than at the start."),
        (150, 0.001, "the loss is 0.78, 48 % less than at the start."),
        (150, 0.2, "the loss is 1, and the unit is shut on every rule: it is dead."),
        (150, 0.25, "the loss is 5, and the unit is shut on every rule: it is dead."),
        (150, 0.3, "the loss is 1.7e44, and grows with every step: it blows up."),
    ],
)
def test_the_sentence_says_how_the_training_goes(step, rate, words):
    sentence = Training().update(step, rate)
    assert sentence.startswith(f"rate = {rate:g}, step {step}: ")
    assert sentence.endswith(words)


def test_too_large_a_rate_shuts_the_unit_with_the_first_step_and_for_ever():
    for rate in (0.2, 0.25, 0.3):
        z = path(rate)[2]
        assert (z[0] > 0).tolist() == [False, True, True, True]
        assert (z[1:] <= 0).all()


def test_a_dead_network_moves_its_output_by_one_minus_eight_rates_a_step():
    for rate in (0.2, 0.25, 0.3):
        distance = path(rate)[0][1:60, 4] - 0.5
        assert distance[1:] == pytest.approx((1 - 8 * rate) * distance[:-1], rel=1e-9, abs=1e-12)


def test_the_curve_ends_at_the_step_and_what_lies_outside_has_its_own_mark():
    picture = Training()
    for step, rate, marker, height in [(30, 0.05, "D", None), (150, 0.1, "v", FOOT), (150, 0.3, "^", HEAD)]:
        picture.update(step, rate)
        loss = trained((1.0, 0.5, 1.0, 0.0, 0.0), rate, step)[1]
        x, y = picture.curve.get_data()
        assert x.tolist() == list(range(step + 1))
        assert y == pytest.approx(np.log10(loss), abs=0.01)
        shown = {name: list(mark.get_data()[1]) for name, mark in picture.now.items()}
        expected = np.log10(loss[-1]) if height is None else height
        assert shown.pop(marker) == pytest.approx([expected])
        assert all(heights == [] for heights in shown.values())


def test_bars_triangles_and_circles_say_what_the_numbers_say():
    picture = Training()
    picture.update(30, 0.05)
    numbers, _, z = trained((1.0, 0.5, 1.0, 0.0, 0.0), 0.05, 30)
    bars = corners(picture.bars, 4)
    assert (bars[:, 1, 0] - bars[:, 0, 0]) / 36 == pytest.approx(numbers)
    says = [numbers[2] * max(value, 0.0) + numbers[4] for value in z]
    assert picture.predictions.get_data()[1] == pytest.approx(says)
    assert [words.get_text() for words in picture.said] == [f"{value:.2f}" for value in says]
    sides = round(8 + 1.2 * 7)
    assert len(corners(picture.open, sides)) == sum(value > 0 for value in z)
    picture.update(150, 0.2)
    assert len(corners(picture.shut, sides)) == 4


@pytest.mark.parametrize(
    ("step", "rate", "numbers", "says", "inside", "is_open"),
    [
        (
            1,
            0.05,
            [0.85, 0.35, 0.85, -0.175, -0.1],
            ["-0.10", "0.11", "0.31", "0.67"],
            [-0.1, 0.1125, 0.3133125, 0.6745625],
            [False, True, True, True],
        ),
        # Dead from step 1, with b_y = -0.6: each step takes its distance from 0.5 times -1.4.
        (4, 0.3, [0.1, -0.4, 0.1, -1.05, 3.5184], ["3.52"] * 4, [1.5] * 4, [False] * 4),
        (5, 0.3, [0.1, -0.4, 0.1, -1.05, -3.72576], ["-3.73"] * 4, [-0.5] * 4, [False] * 4),
    ],
)
def test_every_part_of_a_training_run_shows_this_step(step, rate, numbers, says, inside, is_open):
    picture = Training()
    picture.update(step, rate)
    assert [words.get_text() for words in picture.said] == says
    assert [words.get_position() for words in picture.said] == [(x, 242) for x in training.COLUMNS]
    assert [float(words.get_text()) for words in picture.numbers] == pytest.approx(numbers, abs=0.0051)
    assert [words.get_position()[1] for words in picture.numbers] == training.ROWS.tolist()
    bars = corners(picture.bars, 4)
    assert bars[:, 0, 0].tolist() == [training.ZERO] * 5
    assert (bars[:, 1, 0] - training.ZERO) / 36 == pytest.approx([min(max(value, -2.5), 2.5) for value in numbers])
    assert middles(picture.bars, 4)[:, 1].tolist() == training.ROWS.tolist()

    x, y = picture.predictions.get_data()
    assert list(x) == training.COLUMNS.tolist()
    assert list(y) == pytest.approx(inside, abs=1e-6)
    x, y = (np.reshape(values, (4, 3)) for values in picture.misses.get_data())
    assert x.tolist() == [[column] * 3 for column in training.COLUMNS]
    assert y[:, 0].tolist() == [0, 1, 0, 1]
    assert y[:, 1] == pytest.approx(inside, abs=1e-6)
    assert np.isnan(y[:, 2]).all()

    is_open = np.array(is_open)
    for circles, chosen in ((picture.open, is_open), (picture.shut, ~is_open)):
        expected = [(column, 220) for column in training.COLUMNS[chosen]]
        assert middles(circles, 16) == pytest.approx(np.reshape(expected, (-1, 2)), abs=0.2)
    assert picture.open.get_facecolor() == picture.open.get_edgecolor() == picture.shut.get_edgecolor()
    assert picture.shut.get_facecolor() == to_rgba("white") != picture.open.get_facecolor()

    shown = {marker: list(mark.get_data()[0]) for marker, mark in picture.now.items()}
    assert shown == {"^": [], "v": [], "D": [step]}
    assert all(mark.get_marker() == marker for marker, mark in picture.now.items())


def test_the_still_parts_of_a_training_run_name_what_moves():
    picture = Training()
    where = places(picture)
    assert [where["w_x"], where["w_h"], where["w_y"], where["b_h"], where["b_y"]] == [(420, y) for y in training.ROWS]
    assert [where["0, 0"], where["0, 0.5"], where["1, 0.5"], where["1, 1"]] == [(x, 198) for x in training.COLUMNS]
    assert [where["prices"], where["unit"], where["says"]] == [(420, 198), (420, 220), (420, 242)]
    assert {"● open today  ○ shut", "▬ tomorrow's price", "▲ prediction", "▲ ▼ outside the picture"} <= set(where)
    assert {"loss so far", "step"} <= set(where)
    (targets,) = picture.predictions.axes.collections
    segments = np.array(targets.get_segments())
    assert segments[:, :, 1].tolist() == [[0, 0], [1, 1], [0, 0], [1, 1]]
    assert segments[:, :, 0].mean(axis=1).tolist() == training.COLUMNS.tolist()
    assert picture.predictions.get_marker() == "^"
    assert picture.predictions.get_color() == picture.misses.get_color()


@pytest.mark.parametrize(
    ("value", "words"), [(-0.001, "0.00"), (0.125, "0.12"), (-0.5, "-0.50"), (657.891, "657.89"), (-6.6e21, "-7e21")]
)
def test_numbers_fit_their_column(value, words):
    assert short(value) == words


def test_networks_side_by_side_train_as_they_do_alone():
    starts = np.array([[1.0, -0.4, 0.3], [0.5, 0.2, 0.9], [1.0, -0.7, -0.2], [0.0, 0.5, 0.1], [0.0, 0.1, 0.0]])
    params, _, loss = list(descend(RNNParams(*starts), 0.05, 40))[-1]
    for n in range(3):
        numbers, losses, _ = trained(starts[:, n], 0.05, 40)
        assert [value[n] for value in vars(params).values()] == pytest.approx(numbers)
        assert loss[n] == pytest.approx(losses[-1])


@pytest.mark.parametrize(
    ("start", "sd", "rate"), [(STARTS[0], 1.0, 0.05), (STARTS[1], 0.5, 0.2), (STARTS[2], 0.5, 0.1)]
)
def test_the_lab_names_the_outcome_that_each_start_has_alone(start, sd, rate):
    picture = DeadUnitLab()
    picture.update(start, sd, rate)
    params = draw_starts(start, sd)
    found = {}
    for n in range(0, COUNT, 25):
        numbers = [value[n] for value in vars(params).values()]
        at_once = max(trained(numbers, rate, 0)[2]) <= 0
        _, losses, z = trained(numbers, rate, STEPS)
        outcome = 0 if losses[-1] < 0.001 else 1 if at_once else 2 if max(z) <= 0 else 3
        found[n] = outcome
    for n, outcome in found.items():
        marker, _, size, _, _ = OUTCOMES[outcome]
        sides = {"o": round(8 + 1.2 * size * 5 / 328), "x": 6, "v": 3, "s": 4}[marker]
        shapes = corners(picture.starts[outcome], sides)
        middle = (shapes.max(axis=1) + shapes.min(axis=1)) / 2
        place = np.clip([params.w_x[n], params.w_y[n]], -2.5, 2.5)
        assert np.abs(middle - place).max(axis=1).min() < 0.02, (n, outcome)
    assert len(set(found.values())) >= 2


def test_the_lab_counts_every_start_once_and_says_so():
    picture = DeadUnitLab()
    for start in STARTS:
        sentence = picture.update(start, 0.5, 0.05)
        counts = [int(words.get_text()) for words in picture.counts]
        assert sum(counts) == 400
        learned, shut, killed, still_open = counts
        assert sentence == (
            f"{start}, sd = 0.5, rate = 0.05: {learned} of 400 learn, {shut} start shut, "
            f"{killed} are shut by a step, {still_open} open but not there."
        )
        bars = [corners(bar, 4) for bar in picture.bars]
        lengths = [bar[0, 1, 0] - bar[0, 0, 0] for bar in bars]
        assert lengths == pytest.approx([254 * count / 400 for count in counts])


def test_without_a_bias_a_negative_w_x_is_shut_from_the_start():
    picture = DeadUnitLab()
    picture.update("any signs", 0.5, 0.05)
    assert int(picture.counts[1].get_text()) == np.count_nonzero(draw_starts("any signs", 0.5).w_x <= 0)
    picture.update("w_x, w_y > 0", 0.5, 0.05)
    assert picture.counts[1].get_text() == "0"


def test_every_start_of_the_lab_stands_once_and_with_its_own_outcome():
    picture = DeadUnitLab()
    picture.update("any signs", 1.0, 0.05)
    params = draw_starts("any signs", 1.0)
    expected = [[], [], [], []]
    for n, (w_x, w_h, w_y) in enumerate(zip(params.w_x, params.w_h, params.w_y, strict=True)):
        outcome = 1
        if w_x > 0:  # without a bias, all others are shut from the start
            start = [w_x, w_h, w_y, 0.0, 0.0]
            (_, losses, z), at_once = trained(start, 0.05, 300), trained(start, 0.05, 0)[2]
            outcome = 0 if losses[-1] < 0.001 else 1 if max(at_once) <= 0 else 2 if max(z) <= 0 else 3
        expected[outcome].append((params.w_x[n], params.w_y[n]))
    assert all(expected)
    for artist, sides, there, count in zip(picture.starts, (8, 6, 3, 4), expected, picture.counts, strict=True):
        assert middles(artist, sides) == pytest.approx(np.clip(there, -2.5, 2.5))
        assert count.get_text() == f"{len(there)}"
    for y, bar, count, there in zip(lab.ROWS, picture.bars, picture.counts, expected, strict=True):
        assert corners(bar, 4)[0, :, 0] - lab.LEFT == pytest.approx(254 * len(there) / 400 * np.array([0, 1, 1, 0]))
        assert corners(bar, 4)[0, :, 1].tolist() == [y - 15, y - 15, y - 25, y - 25]
        assert count.get_position()[1] == y


def test_the_legend_of_the_lab_names_the_marks_that_the_starts_have():
    picture = DeadUnitLab()
    where = places(picture)
    words = ["learned the rules", "shut from the start", "shut by a step of training", "open, but not there"]
    assert [where[name] for name in words] == [(lab.LEFT + 38, y) for y in lab.ROWS]
    assert {"400 starts, 300 steps each"} <= set(where)
    ax, page = picture.figure.axes
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("w_x at the start", "w_y at the start")

    legend = [patch for patch in page.patches if not patch.get_animated()]
    for y, patch, sides in zip(lab.ROWS, legend, (15, 6, 3, 4), strict=True):
        assert middles(patch, sides) == pytest.approx(np.array([[lab.LEFT - 12, y]]), abs=0.1)
    triangle = corners(legend[2], 3)[0]
    assert triangle[triangle[:, 1].argmin(), 0] == lab.LEFT - 12  # it points down
    fills = [to_rgba("#009E73"), to_rgba("none"), to_rgba("#D55E00"), to_rgba("white")]
    edges = [to_rgba(color) for color in ("#009E73", "#222222", "#D55E00", "#7a5c00")]
    for artists in (legend, picture.starts):
        assert [artist.get_facecolor() for artist in artists] == fills
        assert [artist.get_edgecolor() for artist in artists] == edges
        assert [artist.get_linewidth() > 0 for artist in artists] == [False, True, False, True]
    assert [bar.get_facecolor() for bar in picture.bars] == edges

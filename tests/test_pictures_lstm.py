"""The LSTM unit's gates, the two companies and the highway, against numbers worked out without the pictures."""

from dataclasses import replace
from math import exp, log10, tanh

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.path import Path
from test_pictures import colours_at, corners, written

from statland import COMPANY_A, COMPANY_B, STATLAND_LSTM_WEIGHTS, lstm_forward
from statland.pictures import parts
from statland.pictures.companies import Companies
from statland.pictures.gates import (
    AT,
    CANDIDATE,
    DOWN,
    FOOT,
    FORGET,
    IN,
    INPUT,
    MEET,
    OUT,
    OUTPUT,
    PARTS,
    RADIUS,
    ROAD,
    TOP,
    WORK,
    Gates,
    H,
)
from statland.pictures.gates import X as PRICE
from statland.pictures.gradients import DECADE, EDGE, LEFT, RIGHT, ZERO
from statland.pictures.highway import MARKS, Highway, waiting


def ends(path):
    """Where each arrow of `parts.routes` begins, and where its tip is."""
    if not len(path.vertices):
        return set()
    begun = path.vertices[path.codes == Path.MOVETO].tolist()
    return {(*start, *tip) for start, tip in zip(begun[::2], begun[1::2], strict=True)}


def sigmoid(z):
    return 1 / (1 + exp(-z))


def day_by_hand(x, h, c):
    f, i = sigmoid(1.6307 * x + 2.7043 * h + 1.6234), sigmoid(1.6525 * x + 1.9983 * h + 0.6204)
    g, o = tanh(0.9393 * x + 1.4122 * h - 0.3217), sigmoid(-0.1943 * x + 4.3848 * h + 0.5935)
    return f, i, g, o, f * c + i * g


@pytest.mark.parametrize("day", [(1.0, 1.0, 2.0), (0.25, -0.75, -1.5), (0.0, 0.0, 0.0)])
def test_every_number_of_the_day_stands_on_its_road(day):
    x, h, c = day
    f, i, g, o, new_c = day_by_hand(x, h, c)
    picture = Gates()
    picture.update(c=c, h=h, x=x)
    shown = [picture.c, picture.h, picture.x, picture.kept, picture.let_in, picture.new_c, picture.squeezed]
    expected = [c, h, x, f * c, i * g, new_c, tanh(new_c)]
    assert [float(words.get_text()) for words in shown] == pytest.approx(expected, abs=5.1e-4)
    assert float(picture.new_h.get_text()) == pytest.approx(o * tanh(new_c), abs=5.1e-4)
    gates = {part: words.get_text() for part, (_, words) in picture.sums.items()}
    assert [text[:4] for text in gates.values()] == ["f = ", "i = ", "g = ", "o = "]
    assert [float(text[4:]) for text in gates.values()] == pytest.approx([f, i, g, o], abs=5.1e-4)
    totals = [float(words.get_text().removeprefix("z = ")) for words, _ in picture.sums.values()]
    assert [sigmoid(totals[0]), sigmoid(totals[1]), tanh(totals[2])] == pytest.approx([f, i, g], abs=5e-4)


def test_each_step_shows_its_own_numbers_and_no_later_ones():
    picture = Gates()
    since = {"kept": 1, "let_in": 2, "new_c": 2, "squeezed": 3, "new_h": 3}
    parts_since = {"forget": 1, "input": 2, "candidate": 2, "output": 3}
    for step in (3, 0, 1, 2):
        picture.update(step=step)
        assert {name: bool(getattr(picture, name).get_text()) for name in since} == {
            name: step >= first for name, first in since.items()
        }
        for part, first in parts_since.items():
            assert [bool(words.get_text()) for words in picture.sums[part]] == [step >= first] * 2
        assert picture.c.get_text() == "2"


def test_weights_and_biases_stand_at_their_box():
    texts = Gates().figure.axes[0].texts
    for part, x in PARTS.items():
        gate = getattr(STATLAND_LSTM_WEIGHTS, part)
        near = {
            text.get_text() for text in texts if abs(text.get_position()[0] - x) < 60 and text.get_position()[1] < TOP
        }
        assert {f"bias {gate.b:.2f}", f"×{gate.w_h:.2f}", f"×{gate.w_x:.2f}".replace("×-", "× -")} <= near
        left = [text.get_position()[0] for text in texts if text.get_text() == f"×{gate.w_h:.2f}"]
        assert left[0] < x, "the short-term memory comes in on the left"
    assert FOOT < TOP < ROAD
    assert FORGET < OUTPUT


def test_the_sentence_of_each_step_names_its_numbers():
    picture = Gates()
    assert picture.update(step=1).endswith("the forget gate is 0.997: of the long-term memory 2, 1.995 is kept.")
    assert "0.953 is let in, the long-term memory is now 2.948" in picture.update(step=2)
    assert picture.update(step=3).endswith("tanh(2.948) = 0.995 gives the short-term memory 0.986: the prediction.")
    assert picture.update(step=0).startswith("c = 2, h = 1, x = 1, step 0: the two memories")


def test_both_companies_run_through_both_units():
    picture = Companies()
    picture.update(b_f=0.5, w_h=0.25)
    picture.update()
    for number, (company, end) in enumerate(((COMPANY_A, 0.0022), (COMPANY_B, 0.9693))):
        h, states = 0.0, []
        for price in company:
            h = max(0.0, 1.8 * price - 0.5 * h)
            states.append(1.1 * h)
        short, long, memory = 0.0, 0.0, []
        for price in company:
            *_, o, long = day_by_hand(price, short, long)
            short = o * tanh(long)
            memory.append((long, short))
        vanilla, c, said = (lines[number].get_data() for lines in picture.ways)
        assert [list(line[0]) for line in (vanilla, c, said)] == [[1, 2, 3, 4]] * 3
        assert vanilla[1] == pytest.approx(states)
        assert np.transpose([c[1], said[1]]) == pytest.approx(np.array(memory), abs=1e-12)
        assert said[1][-1] == pytest.approx(end, abs=5e-5)


def test_company_a_is_white_and_dashed_and_company_b_full():
    for line_a, line_b in Companies().ways:
        assert line_a.get_markerfacecolor() == "white" != line_b.get_markerfacecolor()
        assert (line_a.is_dashed(), line_b.is_dashed()) == (True, False)


def test_right_is_what_comes_within_the_tolerance():
    assert Companies().update().endswith("the LSTM says 0.002 for A, right, and 0.969 for B, right.")
    assert "the vanilla unit says 1.98 for A, wrong, and 1.733 for B, wrong" in Companies().update()
    assert Companies().update(b_f=-1.0).endswith("0.16 for A, wrong, and 0.931 for B, right.")
    assert Companies().update(b_f=-6.0).endswith("0.231 for A, wrong, and 0.525 for B, wrong.")


def nudged(prices, b_f, day, eps=1e-5):
    """How much of a nudge of c on a day arrives at c on the last day, by running on from both sides of it."""
    params = replace(STATLAND_LSTM_WEIGHTS, forget=replace(STATLAND_LSTM_WEIGHTS.forget, b=b_f))
    trace = lstm_forward(prices, params)

    def last(c):
        return lstm_forward(prices[day:], params, h0=trace.o[day - 1] * np.tanh(c), c0=c).c[-1]

    return (last(trace.c[day] + eps) - last(trace.c[day] - eps)) / (2 * eps)


@pytest.mark.parametrize(("b_f", "days", "prices"), [(1.6234, 12, "medium every day"), (3.0, 9, "company A, waiting")])
def test_the_three_lines_of_the_highway_are_measured_ones(b_f, days, prices):
    picture = Highway()
    picture.update(b_f=-1.0, w_h=1.0, days=40)
    picture.update(b_f=b_f, w_h=0.5, days=days, prices=prices)
    x = np.full(days, 0.5) if prices.startswith("medium") else waiting(COMPANY_A, days)
    params = replace(STATLAND_LSTM_WEIGHTS, forget=replace(STATLAND_LSTM_WEIGHTS.forget, b=b_f))
    f = lstm_forward(x, params).f
    expected = (
        [0.5 ** (days - day) for day in range(1, days + 1)],
        [*(nudged(x, b_f, day) for day in range(1, days)), 1.0],
        [np.prod(f[day:]) for day in range(1, days + 1)],
    )
    place = np.linspace(EDGE, RIGHT - LEFT - EDGE, days)
    for (_, line, *_, value), ratios in zip(picture.curves, expected, strict=True):
        assert line.get_data()[0] == pytest.approx(place)
        assert line.get_data()[1] == pytest.approx(DECADE * np.log10(np.abs(ratios)), abs=1e-4)
        assert float(value.get_text()) == pytest.approx(ratios[0], rel=6e-3)


def test_the_marks_of_the_highway_tell_sign_zero_and_the_edge_apart():
    picture = Highway()
    picture.update(w_h=0.0, days=200, prices="company A, waiting")
    (_, line, vanilla, _), (_, _, lstm, _), (_, _, gates, _) = picture.curves
    zeros = corners(vanilla[3], 6)
    assert len(zeros) == MARKS
    assert zeros[:, :, 1].mean() == pytest.approx(ZERO * DECADE)
    assert len(line.get_data()[0]) == 1, "only the last day is left of the vanilla unit"
    sides = [len(shape.get_path().vertices) // 7 for shape in lstm[:2]]
    assert min(sides) > 3, "some hexagons are negative, some positive"
    assert lstm[1].get_facecolor()[:3] == (1.0, 1.0, 1.0)
    assert len(corners(gates[2], 3)) == 7, "triangles where the forget gates alone are below the axis"
    assert len(gates[0].get_path().vertices) == 0, "the forget gates' line has no marks of its own"


def test_no_line_has_more_marks_than_the_eye_can_tell_apart():
    picture = Highway()
    for days, marks in ((2, 2), (25, 25), (26, 14), (50, 26), (199, 26)):
        picture.update(w_h=1.0, days=days)
        diamonds = corners(picture.curves[0][2][0], 4)
        assert len(diamonds) == marks
        assert diamonds[:, [1, 3], 0].mean(axis=1).max() == pytest.approx(RIGHT - LEFT - EDGE), "the last day is marked"


def test_the_sentence_of_the_highway_says_what_arrives():
    picture = Highway()
    assert picture.update(w_h=0.9).startswith("b_f = 1.6234, w_h = 0.9, 50 days, medium every day: ")
    assert f"passes on {0.9**49:.3g} of day 1, the LSTM 4.33, its gates alone 0.657." in picture.update(w_h=0.9)
    assert log10(0.9**49) == pytest.approx(picture.curves[0][1].get_data()[1][0] / DECADE)


def test_a_waiting_company_keeps_its_first_days_and_its_last():
    assert waiting(COMPANY_A, 4).tolist() == list(COMPANY_A)
    assert waiting(COMPANY_B, 7).tolist() == [1.0, 0.5, 0.25, 0.25, 0.25, 0.25, 1.0]
    assert waiting(COMPANY_B, 3).tolist() == [1.0, 0.5, 1.0]
    assert waiting(COMPANY_A, 2).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(("step", "fed"), [(0, ""), (1, "f"), (2, "fig"), (3, "figo")])
def test_the_roads_of_each_step_run_from_number_to_number(step, fed):
    picture = Gates()
    picture.update(step=step)
    fed = [PARTS[part] for part, letter in zip(PARTS, "figo", strict=True) if letter in fed]
    since = {
        parts.MEMORY: (
            [],
            [(IN + 26, ROAD, FORGET - RADIUS, ROAD), (FORGET + RADIUS, ROAD, MEET - RADIUS, ROAD)],
            [(MEET + RADIUS, ROAD, OUT - 26, ROAD)],
            [(OUTPUT, ROAD, OUTPUT, DOWN + RADIUS)],
        ),
        WORK: (
            [],
            [(FORGET, TOP, FORGET, ROAD - RADIUS)],
            [
                (INPUT, TOP, MEET - RADIUS, AT),
                (CANDIDATE, TOP, MEET + RADIUS, AT),
                (MEET, AT + RADIUS, MEET, ROAD - RADIUS),
            ],
            [(OUTPUT, TOP, OUTPUT, DOWN - RADIUS)],
        ),
        parts.HIDDEN: ([(IN + 19, H, x - 18, FOOT - 2) for x in fed], [], [], [(OUTPUT + RADIUS, DOWN, OUT, H + 27)]),
        parts.INPUT: ([(IN + 19, PRICE, x + 18, FOOT - 2) for x in fed], [], [], []),
    }
    for role, artist in picture.lit.items():
        assert ends(artist.get_path()) == {way for some in since[role][: step + 1] for way in some}
        assert to_hex(artist.get_edgecolor()) == role.color.lower()
        assert artist.get_linewidth() > 2, "lit roads are wider than the grey ones"
    grey, *above = sorted(picture.figure.axes[0].patches, key=lambda patch: patch.get_zorder())
    assert to_hex(grey.get_facecolor()) == "#c4c4c4"
    assert grey.get_zorder() < above[0].get_zorder(), "grey roads lie below all else"


def test_every_number_and_every_sign_has_its_place():
    picture = Gates()
    picture.update()
    ax = picture.figure.axes[0]
    place = {name: getattr(picture, name).get_position() for name in ("c", "new_c", "h", "new_h", "x")}
    assert place == {"c": (IN, ROAD), "new_c": (OUT, ROAD), "h": (IN, H), "new_h": (OUT, H), "x": (IN, PRICE)}
    assert FORGET + RADIUS < picture.kept.get_position()[0] < MEET - RADIUS, "between forgetting and adding"
    assert AT < picture.let_in.get_position()[1] < ROAD
    assert DOWN < picture.squeezed.get_position()[1] < ROAD
    assert picture.squeezed.get_position()[0] > OUTPUT
    signs = {words.get_position(): words.get_text() for words in ax.texts if words.get_text() in ("×", "+")}
    assert signs == {(FORGET, ROAD): "×", (MEET, ROAD): "+", (MEET, AT): "×", (OUTPUT, DOWN): "×"}
    titles = ("forget gate", "input gate", "candidate", "output gate")
    assert [written(ax)[title].get_position()[0] for title in titles] == list(PARTS.values())
    assert abs(written(ax)["new c"].get_position()[1] - ROAD) < 50 > abs(written(ax)["tanh"].get_position()[0] - OUTPUT)
    assert all(colours_at(ax, x, FOOT + 9) == {"#ffffff"} for x in PARTS.values()), "dark words on white boxes"
    z = float(picture.sums["output"][0].get_text().removeprefix("z = "))
    assert z == pytest.approx(-0.1943 + 4.3848 + 0.5935, abs=5e-4)
    for role, x, y in (
        (parts.MEMORY, IN, ROAD),
        (parts.MEMORY, OUT, ROAD),
        (parts.HIDDEN, IN, H),
        (parts.HIDDEN, OUT, H),
        (parts.INPUT, IN, PRICE),
    ):
        assert role.color.lower() in colours_at(ax, x, y)


def test_each_sentence_of_the_gates_in_full():
    picture = Gates()
    assert "the candidate 0.966 meets an input gate of 0.986: 0.953 is let in" in picture.update(step=2)
    assert "the output gate 0.992 times tanh(2.948)" in picture.update(step=3)


@pytest.mark.parametrize("settings", [(1.6234, -0.5), (-6.0, -1.0), (6.0, 1.0)])
def test_every_company_stays_inside_its_panel_and_tomorrow_stands_beside_the_predictions(settings):
    picture = Companies()
    picture.update(*settings)
    titles = ("vanilla unit: prediction y", "LSTM: long-term memory c", "LSTM: prediction h")
    roles = (parts.OUTPUT, parts.MEMORY, parts.OUTPUT)
    for title, (line_a, line_b), role in zip(titles, picture.ways, roles, strict=True):
        ax = line_a.axes
        assert title in written(ax)
        low, high = ax.get_ylim()
        for line in (line_a, line_b):
            assert low < min(line.get_ydata()) <= max(line.get_ydata()) < high
            assert (line.get_color(), line.get_marker()) == (role.color, role.marker)
        levels = [path.vertices[0, 1] for lines in ax.collections for path in lines.get_paths()]
        assert levels == ([0.0, 1.0] if "prediction" in title else [])
    legend = next(iter(written(picture.figure.axes[-1])))
    for words in ("dashed, white: company A", "solid, full: company B", "A low, B high"):
        assert words in legend


def test_the_legend_of_the_highway_has_the_look_of_each_line():
    picture = Highway()
    picture.update()
    ax = picture.figure.axes[0]
    names = ("vanilla unit, h", "LSTM unit, c", "its forget gates alone")
    samples = [line for line in ax.lines if not line.get_animated() and line.get_linewidth() == 2]
    for name, role, sample, (_, line, marks, value) in zip(
        names, (parts.GRADIENT, parts.MEMORY, None), samples, picture.curves, strict=True
    ):
        color, height = role.color if role else parts.INK, written(ax)[name].get_position()[1]
        assert [sample.get_color(), line.get_color()] == [color] * 2
        assert sample.is_dashed() == line.is_dashed() == (role is None)
        assert list(sample.get_ydata()) == [height] * 2
        assert value.get_position()[1] == height
        beside = [
            patch
            for patch in ax.patches
            if not patch.get_animated() and patch.get_visible() and patch.get_facecolor() == to_rgba(color)
            and patch.get_path().contains_point((np.mean(sample.get_xdata()), height))
        ]  # fmt: skip
        assert len(beside) == (role is not None)
        faces = [to_hex(mark.get_facecolor()) if mark.get_facecolor()[3] else "none" for mark in marks]
        assert faces == [color.lower(), "#ffffff", color.lower(), "none"]
    assert any("white: negative" in words for words in written(ax))
    diamond = picture.curves[0][2][0].get_path().vertices[:4]
    assert np.ptp(diamond[:, 0]) == pytest.approx(8), "no mark covers its neighbours"


def test_the_sentence_of_the_highway_names_the_prices():
    assert "50 days, company A, waiting: the vanilla" in Highway().update(prices="company A, waiting")

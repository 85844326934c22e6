"""The arcs of attention and the ruler, against numbers worked out without the pictures."""

import warnings

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch
from test_pictures import colours_at, corners, written
from test_pictures_lstm import nudged

from statland import attend
from statland.pictures import parts
from statland.pictures.gates import Gates
from statland.pictures.looking_back import ANSWER, DAYS, ROW, SIDE, THICKEST, LookingBack, X, keys
from statland.pictures.ruler import ARCS, HIGH, LOW, RADIUS, RIGHT, ROWS, THICK, ZERO, Ruler
from statland.pictures.ruler import LEFT as FIRST

COMPANY_A_WAITING = [0.0, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 1.0]


def test_keys_are_the_age_in_days_and_the_price():
    assert keys([1.0, 0.5, 0.25]).tolist() == [[2, 1.0], [1, 0.5], [0, 0.25]]


@pytest.mark.parametrize(("q_age", "q_price"), [(0.0, 0.0), (2.0, 0.0), (-1.0, 3.0), (0.0, -8.0)])
def test_each_arc_is_as_thick_as_its_share(q_age, q_price):
    picture = LookingBack()
    picture.update(6.0, 8.0, "B")
    sentence = picture.update(q_age, q_price, "A")
    scores = [(q_age * (DAYS - day) + q_price * price) / 2**0.5 for day, price in enumerate(COMPANY_A_WAITING, start=1)]
    shares = np.exp(scores) / np.exp(scores).sum()
    answer = np.dot(shares, COMPANY_A_WAITING)
    assert [arc.get_linewidth() for arc in picture.arcs] == pytest.approx(THICKEST * shares)
    assert [words.get_text() for words in picture.shares] == [f"{100 * share:.1f} %" for share in shares]
    assert [float(words.get_text()) for words in picture.prices] == COMPANY_A_WAITING
    assert float(picture.answer.get_text()) == pytest.approx(answer, abs=5.1e-4)
    assert f"day 1 gets {100 * shares[0]:.1f} % of the attention" in sentence
    assert sentence.endswith("right." if abs(answer) <= 0.1 else "wrong.")


def test_every_arc_runs_from_today_to_its_day():
    for x, arc in zip(X, LookingBack().arcs, strict=True):
        (first, *_, last) = arc.get_path().vertices
        if x == X[-1]:
            assert np.hypot(*(first - last)) < 2 * SIDE
        else:
            assert (first.tolist(), last.tolist()) == ([X[-1], ROW + SIDE], [x, ROW + SIDE])
    assert X[-1] + SIDE < ANSWER


def test_a_query_for_old_days_is_right_about_both_companies_and_one_for_high_prices_about_one():
    picture = LookingBack()
    verdicts = {
        query: [picture.update(*query, company).rsplit(": ", 1)[1] for company in "AB"]
        for query in ((0.0, 0.0), (4.0, 0.0), (0.0, 8.0))
    }
    assert verdicts == {
        (0.0, 0.0): ["wrong.", "wrong."],
        (4.0, 0.0): ["right.", "right."],
        (0.0, 8.0): ["wrong.", "right."],
    }


@pytest.mark.parametrize("days", [3, 10, 60])
def test_the_ruler_shows_three_measured_gradients(days):
    picture = Ruler()
    picture.update(days=100, w_h=0.1, b_f=-2.0, q_age=3.0)
    sentence = picture.update(days=days, w_h=0.8, b_f=2.0, q_age=0.5)
    x = np.full(days, 0.5)
    value, eps = x.copy(), 1e-6
    value[0] += eps  # of day 1 alone, while its key stays
    attention = (attend([0.5, 0.0], keys(x), value)[1] - 0.5) / eps
    expected = 0.8 ** (days - 1), nudged(x, 2.0, 1), attention
    marks = [mark.get_data()[0][0] for *_, mark, _ in picture.rows]
    assert marks == pytest.approx(np.log10(expected), abs=1e-5)
    assert [float(value.get_text()) for *_, value in picture.rows] == pytest.approx(expected, rel=6e-3)
    counts = [count.get_text() for *_, count, _, _ in picture.rows]
    assert counts == [f"{days - 1} times w_h", f"{days - 1} gates, directly", "1 weight"]
    vanilla, lstm, weight = (value.get_text() for *_, value in picture.rows)
    assert sentence.startswith(f"{days} days, w_h = 0.8, b_f = 2, q_age = 0.5: at day 1 there arrives {vanilla} in the")
    assert f"{lstm} in the LSTM, {weight} with attention ({days - 1}, {days - 1} and 1 mult" in sentence


def test_the_chains_of_the_ruler_thin_out_with_the_gradient():
    picture = Ruler()
    picture.update(days=6, w_h=0.5)
    arrows = corners(picture.rows[0][2], 7)
    thickness = arrows[:, 0, 1] - arrows[:, -1, 1]
    assert thickness == pytest.approx(THICK * 0.5 ** np.arange(5, 0, -1.0))
    assert (arrows[:, 3, 0] < arrows[:, 0, 0]).all(), "back, from the last day to the first"
    nodes = [row[3].get_path().vertices for row in picture.rows]
    assert all(len(path) == len(nodes[0]) for path in nodes)
    assert len(picture.rows[2][2].get_path().vertices) == 0, "attention has no arrows from day to day"


def test_the_arc_of_the_ruler_spans_all_days_and_is_as_thick_as_the_weight():
    picture = Ruler()
    for days, q_age in ((10, 0.0), (100, 4.0)):
        picture.update(days=days, q_age=q_age)
        shares = np.exp(-q_age / 2**0.5 * np.arange(days))
        assert picture.straight.get_linewidth() == pytest.approx(THICK / shares.sum())
        (first, *_, last) = picture.straight.get_path().vertices
        assert (first[0], last[0]) == (RIGHT, FIRST)
        assert 1 <= len(picture.looks.get_path().vertices) // 4 <= ARCS


def test_the_edges_of_the_rulers_axis_are_marked():
    picture = Ruler()
    marks = [row[-2] for row in picture.rows]
    picture.update(days=100, w_h=0.0)
    assert (marks[0].get_marker(), marks[0].get_data()[0]) == ("x", [ZERO])
    picture.update(days=100, w_h=0.5)
    assert (marks[0].get_marker(), marks[0].get_data()[0]) == ("<", [LOW])
    picture.update()
    assert [mark.get_marker() for mark in marks] == [role.marker for _, _, role, _ in ROWS]
    assert [mark.get_data()[1][0] for mark in marks] == [height for height, *_ in ROWS]


@pytest.mark.parametrize("room", [Gates, LookingBack])
def test_white_words_stand_on_a_coloured_shape_and_nothing_covers_words(room):
    picture = room()
    picture.update()
    ax, *_ = picture.figure.axes
    for words in written(ax).values():
        below = [
            patch
            for patch in ax.patches
            if isinstance(patch, PathPatch) and patch.get_visible() and patch.get_facecolor()[3]
            and len(patch.get_path().vertices) and patch.get_path().contains_point(words.get_position())
        ]  # fmt: skip
        assert all(patch.get_zorder() < words.get_zorder() for patch in below), words
        ground = to_hex(max(below, key=lambda patch: patch.get_zorder()).get_facecolor()) if below else "#ffffff"
        assert to_hex(words.get_color()) != ground, words


def test_days_prices_and_shares_stand_below_each_other():
    picture = LookingBack()
    ax = picture.figure.axes[0]
    picture.update()
    labels = written(ax)
    assert [labels[f"day {day}"].get_position()[0] for day in range(1, DAYS + 1)] == X.tolist()
    assert labels["today"].get_position()[0] == X[-1]
    assert [words.get_position()[0] for words in picture.shares] == X.tolist()
    assert all(words.get_position()[1] < ROW for words in picture.shares)
    for arc in picture.arcs:
        assert (arc.get_visible(), arc.get_facecolor()[3], to_hex(arc.get_edgecolor())) == (True, 0.0, "#009e73")
    rise = [arc.get_path().vertices[:, 1].max() for arc in picture.arcs[:-1]]
    assert rise == sorted(set(rise), reverse=True), "older days, higher arcs"
    assert parts.INPUT.color.lower() in colours_at(ax, X[2], ROW + 12)
    assert colours_at(ax, ANSWER, ROW) == {parts.OUTPUT.color.lower()}


def test_the_sentence_of_the_query_names_everything():
    sentence = LookingBack().update(2.0, -1.5, "A")
    assert sentence.startswith("q_age = 2, q_price = -1.5, company A: day 1 gets ")
    assert "; tomorrow's price is 0: " in sentence
    assert "; tomorrow's price is 1: " in LookingBack().update(company="B")


def test_the_ruler_takes_a_negative_gradient_as_it_takes_a_positive_one():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = Ruler()
        picture.update(w_h=-0.9)
        negative = picture.rows[0][-2].get_xdata()[0]
        picture.update(w_h=0.9)
        assert negative == picture.rows[0][-2].get_xdata()[0]


def test_the_axis_of_the_ruler_names_its_powers():
    axis = Ruler().figure.axes[1]
    assert axis.get_xticks().tolist() == [ZERO, *range(LOW, HIGH + 1, 5)]
    names = [label.get_text() for label in axis.get_xticklabels()]
    assert names == ["0", "10⁻¹⁵", "10⁻¹⁰", "10⁻⁵", "1", "10⁵"]
    assert [line.get_xdata()[0] for line in axis.lines if line.get_linestyle() == "--"] == [0]


def test_every_chain_of_the_ruler_can_be_seen_and_is_named():
    picture = Ruler()
    picture.update(days=100, w_h=1.1, b_f=8.0)
    page = picture.figure.axes[0]
    for (height, name, role, _), (_, _, arrows, nodes, *_) in zip(ROWS, picture.rows, strict=True):
        assert 0 < written(page)[name].get_position()[1] - height < 100
        assert to_hex(nodes.get_facecolor()) == "#ffffff"
        assert nodes.get_linewidth() > 0
        assert to_hex(nodes.get_edgecolor()) == role.color.lower()
        tall = arrows.get_path().vertices
        if len(tall):
            assert np.ptp(tall[:, 1]) <= 26, "an arrow of 16 points, and its head"
    assert written(page)["day 1"].get_position()[0] == FIRST
    assert written(page)["last day"].get_position()[0] == RIGHT
    assert ROWS[1][3] == "{} gates, directly"
    assert picture.straight.get_facecolor()[3] == picture.looks.get_facecolor()[3] == 0.0
    assert picture.looks.get_zorder() < picture.straight.get_zorder() < picture.rows[2][3].get_zorder()
    rise = np.ptp(picture.straight.get_path().vertices[:, 1])
    assert written(page)["attention"].get_position()[1] > ROWS[2][0] + RADIUS + 0.75 * rise, "the name is above the arc"
    assert all(LOW <= row[-1].get_position()[0] <= 2.5 for row in picture.rows)


def test_the_nodes_of_the_ruler_do_not_touch_and_attention_looks_at_every_fourth_of_100_days():
    picture = Ruler()
    picture.update(days=100)
    x = np.linspace(FIRST, RIGHT, 100)
    ring = picture.rows[0][3].get_path().vertices
    assert np.ptp(ring[: len(ring) // 100, 0]) < x[1] - x[0]
    arcs = picture.looks.get_path().vertices.reshape(-1, 4, 2)
    assert arcs[:, 0, 0].tolist() == [RIGHT] * 24
    assert arcs[:, -1, 0] == pytest.approx(x[95::-4])
    assert "(99, 99 and 1 multiplications)" in picture.update(days=100)

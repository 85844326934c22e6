"""Every live picture, moved as a reader moves it, and the bridge that carries it."""

import base64
import gc
import re
import struct
import tracemalloc

import ipywidgets as widgets
import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure

import statland.live
from statland.live import _animated, _moving, _nearest, _still, live
from statland.pictures.gradients import Gradients


def positions(control, rng, count=200):
    """Both ends and the middle of a control, then a random walk over its steps."""
    if isinstance(control, (widgets.FloatSlider, widgets.IntSlider)):
        steps = round((control.max - control.min) / control.step)
        walk = np.clip(steps // 2 + np.cumsum(rng.integers(-steps // 4, steps // 4 + 1, count)), 0, steps)
        number = type(control.value)
        return [control.min, control.max, *(number(control.min + k * control.step) for k in [steps // 2, *walk])]
    options = [value for _, value in control._options_full] if hasattr(control, "_options_full") else [False, True]
    return [options[k] for k in rng.integers(0, len(options), count + 3)]


def test_every_live_picture_keeps_up_with_a_random_walk(shown, notebook):
    rng = np.random.default_rng(50)
    for live_picture in shown:
        first = live_picture.moving.value
        seen = {}
        walks = [positions(control, rng) for control in live_picture.controls.values()]
        for values in zip(*walks, strict=True):
            for control, value in zip(live_picture.controls.values(), values, strict=True):
                control.value = value
            assert live_picture.error.value == "", (notebook.stem, values, live_picture.error.value)
            svg, sentence = live_picture.frame
            assert (sentence.get("role"), sentence.get("aria-live")) == ("status", "polite")
            assert live_picture.sentence.endswith(".")
            assert svg.get("aria-label") == f"{live_picture.picture.alt} {live_picture.sentence}"
            assert "nan" not in live_picture.moving.value
            state = tuple(control.value for control in live_picture.controls.values())
            assert seen.setdefault(state, live_picture.moving.value) == live_picture.moving.value, "not a pure picture"
        assert len(set(seen.values())) > 3, "the picture hardly changes"
        for box, start in live_picture.starts:
            box.value = start
        assert live_picture.moving.value == first, "back at its start, the picture is another"


def test_moves_leave_no_figure_and_no_memory_behind(shown):
    rng = np.random.default_rng(2000)
    gc.freeze()  # what was there before is not looked through again each time
    for live_picture in shown:
        controls = live_picture.controls.values()
        walk = list(zip(*(positions(control, rng, 3) for control in controls), strict=True))
        taken, figures = [], []
        tracemalloc.start()
        for _ in range(3):  # the first round fills what is kept for good reason
            for values in walk:
                for control, value in zip(controls, values, strict=True):
                    control.value = value
            gc.collect()
            taken.append(tracemalloc.get_traced_memory()[0])
            figures.append(sum(type(one) is Figure for one in gc.get_objects()))
        tracemalloc.stop()
        assert len(set(figures)) == 1, (live_picture.picture, figures)
        each = (taken[2] - taken[1]) / len(walk)
        assert each < 4096, f"{live_picture.picture}: {each:.0f} bytes a move"  # a frame or an artist is larger
    gc.unfreeze()


def test_every_live_picture_has_a_named_number_box_beside_each_slider(shown):
    for live_picture in shown:
        for row in live_picture.rows:
            control = row.children[0]
            if isinstance(control, (widgets.FloatSlider, widgets.IntSlider)):
                number = row.children[1]
                assert number.description == control.description != ""
                assert not control.readout
                assert (number.min, number.max) == (control.min, control.max)
                assert control.value == _nearest(control, number.value)


@pytest.fixture
def drawn(monkeypatch):
    """All figures, in the order in which they are drawn from now on."""
    figures, draw = [], Figure.draw
    monkeypatch.setattr(Figure, "draw", lambda figure, *how: (figures.append(figure), draw(figure, *how))[1])
    return figures


def test_every_live_picture_carries_a_png_and_its_sentence_and_no_other_is_drawn(drawn, shown):
    figures = [live_picture.picture.figure for live_picture in shown]
    assert set(drawn) == set(figures)
    assert all(drawn.count(figure) == 2 for figure in figures), "once for the still part, once for the PNG"
    for live_picture in shown:
        assert live_picture.bundle["text/plain"] == live_picture.sentence
        png = base64.b64decode(live_picture.bundle["image/png"])
        assert png.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", png[16:24])
        assert (width, height) > (1000, 500)


def test_the_still_part_leaves_out_what_moves(show):
    live_picture = show(Gradients(), w_h=(-2.0, 2.0, 0.05))
    figure = Gradients().figure
    for artist in figure.findobj(Artist.get_animated):
        artist.remove()
    assert live_picture.still.value == _still(figure, [])
    assert all(artist.get_visible() for artist in live_picture.picture.figure.findobj(Artist.get_animated))


def words_and_numbers(figure):
    """A moving part, taken apart: what is written in it, and all its numbers."""
    svg = _moving(figure, _animated(figure), label="", salt="")
    number = r"-?\d+\.\d+"
    return re.sub(number, "#", svg), np.array(re.findall(number, svg), dtype=float)


def test_digits_are_measured_once_and_stand_where_matplotlib_would_put_them(shown, monkeypatch):
    lines = Figure(figsize=(3, 2), dpi=72)
    for angle, words in ((0, "1.25"), (0, "$10^{25}$"), (30, "98765\n4")):
        lines.text(0.5, 0.5, words, ha="right", va="center", rotation=angle, animated=True)
    for figure in [lines, *(live_picture.picture.figure for live_picture in shown)]:
        ours, places = words_and_numbers(figure)
        with monkeypatch.context() as patch:
            patch.setattr(statland.live, "_Renderer", RendererSVG)
            theirs, measured = words_and_numbers(figure)
        assert ours == theirs
        np.testing.assert_allclose(places, measured, rtol=0, atol=0.01)  # points


def test_what_lies_in_front_is_drawn_last(show):
    class Layers(Stubborn):
        def __init__(self):
            super().__init__()
            self.figure.text(0.1, 0.1, "behind", animated=True, zorder=-1)

    svg = show(Layers(), number=(0, 20)).moving.value
    assert svg.index(">behind<") < svg.index(">1<")


def test_slider_and_number_box_move_each_other_and_draw_once(show):
    calls = []

    class Counted(Gradients):
        def update(self, w_h=0.9, days=50):
            calls.append(w_h)
            return super().update(w_h, days)

    live_picture = show(Counted(), w_h=(-2.0, 2.0, 0.05))
    slider, number = live_picture.rows[0].children
    calls.clear()
    number.value = 0.99  # finer than the slider's steps: the slider goes to its nearest
    assert (slider.value, calls) == (1.0, [0.99])
    slider.value = 1.0000000000000002  # what the browser may send back
    assert (number.value, calls) == (0.99, [0.99])
    slider.value = 1.5
    assert (number.value, calls) == (1.5, [0.99, 1.5])


def test_a_start_between_two_steps_stays_in_the_number_box(show):
    slider = widgets.FloatSlider(0.87, min=-2.0, max=2.0, step=0.05)  # a browser would move it to its nearest step
    live_picture = show(Gradients(), w_h=slider)
    _, number = live_picture.rows[0].children
    assert (slider.value, number.value) == (0.85, 0.87)
    assert live_picture.sentence.startswith("w_h = 0.87:")


def test_the_steps_of_a_float_slider_leave_no_crumbs(show):
    live_picture = show(Gradients(), w_h=(-2.0, 2.0, 0.05))
    slider, number = live_picture.rows[0].children
    slider.value = 0.1 + 0.2
    assert number.value == 0.3
    assert live_picture.sentence.startswith("w_h = 0.3:")


class Stubborn:
    """A picture that can't draw 13."""

    alt = 'A number, <20 & "whole".'

    def __init__(self):
        self.figure = Figure(figsize=(2, 1), dpi=72)
        self.number = self.figure.text(0.5, 0.5, "", animated=True)

    def update(self, number=1):
        if number == 13:
            raise ValueError("no <13> here")
        self.number.set_text(str(number))
        return f"The number is {number} & <20."


def test_an_error_is_shown_to_the_reader_and_goes_when_it_is_over(show):
    live_picture = show(Stubborn(), number=(0, 20))
    live_picture.controls["number"].value = 13
    assert 'role="alert"' in live_picture.error.value
    assert "no &lt;13&gt; here" in live_picture.error.value
    assert live_picture.sentence == "The number is 1 & <20."
    live_picture.controls["number"].value = 14
    assert live_picture.error.value == ""
    assert live_picture.sentence == "The number is 14 & <20."


def test_an_error_in_the_first_drawing_is_an_error_of_the_cell():
    with pytest.raises(ValueError, match="13"):
        live(Stubborn(), number=widgets.IntSlider(13, min=0, max=20))


def test_what_a_picture_does_not_know_is_refused():
    with pytest.raises(TypeError, match="no 'speed' to move, only w_h and days"):
        live(Gradients(), speed=(0, 1))
    with pytest.raises(TypeError, match="w_h needs a range"):
        live(Gradients(), w_h=object())


@pytest.mark.parametrize(
    ("abbreviation", "kind"),
    [
        ((0, 20), widgets.IntSlider),
        ((0.0, 2.0), widgets.FloatSlider),
        ([1, 2, 3], widgets.Dropdown),
        ({"one": 1, "two": 2}, widgets.Dropdown),
        (True, widgets.Checkbox),
        (lambda: widgets.BoundedIntText(3), widgets.BoundedIntText),
    ],
)
def test_live_takes_the_abbreviations_of_interact(show, abbreviation, kind):
    abbreviation = abbreviation() if callable(abbreviation) else abbreviation
    assert type(show(Stubborn(), number=abbreviation).controls["number"]) is kind


def test_a_fixed_value_has_no_control(show):
    live_picture = show(Stubborn(), number=widgets.fixed(7))
    assert live_picture.rows == []
    assert live_picture.sentence == "The number is 7 & <20."


def test_a_player_comes_with_a_slider_a_number_box_and_a_button(show):
    live_picture = show(Stubborn(), number=widgets.Play(value=1, min=1, max=3))
    slider, number, one_step, play = live_picture.rows[0].children
    assert (slider.description, number.description) == ("number", "number")
    one_step.click()
    assert (slider.value, number.value, play.value, live_picture.sentence) == (2, 2, 2, "The number is 2 & <20.")
    play.value = 3
    one_step.click()
    assert (slider.value, number.value, play.value, live_picture.sentence) == (3, 3, 3, "The number is 3 & <20.")


def test_hundreds_of_moves_leave_nothing_behind(show):
    live_picture = show(Gradients(), w_h=(-2.0, 2.0, 0.05))
    figure = live_picture.picture.figure
    artists, models = len(figure.findobj()), len(widgets.widgets.widget._instances)
    for k in range(400):
        live_picture.controls["w_h"].value = (k % 81) * 0.05 - 2
    assert len(figure.findobj()) == artists
    assert len(widgets.widgets.widget._instances) == models

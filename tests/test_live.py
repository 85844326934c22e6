"""Every live picture, moved as a reader moves it, and the bridge that carries it."""

import gc
import struct
import tracemalloc
from functools import lru_cache

import ipywidgets as widgets
import numpy as np
import pytest
from course import Panel, walk
from matplotlib.figure import Figure

from statland.live import Control, live
from statland.pictures.gradients import Gradients

LRU_CACHE = type(lru_cache(len))


def test_every_live_picture_keeps_up_with_a_random_walk(shown, notebook):
    rng = np.random.default_rng(50)
    for live_picture in shown:
        first = live_picture.moving.value
        seen = {}
        for values in walk(live_picture, rng, 200):
            assert live_picture.error.value == "", (notebook.stem, values, live_picture.error.value)
            assert live_picture.sentence.endswith(".")
            assert live_picture.frame.get("aria-label") == f"{live_picture.picture.alt} {live_picture.sentence}"
            assert "nan" not in live_picture.moving.value
            state = tuple(control.value for control in live_picture.controls.values())
            assert seen.setdefault(state, live_picture.moving.value) == live_picture.moving.value, "not a pure picture"
        assert len(set(seen.values())) > 3, "the picture hardly changes"
        for box, start in live_picture.starts:
            box.value = start
        assert live_picture.moving.value == first, "back at its start, the picture is another"


def test_moves_leave_no_figure_and_no_memory_behind(shown):
    # What is kept up to a number of entries does not grow: matplotlib before 3.11 keeps the sizes of 4096 texts.
    bounded = [one for one in gc.get_objects() if isinstance(one, LRU_CACHE) and one.cache_parameters()["maxsize"]]
    gc.freeze()  # what was there before is not looked through again each time
    left = {}
    for live_picture in shown:
        taken, figures = [], []
        tracemalloc.start()
        for _ in range(4):  # what leaks does so in each round; the first ones fill what is kept for good reason
            moves = len(list(walk(live_picture, np.random.default_rng(2000), 3)))
            for cache in bounded:
                cache.cache_clear()
            gc.collect()
            taken.append(tracemalloc.get_traced_memory()[0])
            figures.append(sum(type(one) is Figure for one in gc.get_objects()))
        tracemalloc.stop()
        left[live_picture.picture] = figures[-1] - figures[0], np.diff(taken).min() / moves
    gc.unfreeze()
    for picture, (figures, memory) in left.items():
        assert figures == 0, picture
        assert memory < 4096, f"{picture}: {memory:.0f} bytes a move"  # a frame or an artist is larger


def test_every_live_picture_has_a_named_number_box_beside_each_slider(shown):
    for live_picture in shown:
        for row in live_picture.rows:
            control = row.children[0]
            if isinstance(control, (widgets.FloatSlider, widgets.IntSlider)):
                number = row.children[1]
                assert number.description == control.description != ""
                assert not control.readout
                assert (number.min, number.max) == (control.min, control.max)
                assert abs(control.value - number.value) <= control.step / 2


@pytest.fixture
def drawn(monkeypatch):
    """All figures, in the order in which they are drawn from now on."""
    figures, draw = [], Figure.draw
    monkeypatch.setattr(Figure, "draw", lambda figure, *how: (figures.append(figure), draw(figure, *how))[1])
    return figures


def test_every_live_picture_carries_a_png_and_its_sentence_and_is_drawn_three_times(drawn, all_pictures):
    for picture in all_pictures:
        live_picture = Panel(picture.picture, picture.controls)
        assert drawn == [picture.picture.figure] * 3, "once for its layout, once for the still part, once for the PNG"
        drawn.clear()
        assert live_picture.words == live_picture.sentence
        assert live_picture.png.startswith(b"\x89PNG")
        assert struct.unpack(">II", live_picture.png[16:24]) > (1000, 500)


def test_slider_and_number_box_move_each_other_and_draw_once(show):
    calls = []

    class Counted(Gradients):
        def update(self, w_h=0.9, days=50):
            calls.append(w_h)
            return super().update(w_h, days)

    live_picture = show(Counted(), w_h=(0.0, 2.0, 0.05))
    slider, number = live_picture.rows[0].children
    calls.clear()
    number.value = 0.99  # finer than the slider's steps: the slider goes to its nearest
    assert (slider.value, calls) == (1.0, [0.99])
    slider.value = 1.0000000000000002  # what the browser may send back
    assert (number.value, calls) == (0.99, [0.99])
    slider.value = 1.5
    assert (number.value, calls) == (1.5, [0.99, 1.5])


def test_a_start_between_two_steps_stays_in_the_number_box(show):
    slider = widgets.FloatSlider(0.87, min=0.0, max=2.0, step=0.05)  # a browser would move it to its nearest step
    live_picture = show(Gradients(), w_h=slider)
    _, number = live_picture.rows[0].children
    assert (slider.value, number.value) == (0.85, 0.87)
    assert live_picture.sentence.startswith("w_h = 0.87:")


def test_the_steps_of_a_float_slider_leave_no_crumbs(show):
    live_picture = show(Gradients(), w_h=(0.0, 2.0, 0.05))
    slider, number = live_picture.rows[0].children
    slider.value = 0.1 + 0.2
    assert number.value == 0.3
    assert live_picture.sentence.startswith("w_h = 0.3:")


def test_nothing_has_a_sign_before_zero(show):
    live_picture = show(Gradients(), w_h=(-2.0, 2.0, 0.05))
    live_picture.controls["w_h"].value = -0.0
    assert live_picture.sentence.startswith("w_h = 0:")


def test_a_very_small_number_is_no_crumb(show):
    live_picture = show(Gradients(), w_h=(0.0, 2.0, 0.05))
    slider, number = live_picture.rows[0].children
    number.value = 1e-14
    assert live_picture.sentence.startswith("w_h = 1e-14:")
    assert (slider.value, number.value) == (0.0, 1e-14)
    assert Control(Gradients(), "w_h", (-0.3, 0.3, 0.1)).choices == [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]
    assert Control(Gradients(), "w_h", (1e-14, 3e-14, 1e-14)).choices == [1e-14, 2e-14, 3e-14]


def test_a_slider_never_goes_beyond_its_end(show):
    assert Control(Stubborn(), "number", (0, 11, 4)).choices == [0, 1, 4, 8]
    live_picture = show(Stubborn(), number=widgets.IntSlider(5, min=0, max=11, step=4))
    slider, number = live_picture.rows[0].children
    assert (slider.value, number.value, live_picture.sentence) == (4, 5, "The number is 5 & <20.")
    number.value = 11
    assert (slider.value, number.value) == (8, 11)


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
    for range_ in ((0.0, np.inf), (0.0, 2.0, np.nan), widgets.FloatSlider(1.0, min=0.0, max=np.inf)):
        with pytest.raises(ValueError, match="w_h needs a range of finite numbers, not "):
            live(Gradients(), w_h=range_)


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


def test_hundreds_of_moves_leave_nothing_behind(show, monkeypatch):
    live_picture = show(Gradients(), w_h=(0.0, 2.0, 0.05))
    monkeypatch.setattr(widgets.Widget, "open", lambda widget: pytest.fail("a move has made a new widget"))
    figure = live_picture.picture.figure
    artists = len(figure.findobj())
    for k in range(400):
        live_picture.controls["w_h"].value = (k % 41) * 0.05
    assert len(figure.findobj()) == artists

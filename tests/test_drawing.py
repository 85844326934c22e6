"""A figure in two layers: what moves stands where matplotlib itself would draw it, whatever figure it is."""

import io
import re

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.text import Text

import statland.drawing
from statland.drawing import Drawing
from statland.pictures.gradients import Gradients


def example(aspect="auto", **properties):
    """A figure with a little of everything that may move."""
    figure = Figure(figsize=(4, 3), **properties)
    left, right = figure.subplots(1, 2)
    left.set_aspect(aspect)
    left.set(ylabel="a long name", xlabel="days", title="left")
    right.plot([1, 2, 3], [1e-5, 2e-5, 4e-5])
    right.plot([1, 2, 3], [4e-5, 1e-5, 2e-5], "D-", animated=True, clip_on=False)
    left.text(0.5, 0.5, "1.98", animated=True, ha="right")
    left.text(0.2, 0.2, "behind", animated=True, zorder=-1)
    figure.text(0.9, 0.9, "98765\n4", ha="right", va="center", rotation=30, animated=True)
    return figure


def drawn(svg):
    """The texts and paths of an SVG, without names of ids."""
    svg = re.sub(r' id="[^"]*"|\s+', " ", svg)
    return re.findall(r"<text[^>]*>[^<]*|<path d=[^>]*>|<use[^>]*>", re.sub(r"#\w+", "", svg))


@pytest.mark.parametrize("how", [{}, {"dpi": 200}, {"layout": "constrained"}, {"layout": "tight"}, {"aspect": "equal"}])
def test_what_moves_stands_where_matplotlib_draws_it_in_the_whole(how):
    figure, whole = example(**how), example(**how)
    dots = figure.get_dpi()
    moving = drawn("".join(Drawing(figure).moving("")))
    assert figure.get_dpi() == dots
    assert len(moving) >= 8
    whole.draw_without_rendering()
    whole.set_layout_engine("none")  # the same layout, whatever dots the file is saved with
    for artist in whole.findobj(Artist.get_animated):
        artist.set_animated(False)
    file = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none"}):
        whole.savefig(file, format="svg")
    assert [piece for piece in moving if piece not in drawn(file.getvalue())] == []


def test_a_piece_for_each_artist_those_in_front_last_and_one_that_they_share():
    drawing = Drawing(example())
    *pieces, shared = drawing.moving("")
    assert ["behind" in piece for piece in pieces] == [True, False, False, False]
    assert [len(re.findall("<text", piece)) for piece in pieces] == [1, 0, 1, 2]
    assert "<text" not in shared


def test_what_stands_still_leaves_out_what_moves_and_hides_nothing_for_good():
    picture = Gradients()
    bare = Gradients().figure
    for artist in bare.findobj(Artist.get_animated):
        artist.remove()
    assert Drawing(picture.figure).still() == Drawing(bare).still()
    assert all(artist.get_visible() for artist in picture.figure.findobj(Artist.get_animated))


def test_the_png_shows_all_that_moves_in_axes_or_beside_them():
    def without(words):
        figure = example()
        [text] = figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_text() == words)
        text.set_visible(False)
        return Drawing(figure).png("Words.")

    whole = Drawing(example()).png("Words.")
    assert whole != without("1.98")
    assert whole != without("98765\n4")


def test_a_save_that_fails_leaves_no_artist_hidden_and_no_caption_behind(monkeypatch):
    figure = example()
    drawing, artists = Drawing(figure), len(figure.findobj())

    def fail(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(figure, "savefig", fail)
    for save in (drawing.still, lambda: drawing.png("Some words.")):
        with pytest.raises(OSError, match="no room"):
            save()
    assert all(artist.get_visible() for artist in drawing.artists)
    assert len(figure.findobj()) == artists
    assert all(artist.get_animated() for artist in drawing.artists)


def test_a_figure_in_three_dimensions_is_refused_in_a_sentence():
    figure = Figure()
    figure.add_subplot(projection="3d")
    with pytest.raises(ValueError, match=r"three dimensions can't be drawn in two layers\.$"):
        Drawing(figure)


def test_digits_are_measured_once_and_stand_where_matplotlib_would_put_them(all_pictures, monkeypatch):
    """This goes red, too, when matplotlib changes what `Renderer` uses of it."""
    formula = Figure(figsize=(3, 2), dpi=72)
    formula.text(0.5, 0.5, "$10^{25}$", ha="right", va="center", animated=True)
    for figure in [formula, *(shown.picture.figure for shown in all_pictures)]:
        ours = "".join(Drawing(figure).moving(""))
        with monkeypatch.context() as patch:
            patch.setattr(statland.drawing, "Renderer", RendererSVG)
            theirs = "".join(Drawing(figure).moving(""))
        number = r"-?\d+\.\d+"
        assert re.sub(number, "#", ours) == re.sub(number, "#", theirs)
        places = [np.array(re.findall(number, svg), dtype=float) for svg in (ours, theirs)]
        np.testing.assert_allclose(*places, rtol=0, atol=0.01)  # points

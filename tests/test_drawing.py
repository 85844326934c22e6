"""A figure in two layers: what moves stands where matplotlib itself would draw it, whatever figure it is."""

import io
import re
import threading
import xml.etree.ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

import statland.svg
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
    right.plot([1, 2, np.nan, 3, np.nan, 2, 3], [1e-5, 2e-5, 0, 1e-5, 0, 3e-5, 4e-5], "--", animated=True)
    left.add_patch(Circle((0.7, 0.7), 0.2, animated=True))
    left.text(0.5, 0.5, "1.98", animated=True, ha="right")
    left.text(0.2, 0.2, "behind", animated=True, zorder=-1)
    figure.text(0.9, 0.9, "98765\n4", ha="right", va="center", rotation=30, animated=True)
    return figure


def places(svg):
    """Where an SVG has its words and the corners of its paths, those of marks that are used again included."""
    found, marks = [], {}
    for element in ET.fromstring(re.sub(r' xmlns="[^"]+"', "", svg)).iter():
        numbers = re.findall(r"-?\d+(?:\.\d+)?", element.get("d", ""))
        corners = np.array(numbers, dtype=float).reshape(-1, 2)
        if element.tag == "path":
            marks[f"#{element.get('id')}"] = corners
        elif element.tag == "use":
            x, y = float(element.get("x", 0)), float(element.get("y", 0))
            corners = marks[element.get("{http://www.w3.org/1999/xlink}href")] + [x, y]
        elif element.tag == "text":
            turned = re.findall(r"-?\d+\.?\d*", element.get("transform", ""))
            x, y = element.get("x", turned and turned[0]), element.get("y", turned and turned[1])
            corners = np.array([[float(x), float(y)]])
        if len(corners):
            found.append((element.text if element.tag == "text" else "a path", corners))
    return found


@pytest.mark.parametrize("how", [{}, {"dpi": 200}, {"layout": "constrained"}, {"layout": "tight"}, {"aspect": "equal"}])
def test_what_moves_stands_where_matplotlib_draws_it_in_the_whole(how):
    figure, whole = example(**how), example(**how)
    dots = figure.get_dpi()
    moving = places(f"<svg>{''.join(Drawing(figure).moving())}</svg>")
    assert figure.get_dpi() == dots
    assert len(moving) >= 10
    whole.draw_without_rendering()
    whole.set_layout_engine("none")  # the same layout, whatever dots the file is saved with
    for artist in whole.findobj(Artist.get_animated):
        artist.set_animated(False)
    file = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none"}):
        whole.savefig(file, format="svg")
    theirs = places(file.getvalue())
    for words, corners in moving:
        alike = [there for others, there in theirs if others == words and there.shape == corners.shape]
        assert any(np.allclose(corners, there, rtol=0, atol=0.011) for there in alike), (words, corners)


def test_a_piece_for_each_artist_those_in_front_last():
    pieces = Drawing(example()).moving()
    assert ["behind" in piece for piece in pieces] == [True, *[False] * 5]
    assert [len(re.findall("<text", piece)) for piece in pieces] == [1, 0, 0, 0, 1, 2]


def test_a_line_with_gaps_keeps_them():
    figure = Figure()
    figure.subplots().plot([1, np.nan, 2, np.nan, 3, 4], [1, np.nan, 2, np.nan, 3, 4], animated=True)
    [piece] = Drawing(figure).moving()
    assert (piece.count("M"), piece.count("L")) == (3, 1)


@pytest.mark.parametrize("marker", ["D", "o", "^", "s", "<"])
@pytest.mark.parametrize("look", [{}, {"mfc": "white", "mew": 2}, {"alpha": 0.3, "mew": 0}, {"clip_on": False}])
def test_many_marks_are_worked_out_once_and_are_those_that_are_drawn_one_by_one(marker, look, monkeypatch):
    figure, worked_out = Figure(), []
    x, y = [*np.linspace(0, 1, 40), np.nan, 2], np.cos([*np.linspace(0, 9, 42)])
    figure.subplots().plot(x, y, marker, ms=7, animated=True, **look)

    def on_page(self, path, *how):
        worked_out.append(path)
        return original(self, path, *how)

    original = statland.svg.Renderer._on_page
    monkeypatch.setattr(statland.svg.Renderer, "_on_page", on_page)
    [together] = Drawing(figure).moving()
    assert len(worked_out) == 1
    monkeypatch.delattr(statland.svg.Renderer, "draw_markers")  # matplotlib's own draws each by itself
    [one_by_one] = Drawing(figure).moving()
    paths = re.findall("<path[^>]*>", together)
    assert len(paths) == 41
    assert paths == re.findall("<path[^>]*>", one_by_one)
    assert together.count("<svg") == ("clip_on" not in look)


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


def test_digits_are_measured_once_and_stand_where_they_would_if_each_were_measured(all_pictures, monkeypatch):
    formula = Figure(figsize=(3, 2), dpi=72)
    formula.text(0.5, 0.5, "$10^{25}$", ha="right", va="center", animated=True)
    for figure in [formula, example(), *(shown.picture.figure for shown in all_pictures)]:
        drawing = Drawing(figure)
        ours = drawing.moving()
        with monkeypatch.context() as patch:
            measure = text_to_path.get_text_width_height_descent
            patch.setattr(statland.svg, "_measured", measure)
            patch.setattr(statland.svg, "DIGITS", {})
            theirs = drawing.moving()
        number = r"-?\d+(?:\.\d+)?"
        assert re.sub(number, "#", str(ours)) == re.sub(number, "#", str(theirs))
        found = [np.array(re.findall(number, str(pieces)), dtype=float) for pieces in (ours, theirs)]
        np.testing.assert_allclose(*found, rtol=0, atol=0.011)  # points


def test_settings_for_files_are_not_for_pictures_and_all_others_are_the_figures_own():
    expected = Drawing(example()).still(), Drawing(example()).png("Words.")
    files = {"bbox": "tight", "transparent": True, "facecolor": "magenta", "dpi": 50, "pad_inches": 1}
    names = {f"savefig.{name}": value for name, value in files.items()} | {"svg.fonttype": "none"}
    with mpl.rc_context(names):
        assert (Drawing(example()).still(), Drawing(example()).png("Words.")) == expected
    with mpl.rc_context({"figure.facecolor": "#123456", "text.color": "#654321"}):
        drawing = Drawing(example())
    assert b"#123456" in drawing.still()
    assert "#654321" in "".join(drawing.moving())


def test_moves_in_another_thread_and_the_readers_cells_do_not_disturb_each_other(show):
    def own():
        figure, ax = plt.subplots()
        ax.plot([1, 2], [3, 4])
        file = io.BytesIO()
        figure.savefig(file, metadata={"Software": None})
        plt.close(figure)
        return file.getvalue()

    shown, quiet, frames, stop = show(Gradients(), w_h=(0.0, 2.0, 0.05)), {}, {}, threading.Event()
    for style in plt.style.available[:6]:
        with plt.style.context(style):
            quiet[style] = own()
    for value in (0.5, 1.5):
        shown.controls["w_h"].value = value
        frames[value] = shown.moving.value
    wrong = []

    def play():
        while not stop.is_set():
            for value, frame in frames.items():
                shown.controls["w_h"].value = value
                wrong.extend([value] * (shown.moving.value != frame))

    player = threading.Thread(target=play)
    player.start()
    try:
        for style in 2 * list(quiet):
            with plt.style.context(style), plt.rc_context({"lines.linewidth": 7.5}):
                Gradients()
                assert mpl.rcParams["lines.linewidth"] == 7.5
            with plt.style.context(style):
                assert own() == quiet[style]
    finally:
        stop.set()
        player.join()
    assert (wrong, shown.error.value) == ([], "")


@pytest.fixture
def rendered(browser):
    """The colours of a page's points, `[y, x]`, 72 of them an inch, when a site allows nothing but what is its own."""
    page = browser.new_page(viewport={"width": 400, "height": 400})

    def colors(body):
        rules = {"Content-Security-Policy": "default-src 'self'; img-src data:", "Content-Type": "text/html"}
        page.route("**/*", lambda route: route.fulfill(body=f"<!DOCTYPE html>{body}", headers=rules))
        page.goto("http://127.0.0.1:9/")
        return plt.imread(io.BytesIO(page.screenshot()))[:, :, :3]

    yield colors
    page.close()


def inline(figure):
    drawing = Drawing(figure)
    (width, height), pieces = drawing.size, "".join(drawing.moving())
    return f'<svg width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">{pieces}</svg>'


def test_a_page_without_styles_shows_every_kind_of_artist_as_matplotlib_does(rendered):
    figure = Figure(figsize=(4, 4), dpi=72)
    boxes = figure.subplots(2, 2, subplot_kw={"xlim": (0, 1), "ylim": (0, 1)})
    boxes[1, 1].remove()
    boxes[0, 0].plot([-1, 2], [-1, 2], "r", lw=9, animated=True)
    boxes[0, 0].text(0.2, 0.7, "AB", color="blue", fontsize=30, animated=True)
    boxes[0, 1].imshow([[0, 1], [1, 0]], extent=(0, 1, 0, 1), animated=True)
    boxes[0, 1].scatter([0.2, 0.8], [0.2, 0.2], 300, ["m", "y"], animated=True)
    boxes[1, 0].bar([0.5], [0.8], 0.6, color="w", edgecolor="g", hatch="//", lw=5, alpha=0.5, animated=True)
    polar = figure.add_subplot(2, 2, 4, projection="polar", rlim=(0, 1))
    polar.plot([0, 0], [0, 5], "k", lw=20, animated=True)
    ours = rendered(f'<body text="black">{inline(figure)}')
    assert ours.shape == (400, 400, 3)
    for artist in figure.findobj():
        artist.set_animated(False)
    for ax in figure.axes:
        ax.patch.set_visible(False)
        ax.set_axis_off()
    file = io.BytesIO()
    figure.savefig(file, dpi=72)
    theirs = plt.imread(io.BytesIO(file.getvalue()))[:, :, :3]
    apart = abs(ours[8:296, 8:296] - theirs).max(axis=2) > 0.35
    assert apart.mean() < 0.02


def test_a_second_view_is_clipped_though_the_first_is_hidden(rendered):
    figure = Figure(figsize=(2, 2))
    ax = figure.add_axes((0.25, 0.25, 0.5, 0.5), xlim=(0, 1), ylim=(0, 1))
    ax.plot([-1, 2], [0.5, 0.5], "r", lw=20, animated=True)
    once = inline(figure)
    shown = rendered(f"{once}<div>{once}</div>")
    hidden = rendered(f"<div hidden>{once}</div><div>{once}</div>")
    red = (hidden == [1, 0, 0]).all(axis=2)
    assert red.sum() == pytest.approx(72 * 20, abs=150), "as wide as the axes"
    assert (shown == [1, 0, 0]).all(axis=2).sum() == 2 * red.sum()

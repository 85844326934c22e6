"""Every live picture of every notebook: its frames are the stored ones, and a reader can read them."""

import json
from itertools import combinations

import numpy as np
import pytest
from course import FRAMES, frames, other_versions, settings
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text

LEAST_CONTRAST = 4.5  # of words against their ground: WCAG 2's least for text
PHONE, LEAST_HEIGHT = 336, 8  # pixels: a picture's width on a phone 360 pixels wide, and the least size of its words


def test_every_frame_is_the_stored_one(notebook, all_pictures):
    if missing := other_versions():
        pytest.skip(f"the stored frames were drawn with {missing}")
    stored = json.loads(FRAMES.read_text(encoding="utf-8"))
    for number, shown in enumerate(all_pictures, start=1):
        here = frames(shown)
        there = stored[f"{notebook.stem}-{number}"]
        changed = [setting for setting in {**there, **here} if here.get(setting) != there.get(setting)]
        assert not changed, f"{shown.picture.alt} looks different at {changed[:5]}: look, then refresh"


def luminance(color):
    """The relative luminance of colours `(..., 3)`, as WCAG 2 defines it."""
    color = np.asarray(color)
    linear = np.where(color <= 0.03928, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def grounds(figure, texts, boxes):
    """The colour on which each text stands: that of most points of its box when no text is drawn."""
    moving = figure.findobj(Artist.get_animated)
    for words in texts:
        words.set_alpha(0)
    for artist in moving:
        artist.set_animated(False)  # or a canvas leaves it out
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    for words in texts:
        words.set_alpha(None)
    for artist in moving:
        artist.set_animated(True)
    points = np.asarray(canvas.buffer_rgba())[::-1, :, :3]
    for box in boxes:
        x0, y0, x1, y1 = np.rint(box.extents).astype(int)
        colors, counts = np.unique(points[max(y0, 0) : y1, max(x0, 0) : x1].reshape(-1, 3), axis=0, return_counts=True)
        yield colors[counts.argmax()] / 255


def never_drawn(figure):
    """The names of ticks beyond the ends of their axis."""
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        low, high = sorted(axis.get_view_interval())
        yield from (tick.label1 for tick in axis.get_major_ticks() if not low - 1e-9 <= tick.get_loc() <= high + 1e-9)


def test_all_words_stand_inside_the_page_on_no_other_words_and_can_be_told_from_their_ground(all_pictures):
    problems = {}
    for shown in all_pictures:
        figure = shown.picture.figure
        for values in settings(shown.controls, at_random=0):
            shown.picture.update(**values)
            figure.draw_without_rendering()  # names of axes find their place
            beyond = set(never_drawn(figure))
            texts = [
                one
                for one in figure.findobj(Text)
                if one.get_visible() and one.get_text().strip() and one not in beyond
            ]
            boxes = [one.get_window_extent().padded(-1.5) for one in texts]
            for words, box in zip(texts, boxes, strict=True):
                if not all(figure.bbox.padded(1).contains(*corner) for corner in box.corners()):
                    problems[f"{words.get_text()!r} leaves the page"] = values
            for (one, here), (other, there) in combinations(zip(texts, boxes, strict=True), 2):
                if here.overlaps(there):
                    problems[f"{one.get_text()!r} stands on {other.get_text()!r}"] = values
            for words in texts:
                if words.get_fontsize() * PHONE / (72 * figure.get_figwidth()) < LEAST_HEIGHT:
                    problems[f"{words.get_text()!r} is too small for a phone"] = values
            for words, ground in zip(texts, grounds(figure, texts, boxes), strict=True):
                dark, light = sorted([luminance(to_rgb(words.get_color())), luminance(ground)])
                if (light + 0.05) / (dark + 0.05) < LEAST_CONTRAST:
                    problems[f"{words.get_text()!r} in {words.get_color()} on {ground.round(2)}"] = values
    assert not problems

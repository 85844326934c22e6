"""A matplotlib figure in two layers, what stands still and what moves, as SVG; and whole, as PNG. No widgets here.

What moves carries matplotlib's own `animated` flag: it is drawn again after each change, and nothing else is. That may
happen in another thread, beside the reader's cells. So to draw what moves neither changes matplotlib's settings, which
all threads share, nor depends on them.
"""

import io
import textwrap
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.transforms import Bbox

from statland.svg import svg

# the reader's settings for files are for the reader's files, and do not move what stands still
FILES = {name: value for name, value in mpl.rcParamsDefault.items() if name.startswith(("savefig.", "svg."))}
FILES["svg.hashsalt"] = "statland"  # the same names in every file


class Drawing:
    """A figure whose animated artists move. Its layout engine, if it has one, runs once, here; then the axes stay.

    A figure with axes in three dimensions is a `ValueError`: what moves there moves its surroundings too.
    """

    def __init__(self, figure):
        if any(ax.name == "3d" for ax in figure.axes):
            raise ValueError("A figure with axes in three dimensions can't be drawn in two layers.")
        figure.draw_without_rendering()  # an aspect or a layout engine moves axes when they are drawn
        figure.set_layout_engine("none")
        self.figure = figure
        self.size = tuple(inches * 72 for inches in figure.get_size_inches())  # width and height in points
        self.artists = sorted(figure.findobj(Artist.get_animated), key=Artist.get_zorder)

    def still(self):
        """Return what stands still, an SVG file."""
        with self._artists(Artist.set_visible, False):
            return self._saved(format="svg", metadata={"Date": None})

    def moving(self):
        """Return what moves as pieces of SVG, one for each artist, those in front last."""
        with self._in_points():
            return [svg(artist, *self.size) for artist in self.artists]

    def png(self, words):
        """Return the whole figure with these words below it, a PNG file."""
        width, height = self.figure.get_size_inches()
        lines = textwrap.wrap(words, round(8.4 * width))
        caption = self.figure.text(0.02, -0.1 / height, "\n".join(lines), fontsize=14, va="top", linespacing=1.3)
        box = Bbox([[0, -0.2 - 0.28 * len(lines)], [width, height]])
        try:
            with self._artists(Artist.set_animated, False):  # a figure leaves out what is animated in no axes
                return self._saved(format="png", dpi=144, bbox_inches=box, metadata={"Software": None})
        finally:
            caption.remove()

    def _saved(self, **how):
        file = io.BytesIO()
        with mpl.rc_context(FILES):
            self.figure.savefig(file, **how)
        return file.getvalue()

    @contextmanager
    def _artists(self, change, value):
        """Change all visible artists that move, for as long as the figure is saved."""
        seen = [artist for artist in self.artists if artist.get_visible()]
        try:
            for artist in seen:
                change(artist, value)
            yield
        finally:
            for artist in seen:
                change(artist, not value)

    @contextmanager
    def _in_points(self):
        """SVG counts in points, 72 an inch; a figure may have other dots."""
        dots = self.figure.get_dpi()
        self.figure.set_dpi(72)
        try:
            yield
        finally:
            self.figure.set_dpi(dots)

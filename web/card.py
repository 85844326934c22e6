"""The course as others see it before they open it: a card where its link is passed on, an icon in a browser's tab."""

import io

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.patches import Arc, Circle, FancyBboxPatch, Polygon
from PIL import Image

BLUE, INK, PAPER = "#0072b2", "#24262b", "#fbfaf7"
SAME = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}  # no version and no date in the file


def card(picture, name, words):
    """Return a PNG of 1200 x 630 pixels, the size that social networks ask for: a picture (PNG), a name, some words."""
    with mpl.rc_context(mpl.rcParamsDefault):
        figure = Figure(figsize=(12, 6.3), dpi=100, facecolor=PAPER)
        figure.text(0.04, 0.86, name, fontsize=44, fontweight="bold", color=INK)
        figure.text(0.04, 0.78, words, fontsize=22, color=INK, va="top", linespacing=1.5)
        ax = figure.add_axes((0.36, 0.04, 0.61, 0.92), anchor="E")
        ax.imshow(imread(io.BytesIO(picture)), interpolation="antialiased")
        ax.set(xticks=[], yticks=[])
        return saved(figure, "png")


def icon(kind):
    """Return the unit that hears its own last state, as "svg" or as "png"."""
    with mpl.rc_context({**mpl.rcParamsDefault, "svg.hashsalt": "icon"}):
        figure = Figure(figsize=(1.92, 1.92), dpi=100, facecolor="none")
        ax = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(0, 1))
        ax.axis("off")
        ax.add_patch(FancyBboxPatch((0.18, 0.18), 0.64, 0.64, "round,pad=0.18", color=BLUE))
        ax.add_patch(Circle((0.5, 0.32), 0.18, color="white"))
        ax.add_patch(Arc((0.5, 0.6), 0.44, 0.44, theta1=-20, theta2=215, lw=11, color="white"))
        ax.add_patch(Polygon([(0.58, 0.54), (0.84, 0.54), (0.66, 0.4)], color="white"))
        return saved(figure, kind, colours=32)  # a page waits for it, too


def saved(figure, kind, colours=None):
    file = io.BytesIO()
    figure.savefig(file, format=kind, metadata=SAME[kind])
    if colours and kind == "png":
        few = Image.open(file).quantize(colours, Image.Quantize.FASTOCTREE)
        few.save(file := io.BytesIO(), format=kind, optimize=True)
    return file.getvalue()

"""What every picture is built from: one colour and one mark per role, text for the back row, arrows with a width."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path


@dataclass(frozen=True)
class Role:
    """How one kind of quantity looks in all notebooks: colours that colour-blind readers can tell apart
    (Okabe and Ito, 2008), and a mark that says the same without colour."""

    color: str
    marker: str


INPUT = Role("#0072B2", "s")
HIDDEN = Role("#009E73", "o")
OUTPUT = Role("#CC79A7", "^")
GRADIENT = Role("#D55E00", "D")
MEMORY = Role("#E69F00", "h")
INK, FAINT = "#222222", "#8a8a8a"
SIZE = 13  # points, on a page 720 points wide


def page(height):
    """Return an empty white figure, 720 points wide; pyplot never hears of it, so it leaves with its picture."""
    return Figure(figsize=(10, height / 72), dpi=72, facecolor="white")


def axes(figure, left, bottom, right, top, **properties):
    """Add axes by the points of their corners; properties as `Axes.set` takes them."""
    width, height = figure.get_size_inches() * 72
    box = (left / width, bottom / height, (right - left) / width, (top - bottom) / height)
    ax = figure.add_axes(box, facecolor="white")
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=SIZE, colors=INK, length=4)
    ax.set(**properties)
    return ax


def canvas(figure, left, bottom, right, top):
    """Add axes without lines or ticks, whose unit is one point, for diagrams."""
    ax = axes(figure, left, bottom, right, top, xlim=(0, right - left), ylim=(0, top - bottom))
    ax.set_axis_off()
    return ax


def text(ax, x, y, words, color=INK, **properties):
    """Write words at x, y; properties as `Axes.text` takes them."""
    return ax.text(x, y, words, **{"color": color, "fontsize": SIZE, "clip_on": False, **properties})


def line(ax, color, **properties):
    """Add a changing line, to be drawn with `set_data`; properties as `Axes.plot` takes them."""
    return ax.plot([], [], color=color, animated=True, **properties)[0]


def points(ax, color, marker, **properties):
    """Add changing marks without a line, to be placed with `set_data`, also on the edge of the axes."""
    return line(ax, color, marker=marker, ls="none", zorder=3, clip_on=False, **properties)


def shapes(ax, color, **properties):
    """Add one changing artist for many shapes, to be drawn with `set_path`; properties as `PathPatch` takes them."""
    look = {"fc": color, "ec": color, "lw": 0, "zorder": 3, "animated": True, "clip_on": False}
    return ax.add_patch(PathPatch(NOTHING, **{**look, **properties}))


def marks(marker, x, y, size):
    """Return one path with a mark at each x, y, as wide as twice the size: many marks cost as little as one."""
    sides = np.linspace(0, 2 * np.pi, round(8 + 1.2 * size), endpoint=False)  # enough for a circle of this size
    circle = np.column_stack([np.cos(sides), np.sin(sides)]).round(6)  # processors differ in the last digit
    corners = np.array(CORNERS.get(marker) or circle)
    return _polygons(np.add.outer(x, size * corners[:, 0]), np.add.outer(y, size * corners[:, 1]))


def arrows(starts, ends, y, thickness):
    """Return one path with a level arrow from each start to each end; those too thin to be seen are left out."""
    starts, ends, half = (np.asarray(values)[thickness > 0.05, None] for values in (starts, ends, thickness / 2))
    length = abs(ends - starts)
    head = half + np.minimum(np.minimum(half, 5), 0.2 * length)  # half the width of the head
    neck = ends + np.sign(starts - ends) * np.minimum(0.7 * length, 1.5 * head)
    x = np.hstack([starts, neck, neck, ends, neck, neck, starts])
    up = np.hstack([half, half, head, 0 * half, -head, -half, -half])
    return _polygons(x, y + up)


def bars(left, right, low, high):
    """Return one path with a bar for each set of four edges."""
    return _polygons(np.column_stack([left, right, right, left]), np.column_stack([high, high, low, low]))


def routes(*ways, head=7):
    """Return one path with a thin arrow along each way, a list of corners, for shapes that have a line width."""
    corners, codes = [], []
    for way in (np.array(way, dtype=float) for way in ways):
        along = (way[-1] - way[-2]) / np.hypot(*(way[-1] - way[-2]))
        neck, aside = way[-1] - 1.6 * head * along, 0.7 * head * np.array([-along[1], along[0]])
        there = [*way[:-1], neck]
        for polygon in ([*there, *there[::-1]], [way[-1], neck + aside, neck - aside, way[-1]]):  # back: no inside
            corners += polygon
            codes += [Path.MOVETO, *[Path.LINETO] * (len(polygon) - 2), Path.CLOSEPOLY]
    return Path(corners, codes) if ways else NOTHING


def number(value):
    """Write a value with at most three decimals, no needless zeros, and no minus before nothing."""
    return f"{round(float(value), 3) + 0.0:.4g}"


def brief(value, digits=4):
    """Write a value with so many digits, and a power of ten as Python reads it: 5.63e14."""
    return f"{value:.{digits}g}".replace("e+", "e")


def power(exponent):
    """Write a power of ten for an axis, in plain text: formulas would cost more time than the rest of the picture."""
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")) if exponent else "1"


def _polygons(x, y):
    """Return one path with a closed polygon through the corners in each row of x and y."""
    if not len(x):
        return NOTHING
    corners = np.stack([x, y], axis=-1)
    corners = np.concatenate([corners, corners[:, :1]], axis=1).reshape(-1, 2)
    return Path(corners, np.tile([Path.MOVETO, *[Path.LINETO] * (x.shape[1] - 1), Path.CLOSEPOLY], len(x)))


NOTHING = Path(np.empty((0, 2)))
CORNERS = {
    "s": [(-1, -1), (-1, 1), (1, 1), (1, -1)],
    "D": [(-1, 0), (0, 1), (1, 0), (0, -1)],
    "^": [(-1, -1), (0, 1), (1, -1)],
    "v": [(-1, 1), (0, -1), (1, 1)],
    "h": [(-1, 0), (-0.5, 0.9), (0.5, 0.9), (1, 0), (0.5, -0.9), (-0.5, -0.9)],
    "x": [(-1, -1), (1, 1), (0, 0), (-1, 1), (1, -1), (0, 0)],
}

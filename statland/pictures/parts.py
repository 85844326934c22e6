"""What every picture is built from: one colour and one mark per role, text for the back row, arrows with a width.

Ways to write a number: `number` for prices, weights and states; `brief`, with a power of ten, or `full`, without one,
for what may be very large; `f"{value:z.2f}"` where a column needs a fixed width ("z": no minus before zero).
"""

from dataclasses import dataclass

import matplotlib.style
import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from statland.prices import is_right


@dataclass(frozen=True)
class Role:
    """How one kind of quantity looks in all notebooks: colours that colour-blind readers can tell apart
    (Okabe and Ito, 2008), the same darker for words, and a mark that says the same without colour."""

    color: str
    marker: str
    ink: str = "#222222"


INPUT = Role("#0072B2", "s", "#0067A1")
HIDDEN = Role("#009E73", "o", "#007353")
OUTPUT = Role("#CC79A7", "^", "#A23F76")
GRADIENT = Role("#D55E00", "D", "#AD4C00")
MEMORY = Role("#E69F00", "h", "#8A5F00")
INK, QUIET, FAINT = "#222222", "#555555", "#8a8a8a"  # text and what counts; lesser text; lines behind it
ROAD, RULE, BAND = "#c4c4c4", "#dddddd", "#ececec"  # ways not taken yet; thin rules; areas with a meaning of their own
PALE = "#d3ebe2"  # the empty part of a vessel
AMBER, BLUSH = "#f7e3b8", "#f4c8a8"  # the colours of MEMORY and of GRADIENT, paler, for areas
SIZE, BIG = 13, 17  # points: on a page 540 points wide, 8 and more than 10 pixels of a phone 360 pixels wide
VALUE = {"fontsize": BIG, "weight": "bold"}  # what the picture is about


# Decorates whatever makes artists of a picture: it runs with matplotlib's default settings instead of the reader's.
# These are put back after it, and no other thread may look at them meanwhile: `update` does not.
with_defaults = matplotlib.style.context(["default", {"font.family": "DejaVu Sans", "svg.hashsalt": "statland"}])


class Page(Figure):
    """A figure that looks the same whatever the reader's settings are."""

    @with_defaults
    def draw(self, renderer):
        for artist in self.findobj():  # a path keeps the settings of its birth, which may have been in `update`
            if isinstance(artist, Line2D):
                artist.recache(always=True)
            elif isinstance(artist, PathPatch):
                artist.set_path(Path(artist.get_path().vertices, artist.get_path().codes))
        super().draw(renderer)

    @with_defaults
    def findobj(self, *which):
        return super().findobj(*which)  # makes ticks, where there are none yet

    @with_defaults
    def text(self, *where, **properties):
        return super().text(*where, **properties)


def page(height):
    """Return an empty white figure, 540 points wide; pyplot never hears of it, so it leaves with its picture."""
    return Page(figsize=(7.5, height / 72), dpi=72, facecolor="white")


def axes(figure, left, bottom, right, top, **properties):
    """Add axes by the points of their corners; properties, the axes' names among them, as `Axes.set` takes them."""
    width, height = figure.get_size_inches() * 72
    box = (left / width, bottom / height, (right - left) / width, (top - bottom) / height)
    ax = figure.add_axes(box, facecolor="white")
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=SIZE, colors=INK, length=4)
    ax.set(**properties)
    for axis in (ax.xaxis, ax.yaxis):
        axis.label.set(fontsize=SIZE, color=INK)
    return ax


def canvas(figure, left, bottom, right, top):
    """Add axes without lines or ticks, whose unit is one point, for diagrams."""
    ax = axes(figure, left, bottom, right, top, xlim=(0, right - left), ylim=(0, top - bottom), xticks=[], yticks=[])
    ax.set_axis_off()
    return ax


def text(ax, x, y, words, color=INK, **properties):
    """Write words at x, y; properties as `Axes.text` takes them."""
    return ax.text(x, y, words, **{"color": color, "fontsize": SIZE, "clip_on": False, **properties})


def above(ax, words, x=0, y=1.04, **properties):
    """Write words above axes: x and y are shares of their width and height; properties as `Axes.text` takes them."""
    return text(ax, x, y, words, **{"transform": ax.transAxes, "va": "bottom", "ha": "right", **properties})


def line(ax, color, **properties):
    """Add a changing line, to be drawn with `set_data`; properties as `Axes.plot` takes them."""
    look = {"mec": color, **properties}  # not "auto", which asks the settings of the moment
    return ax.plot([], [], color=color, animated=True, **look)[0]


def points(ax, color, marker, **properties):
    """Add changing marks without a line, to be placed with `set_data`, also on the edge of the axes."""
    return line(ax, color, marker=marker, ls="none", zorder=3, clip_on=False, **properties)


def shapes(ax, color, **properties):
    """Add one changing artist for many shapes, to be drawn with `set_path`; properties as `PathPatch` takes them."""
    look = {"fc": color, "ec": color, "lw": 0, "zorder": 3, "animated": True, "clip_on": False}
    return ax.add_patch(PathPatch(NOTHING, **{**look, **properties}))


def marks(marker, x, y, size):
    """Return one path with a mark at each x, y, as wide as twice the size: many marks cost as little as one.

    One of the two may be the same number for all.
    """
    x, y = map(np.ravel, np.broadcast_arrays(x, y))
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


def ghost(*artists):
    """Leave faint copies of what these lines and shapes show now. They stand still: what has changed can be seen."""
    for artist in artists:
        if isinstance(artist, PathPatch):
            look = {"fc": "none", "lw": 1, "zorder": 1.5, "animated": False}
            shapes(artist.axes, ROAD, **look).set_path(artist.get_path())
        else:
            look = {"marker": artist.get_marker(), "ms": artist.get_markersize(), "ls": artist.get_linestyle()}
            artist.axes.plot(*artist.get_data(), color=ROAD, lw=artist.get_linewidth(), zorder=1.5, **look)


def arc(start, end, foot, rise):
    """Return a path from one place to another on the same level, in an arc whose handles rise so far above it."""
    return curve((start, foot), (start, foot + rise), (end, foot + rise), (end, foot))


def curve(*corners):
    """Return a smooth path from the first of four corners to the last, drawn to the two between."""
    return Path(corners, [Path.MOVETO, *[Path.CURVE4] * 3])


def bars(left, right, low, high):
    """Return one path with a bar for each set of four edges; some may be the same number for all."""
    left, right, low, high = map(np.ravel, np.broadcast_arrays(left, right, low, high))
    return _polygons(np.column_stack([left, right, right, left]), np.column_stack([high, high, low, low]))


def pointed(x, half, foot, heights, tip):
    """Return one path with a bar at each x, half so wide, which starts at its foot and points the way its height goes,
    up or down, with a tip so long."""
    x, half, foot, heights, tip = map(np.ravel, np.broadcast_arrays(x, half, foot, heights, tip))
    shoulder = heights - np.sign(heights) * np.minimum(tip, abs(heights) / 2)
    up = np.column_stack([0 * x, shoulder, heights, shoulder, 0 * x])
    return _polygons(x[:, None] + np.multiply.outer(half, [-1, -1, 0, 1, 1]), up + foot[:, None])


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


class Nodes:
    """The unit's days as circles: filled where ReLU is open, white where it is shut."""

    def __init__(self, ax, edge=INK, lw=1.5, zorder=3):
        self.open = shapes(ax, HIDDEN.color, zorder=zorder)
        self.shut = shapes(ax, edge, fc="white", lw=lw, zorder=zorder)

    def show(self, x, y, is_open, size):
        """Show a circle of this size at each x, y; one of the two may be the same number for all."""
        x, y = np.broadcast_arrays(x, y)
        for circles, chosen in ((self.open, is_open), (self.shut, np.logical_not(is_open))):
            circles.set_path(marks(HIDDEN.marker, x[chosen], y[chosen], size))


class Vessel:
    """The unit on one day: a circle as full as its state, white where ReLU is shut, grey until it is computed."""

    FULL = 2.0  # StatLand's weights keep every state below it: what comes back from yesterday is taken away

    def __init__(self, ax, size, zorder=3, **look):
        self.size, self.circle = size, marks(HIDDEN.marker, [0], [0], size)
        self.body = shapes(ax, HIDDEN.color, lw=2, zorder=zorder)
        self.level = shapes(ax, HIDDEN.color, zorder=zorder + 0.1)
        look = {"ha": "center", "va": "center", "weight": "bold", "animated": True, **look}
        self.words = text(ax, 0, 0, "", zorder=zorder + 0.2, **look)

    def show(self, x, y, state=None):
        """Show the unit at x, y with its state, None before it is computed."""
        corners = np.round(self.circle.vertices + np.array([x, y]), 1)
        edge, ground = (ROAD, BAND) if state is None else (HIDDEN.color, PALE if state else "white")
        self.body.set_path(Path(corners, self.circle.codes))
        self.body.set_edgecolor(edge)
        self.body.set_facecolor(ground)
        self.level.set_visible(bool(state))
        if state:
            surface = y + self.size * (2 * state / self.FULL - 1)
            filled = np.column_stack([corners[:, 0], np.minimum(corners[:, 1], surface)])
            self.level.set_path(Path(filled, self.circle.codes))
        self.words.set(x=x, y=y, text="" if state is None else number(state))


class Trail:
    """The way of gradient descent: a white circle at the start, a mark after each step, and where a step has left the
    page a triangle on that side of it."""

    def __init__(self, ax, size):
        color = GRADIENT.color
        self.ax, self.way = ax, line(ax, color, lw=1)
        self.start = points(ax, color, "o", ms=14, mfc="white", mew=2)
        self.marks = {marker: points(ax, color, marker, ms=size) for marker in "D<^>"}

    def show(self, x, y):
        """Show the way through these points; return their marks and their places on the page."""
        where, x, y = on_the_page(self.ax, x, y)
        self.way.set_data(x, y)
        self.start.set_data(x[:1], y[:1])
        for marker, shown in self.marks.items():
            shown.set_data(x[1:][where[1:] == marker], y[1:][where[1:] == marker])
        return where, x, y


def on_the_page(ax, x, y):
    """Return for each point the mark of its side, "D" inside the axes, and the place nearest to it inside them."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    where = np.select([x < left, x > right, y < low, y > high], ["<", ">", "v", "^"], "D")
    return where, np.clip(x, left, right), np.clip(y, low, high)


class Gauges:
    """Prices as squares, filled as high as the price: all of it at 1, nothing at 0."""

    def __init__(self, ax, zorder=3, **properties):
        self.squares = shapes(ax, INPUT.color, **{"fc": BAND, "lw": 1.5, "zorder": zorder, **properties})
        self.levels = shapes(ax, INPUT.color, zorder=zorder, **properties)

    def show(self, x, y, prices, size):
        """Show a square of this size for each price at its x, y."""
        x, y, prices = np.broadcast_arrays(x, y, prices)
        self.squares.set_path(marks(INPUT.marker, x, y, size))
        low, full = y - size, prices > 0
        levels = (x - size, x + size, low, low + 2 * size * prices)
        self.levels.set_path(bars(*(edge[full] for edge in levels)))


def verdict(prediction, price):
    """Return in a word whether a prediction is right."""
    return "right" if is_right(prediction, price) else "wrong"


def number(value):
    """Write a value with at most three decimals, no needless zeros, and no minus before nothing."""
    return f"{round(float(value), 3):z.4g}"


def brief(value, digits=4):
    """Write a value with so many digits, and a power of ten as Python reads it: 5.63e14."""
    return f"{value:.{digits}g}".replace("e+", "e")


def full(value, digits=4):
    """Write a value out, however large it is: from a thousand on without decimals, below with so many digits."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.{digits}g}"


def round_numbers(low, high, least):
    """Return the round numbers between low and high, for an axis: 1, 2 or 5 times a power of ten apart, at least this
    far."""
    power = 10.0 ** np.floor(np.log10(least) + 1e-9)
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= least * (1 - 1e-9))
    return step * np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) + 0.0  # no minus before 0


def power(exponent):
    """Write a power of ten for an axis, in plain text: formulas would cost more time than the rest of the picture."""
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")) if exponent else "1"


def polygon(corners):
    """Return one path around these corners `(N, 2)`."""
    x, y = np.transpose(corners)
    return _polygons(x[None], y[None])


def valves(x, y, opening, reach):
    """Return one path with a valve at each x, for shapes that have a line width: two plates that leave this share open
    of a pipe, which reaches so far from y to both sides. Their ends stand outside it, so that an open valve is seen."""
    x, opening = np.broadcast_arrays(np.atleast_1d(x), opening)
    edge = np.full(len(x), 1.3)
    heights = y + reach * np.stack([edge, opening, -edge, -opening], axis=-1)
    return Path(np.stack([np.repeat(x, 4), heights.ravel()], axis=-1), np.tile([Path.MOVETO, Path.LINETO], 2 * len(x)))


def ghost_ends(artist, thickness):
    """Leave faint copies of the ends of the bars that this artist shows now: so thick, and a little narrower than the
    bars, so that a bar as long as before hides its own. Bars too short to be seen leave none."""
    (left, end), (right, foot) = artist.get_path().vertices.reshape(-1, 5, 2)[:, [0, 2]].transpose(1, 2, 0)
    long, inset = abs(end - foot) > 2 * thickness, 0.08 * (right - left)
    sides = left + inset, right - inset, end - np.sign(end - foot) * thickness, end
    still = {"animated": False, "zorder": 1.5}
    shapes(artist.axes, FAINT, **still).set_path(bars(*(side[long] for side in sides)))


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
    "<": [(1, 1), (-1, 0), (1, -1)],
    "v": [(-1, 1), (0, -1), (1, 1)],
    "h": [(-1, 0), (-0.5, 0.9), (0.5, 0.9), (1, 0), (0.5, -0.9), (-0.5, -0.9)],
    "x": [(-1, -1), (1, 1), (0, 0), (-1, 1), (1, -1), (0, 0)],
}


OUTCOMES = (  # of training, as `training_outcomes` counts them: mark, colour, width of its lines, words
    (HIDDEN.marker, HIDDEN.color, 0, "learned"),
    ("x", QUIET, 2, "shut from the start"),
    ("v", INK, 0, "shut by a step"),
    (GRADIENT.marker, GRADIENT.color, 0, "open, not learned"),
)


class Runs:
    """Where runs of training stand: a disc if learned, a cross if shut on every rule, a diamond if open and not learned
    yet; and a triangle on the edge where a run has left the page."""

    MARKS = np.array(["o", "x", "x", "D"])  # of the outcomes that `training_outcomes` counts

    def __init__(self, ax, size, color=None):
        colors = {"o": HIDDEN.color, "x": INK}
        look = {mark: {"ms": size, "color": color or colors.get(mark, GRADIENT.color)} for mark in "oxD^v"}
        self.marks = {mark: points(ax, marker=mark, mew=size / 4 if mark == "x" else 0, **look[mark]) for mark in look}

    def show(self, mark, x, y):
        """Show each mark at its x, y."""
        for name, artist in self.marks.items():
            artist.set_data(x[mark == name], y[mark == name])
            artist.set_visible((mark == name).any())

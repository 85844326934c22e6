"""What every picture is built from: one colour and one mark per role, text for the back row, arrows with a width.

Ways to write a number: `number` for prices, weights and states; `brief`, with a power of ten, or `full`, without one,
for what may be very large; `f"{value:z.2f}"` where a column needs a fixed width ("z": no minus before zero).
"""

from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from matplotlib.figure import Figure
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
SIZE = 13  # points: on a page 540 points wide, 8 pixels of a phone 360 pixels wide


def page(height, width=720):
    """Return an empty white figure of this size in points; pyplot never hears of it, so it leaves with its picture."""
    return Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="white")


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
    ax = axes(figure, left, bottom, right, top, xlim=(0, right - left), ylim=(0, top - bottom))
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


class Copies:
    """The unit once for each day, in a row: weights and arrows that stand still, circles with the states that change.

    A price stands below each copy and a prediction above it; heights are points of the axes.
    """

    PRICE, STATE, PREDICTION = 40, 148, 246
    SIDE, RADIUS = 15, 21

    def __init__(self, ax, x, params):
        self.x = x
        price, state, prediction, row = self.PRICE, self.STATE, self.PREDICTION, np.ones(len(x))
        still = {"animated": False, "zorder": 2}
        for role, starts, low, ends, high in (
            (INPUT, x, price + self.SIDE + 2, x, state - self.RADIUS - 2),
            (OUTPUT, x, state + self.RADIUS, x, prediction - 14),
            (HIDDEN, x[:-1] + self.RADIUS, state, x[1:] - self.RADIUS - 2, state),
        ):
            ways = [((start, low), (end, high)) for start, end in zip(starts, ends, strict=True)]
            shapes(ax, role.color, lw=2, **still).set_path(routes(*ways))
        shapes(ax, INPUT.color, **still).set_path(marks("s", x, price * row, self.SIDE))
        shapes(ax, FAINT, fc="white", lw=1.5, **still).set_path(marks("^", x, prediction * row, 11))  # not asked for
        for day, place in enumerate(x, start=1):
            text(ax, place, price - 28, f"day {day}", ha="center", va="center")
            text(ax, place + 5, price + 40, f"× {number(params.w_x)}", va="center", fontsize=12)
            text(ax, place + 5, prediction - 46, f"× {number(params.w_y)}", va="center", fontsize=12)
        self.nodes = Nodes(ax, edge=HIDDEN.color, lw=2, zorder=6)
        look = {"ha": "center", "va": "center", "fontsize": 12, "animated": True, "zorder": 7}
        self.states = [text(ax, place, state, "", **look) for place in x]

    def show(self, is_open, states):
        """Show as many copies as there are states, and in each of them its state in words."""
        self.nodes.show(self.x[: len(states)], self.STATE, is_open, self.RADIUS)
        for words, state in zip_longest(self.states, states, fillvalue=""):
            words.set_text(state)


class SignedMarks:
    """Marks for values of both signs: filled if positive, white if negative, a triangle on the lower edge of the axis
    if they are below it, a cross if they are exactly 0."""

    def __init__(self, ax, role, lw=0, lw_zero=1.5, zorder=3):
        self.role = role
        looks = {"lw": lw}, {"lw": 1.2, "fc": "white"}, {"lw": lw}, {"lw": lw_zero, "fc": "none"}
        self.positive, self.negative, self.below, self.zero = (
            shapes(ax, role.color, zorder=zorder, **look) for look in looks
        )

    def show(self, x, y, values, inside):
        """Show a mark for each value at its x, y, inside the axis or on its lower edge."""
        for shape, marker, chosen in (
            (self.positive, self.role.marker, inside & (values > 0)),
            (self.negative, self.role.marker, inside & (values < 0)),
            (self.below, "v", ~inside & (values != 0)),
            (self.zero, "x", values == 0),
        ):
            shape.set_path(marks(marker, x[chosen], y[chosen], 4))


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


LEFT, RIGHT, EDGE = 84, 708, 24  # of a chain of days, in points; the first and the last day stand this far inside
SMALLEST, ZERO, DECADE = -16, -19, 7  # power of ten at the foot of the log axis, where zeros stand; points for a power


def log_axis(figure, legend, color):
    """Add the log axis from day 1 to the last day, with a row for zeros at its foot and a legend at its head."""
    ax = canvas(figure, LEFT, 32, RIGHT, 284)
    low, high = (ZERO - 1.5) * DECADE, 16 * DECADE
    ax.set_ylim(low, low + 252)
    ax.set_axis_on()
    ax.set_yticks(np.arange(-15, 16, 5) * DECADE, map(power, range(-15, 16, 5)))
    ax.set_xticks([])
    ax.axhspan(low, (ZERO + 1.5) * DECADE, color=BAND, lw=0)
    ax.axhline(0, color=FAINT, lw=1, ls=(0, (4, 3)))
    text(ax, -8, ZERO * DECADE, "exactly 0", va="center", ha="right")
    for row, words in enumerate(legend):
        text(ax, RIGHT - LEFT, high - 20 * row, words, color=color, va="top", ha="right")
    text(ax, EDGE, low - 6, "day 1", va="top", ha="center")
    text(ax, RIGHT - LEFT - EDGE, low - 6, "last day", va="top", ha="center")
    return ax


def heights(values):
    """Return where each value stands on the log axis, in points, and which of them stand inside it."""
    powers = np.log10(abs(values), out=np.full(len(values), ZERO, dtype=float), where=values != 0)
    inside = (values != 0) & (powers >= SMALLEST)
    return DECADE * np.where(values == 0, ZERO, np.maximum(powers, SMALLEST)), inside


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
    "<": [(1, 1), (-1, 0), (1, -1)],
    "v": [(-1, 1), (0, -1), (1, 1)],
    "h": [(-1, 0), (-0.5, 0.9), (0.5, 0.9), (1, 0), (0.5, -0.9), (-0.5, -0.9)],
    "x": [(-1, -1), (1, 1), (0, 0), (-1, 1), (1, -1), (0, 0)],
}

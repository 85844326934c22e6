"""The error surface of one unit without prices, with its cliff: a ball that follows the gradient, the unit's state from
day to day, and two balls, one of them with clipped steps.

Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013), figure 6.
"""

from functools import lru_cache

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.path import Path

from statland.checks import shows
from statland.learning import gradient_descent
from statland.pictures import parts
from statland.pictures.parts import GRADIENT, HIDDEN, OUTPUT, brief
from statland.sigmoid_unit import START, TARGET, SigmoidParams, edge, error_and_gradient, error_surface, sigmoid_states

W, B = (3.0, 7.0), (-4.0, -1.0)  # the weights and biases that the map holds
ERRORS = LinearSegmentedColormap.from_list("errors", ["white", OUTPUT.color])  # the more pink, the larger the error
HIGHEST = 0.45  # of the colours
THRESHOLD, STEPS = 1.0, 40
BOLD = {**parts.VALUE, "animated": True}


class Cliff:
    """The steps of gradient descent on the map of the error, and the unit's state over 50 days where the ball is."""

    alt = "A map of the error over w and b with a cliff across it and a ball on it, and the state over 50 days."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(326)
        self.map, self.states = Map(self.figure, 52, 304), States(self.figure, 368, 530)
        self.update()
        parts.ghost(self.states.path)

    @shows(step=(0, STEPS))
    def update(self, step=8):
        """Show the ball after these steps at the rate 1; return where it is and how long the last step was."""
        path, errors = walked(step, 1.0)
        self.map.show(path)
        w, b = path[-1]
        at = f"w = {w:.2f}, b = {b:.2f}"
        self.states.show(SigmoidParams(w, b))
        if not step:
            self.map.words.set_text("start")
            return f"The start: {at}, error {errors[0]:.3f}."
        far = lengths(path)[-1]
        self.map.words.set_text(f"step {step}: {brief(far, 3)} long")
        wide = f", {far / np.ptp(W):.0f} times the width of the map" if far > np.ptp(W) else ""
        return f"After step {step}: {at}, error {errors[-1]:.3f}. This step was {brief(far, 3)} long{wide}."


class Fork:
    """A ball that the reader moves over the map, and the unit's state over 50 days at the ball's w and b; thin, the
    states at other biases, which stand as dots above and below the ball."""

    alt = "A map of the error over w and b with a ball on it; the state over 50 days there, and for other biases."
    BIASES = np.linspace(*B, 21)
    DAYS = np.array([*range(17), 18, 20, 25, 30, 50])  # enough for thin lines

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(326)
        self.map, self.states = Map(self.figure, 52, 304), States(self.figure, 368, 530)
        self.dots = parts.shapes(self.map.canvas, parts.INK, zorder=2.5)
        self.others = parts.shapes(self.states.path.axes, HIDDEN.color, fc="none", lw=0.9, alpha=0.55, zorder=1.9)
        self.by_hand = {"w": self.map.ax.xaxis, "b": self.map.ax.yaxis}
        self.update()

    @shows(w=W, b=B)
    def update(self, w=3.25, b=-3.4):
        """Show the ball at this w and b; return where the state goes from there."""
        self.map.show(np.array([(w, b)]))
        left, bottom, right, top = self.map.box
        x, y = left + (w - W[0]) / np.ptp(W) * (right - left), np.linspace(bottom, top, len(self.BIASES))
        self.dots.set_path(parts.marks("o", x, y, 1.5))
        states = sigmoid_states(SigmoidParams(w, self.BIASES))[self.DAYS].T.round(3)
        self.others.set_path(ways(self.DAYS, states))
        h, error = self.states.show(SigmoidParams(w, b))
        days = f"{h[0]:.3f} before day 1, {h[5]:.3f} after day 5, {h[-1]:.3f} after day 50"
        return f"w = {w:g}, b = {b:g}: the state is {days}. The error is {error:.3f}."


class TwoBalls:
    """Two balls from the same start, at the same rate: the steps of the second one are clipped."""

    alt = "Two maps of the error, each with a ball on its way from the same start: left unclipped, right clipped."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(326)
        self.maps = [Map(self.figure, left, left + 216, top=252) for left in (46, 316)]
        for panel, words in zip(self.maps, ("without clipping", "clipped at 1"), strict=True):
            parts.text(panel.canvas, panel.box[0], 284, words, va="bottom")

    @shows(step=(0, STEPS), rate=(0.05, 1.0))
    def update(self, step=8, rate=1.0):
        """Show both balls after these steps at this rate; return where they are."""
        places = []
        for panel, threshold in zip(self.maps, (np.inf, THRESHOLD), strict=True):
            path, errors = walked(step, rate, threshold)
            panel.show(path)
            far = lengths(path)[-1] if step else 0.0
            panel.words.set_text(f"step {step}: {brief(far, 3)} long" if step else "start")
            w, b = path[-1]
            places.append(f"w = {w:.2f}, b = {b:.2f}, error {errors[-1]:.3f}")
        return f"After step {step} at rate {rate:g}: without clipping {places[0]}; clipped {places[1]}."


class Map:
    """The error by colours, in points of the page. When the ball leaves the map, the view grows and the map shrinks."""

    def __init__(self, figure, left, right, top=286, bottom=48):
        self.box = left, bottom, right, top
        ax = self.ax = parts.axes(figure, *self.box, xlim=W, ylim=B, xticks=[], yticks=[])
        width, height = figure.get_size_inches() * 72
        w, b, errors = error_map()
        look = {"cmap": ERRORS, "vmin": 0, "vmax": HIGHEST, "aspect": "auto", "origin": "lower"}
        ax.imshow(errors, extent=(*W, *B), interpolation="none", **look)
        ax.contour(w, b, errors, [0.02, 0.3, 0.4], colors=[OUTPUT.color, OUTPUT.ink, OUTPUT.ink]).set_linewidth(0.8)
        ax.plot(W, edge(W), color=parts.INK, lw=1.5, ls=(0, (4, 3)))
        self.canvas = canvas = parts.canvas(figure, 0, 0, width, height)
        parts.text(canvas, (left + right) / 2, 2, "weight w", va="bottom", ha="center")
        parts.text(canvas, left - 42, (bottom + top) / 2, "bias b", va="center", rotation=90)

        self.ground = parts.shapes(canvas, "white", zorder=2)
        self.low, self.high = (
            parts.shapes(canvas, ERRORS(share), ec=parts.INK, lw=0.8, zorder=2.1) for share in (0.1, 0.85)
        )
        self.ring = parts.shapes(canvas, parts.INK, fc="none", lw=1.5)
        self.rules = parts.shapes(canvas, parts.INK, fc="none", lw=0.8)
        self.ticks = [
            [parts.text(canvas, left - 7, bottom - 7, "", animated=True, **look) for _ in range(5)]
            for look in ({"ha": "center", "va": "top"}, {"ha": "right", "va": "center"})
        ]
        self.name = parts.text(canvas, 0, 0, "", animated=True, va="center")
        self.way = parts.line(canvas, GRADIENT.color, lw=1.5, zorder=2.5)
        self.steps = parts.shapes(canvas, GRADIENT.color)
        self.start = parts.shapes(canvas, GRADIENT.color, fc="white", lw=2.5)
        self.rest = parts.shapes(canvas, GRADIENT.color, fc="none", lw=1.5)
        self.ball = parts.shapes(canvas, GRADIENT.color, ec="white", lw=1.5, zorder=4)
        self.words = parts.text(canvas, left, top + 7, "", color=GRADIENT.ink, va="bottom", **BOLD)

    def show(self, path):
        """Show the ball at the end of this path `(N, 2)`, and as much around the map as it takes."""
        corner, factor = view(path)
        left, bottom, right, top = self.box
        size = np.array([right - left, top - bottom])

        def at(places):
            return (left, bottom) + (np.array(places) - corner) / (factor * np.ptp([W, B], axis=1)) * size

        x, y = at(path).T
        self.way.set_data(*(x, y) if factor == 1 else at(outside(path)).T)
        walked = x[1:-1], y[1:-1]
        self.steps.set_path(parts.marks("D", *walked, 4) if factor == 1 else parts.NOTHING)
        self.start.set_path(parts.marks("o", x[:1], y[:1], 6) if factor == 1 and len(path) > 1 else parts.NOTHING)
        self.ball.set_path(parts.marks("o", x[-1:], y[-1:], 9))
        rings = 13 + 4 * np.arange(min(resting(path), 3))
        rings = [parts.marks("o", x[-1:], y[-1:], ring) for ring in rings]
        self.rest.set_path(Path.make_compound_path(*rings) if rings else parts.NOTHING)
        self._map(at, factor)
        self._ticks(at, corner, factor)

    def _map(self, at, factor):
        """Show the map as a small picture of itself in a wide view, with a ring around it where it is tiny."""
        shown = [self.ground, self.low, self.high, self.ring]
        for artist in shown:
            artist.set_path(parts.NOTHING)
        self.name.set_text("")
        if factor == 1:
            return
        left, bottom, right, top = self.box
        self.ground.set_path(parts.bars(left + 0.5, right, bottom + 0.5, top))
        rim = list(zip(W, edge(W), strict=True))
        for artist, level in ((self.low, B[1]), (self.high, B[0])):
            artist.set_path(parts.polygon(at([*rim, (W[1], level), (W[0], level)])))
        (x0, y0), (x1, y1) = at([(W[0], B[0]), (W[1], B[1])])
        ring = 11 if x1 - x0 < 16 else 0
        if ring:
            self.ring.set_path(parts.marks("o", (x0 + x1) / 2, (y0 + y1) / 2, ring))
        self.name.set_text("map")
        self.name.set_position((max(x1, (x0 + x1) / 2 + ring) + 5, (y0 + y1) / 2))

    def _ticks(self, at, corner, factor):
        """Number the edges of the view."""
        left, bottom, *_ = self.box
        rules = []
        for axis, words in enumerate(self.ticks):
            low, reach = corner[axis], factor * np.ptp((W, B)[axis])
            values = parts.round_numbers(low, low + reach, least=reach / 4)
            for one, value in zip(words, [*values, *[None] * len(words)], strict=False):
                one.set_text("" if value is None else brief(value))
                if value is not None:
                    place = at([(value, value)])[0, axis]
                    one.set_position((place, bottom - 7) if axis == 0 else (left - 7, place))
                    rules.append((place, bottom, place, bottom - 4) if axis == 0 else (left, place, left - 4, place))
        x0, y0, x1, y1 = np.transpose(rules)
        self.rules.set_path(parts.bars(x0, x1, y0, y1))


class States:
    """The state of every day at one w and b, and how far from 0.7 it is on the last day."""

    def __init__(self, figure, left, right):
        ticks = {"xticks": [0, 25, 50], "yticks": [0, 0.5, TARGET, 1], "yticklabels": ["0", "0.5", "0.7", "1"]}
        names = {"xlabel": "day", "ylabel": "state h"}
        ax = parts.axes(figure, left, 48, right, 286, xlim=(0, 54), ylim=(-0.02, 1.02), **ticks, **names)
        ax.yaxis.labelpad = 2
        ax.axhline(START, color=parts.FAINT, lw=1, ls=(0, (4, 3)))
        self.path = parts.line(ax, HIDDEN.color, lw=2.5)
        self.gap = parts.line(ax, OUTPUT.color, lw=6, solid_capstyle="butt")
        ax.plot([50], [TARGET], marker="s", ms=13, mfc="none", mec=parts.INK, mew=2, clip_on=False, zorder=4)
        self.end = parts.points(ax, HIDDEN.color, HIDDEN.marker, ms=10)
        self.end.set_zorder(5)
        self.words = parts.above(ax, "", 1, 1, color=OUTPUT.ink, **BOLD)
        self.words.set_y(1 + 7 / 238)

    def show(self, params):
        """Show the states, and return them and the error."""
        h = sigmoid_states(params)
        error = (h[-1] - TARGET) ** 2
        self.path.set_data(np.arange(len(h)), h)
        self.end.set_data([50], h[-1:])
        self.gap.set_data([50, 50], [h[-1], TARGET])
        self.words.set_text(f"error {error:.3f}")
        return h, error


def walked(steps, rate, threshold=np.inf):
    """Return the places `(N, 2)` of a ball that starts at w = 4.6 and b = -3.3, and the errors there."""
    path = all_steps(rate, threshold)[: steps + 1]
    return path[:, :2], path[:, 2]


@lru_cache(maxsize=12)
def all_steps(rate, threshold):
    """Return w, b and the error after each step, `(STEPS + 1, 3)`."""
    descent = gradient_descent(error_and_gradient, SigmoidParams(4.6, -3.3), rate, STEPS, threshold)
    return np.array([(params.w, params.b, error) for params, error, _ in descent])


def lengths(path):
    """Return how long each step of a path is."""
    return np.hypot(*np.diff(path, axis=0).T)


def resting(path):
    """Return after how many of its last steps the ball is where it was before."""
    moved = np.flatnonzero(lengths(path))
    return len(path) - 1 - (moved[-1] + 1 if len(moved) else 0)


def ways(x, heights):
    """Return one path with a line through each row of heights at these x, for shapes without an inside."""
    corners = np.stack(np.broadcast_arrays(x, heights), axis=-1).reshape(-1, 2)
    return Path(corners, [Path.MOVETO, *[Path.LINETO] * (len(x) - 1)] * len(heights))


def outside(path):
    """Return the path from where it first leaves the map."""
    low, high = np.transpose([W, B])
    first = np.flatnonzero(((path < low) | (path > high)).any(axis=1))[0]
    before, step = path[first - 1], path[first] - path[first - 1]
    shares = np.where(step > 0, high - before, low - before) / np.where(step == 0, np.nan, step)
    return np.vstack([before + np.nanmin(shares) * step, path[first:]])


def view(path):
    """Return the lower left corner of a view that holds the map and the path, and how many times wider it is."""
    low, high = np.transpose([W, B])
    size, ends = high - low, (np.minimum(low, path.min(axis=0)), np.maximum(high, path.max(axis=0)))
    factor = max((ends[1] - ends[0]) / size)
    if factor == 1:
        return low, 1
    factor *= 1.15
    return (ends[0] + ends[1]) / 2 - factor * size / 2, factor


@lru_cache(maxsize=1)
def error_map():
    """Return the weights, the biases and the errors of the map, worked out once for all pictures of it."""
    w, b = np.linspace(*W, 383), np.linspace(*B, 361)
    return w, b, error_surface(SigmoidParams(w, b[:, None]))

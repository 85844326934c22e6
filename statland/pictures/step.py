"""How a gradient step lowers an error: one weight, one example, one valley."""

from itertools import zip_longest

import numpy as np
from matplotlib.path import Path

from statland.checks import shows
from statland.learning import gradient_descent, weight_error_and_slope
from statland.pictures import parts
from statland.pictures.parts import full
from statland.prices import HIGH, MEDIUM

START, LOWEST = 6.0, 2.0  # the weight at the start, and the one whose loss is 0
REACH, ROOM = 6.6, 5.2  # weights that the page holds on either side of the lowest point; how far steps may go there
LEFT, RIGHT, FLOOR, TOP, FOOT, HEAD = 78, 534, 188, 324, 4, 158  # of the upper and of the lower panel, in points
UNIT = (RIGHT - LEFT) / (2 * REACH)  # points for a weight of 1
LOSSES = (-0.9, (REACH / 2) ** 2)  # of the upper panel
STEPS, ROW = 10, (HEAD - FOOT) / 11.4  # rows, and the points from one to the next
TOOTH = 7  # of the torn edge: its depth and half its height


class GradientStep:
    """The loss over the one weight; below it a row for each step, with an arrow as long as rate times slope.

    A step beyond the sheet that the picture begins with tears it off at both edges and adds ground there: the axis
    holds more weights, and all that stood on the sheet shrinks with it.
    """

    alt = (
        "A valley, the loss over one weight, with a diamond after each gradient step; below, a row for each step, with "
        "an arrow as long as rate times slope. Where they need room, grey ground appears beside the first, white sheet."
    )

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        ground = parts.canvas(self.figure, LEFT, FOOT, RIGHT, TOP)
        self.added = parts.shapes(ground, parts.FAINT, fc=parts.BAND, lw=1, clip_on=True)
        weights = {"xlim": (LOWEST - REACH, LOWEST + REACH), "xticks": []}
        rows = parts.axes(self.figure, LEFT, FOOT, RIGHT, HEAD, ylim=(STEPS + 1.8, 0.4), yticks=[1, 5, 10], **weights)
        ax = parts.axes(self.figure, LEFT, FLOOR, RIGHT, TOP, ylim=LOSSES, yticks=[], **weights)
        self.by_hand = {"steps": rows.yaxis}
        rows.spines["bottom"].set_visible(False)
        for each in (ax, rows):
            each.patch.set_visible(False)  # what was added to the sheet lies below
        page = parts.canvas(self.figure, 0, 0, 540, 330)
        for y, name in (((FLOOR + TOP) / 2, "loss"), ((FOOT + HEAD) / 2, "step")):
            parts.text(page, 10, y, name, rotation=90, ha="center", va="center")
        parts.text(page, 2, FLOOR - 7, "weight w", va="top")
        w = np.linspace(*weights["xlim"], 101)
        ax.plot(w, _loss(w)[0], color=parts.INK, lw=2)  # a parabola has this shape on every scale

        color = parts.GRADIENT.color
        self.ticks = parts.shapes(page, parts.INK, zorder=2)
        named = {"va": "center", "animated": True}
        self.weights = [parts.text(page, 0, FLOOR - 15, "", ha="center", **named) for _ in range(8)]
        self.losses = [parts.text(page, LEFT - 8, 0, "", ha="right", **named) for _ in range(5)]
        self.ghost = parts.line(ax, parts.ROAD, lw=1, marker="D", ms=8, zorder=1.5)
        self.way = parts.line(ax, color, lw=1.5, marker="D", ms=6)
        self.tangent = parts.line(ax, color, lw=2, ls=(0, (3, 2)))
        self.now = parts.points(ax, color, "D", ms=14)
        self.stair = parts.line(page, parts.FAINT, lw=1)
        self.slopes = parts.shapes(page, parts.BLUSH, zorder=2.5)
        self.steps = parts.shapes(page, color)
        self.loss = parts.text(page, (LEFT + RIGHT) / 2, TOP - 14, "", ha="center", **parts.VALUE, **named)
        self.length = parts.text(page, 0, 0, "", color=parts.GRADIENT.ink, weight="bold", **named)

    @shows(steps=(0, STEPS), rate=(0.01, 5.0))
    def update(self, steps=1, rate=1.0):
        """Show this many steps of this rate from the start; return where they lead."""
        w, loss, slope = np.transpose(_path(rate, steps))
        scale = min(1.0, ROOM / abs(w - LOWEST).max())
        self._show_axes(scale)
        places, heights = LOWEST + scale * (w - LOWEST), scale**2 * loss
        self.way.set_data(places, heights)
        self.now.set_data(places[-1:], heights[-1:])
        first, lost, _ = np.transpose(_path(1.0, 1))  # as the picture begins
        self.ghost.set_data(LOWEST + scale * (first - LOWEST), scale**2 * lost)
        ends = 2.4 / np.hypot(1, scale * slope[-1] / 2) * np.array([-1, 1])
        self.tangent.set_data(places[-1] + ends, heights[-1] + scale * slope[-1] * ends)

        x, y = _across(w, scale), HEAD - ROW * (np.arange(steps + 1) + 0.6)
        self.stair.set_data(np.repeat(x, 2), [HEAD + 3, *np.repeat(y, 2)[:-1]])
        edges = np.sort([x, _across(w - slope, scale)], axis=0)
        self.slopes.set_path(parts.bars(*edges, y - 5, y + 5))
        self.steps.set_path(parts.arrows(x[:-1], x[1:], y[:-1, None], np.full(steps, 4.0)))
        self.loss.set_text(f"loss {_short(loss[-1])}")
        now = f"steps = {steps}, rate = {rate:g}: w is {_short(w[-1])}, the loss {_short(loss[-1])}"
        if not steps:
            self.length.set_text("")
            return f"{now}, the slope {_short(slope[-1])}. No step yet."
        left, last = x[-2] < x[-1], abs(slope[-2])
        length = _short(rate * last)
        self.length.set(text=length, x=x[-2] + (-6 if left else 6), y=y[-2], ha="right" if left else "left")
        return f"{now}. The last step was {rate:g} × {_short(last)} = {length} long.{_course(w - LOWEST)}"

    def _show_axes(self, scale):
        """Name the axes anew, and tear off the sheet where it ends."""
        edges = _across(np.array([LOWEST - REACH, LOWEST + REACH]), scale)
        self.added.set_path(Path.make_compound_path(*map(_torn_off, np.round(edges - LEFT, 1), (-1, 1))))
        reach = (REACH - 0.5) / scale
        ticks = parts.round_numbers(LOWEST - reach, LOWEST + reach, least=60 / (UNIT * scale))
        x = _across(ticks, scale)
        self.ticks.set_path(parts.bars(x - 0.5, x + 0.5, FLOOR - 5, FLOOR))
        for words, tick, place in zip_longest(self.weights, ticks, x):
            words.set(text="" if tick is None else f"{tick:,g}", x=place or 0)
        points = (TOP - FLOOR) / (LOSSES[1] - LOSSES[0])
        ticks = parts.round_numbers(0, LOSSES[1] / scale**2, least=30 / (points * scale**2))
        for words, tick in zip_longest(self.losses, ticks):
            place = FLOOR - points * LOSSES[0] + points * scale**2 * (tick or 0)
            words.set(text="" if tick is None else f"{tick:,g}", y=place)


def _loss(w):
    return weight_error_and_slope(w, MEDIUM, HIGH)


def _path(rate, steps):
    """Return weight, loss and slope at the start and after each step."""
    return list(gradient_descent(_loss, START, rate, steps))


def _across(w, scale):
    """Return where these weights stand on the page, in points."""
    return (LEFT + RIGHT) / 2 + UNIT * scale * (w - LOWEST)


def _torn_off(edge, side):
    """Return the ground beyond an edge of the sheet, on the left (-1) or right (1), in points of both panels."""
    y = np.arange(0, TOP - FOOT + 2 * TOOTH, TOOTH)
    teeth = edge + side * (1 + TOOTH * (np.arange(len(y)) % 2))
    end = edge + side * (RIGHT - LEFT)
    return parts.polygon([(end, -TOOTH), *zip(teeth, y - TOOTH, strict=True), (end, y[-1])])


def _course(way):
    """Return in words how the way that is left to the lowest point changes from step to step."""
    if len(way) == 2:
        return ""
    if way[-1] == 0:
        return " The first one met the lowest point."
    near = ", now very near to it" if abs(way[-1]) < 0.01 else ""
    if way[1] > 0:
        return f" All steps go down one side of the lowest point{near}."
    if np.isclose(abs(way[-1]), abs(way[0])):
        return " Each step leaps over the lowest point and ends as high as it began."
    height = "higher" if abs(way[-1]) > abs(way[0]) else "lower"
    return f" Each step leaps over the lowest point and ends {height}{near}."


def _short(value):
    """Write a value with four digits, one near 0 with one, never with a power of ten."""
    tiny = 0 < abs(value) < 0.001
    return np.format_float_positional(value, 1, fractional=False, trim="-") if tiny else full(round(value, 3))

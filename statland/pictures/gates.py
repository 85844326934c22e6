"""One LSTM unit on one day: the long-term memory runs along its road on top; below, three gates and a candidate."""

from math import ceil

import numpy as np

from statland.checks import shows
from statland.lstm import lstm_step, sigmoid
from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import STATLAND_LSTM_WEIGHTS

UNIT, PIPE = 10, 3 * 10  # points for a memory of 1; the road reaches so far up and down: no memory here is above 3
ROAD, FOOT, TOP, H, X = 256, 84, 168, 56, 14  # heights: long-term memory, foot and top of a box, h, price
START, IN, OUT = 38, 64, 496  # the middle of what comes in, and where the road begins and ends, in points
SQUARE, EDGE = 78, 11  # the price's square, beside its number, and half of its width
BOXES = {"forget": 116, "input": 216, "candidate": 312, "output": 408}  # the middle of each part's box
HALF = 40  # half a box
VALVE, MEET, DOWN = BOXES["forget"], BOXES["candidate"], 478  # where c is cut, where it grows, where it is let out
STATE = 20  # half of the circle of a short-term memory
SIDE, NARROW = (TOP + ROAD - PIPE) / 2, 14  # the valve of what comes in; pipes that reach 1 to each side
EXIT = 136  # the valve of what goes out
FINE, LAST = 3, 9  # frames for each of the three parts of the day, and for all
CURVE = np.linspace(-6, 6, 25)  # pre-activations for which a box shows its curve
ROADS = (parts.HIDDEN, H, -14), (parts.INPUT, X, 14)  # of h and of the price: height, and where they turn to a box
BEGIN = {parts.HIDDEN: START + STATE, parts.INPUT: SQUARE + EDGE}  # where these roads begin
NAMES = {"forget": "forget f", "input": "input i", "candidate": "candidate g", "output": "output o"}


class Gates:
    """The published unit on one day, in three parts: forget, let in, let out.

    The stream is as high above the road's middle line as the memory is large, and below it where the memory is
    negative. A circle is filled from its middle in the same way, the square of the price from its foot.
    """

    alt = "One LSTM unit: the long-term memory's road on top; below it forget gate, input gate, candidate, output gate."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.canvas(self.figure, 0, 0, 540, 330)
        _draw_stations(ax)
        self.stream = parts.shapes(ax, parts.MEMORY.color, zorder=3)
        self.out = parts.shapes(ax, parts.HIDDEN.color, zorder=3)
        self.valves = parts.shapes(ax, parts.INK, lw=8, zorder=5)
        self.wires = parts.shapes(ax, parts.INK, lw=1.5, zorder=2)
        self.fed = {role: parts.shapes(ax, role.color, lw=2.5, zorder=2) for role in (parts.HIDDEN, parts.INPUT)}
        self.places = parts.shapes(ax, parts.INK, zorder=7)
        middle = {"ha": "center", "va": "center", "animated": True, "zorder": 8}
        bold = {**middle, "weight": "bold"}
        self.states = parts.shapes(ax, parts.HIDDEN.color, zorder=6)
        self.price = parts.Gauges(ax, zorder=6)
        self.c, self.h, self.x = (parts.text(ax, x, y, "", **bold) for x, y in ((START, ROAD), (START, H), (START, X)))
        self.gates = {part: parts.text(ax, x, TOP - 30, "", fontsize=parts.BIG, **bold) for part, x in BOXES.items()}
        self.kept = parts.text(ax, (VALVE + MEET) / 2, ROAD - PIPE - 11, "", **middle)
        self.let_in = parts.text(ax, MEET + NARROW + 6, SIDE + 21, "", **{**middle, "ha": "left"})
        self.new_c = parts.text(
            ax, OUT - 8, ROAD + 59, "", fontsize=parts.BIG, color=parts.MEMORY.ink, **{**bold, "ha": "right"}
        )
        self.new_h = parts.text(ax, DOWN, 11, "", fontsize=parts.BIG, color=parts.HIDDEN.ink, **bold)
        self.squeezed = parts.text(ax, DOWN + NARROW + 4, EXIT + 40, "", **{**middle, "ha": "left"})

    @shows(step=(0, LAST), h=(-1.0, 1.0), x=(0.0, 1.0), c=(-2.0, 2.0))
    def update(self, step=LAST, h=1.0, x=1.0, c=2.0):
        """Show so many steps of the day, three for each part of it; return what is to be seen."""
        f, i, g, o, new_c, new_h = lstm_step(x, h, c, STATLAND_LSTM_WEIGHTS)
        kept, let_in, squeezed, part = f * c, i * g, np.tanh(new_c), ceil(step / FINE)
        values = dict(zip(BOXES, (f, i, g, o), strict=True))
        seen = {name: part >= since for name, since in zip(BOXES, (1, 2, 2, 3), strict=True)}
        shown = [name for name in BOXES if seen[name]]
        for name, words in self.gates.items():
            words.set_text(number(values[name]) if seen[name] else "")
        for role, height, aside in ROADS:
            ways = [
                [(BEGIN[role] + 6, height), (BOXES[name] + aside, height), (BOXES[name] + aside, FOOT - 1)]
                for name in shown
            ]
            self.fed[role].set_path(parts.routes(*ways, head=4))
        halves = [_half(START, h)] + ([_half(DOWN, new_h)] if step == LAST else [])
        self.states.set_path(parts.Path.make_compound_path(*halves))
        self.price.show(SQUARE, X, [x], EDGE)
        self.places.set_path(
            _dots([(name, getattr(STATLAND_LSTM_WEIGHTS, name).weighted(x, h), values[name]) for name in shown])
        )
        self.wires.set_path(parts.routes(*[_wire(name) for name in shown if name != "candidate"], head=4))
        self.valves.set_path(_valves(f if seen["forget"] else 1, i if seen["input"] else 1, o if seen["output"] else 1))

        self._flow(step, c, kept, new_c, g, let_in, squeezed, new_h)
        for words, value, since in (
            (self.c, c, 0),
            (self.h, h, 0),
            (self.x, x, 0),
            (self.kept, kept, 3),
            (self.let_in, let_in, 5),
            (self.new_c, new_c, 6),
            (self.squeezed, squeezed, 8),
            (self.new_h, new_h, LAST),
        ):
            words.set_text(number(value) if step >= since else "")
        said = (
            "the two memories of yesterday and the price of today wait in front of the unit",
            f"the forget gate is {number(f)}: of the long-term memory {number(c)}, {number(kept)} is kept",
            f"the candidate is {number(g)} and the input gate {number(i)}: {number(let_in)} is let in, "
            f"and the long-term memory is now {number(new_c)}",
            f"the output gate is {number(o)}, and tanh({number(new_c)}) = {number(squeezed)}: "
            f"the new short-term memory, the prediction, is {number(new_h)}",
        )
        return f"h = {h:g}, x = {x:g}, c = {c:g}, step {step}: {said[part]}."

    def _flow(self, step, c, kept, new_c, g, let_in, squeezed, new_h):
        """Draw how far the memory has come on its road, and what flows in and out."""
        road = [(IN, VALVE, c), (VALVE, MEET, kept), (MEET, OUT, new_c)]
        end = [IN + 12, VALVE, (VALVE + MEET) / 2, MEET, MEET, MEET, OUT, OUT, OUT, OUT][step]
        spans = [(a, min(b, end), value) for a, b, value in road if min(b, end) > a]
        level = [(a, b, ROAD, ROAD + UNIT * value) for a, b, value in spans]
        into = [(MEET, MEET + NARROW * g, TOP, SIDE), (MEET, MEET + NARROW * let_in, SIDE, ROAD - PIPE)]
        out = [(DOWN, DOWN + NARROW * squeezed, EXIT, ROAD - PIPE), (DOWN, DOWN + NARROW * new_h, H, EXIT)]
        self.stream.set_path(_boxes(level + into[: max(step - 3, 0)]))
        self.out.set_path(_boxes(out[: max(step - 7, 0)]))


def _boxes(edges):
    return parts.bars(*map(np.array, zip(*edges, strict=True))) if edges else parts.NOTHING


def _draw_stations(ax):
    """Draw what stands still: pipes, the places of memories and price, boxes with their curves, names."""
    still = {"animated": False}
    parts.shapes(ax, parts.BAND, zorder=0, **still).set_path(
        _boxes(
            [
                (IN, OUT, ROAD - PIPE, ROAD + PIPE),
                (MEET - NARROW, MEET + NARROW, TOP, ROAD - PIPE),
                (DOWN - NARROW, DOWN + NARROW, H, ROAD - PIPE),
            ]
        )
    )
    for line in ([(IN, ROAD), (OUT, ROAD)], [(MEET, TOP), (MEET, ROAD - PIPE)], [(DOWN, H), (DOWN, ROAD - PIPE)]):
        ax.plot(*zip(*line, strict=True), color=parts.FAINT, lw=0.8, zorder=4)
    for role, height, aside in ROADS:
        far = BOXES["output"] + aside
        ax.plot([BEGIN[role], far], [height, height], color=parts.ROAD, lw=1.5, zorder=1)
        for middle in BOXES.values():
            ax.plot([middle + aside] * 2, [height, FOOT], color=parts.ROAD, lw=1.5, zorder=1)
    parts.shapes(ax, parts.MEMORY.color, zorder=5, **still).set_path(parts.marks(parts.MEMORY.marker, START, ROAD, 25))
    circles = parts.marks(parts.HIDDEN.marker, [START, DOWN], H, STATE)
    parts.shapes(ax, parts.HIDDEN.color, fc=parts.PALE, lw=1.5, zorder=5, **still).set_path(circles)
    edges = ([x + side for x in BOXES.values()] for side in (-HALF, HALF))
    parts.shapes(ax, parts.FAINT, fc="white", lw=1, zorder=3, **still).set_path(parts.bars(*edges, FOOT, TOP))
    for name, middle in BOXES.items():
        parts.text(ax, middle, TOP - 11, NAMES[name], ha="center", va="center", zorder=6)
        y = [_curve(name, z, np.tanh(z) if name == "candidate" else sigmoid(z)) for z in CURVE]
        ax.plot(*zip(*y, strict=True), color=parts.FAINT, lw=1.5, zorder=4)
        zero = _curve(name, 0, 0)[1]
        ax.plot([middle - HALF + 5, middle + HALF - 5], [zero, zero], color=parts.RULE, lw=1, zorder=4)
    for y, letter in ((ROAD - 30, "c"), (H + 16, "h"), (X, "x")):
        parts.text(ax, 4, y, letter, va="center")
    parts.text(ax, OUT - 78, ROAD + 59, "new c", ha="right", va="center")
    parts.text(ax, DOWN, H - 29, "new h", ha="center", va="center")
    parts.text(ax, DOWN - NARROW - 4, ROAD - PIPE - 12, "tanh", ha="right", va="center")


def _half(x, state):
    """Return a slice of a short-term memory's circle, from its middle up to the state, or down if that is negative."""
    side = np.arcsin(np.linspace(0, state, 13))
    side = np.append(side, np.pi - side[::-1])
    return parts.polygon(np.column_stack([x + STATE * np.cos(side), H + STATE * np.sin(side)]).round(6))


def _curve(name, z, value):
    """Return where a part's box shows this value at this pre-activation, in points."""
    low, high = FOOT + 7, TOP - 44
    share = (value + 1) / 2 if name == "candidate" else value
    return BOXES[name] + np.clip(z, -6, 6) * (HALF - 6) / 6, low + share * (high - low)


def _dots(places):
    at = [_curve(*place) for place in places]
    return parts.marks("o", *map(np.array, zip(*at, strict=True)), 4.5) if at else parts.NOTHING


def _wire(name):
    return {
        "forget": [(VALVE, TOP), (VALVE, ROAD - 1.3 * PIPE - 2)],
        "input": [(BOXES["input"], TOP), (BOXES["input"], SIDE), (MEET - 1.3 * NARROW - 2, SIDE)],
        "output": [(BOXES["output"] + HALF, EXIT), (DOWN - 1.3 * NARROW - 2, EXIT)],
    }[name]


def _valves(f, i, o):
    """Return the three valves: one across the road, two across what comes in and what goes out."""
    upright = parts.valves(VALVE, ROAD, f, PIPE)
    lying = ((parts.valves(y, x, share, NARROW)) for x, y, share in ((MEET, SIDE, i), (DOWN, EXIT, o)))
    return parts.Path.make_compound_path(upright, *(parts.Path(each.vertices[:, ::-1], each.codes) for each in lying))

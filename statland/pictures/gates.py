"""One LSTM unit on one day, gate by gate: the road of the long-term memory on top, the gates that act on it below."""

import numpy as np

from statland.lstm import lstm_step
from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import STATLAND_LSTM_WEIGHTS

IN, OUT = 46, 674  # where the memories come in and go out, in points
ROAD, FOOT, TOP, H, X = 348, 142, 230, 92, 38  # heights: long-term memory, foot and top of a box, h, price
PARTS = {"forget": 160, "input": 289, "candidate": 418, "output": 556}  # where the four parts stand
FORGET, INPUT, CANDIDATE, OUTPUT = PARTS.values()
MEET, AT, DOWN = (INPUT + CANDIDATE) / 2, 288, 282  # input gate and candidate meet here; the way out turns here
HALF, RADIUS = 56, 13  # half a box; a circle for × or +
WORK = parts.Role(parts.INK, "")
ROLES = (parts.MEMORY, parts.HIDDEN, parts.INPUT, WORK)


def fed(part):
    """Return the ways that bring the short-term memory and the price to the foot of a part's box."""
    left, right = PARTS[part] - 18, PARTS[part] + 18
    return [
        (parts.HIDDEN, [(IN + 19, H), (left, H), (left, FOOT - 2)]),
        (parts.INPUT, [(IN + 19, X), (right, X), (right, FOOT - 2)]),
    ]


STEPS = (  # the roads that each step lights up, each with its role; the last kind is plain arithmetic
    [],
    [
        *fed("forget"),
        (WORK, [(FORGET, TOP), (FORGET, ROAD - RADIUS)]),
        (parts.MEMORY, [(IN + 26, ROAD), (FORGET - RADIUS, ROAD)]),
        (parts.MEMORY, [(FORGET + RADIUS, ROAD), (MEET - RADIUS, ROAD)]),
    ],
    [
        *fed("input"),
        *fed("candidate"),
        (WORK, [(INPUT, TOP), (INPUT, AT), (MEET - RADIUS, AT)]),
        (WORK, [(CANDIDATE, TOP), (CANDIDATE, AT), (MEET + RADIUS, AT)]),
        (WORK, [(MEET, AT + RADIUS), (MEET, ROAD - RADIUS)]),
        (parts.MEMORY, [(MEET + RADIUS, ROAD), (OUT - 26, ROAD)]),
    ],
    [
        *fed("output"),
        (WORK, [(OUTPUT, TOP), (OUTPUT, DOWN - RADIUS)]),
        (parts.MEMORY, [(OUTPUT, ROAD), (OUTPUT, DOWN + RADIUS)]),
        (parts.HIDDEN, [(OUTPUT + RADIUS, DOWN), (OUT, DOWN), (OUT, H + 27)]),
    ],
)


class Gates:
    """The published unit in three steps: forget, let in, let out."""

    alt = "One LSTM unit: the long-term memory's road on top; below it forget gate, input gate, candidate, output gate."

    def __init__(self):
        self.figure = parts.page(408)
        ax = parts.canvas(self.figure, 0, 0, 720, 408)
        draw_stations(ax)
        self.lit = {role: parts.shapes(ax, role.color, lw=3) for role in ROLES}
        middle = {"ha": "center", "va": "center", "animated": True, "zorder": 6, "weight": "bold"}
        self.c, self.new_c = (parts.text(ax, x, ROAD, "", **middle) for x in (IN, OUT))
        self.h, self.new_h = (parts.text(ax, x, H, "", color="white", **middle) for x in (IN, OUT))
        self.x = parts.text(ax, IN, X, "", color="white", **middle)
        self.sums = {
            part: parts.text(ax, x, TOP - 54, "", **{**middle, "weight": "normal"}) for part, x in PARTS.items()
        }
        self.gates = {part: parts.text(ax, x, TOP - 74, "", **middle) for part, x in PARTS.items()}
        self.kept = parts.text(ax, (FORGET + MEET) / 2, ROAD + 17, "", **middle)
        self.let_in = parts.text(ax, MEET + 8, (AT + ROAD) / 2, "", **{**middle, "ha": "left"})
        self.squeezed = parts.text(ax, OUTPUT + 8, DOWN + 26, "", **{**middle, "ha": "left"})

    def update(self, step=3, c=2.0, h=1.0, x=1.0):
        """Show the first steps for these memories of yesterday and this price; return what is to be seen."""
        f, i, g, o, new_c, new_h = lstm_step(x, h, c, STATLAND_LSTM_WEIGHTS)
        kept, let_in, squeezed = f * c, i * g, np.tanh(new_c)
        for role, artist in self.lit.items():
            artist.set_path(roads(step, role))
        for words, value, since in (
            (self.c, c, 0),
            (self.h, h, 0),
            (self.x, x, 0),
            (self.kept, kept, 1),
            (self.let_in, let_in, 2),
            (self.new_c, new_c, 2),
            (self.squeezed, squeezed, 3),
            (self.new_h, new_h, 3),
        ):
            words.set_text(number(value) if step >= since else "")
        for part, letter, value, since in zip(PARTS, "figo", (f, i, g, o), (1, 2, 2, 3), strict=True):
            z = getattr(STATLAND_LSTM_WEIGHTS, part).weighted(x, h)
            self.sums[part].set_text(f"z = {number(z)}" if step >= since else "")
            self.gates[part].set_text(f"{letter} = {number(value)}" if step >= since else "")

        said = (
            "the two memories of yesterday and the price of today stand at the door of the unit",
            f"the forget gate is {number(f)}: of the long-term memory {number(c)}, {number(kept)} is kept",
            f"the candidate {number(g)} meets an input gate of {number(i)}: {number(let_in)} is let in, "
            f"the long-term memory is now {number(new_c)}",
            f"the output gate {number(o)} times tanh({number(new_c)}) = {number(squeezed)} "
            f"gives the short-term memory {number(new_h)}: the prediction",
        )
        return f"c = {c:g}, h = {h:g}, x = {x:g}, step {step}: {said[step]}."


def draw_stations(ax):
    """Draw what stands still: grey roads, the memories' places, the four boxes with their weights and biases."""
    still = {"animated": False, "zorder": 2}
    parts.shapes(ax, parts.ROAD, lw=1.5, **still).set_path(roads(3, *ROLES))
    for role, places, size in (
        (parts.MEMORY, [(IN, ROAD), (OUT, ROAD)], 27),
        (parts.HIDDEN, [(IN, H), (OUT, H)], 27),
        (parts.INPUT, [(IN, X)], 20),
    ):
        spots = parts.shapes(ax, role.color, animated=False, zorder=4)
        spots.set_path(parts.marks(role.marker, *zip(*places, strict=True), size))
    signs = [(FORGET, ROAD, "×"), (MEET, ROAD, "+"), (MEET, AT, "×"), (OUTPUT, DOWN, "×")]
    circles = parts.shapes(ax, parts.INK, fc="white", lw=1.5, animated=False, zorder=5)
    circles.set_path(parts.marks("o", [x for x, _, _ in signs], [y for _, y, _ in signs], RADIUS))
    for sign in signs:
        parts.text(ax, *sign, fontsize=17, ha="center", va="center_baseline", zorder=6)
    boxes = parts.shapes(ax, parts.INK, fc="white", lw=1.5, animated=False, zorder=4)
    edges = ([x + side for x in PARTS.values()] for side in (-HALF, HALF))
    boxes.set_path(parts.bars(*edges, [FOOT] * 4, [TOP] * 4))
    for (part, x), title in zip(PARTS.items(), ("forget gate", "input gate", "candidate", "output gate"), strict=True):
        gate = getattr(STATLAND_LSTM_WEIGHTS, part)
        parts.text(ax, x, TOP - 15, title, ha="center", va="center", weight="bold", zorder=6)
        parts.text(ax, x, TOP - 34, f"bias {gate.b:.2f}", ha="center", va="center", color=parts.QUIET, zorder=6)
        parts.text(ax, x - 23, FOOT - 16, f"×{gate.w_h:.2f}", ha="right", va="center", fontsize=12)
        parts.text(ax, x + 23, FOOT - 16, f"×{gate.w_x:.2f}".replace("×-", "× -"), ha="left", va="center", fontsize=12)
    for x, y, words, side in (
        (16, ROAD + 40, "long-term memory c", "left"),
        (16, H + 52, "short-term h", "left"),
        (IN + 26, X - 14, "price x", "left"),
        (OUT + 30, ROAD + 40, "new c", "right"),
        (OUT + 30, H - 36, "new h: prediction", "right"),
        (OUTPUT + 8, ROAD - 20, "tanh", "left"),
    ):
        parts.text(ax, x, y, words, ha=side, va="center", color=parts.QUIET)


def roads(step, *roles):
    """Return one path with the ways of these roles, as far as they are lit after a step."""
    return parts.routes(*(way for lit in STEPS[: step + 1] for role, way in lit if role in roles), head=5)

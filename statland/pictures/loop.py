"""The feedback loop: one unit that hears its own last output, with every number on its arrow."""

from dataclasses import replace

from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import PRICE_NAMES, STATLAND_RULES, STATLAND_WEIGHTS
from statland.rnn import relu, rnn_forward

X, SUM, RELU, H, Y = 54, 252, 372, 478, 666  # where the stations stand, from left to right, in points
ROW, LOOP, SIZE = 92, 196, 24  # heights of the stations and of the loop; half a station
LOWEST, HIGHEST = -3.0, 6.0  # the pre-activations that the little ReLU has room for


class Loop:
    """The unit on the day after yesterday, for one of StatLand's rules."""

    alt = "One unit with its feedback loop: price, weighted sum z, ReLU, state h, prediction y."

    def __init__(self):
        self.figure = parts.page(310)
        ax = parts.canvas(self.figure, 0, 0, 720, 310)
        self._draw_stations(ax)
        parts.text(ax, 20, 283, "yesterday", va="center", weight="bold")
        parts.text(ax, 20, LOOP + 16, "today", va="center", weight="bold")
        ax.axhline(254, 0.03, 0.97, color=parts.RULE, lw=1)
        self.yesterday = parts.text(ax, 110, 283, "", va="center", animated=True)
        middle = {"ha": "center", "va": "center", "animated": True, "zorder": 4}
        self.x = parts.text(ax, X, ROW, "", color="white", weight="bold", **middle)
        self.from_x = parts.text(ax, (X + SUM) / 2, ROW + 16, "", **middle)
        self.from_h = parts.text(ax, (SUM + H) / 2, LOOP + 16, "", **middle)
        self.z = parts.text(ax, SUM, ROW, "", weight="bold", **middle)
        self.relu = parts.text(ax, RELU, ROW - 44, "", **middle)
        self.h = parts.text(ax, H, ROW, "", weight="bold", **middle)
        self.to_y = parts.text(ax, (H + Y) / 2, ROW + 16, "", **middle)
        self.y = parts.text(ax, Y, ROW - 46, "", weight="bold", **middle)
        self.dot = parts.shapes(ax, parts.HIDDEN.color)
        self.open = parts.shapes(ax, parts.HIDDEN.color, zorder=2)

    def _draw_stations(self, ax):
        loop = parts.routes([(H, ROW + SIZE), (H, LOOP), (SUM, LOOP), (SUM, ROW + SIZE + 3)])
        between = parts.routes([(SUM + SIZE, ROW), (RELU - 41, ROW)], [(RELU + 38, ROW), (H - SIZE - 3, ROW)])
        for path, color, look in (
            (parts.routes([(X + SIZE, ROW), (SUM - SIZE - 3, ROW)]), parts.INPUT.color, {"lw": 2.5}),
            (loop, parts.HIDDEN.color, {"lw": 2.5}),
            (parts.routes([(H + SIZE, ROW), (Y - SIZE + 4, ROW)]), parts.OUTPUT.color, {"lw": 2.5}),
            (between, parts.INK, {"lw": 1.5}),
            (parts.marks("s", [X], [ROW], 20), parts.INPUT.color, {}),
            (parts.marks("o", [SUM], [ROW], SIZE), parts.INK, {"fc": "white", "lw": 1.5}),
            (parts.marks("o", [H], [ROW], SIZE), parts.HIDDEN.color, {"fc": "white", "lw": 2.5}),
            (parts.marks("^", [Y], [ROW], 20), parts.OUTPUT.color, {}),
        ):
            parts.shapes(ax, color, animated=False, zorder=2, **look).set_path(path)
        left, right, low, high = RELU - 38, RELU + 38, ROW - 30, ROW + 30
        ax.plot(*zip(*map(_on_relu, (LOWEST, 0.0, HIGHEST)), strict=True), color=parts.INK, lw=2)
        ax.plot([left, right, right, left, left], [low, low, high, high, low], color=parts.INK, lw=1.5)
        for x, y, words in (
            (X, ROW - 46, "price today"),
            ((X + SUM) / 2, ROW - 16, "w_x × price"),
            ((SUM + H) / 2, LOOP - 16, "w_h × h of yesterday"),
            (SUM, ROW - 46, "sum z"),
            (H, ROW - 46, "state h"),
            ((H + Y) / 2, ROW - 16, "w_y × h"),
            (Y, ROW - 66, "prediction y"),
        ):
            parts.text(ax, x, y, words, ha="center", va="center", color=parts.QUIET)

    def update(self, w_h=0.5, rule=3):
        """Show today for this feedback weight and this rule, 1 to 4; return what is to be seen."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        (before, now), right = STATLAND_RULES[rule - 1]
        trace = rnn_forward((before, now), params)
        (_, h, new_h), z, y = trace.h, trace.z[-1], trace.y[-1]

        first = f"{number(params.w_x)} × {number(before)} + {number(w_h)} × 0"
        self.yesterday.set_text(f"{first} = {number(trace.z[0])}, so the unit hands on h = {number(h)}")
        self.x.set_text(number(now))
        self.from_x.set_text(f"{number(params.w_x)} × {number(now)} = {number(params.w_x * now)}")
        self.from_h.set_text(f"{number(w_h)} × {number(h)} = {number(w_h * h)}")
        self.z.set_text(number(z))
        self.relu.set_text("ReLU: open" if z > 0 else "ReLU: shut")
        self.h.set_text(number(new_h))
        self.to_y.set_text(f"{number(params.w_y)} × {number(new_h)} = {number(y)}")
        self.y.set_text(number(y))
        self.dot.set_path(parts.marks("o", *zip(_on_relu(z), strict=True), 6))
        self.open.set_path(parts.marks("o", [H], [ROW], SIZE) if z > 0 else parts.NOTHING)

        days = f"w_h = {w_h:g}, yesterday {PRICE_NAMES[before]}, today {PRICE_NAMES[now]}:"
        total = f"z = {number(params.w_x * now)} {'-' if w_h * h < 0 else '+'} {number(abs(w_h * h))} = {number(z)}"
        verdict = parts.verdict(y, right)
        return f"{days} {total}, the prediction is {number(y)}; the rule says {number(right)}: {verdict}."


def _on_relu(z):
    """Return where a pre-activation stands on the little ReLU."""
    return RELU - 32 + 64 * (z - LOWEST) / (HIGHEST - LOWEST), ROW - 20 + 42 * relu(z) / HIGHEST

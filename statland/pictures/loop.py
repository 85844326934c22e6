"""The feedback loop: yesterday's state waits in a memory on the loop, and meets today's price in the sum."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import PRICE_NAMES, STATLAND_RULES, STATLAND_WEIGHTS, TOLERANCE
from statland.rnn import rnn_forward

X, SUM, STATE, Y = 40, 194, 350, 470  # where price, sum, state and prediction stand, from left to right, in points
AXIS = Y + 24  # of the predictions
ROW, LOOP, MEMORY = 108, 268, 286  # height of the zero line and of the loop; where on it the memory is
SIZE, UNIT, HEIGHT = 20, 16, 25  # half a station; points for 1 in the sum, and on the axis of the predictions
LAST = 5  # moment: price, sum and state of yesterday, then the same of today


class Loop:
    """One unit on two days, for one of StatLand's rules: three moments for yesterday, three for today."""

    alt = (
        "One unit with its feedback loop: a price; the sum of two bars, one from the price and one from the memory; "
        "the state; the prediction beside its target; and the memory on the loop from the state back to the sum."
    )

    def __init__(self):
        self.figure = parts.page(316)
        ax = parts.canvas(self.figure, 0, 0, 540, 316)
        self._draw_stations(ax)
        middle = {"ha": "center", "va": "center", "animated": True, "zorder": 6}
        bold = {**middle, "weight": "bold"}
        self.day = parts.text(ax, 14, 298, "", fontsize=17, **{**bold, "ha": "left"})
        self.price = parts.text(ax, X, ROW, "", color="white", **bold)
        self.held = parts.text(ax, MEMORY, LOOP, "", fontsize=17, **bold)
        self.from_price = parts.text(ax, 110, ROW + 15, "", parts.INPUT.ink, **middle)
        self.from_memory = parts.text(ax, SUM - 10, LOOP - 30, "", parts.HIDDEN.ink, **{**middle, "ha": "right"})
        self.sum = parts.text(ax, SUM + 30, 0, "", **{**bold, "ha": "left"})
        self.state = parts.text(ax, STATE, ROW, "", **bold)
        self.to_y = parts.text(ax, (STATE + Y) / 2 - 4, ROW - 15, "", parts.OUTPUT.ink, **middle)
        self.y = parts.text(ax, Y + 4, 300, "", parts.OUTPUT.ink, **{**bold, "fontsize": 17})
        self.verdict = parts.text(ax, Y + 4, 279, "", **middle)
        self.filled = parts.shapes(ax, parts.HIDDEN.color, zorder=4)
        self.bars = [parts.shapes(ax, role.color, zorder=4) for role in (parts.INPUT, parts.HIDDEN)]
        self.total = parts.line(ax, parts.INK, lw=2.5, zorder=5)
        self.nodes = parts.Nodes(ax, zorder=4)
        self.idle = parts.shapes(ax, parts.ROAD, fc=parts.BAND, lw=1.5, zorder=4)
        self.handed = parts.shapes(ax, parts.HIDDEN.color, lw=3, zorder=3)
        self.lead = parts.shapes(ax, parts.OUTPUT.color, lw=2, zorder=3)
        self.at = parts.shapes(ax, parts.OUTPUT.color, zorder=5)
        self.target = parts.shapes(ax, parts.INK, fc="none", lw=2, zorder=6)
        self.update()
        parts.ghost(*self.bars)

    def _draw_stations(self, ax):
        still = {"animated": False, "zorder": 2}
        into = parts.routes([(X + SIZE, ROW), (SUM - 24, ROW)])
        loop = parts.routes([(MEMORY - 34, LOOP), (SUM, LOOP), (SUM, ROW + 5.6 * UNIT)])
        back = parts.routes([(STATE, ROW + SIZE), (STATE, LOOP), (MEMORY + 36, LOOP)])
        box = parts.bars(*np.array([[MEMORY - 34], [MEMORY + 34], [LOOP - 18], [LOOP + 18]]))
        for path, color, look in (
            (into, parts.INPUT.color, {"lw": 2.5}),
            (loop, parts.HIDDEN.color, {"lw": 2.5}),
            (back, parts.ROAD, {"lw": 2}),
            (parts.marks("s", [X], [ROW], SIZE), parts.INPUT.color, {}),
            (box, parts.HIDDEN.color, {"fc": "#d6efe7", "lw": 2.5}),
        ):
            parts.shapes(ax, color, **still, **look).set_path(path)
        ax.plot([SUM - 24, SUM + 24], [ROW, ROW], color=parts.INK, lw=1.5, zorder=5)
        ax.plot([SUM + 26, STATE - SIZE - 4], [ROW, ROW], color=parts.FAINT, lw=1.5, ls=(0, (4, 3)))
        ax.plot([AXIS, AXIS], [ROW - 4, ROW + 6 * HEIGHT], color=parts.INK, lw=1)
        for price in (0, 1, 2, 4, 6):
            ax.plot([AXIS, AXIS + 4], [ROW + price * HEIGHT] * 2, color=parts.INK, lw=1)
            parts.text(ax, AXIS + 9, ROW + price * HEIGHT, f"{price}", va="center")
        for x, y, words in (
            (X, 34, "price"),
            (SUM, 34, "sum z"),
            (STATE, 34, "state h"),
            (Y + 4, 34, "prediction y"),
            (MEMORY, LOOP + 32, "memory"),
        ):
            parts.text(ax, x, y, words, ha="center", va="center", color=parts.QUIET)

    def update(self, moment=LAST, rule=3, w_h=0.5):
        """Show a moment, 0 to 5, for one of the rules, 1 to 4, and this feedback weight; return what is there."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        prices, right = STATLAND_RULES[rule - 1]
        trace = rnn_forward(prices, params)
        day, stage = divmod(moment, 3)
        price, held, z, h, y = prices[day], trace.h[day], trace.z[day], trace.h[day + 1], trace.y[day]
        from_price, from_memory = params.w_x * price, w_h * held

        self.day.set_text(("yesterday", "today")[day])
        self.price.set_text(number(price))
        self.held.set_text(number(held))
        self.from_price.set_text(f"{number(price)} × {number(params.w_x)}")
        self.from_memory.set_text(f"{number(held)} × {number(w_h)}")
        heights = ROW + UNIT * np.array([0, from_price, z])
        for k, bar in enumerate(self.bars):
            left = SUM - 18 + 20 * k
            edges = np.array([[left], [left + 16], [heights[k]], [heights[k + 1]]])
            bar.set_path(parts.bars(*edges) if stage else parts.NOTHING)
        self.total.set_data([SUM - 22, SUM + 26] if stage else [], [heights[2]] * 2 if stage else [])
        self.sum.set(y=heights[2], text=number(z) if stage else "")
        node = np.array([STATE]), np.array([ROW])
        if stage == 2:
            self.nodes.show(*node, np.array([z > 0]), SIZE)
        else:
            self.nodes.show(node[0][:0], node[1][:0], np.array([], bool), SIZE)
        self.idle.set_path(parts.marks("o", *node, SIZE) if stage < 2 else parts.NOTHING)
        self.state.set_text(number(h) if stage == 2 else "")
        carried = day == 1 and stage == 0  # the state has just gone round
        route = parts.routes([(STATE, ROW + SIZE), (STATE, LOOP), (MEMORY + 36, LOOP)])
        self.handed.set_path(route if carried else parts.NOTHING)

        said = day == 1 and stage == 2
        level = ROW + HEIGHT * y
        self.to_y.set_text(f"{number(h)} × {number(params.w_y)}" if said else "")
        self.lead.set_path(parts.routes([(STATE + SIZE, ROW), (Y - 16, level)]) if said else parts.NOTHING)
        self.at.set_path(parts.marks("^", [Y + 1], [level], 8) if said else parts.NOTHING)
        low, high = (ROW + HEIGHT * (right + side * TOLERANCE) for side in (-1, 1))
        self.target.set_path(parts.bars(*np.array([[Y - 18], [Y + 20], [low], [high]])))
        self.y.set_text(number(y) if said else "")
        self.verdict.set_text(parts.verdict(y, right) if said else "")

        where = f"{('yesterday', 'today')[day]} {PRICE_NAMES[price]}, w_h = {w_h:g}: the memory holds {number(held)}"
        total = f"z = {number(from_price)} {'-' if from_memory < 0 else '+'} {number(abs(from_memory))} = {number(z)}"
        words = (where, f"{where}, {total}", f"{where}, {total}, the state is {number(h)}")[stage]
        return f"{words}, the prediction {number(y)}; the rule says {number(right)}." if said else f"{words}."

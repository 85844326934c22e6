"""The feedback loop: yesterday's state waits in a memory on the loop, and meets today's price in the sum."""

from dataclasses import replace

import numpy as np
from matplotlib.path import Path

from statland.checks import shows
from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import PRICE_NAMES, STATLAND_RULES, STATLAND_WEIGHTS, TOLERANCE, is_right
from statland.rnn import rnn_forward

ROW, LOOP, UNIT = 78, 292, 30  # heights of the zero line and of the loop, in points; points for 1 above the zero line
SOCKET, STATE, Y = 54, 350, 474  # where the price goes in, the state and the prediction, from left to right
FIRST, MEMORY, TOTAL = 176, 218, 266  # columns of the sum: what the price brings, what the memory brings, z
LEFT, RIGHT, LOW, HIGH = 152, 300, ROW - 48, ROW + 134  # edges of the sum
SIZE, RING, HALF, FRAME, TIP = (
    26,
    31,
    16,
    22,
    7,
)  # half of a state, of the memory's ring, a price, its socket; a bar's tip
QUEUE = (SOCKET, 276), (126, 276)  # where the prices of yesterday and today wait
WAYS = (QUEUE[0], (SOCKET, ROW)), (QUEUE[1], (126, 170), (SOCKET, 170), (SOCKET, ROW))  # from there into the unit
INTO, DOWN = ((SOCKET + 24, ROW), (LEFT - 3, ROW)), ((MEMORY, LOOP - RING - 1), (MEMORY, HIGH + 3))  # both to the sum
ON = (RIGHT + 1, ROW), (STATE - SIZE - 2, ROW)  # from the sum to the state
BACK = (STATE, ROW), (STATE, LOOP), (MEMORY, LOOP)  # from the state into the memory
READ, BAR, SUMMED, STATED, NIGHT = 3, 7, 8, 9, 15  # stages of a day: the price is in, two bars, z, the state; day over
LOOPED = (STATE, ROW + SIZE), BACK[1], (MEMORY + RING + 2, LOOP)  # what is seen of this way
LAST = NIGHT + STATED + 1  # moment: all of yesterday, then today until the prediction is there


class Tank(parts.Vessel):
    """A unit's state, or the memory with the state in it: full at the largest one here, 1.8 from the price and 1.8
    from the memory."""

    FULL = 3.6


class Loop:
    """One unit on two days, for one of StatLand's rules: what yesterday leaves in the memory meets today's price."""

    alt = (
        "One unit with its feedback loop: a price; a sum of two bars, one from the price and one from the memory; the "
        "state; the prediction and a frame for the right answer. The loop leads from the state to a ring, the memory."
    )

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(328)
        ax = parts.canvas(self.figure, 0, 0, 540, 328)
        self._draw_stations(ax)
        middle = {"ha": "center", "va": "center", "animated": True, "zorder": 8}
        bold = {**middle, "weight": "bold"}
        self.prices = [parts.text(ax, *place, "", **{**bold, "ha": "right"}) for place in QUEUE]
        self.from_price = parts.text(ax, 114, ROW + 16, "", parts.INPUT.ink, **middle)
        self.from_memory = parts.text(ax, MEMORY - 12, 238, "", parts.HIDDEN.ink, **{**middle, "ha": "right"})
        self.to_y = parts.text(ax, (STATE + Y) / 2 + 2, ROW - 16, "", parts.OUTPUT.ink, **middle)
        self.tips = [
            parts.text(ax, FIRST, 0, "", parts.INPUT.ink, **middle),
            parts.text(ax, MEMORY, 0, "", parts.HIDDEN.ink, **middle),
            parts.text(ax, TOTAL, 0, "", fontsize=parts.BIG, **bold),
        ]
        self.y = parts.text(ax, Y + 10, 242, "", parts.OUTPUT.ink, fontsize=20, **bold)

        self.past, self.coming = parts.Gauges(ax, ec=parts.ROAD), parts.Gauges(ax, zorder=7)
        self.past.levels.set(fc=parts.ROAD)
        self.memory, self.state = (Tank(ax, SIZE, zorder=zorder, fontsize=parts.BIG) for zorder in (3, 6))
        self.travel = [parts.shapes(ax, role.color, zorder=5) for role in (parts.INPUT, parts.HIDDEN)]
        colors = parts.INPUT.color, parts.HIDDEN.color, parts.QUIET
        self.bars = [parts.shapes(ax, color, zorder=4) for color in colors]
        self.shut = parts.shapes(ax, parts.INK, fc="white", lw=1.5, zorder=4)
        self.levels = parts.line(ax, parts.INK, lw=1.5, zorder=5)
        self.handed = parts.shapes(ax, parts.HIDDEN.color, lw=3)
        self.target = parts.shapes(ax, parts.INK, fc="none", lw=2, zorder=5)
        self.lead = parts.shapes(ax, parts.OUTPUT.color, lw=2)
        self.gap = parts.shapes(ax, parts.OUTPUT.color, zorder=4)
        self.at = parts.shapes(ax, parts.OUTPUT.color, ec=parts.INK, lw=1, zorder=6)
        self.ghost, self.start = parts.shapes(ax, parts.ROAD, fc="none", lw=1.2, zorder=2.5), parts.NOTHING
        self.update()
        self.start = Path.make_compound_path(*(shape.get_path() for shape in (*self.bars, self.at)))

    def _draw_stations(self, ax):
        queue = [[*way[:-1], (SOCKET, ROW + 24)] for way in WAYS]
        for path, color, look in (
            (parts.bars(LEFT, RIGHT, LOW, ROW), parts.BAND, {}),
            (parts.bars(LEFT, RIGHT, LOW, HIGH), parts.FAINT, {"fc": "none", "lw": 1.2}),
            (parts.routes(*queue), parts.ROAD, {"lw": 1.5}),
            (parts.routes(ON, LOOPED), parts.ROAD, {"lw": 2.5}),
            (parts.routes(INTO), parts.INPUT.color, {"lw": 2.5}),
            (parts.routes(DOWN), parts.HIDDEN.color, {"lw": 2.5}),
            (parts.marks("s", SOCKET, ROW, FRAME), parts.INPUT.color, {"fc": parts.BAND, "lw": 2}),
            (parts.marks("o", STATE, ROW, SIZE), parts.ROAD, {"fc": parts.BAND, "lw": 1.5}),
            (parts.marks("o", MEMORY, LOOP, RING), parts.HIDDEN.color, {"fc": parts.BAND, "lw": 2}),
        ):
            parts.shapes(ax, color, **{"animated": False, "zorder": 2, **look}).set_path(path)
        ax.plot([LEFT, RIGHT], [ROW, ROW], color=parts.INK, lw=1.5, zorder=5)
        ax.plot([Y + 32, Y + 32], [ROW - 4, ROW + 4 * UNIT + 4], color=parts.INK, lw=1)
        for price in range(5):
            ax.plot([Y + 32, Y + 36], [ROW + price * UNIT] * 2, color=parts.INK, lw=1)
            parts.text(ax, Y + 41, ROW + price * UNIT, f"{price}", va="center")
        for x, y, words in (
            (QUEUE[0][0], 306, "yesterday"),
            (QUEUE[1][0], 306, "today"),
            (SOCKET, ROW - 38, "price"),
            ((LEFT + RIGHT) / 2, 16, "sum z"),
            (STATE, ROW - 42, "state h"),
            (Y + 4, ROW - 42, "prediction y"),
            (MEMORY + 58, 250, "memory"),
        ):
            parts.text(ax, x, y, words, ha="center", va="center", color=parts.QUIET)

    @shows(moment=(0, LAST), rule=(1, len(STATLAND_RULES)), w_h=(-1.0, 1.0))
    def update(self, moment=LAST, rule=3, w_h=0.75):
        """Show a moment, 0 to 25, for one of the rules, 1 to 4, and this feedback weight; return what is there."""
        params = replace(STATLAND_WEIGHTS, w_h=w_h)
        prices, right = STATLAND_RULES[rule - 1]
        trace = rnn_forward(prices, params)
        day, stage = divmod(moment, NIGHT)
        price, held, z, h, y = prices[day], trace.h[day], trace.z[day], trace.h[day + 1], trace.y[day]
        from_price, from_memory, said = params.w_x * price, w_h * held, moment == LAST

        self._show_prices(prices, day, stage)
        self._show_states(held if day else None, h if stage >= STATED else None, 0 if day else stage - STATED)
        self.from_price.set_text(f"{number(price)} × {number(params.w_x)}" if stage >= READ else "")
        self.from_memory.set_text(f"{number(held)} × {number(w_h)}")
        share = (stage - READ) / (BAR - READ)
        for shape, marker, way, amount in zip(self.travel, "so", (INTO, DOWN), (price, held), strict=True):
            mark = parts.marks(marker, *_along(way, share), max(3.0, 8 * np.sqrt(amount)))
            shape.set_path(mark if 0 < share < 1 else parts.NOTHING)
        self._show_sum((from_price, from_memory, z), 2 * (stage >= BAR) + (stage >= SUMMED))
        self._show_prediction(h, params.w_y, y, right, said)
        self.ghost.set_path(self.start if said else parts.NOTHING)

        days = " then ".join(PRICE_NAMES[each] for each in prices)
        where = f"w_h = {w_h:g}, {days}, {('yesterday', 'today')[day]}: the memory holds {number(held)}"
        total = f", z = {number(from_price)} {'-' if from_memory < 0 else '+'} {number(abs(from_memory))} = {number(z)}"
        end = f", the state is {number(h)}", f", the prediction {number(y)}; the rule says {number(right)}"
        return f"{where}{total * (stage >= SUMMED)}{end[0] * (stage >= STATED)}{end[1] * said}."

    def _show_prices(self, prices, day, stage):
        """Show yesterday's and today's price: the one of this day goes into the unit and leaves a grey copy."""
        places = [_along(way, stage / READ) if k == day else way[0] for k, way in enumerate(WAYS)]
        self.past.show(*np.transpose(QUEUE[: day + 1]), prices[: day + 1], HALF)
        self.coming.show(*np.transpose(places[day:]), np.array(prices[day:]), HALF)
        for words, price, (x, y) in zip(self.prices, prices, places, strict=True):
            words.set(text=number(price), position=(x - FRAME - 5, y))

    def _show_states(self, held, h, moved):
        """Show the state in the memory, and the one that was computed, so many stages after it set out from there;
        None where there is none."""
        self.memory.show(MEMORY, LOOP, held)
        self.memory.words.set_text(number(held or 0))
        self.state.show(*_along(BACK, moved / (NIGHT - STATED)), h)
        self.handed.set_path(parts.routes(*[ON, LOOPED][: 1 + (moved > 0)]) if h else parts.NOTHING)

    def _show_sum(self, values, count):
        """Show so many of three bars: what the price brings, from its tip on what the memory brings, and their sum."""
        tips = ROW + UNIT * np.array([values[0], values[2], values[2]])
        starts = ROW, tips[0], ROW
        for k, x in enumerate((FIRST, MEMORY, TOTAL)):
            bar = parts.pointed(x, HALF, starts[k], tips[k] - starts[k], TIP if k < 2 else 0)
            self.bars[k].set_path(bar if k < count and (k < 2 or values[k] > 0) else parts.NOTHING)
            up = (9, 9, 12)[k] * (-1 if values[k] < 0 else 1)
            aside = (0, -6, 2)[k] * (values[2] < 0)  # below zero the last two stand side by side
            self.tips[k].set(text=number(values[k]) if k < count else "", x=x + aside, y=tips[k] + up)
        self.shut.set_path(bar if count == 3 and values[2] < 0 else parts.NOTHING)
        x = [FIRST - HALF, MEMORY + HALF, np.nan, MEMORY - HALF, TOTAL + HALF]
        drawn = (0, 0, 2, 5)[count]
        self.levels.set_data(x[:drawn], tips[[0, 0, 0, 1, 1]][:drawn])

    def _show_prediction(self, h, w_y, y, right, is_there):
        """Show a frame for the right answer, and, once it is there, the prediction and what is between the two."""
        level, answer = ROW + UNIT * np.array([y, right])
        reach = UNIT * TOLERANCE
        self.target.set_path(parts.bars(Y - 22, Y + 22, answer - reach, answer + reach))
        self.to_y.set_text(f"{number(h)} × {number(w_y)}" if is_there else "")
        self.y.set_text(f"{number(y)} {'✓' if is_right(y, right) else '✗'}" if is_there else "")
        for shape, path in (
            (self.lead, parts.routes([(STATE + SIZE, ROW), (Y - 26, level)])),
            (self.gap, parts.bars(Y - 5, Y + 5, answer, level)),
            (self.at, parts.marks("^", Y, level, 9)),
        ):
            shape.set_path(path if is_there else parts.NOTHING)


def _along(way, share):
    """Return the place after this share, 0 to 1, of a way, a list of corners."""
    corners = np.array(way, dtype=float)
    far = np.append(0.0, np.cumsum(abs(np.diff(corners, axis=0)).sum(axis=1)))  # ways are level or upright
    return [float(np.interp(np.clip(share, 0, 1) * far[-1], far, values)) for values in corners.T]

"""The gradient ledger: blame walks back along the days, and each day drops its share on one pile."""

from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from statland.checks import all_shown, as_shown, shows
from statland.learning import numerical_gradient, squared_error
from statland.pictures import parts
from statland.prices import HIGH, LOW, MEDIUM
from statland.rnn import RNNParams, relu_backward, rnn_backward, rnn_forward

PRICES = (HIGH, MEDIUM, MEDIUM, HIGH, HIGH, HIGH, MEDIUM, MEDIUM)
UNIT = RNNParams(w_x=1.0, w_h=0.5, w_y=1.0, b_h=0.1)  # the bias keeps every day away from ReLU's corner
STEPS, MOST = 4, 8  # from one day to the day before; days that the page has room for
LAST, PITCH, HALF = 504, 49, 21  # in points, as all below: where the last day stands, from day to day, half a column
BASE, UP, DOWN, TODAY = 222, 78, 36, 46  # the line that blame stands on, its room on both sides, the height of today's
DAYS, RADIUS = 160, 11  # the chain of days
FLOOR, HIGHER, LOWER = 56, 82, 46  # the line that the pile stands on, and its room on both sides
NAMED, LETTER = 52, 10.5  # where the names at the left end; a letter of what is written large, at most on average
PILE, SCALE = (108, 134), 100  # left and right edge of the sum of all shares, and where its scale stands


@dataclass(frozen=True)
class Shares:
    """One walk back: dL/dh and dL/dz of each day, the state before it, and the sum of the shares from it on."""

    dh: np.ndarray
    dz: np.ndarray
    before: np.ndarray

    @property
    def each(self):
        return self.dz * self.before

    @property
    def sums(self):
        return np.cumsum(self.each[::-1])[::-1]


@dataclass(frozen=True)
class Nudged:
    """The one number of the unit that is nudged."""

    w_h: float


class Ledger:
    """Each day's share of dL/dw_h, its blame times the state before it; the loss is the last day's squared error.

    Above each day stands its blame, measured in today's, in a frame as wide as the state before. What fills the frame
    is the day's share: it falls on the pile, each on top of the one before. A black line shows what nudging w_h gives.
    """

    alt = (
        "A row of days, above each a frame, as high as its blame and as wide as the state before; below, what filled "
        "the frames, piled up to one sum."
    )

    @parts.with_defaults
    def __init__(self, prices=PRICES, unit=UNIT, target=HIGH):
        self.prices = np.array(all_shown("prices", prices, (LOW, HIGH), most=MOST))
        self.target = as_shown("target", target, (0.0, 2.0))
        if not isinstance(unit, RNNParams):
            raise TypeError(f"unit must be an RNNParams in this picture, not {type(unit).__name__}.")
        self.unit = RNNParams(**{name: as_shown(f"unit.{name}", w, (-2.0, 2.0)) for name, w in vars(unit).items()})
        self.x = LAST - PITCH * np.arange(len(self.prices))[::-1]
        _, self.first = self._walk(self.unit)
        self.figure = parts.page(330)
        ax = parts.canvas(self.figure, 0, 0, 540, 330)
        hand = parts.canvas(self.figure, 0, DAYS - RADIUS, 540, 330)
        hand.set_xlim(np.array([LAST, LAST - 540]) * STEPS / PITCH)
        self.by_hand = {"step": hand.xaxis}

        color, ink = parts.GRADIENT.color, parts.GRADIENT.ink
        ax.plot([self.x[0] - HALF, LAST + HALF], [BASE] * 2, color=parts.RULE, lw=1)
        ax.plot([self.x[0], LAST], [DAYS] * 2, color=parts.ROAD, lw=1.5, zorder=1)
        ax.plot([SCALE, LAST + HALF], [FLOOR] * 2, color=parts.FAINT, lw=1, zorder=4)
        ax.plot([SCALE, SCALE], [FLOOR, FLOOR + HIGHER], color=parts.INK, lw=1)
        names = (BASE + 18, "blame", ink), (BASE, "state before", parts.HIDDEN.ink), (DAYS, "day", parts.INK)
        for y, words, shade in (*names, (FLOOR - 22, "sum of shares", ink)):
            parts.text(ax, 6, y, words, color=shade, va="center")
        for day, x in enumerate(self.x, start=1):
            parts.text(ax, x, DAYS, f"{day}", ha="center", va="center_baseline", zorder=6)

        self.start = parts.shapes(ax, parts.ROAD, fc="none", lw=1, zorder=1.5)
        self.pieces, self.sum = (parts.shapes(ax, color, fc=parts.BLUSH, lw=1.2, zorder=2) for _ in range(2))
        self.frames = parts.shapes(ax, color, fc="none", lw=1.2, zorder=2)
        self.before = parts.shapes(ax, parts.HIDDEN.color)
        self.stems, self.arrows = (parts.shapes(ax, color, lw=2) for _ in range(2))
        self.way = parts.line(ax, color, lw=1.2)
        self.nudged = parts.line(ax, parts.INK, lw=3, zorder=4)
        self.ticks = parts.shapes(ax, parts.INK)
        self.nodes = parts.Nodes(ax, zorder=5)
        self.blame = parts.shapes(ax, color, zorder=5)
        self.zeros = parts.shapes(ax, color, fc="none", lw=2, zorder=5)
        self.walker = parts.shapes(ax, color, ec="white", lw=1.5, zorder=6)
        look = {"ha": "right", "va": "center", "animated": True}
        self.marks = [parts.text(ax, SCALE - 7, 0, "", **look) for _ in range(5)]
        look = {"color": ink, **parts.VALUE, "animated": True, "zorder": 7}
        self.carried = parts.text(ax, 0, 0, "", ha="right", va="bottom", **look)
        self.total = parts.text(ax, 6, FLOOR - 42, "", va="center", **look)

    @shows(w_h=(-1.5, 1.5), step=(0, STEPS * MOST))
    def update(self, w_h=0.5, step=0):
        """Show the blame so many steps on its way back from the last day, with this feedback weight."""
        unit = replace(self.unit, w_h=w_h)
        trace, shares = self._walk(unit)
        nudged = numerical_gradient(self._loss, Nudged(w_h)).w_h
        since = step / STEPS - np.arange(len(self.x))[::-1]  # days since the blame has come to each day, or until then
        stop = np.max(np.flatnonzero(shares.dz == 0), initial=0)  # from here no blame goes on
        here = max(len(self.x) - 1 - step // STEPS, stop)
        self.nodes.show(self.x, DAYS, trace.z > 0, RADIUS)
        half, heights = self._draw_blame(shares, since, here, w_h)
        self._draw_pile(shares, since, nudged, half, heights)
        return f"w_h = {w_h:g}, step {step}: {_sentence(shares, since, here, nudged)}"

    def _loss(self, nudged):
        return squared_error(self.prices, self.target, replace(self.unit, w_h=nudged.w_h))

    def _walk(self, unit):
        """Walk forward and back with these five numbers."""
        trace = rnn_forward(self.prices, unit)
        dy = np.append(np.zeros(len(self.prices) - 1), 2 * (trace.y[-1] - self.target))
        dh = rnn_backward(trace, dy, unit)[1][1:]
        return trace, Shares(dh, relu_backward(dh, trace.z), trace.h[:-1])

    def _draw_blame(self, shares, since, here, w_h):
        """Show the blame on its way back; return half the width and the height of each day's frame."""
        dh, dz, before = shares.dh, shares.dz, shares.before
        today = abs(dh[-1]) or 1.0
        tall = min(TODAY, _room(dh / today, UP, DOWN)) / today
        half = min(_room(self.first.before, HALF, HALF), _room(before, HALF, HALF)) * before
        heights = tall * dh
        tops = BASE + heights
        framed = (since >= 0) & (shares.each != 0)
        self.before.set_path(parts.bars(self.x - half, self.x + half, BASE - 2, BASE + 2))
        self.frames.set_path(parts.bars((self.x - half)[framed], (self.x + half)[framed], BASE, tops[framed]))

        on = max(since[here], 0) if dz[here] and here else 0  # its way to the day before, as a part of a day
        x, top = self.x[here] - PITCH * on, tops[here] + on * (tops[here - 1] - tops[here])
        there = (since >= 0) & (dh != 0)
        xs, ys = np.append(self.x[there], x), np.append(tops[there], top)
        self.stems.set_path(parts.bars(xs, xs, BASE, ys))
        self.blame.set_path(parts.marks(parts.GRADIENT.marker, xs[:-1], ys[:-1], 5))
        self.walker.set_path(parts.marks(parts.GRADIENT.marker, x, top, 8) if dh[here] else parts.NOTHING)
        words = parts.full(dh[here], 3)
        stopped = since[here] > 0 and dh[here] and not dz[here]
        words += f" × {parts.number(w_h)}" if on else " × 0" if stopped else ""
        is_long = x + 10 - LETTER * len(words) < NAMED  # it would stand on the names
        place = {"x": NAMED, "ha": "left"} if is_long else {"x": x + 10, "ha": "right"}
        self.carried.set(y=max(top, BASE) + 9, text=words, **place)
        gap = PITCH - 2 * RADIUS - 3
        starts, ends = self.x - RADIUS - 1, self.x - RADIUS - 1 - np.clip(since * gap, 8, gap)
        left = (since > 0) & (dz != 0) & (np.arange(len(dh)) > 0)
        self.arrows.set_path(
            parts.routes(*([(a, DAYS), (b, DAYS)] for a, b in zip(starts[left], ends[left], strict=True)), head=5)
        )
        return half, heights

    def _draw_pile(self, shares, since, nudged, half, heights):
        """Show each share, which leaves its frame, half so wide and so high, for its place on the pile."""
        each, sums = shares.each, shares.sums
        tall = min(0.75 * _room(self.first.sums, HIGHER, LOWER), _room(sums, HIGHER, LOWER))
        fallen, landed = np.clip(since, 0, 1), since >= 1
        full = (since >= 0) & (each != 0)
        fall = (half, HALF), (BASE, FLOOR + tall * (sums - each)), (heights, tall * each), (0, 6)
        now = (np.broadcast_to(start + fallen * (end - start), len(each)) for start, end in fall)
        self.pieces.set_path(parts.pointed(*(values[full] for values in (self.x, *now))))
        end = FLOOR + tall * np.sum(each[landed])
        x, level = self.x[landed][::-1], FLOOR + tall * sums[landed][::-1]
        way = np.add.outer(x, [HALF, -HALF]).ravel(), np.repeat(level, 2)
        self.way.set_data(np.append(way[0], PILE[1]), np.append(way[1], end))
        self.sum.set_path(parts.bars(PILE[0], PILE[1], FLOOR, end))
        self.nudged.set_data([PILE[0] - 4, PILE[1] + 4], [FLOOR + tall * nudged] * 2)
        self.total.set_text(parts.full(np.sum(each[landed]), 3))

        none, nothing = landed & (each == 0), (since >= 0) & (shares.dh == 0)
        x, y = np.append(self.x[none], self.x[nothing]), np.append(FLOOR + tall * sums[none], BASE + 0 * sums[nothing])
        self.zeros.set_path(parts.marks("x", x, y, 5))
        ticks = parts.round_numbers(0, HIGHER / tall, least=20 / tall)
        self.ticks.set_path(parts.bars(SCALE - 4, SCALE, FLOOR + tall * ticks - 0.5, FLOOR + tall * ticks + 0.5))
        for words, tick in zip_longest(self.marks, ticks):
            words.set(y=FLOOR + tall * (tick or 0), text="" if tick is None else parts.full(tick))

        each, sums = self.first.each, self.first.sums
        low, high = (FLOOR + tall * edge(sums, sums - each)[landed] for edge in (np.minimum, np.maximum))
        x = self.x[landed]
        left, right = np.append(x - HALF, PILE[0]), np.append(x + HALF, PILE[1])
        low, high = np.append(low, FLOOR), np.append(high, FLOOR + tall * np.sum(each[landed]))
        self.start.set_path(parts.bars(left, right, low, high))


def _room(values, up, down):
    """Return the most points for a value of 1 that leave all values inside their room on both sides of 0."""
    return min(up / max(values.max(), 1e-9), down / max(-values.min(), 1e-9))


def _sentence(shares, since, here, nudged):
    days, fallen, day, blame = len(since), np.sum(since >= 1), here + 1, parts.full(shares.dh[here], 3)
    where = f"the blame on day {day} is {blame}"
    if not shares.dh[here]:
        where = f"no blame comes to day {day}"
    elif not shares.dz[here]:
        where = f"day {day} is shut and stops the blame {blame}"
    total = f"add up to {_digits(np.sum(shares.each[since >= 1]))}"
    pile = f"{fallen} of {days} shares have fallen and {total}" if fallen else "no share has fallen yet"
    if fallen == days:
        most = np.argmax(abs(shares.each))
        pile = f"all {days} shares {total}"
        pile += f", the largest is {_digits(shares.each[most])} of day {most + 1}" if shares.each.any() else ""
    return f"{where}; {pile}; nudging w_h gives {_digits(nudged)}."


def _digits(number):
    """Write a number with four digits after the point, and an exact zero as a bare 0."""
    return f"{number:z,.4f}" if number else "0"

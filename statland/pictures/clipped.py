"""The feedback weight after each step of gradient descent, without and with clipping, for a unit that has to remember
day 1."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from statland.checks import shows
from statland.learning import feedback_descent, remembering_weight
from statland.pictures import parts
from statland.pictures.parts import GRADIENT, brief
from statland.prices import HIGH, STATLAND_WEIGHTS

DAYS, STEPS, RATE = 50, 30, 0.01
LOW, TOP = 0.4, 1.4  # the feedback weights that the axis holds
ROOM = 300  # points: from here on the largest number has its place to the left
PRICES = np.append(HIGH, np.zeros(DAYS - 1))


class Clipped:
    """Two descents from the same start, one of them with clipped steps: the feedback weight after each step."""

    alt = "The feedback weight after each step of gradient descent, one line without clipping and one with it."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(320)
        ax = self.ax = parts.axes(self.figure, 58, 48, 530, 308, xlim=(-0.6, STEPS + 0.6), ylim=(LOW, TOP))
        ax.set(xlabel="step", ylabel="feedback weight w_h", xticks=[0, 10, 20, 30], yticks=[0.4, 0.6, 0.8, 1, 1.2, 1.4])
        ax.axhline(remembering_weight(HIGH, DAYS, STATLAND_WEIGHTS), color=parts.OUTPUT.color, lw=1.5, ls=(0, (4, 3)))
        self.by_hand = {"start": ax.yaxis}
        self.whole = parts.line(ax, parts.QUIET, lw=2, marker="D", ms=9, mfc="white", mew=2, zorder=2)
        self.clipped = parts.line(ax, GRADIENT.color, lw=1, marker="D", ms=5, zorder=3)
        self.start = parts.points(ax, GRADIENT.color, "o", ms=13, mfc="white", mew=2.5)
        self.canvas = parts.canvas(self.figure, 58, 48, 530, 308)
        self.leap = parts.shapes(self.canvas, parts.QUIET)
        bold = {**parts.VALUE, "animated": True, "va": "center"}
        self.words = parts.text(self.canvas, 0, 0, "", color=parts.INK, **bold)
        self.update()
        ax.plot(*self.clipped.get_data(), color=parts.ROAD, lw=1)  # without marks, which would be steps

    @shows(start=(LOW, TOP), threshold=(0.01, 10.0))
    def update(self, start=1.05, threshold=1.0):
        """Show 30 steps from this start, whole and clipped at this threshold; return where both end."""
        whole = descent(start, np.inf, STEPS)
        too_long = np.flatnonzero(abs(np.diff(whole)) > RATE * threshold)
        same = too_long[0] if len(too_long) else STEPS  # so many steps are as they would be without clipping
        clipped = np.append(whole[:same], descent(whole[same], threshold, STEPS - same))
        outside = np.flatnonzero((whole < LOW) | (whole > TOP))
        last = outside[0] if len(outside) else len(whole)
        shown = np.clip(whole[: last + 1], LOW, TOP)
        self.whole.set_data(np.arange(len(shown)), shown)
        self.whole.set_markevery(slice(last))
        self.clipped.set_data(np.arange(len(clipped)), clipped)
        self.start.set_data([0], [start])
        self.leap.set_path(parts.NOTHING)
        self.words.set_text("")
        end = f"w_h = {whole[-1]:.3f} after {STEPS} steps"
        if last < len(whole):
            self._leap(last, whole[last])
            end = f"step {last} goes to w_h = {brief(whole[last])}"
        after = f"w_h = {clipped[-1]:.3f} after {STEPS} steps"
        return f"Start {start:g}. Without clipping: {end}. Clipped at {threshold:g}: {after}."

    def _leap(self, step, w_h):
        """Show where a step leaves the page: a triangle for each power of ten, and the number, where there is room."""
        count = max(1, int(np.floor(np.log10(abs(w_h)))) + 1)
        place = (step + 0.6) * 472 / (STEPS + 1.2)
        side, aligned = (1, "left") if place < ROOM else (-1, "right")
        x = place + side * 13 * np.arange(count)
        self.leap.set_path(parts.marks("v" if w_h < LOW else "^", x, np.full(count, 8.0 if w_h < LOW else 252.0), 5.5))
        self.words.set(text=brief(w_h, 3), x=x[-1] + side * 12, y=9 if w_h < LOW else 251, ha=aligned)


@lru_cache(maxsize=500)  # a reader who drags comes by again
def descent(start, threshold, steps):
    """Return the feedback weight at the start and after each step, also after those that no longer move it."""
    params = replace(STATLAND_WEIGHTS, w_h=start)
    w_h = [w_h for w_h, _, _ in feedback_descent(PRICES, HIGH, params, RATE, steps, threshold)]
    return np.pad(w_h, (0, steps + 1 - len(w_h)), mode="edge")

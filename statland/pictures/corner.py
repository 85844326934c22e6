"""A corner of the loss, where backpropagation and the numerical gradient disagree."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.prices import STATLAND_RULES, STATLAND_WEIGHTS
from statland.rnn import rnn_backward, rnn_forward

DAYS, TOMORROW = STATLAND_RULES[1]  # low, medium, then high: z is exactly 0 on the first day
EDGE, TOP = 0.008, 3.6e-4  # the biases and the losses that the axes hold


class Corner:
    """The loss over the bias b_h near ReLU's corner, its tangent from backpropagation, and a nudge to both sides."""

    alt = "The loss over the bias b_h, with a corner at 0; a tangent from backpropagation, a chord between two nudges."

    def __init__(self):
        self.figure = parts.page(340)
        ax = parts.axes(self.figure, 84, 48, 700, 300, xlim=(-EDGE, EDGE), ylim=(0, TOP))
        ax.set_xlabel("bias b_h", fontsize=parts.SIZE, color=parts.INK)
        ticks = np.arange(-8, 9, 4) / 1000
        ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        ax.set_yticks([0, 1e-4, 2e-4, 3e-4], ["0", "0.0001", "0.0002", "0.0003"])
        parts.text(ax, 0, 1.04, "loss", ha="right", va="bottom", transform=ax.transAxes)
        color = parts.GRADIENT.color
        parts.text(
            ax, 1, 1.06, "◆ backpropagation's slope", color=color, ha="right", va="bottom", transform=ax.transAxes
        )
        legend = "□ - - nudged down and up: the numerical slope"
        parts.text(ax, 0.6, 1.06, legend, ha="right", va="bottom", transform=ax.transAxes)
        ax.axvspan(-EDGE, 0, color="#ececec", lw=0)
        for side, words in ((-1, "day 1 shut"), (1, "day 1 open")):
            words += f"\nslope at 0: {loss_and_slope(side * 1e-9)[1]:.4f}"
            parts.text(ax, side * 0.0022, 0.97 * TOP, words, ha="center", va="top")
        b_h = np.linspace(-EDGE, EDGE, 161)
        ax.plot(b_h, [loss_and_slope(value)[0] for value in b_h], color=parts.INK, lw=2)
        self.tangent = parts.line(ax, color, lw=2)
        self.chord = parts.line(ax, parts.INK, lw=1.5, ls=(0, (4, 3)))
        self.here = parts.points(ax, color, parts.GRADIENT.marker, ms=9)
        self.nudged = parts.points(ax, parts.INK, "s", ms=8, mfc="white", mew=1.5)
        look = {"transform": ax.transAxes, "ha": "right", "va": "top", "animated": True, "fontsize": 16}
        self.backwards = parts.text(ax, 0.99, 0.68, "", color=color, **look)
        self.central = parts.text(ax, 0.99, 0.57, "", **look)

    def update(self, b_h=0.0, eps=0.002):
        """Show both slopes at this bias, the numerical one from a nudge of eps to both sides; return them."""
        b_h = round(b_h, 9)  # a slider may come back to 0 with a crumb, and a crumb opens the unit
        loss, slope = loss_and_slope(b_h)
        sides = np.array([b_h - eps, b_h + eps])
        losses = np.array([loss_and_slope(side)[0] for side in sides])
        central = (losses[1] - losses[0]) / (2 * eps)

        reach = np.array([-0.0035, 0.0035])
        self.tangent.set_data(b_h + reach, loss + slope * reach)
        self.chord.set_data(sides, losses)
        self.here.set_data([b_h], [loss])
        self.nudged.set_data(sides, losses)
        self.backwards.set_text(f"backpropagation {slope:.4f}")
        self.central.set_text(f"numerical {central:.4f}")
        where = "shut" if b_h < 0 else "open" if b_h else "on its corner"
        both = f"backpropagation says {slope:.4f}, the nudges say {central:.4f}"
        return f"b_h = {b_h:g}, eps = {eps:g}: day 1 is {where}; {both}: {_verdict(b_h, eps)}."


def loss_and_slope(b_h):
    """Return the squared error of StatLand's weights on the rule low, medium -> high, and its slope along b_h."""
    params = replace(STATLAND_WEIGHTS, b_h=b_h)
    trace = rnn_forward(DAYS, params)
    error = trace.y[-1] - TOMORROW
    return error**2, rnn_backward(trace, [0.0, 2 * error], params)[0].b_h


def _verdict(b_h, eps):
    if b_h == 0:
        return "the slope is another on each side"
    return "the nudges reach over the corner" if abs(b_h) < eps else "they agree"

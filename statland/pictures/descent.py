"""What gradient descent makes of a gradient that vanishes or explodes."""

from dataclasses import replace

import numpy as np

from statland.pictures import parts
from statland.prices import HIGH, STATLAND_WEIGHTS
from statland.rnn import RNNParams, clip_gradient, rnn_backward, rnn_forward

LEFT, RIGHT, TOP = -0.1, 1.4, 3.0  # the feedback weights and losses that the axes hold
GRID = np.linspace(LEFT, RIGHT, 401)
STEPS = 30


class Descent:
    """The loss over the feedback weight for a unit that has to remember day 1, and 30 steps of gradient descent."""

    alt = "The loss over the feedback weight, and the steps that gradient descent takes on it."

    def __init__(self):
        self.figure = parts.page(330)
        ax = parts.axes(self.figure, 62, 48, 700, 300, xlim=(LEFT, RIGHT), ylim=(0, TOP), yticks=[0, 1, 2, 3])
        ax.set_xlabel("feedback weight w_h", fontsize=parts.SIZE, color=parts.INK)
        parts.text(ax, 0, 1.04, "loss", ha="right", va="bottom", transform=ax.transAxes)
        color = parts.GRADIENT.color
        legend = "○ start   ◆ after a step   ◀ ▲ ▶ outside the picture"
        parts.text(ax, 1, 1.04, legend, color=color, ha="right", va="bottom", transform=ax.transAxes)
        self.curve = parts.line(ax, parts.INK, lw=2)
        self.way = parts.line(ax, color, lw=1)
        self.start = parts.points(ax, color, "o", ms=14, mfc="white", mew=2)
        self.marks = {marker: parts.points(ax, color, marker, ms=7) for marker in "D<^>"}

    def update(self, start=0.5, days=50, rate=0.01, clip=np.inf):
        """Show 30 steps of this rate from this start, over this many days, with the slope cut to clip at most; return
        where they end."""
        prices = np.zeros(days)
        prices[0] = HIGH
        rows = np.tile(prices[:, None], GRID.size)
        curve = (rnn_forward(rows, replace(STATLAND_WEIGHTS, w_h=GRID)).y[-1] - HIGH) ** 2
        self.curve.set_data(GRID, np.minimum(curve, 10 * TOP))

        w_h, loss, slope = (np.array(values) for values in zip(*_descend(prices, start, rate, clip), strict=True))
        x, y = np.clip(w_h, LEFT, RIGHT), np.minimum(loss, TOP)
        self.way.set_data(x, y)
        self.start.set_data(x[:1], y[:1])
        where = np.select([w_h < LEFT, w_h > RIGHT, loss > TOP], ["<", ">", "^"], "D")
        for marker, marks in self.marks.items():
            marks.set_data(x[1:][where[1:] == marker], y[1:][where[1:] == marker])
        clipped = f", clipped at {clip:g}" if clip < np.inf else ""
        return f"start {start:g}, {days} days, rate {rate:g}{clipped}: {_outcome(w_h, loss, slope)}"


def loss_and_slope(prices, w_h):
    """Return the squared error of the prediction HIGH after these prices `(T,)`, and its slope along w_h."""
    params = replace(STATLAND_WEIGHTS, w_h=w_h)
    trace = rnn_forward(prices, params)
    error = trace.y[-1] - HIGH
    dy = np.zeros(len(prices))
    dy[-1] = 2 * error
    return error**2, rnn_backward(trace, dy, params)[0].w_h


def _descend(prices, w_h, rate, clip):
    """Yield w_h, loss and slope at the start and after each step, until the steps or the slope run out."""
    for _ in range(STEPS + 1):
        loss, slope = loss_and_slope(prices, w_h)
        yield w_h, loss, slope
        if slope == 0:
            return
        if clip < np.inf:
            slope = clip_gradient(RNNParams(w_x=0.0, w_h=slope, w_y=0.0), clip).w_h
        w_h -= rate * slope


def _outcome(w_h, loss, slope):
    steps, end, at = len(w_h) - 1, parts.brief(w_h[-1]), parts.brief(loss[-1], 3)
    if loss[-1] < 0.01:
        return f"after {steps} steps w_h is {end} and the loss {parts.brief(loss[-1], 2)}: the minimum is found."
    if slope[-1] == 0 and steps == 0:
        return f"the unit is shut, the gradient exactly 0: w_h stays, and so does the loss of {at}."
    if slope[-1] == 0:
        leap = f"step {steps} leaps over the minimum, from {parts.brief(w_h[-2])} to {end}"
        return f"{leap}, where the unit is shut and the gradient exactly 0."
    if slope[-1] * slope[-2] < 0:
        low, high = map(parts.brief, sorted(w_h[-2:]))
        return f"it steps to and fro over the minimum, between w_h = {low} and {high}: the steps are too long."
    verdict = "it stands still" if end == parts.brief(w_h[0]) else "it has not arrived"
    return f"after {steps} steps w_h is {end} and the loss {at}: {verdict}."

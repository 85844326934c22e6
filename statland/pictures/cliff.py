"""The error surface of one unit without prices, with its cliff, and a ball that follows the gradient.

Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013), section 2
and figure 6: x_t = w sigmoid(x_(t-1)) + b over 50 days, from x_0 = 0.5, with the target 0.7.
"""

from functools import lru_cache
from math import hypot, inf

import numpy as np

from statland.lstm import sigmoid
from statland.pictures import parts
from statland.rnn import RNNParams, clip_gradient, gradient_step

DAYS, START, TARGET = 50, 0.5, 0.7
W, B = (3.0, 7.0), (-4.0, -1.0)  # the weights and biases that the map holds
HIGHEST = 0.5  # of the error axis and of the colours
THRESHOLD = 1.0


class Cliff:
    """The error over feedback weight and bias as a map, a cut through it, and the steps of gradient descent."""

    alt = "A map of the error over w and b with a cliff across it, the way of a ball on it, and a cut through the map."

    def __init__(self):
        self.figure = parts.page(376)
        color = parts.GRADIENT.color
        ax = parts.axes(self.figure, 58, 48, 440, 338, xlim=W, ylim=B, yticks=[-4, -3, -2, -1])
        w, self.b, errors = error_map()
        look = {"cmap": "cividis", "vmin": 0, "vmax": HIGHEST, "aspect": "auto", "origin": "lower"}
        ax.imshow(errors, extent=(*W, *B), **look)
        lines = ax.contour(w, self.b, errors, [0.02, 0.08, 0.3, 0.4], colors=["w", "w", parts.INK, parts.INK])
        lines.set_linewidth(0.8)
        places = [(3.75, -1.45), (5.5, -1.5), (3.6, -2.45), (3.6, -3.2)]
        ax.clabel(lines, fontsize=12, fmt="error %g", manual=places)
        ax.set_xlabel("feedback weight w", fontsize=parts.SIZE, color=parts.INK)
        parts.text(ax, -0.09, 1.03, "bias b", ha="center", va="bottom", transform=ax.transAxes)
        legend = "○ start   ◆ after a step   ● ball   ▲ outside"
        parts.text(ax, 1, 1.03, legend, color=color, ha="right", va="bottom", transform=ax.transAxes)

        side = parts.axes(self.figure, 492, 48, 704, 338, xlim=(0, HIGHEST), ylim=B, yticks=[-4, -3, -2, -1])
        side.set_xlabel("error", fontsize=parts.SIZE, color=parts.INK)
        strip = parts.axes(self.figure, 492, 346, 704, 354, xticks=[], yticks=[])
        strip.imshow(np.linspace(0, HIGHEST, 256)[None], **look)
        strip.set_axis_off()
        self.cut = parts.line(side, parts.INK, lw=2)
        self.height = parts.text(strip, 1, 1.4, "", ha="right", va="bottom", transform=strip.transAxes, animated=True)

        self.way = parts.line(ax, color, lw=2)
        self.steps = parts.points(ax, color, parts.GRADIENT.marker, ms=8, mec="white", mew=0.5)
        self.start = parts.points(ax, color, "o", ms=11, mfc="white", mew=2)
        look = {"mec": "white", "mew": 1.5}
        self.balls = [parts.points(axes, color, "o", ms=13, **look) for axes in (ax, side)]
        self.outside = {marker: parts.points(ax, color, marker, ms=15, **look) for marker in "<>v^"}

    def update(self, step=8, start_w=4.6, start_b=-3.3, rate=1.0, clip=False):
        """Show the ball after these steps from this start, clipped to the norm 1 or not; return where it is."""
        path = list(_descend(start_w, start_b, rate, THRESHOLD if clip else inf, step))
        w, b, error, _ = np.array(path).T
        inside = (w >= W[0]) & (w <= W[1]) & (b >= B[0]) & (b <= B[1])
        self.way.set_data(*_on_the_map(w, b, inside))
        self.steps.set_data(w[1:-1][inside[1:-1]], b[1:-1][inside[1:-1]])
        self.start.set_data(w[:1], b[:1])
        here = slice(-1, None) if inside[-1] else slice(0)
        self.balls[0].set_data(w[here], b[here])
        self.balls[1].set_data(error[here], b[here])
        for mark in self.outside.values():
            mark.set_data([], [])
        if not inside[-1]:
            last = np.flatnonzero(inside)[-1]  # the start is always inside
            marker, place = _crossing(w[last : last + 2], b[last : last + 2])
            self.outside[marker].set_data(*place)

        at = float(np.clip(w[-1], *W))
        self.cut.set_data(surface(at, self.b), self.b)
        self.height.set_text(f"cut at w = {at:.2f}")
        return _sentence(path, rate, clip, inside)


@lru_cache(maxsize=1)
def error_map():
    """Return the weights, the biases and the errors of the map, worked out once for all pictures of it."""
    w, b = np.linspace(*W, 383), np.linspace(*B, 601)
    return w, b, surface(w, b[:, None])


def surface(w, b, days=DAYS):
    """Return the error after these days for each feedback weight w and bias b; arrays are broadcast."""
    x = START
    for _ in range(days):
        x = w * sigmoid(x) + b
    return (sigmoid(x) - TARGET) ** 2


def error_and_slopes(w, b, days=DAYS):
    """Return the error and its slopes along w and b: forward through the days, then back by the chain rule."""
    x, s = START, []
    for _ in range(days):
        s.append(sigmoid(x))
        x = w * s[-1] + b
    y = sigmoid(x)
    dx, dw, db = 2 * (y - TARGET) * y * (1 - y), 0.0, 0.0
    for s_t in reversed(s):
        dw = dw + dx * s_t
        db = db + dx
        dx = dx * w * s_t * (1 - s_t)
    return (y - TARGET) ** 2, dw, db


def _descend(w, b, rate, threshold, steps):
    """Yield w, b, the error and the norm of the gradient at the start and after each step."""
    params = RNNParams(w_x=0.0, w_h=w, w_y=0.0, b_h=b)
    for step in range(steps + 1):
        error, dw, db = error_and_slopes(params.w_h, params.b_h)
        yield params.w_h, params.b_h, error, hypot(dw, db)
        if step < steps:
            grads = RNNParams(w_x=0.0, w_h=float(dw), w_y=0.0, b_h=float(db))
            params = gradient_step(params, clip_gradient(grads, threshold), rate)


def _on_the_map(w, b, inside):
    """Return the way as far as it runs on the map, up to the points where it leaves and enters."""
    way = [(w[0], b[0])]
    for step in range(1, len(w)):
        here, before = inside[step], inside[step - 1]
        if here != before:
            _, edge = _crossing(*(v[[step - 1, step] if before else [step, step - 1]] for v in (w, b)))
            way += [np.ravel(edge), (np.nan, np.nan)] if before else [np.ravel(edge)]
        if here:
            way.append((w[step], b[step]))
    return np.transpose(way)


def _crossing(w, b):
    """Return the mark for the edge of the map between a point inside and one outside, and its place."""
    edges = [("<", w, W[0]), (">", w, W[1]), ("v", b, B[0]), ("^", b, B[1])]
    shares = {m: (edge - v[0]) / (v[1] - v[0]) for m, v, edge in edges if (v[1] - edge) * (1 if m in ">^" else -1) > 0}
    marker = min(shares, key=shares.get)
    return marker, [[v[0] + shares[marker] * (v[1] - v[0])] for v in (w, b)]


def _sentence(path, rate, clip, inside):
    w, b, error, norm = path[-1]
    words = f"step {len(path) - 1} at rate {rate:g}: w = {_tidy(w)}, b = {_tidy(b)}, error {_small(error)}"
    if not inside[-1]:
        leap = int(np.flatnonzero(inside)[-1])
        (w0, b0, _, blow), (w1, b1, *_) = path[leap : leap + 2]
        blow, far = parts.brief(blow, 3), parts.brief(hypot(w1 - w0, b1 - b0), 3)
        way = f"in step {leap + 1} a gradient of {blow} sends it {far} far"
        return f"{words}. The ball is outside the picture: {way}."
    if clip and norm >= THRESHOLD:
        goes = f"The gradient of {parts.brief(norm, 3)} is cut to 1, so the next step goes {rate * THRESHOLD:g} far"
    else:
        goes = f"The gradient is {parts.brief(norm, 3)}, so the next step goes {parts.brief(rate * norm, 3)} far"
    return f"{words}. {goes}."


def _tidy(value):
    return f"{round(value, 2) + 0.0:.2f}"  # adding 0.0 turns -0.0 into 0.0


def _small(error):
    return f"{error:.3f}" if error >= 0.0005 else "under 0.001"

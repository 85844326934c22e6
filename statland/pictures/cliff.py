"""The error surface of one unit without prices, with its cliff, and a ball that follows the gradient.

Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013), figure 6.
"""

from functools import lru_cache

import numpy as np

from statland.learning import gradient_descent, gradient_norm
from statland.pictures import parts
from statland.pictures.parts import brief
from statland.sigmoid_unit import SigmoidParams, error_and_gradient, error_surface

W, B = (3.0, 7.0), (-4.0, -1.0)  # the weights and biases that the map holds
HIGHEST = 0.5  # of the error axis and of the colours
THRESHOLD = 1.0


class Cliff:
    """The error over feedback weight and bias as a map, a cut through it, and the steps of gradient descent."""

    alt = "A map of the error over w and b with a cliff across it, the way of a ball on it, and a cut through the map."

    def __init__(self):
        self.figure = parts.page(376)
        color = parts.GRADIENT.color
        biases = {"ylim": B, "yticks": [-4, -3, -2, -1]}
        ax = parts.axes(self.figure, 58, 48, 440, 338, xlim=W, xlabel="feedback weight w", **biases)
        w, self.b, errors = error_map()
        look = {"cmap": "cividis", "vmin": 0, "vmax": HIGHEST, "aspect": "auto", "origin": "lower"}
        ax.imshow(errors, extent=(*W, *B), **look)
        lines = ax.contour(w, self.b, errors, [0.02, 0.08, 0.3, 0.4], colors=["w", "w", parts.INK, parts.INK])
        lines.set_linewidth(0.8)
        places = [(3.75, -1.45), (5.5, -1.5), (3.6, -2.45), (3.6, -3.2)]
        ax.clabel(lines, fontsize=12, fmt="error %g", manual=places)
        parts.above(ax, "bias b", -0.09, 1.03, ha="center")
        parts.above(ax, "○ start   ◆ after a step   ● ball   ▲ outside", 1, 1.03, color=color)

        side = parts.axes(self.figure, 492, 48, 704, 338, xlim=(0, HIGHEST), xlabel="error", **biases)
        strip = parts.axes(self.figure, 492, 346, 704, 354, xticks=[], yticks=[])
        strip.imshow(np.linspace(0, HIGHEST, 256)[None], **look)
        strip.set_axis_off()
        self.cut = parts.line(side, parts.INK, lw=2)
        self.height = parts.above(strip, "", 1, 1.4, animated=True)

        self.way = parts.line(ax, color, lw=2)
        self.steps = parts.points(ax, color, parts.GRADIENT.marker, ms=8, mec="white", mew=0.5)
        self.start = parts.points(ax, color, "o", ms=11, mfc="white", mew=2)
        look = {"mec": "white", "mew": 1.5}
        self.balls = [parts.points(axes, color, "o", ms=13, **look) for axes in (ax, side)]
        self.outside = parts.points(ax, color, "^", ms=15, **look)

    def update(self, step=8, start_w=4.6, start_b=-3.3, rate=1.0, clip=False):
        """Show the ball after these steps from this start, clipped to the norm 1 or not; return where it is."""
        start, threshold = SigmoidParams(start_w, start_b), THRESHOLD if clip else np.inf
        descent = gradient_descent(error_and_gradient, start, rate, step, threshold)
        path = np.transpose([(p.w, p.b, error, gradient_norm(grads)) for p, error, grads in descent])
        w, b, error, _ = path
        where, nearest_w, _ = parts.on_the_page(self.way.axes, w, b)
        inside = where == "D"
        last = np.flatnonzero(inside)[-1]  # the last step on the map; the start is always on it

        self.way.set_data(*_on_the_map(w, b, inside))
        self.steps.set_data(w[1:-1][inside[1:-1]], b[1:-1][inside[1:-1]])
        self.start.set_data(w[:1], b[:1])
        here = slice(step, None) if last == step else slice(0)
        self.balls[0].set_data(w[here], b[here])
        self.balls[1].set_data(error[here], b[here])
        self.outside.set_data([], [])
        if last < step:
            marker, place = _crossing(w[last : last + 2], b[last : last + 2])
            self.outside.set_marker(marker)
            self.outside.set_data(*place)

        self.cut.set_data(error_surface(SigmoidParams(nearest_w[-1], self.b)), self.b)
        self.height.set_text(f"cut at w = {nearest_w[-1]:.2f}")
        return _sentence(path, rate, clip, last)


@lru_cache(maxsize=1)
def error_map():
    """Return the weights, the biases and the errors of the map, worked out once for all pictures of it."""
    w, b = np.linspace(*W, 383), np.linspace(*B, 601)
    return w, b, error_surface(SigmoidParams(w, b[:, None]))


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


def _sentence(path, rate, clip, last):
    step = path.shape[1] - 1
    w, b, error, norm = path[:, -1]
    small = f"{error:.3f}" if error >= 0.0005 else "under 0.001"
    words = f"step {step} at rate {rate:g}: w = {w:z.2f}, b = {b:z.2f}, error {small}"
    if last < step:
        far = brief(np.hypot(*(path[:2, last + 1] - path[:2, last])), 3)
        goes = f"in step {last + 1} a gradient of {brief(path[3, last], 3)} sends it {far} far"
        return f"{words}. The ball is outside the picture: {goes}."
    if clip and norm > THRESHOLD:
        goes = f"The gradient of {brief(norm, 3)} is cut to 1, so the next step goes {rate * THRESHOLD:g} far"
    else:
        goes = f"The gradient is {brief(norm, 3)}, so the next step goes {brief(rate * norm, 3)} far"
    return f"{words}. {goes}."

"""One LSTM unit: three gates, a candidate, and a memory line that has no weight of its own.

    f_t, i_t, o_t = sigmoid(w_x x_t + w_h h_(t-1) + b)    forget, input and output gate, each with its own three numbers
    g_t           =    tanh(w_x x_t + w_h h_(t-1) + b)    candidate
    c_t = f_t c_(t-1) + i_t g_t                           cell state: the long-term memory
    h_t = o_t tanh(c_t)                                   hidden state: the short-term memory, and the output

Shapes, units and the treatment of input are those of `statland.rnn`.

Sources: Hochreiter and Schmidhuber, "Long short-term memory" (1997); Gers, Schmidhuber and Cummins, "Learning to
forget" (2000), for the forget gate; the StatQuest episode "Long Short-Term Memory (LSTM), Clearly Explained" (2022).
"""

from dataclasses import dataclass

import numpy as np

from statland.rnn import checked_input, checked_numbers, checked_weights, weight_gradient


@dataclass(frozen=True)
class Gate:
    """Three numbers: the weight of the price, the weight of the short-term memory, and the bias."""

    w_x: float
    w_h: float
    b: float

    def __post_init__(self):
        checked_weights(vars(self))

    def weighted(self, x, h):
        """Return the weighted sum z of price and short-term memory, before sigmoid or tanh."""
        return self.w_x * x + self.w_h * h + self.b

    def gradient(self, dz, x, h):
        """Return dL/d(w_x, w_h, b) for the errors dz `(T, ...)` of that sum, as a `Gate`."""
        seen = {"w_x": x, "w_h": h, "b": 1.0}
        return Gate(**{name: weight_gradient(dz, seen[name], weight) for name, weight in vars(self).items()})


@dataclass(frozen=True)
class LSTMParams:
    """The twelve numbers of the unit, three for each of its four parts. Gradients come back in this class too."""

    forget: Gate
    input: Gate
    candidate: Gate
    output: Gate


@dataclass(frozen=True)
class LSTMTrace:
    """All that a forward pass computed: `x`, `f`, `i`, `g`, `o` of shape `(T, ...)`; `c`, `h` of shape `(T+1, ...)`."""

    x: np.ndarray
    f: np.ndarray
    i: np.ndarray
    g: np.ndarray
    o: np.ndarray
    c: np.ndarray
    h: np.ndarray


def sigmoid(z):
    """Squeeze any number between 0 (a closed gate) and 1 (an open one), elementwise.

    It is 1 / (1 + exp(-z)), by way of tanh, which can't overflow.
    """
    return 0.5 + 0.5 * np.tanh(0.5 * z)


@np.errstate(over="ignore", invalid="ignore")
def lstm_step(x, h, c, params):
    """Advance one day: return the gates and the candidate f, i, g, o, and the new c and h, each shaped like x."""
    f = sigmoid(params.forget.weighted(x, h))
    i = sigmoid(params.input.weighted(x, h))
    g = np.tanh(params.candidate.weighted(x, h))
    o = sigmoid(params.output.weighted(x, h))
    c = f * c + i * g
    return f, i, g, o, c, o * np.tanh(c)


@np.errstate(over="ignore", invalid="ignore")
def lstm_forward(x, params, h0=0.0, c0=0.0):
    """Read the prices x `(T, ...)` day by day, starting from the states h0 and c0: return an `LSTMTrace`.

    The prediction for tomorrow is `h[-1]`. Bad prices are refused as by `rnn_forward`.
    """
    weights = {f"{part}.{name}": value for part, gate in vars(params).items() for name, value in vars(gate).items()}
    x, h0, c0 = checked_input(x, weights, h0=h0, c0=c0)
    f, i, g, o = np.empty((4, *x.shape))
    c, h = np.empty((2, len(x) + 1, *x.shape[1:]))
    c[0], h[0] = c0, h0
    for t in range(len(x)):
        f[t], i[t], g[t], o[t], c[t + 1], h[t + 1] = lstm_step(x[t], h[t], c[t], params)
    return LSTMTrace(x, f, i, g, o, c, h)


@np.errstate(over="ignore", invalid="ignore")
def lstm_backward(trace, dh, params, dc=None):
    """Backpropagation through time: return the gradients (`LSTMParams`), dh and dc, both `(T+1, ...)`.

    The dh `(T, ...)` that goes in is dL/dh of each day as it comes from outside, zero on days without an error;
    so is dc, for a loss that looks at the long-term memory itself. What comes out is the whole derivative by each
    state, through all later days and, for c, through h of its own day as well. Another shape is a `ValueError`.
    """
    f, i, g, o, c = trace.f, trace.i, trace.g, trace.o, trace.c
    dh = from_outside(dh, "dh", trace)
    dc = from_outside(np.zeros(trace.x.shape) if dc is None else dc, "dc", trace)
    squeezed = np.tanh(c)
    z_f, z_i, z_g, z_o = np.empty((4, *trace.x.shape))  # dL/dz of the four sums
    for t in reversed(range(len(f))):
        dc[t + 1] += dh[t + 1] * o[t] * (1 - squeezed[t + 1] ** 2)
        z_f[t] = dc[t + 1] * c[t] * f[t] * (1 - f[t])
        z_i[t] = dc[t + 1] * g[t] * i[t] * (1 - i[t])
        z_g[t] = dc[t + 1] * i[t] * (1 - g[t] ** 2)
        z_o[t] = dh[t + 1] * squeezed[t + 1] * o[t] * (1 - o[t])
        dc[t] += dc[t + 1] * f[t]  # the memory line: nothing but the forget gate
        dh[t] += params.forget.w_h * z_f[t] + params.input.w_h * z_i[t]
        dh[t] += params.candidate.w_h * z_g[t] + params.output.w_h * z_o[t]
    seen = trace.x, trace.h[:-1]
    grads = LSTMParams(
        forget=params.forget.gradient(z_f, *seen),
        input=params.input.gradient(z_i, *seen),
        candidate=params.candidate.gradient(z_g, *seen),
        output=params.output.gradient(z_o, *seen),
    )
    return grads, dh, dc


def from_outside(errors, name, trace):
    """Return the errors `(T, ...)` of the days below a zero for the state before them, shape `(T+1, ...)`."""
    errors = checked_numbers(errors, name)
    if errors.shape != trace.x.shape:
        raise ValueError(f"{name} must have one number for each day, shape {trace.x.shape}, but it has {errors.shape}.")
    return np.concatenate([np.zeros((1, *errors.shape[1:])), errors])

"""One LSTM unit: three gates, a candidate, and a memory line that has no weight of its own.

    f_t, i_t, o_t = sigmoid(w_x x_t + w_h h_(t-1) + b)    forget, input and output gate, each with its own three numbers
    g_t           =    tanh(w_x x_t + w_h h_(t-1) + b)    candidate
    c_t = f_t c_(t-1) + i_t g_t                           cell state: the long-term memory
    h_t = o_t tanh(c_t)                                   hidden state: the short-term memory, and the output

Shapes, units and the treatment of input are those of `statland.rnn`.

Sources: Hochreiter and Schmidhuber, "Long short-term memory" (1997); Gers, Schmidhuber and Cummins, "Learning to
forget" (2000), for the forget gate; the StatQuest episode "Long Short-Term Memory (LSTM), Clearly Explained" (2022).
"""

from dataclasses import dataclass, replace

import numpy as np

from statland.checks import Numbers, backward_pass, forward_pass, numbers_alone
from statland.rnn import weight_gradient


@dataclass(frozen=True, eq=False)
class Gate(Numbers):
    """Three numbers: the weight of the price, the weight of the short-term memory, and the bias."""

    w_x: float
    w_h: float
    b: float

    def weighted(self, x, h):
        """Return the weighted sum z of price and short-term memory, before sigmoid or tanh."""
        return self.w_x * x + self.w_h * h + self.b

    def gradient(self, dz, x, h):
        """Return dL/d(w_x, w_h, b) for the errors dz `(T, ...)` of that sum, as a `Gate`."""
        seen = {"w_x": x, "w_h": h, "b": 1.0}
        return Gate(**{name: weight_gradient(dz, seen[name], weight) for name, weight in vars(self).items()})


@dataclass(frozen=True, eq=False)
class LSTMParams(Numbers):
    """The twelve numbers of the unit, three for each of its four parts. Gradients come back in this class too."""

    forget: Gate
    input: Gate
    candidate: Gate
    output: Gate

    def __post_init__(self):
        for name, part in vars(self).items():
            if not isinstance(part, Gate):
                raise TypeError(f"{name} must be a Gate, not {part!r}.")


@dataclass(frozen=True, eq=False)
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


def lstm_step(x, h, c, params):
    """Advance one day: return the gates and the candidate f, i, g, o, and the new c and h, each shaped like x."""
    f = sigmoid(params.forget.weighted(x, h))
    i = sigmoid(params.input.weighted(x, h))
    g = np.tanh(params.candidate.weighted(x, h))
    o = sigmoid(params.output.weighted(x, h))
    c = f * c + i * g
    return f, i, g, o, c, o * np.tanh(c)


def lstm_forward(x, params, h0=0.0, c0=0.0):
    """Read the prices x `(T, ...)` day by day, starting from the states h0 and c0: return an `LSTMTrace`.

    The prediction for tomorrow is `h[-1]`. Bad prices are refused as by `rnn_forward`.
    """
    f, i, g, o = ([0.0] * len(x) for _ in range(4))
    c, h = [c0] * (len(x) + 1), [h0] * (len(x) + 1)
    for t in range(len(x)):
        f[t], i[t], g[t], o[t], c[t + 1], h[t + 1] = lstm_step(x[t], h[t], c[t], params)
    return LSTMTrace(*map(np.asarray, (x, f, i, g, o, c, h)))


def lstm_backward(trace, dh, params, dc=None):
    """Backpropagation through time: return the gradients (`LSTMParams`), dh and dc, both `(T+1, ...)`.

    The dh `(T, ...)` that goes in is dL/dh of each day as it comes from outside, zero on days without an error;
    so is dc, for a loss that looks at the long-term memory itself. What comes out is the whole derivative by each
    state, through all later days and, for c, through h of its own day as well. Another shape is a `ValueError`.
    """
    f, i, g, o, c = trace.f, trace.i, trace.g, trace.o, trace.c
    squeezed = np.tanh(c)
    z_f, z_i, z_g, z_o = ([0.0] * len(f) for _ in range(4))  # dL/dz of the four sums
    dh, dc = [0.0, *dh], [0.0, *dc]  # the first is of the state before day 1
    for t in reversed(range(len(f))):
        dc[t + 1] += dh[t + 1] * o[t] * (1 - squeezed[t + 1] ** 2)
        z_f[t] = dc[t + 1] * c[t] * f[t] * (1 - f[t])
        z_i[t] = dc[t + 1] * g[t] * i[t] * (1 - i[t])
        z_g[t] = dc[t + 1] * i[t] * (1 - g[t] ** 2)
        z_o[t] = dh[t + 1] * squeezed[t + 1] * o[t] * (1 - o[t])
        dc[t] += dc[t + 1] * f[t]  # the memory line: nothing but the forget gate
        dh[t] += params.forget.w_h * z_f[t] + params.input.w_h * z_i[t]
        dh[t] += params.candidate.w_h * z_g[t] + params.output.w_h * z_o[t]
    parts = zip(vars(params).values(), (z_f, z_i, z_g, z_o), strict=True)
    grads = LSTMParams(*(gate.gradient(np.array(dz), trace.x, trace.h[:-1]) for gate, dz in parts))
    return grads, np.array(dh), np.array(dc)


def lstm_jacobian(trace, params):
    """Return dc_T/dc_t `(T+1, ...)`: what arrives on the last day of a small change of the long-term memory."""
    last = np.zeros(trace.x.shape)
    last[-1] = 1.0
    return lstm_backward(trace, np.zeros(trace.x.shape), params, dc=last)[2]


def memory_line(f, let_in):
    """Return c_t = f_t c_(t-1) + what is let in on day t `(T+1, ...)`: the memory alone, empty at first.

    With f = 1 on all days it is the constant error carousel, the memory of the first LSTM (1997).
    """
    c = [np.zeros(np.shape(let_in[0]))]
    for f_t, new in zip(f, let_in, strict=True):
        c.append(f_t * c[-1] + new)
    return np.array(c)


def direct_path(f):
    """Return for each day the product of the forget gates after it `(T, ...)`: the gradient of the memory alone."""
    return np.cumprod(np.concatenate([np.ones((1, *f.shape[1:])), f[:0:-1]]), axis=0)[::-1]


def with_forget_bias(params, b):
    """Return params with this bias of the forget gate."""
    return replace(params, forget=replace(params.forget, b=b))


lstm_forward = forward_pass(lstm_forward)
lstm_backward, lstm_jacobian = map(backward_pass(LSTMTrace), (lstm_backward, lstm_jacobian))
memory_line, direct_path = numbers_alone(memory_line), numbers_alone(direct_path)

"""The same unit in PyTorch, where it is installed: an independent reference for every number."""

from dataclasses import astuple

import numpy as np
import pytest

from statland import RNNParams, rnn_backward, rnn_forward

torch = pytest.importorskip("torch", reason="PyTorch is not installed")


def test_states_outputs_and_gradients_are_those_of_pytorch():
    rng = np.random.default_rng(3)
    for _ in range(50):
        params = RNNParams(*rng.normal(0, 1, 5))
        x, target = rng.uniform(0, 1, (2, 6, 4))
        trace = rnn_forward(x, params)
        grads, dh = rnn_backward(trace, 2 * (trace.y - target), params)

        w_x, w_h, w_y, b_h, b_y = weights = [torch.tensor(value, dtype=torch.float64) for value in astuple(params)]
        for weight in weights:
            weight.requires_grad_()
        states = [torch.zeros(4, dtype=torch.float64, requires_grad=True)]
        for price in torch.tensor(x):
            states.append(torch.relu(w_x * price + w_h * states[-1] + b_h))
            states[-1].retain_grad()
        y = w_y * torch.stack(states[1:]) + b_y
        ((y - torch.tensor(target)) ** 2).sum().backward()

        assert np.allclose(trace.y, y.detach().numpy(), rtol=1e-12, atol=1e-14)
        assert np.allclose(dh, [state.grad.numpy() for state in states], rtol=1e-10, atol=1e-12)
        reference = [0.0 if weight.grad is None else weight.grad.item() for weight in weights]
        assert np.allclose(astuple(grads), reference, rtol=1e-10, atol=1e-12)


def test_pytorchs_own_rnn_layer_gives_the_same_states():
    params = RNNParams(w_x=1.8, w_h=-0.5, w_y=1.1, b_h=0.2)
    layer = torch.nn.RNN(1, 1, nonlinearity="relu", dtype=torch.float64)
    with torch.no_grad():
        for tensor, value in zip(layer.parameters(), (params.w_x, params.w_h, params.b_h, 0.0), strict=True):
            tensor.fill_(value)
    x = np.array([1.0, 0.5, 0.5, 0.0, 1.0])
    states, _ = layer(torch.tensor(x)[:, None, None])
    assert np.allclose(rnn_forward(x, params).h[1:], states.detach().numpy().ravel(), rtol=1e-14, atol=0)

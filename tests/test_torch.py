"""The same unit in PyTorch, where it is installed: an independent reference for every number."""

from dataclasses import astuple

import nbformat
import numpy as np
import pytest
from course import NOTEBOOKS
from nbclient import NotebookClient

from statland import (
    Gate,
    LSTMParams,
    RNNParams,
    attend,
    attend_backward,
    lstm_backward,
    lstm_forward,
    rnn_backward,
    rnn_forward,
)

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


def test_pytorchs_own_lstm_layer_gives_the_same_states_and_gradients():
    rng = np.random.default_rng(6)
    layer = torch.nn.LSTM(1, 1, dtype=torch.float64)
    order = ("input", "forget", "candidate", "output")  # in which PyTorch keeps them
    for _ in range(20):
        params = LSTMParams(*(Gate(*rng.normal(0, 1.5, 3)) for _ in range(4)))
        gates = [getattr(params, part) for part in order]
        columns = ("w_x", "w_h", "b")
        with torch.no_grad():
            for tensor, name in zip(layer.parameters(), columns, strict=False):
                numbers = [getattr(gate, name) for gate in gates]
                tensor.copy_(torch.tensor(numbers, dtype=torch.float64).reshape(tensor.shape))
            layer.bias_hh_l0.zero_()
        x, weight = rng.uniform(-1, 1, 7), rng.normal(0, 1, 7)
        layer.zero_grad()
        states, (h, c) = layer(torch.tensor(x)[:, None])
        ((states[:, 0] * torch.tensor(weight)).sum() + 3.0 * c.sum()).backward()

        trace = lstm_forward(x, params)
        grads, _, _ = lstm_backward(trace, weight, params, dc=[0.0] * 6 + [3.0])
        assert np.allclose(trace.h[1:], states.detach().numpy()[:, 0], rtol=1e-12, atol=1e-14)
        assert np.allclose((trace.h[-1], trace.c[-1]), (h.item(), c.item()), rtol=1e-12)
        for tensor, name in zip(layer.parameters(), columns, strict=False):
            ours = [getattr(getattr(grads, part), name) for part in order]
            assert np.allclose(ours, tensor.grad.numpy().ravel(), rtol=1e-10, atol=1e-12)


def test_pytorchs_own_attention_gives_the_same_answer_and_gradients():
    rng = np.random.default_rng(9)
    for _ in range(20):
        query, keys, values = rng.normal(0, 1, 2), rng.normal(0, 1, (6, 2)), rng.normal(0, 1, 6)
        tensors = [torch.tensor(numbers, requires_grad=True) for numbers in (query[None], keys, values[:, None])]
        answer = torch.nn.functional.scaled_dot_product_attention(*tensors)
        (3.0 * answer).sum().backward()
        assert attend(query, keys, values)[1] == pytest.approx(answer.item(), rel=1e-12)
        for ours, tensor in zip(attend_backward(3.0, query, keys, values), tensors, strict=True):
            assert np.allclose(ours, tensor.grad.numpy().reshape(ours.shape), rtol=1e-10, atol=1e-13)


def test_cells_that_need_pytorch_say_what_is_stored():
    found = 0
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        chosen = [cell for cell in notebook.cells if "needs-torch" in cell.metadata.get("tags", [])]
        stored = [[output.text for output in cell.outputs] for cell in chosen]
        if chosen:
            NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": path.parent}}).execute()
        assert [[output.text for output in cell.outputs] for cell in chosen] == stored
        found += len(chosen)
    assert found

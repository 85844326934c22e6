"""How fast are the gradients, and how do time and memory grow with the days? `python benchmarks/gradients.py`.

Forward and backward through T days, for one history and for 1,000 side by side, in turns with PyTorch where it is
installed. "The same loop" is this unit written in PyTorch: float64, five weights, one line a day, then `backward()`.
`torch.nn.RNN` runs the days in C++ and is made for wide layers; here it has one hidden unit, in float64 too. Prices
and weights are tensors before the clock starts, and all three must come to the same five gradients.

Memory is what a process of its own grows by at its highest, forward and backward; the largest are timed there too.
"""

import argparse
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import astuple

import numpy as np
import psutil
from tables import show, table

from statland import STATLAND_WEIGHTS, SigmoidParams, error_surface, rnn_backward, rnn_forward

try:
    import torch
except ImportError:
    torch = None

if torch:
    torch.set_num_threads(1)  # as NumPy; a second thread makes so small a layer slower

DAYS, HISTORIES = (10, 50, 1_000, 100_000), (1, 1_000)


def statland(x, dy):
    """Return what to time: it gives back the five gradients."""
    return lambda: astuple(rnn_backward(rnn_forward(x, STATLAND_WEIGHTS), dy, STATLAND_WEIGHTS)[0])


def same_loop(x, dy):
    x, dy = torch.tensor(x), torch.tensor(dy)
    weights = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in astuple(STATLAND_WEIGHTS)]
    w_x, w_h, w_y, b_h, b_y = weights

    def run():
        h, states = torch.zeros(x.shape[1:], dtype=torch.float64), []
        for price in x:
            h = torch.relu(w_x * price + w_h * h + b_h)
            states.append(h)
        (w_y * torch.stack(states) + b_y).backward(dy)
        return taken(weights)

    return run


def layer(x, dy):
    x, dy = (torch.tensor(values).reshape(len(values), -1, 1) for values in (x, dy))
    rnn, head = torch.nn.RNN(1, 1, nonlinearity="relu", dtype=torch.float64), torch.nn.Linear(1, 1, dtype=torch.float64)
    rnn.bias_hh_l0.requires_grad_(False)
    weights = rnn.weight_ih_l0, rnn.weight_hh_l0, head.weight, rnn.bias_ih_l0, head.bias
    with torch.no_grad():
        for weight, value in zip([*weights, rnn.bias_hh_l0], [*astuple(STATLAND_WEIGHTS), 0.0], strict=True):
            weight.fill_(value)

    def run():
        head(rnn(x)[0]).backward(dy)
        return taken(weights)

    return run


def taken(weights):
    """Return the gradients of the weights, and leave none behind for the next run."""
    gradients = [weight.grad.item() for weight in weights]
    for weight in weights:
        weight.grad = None
    return gradients


WAYS = (statland, same_loop, layer) if torch else (statland,)


def histories(days, count):
    """Return random prices and errors, `(days,)` for one history, `(days, count)` for several."""
    shape = days if count == 1 else (days, count)
    rng = np.random.default_rng(7)
    return rng.uniform(0, 1, shape), rng.normal(0, 1, shape)


def seconds(run, times):
    start = time.perf_counter()
    for _ in range(times):
        run()
    return (time.perf_counter() - start) / times


def in_turns(days, count, budget):
    """Time all ways in turns, about so many seconds each; return the median of each."""
    runs = [way(*histories(days, count)) for way in WAYS]
    results = [run() for run in runs]
    assert all(np.allclose(result, results[0], rtol=1e-6) for result in results), results
    once = max(seconds(run, 1) for run in runs)
    rounds, times = max(1, min(15, int(budget / once))), max(1, int(budget / once / 15))
    took = zip(*[[seconds(run, times) for run in runs] for _ in range(rounds)], strict=True)
    return [statistics.median(times) for times in took]


def alone(way, days, count):
    """Run one way in a process of its own: return seconds and megabytes."""
    command = [sys.executable, __file__, "--alone", way.__name__, str(days), str(count)]
    return map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def run_alone(name, days, count):
    x, dy = histories(int(days), int(count))
    run, seen, done = globals()[name](x, dy), [memory()], threading.Event()

    def watch():
        while not done.wait(0.005):
            seen.append(memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    run()
    done.set()
    watcher.join()
    print(seconds(run, 1), max(seen) - seen[0])  # of the second run: memory that is new to a process comes slowly


def memory():
    """Return what this process holds in memory, in megabytes."""
    return psutil.Process().memory_info().rss / 2**20


def measured(days, count, budget):
    """Return a line of the table: times, ratios, time for each day and history, memory."""
    grown = [list(alone(way, days, count)) for way in WAYS] if days * count >= 100_000 else [[None, None]] * len(WAYS)
    times = [one for one, _ in grown] if days * count > 10**7 else in_turns(days, count, budget)
    cells = [f"{days:,} x {count:,}", *(f"{1000 * one:,.3g}" for one in times)]
    cells += [f"**{one / times[0]:.1f}**" for one in times[1:]]
    return [*cells, f"{1e9 * times[0] / days / count:,.0f}", *("-" if mb is None else f"{mb:,.0f}" for _, mb in grown)]


def main(options):
    if options.alone:
        return run_alone(*options.alone)
    names = [way.__name__.replace("_", " ") for way in WAYS]
    head = ["days x histories", *(f"{name}, ms" for name in names), *(f"{name} / statland" for name in names[1:])]
    head += ["ns a day and history", *(f"{name}, MB" for name in names)]
    rows = []
    for count in HISTORIES:
        for days in options.days:
            rows.append(measured(days, count, options.budget))
            print(*rows[-1], file=sys.stderr, flush=True)
    w, b = np.linspace(3, 7, 300), np.linspace(-4, -1, 300)[:, None]
    took = statistics.median(seconds(lambda: error_surface(SigmoidParams(w, b)), 1) for _ in range(5))
    words = f"The error surface of notebook 07, 300 x 300 points over 50 days: {1000 * took:.0f} ms."
    show("gradients", f"{table(head, rows)}\n\n{words}", options.write)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--days", type=int, nargs="*", default=DAYS)
    parser.add_argument("--budget", type=float, default=3.0, help="seconds for each way and each line of the table")
    parser.add_argument("--write", action="store_true", help="keep the table in benchmarks/README.md")
    parser.add_argument("--alone", nargs=3, help=argparse.SUPPRESS)
    main(parser.parse_args())

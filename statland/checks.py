"""All that is refused, each in one plain sentence; and what keeps the mathematics quick and silent.

The passes of this package are written as they stand on paper. `forward_pass` and `backward_pass` wrap them: what a
caller gives is checked first, one history comes to the pass as plain floats (quicker than NumPy's, day by day), and
NumPy gives no warning where a number grows too large. The source of a wrapped function stays the mathematics alone.
"""

from dataclasses import is_dataclass
from functools import wraps
from inspect import signature

import numpy as np

silent = np.errstate(over="ignore", invalid="ignore")  # too large is inf, and inf - inf nan: they are the subject


def numbers_of(params):
    """Return the numbers of params by their names, nested ones as `forget.w_x`; anything else is a `TypeError`."""
    found = {}
    for name, value in vars(params).items():
        if isinstance(value, float):
            found[name] = value
        elif is_dataclass(value):
            found |= {f"{name}.{inner}": number for inner, number in numbers_of(value).items()}
        elif isinstance(value, (list, tuple)) or np.asarray(value).dtype.kind not in "iuf":
            raise TypeError(f"{name} must be a number, or a NumPy array of numbers, not {value!r}.")
        else:
            found[name] = value
    return found


def array_of(values, name):
    """Return values as an array of floats, or say why that can't be."""
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must form a table, with equally many numbers on every day.") from None
    if array.size and array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must be numbers, without text, truth values or gaps.")
    return array.astype(float)


def checked(check):
    """Return a wrapper: check gets the arguments of the wrapped function by name, and returns them as it is to have
    them, or refuses them."""

    def wrapper(function):
        known = signature(function)
        defaults = {name: each.default for name, each in known.parameters.items() if each.default is not each.empty}

        @wraps(function)
        @silent
        def wrapped(*args, **kwargs):
            return function(**check(**defaults | known.bind(*args, **kwargs).arguments))

        return wrapped

    return wrapper


def _history(x, params, **states):
    x = array_of(x, "The prices")
    if x.ndim == 0 or x.size == 0:
        raise ValueError("The prices must be a list of at least one day.")
    if not np.isfinite(x).all():
        raise ValueError("Every price must be a finite number, but there is nan or inf among them.")
    for name, weight in numbers_of(params).items():
        shape = np.shape(weight)
        if len(shape) >= x.ndim or shape != x.shape[x.ndim - len(shape) :]:
            raise ValueError(f"{name} has the shape {shape}, which does not fit prices of shape {x.shape}.")
    for name, state in states.items():
        state = array_of(state, name)
        if state.shape not in ((), x.shape[1:]) or not np.isfinite(state).all():
            raise ValueError(f"{name} must be a finite number, or one for each of the histories side by side.")
        states[name] = np.broadcast_to(state, x.shape[1:]) if x.ndim > 1 else float(state)
    return {"x": _by_day(x), "params": params, **states}


def _errors(trace, params, **errors):
    shape = trace.x.shape
    for name, error in errors.items():
        error = np.zeros(shape) if error is None else array_of(error, name)
        if error.shape != shape:
            raise ValueError(f"{name} must have one number for each day, shape {shape}, but has {error.shape}.")
        errors[name] = _by_day(error)
    return {"trace": trace, "params": params, **errors}


def _question(query, keys, values, **dy):
    numbers = {"query": query, "keys": keys, "values": values}
    query, keys, values = (array_of(array, name) for name, array in numbers.items())
    if keys.ndim != 2 or not keys.size or query.shape != keys.shape[1:] or values.shape != keys.shape[:1]:
        shapes = f"{query.shape}, {keys.shape} and {values.shape}"
        raise ValueError(f"query, keys and values must have the shapes (D,), (T, D) and (T,), not {shapes}.")
    if not all(np.isfinite(array).all() for array in (query, keys, values)):
        raise ValueError("query, keys and values must be finite numbers, but there is nan or inf among them.")
    for name, error in dy.items():
        if np.ndim(error):
            raise ValueError(f"{name} must be one number, but its shape is {np.shape(error)}.")
    return {"query": query, "keys": keys, "values": values, **dy}


def _clipping(grads, threshold):
    if not (np.ndim(threshold) == 0 and np.asarray(threshold).dtype.kind in "iuf" and threshold >= 0):
        raise ValueError(f"The threshold must be a number, 0 or more, not {threshold!r}.")
    shapes = {}
    for name, slope in numbers_of(grads).items():
        shapes.setdefault(np.shape(slope), name)
    if len(shapes) > 1:
        (one, name), (other, name_of_other), *_ = shapes.items()
        raise ValueError(
            f"Slopes of different shapes have no norm in common: {name} has {one}, {name_of_other} has {other}."
        )
    return {"grads": grads, "threshold": threshold}


def _truncation(trace, dy, params, k):
    if k not in range(1, len(trace.x) + 1):
        raise ValueError(f"k must be a number of days from 1 to {len(trace.x)}, not {k!r}.")
    return {"trace": trace, "dy": dy, "params": params, "k": k}


def _by_day(array):
    return array.tolist() if array.ndim < 2 else array


forward_pass, backward_pass, attention_pass = map(checked, (_history, _errors, _question))
clipping, truncation = map(checked, (_clipping, _truncation))

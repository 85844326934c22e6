"""Checks of what a caller gives: each refusal is one plain sentence.

The passes of this package are written as they stand on paper, and wrapped at the end of their modules. A wrapped
function gets its arguments checked; one history comes to it as plain floats, which are quicker than NumPy's day by day;
and NumPy gives no warning where a number grows too large. Its printed source stays the mathematics alone.
"""

from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import signature
from operator import index

import numpy as np


def silent(function):
    """Wrap a function so that too large is `inf`, and inf - inf `nan`, with no warning: they are the subject here."""

    @wraps(function)
    def wrapped(*args, **kwargs):
        with np.errstate(over="ignore", invalid="ignore"):
            return function(*args, **kwargs)

    return wrapped


def parts_of(params):
    """Return the parts of a dataclass by their names."""
    return {field.name: getattr(params, field.name) for field in fields(params)}


def check_numbers(params):
    """Refuse a part of params that is no number and no array of numbers."""
    for name, value in parts_of(params).items():
        if is_dataclass(value) or isinstance(value, (list, tuple)) or np.asarray(value).dtype.kind not in "iuf":
            raise TypeError(f"{name} must be a number, or a NumPy array of numbers, not {value!r}.")


def numbers_of(params):
    """Return the numbers of params by their names, those of nested params as `forget.w_x`."""
    if not is_dataclass(params):
        raise TypeError(f"Weights and gradients must be a dataclass of numbers, as RNNParams, not {params!r}.")
    found = {}
    for name, value in parts_of(params).items():
        nested = numbers_of(value).items() if is_dataclass(value) else ()
        found |= {f"{name}.{inner}": number for inner, number in nested} or {name: value}
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
    """Return a wrapper: check receives the arguments by name, and returns those that the function gets, or raises."""

    def wrapper(function):
        known = signature(function)
        defaults = {name: each.default for name, each in known.parameters.items() if each.default is not each.empty}

        @wraps(function)
        def wrapped(*args, **kwargs):
            try:
                given = known.bind(*args, **kwargs).arguments
            except TypeError as problem:
                raise TypeError(f"{function.__name__}() {problem}") from None
            with np.errstate(over="ignore", invalid="ignore"):
                return function(**check(**given | {name: defaults[name] for name in defaults.keys() - given.keys()}))

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
    for place, (name, error) in enumerate(errors.items()):
        optional = place > 0  # the first is always needed
        error = np.zeros(shape) if error is None and optional else array_of(error, name)
        if error.shape != shape:
            raise ValueError(f"{name} must have one number for each day, shape {shape}, but has {error.shape}.")
        errors[name] = _by_day(error)
    return {"trace": trace, "params": params, **errors}


def _prediction(prices, target, params):
    target, histories = array_of(target, "The target"), np.shape(prices)[1:]
    if not np.isfinite(target).all():
        raise ValueError("The target must be a finite number, or one for each history.")
    if target.shape[-len(histories) :] != target.shape or np.broadcast_shapes(target.shape, histories) != histories:
        raise ValueError(f"The target must have one number for each history, shape {histories}, not {target.shape}.")
    return {"prices": prices, "target": target, "params": params}


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
    days = len(trace.x)
    if isinstance(k, bool) or not hasattr(k, "__index__") or np.ndim(k) or not 1 <= index(k) <= days:
        raise ValueError(f"k must be a number of days from 1 to {days}, not {k!r}.")
    return {**_errors(trace, params, dy=dy), "k": index(k)}


def _by_day(array):
    return array.tolist() if array.ndim < 2 else array


forward_pass = checked(_history)
backward_pass = checked(_errors)
prediction_error = checked(_prediction)
attention_pass = checked(_question)
clipping = checked(_clipping)
truncation = checked(_truncation)

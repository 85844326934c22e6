"""Checks of what a caller gives: each refusal is one plain sentence.

The passes of this package are written as they stand on paper, and wrapped at the end of their modules. A wrapped
function gets its arguments checked; one history comes to it as plain floats, which are quicker than NumPy's day by day;
and NumPy gives no warning where a number grows too large. Its printed source stays the mathematics alone. A picture's
`update` is wrapped too: it gets what it can show, and nothing else.
"""

import reprlib
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from functools import partial, wraps
from inspect import signature
from math import inf
from numbers import Real
from operator import index

import numpy as np

SILENT = {"over": "ignore", "under": "ignore", "invalid": "ignore", "divide": "warn"}  # whatever a reader has set


def silent(function):
    """Wrap a function so that too large is `inf`, too small 0, and inf - inf `nan`, with no warning and no error: they
    are the subject here. What a reader has told NumPy by `np.seterr` changes nothing and stays as it is."""

    @wraps(function)
    def wrapped(*args, **kwargs):
        with np.errstate(**SILENT):
            return function(*args, **kwargs)

    return wrapped


def parts_of(params):
    """Return the parts of a dataclass by their names."""
    return {field.name: getattr(params, field.name) for field in fields(params)}


class Numbers:
    """What a frozen dataclass of numbers is built on: each is a float64, whatever kind of number came in, so that no
    result depends on it; or an array of its own of them. Two are equal if all their numbers are."""

    def __post_init__(self):
        for name, value in parts_of(self).items():
            if isinstance(value, (list, tuple, np.ma.MaskedArray)) or np.asarray(value).dtype.kind not in "iuf":
                raise TypeError(f"{name} must be a number, or a NumPy array of numbers, not {_said(value)}.")
            object.__setattr__(self, name, np.array(value, dtype=float) if np.ndim(value) else float(value))

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return all(map(np.array_equal, numbers_of(self).values(), numbers_of(other).values()))

    def __hash__(self):
        return hash(tuple(numbers_of(self).values()))


def numbers_of(params):
    """Return the numbers of params by their names, those of nested params as `forget.w_x`."""
    if not is_dataclass(params):
        raise TypeError(f"Weights and gradients must be a dataclass of numbers, as RNNParams, not {_said(params)}.")
    found = {}
    for name, value in parts_of(params).items():
        nested = numbers_of(value).items() if is_dataclass(value) else ()
        found |= {f"{name}.{inner}": number for inner, number in nested} or {name: value}
    return found


def array_of(values, name):
    """Return values as an array of floats, or say why that can't be."""
    refusal = f"{name} must be numbers (int or float), without text, truth values or gaps."
    if any(isinstance(each, (bool, np.bool_)) or np.ma.is_masked(each) for each in _each(values)):
        raise TypeError(refusal)  # NumPy would take True for 1, and what a mask hides for a number
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must form a table, with equally many numbers on every day.") from None
    if array.size and array.dtype.kind not in "iuf":
        raise TypeError(refusal)
    return array.astype(float)


def _each(values):
    """Yield what stands in lists, nested ones too."""
    if isinstance(values, (list, tuple)):
        for value in values:
            yield from _each(value)
    else:
        yield values


def _said(value):
    """Return what was given as a sentence can quote it: short, on one line, a number of NumPy's as any other."""
    return " ".join(reprlib.repr(value.item() if isinstance(value, np.generic) else value).split())


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
            with np.errstate(**SILENT):
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


def _errors(kind, /, trace, params, **errors):
    if not isinstance(trace, kind):
        raise TypeError(f"trace must be an {kind.__name__}, as a forward pass returns it, not {_said(trace)}.")
    shape = trace.x.shape
    for place, (name, error) in enumerate(errors.items()):
        optional = place > 0  # the first is always needed
        error = np.zeros(shape) if error is None and optional else array_of(error, name)
        if error.shape != shape:
            raise ValueError(f"{name} must have one number for each day, shape {shape}, but has {error.shape}.")
        errors[name] = _by_day(error)
    return {"trace": trace, "params": params, **errors}


def _prediction(prices, target, params):
    prices, target = array_of(prices, "The prices"), array_of(target, "The target")
    histories = prices.shape[1:]
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
        error = array_of(error, name)
        if error.ndim:
            raise ValueError(f"{name} must be one number, but its shape is {error.shape}.")
        dy[name] = float(error)
    return {"query": query, "keys": keys, "values": values, **dy}


def _arrays(**values):
    return {name: array_of(value, name) for name, value in values.items()}


def _four_days(prices, days):
    prices = array_of(prices, "The prices")
    if prices.shape != (4,):
        raise ValueError(f"The prices must be those of 4 days, but their shape is {prices.shape}.")
    return {"prices": prices, "days": _number_of_days(days, "days")}


def _clipping(grads, threshold):
    if not (np.ndim(threshold) == 0 and np.asarray(threshold).dtype.kind in "iuf" and threshold >= 0):
        raise ValueError(f"The threshold must be a number, 0 or more, not {_said(threshold)}.")
    shapes = {}
    for name, slope in numbers_of(grads).items():
        shapes.setdefault(np.shape(slope), name)
    if len(shapes) > 1:
        (one, name), (other, name_of_other), *_ = shapes.items()
        raise ValueError(
            f"Slopes of different shapes have no norm in common: {name} has {one}, {name_of_other} has {other}."
        )
    return {"grads": grads, "threshold": threshold}


def _truncation(kind, /, trace, dy, params, k):
    given = _errors(kind, trace, params, dy=dy)
    return {**given, "k": _number_of_days(k, "k", most=len(trace.x))}


def _number_of_days(value, name, most=inf):
    whole = hasattr(value, "__index__") and not isinstance(value, bool) and not np.ndim(value)
    if not whole or not 1 <= index(value) <= most:
        span = "on" if most == inf else f"to {most}"
        raise ValueError(f"{name} must be a number of days from 1 {span}, not {_said(value)}.")
    return index(value)


def _measured(loss, params, eps):
    def exact(nudged):
        error = loss(nudged)
        kind = np.asarray(error).dtype
        if kind in (np.float32, np.float16):
            raise TypeError(f"loss must return float64, not {kind}: a nudge of {eps:g} is too small for that.")
        return error

    return {"loss": exact, "params": params, "eps": eps}


def _by_day(array):
    return array.tolist() if array.ndim < 2 else array


def shows(**ranges):
    """Return a wrapper for the `update` of a picture: it gets what the picture can show, anything else is refused.

    A range is written as `live` takes it: `(0.0, 2.0)` for the numbers between, `(2, 50)` for whole numbers, a list or
    a dictionary for its choices; or it is a function of the picture that returns its choices.
    """

    def wrapper(update):
        known = signature(update)

        @wraps(update)
        def wrapped(*args, **kwargs):
            try:
                given = known.bind(*args, **kwargs)
            except TypeError as problem:
                raise TypeError(f"This picture shows {' and '.join(ranges)}: {problem}.") from None
            given.apply_defaults()
            for name, shown in ranges.items():
                here = shown(args[0]) if callable(shown) else shown
                given.arguments[name] = as_shown(name, given.arguments[name], here)
            with np.errstate(**SILENT):
                return update(*given.args)

        wrapped.ranges = ranges
        told = "; ".join(f"{name}: {_in_words(shown)}" for name, shown in ranges.items() if not callable(shown))
        wrapped.__doc__ = f"{update.__doc__}\n\n        Shown are {told}." if told else update.__doc__
        return wrapped

    return wrapper


def as_shown(name, value, shown):
    """Return a value as a picture takes it that shows these, or refuse it."""
    refusal = f"{name} must be {_in_words(shown)} in this picture, not {_said(value)}."
    if not isinstance(shown, tuple):
        choices = list(shown)
        if not isinstance(value, Hashable) or value not in choices:
            raise ValueError(refusal)
        return choices[choices.index(value)]
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(refusal)
    low, high = shown
    if not low <= value <= high or (isinstance(low, int) and value != int(value)):
        raise ValueError(refusal)
    return type(low)(value)


def all_shown(name, values, shown, most):
    """Return one to so many values, each as a picture takes it that shows these, or refuse them."""
    refusal = f"{name} must be 1 to {most} numbers, each of them {_in_words(shown)}, not {_said(values)}."
    values = list(_each(values.tolist() if hasattr(values, "tolist") else values))
    if not 1 <= len(values) <= most:
        raise ValueError(refusal)
    return tuple(as_shown(f"each of the {name}", value, shown) for value in values)


def _in_words(shown):
    """Return in words what a picture shows."""
    if isinstance(shown, tuple):
        return f"a {'whole ' * isinstance(shown[0], int)}number from {shown[0]:g} to {shown[1]:g}"
    *others, last = map(repr, shown)
    return " or ".join([", ".join(others), last][not others :])


def backward_pass(kind):
    """Return a wrapper for a way back along traces of this kind."""
    return checked(partial(_errors, kind))


def truncation(kind):
    """Return a wrapper for a way back along the last days of traces of this kind."""
    return checked(partial(_truncation, kind))


forward_pass = checked(_history)
prediction_error = checked(_prediction)
attention_pass = checked(_question)
numbers_alone = checked(_arrays)
four_days = checked(_four_days)
measured = checked(_measured)
clipping = checked(_clipping)

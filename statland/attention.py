"""Attention: one query looks back over all days at once, and nothing is carried from day to day.

    s_t = (key_t · query) / sqrt(D)       score: how well day t answers the query
    a_t = exp(s_t) / sum of all exp(s)    weight: its share of the attention; all shares together are 1
    y   = sum of a_t value_t              answer: what the days hold, each by its share

Sources: Bahdanau, Cho and Bengio, "Neural machine translation by jointly learning to align and translate" (2015),
for attention; Vaswani et al., "Attention is all you need" (2017), equation 1, for this form of it.
"""

import numpy as np

from statland.rnn import checked_numbers


@np.errstate(over="ignore", invalid="ignore")
def attend(query, keys, values):
    """Look back over T days: return the weights `(T,)` and the answer, one number.

    The query `(D,)` says what is looked for, the keys `(T, D)` what each day offers, the values `(T,)` what each
    day holds. Shapes that do not fit are a `ValueError`, anything but numbers a `TypeError`.
    """
    query, keys, values = checked_question(query, keys, values)
    scores = keys @ query / np.sqrt(len(query))
    shares = np.exp(scores - scores.max())
    weights = shares / shares.sum()
    return weights, weights @ values


@np.errstate(over="ignore", invalid="ignore")
def attend_backward(dy, query, keys, values):
    """Return dL/d of query `(D,)`, keys `(T, D)` and values `(T,)`, where dy is dL/dy of the answer, one number."""
    query, keys, values = checked_question(query, keys, values)
    if np.ndim(dy):
        raise ValueError(f"dy must be one number, but its shape is {np.shape(dy)}.")
    weights, answer = attend(query, keys, values)
    d_scores = dy * weights * (values - answer) / np.sqrt(len(query))
    return d_scores @ keys, np.outer(d_scores, query), dy * weights


def checked_question(query, keys, values):
    """Return query, keys and values as arrays, or say in one sentence why they do not fit each other."""
    numbers = {"query": query, "keys": keys, "values": values}
    query, keys, values = (checked_numbers(array, name) for name, array in numbers.items())
    if keys.ndim != 2 or not keys.size or query.shape != keys.shape[1:] or values.shape != keys.shape[:1]:
        shapes = f"{query.shape}, {keys.shape} and {values.shape}"
        raise ValueError(f"query, keys and values must have the shapes (D,), (T, D) and (T,), not {shapes}.")
    if not all(np.isfinite(array).all() for array in (query, keys, values)):
        raise ValueError("query, keys and values must be finite numbers, but there is nan or inf among them.")
    return query, keys, values

"""Attention: one query looks back over all days at once, and nothing is carried from day to day.

    s_t = (key_t · query) / sqrt(D)       score: how well day t answers the query
    a_t = exp(s_t) / sum of all exp(s)    weight: its share of the attention; all shares together are 1
    y   = sum of a_t value_t              answer: what the days hold, each by its share

Sources: Bahdanau, Cho and Bengio, "Neural machine translation by jointly learning to align and translate" (2015),
for attention; Vaswani et al., "Attention is all you need" (2017), equation 1, for this form of it.
"""

import numpy as np

from statland.checks import attention_pass, numbers_alone


def attention_scores(query, keys):
    """Return how well each key fits the query, `(T,)`: the sum of the products, divided by the root of their number."""
    return keys @ query / np.sqrt(len(query))


def attend(query, keys, values):
    """Look back over T days: return the weights `(T,)` and the answer, one number.

    The query `(D,)` says what is looked for, the keys `(T, D)` what each day offers, the values `(T,)` what each
    day holds. Shapes that do not fit are a `ValueError`, anything but numbers a `TypeError`.
    """
    scores = attention_scores(query, keys)
    shares = np.exp(scores - scores.max())
    weights = shares / shares.sum()
    return weights, weights @ values


def attend_backward(dy, query, keys, values):
    """Return dL/d of query `(D,)`, keys `(T, D)` and values `(T,)`, where dy is dL/dy of the answer, one number."""
    weights, answer = attend(query, keys, values)
    d_scores = dy * weights * (values - answer) / np.sqrt(len(query))
    return d_scores @ keys, np.outer(d_scores, query), dy * weights


def age_and_price(prices):
    """Return the keys `(T, 2)` of days with these prices `(T,)`: how many days ago, 0 for today, and the price."""
    return np.column_stack([np.arange(len(prices))[::-1], prices])


attention_scores, age_and_price = numbers_alone(attention_scores), numbers_alone(age_and_price)
attend, attend_backward = attention_pass(attend), attention_pass(attend_backward)

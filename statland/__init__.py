"""StatLand: one recurrent unit, unrolled day by day."""

from statland.prices import STATLAND_RULES, STATLAND_WEIGHTS
from statland.rnn import (
    RNNParams,
    RNNTrace,
    clip_gradient,
    gradient_step,
    numerical_gradient,
    rnn_backward,
    rnn_forward,
    rnn_step,
)

__all__ = [
    "STATLAND_RULES",
    "STATLAND_WEIGHTS",
    "RNNParams",
    "RNNTrace",
    "clip_gradient",
    "gradient_step",
    "numerical_gradient",
    "rnn_backward",
    "rnn_forward",
    "rnn_step",
]

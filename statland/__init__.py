"""StatLand: one recurrent unit, unrolled day by day."""

from statland.attention import attend, attend_backward
from statland.lstm import Gate, LSTMParams, LSTMTrace, lstm_backward, lstm_forward, lstm_step
from statland.prices import COMPANY_A, COMPANY_B, STATLAND_LSTM_WEIGHTS, STATLAND_RULES, STATLAND_WEIGHTS
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
    "COMPANY_A",
    "COMPANY_B",
    "STATLAND_LSTM_WEIGHTS",
    "STATLAND_RULES",
    "STATLAND_WEIGHTS",
    "Gate",
    "LSTMParams",
    "LSTMTrace",
    "RNNParams",
    "RNNTrace",
    "attend",
    "attend_backward",
    "clip_gradient",
    "gradient_step",
    "lstm_backward",
    "lstm_forward",
    "lstm_step",
    "numerical_gradient",
    "rnn_backward",
    "rnn_forward",
    "rnn_step",
]

"""StatLand: one recurrent unit, unrolled day by day."""

from statland.attention import age_and_price, attend, attend_backward, attention_scores
from statland.checks import silent
from statland.learning import (
    clip_gradient,
    feedback_descent,
    gradient_descent,
    gradient_norm,
    gradient_step,
    numerical_gradient,
    squared_error,
    squared_error_and_gradient,
    truncated_backward,
)
from statland.lstm import (
    Gate,
    LSTMParams,
    LSTMTrace,
    direct_path,
    lstm_backward,
    lstm_forward,
    lstm_jacobian,
    lstm_step,
    memory_line,
    with_forget_bias,
)
from statland.prices import (
    COMPANY_A,
    COMPANY_B,
    STATLAND_LSTM_WEIGHTS,
    STATLAND_RULES,
    STATLAND_WEIGHTS,
    lengthened,
)
from statland.rnn import RNNParams, RNNTrace, rnn_backward, rnn_forward, rnn_jacobian, rnn_step
from statland.sigmoid_unit import SigmoidParams, error_and_gradient, error_surface

rnn_step, lstm_step = silent(rnn_step), silent(lstm_step)  # called alone; the passes are silent as a whole

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
    "SigmoidParams",
    "age_and_price",
    "attend",
    "attend_backward",
    "attention_scores",
    "clip_gradient",
    "direct_path",
    "error_and_gradient",
    "error_surface",
    "feedback_descent",
    "gradient_descent",
    "gradient_norm",
    "gradient_step",
    "lengthened",
    "lstm_backward",
    "lstm_forward",
    "lstm_jacobian",
    "lstm_step",
    "memory_line",
    "numerical_gradient",
    "rnn_backward",
    "rnn_forward",
    "rnn_jacobian",
    "rnn_step",
    "squared_error",
    "squared_error_and_gradient",
    "truncated_backward",
    "with_forget_bias",
]

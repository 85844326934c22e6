"""StatLand's prices, its rules, and two networks that know them. Prices are shares of the highest price.

Sources: the StatQuest episodes "Recurrent Neural Networks (RNNs), Clearly Explained!!!" (2022), where w_x, w_h and
w_y are called w1, w2 and w3, and "Long Short-Term Memory (LSTM), Clearly Explained" (2022).
"""

import numpy as np

from statland.checks import four_days
from statland.lstm import Gate, LSTMParams
from statland.rnn import RNNParams

LOW, MEDIUM, HIGH = 0.0, 0.5, 1.0
PRICE_NAMES = {LOW: "low", MEDIUM: "medium", HIGH: "high"}
TOLERANCE = 0.1  # a prediction no further from the price than this counts as right

STATLAND_RULES = (
    ((LOW, LOW), LOW),  # (yesterday, today), tomorrow
    ((LOW, MEDIUM), HIGH),
    ((HIGH, MEDIUM), LOW),
    ((HIGH, HIGH), HIGH),
)

RULE_PRICES = np.array([prices for prices, _ in STATLAND_RULES]).T  # (2 days, 4 rules): four histories side by side
RULE_TARGETS = np.array([tomorrow for _, tomorrow in STATLAND_RULES])
LEARNED = 1e-3  # with a squared error below this over all rules, each prediction is right to within 0.03

STATLAND_WEIGHTS = RNNParams(w_x=1.8, w_h=-0.5, w_y=1.1)

COMPANY_A = (LOW, MEDIUM, 0.25, HIGH)  # four days; tomorrow low
COMPANY_B = (HIGH, MEDIUM, 0.25, HIGH)  # the same but for day 1; tomorrow high

STATLAND_LSTM_WEIGHTS = LSTMParams(
    forget=Gate(w_x=1.6307, w_h=2.7043, b=1.6234),
    input=Gate(w_x=1.6525, w_h=1.9983, b=0.6204),
    candidate=Gate(w_x=0.9393, w_h=1.4122, b=-0.3217),
    output=Gate(w_x=-0.1943, w_h=4.3848, b=0.5935),
)


def is_right(prediction, price):
    """Tell whether the prediction is no further from the price than `TOLERANCE`, elementwise."""
    return abs(prediction - price) <= TOLERANCE


def lengthened(prices, days):
    """Return a history of so many days: the third price is repeated, as if nothing happened, before the last one."""
    first, second, third, last = prices
    return np.array([*[first, second, *[third] * (days - 3)][: days - 1], last])


def padded(prices, days):
    """Padding: return a history of so many days, with zeros before the first price."""
    return (LOW,) * (days - len(prices)) + tuple(prices)


lengthened = four_days(lengthened)

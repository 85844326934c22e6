"""StatLand's prices, its rules, and a network that follows them.

Source: the episode "Recurrent Neural Networks (RNNs), Clearly Explained!!!" (StatQuest, 2022), where
w_x, w_h and w_y are called w1, w2 and w3. Prices are shares of the highest price, so they have no unit.
"""

from statland.rnn import RNNParams

LOW, MEDIUM, HIGH = 0.0, 0.5, 1.0

STATLAND_RULES = (
    ((LOW, LOW), LOW),  # (yesterday, today), tomorrow
    ((LOW, MEDIUM), HIGH),
    ((HIGH, MEDIUM), LOW),
    ((HIGH, HIGH), HIGH),
)

STATLAND_WEIGHTS = RNNParams(w_x=1.8, w_h=-0.5, w_y=1.1)

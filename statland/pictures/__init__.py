"""A room for each live picture. A room knows the mathematics and `parts`, and no other room.

room          notebook    its picture
neuron        01          one neuron: weight, bias, ReLU
two_inputs    01          an ordinary network with two sockets, and companies whose prices fit or do not
three_ways    01          padding, averaging, cutting: what becomes the same to the network
step          01          steps of gradient descent in one valley
loop          02          the feedback loop with every number on its arrow
rules         02          StatLand's four rules, right or wrong, by the feedback weight
unrolled      03          one unit with its loop slides apart into a row of copies; what travels in it
nine_days     03          nine days under one feedback weight, the states to scale
own_prices    03          the reader's own four prices
blame         04          the blame for an error goes back along two days
ledger        04          each day's share of the gradient of the feedback weight
corner        04          a corner of the loss, where backpropagation and nudges disagree
training      05          gradient descent on the four rules, beside the published numbers
rates         05          the same at seven learning rates at once
paths         05          where training ends: paths of several starts on a map of two weights
lab           05          four hundred random starts, and what became of each
gradients     06          the heart: the gradient of every day, by the feedback weight
below_zero    06          a negative feedback weight, which turns the sign and may shut the unit
limits        06          where the computer's numbers end
descent       06          what gradient descent makes of a gradient that vanishes or explodes
cliff         07          the error surface with a cliff, a ball on it, and two balls, one with clipped steps
clipped       07          the feedback weight step by step, without and with clipping
truncated     07          what the last k days hold of the gradient
carousel      08          a memory whose loop weight is 1, and a gate on its loop
highway       08          the gradient of every day in a vanilla unit and in an LSTM unit
gates         08          one LSTM unit, gate by gate
companies     08          two companies that differ on day 1 alone
looking_back  09          attention: today's query looks back over all days
ruler         09          three path lengths on one ruler
parts                     what two rooms share: roles, axes, shapes, idioms, formats
"""

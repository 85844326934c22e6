"""The LSTM: what is right, and which mistakes are known."""

import numpy as np

from statland.diagnosis import Exercise
from statland.lstm import Gate, LSTMParams, lstm_forward, lstm_step, sigmoid
from statland.prices import STATLAND_LSTM_WEIGHTS


def one_day(x, h, c):
    """Return the new c and the new h of the published unit."""
    return lstm_step(x, h, c, STATLAND_LSTM_WEIGHTS)[-2:]


def day(
    remember=lambda f, i, g, c, h: f * c + i * g,
    let_out=lambda o, c: o * np.tanh(c),
    squeezed=(sigmoid, sigmoid, np.tanh, sigmoid),
):
    """Return a day that remembers, lets out or squeezes in its own way, and is right in all else."""

    def wrong_day(x, h, c):
        parts = zip(squeezed, vars(STATLAND_LSTM_WEIGHTS).values(), strict=True)
        f, i, g, o = (squeeze(part.weighted(x, h)) for squeeze, part in parts)
        new_c = remember(f, i, g, c, h)
        return new_c, let_out(o, new_c)

    return wrong_day


def same(z):
    """Squeeze nothing."""
    return z


def let_out_of_yesterday(x, h, c):
    """Let out the old c in the place of the new one."""
    *_, o, new_c, _ = lstm_step(x, h, c, STATLAND_LSTM_WEIGHTS)
    return new_c, o * np.tanh(c)


def let_in_the_price(x, h, c):
    """Let in the price in the place of the candidate."""
    f, i, _, o, _, _ = lstm_step(x, h, c, STATLAND_LSTM_WEIGHTS)
    return f * c + i * x, o * np.tanh(f * c + i * x)


def cut_by_the_output_gate(x, h, c):
    """Let the output gate work on the memory itself."""
    *_, o, new_c, _ = lstm_step(x, h, c, STATLAND_LSTM_WEIGHTS)
    return o * new_c, np.tanh(o * new_c)


NOTHING, OPEN, SHUT, PRICE = Gate(0, 0, 0), Gate(0, 0, 10), Gate(0, 0, -10), Gate(10, 0, 0)


def counted(prices):
    """Return how many high days there have been until each day."""
    return np.cumsum(prices)


def unit(forget=OPEN, let_in=OPEN, candidate=PRICE, output=NOTHING, part="c"):
    """Return what a unit with these four parts holds on each day: its c, or its h."""
    params = LSTMParams(forget, let_in, candidate, output)
    return lambda prices: getattr(lstm_forward(prices, params), part)[1:]


EXERCISES = {
    "08.1": Exercise(
        right=np.log(99),
        near=5e-4,
        mistakes={
            "This is the gate whose bias is 0.99. The question goes the other way: the gate is 0.99.": sigmoid(0.99),
            "This is the gate. The bias is what goes into the sigmoid.": 0.99,
            "The sign is the other way round: with this bias the gate keeps 1 %.": -np.log(99),
            "The logarithm of 0.99 undoes e^b. The sigmoid is more than that: write out 1 / (1 + e^-b).": np.log(0.99),
            "e^b is 99, not 100: what becomes of the 1 in 1 + e^-b?": np.log(100),
            "This is the logarithm to the base 10. The sigmoid has e in it.": np.log10(99),
            "This is e^b. One step is missing.": 99.0,
            "This undoes tanh. A gate goes through the sigmoid.": np.arctanh(0.99),
            "With this bias 99 % is left after 49 days. The question asks for one day.": -np.log(0.99 ** (-1 / 49) - 1),
            "You rounded a little too early. Three decimals are asked for.": 4.6,
        },
        hints=(
            "Write it as an equation for b: 1 / (1 + e^-b) = 0.99.",
            "Turn both sides over: 1 + e^-b = 1 / 0.99, and 1 / 0.99 - 1 is 1 / 99.",
            "So e^b is 99. The natural logarithm undoes it: np.log.",
        ),
    ),
    "08.2": Exercise(
        right=one_day,
        inputs=lambda rng: tuple(
            float(rng.choice(values))
            for values in ([0, 0.5, 1], [-0.75, -0.25, 0.25, 0.75], [-2, -1.5, -1, -0.5, 0.5, 1, 1.5, 2])
        ),
        near=1e-3,
        mistakes={
            "The two gates of c have changed places: which of them works on the old c?": day(
                lambda f, i, g, c, h: i * c + f * g
            ),
            "Nothing of the old c is left in the new one. What does the forget gate work on?": day(
                lambda f, i, g, c, h: i * g
            ),
            "Nothing new comes into c. What do input gate and candidate do?": day(lambda f, i, g, c, h: f * c),
            "The forget gate is missing: the old c is kept in full.": day(lambda f, i, g, c, h: c + i * g),
            "The input gate is missing: the candidate comes in whole.": day(lambda f, i, g, c, h: f * c + g),
            "Your forget gate works on h. What is kept is the long-term memory.": day(
                lambda f, i, g, c, h: f * h + i * g
            ),
            "Your forget gate works on what is new as well. It works on the old c alone.": day(
                lambda f, i, g, c, h: f * (c + i * g)
            ),
            "A forget gate near 1 keeps: it is the share that stays, not the share that goes.": day(
                lambda f, i, g, c, h: (1 - f) * c + i * g
            ),
            "What is let in is added to what is kept. You took it away.": day(lambda f, i, g, c, h: f * c - i * g),
            "What is kept and what is let in are added. You multiplied them.": day(lambda f, i, g, c, h: f * c * i * g),
            "You squeezed the new c itself. It may grow beyond 1: tanh works only on its way out.": day(
                lambda f, i, g, c, h: np.tanh(f * c + i * g)
            ),
            "The gates are still sums. What makes a number between 0 and 1 of them?": day(
                squeezed=(same, same, np.tanh, same)
            ),
            "The candidate is still a sum. What makes a number between -1 and 1 of it?": day(
                squeezed=(sigmoid, sigmoid, same, sigmoid)
            ),
            "The output gate is still a sum. What makes a number between 0 and 1 of it?": day(
                squeezed=(sigmoid, sigmoid, np.tanh, same)
            ),
            "All four are still sums. Each of them must be squeezed.": day(squeezed=(same,) * 4),
            "Your candidate can't be negative: look at the curve in its box.": day(squeezed=(sigmoid,) * 4),
            "Your gates can be negative, so they are no shares: look at the curves in their boxes.": day(
                squeezed=(np.tanh,) * 4
            ),
            "You have changed the curves: tanh for the gates, the sigmoid for the candidate.": day(
                squeezed=(np.tanh, np.tanh, sigmoid, np.tanh)
            ),
            "The new c is right. On the way out to h, tanh is missing.": day(let_out=lambda o, c: o * c),
            "The new c is right. On the way out to h, the output gate is missing.": day(
                let_out=lambda o, c: np.tanh(c)
            ),
            "The new c is right. On the way out comes tanh first, and then the gate.": day(
                let_out=lambda o, c: np.tanh(o * c)
            ),
            "The new c is right. On the way out it goes through tanh, not through the sigmoid.": day(
                let_out=lambda o, c: o * sigmoid(c)
            ),
            "The new c is right. Your new h comes from the old c.": let_out_of_yesterday,
            "Your output gate works on c itself. It works on the way out to h, and c stays as it is.": (
                cut_by_the_output_gate
            ),
            "The new c is right. Your new h is the new c: what stands on the way out?": day(let_out=lambda o, c: c),
            "The new c is right. Your h is still that of yesterday.": lambda x, h, c: (one_day(x, h, c)[0], h),
            "You let in a share of 1 - f. This unit has a gate of its own for that.": day(
                lambda f, i, g, c, h: f * c + (1 - f) * g
            ),
            "You let in the whole input gate. It is a share: of what?": day(lambda f, i, g, c, h: f * c + i),
            "Your input gate lets in the price. What is let in is the candidate.": let_in_the_price,
            "Your sums do not see h: the short-term memory of yesterday plays a part in all four.": lambda x, h, c: (
                lstm_step(x, 0.0, c, STATLAND_LSTM_WEIGHTS)[-2:]
            ),
            "Both are right, but in the other order: first the new c, then the new h.": lambda x, h, c: one_day(
                x, h, c
            )[::-1],
            "The four sums see the short-term memory h. You gave them c.": lambda x, h, c: lstm_step(
                x, c, c, STATLAND_LSTM_WEIGHTS
            )[-2:],
            "The price and h have changed places in your sums.": lambda x, h, c: lstm_step(
                h, x, c, STATLAND_LSTM_WEIGHTS
            )[-2:],
        },
        hints=(
            "First the four parts: three of the sums go through the sigmoid, the candidate's through tanh.",
            "The new c is a share of the old c, plus a share of the candidate.",
            "The new h is the output gate times tanh of the new c. Return the new c and the new h.",
        ),
    ),
    "08.4": Exercise(
        right=counted,
        inputs=lambda rng: (np.append(1.0, rng.permutation(np.resize([0.0, 0.0, 1.0, 1.0], rng.choice([4, 12])))),),
        near=0.02,
        mistakes={
            "With all numbers 0 the candidate is 0, so nothing comes in.": unit(NOTHING, NOTHING, NOTHING),
            "Every day half of the memory is lost. Which part is one half?": unit(NOTHING),
            "Each high day adds one half, not 1. Which part is one half?": unit(OPEN, NOTHING),
            "Each high day adds one half, and every day half of the memory is lost: two gates are one half.": unit(
                NOTHING, NOTHING
            ),
            "Each high day adds 0.76, which is tanh(1). Look at the candidate.": unit(candidate=Gate(1, 0, 0)),
            "Each high day adds 0.38, half of tanh(1). Look at input gate and candidate.": unit(
                OPEN, NOTHING, Gate(1, 0, 0)
            ),
            "Low days are counted, too. Which part has to see the price?": unit(candidate=OPEN),
            "It counts downwards. Look at the sign of the candidate.": unit(candidate=Gate(-10, 0, 0)),
            "On low days half of the memory is lost. Your forget gate must not depend on the price.": unit(PRICE),
            "A low day adds one half. Look at input gate and candidate when the price is 0.": unit(OPEN, PRICE, OPEN),
            "Yesterday's memory is gone on each day. Look at the forget gate.": unit(SHUT),
            "This is h, half of tanh(c). The count is in the long-term memory.": unit(part="h"),
            "This is h, and tanh keeps it below 1. The count is in the long-term memory.": unit(output=OPEN, part="h"),
            "The first number is the memory before day 1, and the one of the last day is missing.": lambda prices: (
                np.append(0.0, counted(prices)[:-1])
            ),
            "These are the prices. Nothing of the days before is kept.": lambda prices: prices,
            "All twelve numbers are 1: no gate is wide open, and h plays a part in the sums.": unit(
                *[Gate(1, 1, 1)] * 4
            ),
            "Your gates see the price alone, so they are half shut on low days. What opens them every day?": unit(
                *[Gate(1, 0, 0)] * 4
            ),
            **{
                f"The plan is right, but sigmoid({b}) is only {sigmoid(b):.2f}. Take larger numbers.": unit(
                    Gate(0, 0, b), Gate(0, 0, b), Gate(b, 0, 0)
                )
                for b in (1, 2, 3)
            },
            **{
                f"Your forget gate keeps only {sigmoid(b):.0%} a day, and the losses multiply.": unit(Gate(0, 0, b))
                for b in (1, 2, 3, 4)
            },
        },
        hints=(
            "Which f, i and g do you need on a high day, and which on a low day?",
            "f and i have to be near 1 on all days: use what does not depend on the price. "
            "g has to be near 1 on a high day, and 0 on a low day.",
            "sigmoid(10) is 0.99995, tanh(10) is nearly 1, and tanh(0) is 0. Two parts need a bias, one needs a w_x.",
        ),
    ),
}

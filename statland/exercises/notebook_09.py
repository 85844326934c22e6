"""Attention: what is right, and which mistakes are known."""

import numpy as np

from statland.attention import age_and_price, attend, attention_scores
from statland.diagnosis import Exercise
from statland.prices import COMPANY_A, COMPANY_B, HIGH, LOW, lengthened

DAYS = 8
BOTH = ((COMPANY_A, LOW), (COMPANY_B, HIGH))  # each with tomorrow's price


def look_back(query, keys, values):
    """Return the answer of one query."""
    return attend(query, keys, values)[1]


def softmax(scores):
    """Return the shares that scores lead to."""
    return np.exp(scores) / np.exp(scores).sum()


def otherwise(answer):
    """Return a function of query, keys and values that answers with scores and values in another way."""
    return lambda query, keys, values: answer(attention_scores(query, keys), values)


def scaled(scale):
    """Return attention whose bare scores are multiplied by what scale makes of the keys' shape, not by 1 / root(D)."""
    return lambda query, keys, values: softmax(keys @ query * scale(*keys.shape)) @ values


def answers_and_slopes(query, keys, values):
    """Return the answers for N companies side by side, and their slopes by the query, `(N,)` and `(N, 2)`."""
    scores = attention_scores(query, keys)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    answers = (shares * values).sum(axis=1)
    by_score = shares * (values - answers[:, None]) / np.sqrt(2)
    return answers, (by_score[:, :, None] * keys).sum(axis=1)


def learned(
    companies=BOTH,
    days=DAYS,
    start=(0.0, 0.0),
    by_answer=lambda error: 2 * error,
    rate=1.0,
    steps=200,
    new=True,
    joint=True,
):
    """Return the query after gradient descent: with a new slope in each step, and all companies joint in one."""
    values = np.array([lengthened(company, days) for company, _ in companies])
    keys, tomorrow = np.array([age_and_price(each) for each in values]), np.array([price for _, price in companies])
    query, slope = np.array(start), np.zeros(2)
    groups = [slice(None)] if joint else [slice(k, k + 1) for k in range(len(companies))]
    for _ in range(steps):
        for group in groups:
            answers, slopes = answers_and_slopes(query, keys[group], values[group])
            slope = by_answer(answers - tomorrow[group]) @ slopes + (0 if new else slope)
            query = query - rate * slope
    return query


LEARNED = learned()

EXERCISES = {
    "09.2": Exercise(
        right=look_back,
        inputs=lambda rng: (
            rng.permutation([0.5, 1.0, 1.5, 2.0])[:3],
            rng.integers(0, 10, (2, 3)) / 5 + 0.1,
            rng.permutation([0.25, 0.5, 0.75, 1.0])[:2],
        ),
        near=1e-4,
        mistakes={
            "These are scores times values. Scores are no shares yet: what makes shares of them?": otherwise(
                lambda scores, values: scores @ values
            ),
            "These are bare scores times values. The root is missing, and so is what makes shares of scores.": (
                lambda query, keys, values: keys @ query @ values
            ),
            "You divide the scores by their sum. Before that comes exp.": otherwise(
                lambda scores, values: scores / scores.sum() @ values
            ),
            "Your shares do not add up to 1: by what must each exp be divided?": otherwise(
                lambda scores, values: np.exp(scores) @ values
            ),
            "You divide each exp by the largest one. Then the shares do not add up to 1.": otherwise(
                lambda scores, values: np.exp(scores - scores.max()) @ values
            ),
            "You divide each exp by the sum of the scores. Which sum makes the shares add up to 1?": otherwise(
                lambda scores, values: np.exp(scores) / scores.sum() @ values
            ),
            "The scores are not divided by the root of how many numbers a key has.": scaled(lambda days, size: 1.0),
            "You divide the scores by how many numbers a key has. The root of it is missing.": scaled(
                lambda days, size: 1 / size
            ),
            "You divide by the root of 2. There are two days here, but a key has three numbers.": scaled(
                lambda days, size: days**-0.5
            ),
            "You multiply the scores by the root. It should make them smaller.": scaled(lambda days, size: size**0.5),
            "You divide by the root after softmax. It belongs to the scores.": lambda query, keys, values: (
                look_back(query, keys, values) / np.sqrt(len(query))
            ),
            "The day that fits least counts most: look at the sign of the scores, and the order of the values.": scaled(
                lambda days, size: -(size**-0.5)
            ),
            "You take the value of the day that fits best. The other days have their shares of the answer, too.": (
                otherwise(lambda scores, values: values[scores.argmax()])
            ),
            "Every day counts the same in your answer. Where does the query come in?": lambda query, keys, values: (
                values.mean()
            ),
            "You apply the shares to the scores. To what should they be applied?": otherwise(
                lambda scores, values: softmax(scores) @ scores
            ),
            "You apply the shares to the first number of each key. Where is what a day holds?": (
                lambda query, keys, values: look_back(query, keys, keys[:, 0])
            ),
            "You apply the shares to the second number of each key. Where is what a day holds?": (
                lambda query, keys, values: look_back(query, keys, keys[:, 1])
            ),
            "You have taken a mean at the end. The shares divide already: what is left is a sum.": otherwise(
                lambda scores, values: np.mean(softmax(scores) * values)
            ),
            "You keep only the largest product of share and value. The products have to be added up.": otherwise(
                lambda scores, values: np.max(softmax(scores) * values)
            ),
            "You have made shares of the shares: softmax comes once.": otherwise(
                lambda scores, values: softmax(softmax(scores)) @ values
            ),
            "You have made shares of the values. What are the shares made of?": otherwise(
                lambda scores, values: softmax(values) @ values
            ),
            "A sigmoid looks at one score alone. Shares depend on all scores: together they are 1.": otherwise(
                lambda scores, values: 1 / (1 + np.exp(-scores)) @ values
            ),
        },
        hints=(
            "Three steps: a score for each day, shares from the scores, and the answer from shares and values.",
            "keys @ query gives one number a day. A key has len(query) numbers, and np.sqrt takes the root.",
            "The shares are np.exp(scores), divided by their sum. The answer is a sum again: shares @ values.",
        ),
    ),
    "09.3": Exercise(
        right=np.sqrt(2) * np.log(2),
        near=1e-3,
        mistakes={
            "That is the logarithm of 2. By what are the scores divided?": np.log(2),
            "You have divided by the root of 2. Solve for q_age once more: the scores contain q_age / root of 2.": (
                np.log(2) / np.sqrt(2)
            ),
            "That is 2 times the logarithm of 2. The scores are divided by the root of 2, not by 2.": 2 * np.log(2),
            "That is the root of 2. The ratio of two days is a power of e: which logarithm undoes it?": np.sqrt(2),
            "You used the logarithm to the base 10. Softmax raises e: take np.log.": np.sqrt(2) * np.log10(2),
            "The size is right, but this query looks for recent days: half of the attention is on today.": (
                -np.sqrt(2) * np.log(2)
            ),
            "The slider can't come nearer than 1.0: there day 1 has 0.507. On paper you can find it exactly.": 1.0,
            "Then each day has a third of the day before it, and day 1 has two thirds of all.": np.sqrt(2) * np.log(3),
            "Then each day has two thirds of the day before it, and day 1 has one third of all.": (
                np.sqrt(2) * np.log(1.5)
            ),
            "One half is the share. Which q_age leads to it?": 0.5,
            "That is one half times the root of 2. To undo a power of e takes a logarithm.": np.sqrt(2) / 2,
            "With 0 all days have the same share: in a long history that is nearly nothing.": 0.0,
        },
        hints=(
            "From one day to the next the score falls by q_age / root of 2. By which factor r does the share fall?",
            "The shares are in the ratio 1, r, r², ... Together this is nearly 1 / (1 - r). What part of it is the 1?",
            "Day 1 has 1 - r of the whole, so r is one half: exp(-q_age / root of 2) = 1/2. Take the logarithm.",
        ),
    ),
    "09.4": Exercise(
        right=LEARNED,
        near=8e-4,  # three digits, but not one step more or less
        mistakes={
            "That is the query after 199 steps. How many numbers does your range have?": learned(steps=199),
            "That is the query after 201 steps. How many numbers does your range have?": learned(steps=201),
            "Your steps are half as long. The square brings a 2, and slopes are added, not averaged.": learned(
                by_answer=lambda error: error
            ),
            "You go down the answer itself. Where are the errors?": learned(by_answer=np.ones_like),
            "You give the loss to attend_backward. It needs the slope of the loss by the answer.": learned(
                by_answer=lambda error: error**2
            ),
            "The query has learned from company A alone.": learned(BOTH[:1]),
            "The query has learned from company B alone.": learned(BOTH[1:]),
            "You take a step after each company. Here the slopes of both are added first, for one step.": learned(
                joint=False
            ),
            "The slopes of all steps have added up. Each step begins with a slope of 0.": learned(new=False),
            "The loss grows. Look at the signs of the error and of the step.": learned(rate=-1.0),
            "Tomorrow's prices have changed places: it is 0 for company A, and 1 for B.": learned(
                ((COMPANY_A, HIGH), (COMPANY_B, LOW))
            ),
            "The histories have four days. Here they have eight.": learned(days=4),
            "That is where the rate 0.1 leads. Here the rate is 1.": learned(rate=0.1),
            "Those are the two answers, and they are right. The query is asked for.": np.array(
                [look_back(LEARNED, age_and_price(values), values) for values in (lengthened(c, DAYS) for c, _ in BOTH)]
            ),
            "Your descent has started at the query (0, 2) of an earlier cell. Here it starts at (0, 0).": learned(
                start=(0.0, 2.0)
            ),
            "The query is still at its start. Does your loop give it a new value?": np.zeros(2),
            "You have rounded to two decimals. Give the query as it is.": np.round(LEARNED, 2),
            "That is the query after one step. Does your loop begin at the old query each time?": learned(steps=1),
        },
        hints=(
            "For each company: the error is its answer less tomorrow's price. The loss is the square of the error.",
            "attend_backward(2 * error, query, keys, values)[0] is the slope of one company's loss by the query.",
            "In each step add up the slopes of both companies, from np.zeros(2), and subtract the sum from the query.",
        ),
    ),
}

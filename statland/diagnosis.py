"""What is asked in the course, and what there is to say about an answer. Nothing is shown here.

Every question stands in `questions.toml`; what is right in an exercise, and which mistakes are known, in `exercises`.
"""

import importlib
import inspect
import textwrap
import tomllib
import traceback
from copy import deepcopy
from dataclasses import astuple, dataclass, is_dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from statland.checks import silent

LETTERS = "abcde"  # of the options
TRIALS = 40  # a function is tried at so many random inputs
NOT_YET = "Not yet: put your answer in place of the three dots, and run the cell again."


@dataclass(frozen=True)
class Exercise:
    """What an answer is held against: what is right, and for each known mistake its sentence and what it leads to.

    Both are numbers or arrays; or functions, and then `inputs(rng)` draws their arguments with a random generator.
    """

    right: object
    mistakes: dict
    hints: tuple
    inputs: object = None
    near: float = 0.005  # an answer is right within this share of it: three digits, rounded


class AnswerError(Exception):
    """Why an answer can't be compared, in a sentence for the reader."""


def diagnose(key, answer):
    """Return one sentence on an answer to an exercise; it begins with "Right" if it is, with "Not yet" for a stub.

    A known mistake has a sentence of its own. No answer is an error, but an unknown key is a `ValueError`.
    """
    return judge(question(key) if key in questions() else exercise(key), answer)


def judge(asked, answer):
    """Return the sentence on an answer to a question or an `Exercise`, which need not be one of the course's own."""
    try:
        if answer is None or answer is ...:
            return NOT_YET
        return _computed(asked, answer) if isinstance(asked, Exercise) else _chosen(asked, answer)
    except AnswerError as problem:
        return str(problem)


diagnose = silent(diagnose)


def questions():
    """Return the notebooks' questions by their keys, as "06.heart"."""
    return {key: asked for key, asked in all_questions().items() if key[0].isdigit()}


@cache
def all_questions():
    """Return all questions by their keys: `question`, two to five `options`, each with `text` and `reason`.

    Those of the concept test and of the exit ticket begin with "test." and "exit."; no notebook asks them.
    """
    sections = tomllib.loads(files("statland").joinpath("questions.toml").read_text(encoding="utf-8"))
    return {f"{section}.{name}": asked for section, named in sections.items() for name, asked in named.items()}


def question(key):
    """Return the question with this key."""
    if key not in questions():
        raise ValueError(f"There is no question {key!r}.")
    return questions()[key]


def exercise(key):
    """Return the exercise with this key."""
    try:
        return importlib.import_module(f"statland.exercises.notebook_{key[:2]}").EXERCISES[key]
    except (ModuleNotFoundError, KeyError):
        raise ValueError(f"There is no exercise {key!r}.") from None


def hints(key):
    """Return up to three hints, each a step on the way."""
    return question(key).get("hints", ()) if key in questions() else exercise(key).hints


def as_text(key):
    """Return a question with its options as plain text."""
    options = zip(LETTERS, question(key)["options"], strict=False)
    lines = [f"{letter}) {option['text']}" for letter, option in options]
    return "\n".join([textwrap.fill(f"Guess. {question(key)['question']}", 88), *lines])


def comparison(key, chosen):
    """Return the reason of the option with this number, if it is wrong, and that of the right one."""
    options = question(key)["options"]
    right = next(option for option in options if option.get("right"))
    wrong = [options[chosen]] if chosen is not None and options[chosen] is not right else []
    said = zip(("You chose", "Right is") if wrong else ("Right is",), [*wrong, right], strict=True)
    return [f"{which}: {option['text']}. {option['reason']}" for which, option in said]


def _chosen(asked, answer):
    """Return the sentence on the letter of an option."""
    options = dict(zip(LETTERS, asked["options"], strict=False))
    letter = answer.lower().strip(" ().") if isinstance(answer, str) else ""
    if letter not in options:
        raise AnswerError(f"The answer is one letter in quotation marks, from 'a' to '{max(options)}'.")
    option = options[letter]
    return f"{'Right.' if option.get('right') else 'Not right.'} {option['reason']}"


def _computed(asked, answer):
    """Return the sentence on an answer that is numbers, or a function of the reader's that returns them."""
    rng = np.random.default_rng()
    trials = [asked.inputs(rng) for _ in range(TRIALS)] if asked.inputs else [()]
    expected = [_numbers(_called(asked.right, inputs)) for inputs in trials]
    if asked.inputs:
        _takes(answer, inspect.signature(asked.right))
    elif callable(answer):
        raise AnswerError("This is a function. The answer is what it returns: call it.")
    given = []
    for inputs, right in zip(trials, expected, strict=True):
        at = _at(asked, inputs)
        value = _numbers(_called(answer, inputs, at), at)
        if value.shape != right.shape:
            raise AnswerError(f"{_many(right).capitalize()} asked for, but {_many(value)} here{at}.")
        if np.isnan(value).any() and not np.isnan(right).any():
            raise AnswerError(f"There is a nan{at}: something like 0/0 or inf - inf has happened on the way.")
        given.append(value)

    def same(mine, other):
        return np.allclose(mine, other, asked.near, 1e-12)

    found = [same(*pair) for pair in zip(given, expected, strict=True)]
    if all(found):
        return "Right."
    for sentence, wrong in asked.mistakes.items():
        if all(same(mine, _numbers(_called(wrong, inputs))) for mine, inputs in zip(given, trials, strict=True)):
            return sentence
    if not asked.inputs:
        return "Not right. It is none of the mistakes that we know; a hint may help."
    first = found.index(False)
    there, here = (_written(numbers[first]) for numbers in (given, expected))
    if there == here:
        return f"Near, but not right: something is rounded on the way,{_at(asked, trials[first])}."
    return f"Not right: your function returns {there}, and {here} is right,{_at(asked, trials[first])}."


def _takes(answer, signature):
    """Refuse what is no function, or one that takes other values."""
    if not callable(answer):
        raise AnswerError("The answer is a function of yours: give its name, without brackets.")
    names = list(signature.parameters)
    try:
        inspect.signature(answer).bind(*names)
    except TypeError:
        raise AnswerError(f"Your function must take {' and '.join(names)}, nothing else.") from None


def _called(answer, inputs, at=""):
    """Return what a function returns for these inputs, or the answer itself; an error in it says where it happened."""
    if not inputs:
        return answer
    try:
        returned = answer(*deepcopy(inputs))
    except Exception as error:
        home = getattr(answer, "__code__", _called.__code__).co_filename
        lines = [frame.line for frame in traceback.extract_tb(error.__traceback__) if frame.filename == home]
        where = f" in the line `{lines[-1]}`" if lines and lines[-1] else ""
        words = f"Your function stops{at}{where}: {type(error).__name__}, {error}"
        raise AnswerError(f"{words.rstrip('.')}.") from None
    if returned is None or returned is ...:
        raise AnswerError("Not yet: your function returns nothing. Does it end with `return`?")
    return returned


def _numbers(value, at=""):
    """Return a number, an array of them, or all numbers of a dataclass, as an array."""
    try:
        if is_dataclass(value):
            return np.concatenate([np.ravel(_numbers(each)) for each in astuple(value)])
        array = np.asarray(value)
        if array.dtype.kind not in "biuf" or np.ma.is_masked(value):
            raise TypeError
        return array.astype(float)
    except (TypeError, ValueError, OverflowError):
        kind = "text" if isinstance(value, str) else f"of the type {type(value).__name__}"
        what = f"What your function returns is {kind}{at}" if at else f"This is {kind}"
        raise AnswerError(f"A number, or an array of numbers, is asked for. {what}.") from None


def _many(array):
    """Say how many numbers there are, so that "asked for" or "here" can follow."""
    return f"{array.size} numbers are" if array.ndim else "one number is"


def _at(asked, inputs):
    """Say for which inputs something has happened."""
    names = inspect.signature(asked.right).parameters if inputs else ()
    given = ", ".join(f"{name} = {_written(value)}" for name, value in zip(names, inputs, strict=True))
    return f" for {given}" if given else ""


def _written(value):
    """Write an argument or a result as short as a reader would."""
    if isinstance(value, np.ndarray) and value.ndim:
        return np.array2string(value, 1000, precision=4, separator=", ")
    return f"{value:.4g}" if isinstance(value, (float, np.ndarray)) else repr(value)

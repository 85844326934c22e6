"""A course that asks: what is said to right, wrong, missing and impossible answers, and when."""

from dataclasses import replace

import numpy as np
import pytest

from statland import STATLAND_WEIGHTS, ask, diagnosis, page
from statland.diagnosis import Exercise, diagnose

FORGOT = "You did not square it."
HALF = "You halved it."
SQUARE = Exercise(
    right=lambda x, params: params.w_x * x**2,
    mistakes={FORGOT: lambda x, params: params.w_x * x, HALF: lambda x, params: params.w_x * x**2 / 2},
    hints=("Square it.", "Times w_x."),
    near=1e-7,
    inputs=lambda rng: (rng.integers(1, 9, 3) / 4, replace(STATLAND_WEIGHTS, w_x=float(rng.integers(2, 9)))),
)
NUMBER = Exercise(right=0.9**49, mistakes={"The power is 50.": 0.9**50}, hints=("Count the passes.",), near=1e-3)
QUESTION = {
    "question": "Which?",
    "options": [
        {"text": "this", "reason": "This is too small."},
        {"text": "that", "reason": "That is what it is.", "right": True},
    ],
    "hints": ["Think."],
}


@pytest.fixture(autouse=True)
def some_questions(monkeypatch):
    """Three exercises of our own, and nothing noted yet."""
    asked = {"99.1": SQUARE, "99.2": NUMBER}
    monkeypatch.setattr(diagnosis, "exercise", asked.__getitem__)
    monkeypatch.setattr(diagnosis, "questions", lambda: {"99.which": QUESTION})
    monkeypatch.setattr(ask, "noted", {})
    monkeypatch.setattr(ask, "open_from_the_start", False)


@pytest.fixture
def shown(monkeypatch):
    """What is displayed: boxes and their text."""
    found = []
    monkeypatch.setattr(ask, "show", lambda box, stands_still: found.append((box, stands_still["text/plain"])))
    return found


def test_right_is_right_and_a_stub_is_not_yet():
    assert diagnose("99.1", lambda x, params: x * params.w_x * x) == "Right."
    assert diagnose("99.2", 0.00573) == "Right."
    for letter in ("b", " B ", "b)", "(b)", "b."):
        assert diagnose("99.which", letter).startswith("Right. That is")
    for key in ("99.1", "99.2", "99.which"):
        assert diagnose(key, ...).startswith("Not yet")
        assert diagnose(key, None).startswith("Not yet")
    assert diagnose("99.1", lambda x, params: ...).startswith("Not yet")


def test_a_known_mistake_is_named_at_any_inputs():
    for _ in range(20):
        assert diagnose("99.1", lambda x, params: x * params.w_x) == FORGOT
        assert diagnose("99.1", lambda x, params: x**2 * params.w_x / 2) == HALF
    assert diagnose("99.2", 0.9**50) == "The power is 50."
    assert diagnose("99.which", "a") == "Not right. This is too small."


def stops(x, params):
    return x / params.w_z


def negative(x, params):
    x *= -1
    return params.w_x * x


@pytest.mark.parametrize(
    ("key", "answer", "words"),
    [
        ("99.1", lambda x, params: x**2, "Not right: your function returns"),
        ("99.1", lambda x, params: np.round(params.w_x * x**2 - 1e-5, 9), "Near, but not right: something is rounded"),
        ("99.1", stops, "stops for x = ["),
        ("99.1", stops, "`return x / params.w_z`: AttributeError"),
        ("99.1", lambda x: x, "must take x and params, nothing else"),
        ("99.1", 3.0, "a function of yours: give its name"),
        ("99.1", lambda x, params: x.sum(), "3 numbers are asked for, but one number is here for x = "),
        ("99.1", lambda x, params: x * np.nan, "There is a nan for x = "),
        ("99.1", lambda x, params: "3", "What your function returns is text for x = "),
        ("99.1", lambda x, params: [x, 1], "of the type list"),
        ("99.2", lambda: 3, "call it"),
        ("99.2", "0.00573", "This is text."),
        ("99.2", 0.5, "none of the mistakes that we know"),
        ("99.2", [0.5, 0.5], "One number is asked for, but 2 numbers are here."),
        ("99.2", 10**400, "of the type int"),
        ("99.2", 1j, "of the type complex"),
        ("99.which", "c", "one letter in quotation marks, from 'a' to 'b'"),
        ("99.which", 2, "one letter"),
        ("99.2", np.ma.masked, "of the type MaskedConstant"),
        ("99.2", np.ma.array([0.5], mask=[True]), "of the type MaskedArray"),
        ("99.1", lambda x, params: np.ma.array(params.w_x * x**2, mask=[0, 1, 0]), "of the type MaskedArray for x = "),
        ("99.1", lambda x, params: params.w_x * x**2 + np.full(3, 1e-200) * 1e-200 + 1, "Not right: your function"),
    ],
)
def test_any_other_answer_gets_one_sentence(key, answer, words):
    with np.errstate(all="raise"):
        said = diagnose(key, answer)
        assert set(np.geterr().values()) == {"raise"}
    assert words in said
    assert "\n" not in said
    assert not said.startswith(("Right", "Not yet"))


def test_what_a_function_does_to_its_inputs_is_its_own_business():
    assert "Not right: your function returns" in diagnose("99.1", negative)


def test_a_long_answer_stays_one_line():
    assert "\n" not in diagnosis._written(np.arange(60) / 7)


def test_gradients_are_compared_number_for_number(monkeypatch):
    known = Exercise(lambda a: replace(STATLAND_WEIGHTS, w_x=a), {}, (), inputs=lambda rng: (rng.random(),))
    monkeypatch.setattr(diagnosis, "exercise", lambda key: known)
    assert diagnose("99.3", lambda a: replace(STATLAND_WEIGHTS, w_x=a)) == "Right."
    assert diagnose("99.3", lambda a: replace(STATLAND_WEIGHTS, w_x=a, b_y=0.1)).startswith("Not right")


def test_a_guess_is_committed_before_it_is_compared(shown):
    ask.guess("99.which")
    box, words = shown.pop()
    question, choice, button, said = box.children
    assert words == "Guess. Which?\na) this\nb) that"
    assert "Which?" in question.value
    told = [each.get_state() for each in (box, *box.children)]
    assert not [option for option in QUESTION["options"] if option["reason"] in str(told)]
    button.click()
    assert "Choose an answer first." in said.value
    assert not ask.noted
    choice.value = 0
    button.click()
    assert "Noted: this. Now drag." in said.value
    assert choice.disabled
    assert button.description == "compare"
    button.click()
    assert "You chose: this. This is too small." in said.value
    assert "Right is: that. That is what it is." in said.value


def test_who_was_right_hears_one_reason(shown):
    ask.guess("99.which")
    _, choice, button, said = shown.pop()[0].children
    choice.value = 1
    button.click()
    button.click()
    assert said.value.count("<div>") == 1
    assert "Right is: that. That is what it is." in said.value


def test_hints_come_one_by_one_and_the_solution_last(shown):
    ask.check("99.1", lambda x, params: x)
    said, hint = shown.pop()[0].children
    assert "Square it." not in said.value
    lines = []
    for _ in range(4):
        hint.click()
        lines.append(said.value.count("<div>"))
    assert lines == [2, 3, 4, 4]
    assert "Times w_x." in said.value
    assert "fold below" in said.value
    ask.check("99.2", 0.9**49)
    assert len(shown.pop()[0].children) == 1, "who is right needs no hint"


def test_one_line_opens_everything(shown, monkeypatch):
    scripts = []
    monkeypatch.setattr(ask, "display", scripts.append)
    ask.show_answers()
    assert "fold.open = true" in scripts[0].data, "what is folded in the text"
    ask.guess("99.which")
    ask.check("99.2", ...)
    (guess, _), (check, _) = shown
    assert "That is what it is." in guess.children[3].value
    assert "Count the passes." in check.children[0].value
    assert "fold below" in check.children[0].value


def test_my_answers_can_be_handed_in(shown, capsys):
    ask.my_answers()
    assert "No guess" in capsys.readouterr().out
    ask.guess("99.which")
    _, choice, button, _ = shown.pop()[0].children
    choice.value = 0
    button.click()
    ask.check("99.2", 0.9**50)
    ask.my_answers()
    assert capsys.readouterr().out == "99.which: this\n99.2: The power is 50.\n"


def test_where_no_kernel_runs_guesses_and_checks_are_text(monkeypatch):
    bundles = []
    monkeypatch.setattr(page, "display", lambda bundle, raw, metadata=None: bundles.append(bundle))
    ask.guess("99.which")
    ask.check("99.2", ...)
    stands_still = bundles[::3]
    assert stands_still[0]["text/plain"].endswith("a) this\nb) that")
    assert stands_still[1]["text/plain"].startswith("Not yet")


def test_a_key_without_a_question_is_refused(monkeypatch):
    monkeypatch.undo()
    for key in ("99.nothing", "06.99", "nothing"):
        with pytest.raises(ValueError, match="There is no"):
            diagnose(key, 1.0)
        with pytest.raises(ValueError, match="There is no question"):
            ask.guess(key)

"""Every question is well formed and in its place, every exercise can be solved, and nothing answers too early."""

import importlib
import pkgutil
import re
from collections import Counter

import nbformat
import pytest
from course import NOTEBOOKS, code_cells
from places import ASKS

import statland.exercises
from statland.diagnosis import LETTERS, diagnose, questions

EXERCISES = {}
for module in pkgutil.iter_modules(statland.exercises.__path__):
    EXERCISES |= importlib.import_module(f"statland.exercises.{module.name}").EXERCISES
of_each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])


def asked(path, kind):
    """Return the keys that a notebook guesses or checks."""
    found = [ASKS.search(cell.source) for cell in code_cells(path)]
    return [each[2] for each in found if each and each[1] == kind]


def test_every_key_has_one_place_and_every_place_a_key():
    places = Counter(key for path in NOTEBOOKS for kind in ("guess", "check") for key in asked(path, kind))
    assert set(places) == questions().keys() | EXERCISES.keys()
    assert set(places.values()) == {1}
    assert not questions().keys() & EXERCISES.keys()


@of_each_notebook
def test_a_notebook_asks_often_enough_and_only_its_own_questions(path):
    for kind in ("guess", "check"):
        assert len(asked(path, kind)) >= 3
        assert {key[:3] for key in asked(path, kind)} == {f"{path.stem[:2]}."}


@pytest.mark.parametrize("key", questions())
def test_one_option_is_right_and_every_option_has_its_reason(key):
    options = questions()[key]["options"]
    assert [option.get("right") for option in options].count(True) == 1
    assert 2 <= len(options) <= len(LETTERS)
    assert set().union(*options) - {"most"} == {"text", "reason", "right"}
    assert len({option["text"] for option in options}) == len({option["reason"] for option in options}) == len(options)
    for option in options:
        assert 0 < len(option["text"]) <= 72, option["text"]
        assert re.search(r"[.!?]$", option["reason"]), option["reason"]
        assert not option["text"].endswith(".")
    assert set(questions()[key]) <= {"question", "options", "then", "hints", "ask"}
    assert len(questions()[key].get("hints", [])) <= 3


@pytest.mark.parametrize("key", EXERCISES)
def test_every_known_mistake_has_a_sentence_of_its_own(key):
    known = EXERCISES[key]
    assert len(known.mistakes) >= 5
    assert 1 <= len(known.hints) <= 3
    assert diagnose(key, known.right).startswith("Right")
    for sentence, wrong in known.mistakes.items():
        assert not sentence.startswith(("Right", "Not yet"))
        assert diagnose(key, wrong) == sentence


@of_each_notebook
def test_no_reason_stands_in_a_notebook(path):
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"<summary>Solution</summary>.*?</details>", "", text, flags=re.DOTALL)
    told = [option["reason"] for key, asked in questions().items() for option in asked["options"]]
    told += [sentence for known in EXERCISES.values() for sentence in (*known.mistakes, *known.hints)]
    assert [words for words in told if words in text or words.replace('"', '\\"') in text] == []


@of_each_notebook
def test_what_answers_a_guess_is_a_picture_that_asks_or_is_folded(path):
    cells = code_cells(path)
    for place, cell in enumerate(cells):
        if cell.source.startswith("guess("):
            assert cell.source == f'guess("{ASKS.search(cell.source)[2]}")'
            answer = next(each for each in cells[place + 1 :] if not each.source.startswith("guess("))
            folded = answer.metadata.get("jupyter", {}).get("outputs_hidden")
            assert folded or "live(" in answer.source, answer.source


@of_each_notebook
def test_every_exercise_has_a_stub_and_a_solution_that_is_found_right(path):
    stubs = [cell for cell in code_cells(path) if re.search(r"^check\(", cell.source, flags=re.MULTILINE)]
    for cell in stubs:
        assert "..." in cell.source
        assert cell.outputs[0].data["text/plain"].startswith("Not yet")
    prose = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")
    solved = re.findall(r'^check\("([^"]+)".*?\n```\n\n```text\n(.*?)```', prose, flags=re.MULTILINE | re.DOTALL)
    assert [key for key, _ in solved] == asked(path, "check")
    for key, output in solved:
        assert re.search(r"^Right\b", output, flags=re.MULTILINE), f"{key}: {output}"

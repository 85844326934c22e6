"""What a teacher writes with one command: the concept test, the class edition, the assignment that is graded."""

import html
import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from dataclasses import fields

import nbformat
import numpy as np
import pytest
from concept_test import QUIZZES, gift, paper, paper_key, qti, quiz
from course import NOTEBOOKS, ROOT, code_cells
from nbclient import NotebookClient

from statland import (
    Gate,
    LSTMParams,
    RNNParams,
    attend,
    attend_backward,
    clip_gradient,
    gradient_step,
    lstm_forward,
    rnn_backward,
    rnn_forward,
    rnn_jacobian,
    squared_error_and_gradient,
    truncated_backward,
)
from statland.diagnosis import LETTERS, all_questions, questions
from statland.learning import gradient_by_day, gradient_norm, weight_error_and_slope
from statland.lstm import sigmoid

CLASS = {key: asked for section in QUIZZES for key, asked in quiz(section).items()}
TEST = quiz("test")


def run(command, folder, *more):
    """Run one of the teacher's commands."""
    script = str(ROOT / "teaching" / f"{command}.py")
    return subprocess.run([sys.executable, script, *map(str, folder), *more], capture_output=True, text=True)


def needs(package):
    """Skip a test where this package of the teacher's is not installed."""
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"no {package} here: 'pip install -r teaching/requirements.txt' brings it")


def right_place(asked):
    return [bool(option.get("right")) for option in asked["options"]].index(True)


# --- commands


@pytest.mark.parametrize("command", ["concept_test", "class_edition", "assignment"])
def test_a_command_overwrites_nothing_and_says_so_in_one_sentence(command, tmp_path):
    if command == "assignment":
        needs("nbgrader")
    (tmp_path / "mine.txt").write_text("mine")
    for folder, words in (
        ([tmp_path], "is not empty"),
        ([tmp_path / "mine.txt"], "is not empty"),
        ([], "Name one folder"),
    ):
        done = run(command, folder)
        assert done.returncode
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("mine.txt", "mine")]


# --- the concept test


def test_the_concept_test_has_twenty_questions_and_the_exit_ticket_three():
    assert len(TEST) == 20
    assert len(quiz("exit")) == 3
    assert all_questions().keys() == questions().keys() | CLASS.keys()


def test_a_third_of_it_is_about_new_situations_and_every_notebook_has_its_questions():
    assert 3 * sum(asked.get("transfer", False) for asked in TEST.values()) >= len(TEST)
    about = Counter(asked["about"] for asked in TEST.values())
    assert set(about) == {path.stem[:2] for path in NOTEBOOKS}
    assert min(about.values()) >= 1


def test_the_place_of_the_right_option_tells_nothing():
    assert set(Counter(right_place(asked) for asked in TEST.values()).values()) == {5}


def test_neither_does_its_length():
    lengths = [[len(option["text"]) for option in asked["options"]] for asked in TEST.values()]
    rights = [each[right_place(asked)] for each, asked in zip(lengths, TEST.values(), strict=True)]
    alone = [each.count(right) == 1 for each, right in zip(lengths, rights, strict=True)]
    for extreme in (max, min):
        found = [one and extreme(each) == right for each, right, one in zip(lengths, rights, alone, strict=True)]
        assert sum(found) <= len(TEST) / 4, "no more often than by chance"
    for each in lengths:
        assert max(each) - min(each) <= 10, each


@pytest.mark.parametrize("key", CLASS)
def test_a_question_of_the_class_has_four_options_each_with_a_reason_of_its_own(key):
    asked = CLASS[key]
    options = asked["options"]
    assert set(asked) <= {"question", "about", "transfer", "options"}
    assert asked["question"].endswith("?")
    assert (
        len(options)
        == len({option["text"] for option in options})
        == len({option["reason"] for option in options})
        == 4
    )
    assert sum(option.get("right", False) for option in options) == 1
    for option in options:
        assert set(option) <= {"text", "reason", "right"}
        assert 0 < len(option["text"]) <= 72
        assert not option["text"].endswith(".")
        assert option["reason"].endswith(".")
        assert "->" not in asked["question"] + option["text"] + option["reason"], "Moodle would match pairs"


def test_no_notebook_and_no_guess_has_a_question_of_the_concept_test():
    text = "".join(path.read_text(encoding="utf-8") for path in NOTEBOOKS)
    others = {asked["question"] for asked in questions().values()}
    for asked in CLASS.values():
        assert asked["question"] not in others
        assert not [option["reason"] for option in asked["options"] if option["reason"] in text]


def numbers(words):
    """Return the numbers in words, without their signs."""
    return set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", words))


def unit(w_h, w_x=1.0):
    return RNNParams(w_x=w_x, w_h=w_h, w_y=1.0)


def last_state(prices, w_h, h0=0.0):
    return rnn_forward(prices, unit(w_h), h0).h[-1]


def left_of_day_1(w_h, days):
    """Return what a change of 1 on day 1 has become on the last of these days."""
    return rnn_jacobian(rnn_forward(np.ones(days), unit(w_h)), unit(w_h))[1]


def negative():
    trace = rnn_forward([0.5, 1.0], unit(-0.5), h0=2.0)
    return [trace.h[1], 1 - 0.5 * 0.5, trace.h[2], 1 - 0.5 * trace.z[0]], []


def copies():
    count, shared = len(fields(RNNParams)), len(["w_x", "w_h", "b_h"])
    return [count, count - 1 + 99, shared * 100 + count - shared, count * 100], [100 - 1, 100 + 1]


def order():
    first, last = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
    here = [(last_state(first, w_h), last_state(last, w_h)) for w_h in (0.0, 0.5, 1.0)]
    return [f"{a:g} and {b:g}" for a, b in (here[0], here[1], here[1][::-1], here[2])], []


def blame():
    arrives = left_of_day_1(0.5, 3)
    return [0, 8 * arrives, 8, 8 / arrives], []


def shares():
    """A unit with these shares: w_h is 1, and the states before days 2, 3 and 4 are 1, 2 and 4."""
    trace, dy = rnn_forward([1.0, 1.0, 2.0, 1.0], unit(1.0)), np.array([0.0, 0.0, 0.0, 1.0])
    each = gradient_by_day(trace, dy, unit(1.0)).w_h[1:]
    assert list(each) == [1, 2, 4]
    assert rnn_backward(trace, dy, unit(1.0))[0].w_h == each.sum()
    return [f"{each.mean():.2f}", each.max(), each.sum(), each.prod()], []


def shut():
    prices = np.array([1.0, 1.0, 1.0, 1.0, -9.0, 1.0, 1.0, 1.0])
    trace = rnn_forward(prices, unit(0.5))
    assert list(np.flatnonzero(trace.z < 0) + 1) == [5]
    nudged = [rnn_forward(prices + 1e-6 * day, unit(0.5)).y[-1] for day in np.eye(8)]
    heard = np.flatnonzero(np.array(nudged) != trace.y[-1]) + 1
    return [None, None, None, f"those of days {heard[0]} to {heard[-1]}"], [1, 4, 0]


def shower():
    """The error is what gradient descent brings down: its square has the slope 2, so the rate is half of the factor."""

    def errors(factor):
        error = -10.0
        while True:
            yield error
            error = gradient_step(error, weight_error_and_slope(error, 1.0, 0.0)[1], factor / 2)

    start, hot, cold = (error for error, _ in zip(errors(2.2), range(3), strict=False))
    for factor in (1.1, 1.9):
        one, two = (error for error, _ in zip(errors(factor), range(2), strict=False))
        assert one * two < 0
        assert abs(two) < abs(one)
    return [None] * 4, [f"{hot:g}", f"{-cold:g}", f"{hot - cold:g}", f"{hot / -start:g}", 1, 2]


def dead():
    _, slopes = squared_error_and_gradient([-9.0, -9.0], 1.0, unit(0.5))
    assert slopes.w_x == 0
    return [None] * 4, [0]


def leak():
    left = [left_of_day_1(0.8, hours + 1) for hours in range(30)]
    hours = next(hour for hour, share in enumerate(left) if share <= 0.01)
    half = next(hour for hour, share in enumerate(left) if share < 0.52)
    options = ["after 5 hours", f"after {hours} hours", f"after {50 * half} hours", "never"]
    return options, [f"{left[5]:.0%}"[:-1], f"{left[hours]:.3f}", 0.8, half, 50, 0]


def power():
    return [1.1, f"{1 + 0.1 * 49:g}", f"{49 * 1.1:.0f}", f"{left_of_day_1(1.1, 50):.0f}"], [50 - 1, 2]


def near():
    assert f"{left_of_day_1(0.5, 50):.16f}" in TEST["test.near"]["question"]
    trace, dy = rnn_forward(np.ones(50), unit(0.5)), np.append(np.zeros(49), 1.0)
    whole, last = rnn_backward(trace, dy, unit(0.5))[0], truncated_backward(trace, dy, unit(0.5), k=7)[0]
    assert last.w_h > 0.9 * whole.w_h > 1
    return [None] * 4, [0]


def s_curve():
    """The curve is steepest at 0. There the unit with the bias -1 stays, and it passes on as much as any can."""
    states = np.array([0.5, 0.5 + 1e-6])
    for _ in range(10):
        states = sigmoid(2 * states - 1)
    most = (states[1] - states[0]) / 1e-6
    rng = np.random.default_rng(0)
    one, other = rng.random((2, 1000))
    further = np.stack([one, other])
    for _ in range(10):
        further = sigmoid(2 * further + rng.normal(size=1000))
    assert (np.abs(further[1] - further[0]) <= 0.5**10 * np.abs(other - one) + 1e-15).all()
    return [f"{most:.3f}", 0.25, 1, f"{2**10:,}"], [2, 10, 0.25 * 2]


def clipping():
    long, short = RNNParams(3e9, 4e9, 0.0), RNNParams(1e-9, 0.3, 0.0)
    cut = clip_gradient(long, 1.0)
    assert gradient_norm(cut) == pytest.approx(1.0)
    assert cut.w_h / cut.w_x == pytest.approx(4 / 3)
    assert clip_gradient(short, 1.0) == short
    return [None] * 4, [0]


def book():
    """The letter counts, and 500 letters later the error is made: no share of it is within 20 letters."""
    trace, dy = rnn_forward(np.eye(501)[0], unit(1.0)), np.append(np.zeros(500), 1.0)
    assert rnn_backward(trace, dy, unit(1.0))[0].w_x == 1
    assert truncated_backward(trace, dy, unit(1.0), k=20)[0].w_x == 0
    return [f"yes, but it takes about {500 // 20} times as many steps", None, None, None], []


def gate():
    still = Gate(0.0, 0.0, 0.0)
    unit = LSTMParams(Gate(0.0, 0.0, 99.0), Gate(0.0, 0.0, -999.0), still, still)
    held = lstm_forward(np.ones(100), unit, c0=3.0).c[-1]
    return ["exactly 0", "almost 0", f"exactly {held:g}", f"exactly {held + 100:g}"], []


def mix():
    """The old note's part goes through a feedback weight of 1 - u."""
    kept = {u: left_of_day_1(1 - u, 101) for u in (0.001, 0.5, 0.999)}
    assert kept[0.5] < 1e-30
    assert kept[0.999] == pytest.approx(0, abs=1e-30)
    return ["near 0", "near 0.5", "near 1", "anywhere"], [0.001, f"{kept[0.001]:.0%}"[:-1]]


def path():
    query, keys, values = np.ones(2), np.random.default_rng(1).random((60, 2)), np.arange(60.0)
    weights, _ = attend(query, keys, values)
    assert attend_backward(1.0, query, keys, values)[2] == pytest.approx(weights)
    return [0, 1, 60 // 2, 60 - 1], [2]


def bites():
    rng = np.random.default_rng(2)
    query, keys, values = np.ones(2), rng.random((3, 2)), rng.random(3)
    weights, answer = attend(query, keys, values)
    turned, other = attend(query, keys[::-1], values[::-1])
    assert answer == pytest.approx(other)
    assert weights[::-1] == pytest.approx(turned)
    return [None] * 4, []


def passes():
    return [3 + 3 + 3, 3 * 4, f"{left_of_day_1(3.0, 4):g}", 3**4], []


def hidden():
    trace, dy = rnn_forward(np.ones(300), unit(1.05)), np.append(np.zeros(299), 1.0)
    parts = gradient_by_day(trace, dy, unit(1.05)).w_x
    assert parts[:100].sum() > 0.99 * parts.sum()
    return [None] * 4, [f"{left_of_day_1(1.05, 300):,.0f}", f"{left_of_day_1(1.05, 10):.1f}", 1]


def keep():
    left, kept = left_of_day_1(0.5, 50), f"{left_of_day_1(0.99, 50):.2f}"
    assert left < 1e-14
    texts = ["0.5 and 0.99", f"{0.5 / 50:.2f} and {0.99 / 50:.2f}", "almost 0 in both", f"almost 0 and {kept}"]
    return texts, [2, 50 - 1, 1]


FACTS = {"test.lengths": lambda: ([None] * 4, []), "test.padding": lambda: ([None] * 4, [37 - 37])} | {
    f"{section}.{function.__name__}": function
    for section, functions in {
        "test": (negative, copies, order, blame, shares, shut, shower, dead, leak, power, near, clipping, book, gate),
        "exit": (passes, hidden, keep),
    }.items()
    for function in functions
}
FACTS |= {"test.sigmoid": s_curve, "test.mix": mix, "test.path": path, "test.bites": bites}


@pytest.mark.parametrize("key", CLASS)
def test_every_number_of_a_question_is_what_statland_computes(key):
    """An option is what its own way of thinking leads to; a reason has no number from elsewhere."""
    options, also = FACTS[key]()
    asked = CLASS[key]
    for option, computed in zip(asked["options"], options, strict=True):
        if computed is not None:
            assert option["text"] == (computed if isinstance(computed, str) else f"{computed:g}")
    known = numbers(" ".join([asked["question"], *(option["text"] for option in asked["options"]), *map(str, also)]))
    for option in asked["options"]:
        assert numbers(option["reason"]) <= known, option["reason"]


def as_told(asked):
    """Return what has to arrive on a learning platform."""
    options = [(option["text"], bool(option.get("right")), option["reason"]) for option in asked["options"]]
    return asked["question"], options


def read_gift(text):
    """Read GIFT as Moodle does: escaped signs are put aside first, then the rest is taken apart."""
    aside = re.sub(r"\\(.)", lambda sign: chr(0xE000 + ord(sign[1])), text)

    def back(words):
        return re.sub(r"[\ue000-\uf8ff]", lambda sign: chr(ord(sign[0]) - 0xE000), words).strip()

    category, *blocks = re.split(r"\n\s*\n", aside)
    assert re.fullmatch(r"\$CATEGORY: [\w ]+", category)
    for block in blocks:
        name, question, options = re.fullmatch(r"::([^:]+)::\[plain\]([^={}~#:]+)\{([^{}]+)\}\s*", block).groups()
        assert re.fullmatch(r"\s*(?:[=~][^=~#:]+#[^=~#:]+)+", options)
        found = re.findall(r"([=~])([^=~#]+)#([^=~#]+)", options)
        yield back(name), (back(question), [(back(text), sign == "=", back(reason)) for sign, text, reason in found])


def read_qti(path):
    """Read a QTI package: the file that its manifest names, and in it every question."""
    space = {"qti": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}

    def words(node):
        page = node.find(".//qti:mattext", space).text
        return "".join(ET.fromstring(f"<div>{page}</div>").itertext()).strip()

    with zipfile.ZipFile(path) as package:
        manifest = ET.fromstring(package.read("imsmanifest.xml"))
        files = [node.get("href") for node in manifest.iter() if node.tag.endswith("}file")]
        assessment = next(name for name in files if not name.endswith("meta.xml"))
        tree = ET.fromstring(package.read(assessment))
    for item in tree.iterfind(".//qti:item", space):
        condition = next(
            node for node in item.iterfind(".//qti:respcondition", space) if node.find("qti:setvar", space) is not None
        )
        assert condition.find("qti:setvar", space).text == "100"
        right = condition.find(".//qti:varequal", space).text
        told = {node.get("ident"): words(node) for node in item.iterfind("qti:itemfeedback", space)}
        shown = {
            node.find(".//qti:varequal", space).text: node.find("qti:displayfeedback", space).get("linkrefid")
            for node in item.iterfind(".//qti:respcondition", space)
            if node.find("qti:displayfeedback", space) is not None
        }
        options = [
            (words(label), label.get("ident") == right, told[shown[label.get("ident")]])
            for label in item.iterfind(".//qti:response_label", space)
        ]
        yield item.get("title"), (words(item.find("qti:presentation/qti:material", space)), options)


HARD = {
    "test.hard": {
        "question": r"Is {x: ~1} = #2, or *a* _b_ `c` $w_h$ <b> & \n -> [d](e) -- 'f' ... \"g\"? 3. h",
        "options": [
            {"text": "= ~ # { } : \\", "reason": "a) 1. * + - = :: // [plain] %50%.", "right": True},
            {"text": "w_h^2 | w_x", "reason": "<i>w_h</i> &lt; 2 & $$x$$ \\= ---."},
        ],
    }
}


@pytest.mark.parametrize("asked", [*map(quiz, QUIZZES), HARD], ids=[*QUIZZES, "hard signs"])
def test_moodle_reads_every_question_with_its_reasons(asked):
    assert list(read_gift(gift("StatLand", asked))) == [(key, as_told(each)) for key, each in asked.items()]


@pytest.mark.parametrize("asked", [*map(quiz, QUIZZES), HARD], ids=[*QUIZZES, "hard signs"])
def test_canvas_reads_every_question_with_its_reasons(asked, tmp_path):
    needs("text2qti")
    qti(tmp_path / "test.zip", "StatLand", asked)
    assert list(read_qti(tmp_path / "test.zip")) == [(key, as_told(each)) for key, each in asked.items()]


@pytest.mark.slow
def test_one_command_writes_the_concept_test_in_all_formats(tmp_path):
    done = run("concept_test", [tmp_path / "new" / "folder"])
    assert done.returncode == 0, done.stderr
    written = {path.name: path for path in (tmp_path / "new" / "folder").iterdir()}
    for name, section in (("concept_test", "test"), ("exit_ticket", "exit")):
        told = [(key, as_told(asked)) for key, asked in quiz(section).items()]
        assert list(read_gift(written[f"{name}.gift"].read_text(encoding="utf-8"))) == told
        if importlib.util.find_spec("text2qti"):
            assert list(read_qti(written[f"{name}.zip"])) == told
        else:
            assert "pip install" in done.stdout


def test_the_printed_test_holds_no_answer_and_its_key_all():
    for section, title in QUIZZES.items():
        asked = quiz(section)
        page, key = (" ".join(write(title, asked).split()) for write in (paper, paper_key))
        for number, each in enumerate(asked.values(), start=1):
            assert f"{number}. {each['question']}" in page
            assert f"{number}. {LETTERS[right_place(each)]} (notebook {each['about']}" in key
            for letter, option in zip(LETTERS, each["options"], strict=False):
                assert f"{letter}) {option['text']}" in page
                assert option["reason"] not in page
                assert f"{letter}) {option['reason']}" in key


# --- the class edition


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "edition"
    done = run("class_edition", [folder])
    assert done.returncode == 0, done.stderr
    for name in ("students", "solutions"):
        assert [path.name for path in sorted((folder / name).iterdir())] == [path.name for path in NOTEBOOKS]
    return folder


def cells_of(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook.cells


def prose(path):
    return "\n\n".join(cell.source for cell in cells_of(path) if cell.cell_type == "markdown")


def folds(path):
    """Return the name and the content of each fold."""
    return re.findall(r"<details[^>]*><summary>(.*?)</summary>(.*?)</details>", prose(path), flags=re.DOTALL)


of_each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])


@of_each
def test_no_answer_stands_in_what_is_handed_out(path, edition):
    handed = edition / "students" / path.name
    text, code = prose(handed), code_cells(handed)
    assert [words.strip() for name, words in folds(handed)] == ["Your teacher has it."] * text.count("<summary>")
    assert "<details open" not in text
    everything = "\n\n".join(cell.source for cell in cells_of(handed))
    assert not [block for _, words in folds(path) for block in blocks(words) if block in everything]
    assert not [
        option["reason"]
        for each in all_questions().values()
        for option in each["options"]
        if option["reason"] in everything
    ]
    assert "show_answers" not in everything
    for cell in code:
        assert not cell.outputs
        assert cell.execution_count is None
        assert not re.search(r"^check\(", cell.source, flags=re.MULTILINE) or "..." in cell.source


def blocks(words):
    """Return the paragraphs and pieces of code of a fold that tell something, each as it stands."""
    parts = re.split(r"\n\s*\n|\n?```(?:python|text)?\n?", words)
    return [part.strip() for part in parts if len(part.strip()) > 8 and not part.strip().startswith("check(")]


@of_each
def test_there_is_a_cell_for_each_answer_and_one_to_hand_in(path, edition):
    cells = cells_of(edition / "students" / path.name)
    names = Counter(name for name, _ in folds(path))
    assert sum(cell.source.startswith("**What I saw:**") for cell in cells) == names["What you saw"] > 0
    assert sum("\ncheck(" in cell.source for cell in cells if cell.cell_type == "code") == names["Solution"] > 0
    assert cells[-1].source.endswith("my_answers()")
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    assert code[:-1] == [cell.source for cell in code_cells(path)]


@of_each
def test_the_solutions_hold_all_that_was_taken_out(path, edition):
    solved = edition / "solutions" / path.name
    assert folds(solved) == folds(path)
    assert prose(solved).count("<details open>") == len(folds(path))
    assert [cell.outputs for cell in code_cells(solved)] == [cell.outputs for cell in code_cells(path)]
    asked = [key for key in questions() if f'guess("{key}")' in path.read_text(encoding="utf-8").replace('\\"', '"')]
    assert asked
    for key in asked:
        for option in questions()[key]["options"]:
            assert option["reason"] in prose(solved)
            assert f"**{LETTERS[right_place(questions()[key])]}) " in prose(solved)


@pytest.mark.slow
def test_what_is_handed_out_runs_and_prints_what_was_answered(edition):
    path = edition / "students" / NOTEBOOKS[5].name
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, kernel_name="python3", timeout=120, resources={"metadata": {"path": path.parent}}
    ).execute()
    said = "".join(output.text for output in notebook.cells[-1].outputs)
    assert re.findall(r"^(\S+): Not yet", said, flags=re.MULTILINE) == [f"06.{number}" for number in (1, 2, 3, 4)]


# --- the assignment

WRONG = {  # who hands it in: the cell, what is changed in it, the test that notices, and what it says
    "power_of_50": ("passes", "(days - 1)", "days", "test-passes", "so the power is 49, not 50"),
    "no_sum": ("slope", "np.sum(dz * h[:-1])", "(dz * h[:-1])[-1]", "test-slope", "so all shares are added up"),
    "no_mask": ("blame", " if z[t] > 0 else 0.0", "", "test-shut", "ReLU is missing on your way back"),
    "forward": ("blame", "reversed(range(len(z)))", "range(len(z))", "test-walk", "Your walk begins on day 1"),
    "components": (
        "clip",
        "slopes * threshold / norm if norm > threshold else slopes",
        "np.clip(slopes, -threshold, threshold)",
        "test-clip",
        "Each slope is clipped for itself",
    ),
    "untied": (
        "step",
        "np.full(len(shares), w_h - rate * np.sum(shares))",
        "w_h - rate * shares",
        "test-step",
        "Each day has got a weight of its own",
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course in which the reference and six wrong answers are handed in and graded."""
    needs("nbgrader")
    home = tmp_path_factory.mktemp("nbgrader")
    folder = home / "course"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "RUNTIME"):
            patch.setenv(f"JUPYTER_{name}_DIR", str(home / name.lower()))
        patch.setenv("IPYTHONDIR", str(home / "ipython"))
        patch.setenv("PATH", sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"])
        done = run("assignment", [folder])
        assert done.returncode == 0, done.stderr
        name = "backpropagation"
        source = {cell.id: cell.source for cell in cells_of(ROOT / "teaching" / "assignment" / f"{name}.ipynb")}
        for student in ("reference", *WRONG):
            answer = nbformat.read(folder / "release" / name / f"{name}.ipynb", as_version=4)
            for cell in answer.cells:
                if "NotImplementedError" in cell.source:
                    cell.source = re.sub(r" *### (BEGIN|END) SOLUTION\n?", "", source[cell.id])
                if student in WRONG and cell.id == WRONG[student][0]:
                    assert cell.source.count(WRONG[student][1]) == 1
                    cell.source = cell.source.replace(*WRONG[student][1:3])
            place = folder / "submitted" / student / name
            place.mkdir(parents=True)
            nbformat.write(answer, place / f"{name}.ipynb")
        for command in ("autograde", "generate_feedback"):
            done = subprocess.run(
                [sys.executable, "-m", "nbgrader", command, name], cwd=folder, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stderr[-3000:]
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
            points = {}
            for student in ("reference", *WRONG):
                grades = book.find_submission_notebook(name, name, student).grades
                points[student] = {grade.cell.name: (grade.auto_score, grade.max_score) for grade in grades}
                assert not any(grade.needs_manual_grade for grade in grades)
    return folder, points


@pytest.mark.slow
def test_what_students_get_has_no_solution_and_no_hidden_test(graded):
    folder, _ = graded
    (path,) = (folder / "release").rglob("*.ipynb")
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"SOLUTION|HIDDEN|judge|diagnose|mistakes", text)
    assert text.count("raise NotImplementedError") == 6
    source = cells_of(ROOT / "teaching" / "assignment" / path.name)
    for cell in source:
        for answer in re.findall(r"### BEGIN SOLUTION\n(.*?) *### END SOLUTION", cell.source, flags=re.DOTALL):
            assert answer
            assert not [line for line in answer.splitlines() if len(line.strip()) > 8 and line.strip() in text]


@pytest.mark.slow
def test_the_reference_gets_full_marks(graded):
    _, points = graded
    assert sum(most for _, most in points["reference"].values()) == 16
    assert all(got == most for got, most in points["reference"].values())


@pytest.mark.slow
@pytest.mark.parametrize("student", WRONG)
def test_a_wrong_answer_loses_the_points_of_its_own_test_and_no_others_and_hears_why(student, graded):
    folder, points = graded
    *_, test, sentence = WRONG[student]
    got = {name: got for name, (got, _) in points[student].items()}
    assert got == {name: 0 if name == test else most for name, (_, most) in points["reference"].items()}
    (page,) = (folder / "feedback" / student).rglob("*.html")
    told = html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))
    said = re.findall(r"AssertionError: (.*)", told)
    assert len(set(said)) == 1
    assert sentence in said[0]

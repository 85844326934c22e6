"""Notebooks are source code: clean, complete, the same on every refresh, and true in what they say."""

import ast
import contextlib
import io
import re
import shutil
import subprocess
import sys
from html import unescape

import ipywidgets
import nbformat
import numpy as np
import pytest
from course import FRAMES, NOTEBOOKS, ROOT, asked, code_cells, other_versions
from nbclient import NotebookClient
from nbconvert import HTMLExporter, ScriptExporter
from refresh import solutions, text_of

import statland.live
import statland.page
from statland.live import Control

ASSIGNMENT = ROOT / "teaching" / "assignment" / "backpropagation.ipynb"


def source_lines(cell):
    return [line for line in cell.source.splitlines() if line.strip() and not line.strip().startswith("#")]


def test_it_is_clean(notebook):
    content = nbformat.read(notebook, as_version=4)
    nbformat.validate(content)
    cells = [cell for cell in content.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert set(content.metadata) == {"kernelspec", "language_info"}
    assert content.metadata.kernelspec.name == "python3", "without a kernel's name, JupyterLab asks for one"
    for cell in cells:
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output.get("text")
            assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {})
    text = notebook.read_text(encoding="utf-8")
    assert not re.search(r"/(home|root|Users|tmp|work)/|ipykernel_\d", text), "a path of somebody's machine"


def test_its_cells_are_short(notebook):
    lengths = [len(source_lines(cell)) for cell in code_cells(notebook)[1:]]
    assert sum(length <= 5 for length in lengths) >= 0.75 * len(lengths)
    assert max(lengths) <= 12


def test_it_runs_from_top_to_bottom_and_its_solutions_after_it_and_stays_at_home(notebook, home):
    """Without nbval, so that the course outlives it; no network, and no file outside temporary folders."""
    content = nbformat.read(notebook, as_version=4)
    prose = "\n".join(cell.source for cell in content.cells if cell.cell_type == "markdown")
    folded = re.findall(r"<summary>Solution</summary>.*?</details>", prose, flags=re.DOTALL)
    assert len(folded) >= 2, "two exercises, each with a folded solution"
    solutions = [code for part in folded for code in re.findall(r"```python\n(.*?)```", part, flags=re.DOTALL)]
    assert len(solutions) >= len(folded)
    content.cells += [nbformat.v4.new_code_cell(code) for code in solutions]
    content.cells.append(nbformat.v4.new_code_cell("assert _reached == [], _reached"))
    folder = {"metadata": {"path": notebook.parent}}
    NotebookClient(content, kernel_name="python3", timeout=120, resources=folder).execute(env=home)


def test_its_cells_run_again_in_any_order(notebook, monkeypatch):
    """A reader goes back, also after the solutions: backwards and shuffled, each cell says what is stored."""

    def live(picture, **controls):
        print(picture.update(**{name: Control(picture, name, how).start for name, how in controls.items()}))

    def display(data, **_):
        print(data["text/plain"]) if "text/plain" in data else None

    monkeypatch.setattr(statland.live, "live", live)
    monkeypatch.setattr(statland.page, "display", display)
    names = {"__name__": "__main__"}

    def said(source):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(source, notebook.name, "exec"), names)
        return out.getvalue()

    content = nbformat.read(notebook, as_version=4)
    cells = [cell for cell in content.cells if cell.cell_type == "code"]
    rng, count = np.random.default_rng(11), len(cells)
    backwards = range(count)[::-1]
    orders = [range(count), backwards, backwards, rng.permutation(count), rng.permutation(count)]
    for turn, order in enumerate(orders):
        for cell in map(cells.__getitem__, order):
            try:
                found = said(cell.source)
            except Exception as problem:
                pytest.fail(f"{problem!r} in run {turn} of\n{cell.source}")
            if "nbval-ignore-output" not in cell.metadata.get("tags", []):
                assert found == "".join(map(text_of, cell.outputs)), f"run {turn} of\n{cell.source}"
        if turn == 0:
            for code in (code for cell in content.cells for code in solutions(cell)):
                said(code)
    ipywidgets.Widget.close_all()


def test_an_exercise_has_names_of_its_own(notebook):
    """Its dots would be in the place of a number when a reader goes back and runs a cell of the lesson again."""
    sources = [cell.source for cell in code_cells(notebook)]
    lesson = [ast.walk(ast.parse(source)) for source in sources if "check(" not in source]
    known = {node.id for nodes in lesson for node in nodes if isinstance(node, ast.Name)}
    for source in (source for source in sources if "check(" in source):
        for line in ast.parse(source).body:
            names = [target.id for target in line.targets] if isinstance(line, ast.Assign) else []
            names += [line.name] if isinstance(line, ast.FunctionDef) else []
            assert not known.intersection(names), source


def time_line(content):
    """Return what the first cell says of the time: 180 words a minute, 15 seconds a cell, 30 a guess, 90 a picture."""
    prose = "\n".join(cell.source for cell in content.cells if cell.cell_type == "markdown")
    lesson, exercises = re.split(r"^## \w+ exercises$", prose, flags=re.MULTILINE)
    read = re.sub(r"\$\$.*?\$\$|\]\([^)]*\)|<[^>]*>", "", lesson, flags=re.DOTALL)
    words = len(re.findall(r"[A-Za-z][\w'-]*", read))
    code = [cell.source for cell in content.cells if cell.cell_type == "code" and "check(" not in cell.source]
    pictures, guesses = (
        sum(bool(re.search(rf"^{name}\(", each, re.MULTILINE)) for each in code) for name in ("live", "guess")
    )
    cells = len(code) - guesses
    minutes = round(words / 180 + cells / 4 + guesses / 2 + pictures * 1.5)
    more = sum(map(int, re.findall(r"^\*\*\d\. \((\d+) minutes\)", exercises, flags=re.MULTILINE)))
    parts = f"{round(words, -2):,} words, {cells} cells, {guesses} guesses, {pictures} pictures"
    return f"**Time:** {minutes} minutes ({parts}), and {more} for the exercises."


def test_its_time_is_what_its_parts_add_up_to(notebook):
    content = nbformat.read(notebook, as_version=4)
    assert time_line(content) in content.cells[0].source


def test_its_links_lead_somewhere(notebook):
    for cell in nbformat.read(notebook, as_version=4).cells:
        for target in re.findall(r"\]\(([^)]+)\)", cell.source) if cell.cell_type == "markdown" else []:
            assert target.startswith(("https://", "#")) or (notebook.parent / target).exists(), target


def test_its_pictures_can_be_seen_without_a_kernel(notebook):
    html, _ = HTMLExporter().from_filename(str(notebook))
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs if "data" in output]
    stills = [output.data for output in outputs if "image/png" in output.data]
    pictures = [data["image/png"].replace("\n", "") for data in stills]
    assert len(pictures) == asked(notebook) > 0
    assert all(picture in html for picture in pictures)
    labels = re.findall(r'<span aria-label="([^"]+)" role="img"', html)
    for label, data in zip(labels, stills, strict=True):
        assert unescape(label).endswith(data["text/plain"])


@pytest.mark.parametrize("path", [*NOTEBOOKS, ASSIGNMENT], ids=lambda path: path.stem)
def test_it_can_be_saved_as_a_script(path):
    script, how = ScriptExporter().from_filename(str(path))
    assert how["output_extension"] == ".py"
    compile(script, path.name, "exec")


@pytest.mark.slow
def test_two_refreshes_change_no_byte(tmp_path):
    """What is stored is what the last refresh wrote: under its versions, one more refresh is the second."""
    for name in ("notebooks", "tests", "web", "binder", ".github"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "_build")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    stored = [*NOTEBOOKS, FRAMES, ROOT / ".github" / "heart.gif"]
    before = {path.name: path.read_bytes() for path in stored}
    for _ in range(2 if other_versions() else 1):
        after = before
        subprocess.run([sys.executable, str(tmp_path / "tests" / "refresh.py")], check=True, capture_output=True)
        before = {path.name: (tmp_path / path.relative_to(ROOT)).read_bytes() for path in stored}
    assert [name for name in before if before[name] != after[name]] == [], "run tests/refresh.py"

"""Notebooks are source code: clean, complete, the same on every refresh, and true in what they say."""

import re
import shutil
import subprocess
import sys
from importlib.metadata import version

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT, code_cells
from nbclient import NotebookClient


def source_lines(cell):
    return [line for line in cell.source.splitlines() if line.strip() and not line.strip().startswith("#")]


def run(notebook, path):
    """Run a notebook in a fresh kernel, in its own folder."""
    NotebookClient(
        notebook, kernel_name="python3", timeout=120, resources={"metadata": {"path": path.parent}}
    ).execute()


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


def test_it_runs_without_nbval(notebook):
    run(nbformat.read(notebook, as_version=4), notebook)


def test_its_solutions_run_after_its_last_cell(notebook):
    content = nbformat.read(notebook, as_version=4)
    prose = "\n".join(cell.source for cell in content.cells if cell.cell_type == "markdown")
    folded = re.findall(r"<details>.*?</details>", prose, flags=re.DOTALL)
    assert len(folded) >= 2, "two exercises, each with a folded solution"
    solutions = [code for part in folded for code in re.findall(r"```python\n(.*?)```", part, flags=re.DOTALL)]
    assert len(solutions) >= len(folded)
    content.cells += [nbformat.v4.new_code_cell(code) for code in solutions]
    run(content, notebook)


def test_its_links_lead_somewhere(notebook):
    for cell in nbformat.read(notebook, as_version=4).cells:
        for target in re.findall(r"\]\(([^)]+)\)", cell.source) if cell.cell_type == "markdown" else []:
            assert target.startswith(("https://", "#")) or (notebook.parent / target).exists(), target


def test_its_pictures_can_be_seen_without_a_kernel(notebook):
    html = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--stdout", str(notebook)], capture_output=True, check=True
    ).stdout.decode()
    pictures = [
        output.data["image/png"].replace("\n", "")
        for cell in code_cells(notebook)
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    asked = re.findall(r"^live\(", "\n".join(cell.source for cell in code_cells(notebook)), flags=re.MULTILINE)
    assert len(pictures) == len(asked) > 0
    assert all(picture in html for picture in pictures)


def test_two_refreshes_change_no_byte(tmp_path):
    for name in ("notebooks", "tests", ".github"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    stored = [*NOTEBOOKS, ROOT / ".github" / "heart.gif"]
    runs = []
    for _ in range(2):
        subprocess.run([sys.executable, str(tmp_path / "tests" / "refresh.py")], check=True, capture_output=True)
        runs.append({path.name: (tmp_path / path.relative_to(ROOT)).read_bytes() for path in stored})
    assert [name for name in runs[0] if runs[0][name] != runs[1][name]] == []
    pinned = dict(re.findall(r"^(\S+)==(\S+)$", (ROOT / "binder" / "constraints.txt").read_text(), flags=re.MULTILINE))
    here = {name: version(name) for name in ("numpy", "matplotlib", "pillow", "ipywidgets")}
    if any(pinned[name] != here[name] for name in here):
        pytest.skip(f"the stored outputs were written with other versions than {here}")
    assert [path.name for path in stored if path.read_bytes() != runs[0][path.name]] == [], "run tests/refresh.py"

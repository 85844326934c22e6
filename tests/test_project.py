"""The promises of the repository itself: Binder, the two commands, the size of the book's core."""

import ast
import importlib
import re
import subprocess
import sys

import nbformat
import pytest
from course import NOTEBOOKS, ROOT, code_cells
from opening import opened


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker does not run on Windows")
def test_binder_finds_its_folder():
    look = ["--no-build", "--debug", "--Repo2Docker.default_buildpack=None", str(ROOT)]
    done = subprocess.run([sys.executable, "-m", "repo2docker", *look], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    dockerfile = done.stdout + done.stderr
    assert "binder/requirements.txt" in dockerfile
    assert "python-3.12" in (ROOT / "binder" / "runtime.txt").read_text()


def test_a_reader_needs_five_packages_and_nothing_more():
    names = {re.split("[>=]", line)[0] for line in (ROOT / "requirements.txt").read_text().split()}
    assert names == {"numpy", "jupyter", "ipywidgets", "matplotlib", "nbval", "-e", "."}


def imported(source):
    """Return the names of the modules that a source imports, and where they come from a picture room, what."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module, alias.name) for alias in node.names)


MATHEMATICS = {path.stem for path in (ROOT / "statland").glob("*.py")} - {"__init__", "drawing", "live", "ask"}
MAY_IMPORT = {"rnn": {"checks"}, "checks": set(), "drawing": set(), "live": {"drawing"}, "ask": {"diagnosis"}}


def test_no_arrow_of_the_package_runs_back():
    for path in (ROOT / "statland").rglob("*.py"):
        room = path.parent.name == "pictures" and path.stem != "parts"
        allowed = MATHEMATICS | {"pictures", "pictures.parts"} if room else MAY_IMPORT.get(path.stem, MATHEMATICS)
        for module, name in imported(path.read_text(encoding="utf-8")):
            package, _, inside = module.partition(".")
            if package == "statland":
                assert inside in allowed, f"{path.name} imports {module}"
                assert inside != "pictures" or name == "parts", f"{path.name} imports the room {name}"
            elif path.stem == "rnn":
                assert package in {"numpy", *sys.stdlib_module_names}
            elif path.stem in MATHEMATICS or path.stem == "drawing":
                assert package not in {"ipywidgets", "IPython"} | ({"matplotlib"} if path.stem != "drawing" else set())


def test_the_core_of_the_book_is_read_in_five_minutes():
    assert len((ROOT / "statland" / "rnn.py").read_text(encoding="utf-8").splitlines()) <= 130


def test_notebooks_take_nothing_but_pictures_from_the_picture_rooms():
    for path in NOTEBOOKS:
        for module, name in imported("\n".join(cell.source for cell in code_cells(path))):
            if module.startswith("statland.pictures"):
                picture = getattr(importlib.import_module(module), name)
                assert isinstance(picture, type), f"{path.name} takes {name} from {module}"
                assert hasattr(picture, "update"), f"{path.name} takes {name} from {module}"


def test_no_sentence_of_a_picture_is_an_interface():
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            found = re.search(r"""["'] (not )?in \w+(\(\))?\.update\(""", cell.source)
            assert not found, f"{path.name} looks for words in a sentence: {cell.source}"


def test_the_map_of_the_pictures_is_complete():
    words = importlib.import_module("statland.pictures").__doc__
    rooms = {path.stem for path in (ROOT / "statland" / "pictures").glob("*.py")} - {"__init__"}
    assert set(re.findall(r"^(\w+)  ", words, flags=re.MULTILINE)) - {"room"} == rooms


def test_importing_the_mathematics_draws_in_no_picture():
    code = "import statland, sys; sys.exit(any(name in sys.modules for name in ('matplotlib', 'ipywidgets')))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_no_picture_uses_pyplot():
    code = "import sys, statland.live, statland.pictures.gradients; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_first_picture_opens_soon_after_the_packages_that_it_needs():
    runs = opened(6)
    packages, added = (min(run[name] for run in runs) for name in ("packages", "added"))
    assert added < 1.5 * packages, f"{added:.2f} s beside {packages:.2f} s for numpy, matplotlib and ipywidgets"


def test_the_readme_has_a_command_to_open_one_to_build_and_one_to_test():
    readme = (ROOT / "README.md").read_text()
    commands = re.findall(r"^python3 -m venv .*$", readme, flags=re.MULTILINE)
    assert [command.split()[-1].split("/")[0] for command in commands] == ["notebooks", "web", "pytest"]


def test_the_readme_names_the_owner_in_one_place_only():
    *lines, binder, web = (ROOT / "README.md").read_text().splitlines()
    owner, name = re.match(r"\[binder\]: https://mybinder\.org/v2/gh/([^/]+)/([^/]+)/main", binder).groups()
    assert web == f"[web]: https://{owner}.github.io/{name}/"
    assert re.search(r"\]\[(\w+)\]", "\n".join(lines))[1] == "web", "the first link is to the web edition"
    others = [path for path in ROOT.glob("[!.]*.*") if path.name != "README.md" and path.is_file()]
    assert not [path.name for path in others if f"{owner}/" in path.read_text()]
    assert not [line for line in lines if owner in line]

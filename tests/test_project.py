"""The promises of the repository itself: Binder, the two commands, the size of the book's core."""

import ast
import filecmp
import importlib
import re
import statistics
import subprocess
import sys
import tomllib

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


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no clone")
def test_a_clone_on_windows_has_the_same_bytes(tmp_path):
    """Git for Windows converts line ends unless a repository says what it wants."""
    for convert in ("true", "false"):
        command = ["git", "-c", f"core.autocrlf={convert}", "clone", "-q", str(ROOT), str(tmp_path / convert)]
        subprocess.run(command, check=True)
    names = subprocess.run(["git", "ls-files"], cwd=tmp_path / "false", capture_output=True, text=True).stdout.split()
    same, *others = filecmp.cmpfiles(tmp_path / "true", tmp_path / "false", names, shallow=False)
    assert others == [[], []], "line ends differ"
    assert sorted(same) == sorted(names) != []


def test_a_reader_needs_five_packages_and_nothing_more():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    names = {re.split("[>=]", line)[0] for line in lines}
    assert names == {"numpy", "jupyter", "ipywidgets", "matplotlib", "nbval", "-e .", "statland"}


def test_the_lower_bounds_are_the_versions_that_are_tested_each_week():
    bounds = dict(re.findall(r"^(\w+)>=([\d.]+)$", (ROOT / "requirements.txt").read_text(), flags=re.MULTILINE))
    tested = re.findall(r"^(\w+)==([\d.]+)\.0(?:; python_version <.*)?$", (ROOT / "tests/lowest.txt").read_text(), re.M)
    assert dict(tested) == bounds
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert all(bounds[name] == bound for name, bound in (each.split(">=") for each in dependencies))
    assert "-c tests/lowest.txt" in (ROOT / ".github/workflows/tests.yml").read_text()


BACKEND = """
from pathlib import Path

def prepare_metadata_for_build_editable(folder, settings=None):
    info = Path(folder) / "{name}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
    return info.name

def build_editable(*_):
    raise NotImplementedError
"""


def test_the_requirements_install_this_project_and_no_other(tmp_path):
    """`-e .` is whatever project is in the folder where pip runs, not where the file is."""
    pytest.importorskip("pip")
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    ours = [line for line in lines if line.startswith(("-e", "statland"))]
    (tmp_path / "requirements.txt").write_text("\n".join(ours))
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    done = {}
    for name in ("statland", "another"):
        home = tmp_path / name
        home.mkdir()
        (home / "pyproject.toml").write_text(
            '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        )
        (home / "backend.py").write_text(BACKEND.format(name=name, version=version))
        pip = "install --dry-run --ignore-installed --no-index --no-deps --no-build-isolation -r ../requirements.txt"
        done[name] = subprocess.run(
            [sys.executable, "-m", "pip", *pip.split()], cwd=home, capture_output=True, text=True
        )
    assert done["statland"].returncode == 0, done["statland"].stderr
    assert f"Would install statland-{version}" in done["statland"].stdout
    assert done["another"].returncode != 0
    assert "No matching distribution found for statland" in done["another"].stderr


def imported(source):
    """Return the names of the modules that a source imports, and where they come from a picture room, what."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module, alias.name) for alias in node.names)


SHOWN = {"drawing", "svg", "page", "live", "ask"}  # how figures and questions come before a reader
MATHEMATICS = {path.stem for path in (ROOT / "statland").glob("*.py")} - {"__init__", *SHOWN}
MAY_IMPORT = {"rnn": {"checks"}, "checks": set(), "svg": set(), "drawing": {"svg"}, "page": set()}
MAY_IMPORT |= {"live": {"drawing", "page"}, "ask": {"diagnosis", "page"}}


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
            elif path.stem in MATHEMATICS | {"drawing", "svg"}:
                assert package not in {"ipywidgets", "IPython"} | (
                    {"matplotlib"} if path.stem in MATHEMATICS else set()
                )


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
    """As a share of what any figure needs in the same process: where others use the processor, both are slower."""
    own = statistics.median(run["own"] / (run["packages"] + run["added"] - run["own"]) for run in opened(9))
    assert own < 0.5, f"{own:.2f} times as long as numpy, ipywidgets and matplotlib with a figure"


def test_every_command_of_the_workflows_and_of_those_who_contribute_starts():
    """As it is called, in a process of its own: what pytest puts in the path is not there."""
    texts = [path.read_text() for path in (ROOT / "CONTRIBUTING.md", *(ROOT / ".github" / "workflows").glob("*.yml"))]
    commands = set(re.findall(r"python ((?:tests|web|teaching|benchmarks)/\w+\.py)", "\n".join(texts)))
    commands -= {"tests/refresh.py", "teaching/write.py"}  # they take no options, and other tests run them
    assert len(commands) >= 3
    for command in sorted(commands):
        done = subprocess.run([sys.executable, ROOT / command, "--help"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


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

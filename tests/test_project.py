"""The promises of the repository itself: Binder, the two commands, the size of the book's core."""

import ast
import re
import subprocess
import sys

import pytest
from conftest import ROOT
from opening import opened


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker does not run on Windows")
def test_binder_finds_its_folder():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "repo2docker",
            "--no-build",
            "--debug",
            "--Repo2Docker.default_buildpack=None",
            str(ROOT),
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    dockerfile = done.stdout + done.stderr
    assert "binder/requirements.txt" in dockerfile
    assert "python-3.12" in (ROOT / "binder" / "runtime.txt").read_text()


def test_a_reader_needs_five_packages_and_nothing_more():
    lines = (ROOT / "requirements.txt").read_text().split()
    assert {re.split("[>=]", line)[0] for line in lines} == {
        "numpy",
        "jupyter",
        "ipywidgets",
        "matplotlib",
        "nbval",
        "-e",
        ".",
    }


def test_the_heart_of_the_package_imports_numpy_only():
    tree = ast.parse((ROOT / "statland" / "rnn.py").read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert names - set(sys.stdlib_module_names) == {"numpy"}


def test_importing_the_mathematics_draws_in_no_picture():
    code = "import statland, sys; sys.exit(any(name in sys.modules for name in ('matplotlib', 'ipywidgets')))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_no_picture_uses_pyplot():
    code = "import sys, statland.live, statland.pictures.gradients; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_first_picture_opens_soon_after_the_packages_that_it_needs():
    runs = opened(3)
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

"""The folder for a room without a network: written by one command, used with the network off."""

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from course import NOTEBOOKS, ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("STATLAND_WEEKLY" not in os.environ, reason="takes minutes: weekly, or STATLAND_WEEKLY=1"),
]
BUNDLE = [sys.executable, str(ROOT / "teaching" / "bundle.py")]
OFFLINE = ["unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec sh -c "$0"']


def environment(home, **more):
    """Return what a laptop knows that never had this course: no packages, no pip settings, no kernels of its own."""
    ours = ("PYTHONPATH", "PIP_", "JUPYTER", "IPYTHON", "VIRTUAL_ENV")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    clean["PATH"] = os.pathsep.join([str(Path(sys.executable).resolve().parent), clean["PATH"]])  # has python3.12 or so
    return {**clean, "HOME": str(home), "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more}


def without_network(command, folder, home):
    """Run a shell's command where there is no network, or where pip at least can't use it."""
    if shutil.which("unshare") and shutil.which("ip") and subprocess.run([*OFFLINE, "true"]).returncode == 0:
        return subprocess.run([*OFFLINE, command], cwd=folder, env=environment(home), capture_output=True, text=True)
    nowhere = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy")}
    there = environment(home, **nowhere)
    return subprocess.run(command, shell=True, cwd=folder, env=there, capture_output=True, text=True)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """A web edition that is there already: two files stand for all, and how the whole is built test_web.py sees."""
    folder = tmp_path_factory.mktemp("edition")
    (folder / "index.html").write_text("the course")
    (folder / "statland-edition.txt").write_text("index.html\n")
    return folder


@pytest.fixture(scope="module")
def room(tmp_path_factory, edition):
    folder = tmp_path_factory.mktemp("room") / "room"
    done = subprocess.run([*BUNDLE, str(folder)], env={**os.environ, "STATLAND_SITE": str(edition)}, text=True)
    assert done.returncode == 0
    return folder


@pytest.fixture(scope="module")
def laptop(room, tmp_path_factory):
    """A copy of the folder on a laptop without network, after the first command of its page."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(room, home / "room")
    done = without_network(commands(room)["install"], home / "room", home)
    assert done.returncode == 0, done.stderr[-3000:]
    return home


def commands(room):
    """Return the commands that the page of the folder shows, by their names."""
    page = (room / "start.html").read_text(encoding="utf-8")
    return {name: html.unescape(line) for name, line in re.findall(r'<pre id="(\w+)">(.*)</pre>', page)}


def test_without_a_network_nothing_answers(tmp_path):
    if not shutil.which("unshare"):
        pytest.skip("no unshare here: pip is sent to a proxy that does not exist")
    seen = without_network(f"{sys.executable} -c 'import socket; print(socket.if_nameindex())'", tmp_path, tmp_path)
    assert seen.stdout.strip() == "[(1, 'lo')]", seen.stderr


def test_the_page_of_the_folder_leads_to_what_is_there(room, edition):
    assert (room / "web" / "index.html").read_bytes() == (edition / "index.html").read_bytes()
    page = (room / "start.html").read_text(encoding="utf-8")
    assert [(room / link).exists() for link in re.findall(r'href="([^"]+)"', page)] == [True]
    assert (room / commands(room)["start"].split()[-1]).exists()
    assert {path.name for path in (room / "notebooks").iterdir()} == {path.name for path in NOTEBOOKS}
    assert "OWNER" not in page


def test_the_notebooks_run_on_a_laptop_that_has_only_the_folder(laptop):
    where = without_network(".venv/bin/python -c 'import statland; print(statland.__file__)'", laptop / "room", laptop)
    assert "site-packages" in where.stdout, "statland comes from its wheel"
    done = without_network(".venv/bin/jupyter execute notebooks/*.ipynb", laptop / "room", laptop)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stderr.count("Executing notebook with kernel") == len(NOTEBOOKS), done.stderr


def test_jupyterlab_starts_on_a_laptop_that_has_only_the_folder(laptop):
    program = commands(laptop / "room")["start"].removesuffix(" notebooks/01_stock_prices.ipynb")
    assert re.match(r"4\.", without_network(f"{program} --version", laptop / "room", laptop).stdout)


def test_nothing_is_written_where_the_packages_cannot_be_had(tmp_path, edition):
    there = environment(tmp_path, PIP_NO_INDEX="1", STATLAND_SITE=str(edition), PYTHONPATH=os.pathsep.join(sys.path))
    done = subprocess.run([*BUNDLE, str(tmp_path / "room")], env=there, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("Nothing was written. Try again, online."), done.stderr
    assert not list((tmp_path / "room").iterdir())


def test_a_folder_that_holds_something_is_refused_at_once(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = subprocess.run([*BUNDLE, str(tmp_path)], capture_output=True, text=True)
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

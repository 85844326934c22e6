"""What a class of sixty opens: the links, the settings of two hubs, and what a reader takes of a machine."""

import re
import shlex
import subprocess
import sys

import pytest
import yaml
from course import NOTEBOOKS, ROOT
from links import links

HUB = ROOT / "teaching" / "hub"
PAGE = (ROOT / "teaching" / "hub.md").read_text(encoding="utf-8")
VALUES = yaml.safe_load((HUB / "kubernetes.yaml").read_text(encoding="utf-8"))
AT_START = VALUES["singleuser"]["lifecycleHooks"]["postStart"]["exec"]["command"]
LINES = """[binder]: https://mybinder.org/v2/gh/{0}/statland/main?urlpath=lab/tree/notebooks/01_stock_prices.ipynb
[web]: https://{0}.github.io/statland/
"""


# --- links


def test_the_hubs_link_fetches_the_owners_course_and_opens_the_first_notebook():
    assert links(LINES.format("ada"), "https://hub.school.edu/") == {
        "web edition": "https://ada.github.io/statland/",
        "Binder": LINES.format("ada").splitlines()[0].split()[1],
        "hub": "https://hub.school.edu/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fada%2Fstatland"
        "&branch=main&urlpath=lab%2Ftree%2Fstatland%2Fnotebooks%2F01_stock_prices.ipynb%3Fautodecode",
    }


def test_as_long_as_nobody_owns_the_repository_no_link_is_printed():
    with pytest.raises(ValueError, match="The README names no owner yet"):
        links(LINES.format("OWNER"), "https://hub.school.edu")


@pytest.mark.parametrize("hub", ["hub.school.edu", "https://", "ftp://hub.school.edu"])
def test_what_is_no_address_of_a_hub_is_refused(hub):
    with pytest.raises(ValueError, match="is not the address of a hub"):
        links(LINES.format("ada"), hub)


def test_the_links_are_made_from_the_readme_as_it_is():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    owner = re.search(r"^\[web\]: https://([^.]+)", readme, flags=re.MULTILINE)[1]
    command = [sys.executable, str(ROOT / "teaching" / "links.py"), "https://hub.school.edu"]
    done = subprocess.run(command, capture_output=True, text=True)
    if owner == "OWNER":
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("The README names no owner yet")
    else:
        assert done.stdout.count(f"{owner}/statland") + done.stdout.count(f"{owner}%2Fstatland") == 2, done.stdout


def test_the_first_notebook_of_the_links_is_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (notebook,) = re.findall(r"^\[binder\]: .*urlpath=lab/tree/(.*)$", readme, flags=re.MULTILINE)
    assert ROOT / notebook == NOTEBOOKS[0]
    assert VALUES["singleuser"]["defaultUrl"] == f"/lab/tree/{notebook}"


# --- settings


@pytest.mark.skipif(sys.platform == "win32", reason="the hub is a Linux server")
def test_the_littlest_hub_gets_the_course_and_its_settings(tmp_path):
    said = tmp_path / "said"
    for name in ("sudo", "pip", "tljh-config"):
        (tmp_path / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {said}\n')
        (tmp_path / name).chmod(0o755)
    subprocess.run(["sh", str(HUB / "tljh.sh")], env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, check=True)
    pip, *settings, last = said.read_text().splitlines()
    *words, constraints, course = shlex.split(pip)
    assert words == ["sudo", "-E", "pip", "install", "-c"]
    assert (constraints, course) == (f"{ROOT}/binder/constraints.txt", str(ROOT))
    assert all(line.startswith("sudo tljh-config set ") and len(line.split()) == 5 for line in settings), settings
    assert f"sudo tljh-config set limits.memory {VALUES['singleuser']['memory']['limit']}" in settings
    assert last == "sudo tljh-config reload", "settings count after a reload only"


@pytest.mark.skipif(sys.platform == "win32", reason="the image is a Linux one")
def test_at_each_start_on_kubernetes_the_notebooks_are_there_and_what_was_changed_stays(tmp_path):
    here = [word.replace("/srv/statland", str(ROOT)).replace("/home/jovyan", str(tmp_path)) for word in AT_START]
    assert str(ROOT) in here[-1]
    subprocess.run(here, check=True)
    first, *others = (tmp_path / "notebooks" / path.name for path in NOTEBOOKS)
    assert all(path.exists() for path in (first, *others))
    first.write_text("mine")
    others[0].unlink()
    subprocess.run(here, check=True)
    assert first.read_text() == "mine"
    assert others[0].exists()


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker does not run on Windows")
def test_the_image_for_kubernetes_has_the_course_where_the_settings_look_for_it():
    from repo2docker.__main__ import make_r2d

    (line,) = re.findall(r"^python -m repo2docker (.* \.)$", PAGE, flags=re.MULTILINE)
    image = make_r2d(shlex.split(line.replace("$IMAGE", "registry.school.edu/statland")))
    assert f"{image.target_repo_dir}/notebooks" in AT_START[-1]
    assert not image.run


def test_an_image_that_nobody_has_named_is_refused_by_the_cluster():
    image = VALUES["singleuser"]["image"]
    lower = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"  # what a path in a registry may be; anything else is refused before a pull
    assert image["name"] == "REGISTRY/statland"
    assert not re.fullmatch(rf"{lower}(/{lower})*", image["name"])
    assert f'--image-name "$IMAGE:{image["tag"]}"' in PAGE
    assert '--set singleuser.image.name="$IMAGE"' in PAGE


# --- memory and time


def test_what_the_page_and_the_settings_say_of_memory_and_time_is_what_was_measured():
    table = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8").split("<!-- readers -->")[1]
    rows = re.findall(r"^\| (\d+) \| (\d+) \| .* \| (\d+) \((\d+)\) \| (\d+) \(\d+\) \|$", table, flags=re.MULTILINE)
    (_, alone, *_), (count, together, half, slowest, kernel) = rows[0], rows[-1]
    server, everything = (
        int(each.replace(",", "")) for each in re.search(r"one reader: (\d+) MB.*run: ([\d,]+) MB", table).groups()
    )
    words = " ".join(PAGE.split())
    assert f"takes {kernel} MB of memory" in words
    assert f"that each reader gets {server} MB" in words
    one, two = (60 * (server + notebooks * int(kernel)) / 1024 for notebooks in (1, 2))
    assert f"take {one:.0f} GB, and with two notebooks open {two:.0f} GB" in words
    assert f"closes none takes {everything / 1024:.1f} GB" in words
    assert f"{count} readers who run all of notebook 06 at once wait {together} seconds" in words
    assert f"one alone {alone}." in words
    assert f"when all {count} move" in words
    assert f"after {slowest} ms, and half of them within {half}." in words
    memory = VALUES["singleuser"]["memory"]
    assert server + 2 * int(kernel) < int(memory["guarantee"].removesuffix("M"))
    assert everything < 1024 * int(memory["limit"].removesuffix("G"))

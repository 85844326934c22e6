"""Write all that a class in a room without a network needs: `python teaching/bundle.py FOLDER`.

`FOLDER/web` holds the web edition, for every browser. `FOLDER/notebooks` and `FOLDER/wheels` hold the notebooks and
all packages that they need, `statland` too, for laptops of this kind with this Python. `FOLDER/start.html` says what
to do with them. The packages are downloaded now, once, in the versions with which the course is tested.

It takes what `requirements.txt` and `web/requirements.txt` bring. If you have built the web edition already, name its
folder in the environment variable STATLAND_SITE: then it is copied from there.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from folder import new_folder
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
ROOT = HERE.parent
PACKAGE = "pyproject.toml", "requirements.txt", "LICENSE", "LICENSE-TEXT"  # and two folders: what pip needs of us


def collect_wheels(target):
    """Download every package of `requirements.txt`, as wheels, and make one of statland."""
    with TemporaryDirectory() as copy:  # pip leaves a folder `build` in what it makes a wheel of
        for name in PACKAGE:
            shutil.copy(ROOT / name, copy)
        for name in ("binder", "statland"):
            shutil.copytree(ROOT / name, Path(copy, name), ignore=shutil.ignore_patterns("__pycache__"))
        pip = [sys.executable, "-m", "pip", "wheel", "-r", "binder/requirements.txt", "-w", str(target.absolute())]
        if subprocess.run(pip, cwd=copy).returncode:
            sys.exit("pip could not collect the packages; it says why above. Nothing was written. Try again, online.")


def add_web_edition(target):
    """Build the web edition, or copy the one that STATLAND_SITE names."""
    if site := os.environ.get("STATLAND_SITE"):
        if not Path(site, "statland-edition.txt").exists():
            sys.exit(f"STATLAND_SITE names {site}, but no web edition is there. Nothing was written.")
        shutil.copytree(site, target)
    elif subprocess.run([sys.executable, ROOT / "web" / "build.py", target]).returncode:
        sys.exit("The web edition could not be built; the reason stands above. Nothing was written.")


def how_to():
    """Return the page that says what to do, with the command for laptops of this kind."""
    windows = platform.system() == "Windows"
    version = ".".join(platform.python_version_tuple()[:2])
    pages = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return pages.get_template("bundle.html.j2").render(
        laptops=f"{platform.system().replace('Darwin', 'macOS')} ({platform.machine()}) and Python {version}",
        terminal="a Command Prompt (not PowerShell)" if windows else "a terminal",
        python=f"py -{version}" if windows else f"python{version}",
        bin=r".venv\Scripts" + "\\" if windows else ".venv/bin/",
        notebook=str(Path("notebooks", min((ROOT / "notebooks").glob("*.ipynb")).name)),
    )


def main():
    folder = new_folder()
    with TemporaryDirectory() as draft:  # what fails half-way leaves the folder empty, so that it can be named again
        draft = Path(draft)
        collect_wheels(draft / "wheels")
        add_web_edition(draft / "web")
        shutil.copytree(ROOT / "notebooks", draft / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace("-e .", "statland")
        (draft / "requirements.txt").write_text(requirements, encoding="utf-8")
        (draft / "start.html").write_text(how_to(), encoding="utf-8")
        shutil.copytree(draft, folder, dirs_exist_ok=True)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder} is ready, {size / 1e6:.0f} MB. Open start.html in it on one laptop, with its network off.")


if __name__ == "__main__":
    main()

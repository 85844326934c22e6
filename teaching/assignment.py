"""Write an `nbgrader` course with one assignment: `python teaching/assignment.py FOLDER`.

It asks for backpropagation through time and a numerical gradient; its source, with solutions and hidden tests, is
`assignment/backpropagation.ipynb`. `FOLDER/release` then holds what students get. Put what they hand in into
`FOLDER/submitted/NAME/backpropagation/`, and run in FOLDER `nbgrader autograde backpropagation`, then
`nbgrader generate_feedback backpropagation`. It needs `pip install -r teaching/requirements.txt`.

The feedback shows the hidden tests, and with them the right answers: give it out when all have handed in.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from folder import new_folder

NAME = "backpropagation"
CONFIG = """c = get_config()
c.CourseDirectory.course_id = "statland"
"""


def with_scripts():
    """Return the environment with this Python's own commands in its path: nbgrader calls one of them, `alembic`."""
    return {**os.environ, "PATH": sysconfig.get_path("scripts") + os.pathsep + os.environ.get("PATH", "")}


if __name__ == "__main__":
    if not find_spec("nbgrader"):
        sys.exit("nbgrader is missing: pip install -r teaching/requirements.txt brings it.")
    folder = new_folder()
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    (folder / "source" / NAME).mkdir(parents=True)
    shutil.copy(Path(__file__).parent / "assignment" / f"{NAME}.ipynb", folder / "source" / NAME)
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", NAME], cwd=folder, env=with_scripts()
    )
    if done.returncode:
        sys.exit("nbgrader could not make the students' notebook; it says why above.")
    print(f"To hand out: {folder / 'release' / NAME / f'{NAME}.ipynb'}.")

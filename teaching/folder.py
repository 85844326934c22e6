"""The folder that a command writes into: a new one or an empty one, so that nothing of the reader's is ever lost."""

import sys
from pathlib import Path


def new_folder():
    """Return the folder that the command line names, made if it is not there; stop with one sentence otherwise."""
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(f"Name one folder, for example: python {sys.argv[0]} handout")
    folder = Path(sys.argv[1])
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        sys.exit(f"{folder} is not empty. Name a new folder, so that nothing is overwritten.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        sys.exit(f"The folder {folder} can't be made: {problem.strerror}.")
    return folder

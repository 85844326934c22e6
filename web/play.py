"""Run a notebook, and get each picture that it shows with its controls: for web edition, tests and benchmarks."""

import contextlib
import io
from dataclasses import dataclass

import statland.live
from statland.live import Control


@dataclass(frozen=True)
class Shown:
    """A picture that a cell of a notebook shows with `live`, and the controls that it has there."""

    picture: object
    controls: list
    cell: int  # counted among all cells of the notebook


def play(notebook, name):
    """Run the code cells of a notebook from top to bottom; return what they show, in order. An error names it."""
    shown, page, original = [], {"__name__": "__main__"}, statland.live.live

    def live(picture, **controls):
        shown.append(Shown(picture, [Control(picture, *control) for control in controls.items()], place))

    statland.live.live = live
    try:
        for place, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(cell.source, f"{name}, cell {place}", "exec"), page)
    finally:
        statland.live.live = original
    return shown

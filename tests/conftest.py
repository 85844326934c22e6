"""What several test files share: the notebooks, found by glob, and the live pictures in them."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import ipywidgets
import nbformat
import pytest
from ipywidgets.widgets.widget import _instances

import statland.live

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
assert NOTEBOOKS, "no notebooks found"


@dataclass
class Shown:
    """A picture as `live` has put it on the page, with its widgets found the way a reader finds them."""

    picture: object
    bundle: dict

    def __post_init__(self):
        box = _instances[self.bundle["application/vnd.jupyter.widget-view+json"]["model_id"]]
        *self.rows, layers, self.error = box.children
        self.still, self.moving = layers.children
        self.controls = {row.children[0].description: row.children[0] for row in self.rows}
        self.starts = [control.value for control in self.controls.values()]

    @property
    def frame(self):
        """The changing part as an XML tree: svg and sentence, well formed or an error."""
        return ET.fromstring(f"<div>{self.moving.value}</div>")

    @property
    def sentence(self):
        return "".join(self.frame[1].itertext())


def shown_by(monkeypatch, run):
    """Return all that `live` shows while run() runs."""
    pictures, bundles = [], []
    original = statland.live.live
    monkeypatch.setattr(statland.live, "display", lambda bundle, **how: bundles.append(bundle))
    monkeypatch.setattr(
        statland.live, "live", lambda picture, **how: (pictures.append(picture), original(picture, **how))
    )
    run()
    return [Shown(picture, bundle) for picture, bundle in zip(pictures, bundles, strict=True)]


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param


@pytest.fixture
def show(monkeypatch):
    """Show one picture and return it as a reader has it before them."""

    def one(picture, **controls):
        return shown_by(monkeypatch, lambda: statland.live.live(picture, **controls))[0]

    yield one
    ipywidgets.Widget.close_all()


@pytest.fixture
def shown(monkeypatch, notebook):
    """All live pictures of a notebook, after its cells have run from top to bottom."""

    def run():
        page = {"__name__": "__main__"}
        for cell in code_cells(notebook):
            exec(compile(cell.source, notebook.stem, "exec"), page)

    yield shown_by(monkeypatch, run)
    ipywidgets.Widget.close_all()

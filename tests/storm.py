"""A storm over every notebook: seeded random moves of every control, as a browser sends them, and cells run again.

`python tests/storm.py` makes 10,000 moves; `--events 500 --seed 7` so many of others; notebooks as arguments.
It ends with an error if anything was raised, if sliders and number boxes differed, if a picture did not say and draw
what another copy does at the same values, and a fresh one in the end, if something stayed behind, or if anything left
this process: see `sealed.py`.
"""

import argparse
import contextlib
import ctypes
import gc
import io
import re
import sys
from pathlib import Path

import matplotlib.font_manager  # noqa: F401 (writes its list of fonts, once on a machine: before the seal)
import nbformat
import numpy as np
import psutil

sys.path.append(str(Path(__file__).parents[1] / "web"))
import sealed
from course import NOTEBOOKS, Panel
from ipywidgets import Button, Checkbox, Play, RadioButtons, Widget

import statland.live
from statland.live import Control

FEW = 2000  # objects: one figure that stays behind has more
FLAT = 30e6  # bytes: what is free again, but not given back, comes and goes in steps of 8 MB
HARD = (1e308, -1e308, 1e-300, -1e-300, 0.1 + 0.2, 1e15, -0.0)


class Page:
    """A notebook as it is open before a reader: its cells have run, and what they show is there to be moved."""

    def __init__(self, path):
        self.cells = nbformat.read(path, as_version=4).cells
        self.code = [place for place, cell in enumerate(self.cells) if cell.cell_type == "code"]
        self.name, self.names = path.stem, {"__name__": "__main__"}
        self.panels, self.asked, self.made = {}, {}, {}  # by the place of their cell
        self.run_all()

    def run_all(self):
        """Run all cells from top to bottom."""
        for place in self.code:
            self.run(place)

    def close(self):
        """Close all that its cells show now."""
        for widgets in self.made.values():
            for widget in widgets:
                widget.close()

    def run(self, place):
        """Run a cell as it runs in Jupyter: what it showed before is gone."""
        for widget in self.made.get(place, []):
            widget.close()
        panels, made, original = [], [], statland.live.live

        def live(picture, **controls):
            panels.append(Panel(picture, [Control(picture, *control) for control in controls.items()]))

        statland.live.live = self.names["live"] = live
        Widget.on_widget_constructed(made.append)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(self.cells[place].source, f"{self.name}, cell {place}", "exec"), self.names)
        finally:
            statland.live.live = original
            Widget.on_widget_constructed(None)
        self.panels[place], self.made[place] = panels, made
        self.asked[place] = [one for one in made if isinstance(one, (RadioButtons, Button)) and not panels]


def movable(panel):
    """Return all widgets of a panel that a reader can move."""
    return [widget for row in panel.rows for widget in row.children]


def move(widget, rng):
    """Move a widget as a browser would ask for it: to a value that it has, has already, or has not."""
    if isinstance(widget, Button):
        widget.click()
    elif isinstance(widget, Checkbox):
        widget.set_state({"value": bool(rng.integers(2))})
    elif hasattr(widget, "options"):
        widget.set_state({"index": int(rng.integers(len(widget.options)))})
    else:
        low, high, whole = widget.min, widget.max, isinstance(widget.value, int)
        value = rng.choice([low, high, widget.value, rng.uniform(low, high), low - 1, high + 1, rng.choice(HARD)])
        if not isinstance(widget, Play) and rng.random() < 0.5:
            value = low + widget.step * rng.integers(round((high - low) / widget.step) + 1)
        widget.set_state({"value": int(np.clip(value, -(2**31), 2**31)) if whole else float(value)})


def held(panel):
    """Return what holds the value of each control: a number box, where there is one, because a slider has steps."""
    return [(row.children[1:2] or row.children)[0] for row in panel.rows]


def drawn(panel):
    """Return what a panel draws and says, without the names that keep two pictures on a page apart."""
    return re.sub(r'(id="|#)[\w-]+', r"\1", panel.moving.value), panel.sentence


def agree(panel):
    """See that slider, player and number box of each control hold the same value, as near as their steps can."""
    assert panel.error.value == "", panel.error.value
    for row, box in zip(panel.rows, held(panel), strict=True):
        for widget in row.children:
            if not isinstance(widget, Button):
                near = getattr(widget, "step", 0) * (0.5 + 1e-6)
                beyond = box.value - widget.max if hasattr(widget, "max") else 0  # the last step may end before it
                assert widget.value == box.value or abs(widget.value - box.value) <= max(near, beyond), (
                    f"{box.description}: {box.value}, but {type(widget).__name__} at {widget.value}"
                )


def storm(path, events, rng):
    """Make so many random moves in a notebook; return how many objects and bytes more there are than halfway."""
    page, other = Page(path), Page(path)  # two copies of each picture
    for event in range(events):
        shown = [(place, panel) for place, panels in page.panels.items() for panel in panels]
        asked = [widget for widgets in page.asked.values() for widget in widgets]
        chance = rng.random()
        if chance < 0.02:
            page.run(int(rng.choice(page.code)))
        elif chance < 0.07 and asked:
            move(asked[rng.integers(len(asked))], rng)
        else:
            _, panel = shown[rng.integers(len(shown))]
            widgets = movable(panel)
            move(widgets[rng.integers(len(widgets))], rng)
            agree(panel)
        if event % 20 == 19:
            compare(page, other)
        if event == events // 2:
            half = memory(page, path)
    grown = memory(page, path) - half
    page.close()
    other.close()
    return grown


def memory(page, path):
    """Compare a page with a fresh one; return how many objects there are, and how many bytes this process takes.

    All its cells run before: a picture that one cell makes and a later one shows may else be there twice.
    """
    compare(page, fresh := Page(path))
    fresh.close()
    del fresh
    page.run_all()
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # elsewhere than on Linux
        ctypes.CDLL("libc.so.6").malloc_trim(0)  # what is free is given back
    return np.array([len(gc.get_objects()), psutil.Process().memory_info().rss])


def compare(page, other):
    """See that each picture says and draws what its other copy does at the same values."""
    for place, panels in page.panels.items():
        for panel, copy in zip(panels, other.panels[place], strict=True):
            for box, target in zip(held(panel), held(copy), strict=True):
                target.value = box.value
            values = {box.description: box.value for box in held(panel)}
            assert drawn(panel) == drawn(copy), f"{page.name}, {type(panel.picture).__name__} drifts at {values}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path, default=NOTEBOOKS)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=15)
    asked = parser.parse_args()
    print(f"{asked.events} moves, seed {asked.seed}", flush=True)
    for path in asked.notebooks:
        seed = np.random.default_rng([asked.seed, int(path.stem[:2])])
        objects, size = storm(path, asked.events // len(asked.notebooks), seed)
        print(f"{path.stem}: {objects} objects and {size / 1e6:.1f} MB more at the end than halfway", flush=True)
        assert objects < FEW, "something stays behind"
        assert size < FLAT, "something stays behind"
    assert not sealed.reached, sealed.reached

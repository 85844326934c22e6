"""What tests share: the notebooks, the pictures that they show, what a picture shows, and Jupyter in a browser."""

import functools
import gzip
import http.server
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import warnings
import xml.etree.ElementTree as ET
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from itertools import product
from pathlib import Path

import matplotlib as mpl
import nbformat
import numpy as np
from cycler import cycler
from matplotlib.patheffects import withStroke
from play import play

from statland.drawing import Drawing
from statland.live import panel

with suppress(ImportError):  # the mathematics and the pictures are tested without a browser
    from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FRAMES = ROOT / "tests" / "pictures" / "frames.json"  # what every picture shows at many settings, written by refresh.py
assert NOTEBOOKS, "no notebooks found"


def other_versions():
    """Return the versions with which outputs and frames are stored, of those packages that are here in another."""
    lines = (ROOT / "binder" / "constraints.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^(\S+)==(\S+)$", lines, flags=re.MULTILINE))
    names = ("numpy", "matplotlib", "pillow", "ipywidgets")
    return {name: pinned[name] for name in names if version(name) != pinned[name]}


# --- notebooks


def code_cells(path):
    """Return the code cells of a notebook."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def pictures(path):
    """Run a notebook; return each picture that it shows, with its controls."""
    return play(nbformat.read(path, as_version=4), path.name)


def asked(path):
    """Return how many pictures the source of a notebook asks for."""
    return len(re.findall(r"^live\(", "\n".join(cell.source for cell in code_cells(path)), flags=re.MULTILINE))


# --- pictures


class Panel:
    """A picture with its controls as `live` puts it on the page."""

    def __init__(self, picture, controls):
        self.picture = picture
        self.choices = {control.name: control.choices for control in controls}
        self.box, self.words, self.png = panel(picture, controls)
        controls, layers, self.error = self.box.children
        self.rows = list(controls.children)
        self.still, self.moving = layers.children
        self.controls = {row.children[0].description: row.children[0] for row in self.rows}
        boxes = (row.children[1:2] or row.children for row in self.rows)  # a number box holds what no step can
        self.starts = [(box, box.value) for (box,) in boxes]

    @property
    def frame(self):
        """The changing part as an XML tree, well formed or an error."""
        return self._parts[0]

    @property
    def sentence(self):
        return "".join(self._parts[1].itertext())

    @property
    def _parts(self):
        return ET.fromstring(f"<div>{self.moving.value}</div>")


def walk(panel, rng, count):
    """Move all controls of a panel at once: to both ends and the middle, then along so many random steps."""
    ways = []
    for control in panel.controls.values():
        last = len(values := panel.choices[control.description]) - 1
        steps = np.clip(last // 2 + np.cumsum(rng.integers(-last // 4, last // 4 + 1, count)), 0, last)
        ways.append([values[k] for k in (0, last, last // 2, *steps)])
    for values in zip(*ways, strict=True):
        for control, value in zip(panel.controls.values(), values, strict=True):
            control.value = value
        yield values


def settings(controls, at_random=6):
    """Yield values for the controls: the start, each end and middle of one of them, all ends, and some at random."""
    starts = {control.name: control.start for control in controls}
    choices = {control.name: control.choices for control in controls}
    yield starts
    for name, values in choices.items():
        for value in {0: values[0], 1: values[len(values) // 2], 2: values[-1]}.values():
            yield {**starts, name: value}
    for ends in product((0, -1), repeat=len(choices)):
        yield {name: values[end] for (name, values), end in zip(choices.items(), ends, strict=True)}
    rng = np.random.default_rng(7)
    for _ in range(at_random):
        yield {name: values[rng.integers(len(values))] for name, values in choices.items()}


def between(controls, count=6):
    """Yield so many values for the controls, as a reader may type them: with three decimals, between the steps."""
    rng = np.random.default_rng(19)
    for _ in range(count):
        values = {}
        for control in controls:
            values[control.name] = control.choices[rng.integers(len(control.choices))]
            if control.kind == "slider" and isinstance(control.start, float):
                values[control.name] = round(rng.uniform(control.widget.min, control.widget.max), 3)
        yield values


def frames(shown):
    """Return for many settings of a picture's controls a digest of what it draws and says there."""
    found = {}
    for values in settings(shown.controls):
        words = shown.picture.update(**values)
        drawing = Drawing(shown.picture.figure)
        key = ", ".join(f"{name} = {value}" for name, value in values.items())
        found[key] = sha256("\n".join([*drawing.moving(), words]).encode()).hexdigest()[:12]
    still = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", drawing.still().decode())
    found["what stands still"] = sha256(still.encode()).hexdigest()[:12]  # processors differ in the last digits
    return found


@contextmanager
def other_settings():
    """Set every setting of matplotlib that drawing may depend on to some other value that it takes."""
    words = "magenta", "xx-large", "left", "top", "dashed", "inout", "tight", "none", "nearest", "round", "x", "50"
    known = {"path.sketch": (3, 50, 9), "path.effects": [withStroke(linewidth=9)], "savefig.format": "svg"}
    known["image.cmap"] = "gray"
    known["axes.prop_cycle"] = cycler(color=["magenta"])
    beside = "backend", "interactive", "timezone", "toolbar", "webagg", "keymap", "animation", "date", "docstring"
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some are deprecated
        for name, value in mpl.rcParamsDefault.items():
            if name.startswith(beside):
                continue
            numbers = np.atleast_1d(value).tolist() if not isinstance(value, str) else []
            if isinstance(value, bool):
                others = [not value]
            elif numbers and all(isinstance(each, (int, float)) for each in numbers):
                others = [[2 * each + 3 for each in numbers], 2 * numbers[0] + 3, numbers[0] / 2 + 0.1]
            else:
                others = [["DejaVu Serif"], *words, True, 1] if isinstance(value, list) else [*words, True, 1]
            for other in [known[name]] if name in known else others:
                with suppress(Exception):  # each setting refuses in its own way
                    mpl.rcParams[name] = other
                    if mpl.rcParams[name] != value:
                        break
        yield


def corners(artist, sides):
    """Return the polygons that an artist with many shapes draws, `(N, sides, 2)`."""
    vertices = artist.get_path().vertices
    return vertices.reshape(-1, sides + 1, 2)[:, :-1] if len(vertices) else np.empty((0, sides, 2))


def places(artist, sides):
    """Return the middle of each polygon that an artist draws, `(N, 2)`."""
    return corners(artist, sides).mean(axis=1)


def written(figure):
    """Return all words that a figure shows now, in the order in which they were added."""
    return [words.get_text() for ax in figure.axes for words in ax.texts if words.get_visible() and words.get_text()]


# --- JupyterLab and Notebook in a browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]


def launch(engine, *flags):
    """Start Chromium: the system's own, or the one that Playwright has installed."""
    system = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return engine.launch(executable_path=system, args=[*FLAGS, *flags])


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        yield browser
        browser.close()


@contextmanager
def jupyterlab(home):
    """Serve the folder home with JupyterLab, and Notebook beside it, on 127.0.0.1; give the URL and the token."""
    settings = home / "config" / "lab" / "user-settings"
    for name, values in (
        ("apputils-extension/notification", {"fetchNews": "false", "checkForUpdates": False}),
        ("notebook-extension/tracker", {"windowingMode": "none"}),  # all cells are in the page, seen or not
    ):
        file = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(values))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    folders = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command += [f"--IdentityProvider.token={token}", f"--notebook-dir={home}"]
    command += [f"--{app}.expose_app_in_browser=True" for app in ("LabApp", "JupyterNotebookApp")]
    environment = {
        **os.environ,
        **folders,
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "IPYTHONDIR": str(home / "ipython"),
    }
    with open(home / "log", "wb") as log:
        server = subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/api/status?token={token}", timeout=2)
                break
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, (home / "log").read_text()
                time.sleep(0.2)
        else:
            raise TimeoutError("JupyterLab did not start: " + (home / "log").read_text())
        yield url, token
    finally:
        server.terminate()
        server.wait(30)


def open_in_lab(page, lab, name):
    """Open a notebook in a page, with its kernel ready."""
    url, token = lab
    page.goto(f"{url}/lab/workspaces/{name.replace('_', '-')}/tree/notebooks/{name}.ipynb?reset&token={token}")
    wait_for_kernel(page)
    page.evaluate("window.jupyterapp.shell.collapseLeft()")


def open_in_notebook(page, lab, name):
    """The same in Notebook 7."""
    url, token = lab
    page.goto(f"{url}/notebooks/notebooks/{name}.ipynb?token={token}")
    wait_for_kernel(page)


def wait_for_kernel(page):
    """Wait until the notebook in a page has a kernel that is ready."""
    page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel", timeout=90_000)
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.ready")


def run_all_cells(page):
    """Run all cells of the notebook in a page, and see that none failed."""
    assert page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')") is not False
    page.wait_for_function(
        "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'", timeout=90_000
    )
    expect(page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)


class Live:
    """A live picture on the page."""

    def __init__(self, page, number):
        self.page = page
        self.box = page.locator(".widget-vbox").filter(has=page.locator("svg[role=img]")).nth(number)
        self.box.scroll_into_view_if_needed()
        self.svg = self.box.locator("svg[role=img]")
        self.sentence = self.box.locator("svg[role=img] + div")

    def handle(self, name):
        return self.box.locator(".widget-hbox").filter(has_text=name).locator(".noUi-handle")

    def number(self, name):
        return self.box.get_by_role("spinbutton", name=name, exact=True)

    def press(self, name, key, times=1):
        self.handle(name).focus()
        for _ in range(times):
            self.page.keyboard.press(key)

    def type(self, name, value):
        self.number(name).fill(str(value))
        self.number(name).press("Tab")

    def says(self, words):
        """Wait until the sentence says these words, and the picture's name for screen readers says them too."""
        expect(self.sentence).to_contain_text(words)
        expect(self.svg).to_have_attribute("aria-label", re.compile(re.escape(words)))

    def shows(self, words):
        expect(self.svg.locator("text", has_text=words)).to_be_visible()


# --- the web edition


@contextmanager
def serve(site, **headers):
    """Serve the site on 127.0.0.1, compressed as every host does, with these headers."""

    @functools.cache
    def compressed(file):
        return gzip.compress(file.read_bytes(), mtime=0)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            file = Path(self.translate_path(self.path))
            if not file.is_file():
                return self.send_error(404)
            known = {"Content-Type": self.guess_type(file), "Content-Encoding": "gzip"}
            self.send_response(200)
            for name, value in {**known, **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            with suppress(ConnectionError):  # a page that is left asks for no more
                self.wfile.write(compressed(file))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


LOADED = "document.querySelectorAll('form[aria-busy=true]').length === 0"  # true in a page when all its films are there


def whole_film(site, name):
    """Return what the script of a whole film in the web edition holds: values, slots and sentences."""
    whole = site / "pictures" / f"{name}-all.js"
    script = whole if whole.is_file() else site / "pictures" / f"{name}.js"
    return json.loads(re.fullmatch(r'film\("[^"]+", (.+)\);\n', script.read_text(encoding="utf-8"))[1])

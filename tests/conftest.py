"""What the test files share: the notebooks, found by glob, their live pictures, and JupyterLab in a browser."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import ipywidgets
import nbformat
import pytest
from ipywidgets.widgets.widget import _instances
from playwright.sync_api import Error, expect, sync_playwright

import statland.live

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
assert NOTEBOOKS, "no notebooks found"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
        boxes = (row.children[1:2] or row.children for row in self.rows)  # a number box holds what no step can
        self.starts = [(box, box.value) for (box,) in boxes]

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


@contextmanager
def chromium():
    """Chromium: the system's own, or the one that Playwright has installed."""
    system = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser():
    with ExitStack() as stack:
        try:
            yield stack.enter_context(chromium())
        except Error as problem:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no Chromium here ({str(problem).splitlines()[0]}): 'playwright install chromium' brings one")


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    with jupyterlab(home) as address:
        yield address


@contextmanager
def jupyterlab(home):
    """Serve the folder home with JupyterLab on 127.0.0.1; give the URL and the token."""
    settings = home / "config" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    folders = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command += [f"--IdentityProvider.token={token}", "--LabApp.expose_app_in_browser=True", f"--notebook-dir={home}"]
    environment = {
        **os.environ,
        **folders,
        "JUPYTERLAB_SETTINGS_DIR": str(settings.parents[1]),
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


def run_all_cells(page, lab, name):
    """Open a notebook in a page, run all its cells, and see that none failed."""
    url, token = lab
    page.goto(f"{url}/lab/workspaces/{name.replace('_', '-')}/tree/notebooks/{name}.ipynb?reset&token={token}")
    page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel", timeout=90_000)
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.ready")
    page.evaluate("window.jupyterapp.shell.collapseLeft()")
    page.evaluate("window.jupyterapp.shell.currentWidget.content.notebookConfig.windowingMode = 'none'")
    assert page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')") is not False
    page.wait_for_function(
        "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'", timeout=90_000
    )
    expect(page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)


@pytest.fixture
def open_notebook(browser, lab):
    """Open a notebook in a page of its own, and run all its cells; nothing but JupyterLab may be asked for anything."""
    pages, strangers = [], []

    def guard(route):
        if route.request.url.startswith((lab[0], "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    def one(name):
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        pages.append(page)
        page.route("**/*", guard)
        run_all_cells(page, lab, name)
        return page

    yield one
    for page in pages:
        page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        page.close()
    assert not strangers, "the course asked the network for something"


class Live:
    """A live picture on the page."""

    def __init__(self, page, number):
        self.page = page
        self.box = page.locator(".widget-vbox").filter(has=page.locator("svg[role=img]")).nth(number)
        self.box.scroll_into_view_if_needed()
        self.svg = self.box.locator("svg[role=img]")
        self.sentence = self.box.get_by_role("status")

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

"""The course as a reader has it: JupyterLab in a real browser, moved with keyboard and mouse."""

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

import numpy as np
import pytest
from conftest import NOTEBOOKS, ROOT
from playwright.sync_api import Error, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEART = "06_vanishing_and_exploding_gradients"


@pytest.fixture(scope="session")
def browser():
    """Chromium: the system's own, or the one that Playwright has installed."""
    system = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=system, args=FLAGS)
        except Error as problem:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no Chromium here ({str(problem).splitlines()[0]}): 'playwright install chromium' brings one")
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Serve a copy of the notebooks with JupyterLab on 127.0.0.1; return the URL and the token."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
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
            pytest.fail("JupyterLab did not start: " + (home / "log").read_text())
        yield url, token
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def open_notebook(browser, lab):
    """Open a notebook in a page of its own, and run all its cells; nothing but JupyterLab may be asked for anything."""
    url, token = lab
    pages, strangers = [], []

    def guard(route):
        if route.request.url.startswith((url, "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    def one(name):
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        pages.append(page)
        page.route("**/*", guard)
        page.goto(f"{url}/lab/workspaces/{name.replace('_', '-')}/tree/notebooks/{name}.ipynb?reset&token={token}")
        page.wait_for_function(
            "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel", timeout=90_000
        )
        page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.ready")
        page.evaluate("window.jupyterapp.shell.collapseLeft()")
        page.evaluate("window.jupyterapp.shell.currentWidget.content.notebookConfig.windowingMode = 'none'")
        assert page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')") is not False
        page.wait_for_function(
            "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'", timeout=90_000
        )
        expect(page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)
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


def test_the_heart_follows_keyboard_mouse_and_number_box(open_notebook):
    heart = Live(open_notebook(HEART), 0)
    heart.says("w_h = 0.9: a change on day 1 is shrunk to 0.005726 of its size when it reaches day 50")
    heart.press("w_h", "ArrowLeft", 8)
    heart.says(
        "w_h = 0.5: a change on day 1 is shrunk to 1.776e-15 of its size when it reaches day 50: the gradient vanishes."
    )
    heart.shows("1.78e-15")
    expect(heart.number("w_h")).to_have_value("0.5")
    heart.press("w_h", "End")
    heart.says(
        "w_h = 2: a change on day 1 is 562,949,953,421,312 times larger when it reaches day 50: the gradient explodes."
    )
    heart.shows("5.63e14")
    heart.press("w_h", "Home")
    heart.says("w_h = -2: a change on day 1 leaves exactly nothing on day 50: the unit is shut on day 50.")

    heart.type("w_h", 0.99)
    heart.says("w_h = 0.99: a change on day 1 is shrunk to 0.6111 of its size when it reaches day 50")
    heart.type("days", 12)
    heart.says("reaches day 12")
    expect(heart.handle("days")).to_have_attribute("aria-valuenow", re.compile(r"^12(\.0)?$"))


def test_the_heart_follows_the_mouse_and_ends_where_the_hand_ends(open_notebook):
    page = open_notebook(HEART)
    heart = Live(page, 0)
    track = heart.box.locator(".noUi-base").first.bounding_box()
    handle = heart.handle("w_h").bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    for share in np.abs(np.sin(np.linspace(0, 9, 120))):
        page.mouse.move(track["x"] + share * track["width"], track["y"])
    page.mouse.move(track["x"] + 0.625 * track["width"], track["y"], steps=5)
    page.mouse.up()
    heart.says(
        "w_h = 0.5: a change on day 1 is shrunk to 1.776e-15 of its size when it reaches day 50: the gradient vanishes."
    )
    heart.shows("1.78e-15")
    expect(heart.number("w_h")).to_have_value("0.5")
    expect(heart.handle("w_h")).to_have_attribute("aria-valuenow", re.compile(r"^0\.50*$"))


def test_still_and_moving_part_lie_on_each_other(open_notebook):
    heart = Live(open_notebook(HEART), 0)
    still, moving = heart.box.locator("img").bounding_box(), heart.svg.bounding_box()
    assert moving == pytest.approx(still, abs=0.5)
    assert still["width"] > 700


@pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS])
def test_every_live_picture_of_every_notebook_answers_the_keyboard(open_notebook, name):
    page = open_notebook(name)
    pictures = page.locator(".widget-vbox").filter(has=page.locator("svg[role=img]"))
    source = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text())
    asked = sum("".join(cell["source"]).startswith("live(") for cell in source["cells"] if cell["cell_type"] == "code")
    expect(pictures).to_have_count(asked)
    for number in range(asked):
        picture = Live(page, number)
        for handle in picture.box.locator(".noUi-handle").all():
            before = picture.svg.get_attribute("aria-label")
            at_end = float(handle.get_attribute("aria-valuenow")) >= float(handle.get_attribute("aria-valuemax"))
            handle.focus()
            page.keyboard.press("Home" if at_end else "End")
            expect(picture.svg).not_to_have_attribute("aria-label", before)
            expect(picture.box.get_by_role("alert")).to_have_count(0)

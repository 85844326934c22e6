"""The fixtures of all test files; what they are made of stands in `course.py`."""

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import ipywidgets
import matplotlib
import pytest
from course import NOTEBOOKS, ROOT, Panel, chromium, jupyterlab, open_in_lab, pictures, run_all_cells, serve
from filelock import FileLock

from statland.live import Control


def pytest_collection_modifyitems(items):
    """Whatever runs whole notebooks, a browser or another program is slow: `-m "not slow"` leaves it out."""
    for item in items:
        if item.path.suffix == ".ipynb" or {"notebook", "browser", "lab", "site"} & set(
            getattr(item, "fixturenames", ())
        ):
            item.add_marker("slow")
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)  # first, so that no worker waits for the last


@pytest.fixture(scope="session", params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The environment of a process that imports `sealed`, and that of a kernel, which does so before its first cell."""
    home = tmp_path_factory.mktemp("home")
    startup = home / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "seal.py").write_text("from sealed import reached as _reached")
    (home / "matplotlib").mkdir()
    for fonts in Path(matplotlib.get_cachedir()).glob("fontlist*.json"):  # it takes seconds to write, once on a machine
        shutil.copy(fonts, home / "matplotlib")
    paths = [str(ROOT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(home)),
        "IPYTHONDIR": str(home / "ipython"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "PYTHONDONTWRITEBYTECODE": "1",  # Python's own files beside the sources are not the course's
        "PYTHONPATH": os.pathsep.join(paths),
    }


@pytest.fixture
def show():
    """Show one picture and return it as a reader has it before them."""
    return lambda picture, **controls: Panel(picture, [Control(picture, *control) for control in controls.items()])


@pytest.fixture(scope="module")
def all_pictures(notebook):
    """All pictures of a notebook with their controls, after its cells have run from top to bottom."""
    return pictures(notebook)


@pytest.fixture(scope="module")
def shown(all_pictures):
    """The same as a reader has them: a test that moves one leaves it at another place for the next test."""
    yield [Panel(shown.picture, shown.controls) for shown in all_pictures]
    ipywidgets.Widget.close_all()


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with ExitStack() as stack:
        try:
            yield stack.enter_context(chromium())
        except playwright.Error as problem:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no Chromium here ({str(problem).splitlines()[0]}): 'playwright install chromium' brings one")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as STATLAND_SITE names it, built before to be tested and published, or built here, once for all."""
    if "STATLAND_SITE" in os.environ:
        return ROOT / os.environ["STATLAND_SITE"]
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "site"  # workers share what is above
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            subprocess.run([sys.executable, str(ROOT / "web" / "build.py"), str(folder)], check=True)
    return folder


@pytest.fixture(scope="session")
def host(site):
    """Serve the site on 127.0.0.1."""

    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    with jupyterlab(home) as address:
        yield address


@pytest.fixture
def open_notebook(browser, lab):
    """Open a notebook in a page of its own, and run its cells; nothing but Jupyter may be asked for anything."""
    pages, strangers = [], []

    def guard(route):
        if route.request.url.startswith((lab[0], "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    def one(name, run=True, open_in=open_in_lab):
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        pages.append(page)
        page.route("**/*", guard)
        open_in(page, lab, name)
        if run:
            run_all_cells(page)
        return page

    yield one
    for page in pages:
        page.context.set_offline(False)  # a test that failed may have left it so
        page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        page.close()
    assert not strangers, "the course asked the network for something"

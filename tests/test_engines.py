"""The web edition in three engines: Chromium, Firefox, WebKit (Safari's own, as Linux has it)."""

import os
import sys
import time

import pytest
from course import NOTEBOOKS
from engines import Chromium, MissingError, firefox, webkit

PAGES = ["index", *(path.stem for path in NOTEBOOKS)]
SLIDER = ".picture [type=range]"


@pytest.fixture(scope="module", params=["Chromium", "Firefox", "WebKit"])
def engine(request):
    if request.param == "Chromium":
        page = request.getfixturevalue("browser").new_page()
        yield Chromium(page)
        page.close()
        return
    try:
        with {"Firefox": firefox, "WebKit": webkit}[request.param]() as opened:
            yield opened
    except MissingError as problem:
        if os.environ.get("CI") and sys.platform == "linux":
            raise
        pytest.skip(str(problem))


def until(engine, body, *values):
    """Wait until a script returns something true in the page, and return it."""
    for _ in range(200):
        if found := engine.run(body, *values):
            return found
        time.sleep(0.05)
    raise AssertionError(f"this has not come true in the page: {body}")


def ready(engine):
    """Wait until the first picture of a page can be moved."""
    until(engine, "return document.readyState === 'complete' && !document.querySelector('.picture .control').disabled")


WIDE = """
const page = document.querySelector("iframe").contentDocument;
if (page.readyState !== "complete" || !page.location.href.endsWith(arguments[0])) return null;
const edge = page.documentElement.clientWidth;
const out = [...page.querySelectorAll("main *")].filter((each) => each.getBoundingClientRect().right > edge + 1);
return { over: page.documentElement.scrollWidth - edge, by: out.slice(0, 3).map(({ outerHTML }) => outerHTML) };
"""


def test_no_page_is_wider_than_a_phone(engine, host):
    engine.open(f"{host}/404.html")
    engine.run("document.body.innerHTML = '<iframe width=360 height=640 frameborder=0></iframe>'")
    for name in (*PAGES, "lecture", "glossary"):
        engine.run("document.querySelector('iframe').src = arguments[0]", f"{host}/{name}.html")
        found = until(engine, WIDE, f"/{name}.html")
        assert found["over"] == 0, f"{name}: {found['by']}"


STATE = """
const figure = document.querySelector(".picture");
const fields = [...figure.querySelectorAll("input, select")].map((field) => `${field.value} ${field.checked}`);
const told = [...figure.querySelectorAll("[type=range]")].map((slider) => slider.getAttribute("aria-valuetext"));
const svg = figure.querySelector("svg");
return [[fields, told], figure.querySelector(".sentence").textContent, svg.getAttribute("aria-label"), svg.innerHTML];
"""


@pytest.mark.parametrize("name", PAGES)
def test_keys_move_the_first_picture_and_back_brings_it_again(engine, host, name):
    engine.open(f"{host}/{name}.html")
    ready(engine)
    start = engine.run(STATE)
    at_end = engine.run(f"const slider = document.querySelector('{SLIDER}'); return slider.value === slider.max")
    engine.press(SLIDER, "ArrowLeft" if at_end else "ArrowRight")
    moved = until(engine, f"const now = (() => {{ {STATE} }})(); return now[2] === arguments[0] ? null : now", start[2])
    assert all(now != before for now, before in zip(moved, start, strict=True)), "controls, sentence, name and drawing"
    assert moved[1] in moved[2]
    engine.open(f"{host}/404.html")
    engine.back()
    ready(engine)
    time.sleep(0.3)  # what the engine itself sets after that
    assert engine.run(STATE) in (moved, start), "as it was left or as it begins, but nothing between"


@pytest.mark.parametrize("name", PAGES[1:])
def test_a_guess_is_committed_with_keys_and_there_again_after_back(engine, host, name):
    engine.open(f"{host}/{name}.html")
    ready(engine)
    said = "return document.querySelector('.ask [role=status]').textContent"
    engine.press(".ask [type=radio]", " ")
    engine.press(".ask .commit", "Enter")
    assert until(engine, said).startswith("Noted: ")
    engine.open(f"{host}/404.html")
    engine.back()
    ready(engine)
    assert until(engine, said).startswith("Noted: ")
    assert until(engine, "return document.querySelector('.ask :checked')?.value") == "0"


def test_a_lecture_begins_anew_when_it_is_loaded_again(engine, host):
    engine.open(f"{host}/lecture.html")
    ready(engine)
    engine.press(".ask [type=radio]", " ")
    engine.press(".ask .commit", "Enter")
    engine.run("location.reload()")
    time.sleep(0.3)
    ready(engine)
    assert engine.run("return document.querySelectorAll('.ask :checked, .ask fieldset:disabled').length") == 0


PROJECTED = """
const [picture, ask] = [".picture.on", ".ask.on"].map((one) => document.querySelector(one));
if (!picture) return null;
const { width, height } = picture.querySelector(".card").getBoundingClientRect();
const fits = Math.abs(width - Math.min(innerWidth, (innerHeight * 16) / 9) * 0.78) < 12 && height < innerHeight;
return [document.documentElement.dataset.stage, picture.id, ask?.dataset.key ?? null, fits];
"""


def test_the_projector_leads_through_a_picture_with_keys(engine, host):
    engine.open(f"{host}/lecture.html")
    ready(engine)
    shown, asked = "01_stock_prices-3", "01.sockets"
    engine.press(".project", "Enter")
    engine.press(".steer .next", "ArrowRight")
    until(engine, f"const now = (() => {{ {PROJECTED} }})(); return now && now[0] === 'guess'")
    assert engine.run(PROJECTED) == ["guess", shown, asked, True]
    engine.press(".ask.on [type=radio]", " ")
    engine.press(".ask.on .commit", "Enter")
    engine.press(".steer .next", "ArrowRight")
    assert engine.run(PROJECTED) == ["move", shown, None, True]
    engine.press(".steer .next", "ArrowRight")
    assert engine.run(PROJECTED) == ["compare", shown, asked, True]
    seen = "return [...document.querySelectorAll('.ask.on .answers li')].filter((one) => one.offsetHeight).length"
    assert 1 <= engine.run(seen) <= 2
    engine.press(".steer .end", "Enter")
    until(engine, "return !document.documentElement.classList.contains('projects')")

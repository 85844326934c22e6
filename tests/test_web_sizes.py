"""The web edition on screens of all sizes, by day and by night, with large letters, and under the rules of WCAG."""

import itertools
import json

import pytest
from course import LOADED, NOTEBOOKS, launch

pytest.importorskip("playwright.sync_api")
PAGES = ["index", *(path.stem for path in NOTEBOOKS), "lecture", "glossary", "404"]
SIZES = {
    "phone": (360, 740),
    "phone lying": (740, 330),
    "tablet": (768, 1024),
    "desk": (1280, 720),
    "200 %": (640, 360),
}
TAP, SHIFT = 24, 0.05  # pixels: WCAG 2.2, 2.5.8; a page's cumulative layout shift

LOOK = """
(least) => {
  const seen = (css) => [...document.querySelectorAll(css)].filter((one) => one.checkVisibility());
  const told = (found) => found.slice(0, 3).map(({ outerHTML }) => outerHTML.slice(0, 150));
  const box = (one) => one.getBoundingClientRect();
  const inText = (one) => one.matches("a") && getComputedStyle(one).display === "inline";
  const small = (one) => Math.min(box(one).width, box(one).height) < least - 0.1;
  const untappable = (one) => small(one) && small(one.closest("label") ?? one) && !inText(one);
  const cut = (one) => one.scrollWidth > one.clientWidth + 1;
  const meet = ([p, q]) =>
    Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 &&
    Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 1;
  const parts = ".card, .control :is(.name, input, select, button), .sentence, .foot";
  const covered = ([first, ...others]) =>
    first ? [...others.filter((one) => meet([first, one].map(box))), ...covered(others)] : [];
  const options = [...document.querySelectorAll(".ask fieldset")].flatMap((set) =>
    [...set.querySelectorAll("label span")].slice(1).filter((one) =>
      box(one).top - box(one.parentElement.previousElementSibling.querySelector("span")).bottom < 3));
  return {
    "scrolls sideways": document.documentElement.scrollWidth - document.documentElement.clientWidth,
    "is too small to tap": told(seen("a:not(.skip), button, select, summary, input").filter(untappable)),
    "is cut off": told(seen("input:not([type=range]), select, button").filter(cut)),
    "covers another part": told(seen(".picture").flatMap((one) => covered([...one.querySelectorAll(parts)]))),
    "runs into the next option": told(options),
  };
}"""

SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach(({ value, hadRecentInput }) => {
  if (!hadRecentInput) window.shift += value;
})).observe({ type: "layout-shift", buffered: true });
"""

SCROLL = """
async () => {
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
    setTimeout(done, 1000); // a browser without a screen may stop painting
  });
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    scrollTo(0, top);
    await painted();
  }
  scrollTo(0, 0);
  await painted();
}"""


def open_page(context, site, name):
    """Open a page from the disk, with all that it loads."""
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(f"{site.as_uri()}/{name}.html")
    page.wait_for_function(LOADED)
    return page


@pytest.fixture(scope="module")
def large(browser):
    """A browser whose reader has chosen letters twice as large."""
    large = launch(browser.browser_type, "--blink-settings=defaultFontSize=32")
    yield large
    large.close()


def looks_well(page, where):
    for what, found in page.evaluate(LOOK, TAP).items():
        assert not found, f"{where}: {found} {what}"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_covered_or_too_small_on_any_screen(browser, site, name):
    context = browser.new_context()
    page = open_page(context, site, name)
    for (where, (width, height)), forced in itertools.product(SIZES.items(), ("none", "active")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(forced_colors=forced)
        looks_well(page, where)
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_letters_may_be_twice_as_large_and_nothing_jumps(large, site, name):
    context = large.new_context(viewport={"width": 1280, "height": 720})
    page = open_page(context, site, name)
    looks_well(page, "large letters")
    assert page.evaluate("window.shift") < SHIFT
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_jumps_while_a_page_is_scrolled_and_its_contents_are_opened(browser, site, name):
    for width, height in ((360, 740), (1280, 720)):
        context = browser.new_context(viewport={"width": width, "height": height})
        page = open_page(context, site, name)
        page.evaluate(SCROLL)
        for summary in page.locator(".contents summary").all() * 2:
            summary.click()
        page.evaluate(SCROLL)
        assert page.evaluate("window.shift") < SHIFT, f"{width} pixels wide"
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_barrier_by_day_by_night_before_and_after_the_answers(browser, site, name):
    """Levels A and AA of WCAG 2, with the axe-core that its package brings."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = open_page(context, site, name)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

    def barriers():
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = axe.run(page, options=rules).response["violations"]
            short = [(each["id"], [node["html"][:150] for node in each["nodes"][:3]]) for each in found]
            assert not short, f"{scheme}: {json.dumps(short, indent=1)}"

    barriers()
    opener = page.get_by_role("button", name="Open all answers")
    if opener.count():
        opener.click()
        barriers()
    context.close()

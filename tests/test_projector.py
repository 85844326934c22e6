"""What a class sees of the web edition: the projector, the lecture; and the glossary and the worksheet beside it."""

import re
from html.parser import HTMLParser

import glossary
import plans
import pytest
import worksheet
from build import NOT_HERE
from course import LOADED, NOTEBOOKS, whole_film
from places import cells

from statland.diagnosis import questions

expect = pytest.importorskip("playwright.sync_api").expect
LESSONS = [path.stem for path in NOTEBOOKS]
LETTERS = 24  # pixels, at 1280 x 720
REASONS = [option["reason"] for asked in questions().values() for option in asked.get("options", ())]

# What is wrong with what is on the screen: letters too small, words off the screen, over the picture, or cut off.
WRONG = """
([letters]) => {
  const found = [];
  const says = (what, one) => found.push(`${what}: ${one.outerHTML.slice(0, 120)}`);
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const picture = document.querySelector(".picture.on"), card = picture.querySelector(".card").getBoundingClientRect();
  const covered = !seen(picture.querySelector(".card"));
  for (const one of document.querySelectorAll("body *")) {
    if (!seen(one) || one.closest("svg, .unseen, option")) continue;
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!words && !one.matches("input, select")) continue;
    const { left, top, right, bottom } = one.getBoundingClientRect();
    if (parseFloat(getComputedStyle(one).fontSize) < letters - 0.01 && words) says("small", one);
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) says("off the screen", one);
    const over = left < card.right && right > card.left && top < card.bottom && bottom > card.top;
    if (over && !covered && !one.closest(".wait")) says("over the picture", one);
  }
  for (const one of document.querySelectorAll(".on, .on form")) {
    if (seen(one) && one.scrollHeight > one.clientHeight + 1) says("cut off", one);
  }
  if (card.bottom > innerHeight || card.right > innerWidth) says("off the screen", picture);
  const scale = card.width / picture.querySelector("svg[role=img]").viewBox.baseVal.width;
  for (const text of picture.querySelectorAll("svg[role=img] text")) {
    if (parseFloat(text.getAttribute("font-size")) * scale < letters - 0.01) says("small", text);
  }
  return found;
}"""


@pytest.fixture
def visit(browser, site):
    """Open a page on a screen of this size, its films loaded; no error may come up in it."""
    pages, problems = [], []

    def one(name, width=1280, height=720):
        page = browser.new_page(viewport={"width": width, "height": height})
        pages.append(page)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto((site / f"{name}.html").as_uri())
        page.wait_for_function(LOADED)
        return page

    yield one
    for page in pages:
        page.close()
    assert not problems


def stage(page):
    """Return which picture is shown, the question with it, and the stage."""
    script = "() => [document.querySelector('.picture.on')?.id, document.querySelector('.ask.on')?.dataset.key"
    return page.evaluate(script + ", document.documentElement.dataset.stage]")


def all_steps(page):
    """Start the projector, and yield what is shown at each step, led on by a clicker's key."""
    page.get_by_role("button", name="Projector", exact=True).click()
    while True:
        here = stage(page)
        yield here
        page.keyboard.press("PageDown")
        if stage(page) == here:
            return


def wrongest(box):
    """Return the place of the wrong option with the longest reason."""
    options = questions()[box.get_attribute("data-key")]["options"]
    return max((len(each["reason"]), place) for place, each in enumerate(options) if not each.get("right"))[1]


@pytest.mark.parametrize("name", ["lecture", *LESSONS])
def test_all_that_is_projected_fits_in_letters_for_the_back_row_and_answers_nothing_before_a_commit(visit, site, name):
    page, steps = visit(name), 0
    for picture, _, _ in all_steps(page):
        longest = max(whole_film(site, picture)["sentences"], key=len)
        page.locator(".picture.on .sentence").evaluate("(one, words) => { one.textContent = words; }", longest)
        assert page.evaluate(WRONG, [LETTERS]) == []
        words = page.inner_text("body")
        assert not [reason for reason in REASONS if reason in words]
        assert "Right" not in words
        steps += 1
    assert steps >= 2 * page.locator(".picture").count()


@pytest.mark.parametrize("name", ["lecture", *LESSONS])
def test_a_committed_guess_is_compared_on_the_projector_and_all_its_words_fit(visit, name):
    page, compared = visit(name), []
    for _, key, at in all_steps(page):
        box = page.locator(".ask.on")
        if at in ("guess", "covered"):
            box.get_by_role("radio").nth(wrongest(box)).check()
            box.get_by_role("button", name="commit").click()
            expect(box.get_by_role("status")).to_contain_text("Noted: ")
        if at == "compare":
            options = questions()[key]["options"]
            reasons = [each["reason"] for each in options if each.get("right")] + [options[wrongest(box)]["reason"]]
            seen = box.locator(".answers li:visible").all_inner_texts()
            assert sorted(words.split(". ", 1)[1] for words in seen) == sorted(reasons)
            compared.append(key)
        assert page.evaluate(WRONG, [LETTERS]) == []
    asked = page.locator(".ask[data-then]").evaluate_all("all => all.map(({ dataset }) => dataset.key)")
    assert compared, "a page without a guess"
    assert compared == [key for key in asked if key in compared]


def test_the_lecture_is_the_path_of_its_plan(visit):
    page, numbers = visit("lecture"), {path.stem[:2]: path.stem for path in NOTEBOOKS}
    path = []
    for _, row in plans.path("lecture"):
        name, asks = f"{numbers[row['at'][0]]}-{row['picture']}", row["ask"]
        covered = row.get("covered", False)
        path += [] if covered else [[name, None, "look"]]
        path += [[name, key, "covered" if covered else "guess"] for key in asks]
        path += [[name, None, "move"], *([name, key, "compare"] for key in asks)]
    assert list(all_steps(page)) == path
    starts = [int(re.search(r"\d+", words)[0]) for words in page.locator(".stop").all_text_contents()]
    assert starts == [start for start, _ in plans.path("lecture")]


def test_answers_of_the_lecture_stand_beside_the_picture_that_they_speak_of(visit):
    page, rows, seen = visit("lecture"), [row for _, row in plans.path("lecture")], 0
    for _, key, at in all_steps(page):
        card = page.locator(".picture.on .card")
        assert card.evaluate("card => card.checkVisibility({ visibilityProperty: true })") == (at != "covered")
        for slider in page.locator(".picture.on [type=range]").all() if at == "move" else []:
            slider.press("End")
            slider.press("ArrowLeft")
        if at in ("guess", "covered"):
            page.locator(".ask.on [type=radio]").first.check()
            page.locator(".ask.on").get_by_role("button", name="commit").click()
        if at == "compare":
            (row,) = [each for each in rows if each["ask"] == [key]]
            for name, value in row.get("compare", {}).items():
                control = page.locator(f".picture.on [data-name={name}]")
                box, menu = control.locator("[type=number]"), control.locator("select, [type=radio]:checked")
                if isinstance(value, str):
                    label = "one => (one.selectedOptions?.[0] ?? one.parentElement).textContent.trim()"
                    assert menu.evaluate(label) == value
                else:
                    assert float(box.input_value()) == value
                seen += 1
    assert seen >= 8


def test_a_lecture_begins_anew_when_it_is_loaded_and_a_lesson_does_not(visit):
    for name, kept in (("lecture", False), (LESSONS[0], True)):
        page = visit(name)
        box = page.locator(".ask").first
        box.get_by_role("radio").first.check()
        box.get_by_role("button", name="commit").click()
        page.reload()
        page.wait_for_function(LOADED)
        assert (box.get_by_role("status").inner_text() != "") == kept


def test_a_clickers_keys_lead_on_in_a_control_too_and_arrow_keys_move_it(visit):
    page = visit("lecture")
    page.keyboard.press("Alt+p")
    picture, _, _ = start = stage(page)
    slider = page.locator(".picture.on [type=range]").first
    box = page.locator(".picture.on [type=number]").first
    before = box.input_value()
    box.press("PageDown")
    assert stage(page)[2] == "guess"
    page.keyboard.press("PageUp")
    assert (stage(page), box.input_value()) == (start, before), "a page key is ten values in this box elsewhere"
    slider.focus()
    before = slider.input_value()
    page.keyboard.press("ArrowRight")
    assert stage(page) == start
    moved = slider.input_value()
    assert moved != before
    page.keyboard.press("PageDown")
    assert stage(page)[::2] == [picture, "guess"]
    assert slider.input_value() == moved, "a page key is ten steps of a slider elsewhere"
    for key, back in (("ArrowRight", "ArrowLeft"), ("ArrowDown", "ArrowUp"), ("PageDown", "PageUp")):
        here = stage(page)
        page.locator(".steer .next").focus()
        page.keyboard.press(key)
        assert stage(page) != here
        page.keyboard.press(back)
        assert stage(page) == here
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    assert stage(page) == start, "nothing comes before the first"
    page.get_by_role("button", name="one step on").click()
    page.keyboard.down("PageDown")
    page.keyboard.down("PageDown")  # a key that is held down
    page.keyboard.up("PageDown")
    assert stage(page)[::2] == [picture, "move"]


def test_it_begins_with_the_picture_on_the_screen_and_leaves_the_page_there(visit):
    page = visit(LESSONS[5])
    third = page.locator(".picture").nth(2)
    third.scroll_into_view_if_needed()
    third.evaluate("picture => picture.scrollIntoView()")
    page.keyboard.press("Alt+p")
    assert stage(page)[0] == third.get_attribute("id")
    expect(page.locator(".steer output")).to_have_text("3 of 4")
    expect(page.get_by_role("contentinfo")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("contentinfo")).to_be_visible()
    expect(page.locator(".steer")).to_be_hidden()
    assert abs(third.evaluate("picture => picture.getBoundingClientRect().top")) < 30
    expect(page.get_by_role("button", name="Projector", exact=True)).to_be_focused()
    page.keyboard.press("PageDown")
    assert stage(page)[2] is None, "the page's keys are its own again"


OURS = {"slider": "slider", "number box": "number box", "play": "play"}  # each page has its own words on how to read it


class Links(HTMLParser):
    """The links to the glossary in a page, each with its words; and the places that the page names."""

    def __init__(self, path):
        super().__init__()
        self.found, self.places, self.open = {}, [], None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.places += [attributes["id"]] if "id" in attributes else []
        if tag == "a" and attributes.get("class") == "term":
            self.open = attributes["href"]
            assert self.open not in self.found, "only its first use"
            self.found[self.open] = ""

    def handle_endtag(self, tag):
        self.open = None if tag == "a" else self.open

    def handle_data(self, data):
        if self.open:
            self.found[self.open] += data


def test_each_term_leads_from_its_first_use_in_a_lesson_to_its_entry_and_back(site):
    entries = Links(site / "glossary.html")
    assert {glossary.anchor(term) for term in glossary.terms()} <= set(entries.places)
    back = (site / "glossary.html").read_text(encoding="utf-8")
    for name in LESSONS:
        text = "\n".join(NOT_HERE.sub("", cell.source) for cell in cells(name[:2]) if cell.cell_type == "markdown")
        terms = {term: each for term, each in glossary.first_bold(name[:2]).items() if f"**{each[0]}**" in text}
        page = Links(site / f"{name}.html")
        words = {term: word for term, (word, _, _) in terms.items()} | OURS
        assert page.found == {f"glossary.html#{glossary.anchor(term)}": word for term, word in words.items()}
        for term in terms:
            assert f'href="{name}.html#term-{glossary.anchor(term)}"' in back
            assert f"term-{glossary.anchor(term)}" in page.places


def test_the_worksheet_on_the_site_is_that_of_the_lab_and_its_key_is_not_there(site, browser):
    sheet = (site / "worksheet.html").read_text(encoding="utf-8")
    style = f"<style>\n{(site / 'worksheet.css').read_text(encoding='utf-8')}</style>\n"
    assert sheet.replace('<link rel="stylesheet" href="worksheet.css">\n', style) == worksheet.worksheet()
    assert not re.search(r"<style|style=|<script", sheet), "a strict host allows none in a page"
    assert not [path.name for path in site.rglob("*") if "key" in path.name]
    page = browser.new_page()
    page.goto((site / "worksheet.html").as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2


@pytest.mark.parametrize("name", ["lecture", "worksheet", "glossary"])
def test_the_index_leads_there_and_it_fits_a_phone_by_day_and_by_night(site, browser, name):
    index = (site / "index.html").read_text(encoding="utf-8")
    assert f'href="{name}.html"' in index
    if name == "worksheet":
        return  # it is made for paper
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto((site / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.emulate_media(color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", colour)) < 60
    page.close()

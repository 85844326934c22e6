"""The course as a reader has it: JupyterLab and Notebook in a real browser, moved with keyboard and mouse."""

import re
import time

import nbformat
import numpy as np
import pytest
from course import ROOT, Live, asked, open_in_lab, open_in_notebook, run_all_cells, wait_for_kernel
from places import ASKS

expect = pytest.importorskip("playwright.sync_api").expect
HEART = "06_vanishing_and_exploding_gradients"
NOTEBOOK = "window.jupyterapp.shell.currentWidget"


def test_the_heart_follows_keyboard_number_box_and_mouse(open_notebook):
    page = open_notebook(HEART)
    heart = Live(page, 0)
    still, moving = heart.box.locator("img").bounding_box(), heart.svg.bounding_box()
    assert moving == pytest.approx(still, abs=0.5)
    assert still["width"] > 700

    heart.says("w_h = 0.95: a change of 1 on day 1 is 0.08099 on day 50; no day has less than 1 % of the largest")
    heart.press("w_h", "ArrowLeft", 9)
    heart.says("w_h = 0.5: a change of 1 on day 1 is 1.776e-15 on day 50; the first 43 days have less than 1 %")
    heart.shows("1.78e-15")
    expect(heart.number("w_h")).to_have_value("0.5")
    heart.press("w_h", "End")
    heart.says("w_h = 2: a change of 1 on day 1 is 562,949,953,421,312 on day 50; the last 43 days have less than 1 %")
    heart.shows("5.63e14")
    for value in (0.77, 1.01, 0.99):  # between the slider's steps: they must stay
        heart.type("w_h", value)
        heart.says(f"w_h = {value}:")
        page.wait_for_timeout(700)
        expect(heart.number("w_h")).to_have_value(str(value))
    heart.says("w_h = 0.99: a change of 1 on day 1 is 0.6111 on day 50")
    heart.type("days", 12)
    heart.says("on day 12;")
    expect(heart.handle("days")).to_have_attribute("aria-valuenow", re.compile(r"^12(\.0)?$"))

    drag(page, heart.handle("w_h"), [*np.abs(np.sin(np.linspace(0, 9, 120))), *np.linspace(0.4, 0.25, 5)])
    heart.says("w_h = 0.5: a change of 1 on day 1 is 0.0004883 on day 12")
    expect(heart.number("w_h")).to_have_value("0.5")
    expect(heart.handle("w_h")).to_have_attribute("aria-valuenow", re.compile(r"^0\.50*$"))

    page.evaluate("window.jupyterapp.commands.execute('notebook:create-output-view')")
    view = page.locator(".jp-LinkedOutputView")
    copy = Live(page, -1)
    for one, other, value in ((heart, copy, 0.6), (copy, heart, 0.7)):
        one.type("w_h", value)
        other.says(f"w_h = {value}:")
    expect(view.locator(".jp-RenderedImage:visible, .statland-note:visible")).to_have_count(0)
    page.evaluate("window.jupyterapp.shell.currentWidget.close()")


def test_a_player_takes_one_step_and_plays_to_its_end(open_notebook):
    unrolled = Live(open_notebook("03_unrolling"), 0)
    unrolled.type("step", 2)
    unrolled.box.get_by_role("button", name="one step").click()
    unrolled.says("step 3:")
    expect(unrolled.number("step")).to_have_value("3")
    unrolled.type("step", 28)
    unrolled.says("step 28:")
    unrolled.box.locator(".jupyter-widgets.widget-play button").first.click()
    unrolled.says("step 30:")
    expect(unrolled.number("step")).to_have_value("30")


def test_a_notebook_is_answered_with_the_keyboard_alone(open_notebook):
    """From the first guess to the last check. Shift-Tab leads back from the next cell to what the last one shows."""
    page = open_notebook(HEART, run=False)
    kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status"
    answers = {"06.1": "w_h_for_half = 0.5 ** (1 / 50)", "06.2": "answer = 'b'", "06.3": "answer = 'a'"}
    said = []
    page.keyboard.press("Escape")
    for place, cell in enumerate(nbformat.read(ROOT / "notebooks" / f"{HEART}.ipynb", as_version=4).cells):
        here = page.locator(".jp-Cell").nth(place)
        kind, key = found.groups() if (found := ASKS.search(cell.source)) else (None, None)
        if cell.cell_type == "code" and key in answers:
            for press in ("Enter", "Control+Home", "Shift+End"):
                page.keyboard.press(press)
            page.keyboard.type(answers[key])
        page.keyboard.press("Shift+Enter")
        if cell.cell_type == "markdown" or not kind:
            continue
        shown = here.locator(".statland-said div div") if kind == "check" else here.get_by_role("radio")
        expect(shown.first).to_be_visible(timeout=30_000)
        page.wait_for_function(f"{kernel} === 'idle'")
        if kind == "guess":
            back(page, here.get_by_role("radio").first)
            for press in ("Space", *["Tab"] * here.get_by_role("radio").count(), "Enter"):
                page.keyboard.press(press)
            expect(here.get_by_role("status")).to_contain_text("Noted: ")
            page.keyboard.press("Enter")
            expect(here.get_by_role("status")).to_contain_text("Right is: ")
            page.keyboard.press("Escape")
            page.keyboard.press("ArrowDown")
        elif here.get_by_role("button", name="hint").count():
            back(page, here.get_by_role("button", name="hint"))
            page.keyboard.press("Enter")
            expect(here.locator(".statland-said div div div")).to_have_count(2)
            page.keyboard.press("Escape")
            page.keyboard.press("ArrowDown")
        said += here.locator(".statland-said div div").first.all_inner_texts() if kind == "check" else []
    assert [words.split(".")[0] for words in said[1:3]] == ["Right", "Not right"]
    assert "50th root" in said[0]
    assert said[3].startswith("Not yet")


@pytest.mark.parametrize("open_in", [open_in_lab, open_in_notebook])
def test_a_day_with_a_notebook_and_the_day_after(open_notebook, open_in):
    page = open_notebook("02_feedback_loop", open_in=open_in)
    cells = page.locator(".jp-Cell").count()
    picture = Live(page, 1)

    picture.handle("w_h").focus()
    line = picture.box.get_by_role("status").element_handle()
    heard = set()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
        heard.add(picture.handle("w_h").get_attribute("aria-valuetext"))
    assert max(map(len, heard)) <= len("-0.05"), heard
    picture.says("w_h = -0.5:")
    expect(picture.box.get_by_role("status")).to_contain_text("w_h = -0.5:")
    assert line.evaluate("line => line.isConnected"), "a screen reader may not speak what is a new element"
    for letter in "xdda":  # commands that cut, delete and add cells
        page.keyboard.press(letter)
    answers = page.get_by_role("radio")
    answers.first.focus()
    for press in ("Space", "ArrowDown", "ArrowDown", "x"):
        page.keyboard.press(press)
    expect(answers.nth(2)).to_be_checked()
    expect(page.locator(".jp-Cell")).to_have_count(cells)

    picture.handle("w_h").focus()
    here = page.evaluate(f"{NOTEBOOK}.content.activeCellIndex")
    page.keyboard.press("Control+s")
    page.wait_for_function(f"!{NOTEBOOK}.context.model.dirty")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{NOTEBOOK}.content.activeCellIndex") == here + 1

    page.context.set_offline(True)
    page.evaluate(f"void {NOTEBOOK}.sessionContext.session.kernel.reconnect()")
    assert_all_stands_still(page)
    page.context.set_offline(False)
    page.evaluate(f"{NOTEBOOK}.sessionContext.session.kernel.reconnect()")
    assert_all_live(page)
    picture.press("w_h", "ArrowLeft")
    picture.says("w_h = -0.55:")

    page.evaluate("window.jupyterapp.commands.execute('kernelmenu:shutdown')")
    assert_all_stands_still(page)
    page.evaluate(f"{NOTEBOOK}.sessionContext.changeKernel({{ name: 'python3' }})")
    expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible()
    assert_all_stands_still(page)
    run_all_cells(page)
    assert_all_live(page)
    page.evaluate(f"{NOTEBOOK}.sessionContext.restartKernel()")
    assert_all_stands_still(page)
    page.evaluate(f"{NOTEBOOK}.sessionContext.shutdown()")
    page.reload()
    wait_for_kernel(page)
    assert_all_stands_still(page)
    run_all_cells(page)
    Live(page, 1).says("w_h = 0.5:")
    assert_all_live(page)


def assert_all_stands_still(page):
    """See that pictures show their PNG, guesses and checks their words, all how to wake them, and nothing else."""
    guesses, pictures, checks = 3, 2, 4
    expect(page.locator(".statland-note:visible")).to_have_count(guesses + pictures + checks)
    expect(page.locator(".jp-RenderedImage:visible")).to_have_count(pictures)
    for words, count in (("Guess. ", guesses), ("Not yet: ", checks)):
        expect(page.locator(".jp-RenderedText:visible").filter(has_text=words)).to_have_count(count)
    expect(page.locator(".statland:visible")).to_have_count(0)
    expect(page.get_by_text("Error displaying widget").filter(visible=True)).to_have_count(0)


def assert_all_live(page):
    """See that nothing is shown that stands still."""
    expect(page.locator(".statland-note:visible")).to_have_count(0)
    expect(page.locator(".jp-RenderedImage:visible")).to_have_count(0)


def back(page, stop):
    """Press Shift-Tab until the focus stands there."""
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if stop.evaluate("stop => stop === document.activeElement"):
            return
    raise AssertionError("Shift-Tab does not lead there")


def test_every_live_picture_of_every_notebook_answers_the_hand(open_notebook, notebook, shown):
    page = open_notebook(notebook.stem)
    pictures = page.locator(".widget-vbox").filter(has=page.locator("svg[role=img]"))
    expect(pictures).to_have_count(asked(notebook))
    for bar in page.locator(".progress-bar").all():
        expect(bar).to_have_attribute("style", re.compile("width: 100%"))
    for number, same in enumerate(shown):
        picture = Live(page, number)
        for row, (name, control) in enumerate(same.controls.items()):
            before = picture.svg.get_attribute("aria-label")
            move(picture, row, control, same.choices[name])
            expect(picture.svg).not_to_have_attribute("aria-label", before)
            expect(picture.box.get_by_role("alert")).to_have_count(0)
        for handle in picture.box.locator(".noUi-handle").all():
            drag(page, handle, [*np.abs(np.sin(np.linspace(0, 7, 25))), 0.3 + 0.05 * number])
        assert_all_agree(picture, same)


def move(picture, row, control, choices):
    """Move a control to its last value, or to its first if it is there, and the same control in the kernel here too."""
    row = picture.box.locator(".widget-hbox").nth(row)
    there = choices[0 if control.value == choices[-1] else -1]
    if (handle := row.locator(".noUi-handle")).count():
        handle.focus()
        picture.page.keyboard.press("Home" if there == choices[0] else "End")
    elif (menu := row.locator("select")).count():
        menu.select_option(index=choices.index(there))
    elif (check := row.get_by_role("checkbox")).count():
        check.set_checked(there)
    else:
        row.locator(".widget-toggle-button").nth(choices.index(there)).click()
    control.value = there


def drag(page, handle, shares):
    """Drag a slider's handle along these shares of its rail, as fast as the mouse can tell, and let go."""
    handle.scroll_into_view_if_needed()
    rail = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-base')]").bounding_box()
    at = handle.bounding_box()
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    for share in shares:
        page.mouse.move(rail["x"] + share * rail["width"], at["y"] + at["height"] / 2)
    page.mouse.up()


def assert_all_agree(picture, same):
    """Wait until slider, number box, sentence and drawing say what `same`, moved to the slider's values, says."""
    rows = {}
    for name, control in same.controls.items():
        if (handle := picture.handle(name)).count():
            rows[name] = handle, picture.number(name), control
    deadline = time.monotonic() + 5
    while True:
        there, expected = {}, {}
        for name, (handle, number, control) in rows.items():
            control.value = type(control.value)(float(f"{float(handle.get_attribute('aria-valuetext')):.9g}"))
            there[name], expected[name] = float(number.input_value()), control.value
        there |= {"sentence": picture.sentence.inner_text(), **drawn(picture.svg.inner_html())}
        expected |= {"sentence": same.sentence, **drawn(same.moving.value)}
        if there == expected or time.monotonic() > deadline:
            break
        picture.page.wait_for_timeout(100)
    assert there == expected


def drawn(svg):
    """Return the words and the shapes of a drawing, in their order."""
    return {"words": re.findall(r"<text[^>]*>([^<]*)</text>", svg), "shapes": re.findall(r' d="([^"]*)"', svg)}

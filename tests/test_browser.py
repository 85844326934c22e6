"""The course as a reader has it: JupyterLab in a real browser, moved with keyboard and mouse."""

import re
import time

import numpy as np
import pytest
from conftest import Live, code_cells
from playwright.sync_api import expect

HEART = "06_vanishing_and_exploding_gradients"


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
    heart.says(
        "w_h = -2: a change on day 1 leaves exactly nothing on day 50: nothing gets past day 50, when the unit is shut."
    )

    for value in (0.77, 1.01, 0.99):  # between the slider's steps: they must stay
        heart.type("w_h", value)
        heart.says(f"w_h = {value}:")
        heart.page.wait_for_timeout(700)
        expect(heart.number("w_h")).to_have_value(str(value))
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


def test_every_live_picture_of_every_notebook_answers_the_hand(open_notebook, notebook, shown):
    page = open_notebook(notebook.stem)
    pictures = page.locator(".widget-vbox").filter(has=page.locator("svg[role=img]"))
    asked = len(re.findall(r"^live\(", "\n".join(cell.source for cell in code_cells(notebook)), flags=re.MULTILINE))
    expect(pictures).to_have_count(asked)
    for number, same in enumerate(shown):
        picture = Live(page, number)
        for handle in picture.box.locator(".noUi-handle").all():
            before = picture.svg.get_attribute("aria-label")
            at_end = float(handle.get_attribute("aria-valuenow")) >= float(handle.get_attribute("aria-valuemax"))
            handle.focus()
            page.keyboard.press("Home" if at_end else "End")
            expect(picture.svg).not_to_have_attribute("aria-label", before)
            expect(picture.box.get_by_role("alert")).to_have_count(0)
            drag(page, handle, [*np.abs(np.sin(np.linspace(0, 7, 60))), 0.3 + 0.05 * number])
        assert_all_agree(picture, same)


def drag(page, handle, shares):
    """Drag a slider's handle along these shares of its rail, as fast as the mouse can tell, and let go."""
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

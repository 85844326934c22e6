"""Unrolling in the browser: one step, play, and prices by buttons."""

import re

from conftest import Live
from playwright.sync_api import expect

NAME = "03_unrolling"


def test_one_step_and_play_add_copies_until_the_ninth_day(open_notebook):
    unrolled = Live(open_notebook(NAME), 0)
    unrolled.says("step 2: day 1 has z = 1.8 + 0 = 1.8")
    unrolled.box.get_by_role("button", name="one step").click()
    unrolled.says("step 3: a copy for day 2; the price 0.5 and the state 1.8 travel to it")
    unrolled.box.get_by_role("button", name="one step").click()
    unrolled.says("step 4: day 2 has z = 0.9 - 0.9 = 0, ReLU is shut")
    unrolled.type("step", 16)
    unrolled.says("step 16: day 8 has")
    expect(unrolled.handle("step")).to_have_attribute("aria-valuenow", re.compile(r"^16(\.0)?$"))
    unrolled.box.locator(".jupyter-widgets.widget-play button").first.click()
    unrolled.says("step 18: day 9 has")
    expect(unrolled.number("step")).to_have_value("18")


def test_one_slider_turns_every_arrow(open_notebook):
    unrolled = Live(open_notebook(NAME), 1)
    unrolled.press("w_h", "End")
    unrolled.says("w_h = 2, step 18: day 9 has z = 0.9 + 671.4 = 672.3")
    expect(unrolled.svg.locator("text", has_text="× 2")).to_have_count(8)


def test_own_prices_by_buttons(open_notebook):
    own = Live(open_notebook(NAME), 2)
    own.says("low, low, high, medium: the prediction is 0. The rule for high, medium says 0: right.")
    days = own.box.locator(".widget-toggle-buttons")
    days.nth(1).get_by_role("button", name="medium").click()
    own.says("low, medium, high, medium: the prediction is 0.247. The rule for high, medium says 0: wrong.")
    days.nth(2).get_by_role("button", name="low").click()
    days.nth(3).get_by_role("button", name="high").click()
    own.says("low, medium, low, high: the prediction is 1.98, above every price. StatLand has no rule for low, high.")
    own.shows("1.98")

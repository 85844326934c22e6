"""Notebook 05 in a real browser: the player, the progress bar, the choices of the lab."""

import re

from conftest import Live
from playwright.sync_api import expect

TRAINING = "05_training"


def test_the_player_takes_steps_and_the_bar_is_full(open_notebook):
    page = open_notebook(TRAINING)
    training = Live(page, 0)
    training.says("rate = 0.05, step 10: the loss is 0.58, 61 % less than at the start.")
    training.box.get_by_role("button", name="one step").click()
    training.says("rate = 0.05, step 11:")
    expect(training.number("step")).to_have_value("11")
    training.type("step", 147)
    training.says("rate = 0.05, step 147:")
    training.box.locator(".widget-play button").first.click()
    training.says("rate = 0.05, step 150: the loss is 3.2e-10, and the rules are learned.")
    training.press("step", "Home")
    training.says("rate = 0.05, step 0: the loss is 1.5, as at the start.")
    training.shows("1.50")
    bar = page.locator(".progress-bar").first
    expect(bar).to_have_attribute("style", re.compile("width: 100%"))


def test_too_large_a_rate_is_seen_to_die_and_to_blow_up(open_notebook):
    training = Live(open_notebook(TRAINING), 1)
    training.says("rate = 0.05, step 150: the loss is 3.2e-10, and the rules are learned.")
    choice = training.box.get_by_role("combobox", name="rate", exact=True)
    choice.select_option("0.2")
    training.says("rate = 0.2, step 150: the loss is 1, and the unit is shut on every rule: it is dead.")
    choice.select_option("0.3")
    training.says("rate = 0.3, step 150: the loss is 1.7e44, and grows with every step: it blows up.")
    training.shows("-1.05")
    training.box.locator(".widget-play button").nth(1).click()  # stop
    training.says("rate = 0.3, step 0: the loss is 1.5, as at the start.")


def test_the_lab_answers_its_three_choices(open_notebook):
    lab = Live(open_notebook(TRAINING), 2)
    lab.says("any signs, sd = 0.5, rate = 0.05: 131 of 400 learn, 217 start shut")
    lab.box.get_by_role("combobox", name="start", exact=True).select_option("w_x, w_y > 0")
    lab.says("w_x, w_y > 0, sd = 0.5, rate = 0.05: 390 of 400 learn, 0 start shut")
    lab.box.get_by_role("combobox", name="sd", exact=True).select_option("0.25")
    lab.says("w_x, w_y > 0, sd = 0.25, rate = 0.05: 400 of 400 learn")
    lab.box.get_by_role("combobox", name="rate", exact=True).select_option("0.2")
    lab.says("0 of 400 learn")
    lab.shows("341")

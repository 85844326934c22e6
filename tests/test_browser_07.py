"""Notebook 07 in the browser: a click for each step of the ball, clipping by a check mark or a threshold."""

from conftest import Live
from playwright.sync_api import expect

NAME = "07_taming_gradients"


def test_the_ball_takes_one_step_per_click_and_clipping_catches_it(open_notebook):
    page = open_notebook(NAME)
    ball = Live(page, 0)
    ball.says("step 8 at rate 1: w = 4.67, b = -2.41")
    ball.box.get_by_role("button", name="one step").click()
    ball.says("step 9 at rate 1: w = 49.67, b = 71.10, error 0.090. The ball is outside the picture")
    expect(ball.number("step")).to_have_value("9")
    ball.box.get_by_role("combobox").select_option("0.1")
    ball.says("step 9 at rate 0.1")

    caught = Live(page, 1)
    caught.box.get_by_role("button", name="one step").click()
    caught.says("step 9 at rate 1: w = 5.19, b = -1.55")
    caught.box.get_by_role("checkbox").uncheck()
    caught.says("in step 9 a gradient of 86.2 sends it 86.2 far")
    caught.box.get_by_role("checkbox").check()
    caught.type("start_w", 6)
    caught.type("start_b", -1.5)
    caught.type("step", 0)
    caught.says("step 0 at rate 1: w = 6.00, b = -1.50")
    caught.shows("cut at w = 6.00")


def test_thresholds_and_the_last_k_days(open_notebook):
    page = open_notebook(NAME)
    descent = Live(page, 2)
    descent.says("step 1 leaps over the minimum, from 1.05 to -415.2")
    descent.box.get_by_role("combobox").first.select_option("0.25")
    descent.says("clipped at 0.25: after 30 steps w_h is 0.985 and the loss 0.0031: the minimum is found.")
    descent.type("start", 0.5)
    descent.says("it stands still")

    truncated = Live(page, 3)
    truncated.says("k = 10, medium every day: the last 10 days hold 89.3 %")
    truncated.press("k", "End")
    truncated.says("the last 50 days hold 100 %")
    truncated.box.get_by_role("combobox").select_option("high on day 1, then low")
    truncated.type("k", 7)
    truncated.says("14.3 % of the gradient at w_h = 0.8, 14.3 % at 1")
    truncated.shows("13.86 of 97.02: 14.3 %")

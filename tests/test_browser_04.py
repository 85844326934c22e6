"""Notebook 04 in a real browser: the ledger and the corner."""

from conftest import Live

NAME = "04_backpropagation_through_time"


def test_the_ledger_follows_its_sliders(open_notebook):
    page = open_notebook(NAME)
    ledger = Live(page, 0)
    ledger.says("w_h = 0.5, 8 days: the shares add up to 2.9219, numerical gradient 2.9219;")
    ledger.press("w_h", "End")
    ledger.says("the shares add up to 13,276.3350, numerical gradient 13,276.3350; the largest: day 8, 2,424.3327.")
    ledger.shows("17.0859")
    ledger.press("w_h", "Home")
    ledger.says("the unit is shut on day 8, so every share is exactly 0;")
    ledger.type("days", 4)
    ledger.type("w_h", 0)
    ledger.says("w_h = 0, 4 days: the shares add up to 0.1200")

    below_zero = Live(page, 1)
    below_zero.press("w_h", "ArrowLeft", 16)
    below_zero.says("w_h = -1.3, 8 days: the shares add up to -3.6550")
    below_zero.shows("-2.8232")


def test_the_corner_comes_back_to_its_corner(open_notebook):
    corner = Live(open_notebook(NAME), 2)
    corner.says("b_h = 0, eps = 0.002: day 1 is on its corner; backpropagation says -0.0220")
    corner.press("b_h", "ArrowRight", 2)
    corner.says(
        "b_h = 0.001, eps = 0.002: day 1 is open; backpropagation says -0.0104, the nudges say -0.0134: the nudges"
    )
    corner.press("eps", "Home")
    corner.says(
        "b_h = 0.001, eps = 0.0005: day 1 is open; backpropagation says -0.0104, the nudges say -0.0104: they agree."
    )
    corner.press("b_h", "ArrowLeft", 2)
    corner.says("b_h = 0, eps = 0.0005: day 1 is on its corner; backpropagation says -0.0220, the nudges say")

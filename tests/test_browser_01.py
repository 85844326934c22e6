"""Notebook 01 as a reader has it: a neuron that shuts, a rate that overshoots, a third day that is refused."""

from conftest import Live
from playwright.sync_api import expect

NAME = "01_stock_prices"


def test_the_first_notebook_follows_keyboard_and_number_box(open_notebook):
    page = open_notebook(NAME)
    neuron = Live(page, 0)
    neuron.says("the sum 2 × 1 - 1 = 1 is above 0: open, the output is 1.")
    neuron.press("bias", "ArrowLeft", 4)
    neuron.says("weight = 2, bias = -2, x = 1: the sum 2 × 1 - 2 = 0 is not above 0: shut, the output is exactly 0.")
    neuron.shows("ReLU: shut")
    neuron.type("x", 1.5)
    neuron.says("the sum 2 × 1.5 - 2 = 1 is above 0: open")
    neuron.shows("ReLU: open")

    steps = Live(page, 1)
    steps.press("rate", "End")
    steps.press("steps", "End")
    steps.says("steps = 10, rate = 5: w is 232.66")
    steps.type("rate", 1)
    steps.says("the lowest point is reached.")
    expect(steps.number("steps")).to_have_value("10")


def test_a_third_day_is_refused_and_so_is_a_single_one(open_notebook):
    network = Live(open_notebook(NAME), 2)
    network.says("days = 2: a price for each socket.")
    network.shows("0.99")
    network.press("days", "ArrowRight")
    network.says("days = 3: 3 prices for 2 sockets, day 1 has no socket. The network refuses: no prediction.")
    network.shows("✗ 3 prices, 2 sockets: it refuses")
    network.press("days", "Home")
    network.says("the socket for yesterday stays empty. The network refuses")
    network.shows("no prediction")

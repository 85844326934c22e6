"""The LSTM in the browser: the highway, one day in three steps, and the two companies."""

from conftest import Live
from playwright.sync_api import expect

NAME = "08_long_short_term_memory"


def test_the_forget_bias_bends_the_highway_down(open_notebook):
    highway = Live(open_notebook(NAME), 0)
    highway.says("b_f = 1.6234, w_h = 0.5, 50 days, medium every day: the vanilla unit passes on 1.78e-15 of day 1")
    expect(highway.number("b_f")).to_have_value("1.6234")
    highway.press("b_f", "Home")
    highway.says("the LSTM 0.000907, its gates alone 1.38e-06.")
    highway.press("days", "End")
    highway.says("b_f = -2, w_h = 0.5, 200 days")
    highway.type("b_f", 6)
    highway.says("the LSTM 5.53, its gates alone 0.984.")
    highway.box.locator("select").select_option("company A, waiting")
    highway.says("b_f = 6, w_h = 0.5, 200 days, company A, waiting:")
    highway.shows("1.24e-60")


def test_one_day_goes_through_the_gates_in_three_steps(open_notebook):
    gates = Live(open_notebook(NAME), 1)
    gates.says("c = 2, h = 1, x = 1, step 0: the two memories")
    for words in ("1.995 is kept", "the long-term memory is now 2.948", "the short-term memory 0.986: the prediction."):
        gates.box.get_by_role("button", name="one step").click()
        gates.says(words)
    gates.shows("f = 0.997")
    gates.type("h", -0.65)
    gates.press("x", "Home")
    gates.says("c = 2, h = -0.65, x = 0, step 3:")
    gates.shows("f = 0.466")


def test_both_companies_follow_the_forget_bias(open_notebook):
    companies = Live(open_notebook(NAME), 2)
    companies.says("the LSTM says 0.002 for A, right, and 0.969 for B, right.")
    companies.press("b_f", "Home")
    companies.says("the LSTM says 0.231 for A, wrong, and 0.525 for B, wrong.")
    companies.press("w_h", "End")
    companies.says("w_h = 1, b_f = -6: the vanilla unit says 3.465 for A, wrong, and 5.445 for B, wrong")

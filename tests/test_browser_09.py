"""Attention in the browser: the ruler and the query."""

from conftest import Live
from playwright.sync_api import expect

NAME = "09_attention"


def test_the_ruler_follows_the_days(open_notebook):
    ruler = Live(open_notebook(NAME), 0)
    ruler.says(
        "50 days, w_h = 0.9, b_f = 1.6234, q_age = 0: at day 1 there arrives 0.00573 in the vanilla unit, 4.33 in"
    )
    ruler.press("days", "End")
    ruler.says("2.95e-05 in the vanilla unit, 3.22 in the LSTM, 0.01 with attention (99, 99 and 1 multiplications).")
    ruler.shows("99 gates, directly")
    ruler.press("q_age", "End")
    ruler.says("0.941 with attention")
    expect(ruler.number("q_age")).to_have_value("4")


def test_a_query_for_old_days_finds_day_1(open_notebook):
    query = Live(open_notebook(NAME), 1)
    query.says("q_age = 0, q_price = 0, company B: day 1 gets 12.5 % of the attention, the answer is 0.469")
    query.type("q_age", 4)
    query.says("company B: day 1 gets 94.1 % of the attention, the answer is 0.97; tomorrow's price is 1: right.")
    query.box.locator("select").select_option("A")
    query.says("q_age = 4, q_price = 0, company A: day 1 gets 94.1 % of the attention, the answer is 0.029")
    query.shows("94.1 %")

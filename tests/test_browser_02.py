"""The feedback loop in the browser: a choice of rules beside the slider."""

from conftest import Live

NAME = "02_feedback_loop"


def test_the_loop_follows_the_choice_of_a_rule(open_notebook):
    loop = Live(open_notebook(NAME), 0)
    loop.says("w_h = 0.5, yesterday high, today medium: z = 0.9 + 0.9 = 1.8, the prediction is 1.98")
    loop.type("w_h", -0.5)
    loop.says(
        "w_h = -0.5, yesterday high, today medium: z = 0.9 - 0.9 = 0, the prediction is 0; the rule says 0: right."
    )
    loop.box.get_by_label("rule", exact=True).select_option(label="high, high")
    loop.says("w_h = -0.5, yesterday high, today high: z = 1.8 - 0.9 = 0.9, the prediction is 0.99")
    loop.shows("ReLU: open")
    loop.press("w_h", "Home")
    loop.says("z = 1.8 - 3.6 = -1.8, the prediction is 0; the rule says 1: wrong.")
    loop.shows("ReLU: shut")


def test_the_rules_turn_right_and_wrong(open_notebook):
    rules = Live(open_notebook(NAME), 1)
    rules.says("w_h = -0.5: all four rules are right; the squared errors add up to 0.0002.")
    rules.press("w_h", "ArrowLeft")
    rules.says("w_h = -0.55: 3 of 4 rules are right, the prediction is wrong after high, high")
    rules.type("w_h", 1)
    rules.says("w_h = 1: 2 of 4 rules are right")
    rules.shows("17.58")

"""The worksheet of the lab, two A4 pages, and its key: the same sheet with everything filled in.

All questions come from questions.toml, all numbers from statland. Both are whole pages of HTML that load nothing.
"""

from dataclasses import replace
from math import floor, log10

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from places import HERE, title
from plans import plans

from statland import STATLAND_RULES, STATLAND_WEIGHTS, rnn_forward, rnn_jacobian
from statland.diagnosis import LETTERS, questions
from statland.prices import PRICE_NAMES, TOLERANCE, is_right

CHAINS = (1.0, 1.0, 0.5), (1.0, 0.0, 0.5)  # on day 2, ReLU is open in one and shut in the other
FEEDBACK, DAYS, LONG = (0.5, 2), 11, 50  # what is drawn on the log axis, and a history that does not fit on it
LOWEST, HIGHEST = -4, 4  # the axis in powers of ten
LEFT, TOP, DAY, DECADE = 80, 8, 50, 26  # the axis in pixels: its corner, the width of a day, a power of ten
SENTENCE = "Each day back multiplies the gradient by the same number: after many days nothing is left, or too much."


def worksheet():
    """Return the worksheet: nothing in it is answered."""
    return written(name="Worksheet", key=False)


def worksheet_key():
    """Return its key."""
    return written(name="Key to the worksheet", key=True)


def written(**names):
    """Return the page; its template has the answers, and writes them into a key only."""
    pages = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    shown = {"guesses": guesses(), "chains": [chain(prices) for prices in CHAINS], "axis": axis(), "rules": rules()}
    numbers = {"w": STATLAND_WEIGHTS, "tolerance": TOLERANCE}
    return pages.get_template("worksheet.html.j2").render(**names, **shown, **numbers, sentence=SENTENCE)


def rules():
    """Return StatLand's rules on one line."""
    return " | ".join(
        ", ".join(map(PRICE_NAMES.get, days)) + f" → {PRICE_NAMES[then]}" for days, then in STATLAND_RULES
    )


def guesses():
    """Return the guesses of the lab in its order: where each stands, its question, its options by letter, what is to be
    seen."""
    rows = [row for row in plans()["lab"]["rows"] if "picture" in row]
    return [
        {
            "at": f"{row['at'][0]} {title(row['at'][0])}",
            "question": questions()[key]["question"],
            "options": [
                (letter, {"right": False, "most": False, **option})
                for letter, option in zip(LETTERS, questions()[key]["options"], strict=False)
            ],
            "saw": row["saw"],
        }
        for row in rows
        for key in row.get("ask", ())
    ]


def chain(prices):
    """Return three days of StatLand's unit, row by row, each with what is to be found on days 2 and 3."""
    w, trace = STATLAND_WEIGHTS, rnn_forward(prices, STATLAND_WEIGHTS)
    passed = [rnn_jacobian(rnn_forward(prices[:day], w), w)[1] for day in (1, 2, 3)]
    rule = dict(STATLAND_RULES)[prices[1:]]
    rows = {
        "price x": trace.x,
        f"from the price: {w.w_x} · x": w.w_x * trace.x,
        f"from the memory: {w.w_h} · h of yesterday": w.w_h * trace.h[:-1],
        "z, the sum of both": trace.z,
        "h, after ReLU": trace.h[1:],
        "later: if h of day 1 were 1 larger, each h would change by": passed,
    }
    return {
        "names": ", ".join(PRICE_NAMES[price] for price in prices),
        "given": "price x",
        "rows": [(words, [f"{number + 0.0:.4g}" for number in numbers]) for words, numbers in rows.items()],
        "y": f"{trace.y[-1]:.4g}",
        "rule": f"{PRICE_NAMES[rule]}, {rule:g}",
        "verdict": "yes" if is_right(trace.y[-1], rule) else "no",
    }


def gradients(w_h, days):
    """Return the gradient of each day, that of the last day being 1; the price is 1 every day."""
    unit = replace(STATLAND_WEIGHTS, w_h=float(w_h))
    return rnn_jacobian(rnn_forward(np.ones(days), unit), unit)[1:]


def axis():
    """Return the log axis in pixels, what belongs on it, and what is asked about it."""
    bottom = TOP + (HIGHEST - LOWEST) * DECADE

    def height(gradient):
        return round(bottom - (log10(gradient) - LOWEST) * DECADE, 1)

    lines = []
    for power in range(LOWEST, HIGHEST + 1):
        label = f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}"
        lines += [{"kind": "grid", "y": height(10.0**power), "label": label}]
        steps = (2, 5) if power < HIGHEST else ()
        lines += [{"kind": "fine", "y": height(step * 10.0**power), "label": ""} for step in steps]
    columns = [{"name": day, "x": LEFT + DAY * (day - 0.5)} for day in range(1, DAYS + 1)]
    found = {w_h: gradients(w_h, DAYS) for w_h in FEEDBACK}
    places = [map(height, each) for each in found.values()]
    return {
        "days": DAYS,
        "long": LONG,
        "feedback": FEEDBACK,
        "left": LEFT,
        "right": LEFT + DAY * DAYS,
        "top": TOP,
        "bottom": bottom,
        "width": LEFT + DAY * DAYS + 8,
        "height": bottom + 24,
        "lines": lines,
        "columns": columns,
        "marks": list(zip([day["x"] for day in columns], *places, strict=True)),
        "questions": [asked_about(w_h, each) for w_h, each in found.items()],
    }


def asked_about(w_h, each):
    """Return which days of the axis are hidden by others, and the powers of ten around day 1 of the long history."""
    hidden = np.flatnonzero(abs(each) < 0.01 * max(each)) + 1
    power = floor(log10(gradients(w_h, LONG)[0]))
    return {"w_h": w_h, "hidden": f"{hidden[0]} to {hidden[-1]}", "low": power, "high": power + 1}

"""The plans of plans.toml as tables in Markdown, and each plan as a path from picture to picture."""

from itertools import accumulate

from places import exercise_minutes, link, sections, source

from statland.diagnosis import questions

HEAD = """# Plans

Written from [plans.toml](plans.toml), [questions.toml](../statland/questions.toml) and the notebooks by
`python teaching/write.py`: change those, not this page. What is right, what most choose and what to ask then stands in
the [guide](guide.md), by the key of each question.
"""
QUESTION, PICTURE = 2, 1.5  # minutes that a class needs at least: to choose and talk; to move a picture
WORDS = 180  # a minute, read or said


def plans():
    """Return all plans by name: title, minutes, and the rows in order."""
    return source("plans.toml")


def least(row):
    """Return the minutes that a row takes at least: its questions, exercises and picture, and the words before it."""
    asked = [exercise_minutes(key[:2]).get(key, QUESTION) for key in row.get("ask", ())]
    if "picture" not in row:
        return sum(asked)
    number, heading = row["at"]
    return sum(asked) + PICTURE + sections(number)[heading].pictures[row["picture"]] / WORDS


def timed(name):
    """Return the rows of a plan in order, each with the minute in which it begins."""
    rows = plans()[name]["rows"]
    return list(zip(accumulate((row["minutes"] for row in rows), initial=0), rows, strict=False))


def path(name):
    """Return those rows of a plan that show a picture, each with the minute in which it begins."""
    return [(start, row) for start, row in timed(name) if "picture" in row]


def markdown():
    """Return the page with all plans."""
    return "\n".join([HEAD, *(part for plan in plans().values() for part in one(plan))])


def one(plan):
    """Yield the parts of a plan's text: a table for each of its days, and what to leave out first."""
    yield f"## {plan['title']}\n\n{plan['for']}\n\n{opening(plan)}"
    start = 0
    for row in plan["rows"]:
        if "day" in row or not start:
            start = 0 if "day" in row else start
            yield f"\n### {row['day']}\n" if "day" in row else ""
            yield "| minutes | where | what to do | what to ask |\n|---|---|---|---|"
        yield f"| {start}–{start + row['minutes']} | {where(row)} | {row['do']} | {asked(row)} |"
        start += row["minutes"]
    yield f"\n{cuts(plan)}\n"


def opening(plan):
    """Return what there is to prepare before a plan's first row, and how each row goes."""
    lines = [f"**Before:** {plan['before']}"]
    lines += [plan["how"]] if "how" in plan else []
    return "\n\n".join(lines)


def cuts(plan):
    """Return which rows of a plan to leave out first."""
    short = sorted((row for row in plan["rows"] if "cut" in row), key=lambda row: row["cut"])
    names = [f"{row['at'][0]}, {row['at'][1]}{shown(row)} ({row['minutes']} minutes)" for row in short]
    return f"**If time runs short,** leave out in this order: {'; '.join(names)}. Never leave out a guess alone."


def where(row):
    """Return the place of a row: a link to the section of the notebook, and which picture."""
    return f"{link(*row['at'])}{shown(row)}" if "at" in row else ""


def shown(row):
    """Return which picture of its notebook a row shows, in words."""
    return f", picture {row['picture']}" if "picture" in row else ""


def asked(row):
    """Return the questions of a row, or the exercises to take home, each with its key."""
    asks = [f"{questions()[key]['question']} (`{key}`)" for key in row.get("ask", ())]
    minutes = {key: exercise_minutes(key[:2])[key] for key in row.get("home", ())}
    asks += ["At home: " + ", ".join(f"`{key}` ({each} minutes)" for key, each in minutes.items())] if minutes else []
    return "<br>".join(asks)

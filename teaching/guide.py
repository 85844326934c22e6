"""The teacher's guide: what stands in guide.toml, and for every question what is right, what most choose, what then."""

from places import NOTEBOOKS, exercise_minutes, link, sections, source, title
from plans import cuts, opening, plans, timed, where

from statland.diagnosis import LETTERS, hints, questions

HEAD = """# Guide for teachers

For each notebook: what the class can do afterwards, what learners think before, what to draw, what to do without a
computer; then every question, in the order of the notebook. Written from [guide.toml](guide.toml),
[questions.toml](../statland/questions.toml) and the notebooks by `python teaching/write.py`: change those, not this
page. The [plans](plans.md) say when to ask what.

**Ask like this.** Read the question and its answers aloud. Everybody chooses without talking, and shows a card. If most
are right, let one of them say why. If not, ask what stands here under "Then ask". Where there is time, let neighbours
talk for a minute, and vote again: that costs two minutes, which half a day has for a few questions, and the lecture for
none. Only then move the picture. "Most choose" is what we expect; nobody has counted yet. In your class it may be
another one: "compare", below the question, opens the reason of the committed answer, and that of the right one.

**Without a network.** Nothing is fetched while the notebooks run, and the web edition is a folder of files: build it at
home (`python web/build.py`), carry it on a stick, and open its `index.html`. Without any computer, each notebook below
has a game, and the [worksheet](worksheet.html) needs paper only.
"""


def markdown():
    """Return the whole guide."""
    return "\n".join([HEAD, *(part for number in NOTEBOOKS for part in one(number))])


def one(number):
    """Yield the parts of the guide to a notebook."""
    about = source("guide.toml")[number]
    yield f"## [{number} {title(number)}](../notebooks/{NOTEBOOKS[number].name})\n"
    yield "**Afterwards the class can**\n"
    for verb, (what, key) in about["can"].items():
        yield f"- **{verb}** {what} (`{key}`)"
    yield "\n**What learners think, and who shows it**\n\n| they think | they choose |\n|---|---|"
    for place, belief in about["think"].items():
        name, letter = place.split()
        option = questions()[f"{number}.{name}"]["options"][LETTERS.index(letter)]
        yield f"| {belief} | `{number}.{name}`, {letter}) {option['text']} |"
    yield f"\n**On the board.** {about['on']['board']}\n\n**Without a computer.** {about['on']['unplugged']}\n"
    for section in sections(number).values():
        for key in section.asks:
            yield "\n".join(asked(key, section) if key in questions() else exercise(key))


def asked(key, section):
    """Yield the lines on a question: what is right, what most choose, what to ask then."""
    question = questions()[key]
    options = list(zip(LETTERS, question["options"], strict=False))
    ((right, answer),) = [each for each in options if each[1].get("right")]
    ((most, wrong),) = [each for each in options if each[1].get("most")]
    minutes = exercise_minutes(key[:2]).get(key)
    kind = f"an exercise of {minutes} minutes" if minutes else "a guess"
    yield f"### {key}\n\n{question['question']}\n"
    yield f"- *Where:* {link(key[:2], section.heading)}, {kind}."
    yield f"- *Right:* {right}) **{answer['text']}**. {answer['reason']}"
    yield f"- *Most choose:* {most}) {wrong['text']}. {wrong['reason']}"
    yield f"- *Then ask:* {question['ask']}\n"


def exercise(key):
    """Yield the lines on an exercise whose answer is computed: the check knows what is right, and the mistakes."""
    minutes = exercise_minutes(key[:2])[key]
    yield f"### {key}\n\nAn exercise of {minutes} minutes, with its solution in the notebook. The check names mistakes."
    yield "If somebody is stuck, ask or say one after the other:\n"
    yield "\n".join(f"- {hint}" for hint in hints(key)) + "\n"


def script(name):
    """Return a plan as one page to teach from: every row in full, and below it what is said about its questions."""
    plan = plans()[name]
    parts = [f"# {plan['title']}: the script\n\nWritten from the [plan](plans.md) and the questions: change those.\n"]
    parts.append(f"{opening(plan)}\n\n{cuts(plan)}\n")
    for start, row in timed(name):
        parts.append(f"## {start}–{start + row['minutes']} {where(row)}\n\n{row['do']}\n")
        parts += ["\n".join(vote(key)) for key in row.get("ask", ()) if key in questions()]
    return "\n".join(parts)


def vote(key):
    """Yield the lines on a question as it is put to a class: each answer with its reason, and what to ask then."""
    question = questions()[key]
    yield f"**Ask** (`{key}`): {question['question']}\n"
    for letter, option in zip(LETTERS, question["options"], strict=False):
        kind = "right" if option.get("right") else "most choose this" if option.get("most") else "not right"
        name = f"**{letter}) {option['text']}**" if option.get("right") else f"{letter}) {option['text']}"
        yield f"- {name}: {kind}. {option['reason']}"
    yield f"\n**Then ask:** {question['ask']}\n"

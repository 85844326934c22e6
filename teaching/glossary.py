"""The glossary: every term that a notebook sets in bold, in one plain sentence; and where each is bold first."""

import re
from functools import cache

from places import NOTEBOOKS, cells, link, source

HEAD = """# Glossary

Every term that a notebook sets in bold, in one sentence: with our letter, and with the word of the StatQuest episodes
where it is a different one. Written from [glossary.toml](glossary.toml) and the notebooks by
`python teaching/write.py`.

| term | in one sentence | letter | in the episodes | first in bold |
|---|---|---|---|---|"""
CODE = re.compile(r"```.*?```|`[^`]*`", flags=re.DOTALL)
LABEL = re.compile(r"\d\.|You |.*[.:]$|If you teach")  # bold too, but an exercise, a sentence, or the name of a line


def terms():
    """Return all terms: what each `says`, and `letter`, `episode` and `bold` where they have one."""
    return source("glossary.toml")["terms"]


def bold_words(number):
    """Yield all that is bold in a notebook and could be a term, each with its cell and the heading above it."""
    heading = None
    for place, cell in enumerate(cells(number)):
        if cell.cell_type == "markdown":
            text = CODE.sub(lambda code: "`" * len(code[0]), cell.source)
            for found in re.finditer(r"^## (.+)$|\*\*([^*\n]+)\*\*", text, flags=re.MULTILINE):
                heading = found[1] or heading
                if found[2] and not LABEL.match(found[2]):
                    yield found[2], place, heading


def term_of(word):
    """Return the term that is meant by a word in bold, or None."""
    for term, entry in terms().items():
        if word.lower() in (each.lower() for each in [term, *entry.get("bold", ())]):
            return term
    return None


@cache
def first_bold(number):
    """Return each term of a notebook, with the word that is bold first, its cell and the heading above it."""
    found = {}
    for word, place, heading in bold_words(number):
        if term := term_of(word):
            found.setdefault(term, (word, place, heading))
    return found


def anchor(term):
    """Return the name under which a term can be linked to."""
    return re.sub(r"[^a-z0-9]+", "-", term.lower())


def markdown():
    """Return the page, in the order of the alphabet."""
    return "\n".join([HEAD, *(row(*each) for each in sorted(terms().items(), key=lambda each: each[0].lower()))]) + "\n"


def row(term, entry):
    """Return the row of a term."""
    number, (_, _, heading) = next(
        (number, first_bold(number)[term]) for number in NOTEBOOKS if term in first_bold(number)
    )
    at = link(number, heading) if heading else f"[{number}](../notebooks/{NOTEBOOKS[number].name})"
    name = f'<a id="{anchor(term)}"></a>{term}'
    return f"| {name} | {entry['says']} | {entry.get('letter', '')} | {entry.get('episode', '')} | {at} |"

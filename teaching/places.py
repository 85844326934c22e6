"""Where a notebook asks and shows: its headings, with the questions and the live pictures below each."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote

import nbformat

HERE = Path(__file__).parent
NOTEBOOKS = {path.stem[:2]: path for path in sorted((HERE.parent / "notebooks").glob("*.ipynb"))}
ASKS = re.compile(r'^(guess|check)\("([^"]+)"', flags=re.MULTILINE)  # in a cell: what it asks, and with which key
NOT_READ = re.compile(r"<details>.*?</details>|\$\$.*?\$\$|\]\([^)]*\)|<[^>]*>", flags=re.DOTALL)  # before a vote


@dataclass
class Section:
    """A part of a notebook: its questions and exercises by key; its live pictures, each with the words before it."""

    heading: str
    asks: list = field(default_factory=list)
    pictures: dict = field(default_factory=dict)  # by number: how many words stand between it and what comes before


@cache
def cells(number):
    """Return the cells of the notebook with this number."""
    return nbformat.read(NOTEBOOKS[number], as_version=4).cells


def title(number):
    """Return the title of a notebook, without its number."""
    return re.match(r"# \d+\. (.+)", cells(number)[0].source)[1]


@cache
def sections(number):
    """Return the sections of a notebook by their headings, in order."""
    found, here, pictures, words = {}, None, 0, 0
    for cell in cells(number):
        if cell.cell_type == "markdown":
            *_, text = parts = re.split(r"^## (.+)$", cell.source, flags=re.MULTILINE)
            for heading in parts[1::2]:
                here, words = found.setdefault(heading, Section(heading)), 0
            words += len(re.findall(r"[A-Za-z][\w'-]*", NOT_READ.sub("", text)))
        elif here:
            here.asks += [key for _, key in ASKS.findall(cell.source)]
            if re.search(r"^live\(", cell.source, flags=re.MULTILINE):
                here.pictures[pictures := pictures + 1] = words
                words = 0
    return found


@cache
def exercise_minutes(number):
    """Return the minutes of each exercise of a notebook, as the notebook gives them."""
    text = "\n".join(cell.source for cell in cells(number) if cell.cell_type == "markdown")
    each = re.findall(r"^\*\*(\d)\. \((\d+) minutes\)", text, flags=re.MULTILINE)
    return {f"{number}.{exercise}": int(minutes) for exercise, minutes in each}


def link(number, heading):
    """Return the Markdown link from this folder to a section of a notebook."""
    target = f"../notebooks/{NOTEBOOKS[number].name}#{quote(heading.replace(' ', '-'))}"
    return f"[{number}, {heading}]({target})"


@cache
def source(name):
    """Return what stands in a file of this folder that is written by hand."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))

"""Write the concept test and the exit ticket: `python teaching/concept_test.py FOLDER`.

Each of them as GIFT (Moodle imports it as it is), as QTI (Canvas and others; it takes `text2qti`, which
`pip install -r teaching/requirements.txt` brings), and as text to print, with its key on a page of its own.
"""

import re
import textwrap
from importlib.util import find_spec

from folder import new_folder

from statland.diagnosis import LETTERS, all_questions

QUIZZES = {"test": "StatLand concept test", "exit": "StatLand exit ticket"}


def quiz(section):
    """Return the questions of a section of `questions.toml` by their keys."""
    return {key: asked for key, asked in all_questions().items() if key.startswith(f"{section}.")}


def gift(title, questions):
    """Return questions in Moodle's GIFT format: the reason of each option is its feedback."""

    def plain(words):
        return re.sub(r"([\\~=#{}:])", r"\\\1", words)

    lines = [f"$CATEGORY: {title}"]
    for key, asked in questions.items():
        lines += ["", f"::{plain(key)}::[plain]{plain(asked['question'])} {{"]
        for option in asked["options"]:
            lines.append(f"{'=' if option.get('right') else '~'}{plain(option['text'])}#{plain(option['reason'])}")
        lines.append("}")
    return "\n".join([*lines, ""])


def markdown(title, questions):
    """Return questions as `text2qti` reads them: the reason of each option is its feedback."""

    def plain(words):  # an entity, where Markdown or text2qti would read more than the sign itself
        return re.sub(r"""[^\w\s,;?%×]""", lambda sign: f"&#{ord(sign[0])};", words).replace("_", "&#95;")

    lines = [f"Quiz title: {title}"]
    for number, (key, asked) in enumerate(questions.items(), start=1):
        lines += ["", f"Title: {key}", f"{number}. {plain(asked['question'])}"]
        for letter, option in zip(LETTERS, asked["options"], strict=False):
            right = "*" if option.get("right") else ""
            lines += [f"{right}{letter}) {plain(option['text'])}", f"... {plain(option['reason'])}"]
    return "\n".join([*lines, ""])


def qti(path, title, questions):
    """Write questions as a QTI file."""
    from text2qti.config import Config
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    QTI(Quiz(markdown(title, questions), config=Config())).save(path)


def paper(title, questions):
    """Return questions as text to print, without answers."""
    parts = [title]
    for number, asked in enumerate(questions.values(), start=1):
        options = zip(LETTERS, asked["options"], strict=False)
        lines = [f"    {letter})  {option['text']}" for letter, option in options]
        parts.append("\n".join([indented(f"{number:2}. ", asked["question"]), *lines]))
    return "\n\n".join(parts) + "\n"


def paper_key(title, questions):
    """Return the right option of each question, where the course speaks of it, and all reasons, as text to print."""
    parts = [f"{title}: key"]
    for number, asked in enumerate(questions.values(), start=1):
        place = f"notebook {asked['about']}" + (", a new situation" if asked.get("transfer") else "")
        options = list(zip(LETTERS, asked["options"], strict=False))
        right = next(letter for letter, option in options if option.get("right"))
        reasons = [indented(f"    {letter})  ", option["reason"]) for letter, option in options]
        parts.append("\n".join([f"{number:2}. {right}  ({place})", *reasons]))
    return "\n\n".join(parts) + "\n"


def indented(mark, words):
    """Return words in lines for a page, behind a mark that stands in the margin."""
    return textwrap.fill(words, 88, initial_indent=mark, subsequent_indent=" " * len(mark))


if __name__ == "__main__":
    folder = new_folder()
    for section, title in QUIZZES.items():
        name, asked = title.split(maxsplit=1)[1].replace(" ", "_"), quiz(section)
        texts = {f"{name}.gift": gift, f"{name}.txt": paper, f"{name}_key.txt": paper_key}
        for file, words in texts.items():
            (folder / file).write_text(words(title, asked), encoding="utf-8", newline="\n")
        if find_spec("text2qti"):
            qti(folder / f"{name}.zip", title, asked)
    print(f"In {folder}: *.gift for Moodle, *.txt to print, each with its key.")
    if find_spec("text2qti"):
        print("The *.zip files are QTI, for Canvas.")
    else:
        print("For QTI (Canvas): pip install -r teaching/requirements.txt, then the same command with a new folder.")

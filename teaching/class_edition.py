"""Write the class edition: `python teaching/class_edition.py FOLDER`.

`FOLDER/students` holds the notebooks to hand out: no output, no solution, nothing of what there is to see. In their
place are cells to write in, and at the end a cell that prints all answers, to hand in. `FOLDER/solutions` holds the
same notebooks with everything: the folds are open, and each option's reason stands below its guess.

Reasons and hints are part of the package `statland`: `guess` shows a reason after the commit, `check` a hint on
request. Who looks for them finds them there. So this is an edition to learn with, not an examination.
"""

import re
from pathlib import Path

import nbformat
from folder import new_folder

from statland.diagnosis import LETTERS, question

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
SAW = re.compile(r"(<details><summary>What you saw</summary>.*?</details>)", re.DOTALL)
SOLUTION = re.compile(r"(<details><summary>Solution</summary>).*?(</details>)", re.DOTALL)
TO_TEACHERS = re.compile(r"^\*\*If you teach.*\n+", re.MULTILINE)
WRITE = "**What I saw:** *(double-click here, and write one to three sentences)*"
HAND_IN = (
    """## To hand in

Run the next cell last. It prints your guesses, and what was said to your answers, since this notebook's kernel was \
started. What you wrote into the text is handed in with the notebook.""",
    """from statland.ask import my_answers

my_answers()""",
)


def for_students(notebook):
    """Take out of a notebook all that answers; put in cells to write in, and what to hand in."""
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cells.append(cell)
            continue
        text = SOLUTION.sub(r"\1\n\nYour teacher has it.\n\2", TO_TEACHERS.sub("", cell.source))
        for number, part in enumerate(filter(str.strip, SAW.split(text))):
            source = WRITE if SAW.match(part) else part.strip()
            cells.append(nbformat.v4.new_markdown_cell(source, id=f"{cell.id}-{number}"))
    text, code = HAND_IN
    cells += [nbformat.v4.new_markdown_cell(text, id="hand-in"), nbformat.v4.new_code_cell(code, id="mine")]
    notebook.cells = cells


def for_teachers(notebook):
    """Open all folds of a notebook, and put the reasons below each guess."""
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = cell.source.replace("<details>", "<details open>")
        cell.metadata.pop("jupyter", None)  # a folded output
        cells.append(cell)
        if asked := re.match(r'guess\("(.+)"\)', cell.source):
            cells.append(nbformat.v4.new_markdown_cell(reasons(asked[1]), id=f"{cell.id}-reasons"[-64:]))
    notebook.cells = cells


def reasons(key):
    """Return all options of a question with their reasons, the right one in bold."""
    lines = []
    for letter, option in zip(LETTERS, question(key)["options"], strict=False):
        text = f"{letter}) {option['text']}"
        lines.append(f"- {f'**{text}**' if option.get('right') else text}: {option['reason']}")
    return "\n".join(lines)


if __name__ == "__main__":
    folder = new_folder()
    for name, edit in (("students", for_students), ("solutions", for_teachers)):
        (folder / name).mkdir()
        for path in sorted(NOTEBOOKS.glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            edit(notebook)
            nbformat.write(notebook, folder / name / path.name)
    print(f"To hand out: {folder / 'students'}. For you, and for the class when it is over: {folder / 'solutions'}.")
    print("Both need the package of this repository: pip install this folder, or a hub that has it.")

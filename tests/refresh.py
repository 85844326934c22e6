"""Run every notebook from top to bottom in a fresh kernel and store its outputs: `python tests/refresh.py`.

This is the one way in which outputs are written. Whatever differs from run to run is left out, so that two runs
give the same bytes and a diff shows what has really changed. A cell tagged `needs-torch` keeps its stored output
where PyTorch is not installed. The digests of the frames of a notebook's pictures are stored as well. Paths as
arguments: only those notebooks. The moving picture at the top of the README is drawn anew each time.
"""

import io
import json
import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat

sys.path.append(str(Path(__file__).parents[1] / "web"))
from course import FRAMES, NOTEBOOKS, ROOT, frames, pictures
from nbclient import NotebookClient
from PIL import Image

from statland.drawing import Drawing
from statland.page import WIDGET
from statland.pictures.gradients import Gradients

SOLUTION = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n.*?^```\n)?", flags=re.MULTILINE | re.DOTALL)
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",  # what is the same for every Python 3; its version is not
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}


def refresh(path):
    """Execute the notebook at path and write it back with what is the same on every run."""
    notebook = nbformat.read(path, as_version=4)
    stored = {cell.id: cell.outputs for cell in notebook.cells if "needs-torch" in cell.metadata.get("tags", [])}
    lesson = len(notebook.cells)
    notebook.cells += [nbformat.v4.new_code_cell(code) for cell in notebook.cells for code in solutions(cell)]
    client = NotebookClient(notebook, kernel_name="python3", timeout=120, coalesce_streams=True)
    client.execute(cwd=str(path.parent))
    notebook.metadata = nbformat.from_dict(METADATA)
    solved, notebook.cells = notebook.cells[lesson:], notebook.cells[:lesson]
    printed = iter("".join(map(text_of, cell.outputs)) for cell in solved)
    for cell in notebook.cells:
        kept = {key: cell.metadata[key] for key in ("jupyter", "tags") if key in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
        if solutions(cell):
            cell.source = SOLUTION.sub(lambda block: f"```python\n{block[1]}```\n{fenced(next(printed))}", cell.source)
        if cell.id in stored and find_spec("torch") is None:
            cell.outputs = stored[cell.id]
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("data") != {}]
    text = nbformat.writes(notebook, indent=1, ensure_ascii=False)
    if not text.endswith("\n"):
        text += "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def solutions(cell):
    """Return the code of the solutions that a cell with text has."""
    text = cell.source if cell.cell_type == "markdown" and "<summary>Solution</summary>" in cell.source else ""
    return SOLUTION.findall(text)


def text_of(output):
    """Return what a cell has printed or shown, as text."""
    if output.output_type == "stream":
        return output.text
    return f"{output.data['text/plain']}\n" if "text/plain" in output.data else ""


def fenced(text):
    """Return a solution's output as it stands below its code."""
    return f"\n```text\n{text}```\n" if text else ""


def refresh_frames(paths):
    """Store what the pictures of these notebooks show, and keep what is stored of the others."""
    stored = json.loads(FRAMES.read_text(encoding="utf-8")) if FRAMES.exists() else {}
    found = {}
    for path in NOTEBOOKS:
        if path.resolve() in paths:
            found |= {f"{path.stem}-{k}": frames(shown) for k, shown in enumerate(pictures(path), start=1)}
        else:
            found |= {name: kept for name, kept in stored.items() if name.startswith(path.stem)}
    text = json.dumps(found, indent=1, ensure_ascii=False)
    FRAMES.write_text(text + "\n", encoding="utf-8", newline="\n")


def draw_heart(path):
    """Draw the heart for a row of feedback weights, twice through and then at rest."""
    picture, frames = Gradients(), []
    drawing = Drawing(picture.figure)
    for w_h in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.3, 1.5, 1.75, 2.0):
        words = picture.update(w_h=w_h)
        frame = Image.open(io.BytesIO(drawing.png(words)))
        page = Image.new("RGB", (1080, 760), "white")  # room for two lines of words
        page.paste(frame)
        frames.append(page.quantize(48, dither=Image.Dither.NONE))
    pauses = [1800] + [350] * (len(frames) - 2) + [2600]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=pauses, loop=1, optimize=True)


if __name__ == "__main__":
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    paths = [Path(name).resolve() for name in sys.argv[1:]] or NOTEBOOKS
    for path in paths:
        refresh(path)
        print(f"refreshed {path.name}")
    refresh_frames(paths)
    draw_heart(ROOT / ".github" / "heart.gif")

"""Write the web edition, every slider alive and no kernel: `python web/build.py` fills web/_build.

Each notebook is run from top to bottom, and each picture that it shows with `live` becomes a film, which a short
script plays in the page. All else is on the page as the notebook holds it. The same notebooks give the same bytes.
Another folder as argument: the pages are written there.
"""

import base64
import contextlib
import io
import json
import re
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import matplotlib as mpl
import nbformat
from film import film
from fontTools import subset
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

import statland.live

HERE = Path(__file__).parent
ROOT = HERE.parent
HEART = "06"  # the first picture of this notebook opens the index
NOT_HERE = re.compile(r"^\*\*(How to read|Before|Next):\*\*.*$", flags=re.MULTILINE)  # the pages have their own


@dataclass
class Lesson:
    """A notebook, and what the pages say of it: most stands in its first cell."""

    name: str
    notebook: nbformat.NotebookNode
    films: list

    def __post_init__(self):
        opening = self.notebook.cells[0].source
        self.title, question, self.minutes = (
            re.search(pattern, opening, flags=re.MULTILINE)[1]
            for pattern in (r"^# (.+)$", r"^\*\*The question:\*\* (.+)$", r"\*\*Time:\*\* (\d+) minutes")
        )
        self.question = question[0].upper() + question[1:]


class Prose(IPythonRenderer):
    """The notebooks' text in HTML: formulas in MathML, headings that can be linked to, links from page to page."""

    def __init__(self):
        super().__init__(escape=False)
        self.headings = []

    def heading(self, text, level, **attrs):
        name = re.sub(r"<[^>]*>|[^a-z0-9]+", "-", text.lower()).strip("-")
        if level == 2:
            self.headings.append((name, text))
        return f'<h{level} id="{name}">{text}</h{level}>\n'

    def link(self, text, url, title=None):
        return super().link(text, re.sub(r"^(\w+)\.ipynb", r"\1.html", url), title)

    def inline_math(self, body):
        return formula(body, "inline")

    def block_math(self, body):
        return formula(body, "block")


def formula(latex, display):
    """Return a formula in MathML; a word in it is one name, not one for each letter."""
    letters = r'(?:<mi mathvariant="normal">\w</mi>){2,}'
    return re.sub(letters, lambda word: f"<mi>{re.sub('<[^>]*>', '', word[0])}</mi>", convert(latex, display=display))


def play(path):
    """Run a notebook from top to bottom; return it as a lesson with the films of its pictures."""
    notebook, films = nbformat.read(path, as_version=4), []

    def live(picture, **controls):
        films.append(film(f"{path.stem}-{len(films) + 1}", picture, controls))

    statland.live.live = live
    page = {"__name__": "__main__"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            before = len(films)
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell.source, path.name, "exec"), page)
            pictures = [output for output in cell.outputs if "image/png" in output.get("data", {})]
            for place, output in zip(range(before, len(films)), pictures, strict=True):
                output.metadata["film"] = place
    return Lesson(path.stem, notebook, films)


def build(target):
    """Run all notebooks, and write their pages into the target folder, which is empty or an older edition."""
    if target.exists() and not (target / "statland.js").exists():
        raise FileExistsError(f"{target} holds something else.")
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    with ProcessPoolExecutor() as pool:
        lessons = list(pool.map(play, reversed(paths)))  # the last ones take longest
    write(lessons[::-1], target)


def write(lessons, target):
    """Write the pages of these lessons, and all that they need, into the target folder."""
    shutil.rmtree(target, ignore_errors=True)
    (target / "pictures").mkdir(parents=True)
    for name in ("statland.css", "statland.js"):
        shutil.copy(HERE / name, target)
    exporter = HTMLExporter(extra_template_paths=[str(HERE / "template")])
    exporter.environment.filters |= {"highlight_code": Highlight2HTML("python"), "number": "{:.12g}".format}
    binder = re.search(r"https://mybinder\.org/v2/gh/(.+?)/main\S*/", (ROOT / "README.md").read_text(encoding="utf-8"))
    shared = {"lessons": lessons, "binder": binder[0], "repository": f"https://github.com/{binder[1]}"}

    def page(name, template, **content):
        html = exporter.environment.get_template(template).render(**shared, **content)
        (target / name).write_text(html, encoding="utf-8", newline="\n")

    write_letters(target / "pictures", [each for lesson in lessons for each in lesson.films])
    for place, lesson in enumerate(lessons):
        for each in lesson.films:
            write_film(target / "pictures", each)
        (target / "pictures" / f"{lesson.name}.svg").write_bytes(lesson.films[0].whole)
        write_notebook(target, lesson)
        prose = Prose()
        markdown = MarkdownWithMath(prose)
        for cell in lesson.notebook.cells:
            if cell.cell_type == "markdown":
                cell.html = markdown.render(NOT_HERE.sub("", cell.source))
        page(
            f"{lesson.name}.html",
            "lesson.html.j2",
            lesson=lesson,
            films=lesson.films,
            headings=prose.headings,
            before=lessons[place - 1] if place else None,
            after=lessons[place + 1] if place + 1 < len(lessons) else None,
        )
    heart = next(lesson for lesson in lessons if lesson.name.startswith(HEART)).films[0]
    page("index.html", "front.html.j2", films=[heart])


def write_film(folder, film):
    """Write a film as a script, which a page can load from the disk too, and the part that stands still as SVG."""
    values = [each.values if each.kind in ("slider", "player") else len(each.values) for each in film.controls]
    frames = {"values": values, "slots": film.slots, "sentences": film.sentences}
    script = f"film({json.dumps(film.name)}, {json.dumps(frames, ensure_ascii=False, separators=(',', ':'))});\n"
    (folder / f"{film.name}.js").write_text(script, encoding="utf-8", newline="\n")
    (folder / f"{film.name}.svg").write_bytes(film.still)


def write_letters(folder, films):
    """Write the pictures' typeface, with no letter that they don't need: on every device they look the same."""
    shown = "".join(drawing for film in films for drawings, _ in film.slots for drawing in drawings)
    letters = set(unescape("".join(re.findall(r">([^<]+)<", shown))))
    fonts, rules = Path(mpl.get_data_path()) / "fonts" / "ttf", []
    for name, weight in (("DejaVuSans", "normal"), ("DejaVuSans-Bold", "bold")):
        options = subset.Options(flavor="woff", layout_features=[])
        options.drop_tables += ["FFTM"]  # a date
        font = subset.load_font(fonts / f"{name}.ttf", options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=map(ord, letters))
        subsetter.subset(font)
        file = io.BytesIO()
        subset.save_font(font, file, options)
        data = base64.b64encode(file.getvalue()).decode()
        source = f"url(data:font/woff;base64,{data})"
        rules.append(f'@font-face {{ font-family: "DejaVu Sans"; font-weight: {weight}; src: {source} }}\n')
    (folder / "letters.css").write_text("".join(rules), encoding="utf-8", newline="\n")
    shutil.copy(fonts / "LICENSE_DEJAVU", folder)


def write_notebook(target, lesson):
    """Write the notebook without its outputs: whoever runs it makes them anew."""
    bare = nbformat.from_dict(json.loads(json.dumps(lesson.notebook)))
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(bare, target / f"{lesson.name}.ipynb")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if sys.argv[1:] else HERE / "_build")

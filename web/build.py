"""Write the web edition, every slider alive and no kernel: `python web/build.py` fills web/_build.

Each notebook is run as far as its pictures, and each picture that it shows with `live` becomes a film, which a short
script plays in the page. All else is on the page as the notebook holds it. The same notebooks give the same bytes.
Another folder as argument: the pages are written there. It is new, empty, or holds an older edition, and nothing in it
is replaced or removed but the files that an earlier build has written, as they stand in its statland-edition.txt.
"""

import base64
import json
import re
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import matplotlib as mpl
import nbformat
from card import card, icon
from film import film
from fontTools import subset
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from play import play
from tqdm import tqdm

from statland.diagnosis import exercise, questions

sys.path.append(str(Path(__file__).parents[1] / "teaching"))
import glossary
import plans
import worksheet
from links import placed
from places import ASKS

HERE = Path(__file__).parent
ROOT = HERE.parent
CODE = re.compile(r"^```.*?^```", flags=re.MULTILINE | re.DOTALL)  # in the text
HEART = "06"  # the first picture of this notebook opens the index
OURS = ("statland.css", "projector.css", "noscript.css", "ask.js", "page.js", "projector.js")
TEACHING = ("lecture.html", "worksheet.html", "worksheet.css", "glossary.html")
JOINED = ("statland.js", "controls.js", "load.js", "share.js")  # one file on the site, as a page waits for each
COMMENTS = r"^ *//.*\n|^/\*[\s\S]*?\*/\n"
LETTERS = (("DejaVuSans", "normal"), ("DejaVuSans-Bold", "bold"))
TABLE = re.compile(r"^ |\S {2,}\S", flags=re.MULTILINE)  # in an output: spaces that put things below each other
LESSON = re.compile(r"[Nn]otebook \d\d\b|(?<![\d.,])\b0\d\b(?![.,]?\d)")  # in the prose: a lesson by its number
NOT_HERE = re.compile(r"^\*\*(How to read|Before|Next):\*\*.*$", flags=re.MULTILINE)  # the pages have their own
MANIFEST = "statland-edition.txt"  # names the files that a build has written: the next one replaces or removes them
DRAFT = f"{MANIFEST}.draft"  # is there for a moment, or after an interrupted build


class BuildError(Exception):
    """What keeps the edition from being built, in a sentence for the reader."""


@dataclass
class Lesson:
    """A notebook, and what the pages say of it: most stands in its first cell."""

    name: str
    notebook: nbformat.NotebookNode
    films: list
    terms: list = field(default_factory=list)  # their places in the glossary, as the page links them

    def __post_init__(self):
        patterns = r"^# (.+)$", r"^\*\*The question:\*\* (.+)$", r"\*\*Time:\*\* (\d+) minutes"
        opening = self.notebook.cells[0].source if self.notebook.cells else ""
        found = [re.search(pattern, opening, flags=re.MULTILINE) for pattern in patterns]
        for words, each in zip(("# Title", "**The question:** ...", "**Time:** 20 minutes"), found, strict=True):
            if not each:
                raise BuildError(f"The first cell of {self.name} has no line like this: {words}")
        self.title, question, self.minutes = (each[1] for each in found)
        self.question = question[0].upper() + question[1:]
        if not self.pictures:
            raise BuildError(f"{self.name} has stored no live picture, and the index shows one of each notebook.")

    @property
    def pictures(self):
        """The stored outputs in whose place the page shows films."""
        return [output for cell in self.notebook.cells for output in pictures(cell)]


class Prose(IPythonRenderer):
    """The notebooks' text in HTML: formulas in MathML, headings with a link on them, links from page to page."""

    def __init__(self, links, terms=()):
        super().__init__(escape=False)
        self.links = links  # puts a link on each lesson that a text names
        self.terms = dict(terms)  # by the word that is bold first, the place in the glossary of each term still to come
        self.headings = []

    def text(self, text):
        return self.links(super().text(text))

    def heading(self, text, level, **attrs):
        text = re.sub(r"</?a\b[^>]*>", "", text)
        name = re.sub(r"<[^>]*>|[^a-z0-9]+", "-", text.lower()).strip("-")
        if level == 2:
            self.headings.append((name, text))
        words = re.sub(r"<[^>]*>", "", text)
        here = f'<a href="#{name}" aria-label="Link to: {words}">#</a>' if level > 1 else ""
        return f'<div class="heading"><h{level} id="{name}">{text}</h{level}>{here}</div>\n'

    def link(self, text, url, title=None):
        text = re.sub(r"</?a\b[^>]*>", "", text)
        return super().link(text, re.sub(r"^(\w+)\.ipynb", r"\1.html", url), title)

    def strong(self, text):
        place = self.terms.pop(text, None)
        bold = super().strong(text)
        return f'<a class="term" id="term-{place}" href="glossary.html#{place}">{bold}</a>' if place else bold

    def table(self, text):
        return f'<div class="wide" data-name="Table"><table>\n{text}</table></div>\n'

    def table_cell(self, text, align=None, head=False):
        return f"<th>{text}</th>" if head and text else f"<td>{text}</td>"

    def inline_math(self, body):
        return formula(body, "inline")

    def block_math(self, body):
        return f'<div class="wide" data-name="Formula">{formula(body, "block")}</div>\n'


def formula(latex, display):
    """Return a formula in MathML; a word in it is one name, not one for each letter."""
    letters = r'(?:<mi mathvariant="normal">\w</mi>){2,}'
    return re.sub(letters, lambda word: f"<mi>{re.sub('<[^>]*>', '', word[0])}</mi>", convert(latex, display=display))


def linked(lessons, here, text):
    """Put a link on each other lesson that a text in HTML names by its number: notebook 06, or only 06."""
    names = {lesson.name[:2]: lesson.name for lesson in lessons if lesson.name != here}

    def link(found):
        name = names.get(found[0][-2:])
        return f'<a href="{name}.html">{found[0]}</a>' if name else found[0]

    return LESSON.sub(link, text)


def addresses():
    """Return where the course is on the network, as the README's last lines say; nothing while they say OWNER."""
    binder, web = placed((ROOT / "README.md").read_text(encoding="utf-8"))
    if not binder:
        return {}
    repository = f"https://github.com/{binder['owner']}/{binder['name']}"
    return {"binder": binder["folder"], "repository": repository, "home": web.rstrip("/") + "/"}


def pictures(cell):
    """Return those outputs of a cell that `live` has left."""
    return [output for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]


def draw(path, number):
    """Run a notebook as far as the cell with its picture of this number, from 1; return the film of that picture."""
    notebook = nbformat.read(path, as_version=4)
    stored = [place for place, cell in enumerate(notebook.cells) for _ in pictures(cell)]
    end = stored[number - 1] + 1
    notebook.cells = notebook.cells[:end]
    shown = play(notebook, path.name)
    if [each.cell for each in shown] != [place for place in stored if place < end]:
        raise BuildError(f"{path.name} shows other pictures than it has stored. tests/refresh.py stores them anew.")
    text, near = around(nbformat.read(path, as_version=4), stored[number - 1])
    return film(f"{path.stem}-{number}", shown[number - 1].picture, shown[number - 1].controls, text, near)


def around(notebook, place):
    """Return what a reader of a notebook reads, with questions and hints; and of this the section of a cell."""
    words = []
    for number, cell in enumerate(notebook.cells):
        here = "\0" if number == place else ""  # marks the section
        words.append(here + (CODE.sub("", cell.source) if cell.cell_type == "markdown" else ""))
        if cell.cell_type == "code" and (found := ASKS.search(cell.source)):
            asked = questions().get(found[2]) or {"hints": exercise(found[2]).hints}
            words += [asked.get("question", ""), asked.get("then", ""), *asked.get("hints", ())]
            words += [words for option in asked.get("options", ()) for words in (option["text"], option["reason"])]
    text = "\n".join(words)
    return text, next(section for section in re.split("^## ", text, flags=re.MULTILINE) if "\0" in section)


def build(target):
    """Draw the films of all notebooks, and write their pages into the target folder."""
    notebooks = ROOT / "notebooks"
    paths = sorted(notebooks.glob("*.ipynb"))
    lessons = [Lesson(path.stem, nbformat.read(path, as_version=4), []) for path in paths]
    older(target, names(lessons))  # before the long work too: nobody waits for a refusal
    if not addresses():
        words = "README.md names no owner in its last lines, but OWNER: links to Binder and to the source are left out."
        print(words, file=sys.stderr)
    # One picture is one task: a notebook would be too much, as one alone takes a third of the time. To run the cells
    # before a picture once more costs little beside its frames. The last notebooks take longest.
    tasks = [(lesson, number) for lesson in reversed(lessons) for number, _ in enumerate(lesson.pictures, 1)]
    with ProcessPoolExecutor() as pool:
        films = [pool.submit(draw, notebooks / f"{lesson.name}.ipynb", number) for lesson, number in tasks]
        bar = tqdm(as_completed(films), "drawing", len(films), unit="picture", mininterval=1)
        try:
            for each in bar:
                bar.set_postfix_str(each.result().name, refresh=False)
        finally:
            pool.shutdown(cancel_futures=True)  # an error in one picture does not wait for all the others
    for (lesson, _), each in zip(tasks, films, strict=True):
        lesson.films.append(each.result())
    write(lessons, target)


def names(lessons):
    """Return the names of all files in the edition of these lessons."""
    found = [*OURS, *TEACHING, "statland.js", "index.html", "404.html", "icon.svg", "icon.png", MANIFEST]
    found += ["pictures/pictures.css", *(f"pictures/{name}.woff" for name, _ in LETTERS), "pictures/LICENSE_DEJAVU"]
    found += ["card.png", "sitemap.xml"] if addresses() else []  # both need whole addresses
    for lesson in lessons:
        found += [f"{lesson.name}.html", f"{lesson.name}.ipynb", f"pictures/{lesson.name}.svg"]
        for number, _ in enumerate(lesson.pictures, 1):
            found += [f"pictures/{lesson.name}-{number}{end}" for end in (".js", "-all.js", ".svg")]
    return set(found)


def write(lessons, target):
    """Write the edition of these lessons into the target folder, in place of an older one."""
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder)
        write_pages(lessons, pages)  # an error in a page leaves the older edition as it was
        made = {path.relative_to(pages).as_posix() for path in pages.rglob("*") if path.is_file()}
        new = made | {MANIFEST}
        old = older(target, new)
        target.mkdir(parents=True, exist_ok=True)
        record(target, old | new)  # first: should the rest be interrupted, the next build knows every file
        for name in sorted(made):
            (target / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(pages / name, target / name)  # with copytree the target would be as private as this folder
        for name in old - new:
            (target / name).unlink()
        record(target, new)


def older(target, new):
    """Return the names of the files there that earlier builds have written; refuse if new ones would touch others."""
    manifest = target / MANIFEST
    file = any(place.is_file() for place in (target, *target.parents))
    if file or (target.is_dir() and {each.name for each in target.iterdir()} - {DRAFT} and not manifest.is_file()):
        raise BuildError(f"{target} holds something else. Choose a new or empty folder, or the folder of an edition.")
    recorded = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
    home = target.resolve()
    old = [home / name for name in recorded if (home / name).is_file() and inside(home, name)]
    old = {path.relative_to(home).as_posix() for path in old}  # ./index.html is index.html
    for name in sorted(new - old):
        if (home / name).exists() or not inside(home, name):
            raise BuildError(f"{target / name} is there already, and no build has written it. Choose another folder.")
    return old


def inside(home, name):
    """Tell whether a name leads to a place in the folder: no `..`, no root of its own, and no link on its way."""
    path = home / name
    return path.resolve() == path and path.is_relative_to(home)


def record(target, names):
    """Write down which files builds have written, all at one stroke."""
    (target / DRAFT).write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8", newline="\n")
    (target / DRAFT).replace(target / MANIFEST)


def write_pages(lessons, target):
    """Write the pages of these lessons, and all that they need, into an empty folder."""
    (target / "pictures").mkdir()
    for name in OURS:
        (target / name).write_text(bare(name), encoding="utf-8", newline="\n")
    (target / "statland.js").write_text("\n".join(map(bare, JOINED)), encoding="utf-8", newline="\n")
    exporter = HTMLExporter(extra_template_paths=[str(HERE / "template")])
    filters = {"highlight_code": Highlight2HTML("python"), "number": "{:.12g}".format, "is_table": TABLE.search}
    exporter.environment.filters |= filters
    asked = [found[2] for lesson in lessons for cell in lesson.notebook.cells if (found := ASKS.search(cell.source))]
    exercises = {key: exercise(key) for key in asked if key not in questions()}
    shared = {"lessons": lessons, "questions": questions(), "exercises": exercises, "root": "", **addresses()}

    def page(name, template, **content):
        links = partial(linked, lessons, Path(name).stem)
        html = exporter.environment.get_template(template).render(**{**shared, "name": name, "links": links, **content})
        (target / name).write_text(html, encoding="utf-8", newline="\n")

    films = [each for lesson in lessons for each in lesson.films]
    rules = write_letters(target / "pictures", films) + list(map(shape, films))
    (target / "pictures" / "pictures.css").write_text("".join(rules), encoding="utf-8", newline="\n")
    for place, lesson in enumerate(lessons):
        for each in lesson.films:
            write_film(target / "pictures", each)
        (target / "pictures" / f"{lesson.name}.svg").write_bytes(lesson.films[0].whole)
        write_notebook(target, lesson)
        for number, output in enumerate(lesson.pictures):
            output.metadata["film"] = number
        prose = Prose(partial(linked, lessons, lesson.name), first_words(lesson))
        markdown = MarkdownWithMath(prose)
        for cell in lesson.notebook.cells:
            if cell.cell_type == "markdown":
                cell.html = markdown.render(NOT_HERE.sub("", cell.source))
            elif found := ASKS.search(cell.source):
                cell[found[1]] = found[2]
        lesson.terms = [place for _, place in first_words(lesson) if place not in prose.terms.values()]
        page(
            f"{lesson.name}.html",
            "lesson.html.j2",
            lesson=lesson,
            films=lesson.films,
            asks=True,
            headings=prose.headings,
            before=lessons[place - 1] if place else None,
            after=lessons[place + 1] if place + 1 < len(lessons) else None,
        )
    stops = lecture(lessons)
    films = [stop["film"] for stop in stops]
    page(
        "lecture.html",
        "lecture.html.j2",
        plan=plans.plans()["lecture"],
        stops=stops,
        films=films,
        asks=True,
        forgets=True,
    )
    page("glossary.html", "glossary.html.j2", films=[], terms=list(explained(lessons)))
    write_worksheet(target)
    heart = next(lesson for lesson in lessons if lesson.name.startswith(HEART))
    page("index.html", "front.html.j2", films=[heart.films[0].first])
    home = addresses().get("home", "")
    page("404.html", "404.html.j2", films=[], root=urlsplit(home).path)  # a host shows it at any depth
    for kind in ("svg", "png"):
        (target / f"icon.{kind}").write_bytes(icon(kind))
    if home:
        picture = base64.b64decode(heart.pictures[0].data["image/png"])
        words = "Recurrent neural\nnetworks, to be\nmoved by hand"
        (target / "card.png").write_bytes(card(picture, "StatLand", words))
        page("sitemap.xml", "sitemap.xml.j2")


def bare(name):
    """Return a script or a style of this folder without the lines that are comments: they stay in the sources."""
    return re.sub(COMMENTS, "", (HERE / name).read_text(encoding="utf-8"), flags=re.MULTILINE)


def lecture(lessons):
    """Return the pictures of the lecture in order: the minute in which each begins, its row, its lesson, its film."""
    shown = {(lesson.name[:2], k): (lesson, each) for lesson in lessons for k, each in enumerate(lesson.films, 1)}
    stops = []
    for start, row in plans.path("lecture"):
        place = row["at"][0], row["picture"]
        if place in shown:  # an edition of some lessons has some of the lecture
            stops.append({"start": start, "row": row, "lesson": shown[place][0], "film": shown[place][1]})
    return stops


def first_words(lesson):
    """Yield each word that stands for a term when a lesson sets it in bold first, with its place in the glossary."""
    for term, (word, _, _) in glossary.first_bold(lesson.name[:2]).items():
        yield word, glossary.anchor(term)


def explained(lessons):
    """Yield each term of the glossary: its place, its words in HTML, and the lessons that set it in bold."""
    prose = Prose(partial(linked, lessons, ""))
    words = MarkdownWithMath(prose)

    def inline(text):
        return re.sub(r"^<p>|</p>\s*$", "", words.render(text))

    for term, entry in sorted(glossary.terms().items(), key=lambda each: each[0].lower()):
        place = glossary.anchor(term)
        used = [lesson for lesson in lessons if place in lesson.terms] or lessons[:1]
        parts = {name: inline(entry.get(name, "")) for name in ("says", "letter", "episode")}
        yield {"place": place, "term": inline(term), **parts, "used": used}


def write_worksheet(target):
    """Write the worksheet to print, its style in a file of its own, as a strict host wants it. Its key stays out."""
    sheet = worksheet.worksheet()
    style = re.search(r"<style>\n(.*?)</style>\n", sheet, flags=re.DOTALL)
    (target / "worksheet.css").write_text(style[1], encoding="utf-8", newline="\n")
    link = '<link rel="stylesheet" href="worksheet.css">\n'
    (target / "worksheet.html").write_text(sheet.replace(style[0], link), encoding="utf-8", newline="\n")


def write_film(folder, film):
    """Write a film as scripts, which a page can load from the disk too, and the part that stands still as SVG.

    The first script holds the first control's frames. The second, if there are more controls, holds all.
    """
    for end, part in {"": film.first, **({"-all": film} if len(film.tracks) > 1 else {})}.items():
        values = [each.values if each.kind in ("slider", "player") else len(each.values) for each in part.tracks]
        frames = {"values": values, "slots": part.slots, "sentences": part.sentences}
        script = f"film({json.dumps(film.name)}, {json.dumps(frames, ensure_ascii=False, separators=(',', ':'))});\n"
        (folder / f"{film.name}{end}.js").write_text(script, encoding="utf-8", newline="\n")
    (folder / f"{film.name}.svg").write_bytes(film.still)


def shape(film):
    """Return the style rules of a picture: how wide it is for its height, and where it can be taken hold of.

    They stand in no page, for a strict host lets a page have no style of its own.
    """
    figure, places = f'[id="{film.name}"]', []
    for number, hand in enumerate(film.hands):
        sides = {name: f"{100 * getattr(hand, name):.2f}%" for name in ("left", "top", "width", "height")}
        rules = "; ".join(f"{name}: {side}" for name, side in sides.items())
        places.append(f"{figure} .hand-{number} {{ {rules} }}\n")
    return f"{figure} {{ --ratio: {film.size[0] / film.size[1]:.3f} }}\n" + "".join(places)


def write_letters(folder, films):
    """Write the pictures' typeface, with no letter that they don't need: on every device they look the same.

    Return the style rules that name it.
    """
    shown = "".join(drawing for film in films for drawings, _ in film.slots for drawing in drawings)
    letters = set(unescape("".join(re.findall(r">([^<]+)<", shown))))
    fonts, rules = Path(mpl.get_data_path()) / "fonts" / "ttf", []
    for name, weight in LETTERS:
        options = subset.Options(flavor="woff", layout_features=[], hinting=False)  # a drawing is scaled anyway
        options.drop_tables += ["FFTM"]  # a date
        font = subset.load_font(fonts / f"{name}.ttf", options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=map(ord, letters))
        subsetter.subset(font)
        subset.save_font(font, str(folder / f"{name}.woff"), options)
        rules.append(f'@font-face {{ font-family: "DejaVu Sans"; font-weight: {weight}; src: url({name}.woff) }}\n')
    shutil.copy(fonts / "LICENSE_DEJAVU", folder)
    return rules


INSTALL = """# Run this cell first: it installs StatLand, the course's own package, if it is not here yet.
from importlib.util import find_spec

{place}if find_spec("statland") is None:
    %pip install --quiet "statland @ {source}\""""
FOLDER = """from pathlib import Path

course = ".."  # the folder of the course, with pyproject.toml in it: write where it lies on your computer
"""


def write_notebook(target, lesson):
    """Write the notebook without its outputs, which its reader makes anew; first comes what installs StatLand."""
    bare = nbformat.from_dict(json.loads(json.dumps(lesson.notebook)))
    repository = addresses().get("repository")
    source = f"{repository}/archive/HEAD.zip" if repository else "{Path(course).resolve().as_uri()}"
    install = nbformat.v4.new_code_cell(INSTALL.format(place="" if repository else FOLDER, source=source), id="install")
    bare.cells.insert(0, install)
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(bare, target / f"{lesson.name}.ipynb")


if __name__ == "__main__":
    parser = ArgumentParser(description="Write the web edition, every slider alive and no kernel.")
    parser.add_argument("target", nargs="?", type=Path, default=HERE / "_build", help="a folder other than web/_build")
    try:
        build(parser.parse_args().target)
    except BuildError as problem:
        sys.exit(str(problem))

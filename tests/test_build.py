"""What a build does to the folder it is given: it replaces and removes its own files, and leaves all else alone."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import build
import nbformat
import pytest
from course import ROOT
from IPython.core.interactiveshell import InteractiveShell

MINE = b"mine"  # what the reader has put somewhere
OPENING = "# 6. Small\n\n**The question:** is it small?\n\n**Time:** 3 minutes."
PICTURE = """
from matplotlib.figure import Figure
from statland.live import live

class Word:
    alt = "A word."

    def __init__(self):
        self.figure = Figure(figsize=(2, 1))
        self.word = self.figure.text(0.5, 0.5, "", animated=True)

    def update(self, value=0):
        self.word.set_text(f"word {value}")
        return f"It says {value}."
"""


def store(path, *cells):
    """Store a notebook with these code cells; a cell has a stored picture for each `live` in it."""
    make = nbformat.v4
    made = [make.new_markdown_cell(OPENING), make.new_code_cell(PICTURE)]
    for source in cells:
        outputs = [make.new_output("display_data", data={"image/png": ""}) for _ in range(source.count("live("))]
        made.append(make.new_code_cell(source, outputs=outputs))
    for place, cell in enumerate(made):
        cell.id = f"cell-{place}"  # a new cell has an id by chance
    notebook = make.new_notebook(cells=made)
    nbformat.write(notebook, path)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one notebook with two pictures, in place of the real one; return the notebook's path."""
    notebooks = tmp_path / "course" / "notebooks"
    notebooks.mkdir(parents=True)
    shutil.copy(ROOT / "README.md", tmp_path / "course")
    monkeypatch.setattr(build, "ROOT", tmp_path / "course")
    store(notebooks / "06_small.ipynb", "live(Word(), value=(0, 1))", "live(Word(), value=(0, 2))")
    return notebooks / "06_small.ipynb"


@pytest.fixture
def idle(monkeypatch):
    """Nothing can be drawn: a build that tries would keep the reader waiting."""
    monkeypatch.delattr(build, "ProcessPoolExecutor")


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    """Make lessons of one picture each, for one name the same."""
    folder = tmp_path_factory.mktemp("lessons")

    def one(name="06_small"):
        path = folder / f"{name}.ipynb"
        store(path, "live(Word(), value=(0, 1))")
        return build.Lesson(name, nbformat.read(path, as_version=4), [build.draw(path, 1)])

    return one


def written(lesson):
    """Return the names of all files in the edition of a lesson whose one picture has one control."""
    return build.names([lesson]) - {f"pictures/{lesson.name}-1-all.js"}


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_building_into_a_copy_of_the_web_folder_is_refused_and_leaves_every_byte(tmp_path):
    for name in ("web", "teaching", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("_build", "__pycache__"))
    shutil.copy(ROOT / "README.md", tmp_path)
    before = files(tmp_path)
    command = [sys.executable, "-B", "build.py", "."]
    run = subprocess.run(command, cwd=tmp_path / "web", capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (1, "")
    assert re.fullmatch(r"\. holds something else\. .*\n", run.stderr), "one line, no traceback and no progress"
    assert files(tmp_path) == before


@pytest.mark.parametrize("held", ["precious.txt", "index.html", ".git/HEAD"])
def test_a_folder_without_an_edition_is_refused_before_anything_is_drawn(held, course, idle, tmp_path):
    (tmp_path / "site" / held).parent.mkdir(parents=True)
    (tmp_path / "site" / held).write_bytes(MINE)
    for target in (tmp_path / "site", tmp_path / "site" / held, tmp_path / "site" / held / "below"):
        with pytest.raises(build.BuildError, match=r"holds something else\. Choose a new or empty folder"):
            build.build(target)
    assert files(tmp_path / "site") == {held: MINE}


def test_a_new_edition_takes_the_place_of_the_older_one_and_leaves_alone_all_else(lesson, tmp_path):
    build.write([lesson("06_older")], tmp_path)
    others = {"CNAME": MINE, ".git/HEAD": MINE, "pictures/mine.svg": MINE}
    for name, content in others.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    build.write([lesson()], tmp_path)
    build.write([lesson()], tmp_path / "new" / "one")
    assert files(tmp_path / "new" / "one") | others == {
        name: content for name, content in files(tmp_path).items() if not name.startswith("new/")
    }
    assert "06_small.html" in files(tmp_path)


def test_a_file_that_no_build_has_written_is_not_overwritten(lesson, course, idle, tmp_path):
    build.write([lesson("06_older")], tmp_path / "site")
    (tmp_path / "site" / "06_small.html").write_bytes(MINE)
    before = files(tmp_path / "site")
    with pytest.raises(build.BuildError, match=r"06_small\.html is there already, and no build has written it"):
        build.build(tmp_path / "site")
    assert files(tmp_path / "site") == before


def test_a_manifest_or_a_link_that_leads_outside_touches_nothing_there(lesson, tmp_path):
    target, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_bytes(MINE)
    build.write([lesson()], target)
    (target / "link").symlink_to(outside)
    with open(target / build.MANIFEST, "a", encoding="utf-8") as manifest:
        manifest.write(f"../outside/mine.txt\nlink/mine.txt\n{outside}/mine.txt\n./index.html\n{target}/index.html\n")
    build.write([lesson()], target)
    assert set(files(target)) == written(lesson()), "nor is a page lost that has two names"
    shutil.rmtree(target / "pictures")
    (target / "pictures").symlink_to(outside)
    with pytest.raises(build.BuildError, match="no build has written it"):
        build.write([lesson()], target)
    assert files(outside) == {"mine.txt": MINE}


def test_an_interrupted_write_can_be_repeated(lesson, tmp_path, monkeypatch):
    build.write([lesson("06_older")], tmp_path)

    copy = shutil.copyfile

    def half(source, to, **how):
        if to == tmp_path / "07_more.html":
            to.write_bytes(b"")
            raise KeyboardInterrupt
        return copy(source, to, **how)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", half)
        with pytest.raises(KeyboardInterrupt):
            build.write([lesson(), lesson("07_more")], tmp_path)
    assert "06_older.html" in files(tmp_path), "the older edition is there as long as possible"
    build.write([lesson()], tmp_path)
    assert set(files(tmp_path)) == written(lesson())


def test_a_build_interrupted_at_its_first_file_can_be_repeated(lesson, tmp_path):
    (tmp_path / build.DRAFT).write_bytes(b"")
    build.write([lesson()], tmp_path)
    assert set(files(tmp_path)) == written(lesson())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_who_may_read_the_folder_is_not_changed(lesson, tmp_path):
    for mode in (0o755, 0o2775):
        tmp_path.chmod(mode)
        build.write([lesson()], tmp_path)
        assert tmp_path.stat().st_mode & 0o7777 == mode


def test_a_build_draws_each_picture_in_its_place_and_names_it_on_stderr(course, tmp_path, capsys):
    build.build(tmp_path / "site")
    said = capsys.readouterr()
    assert said.out == ""
    assert re.search(r"\b2/2\b.*\b06_small-[12]\b", said.err)
    page = (tmp_path / "site" / "06_small.html").read_text(encoding="utf-8")
    assert re.findall(r'<figure class="picture rows-\d" id="(.*?)"', page) == ["06_small-1", "06_small-2"]
    assert [len(build.draw(course, number).sentences) for number in (1, 2)] == [2, 3]


def test_a_notebook_whose_stored_pictures_are_not_those_that_it_shows_is_refused(course):
    show = "live(Word(), value=(0, 1))"
    store(course, show.replace("live(", "live ("), show)  # the first one has no output
    with pytest.raises(build.BuildError, match=r"06_small\.ipynb shows other pictures than it has stored"):
        build.draw(course, 1)


@pytest.mark.parametrize("line", ["# ", "**The question:**", "**Time:**"])
def test_a_first_cell_without_a_line_that_the_pages_need_is_told_which(line):
    cell = nbformat.v4.new_markdown_cell(OPENING.replace(line, ""))
    with pytest.raises(build.BuildError, match=f"The first cell of 06_small .*{re.escape(line)}"):
        build.Lesson("06_small", nbformat.v4.new_notebook(cells=[cell]), [])


# --- an owner: what is on the network and where


@pytest.fixture(params=["OWNER", "ada"])
def owner(request, course):
    """The course with this owner in the README's last lines."""
    readme = build.ROOT / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8").replace("OWNER", request.param), encoding="utf-8")
    return request.param


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_the_pages_lead_to_an_owner_or_say_on_stderr_that_there_is_none(owner, course, tmp_path, capsys):
    notebook = nbformat.read(course, as_version=4)
    for picture in (output for cell in notebook.cells for output in build.pictures(cell)):
        picture.data["image/png"] = PIXEL
    notebook.cells.append(nbformat.v4.new_code_cell('check("06.2", 0)'))  # its answer is code: the page leads to it
    nbformat.write(notebook, course)
    build.build(tmp_path / "site")
    known = owner == "ada"
    assert ("README.md names no owner" in capsys.readouterr().err) != known
    made = files(tmp_path / "site")
    named = build.names([build.Lesson("06_small", notebook, [])])
    assert set(made) == {name for name in named if not name.endswith("-all.js")}, "each picture here has one control"
    assert ("card.png" in made, "sitemap.xml" in made) == (known, known)
    text = {name: content.decode() for name, content in made.items() if name.endswith((".html", ".ipynb", ".xml"))}
    assert not [name for name, words in text.items() if "OWNER" in words or 'href=""' in words]
    for name in ("index.html", "06_small.html"):
        places = ("https://mybinder.org/v2/gh/ada/statland/main?", 'href="https://github.com/ada/statland"')
        social = (
            'rel="canonical" href="https://ada.github.io/statland/',
            'content="https://ada.github.io/statland/card.png"',
        )
        assert [place in text[name] for place in (*places, *social)] == [known] * 4, name
        assert 'property="og:title"' in text[name]
    if known:
        assert made["card.png"][16:24] == bytes.fromhex("000004b0 00000276"), "1200 x 630"
        assert "<loc>https://ada.github.io/statland/06_small.html</loc>" in text["sitemap.xml"]
        assert 'href="/statland/statland.css"' in text["404.html"], "at any depth"


def test_a_downloaded_notebook_first_installs_the_package_and_only_where_it_is_missing(
    owner, lesson, tmp_path, monkeypatch
):
    build.write_notebook(tmp_path, lesson())
    cell = nbformat.read(tmp_path / "06_small.ipynb", as_version=4).cells[0]
    source = "https://github.com/ada/statland/archive/HEAD.zip" if owner == "ada" else Path.cwd().parent.as_uri()
    shell = InteractiveShell()
    asked = []
    shell.register_magic_function(asked.append, magic_name="pip")
    shell.run_cell(cell.source, silent=True).raise_error()
    assert asked == [], "statland is here"
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    shell.run_cell(cell.source, silent=True).raise_error()
    assert asked == [f'install --quiet "statland @ {source}"']


# --- prose: what a page makes of a notebook's words


def prose(words, here="09_attention"):
    names = ("02_feedback_loop", "06_gradients", "09_attention")
    lessons = [type("Named", (), {"name": name}) for name in names]
    rendered = build.Prose(build.partial(build.linked, lessons, here))
    return build.MarkdownWithMath(rendered).render(words), rendered


def test_a_lesson_that_the_prose_names_is_a_link_and_a_number_is_not():
    page, _ = prose(
        "Notebooks 02 and 06, notebook 02, 0.06 and `06`, 1,006; 09 is here, [notebook 06](06_gradients.ipynb)."
    )
    link = '<a href="02_feedback_loop.html">{}</a>'.format
    six = '<a href="06_gradients.html">{}</a>'.format
    words = (
        f"Notebooks {link('02')} and {six('06')}, {link('notebook 02')}, 0.06 and <code>06</code>, 1,006; 09 is here, "
    )
    words += f"{six('notebook 06')}."
    assert page == f"<p>{words}</p>\n"


def test_a_heading_has_a_link_on_itself_with_a_name():
    page, rendered = prose("## What `h` of 06 is")
    name, text = rendered.headings[0]
    assert f'<h2 id="{name}">{text}</h2><a href="#{name}" aria-label="Link to: What h of 06 is">#</a>' in page
    assert "<a" not in text


def test_what_cannot_be_broken_is_in_a_block_that_scrolls():
    page, _ = prose("$$x_1$$\n\n| | a |\n|---|---|\n| b | 1 |")
    assert [kind in page for kind in ('data-name="Formula"><math', 'data-name="Table"><table>')] == [True, True]
    assert "<th></th>" not in page
    assert build.TABLE.search("w   1\nb  20")
    assert build.TABLE.search("def step():\n    return 1")
    assert not build.TABLE.search("rate 0.1: after 10 steps w is 4.395\nrate 1.0: after 10 steps w is 2.004\n")

"""What a teacher has in hand is true: minutes add up, places exist, pages are fresh, the worksheet tells nothing."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import glossary
import guide
import nbformat
import numpy as np
import plans
import pytest
import worksheet
import write
from build import around
from course import ROOT
from film import Track, named, thinned
from places import NOTEBOOKS, exercise_minutes, sections, source

from statland import STATLAND_LSTM_WEIGHTS, STATLAND_WEIGHTS, lstm_forward, rnn_forward, with_forget_bias
from statland.diagnosis import LETTERS, exercise, questions
from statland.pictures.clipped import STEPS, descent
from statland.prices import COMPANY_A, COMPANY_B, is_right

TEACHING = ROOT / "teaching"
ROWS = [(name, row) for name, plan in plans.plans().items() for row in plan["rows"]]
LEVELS = {"calculate", "predict", "explain", "compare", "decide", "design"}
of_each_plan = pytest.mark.parametrize("name", plans.plans())
of_each_notebook = pytest.mark.parametrize("number", NOTEBOOKS)


def in_a_notebook():
    """Return the questions that a notebook asks."""
    return {key: asked for key, asked in questions().items() if key[:2] in NOTEBOOKS}


# --- pages


@pytest.mark.parametrize("name", write.PAGES)
def test_no_page_has_fallen_behind_its_sources(name):
    assert (TEACHING / name).read_text(encoding="utf-8") == write.PAGES[name](), "run teaching/write.py"


@pytest.mark.parametrize("page", sorted(TEACHING.glob("*.md")), ids=lambda page: page.stem)
def test_the_links_of_a_page_lead_to_a_file_and_to_a_heading_in_it(page):
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        name, _, heading = target.partition("#")
        path = page.parent / name
        assert path.exists(), target
        if heading and path.suffix == ".md":
            titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert heading in [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles], target


@pytest.mark.parametrize("page", ["guide.md", "plans.md", "glossary.md"])
def test_each_row_of_a_table_has_as_many_cells_as_its_head(page):
    for table in re.findall(r"(?:^\|.*\n)+", (TEACHING / page).read_text(encoding="utf-8"), flags=re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1, table[:200]


# --- questions


@pytest.mark.parametrize("key", in_a_notebook())
def test_every_question_has_the_wrong_option_that_most_choose_and_what_to_ask_then(key):
    most = [option for option in questions()[key]["options"] if option.get("most")]
    assert [option.get("right", False) for option in most] == [False]
    ask = questions()[key]["ask"]
    assert ask.endswith("?")
    assert 20 <= len(ask) <= 120
    told = [questions()[key]["question"], *(option["reason"] for option in questions()[key]["options"])]
    assert ask not in told


@of_each_notebook
def test_the_guide_has_a_question_for_each_objective_and_each_misconception(number):
    about = source("guide.toml")[number]
    assert about["can"].keys() == LEVELS
    asked = [key for section in sections(number).values() for key in section.asks]
    shown = [key for what, key in about["can"].values()]
    assert set(shown) <= set(asked)
    assert len(set(shown)) == len(shown)
    assert len(about["think"]) >= 4
    for place in about["think"]:
        name, letter = place.split()
        option = questions()[f"{number}.{name}"]["options"][LETTERS.index(letter)]
        assert not option.get("right"), f"{place} is no misconception: it is right"


def test_the_guide_has_every_question_and_every_exercise_once():
    text = (TEACHING / "guide.md").read_text(encoding="utf-8")
    asked = [key for number in NOTEBOOKS for section in sections(number).values() for key in section.asks]
    assert re.findall(r"^### (.+)$", text, flags=re.MULTILINE) == asked
    assert set(in_a_notebook()) <= set(asked)


# --- plans


@of_each_plan
def test_the_minutes_of_a_plan_add_up(name):
    plan = plans.plans()[name]
    assert sum(row["minutes"] for row in plan["rows"]) == plan["minutes"]
    assert str(plan["minutes"]) in plan["title"] or name == "week"
    *_, last = re.findall(r"^\| \d+–(\d+) \|", "\n".join(plans.one(plan)), flags=re.MULTILINE)
    assert int(last) == (60 if name == "week" else plan["minutes"])


def test_each_day_of_the_week_has_an_hour():
    days = []
    for row in plans.plans()["week"]["rows"]:
        days += [0] if "day" in row else []
        days[-1] += row["minutes"]
    assert days == [60] * 5


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_a_row_has_time_for_what_it_asks_and_shows_and_its_place_exists(name, row):
    assert row["minutes"] >= plans.least(row)
    known = {"minutes", "at", "picture", "ask", "do", "cut", "day", "home", "covered", "compare", "saw"}
    assert set(row) <= known
    if "at" in row:
        number, heading = row["at"]
        section = sections(number)[heading]
        assert set(row.get("ask", [])) <= set(section.asks)
        assert "picture" not in row or row["picture"] in section.pictures
    else:
        assert not {"picture", "ask"} & row.keys()
    for key in row.get("home", []):
        assert exercise_minutes(key[:2])[key]
        assert key in questions() or exercise(key)


def test_what_a_plan_sets_can_be_set_in_the_notebook_and_on_the_web(notebook, all_pictures):
    """In the text of a row, numbers after a name in code are values of this control."""
    number = next(number for number, path in NOTEBOOKS.items() if path == notebook)
    for _, row in ROWS:
        if "picture" in row and row["at"][0] == number:
            shown = all_pictures[row["picture"] - 1]
            text = around(nbformat.read(notebook, as_version=4), shown.cell)
            tracks = {each.name: each for each in thinned(named(list(map(Track.of, shown.controls)), *text))}
            options = {label for track in tracks.values() for label in track.labels}
            for name, text in re.findall(r"`([^`]+)`((?:[^`.;:]|\.\d)*)", row["do"]):
                assert name in tracks.keys() | options, row["do"]
                for value in re.findall(r"-?\d+(?:\.\d+)?", text):
                    assert float(value) in map(pytest.approx, tracks[name].values), f"{name} = {value}: {row['do']}"
            for name, value in row.get("compare", {}).items():
                track = tracks[name]
                assert value in (track.labels if isinstance(value, str) else track.values), f"{name} = {value}"


def test_what_the_scripts_say_of_pictures_is_true():
    said = {name: "".join(row["do"] for of, row in ROWS if of == name) for name in ("lecture", "lab")}
    prices = np.transpose([COMPANY_A, COMPANY_B])
    a, b = (", ".join(f"{price:g}" for price in each) for each in prices.T)
    assert f"A {a} → 0, and B {b} → 1." in said["lecture"]
    assert "it is wrong for both, everywhere" in said["lecture"]
    for w_h in np.linspace(-1, 1, 201):
        y = rnn_forward(prices, replace(STATLAND_WEIGHTS, w_h=w_h)).y[-1]
        assert not is_right(y[0], 0)
        assert not is_right(y[1], 1)
    assert "from 0 on the LSTM is right about both" in said["lecture"]
    rights = []
    for b_f in (-0.1, *np.linspace(0, 6, 61)):
        h = lstm_forward(prices, with_forget_bias(STATLAND_LSTM_WEIGHTS, b_f)).h[-1]
        rights.append(bool(is_right(h[0], 0) and is_right(h[1], 1)))
    assert rights == [False] + [True] * 61
    assert "c of A stays below 0, and c of B rises to 2.4." in said["lecture"]
    c = lstm_forward(prices, with_forget_bias(STATLAND_LSTM_WEIGHTS, 2.0)).c[1:]
    assert max(c[:, 0]) < 0
    assert list(c[:, 1]) == sorted(c[:, 1])
    assert f"{c[-1, 1]:.1f}" == "2.4"
    assert "with 1 it ends at 0.990, with 5 at 0.950, with 0.25 at 0.985." in said["lab"]
    for threshold, end in ((1.0, "0.990"), (5.0, "0.950"), (0.25, "0.985")):
        assert f"{descent(1.05, threshold, STEPS)[-1]:.3f}" == end
    assert f"the minimum is at {1 / (STATLAND_WEIGHTS.w_x * STATLAND_WEIGHTS.w_y):.3f} now" in said["lab"]  # two days


def test_the_axis_of_the_worksheet_has_the_days_that_the_lab_sets():
    assert f"`days` {worksheet.DAYS}," in "".join(row["do"] for name, row in ROWS if name == "lab")


@of_each_plan
def test_what_to_cut_first_has_an_order_and_spares_the_heart(name):
    cut = [row for row in plans.plans()[name]["rows"] if "cut" in row]
    assert sorted(row["cut"] for row in cut) == list(range(1, len(cut) + 1))
    assert len(cut) >= 2
    assert all("at" in row and "06.heart" not in row["ask"] for row in cut)


def test_the_lecture_is_a_path_of_pictures_that_ends_at_the_lstm():
    rows = [row for _, row in plans.path("lecture")]
    numbers = [row["at"][0] for row in rows]
    assert numbers == sorted(numbers)
    assert numbers[-1] == "08"
    assert all(row["ask"] for row in rows), "no picture without its guess"


@pytest.mark.parametrize("name", ["lecture", "lab"])
def test_a_script_has_every_row_and_for_every_question_all_that_is_said_and_asked(name):
    text, plan = guide.script(name), plans.plans()[name]
    rows = plan["rows"]
    assert [said for said in (plan["before"], plan["how"], *(row["do"] for row in rows)) if said not in text] == []
    assert "**If time runs short,** leave out in this order: " in text
    for key in (key for row in rows for key in row.get("ask", ()) if key in questions()):
        question = questions()[key]
        assert text.count(question["question"]) == 1
        assert question["ask"] in text
        assert [option["text"] for option in question["options"] if option["text"] not in text] == []
        ((place, _),) = [each for each in enumerate(question["options"]) if each[1].get("right")]
        assert f"- **{LETTERS[place]}) {question['options'][place]['text']}**: right" in text


def test_half_a_day_and_a_week_pass_through_all_notebooks():
    for name in ("half_day", "week"):
        assert {row["at"][0] for row in plans.plans()[name]["rows"] if "at" in row} == set(NOTEBOOKS)


# --- the worksheet


class Answers(HTMLParser):
    """What stands in the boxes and in the other places for answers, and all text of a sheet."""

    def __init__(self, html):
        super().__init__()
        self.boxes, self.found, self.open, self.text = [], [], None, ""
        self.feed(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))

    def handle_starttag(self, tag, attributes):
        kind = re.search(r"\b(answer|box)\b", dict(attributes).get("class") or "")
        if kind:
            self.open = self.boxes if kind[1] == "box" else self.found
            self.open.append("")

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        self.text += data
        if self.open:
            self.open[-1] += data


def test_the_worksheet_has_no_answer_and_its_key_has_all():
    sheet, key = Answers(worksheet.worksheet()), Answers(worksheet.worksheet_key())
    asked = worksheet.guesses()
    assert len(sheet.found) == len(key.found) >= 30
    assert len(sheet.boxes) == sum(len(guess["options"]) for guess in asked) > 20
    assert set(sheet.found + sheet.boxes) == {""}
    assert key.boxes.count("×") == len(asked)
    assert all(key.found)
    assert {guess["saw"] for guess in asked} <= set(key.found)


def test_no_reason_no_mark_and_no_number_of_the_key_is_in_the_worksheet():
    html, sheet, key = worksheet.worksheet(), Answers(worksheet.worksheet()), Answers(worksheet.worksheet_key())
    reasons = [option["reason"] for asked in questions().values() for option in asked["options"]]
    assert not [reason for reason in reasons if reason in html]
    assert worksheet.SENTENCE not in html
    assert "most choose" not in html
    assert not [guess["saw"] for guess in worksheet.guesses() if f">{guess['saw']}<" in html]
    assert html.count("<circle") == 2, "the last two days are done"
    assert worksheet.worksheet_key().count("<circle") == worksheet.DAYS
    given = {"0", "1", "1.8", "-0.5", "14", "15"}  # prices and weights; and 14 and 15 are figures of other numbers
    answers = set(filter(re.compile(r"-?[\d.]+$").match, key.found)) - given
    chains = sheet.text.partition("2. A chain by hand")[2]
    assert {"0.9", "0.45", "0.495", "-0.9", "0.99", "0.25", "-15", "-14"} <= answers
    assert not answers & set(re.findall(r"-?\d+(?:\.\d+)?", chains))


def test_the_numbers_of_the_key_are_those_of_the_unit_by_hand():
    first, second = map(worksheet.chain, worksheet.CHAINS)
    assert dict(first["rows"])["h, after ReLU"] == ["1.8", "0.9", "0.45"]  # 1.8, 1.8 - 0.9, 0.9 - 0.45
    assert dict(second["rows"])["z, the sum of both"] == ["1.8", "-0.9", "0.9"]  # shut on day 2
    assert [chain["y"] for chain in (first, second)] == ["0.495", "0.99"]
    assert [chain["verdict"] for chain in (first, second)] == ["no", "yes"]
    words = "later: if h of day 1 were 1 larger, each h would change by"
    assert [dict(chain["rows"])[words] for chain in (first, second)] == [["1", "-0.5", "0.25"], ["1", "0", "0"]]
    half, double = worksheet.axis()["questions"]
    assert (half["hidden"], half["low"], half["high"]) == ("1 to 4", -15, -14)  # 0.5**7 is 0.0078
    assert (double["hidden"], double["low"], double["high"]) == ("8 to 11", 14, 15)


@pytest.mark.parametrize("name", ["worksheet.html", "worksheet_key.html"])
def test_the_sheet_is_two_pages_of_a4_in_black_and_white_in_letters_of_ten_points(name, browser):
    page = browser.new_page()
    page.goto((TEACHING / name).as_uri())
    page.emulate_media(media="print")
    sizes = page.evaluate("""() => [...document.body.querySelectorAll("*")].filter(each => each.textContent.trim())
        .map(each => parseFloat(getComputedStyle(each).fontSize))""")
    assert min(sizes) >= 10 * 96 / 72 - 0.01
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    sides = re.search(rb"/MediaBox \[0 0 (\S+) (\S+)\]", pdf).groups()
    assert [float(side) for side in sides] == pytest.approx([595, 842], abs=1.5), "A4 in points"
    html = (TEACHING / name).read_text(encoding="utf-8")
    colours = re.findall(r"#([0-9a-f]{3,6})\b", html)
    assert all(len(set(colour)) == 1 for colour in colours), "black, white or grey"
    assert not re.search(r"https?://|<script|<img|url\(", html), "it needs nothing else"


# --- the glossary


def test_every_bold_term_has_an_entry_and_every_entry_is_bold_somewhere():
    words = {word for number in NOTEBOOKS for word, _, _ in glossary.bold_words(number)}
    emphasis = set(source("glossary.toml")["emphasis"])
    assert {word for word in words if not glossary.term_of(word)} == emphasis
    entries = {word.lower() for term, each in glossary.terms().items() for word in each.get("bold", [])}
    assert entries <= {word.lower() for word in words}, "an entry's other word is bold nowhere"
    assert set(glossary.terms()) == {term for number in NOTEBOOKS for term in glossary.first_bold(number)}


@pytest.mark.parametrize("term", glossary.terms())
def test_a_term_is_said_in_one_plain_sentence(term):
    entry = glossary.terms()[term]
    assert set(entry) <= {"says", "letter", "episode", "bold"}
    assert re.fullmatch(r"[A-Z][^.!?]*(?:\d\.\d[^.!?]*)*\.", entry["says"]), "one sentence"
    assert len(entry["says"].split()) <= 32


def test_what_names_a_line_or_an_exercise_is_no_term():
    words = [word for number in NOTEBOOKS for word, _, _ in glossary.bold_words(number)]
    assert "The question:" not in words
    assert not [word for word in words if re.match(r"\d", word)]
    assert len(words) > 80


@of_each_notebook
def test_the_first_bold_word_of_a_term_stands_where_the_glossary_says(number):
    cells = nbformat.read(NOTEBOOKS[number], as_version=4).cells
    for term, (word, place, heading) in glossary.first_bold(number).items():
        assert f"**{word}**" in cells[place].source
        before = "\n".join(cell.source for cell in cells[:place] if cell.cell_type == "markdown")
        assert f"**{word}**" not in glossary.CODE.sub("", before)
        assert heading is None or heading in sections(number), term

"""A storm over every page of the web edition: seeded random events, as a reader with mouse and keyboard makes them.

`python tests/web_storm.py SITE` makes 10,000 events in Chromium; `--events 500 --seed 7` so many of others; names of
pages as further arguments. It ends with an error if a page reports one, if something does not go where the event sends
it, if slider, number box, sentence, spoken sentence, name and drawing of a picture are not those that its film has for
this place, or if something stays behind. What is expected is worked out here, from the files of the films. The timers
of a page follow a clock that the storm moves on, so that the same seed is the same storm.
"""

import argparse
import json
import re
import sys
from math import inf, isfinite
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote

import numpy as np

sys.path.append(str(Path(__file__).parents[1] / "web"))
from course import NOTEBOOKS, chromium

PAGES = ["index", *(path.stem for path in NOTEBOOKS), "404"]
MORE_HEAP = 0.1  # the share by which it may have grown when a page stands as it stood before
WARM = 10  # after one of so many parts of the second half it is measured: what a page takes once is no growth
UNDO = 3  # nodes for an event: a browser keeps what was typed, to undo it
MORE_NODES = 0.02  # and a share of all nodes, of its own for each field that is touched first
QUIET = 700  # milliseconds until a sentence is spoken
KEYS = {"ArrowUp": 1, "ArrowDown": -1, "PageUp": 10, "PageDown": -10}  # of a number box
ABSURD = ("NaN", "1e309", "-1e309", "-0", "1,5", "", "-", "1e", "1e-320", "+5", "0x10", "9" * 400, "0." + "3" * 300)
LINKED = ("", "NaN", "%ZZ", "%00", "1e309", "-0", "1,5", "null", "<b>", "9" * 3000, "😀", "Infinity", "2 days")
SIZES = ((360, 740), (740, 330), (768, 1024), (1280, 720))
COPIED = ("Copied: this page, with the picture as it stands.", "Copy it from the field.")

CLOCK = """
(() => {
  const due = new Map();
  let now = 0, made = 0;
  const real = window.setTimeout;
  window.painted = () => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
    real(done, 1000); // a browser without a screen may stop painting
  });
  const plan = (again) => (act, wait = 0) => (due.set(++made, { act, at: now + wait, every: again && wait }), made);
  [window.setTimeout, window.setInterval] = [plan(false), plan(true)];
  window.clearTimeout = window.clearInterval = (id) => void due.delete(id);
  window.pass = (span) => {
    for (const end = now + span; ; ) {
      const [id, next] = [...due].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (!next || next.at > end) return void (now = end);
      now = next.at;
      next.every === false ? due.delete(id) : (next.at += next.every);
      next.act();
    }
  };
  if (navigator.clipboard) navigator.clipboard.writeText = async (text) => {
    if (window.refuses) throw new Error("refused");
    window.copied = text;
  };
})()"""

STANDS = """
(figure) => {
  const words = (css) => figure.querySelector(css).textContent;
  const rows = [...figure.querySelectorAll(".control")].map((row) => {
    const find = (css) => row.querySelector(css);
    const [range, menu, check] = ["[type=range]", "select", "[type=checkbox]"].map(find);
    if (range) return [Number(range.value), find("[type=number]").value, range.getAttribute("aria-valuetext")];
    if (menu) return [menu.selectedIndex];
    return [check ? Number(check.checked) : [...row.querySelectorAll("[type=radio]")].findIndex((one) => one.checked)];
  });
  const svg = figure.querySelector("svg");
  return { rows, sentence: words(".sentence"), spoken: words(".spoken"), name: svg.getAttribute("aria-label"),
           slots: [...svg.children].map((slot) => slot.innerHTML) };
}"""

PARSED = """
(drawing) => {
  const slot = document.createElementNS("http://www.w3.org/2000/svg", "g");
  slot.innerHTML = drawing;
  return slot.innerHTML;
}"""

ASKED = """
(box) => ({
  said: box.querySelector("[role=status]").textContent,
  hints: [...box.querySelectorAll(".hints li")].map((line) => line.checkVisibility()),
  answers: [...box.querySelectorAll(".answers li")].map((line) => line.checkVisibility()),
  given: (box.querySelector("[type=number]") ?? box.querySelector(":checked"))?.value ?? "",
  word: box.querySelector(".commit")?.textContent,
  shut: box.querySelector("fieldset")?.disabled ?? false,
})"""

ASKS = """
(box) => ({
  key: box.dataset.key, then: box.dataset.then, near: Number(box.dataset.near ?? 0),
  number: box.querySelector("[type=number]") !== null,
  labels: [...box.querySelectorAll("fieldset label")].map((label) => label.textContent.trim()),
  values: [...box.querySelectorAll(".answers li")].map(({ dataset }) => Number(dataset.value)),
  right: [...box.querySelectorAll(".answers li")].findIndex(({ dataset }) => "right" in dataset),
})"""


NODES = """
() => {
  const walk = document.createTreeWalker(document);
  let count = 0;
  while (walk.nextNode()) count++;
  return count;
}"""


class Film:
    """What a picture shows at each place of its controls, as the film's file has it."""

    def __init__(self, site, name, controls, parser):
        script = (site / "pictures" / f"{name}{'-all' if controls > 1 else ''}.js").read_text(encoding="utf-8")
        frames = json.loads(re.fullmatch(r'film\("[^"]+", (.+)\);\n', script)[1])
        self.values, self.slots, self.sentences = frames["values"], frames["slots"], frames["sentences"]
        assert len(self.values) == controls
        self.parser, self.parsed = parser, {}

    def last(self, control):
        values = self.values[control]
        return (len(values) if isinstance(values, list) else values) - 1

    def frame(self, places):
        frame = 0
        for control, place in enumerate(places):
            frame = frame * (self.last(control) + 1) + place
        return frame

    def drawn(self, frame):
        """Return what each slot holds in a frame, as a browser writes it."""
        for slot, (drawings, order) in enumerate(self.slots):
            if (slot, order[frame]) not in self.parsed:
                self.parsed[slot, order[frame]] = self.parser.evaluate(PARSED, drawings[order[frame]])
        return [self.parsed[slot, order[frame]] for slot, (_, order) in enumerate(self.slots)]

    def nearest(self, control, number):
        """Return all places whose values are nearest to a number."""
        away = [abs(value - number) for value in self.values[control]]
        return {place for place, each in enumerate(away) if each == min(away)}

    def stepped(self, control, number, by):
        """Return the place so many values above a number, or below it."""
        values = self.values[control]
        beyond = [k for k, value in enumerate(values) if (value - number) * by > 0][:: 1 if by > 0 else -1]
        return beyond[: abs(by)][-1] if beyond else (len(values) - 1 if by > 0 else 0)


class Figure:
    """A picture on the page, and where its controls have to stand."""

    def __init__(self, handle, site, films, parser):
        self.handle, self.id = handle, handle.get_attribute("id")
        self.rows = handle.query_selector_all(".control")
        key = self.id, len(self.rows)
        films[key] = films.get(key) or Film(site, *key, parser)
        self.film, self.alt = films[key], handle.eval_on_selector("svg", "svg => svg.dataset.alt")
        self.names = [row.get_attribute("data-name") for row in self.rows]
        self.starts = [int(row.get_attribute("data-start")) for row in self.rows]
        self.labels = [
            [(label.get_attribute("label") or label.inner_text()).strip() for label in row.query_selector_all(css)]
            for row in self.rows
            for css in ["option" if row.query_selector("select") else "[role=radiogroup] label"]
        ]
        self.plays = {}  # for each player that runs: how long until its next step
        self.places, self.before, self.said, self.copied = list(self.starts), list(self.starts), "", False
        self.asked = [{start} for start in self.starts]  # where a link sends them, once they can move

    def interval(self, control):
        return int(self.rows[control].query_selector_all("button")[1].get_attribute("data-interval"))

    def moved(self, control, place):
        self.places[control] = max(0, min(place, self.film.last(control)))

    def shows(self, anywhere=()):
        """See that all parts of the picture show what its film has for its places; a few may stand anywhere."""
        found = self.handle.evaluate(STANDS)
        for control in anywhere:
            self.moved(control, found["rows"][control][0])
        frame = self.film.frame(self.places)
        for row, values, place in zip(found["rows"], self.film.values, self.places, strict=True):
            assert row[0] == place, f"{self.id}: a control stands at {row[0]}, not at {place}"
            if isinstance(values, list):
                assert float(row[1]) == values[place], f"{self.id}: {row[1]} in a box, not {values[place]}"
                assert row[1] == row[2], f"{self.id}: {row[1]} in a box, {row[2]} for a screen reader"
        assert found["sentence"] == self.film.sentences[frame], f"{self.id} says: {found['sentence']}"
        assert found["name"] == f"{self.alt} {self.film.sentences[frame]}", f"{self.id} is called: {found['name']}"
        assert found["slots"] == self.film.drawn(frame), f"{self.id} has another drawing at {self.places}"
        return found["spoken"]

    def linked(self, query):
        """Return where a link sends the controls."""
        asked, places = dict(reversed(parse_qsl(query, keep_blank_values=True))), []
        for control, (name, start) in enumerate(zip(self.names, self.starts, strict=True)):
            value, values = asked.get(name, ""), self.film.values[control]
            number = re.match(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)", value)
            if not isinstance(values, list):
                labels = self.labels[control] or ["false", "true"]
                places.append({labels.index(value) if value in labels else start})
            elif number and isfinite(float(number[1])):
                places.append(self.film.nearest(control, float(number[1])))
            else:
                places.append({start})
        return places


class Storm:
    """One reader with one page, and what they do."""

    def __init__(self, browser, site, seed):
        self.site, self.home, self.rng, self.films = site, site.resolve().as_uri(), np.random.default_rng(seed), {}
        self.parser = browser.new_page()
        self.context = browser.new_context()
        self.page, self.problems, self.trail = self.context.new_page(), [], []
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.add_init_script(CLOCK)
        self.page.route("**/pictures/*.js", self.film_comes)
        self.session = self.context.new_cdp_session(self.page)
        self.session.send("Performance.enable")
        self.keeps, self.held, self.links = None, [], []
        self.kept, self.open_answers = {}, False

    def close(self):
        self.context.close()
        self.parser.close()

    # --- chance

    def chance(self, share):
        return self.rng.random() < share

    def one(self, things):
        return things[self.rng.integers(len(things))]

    # --- a page comes

    def film_comes(self, route):
        if self.keeps and self.keeps in route.request.url:
            self.held.append(route)
        else:
            route.continue_()

    def open(self, name, place="", keeps=None):
        """Open a page anew; films whose addresses have this in them don't come yet."""
        self.page.goto("about:blank")
        self.keeps, self.held = keeps, []
        self.page.goto(f"{self.home}/{name}.html{place}", wait_until="domcontentloaded")
        self.opened()

    def opened(self):
        """Look around on a page that has just come: all of it stands at its starts, or where its address says."""
        if not self.keeps:
            self.page.wait_for_function("document.querySelectorAll('form[aria-busy=true]').length === 0")
        handles = self.page.query_selector_all(".picture")
        self.figures = [Figure(handle, self.site, self.films, self.parser) for handle in handles]
        self.asks = [(box, box.evaluate(ASKS)) for box in self.page.query_selector_all(".ask")]
        self.hinted, self.compared = dict.fromkeys((ask["key"] for _, ask in self.asks), 0), {}
        self.status = {ask["key"]: self.answered(ask)[0] if ask["key"] in self.kept else "" for _, ask in self.asks}
        self.page.evaluate("window.known = true")
        self.follow()

    def release(self):
        """Let all films come; the links that waited for them do their work."""
        self.keeps, routes, self.held = None, self.held, []
        before = [(figure, self.alive(figure)) for figure in self.figures]
        for route in routes:
            route.continue_()
        self.page.wait_for_function("document.querySelectorAll('form[aria-busy=true]').length === 0")
        for figure, alive in before:
            self.obey(figure, range(alive, len(figure.rows)))

    def follow(self):
        """Expect what the page's address asks for, now of those controls that can move, later of all others."""
        name, _, query = self.page.evaluate("location.hash").removeprefix("#").partition("?")
        for figure in self.figures:
            if figure.id == name:
                figure.plays.clear()
                figure.asked = figure.linked(query)
                self.obey(figure, range(self.alive(figure)))

    def alive(self, figure):
        """Return how many of a picture's controls can move: the first ones."""
        return figure.handle.evaluate("figure => figure.querySelectorAll('.control:enabled').length")

    def obey(self, figure, controls):
        """See that controls have gone where the last link asked them to go."""
        found = figure.handle.evaluate(STANDS)["rows"]
        for control in controls:
            place, places = found[control][0], figure.asked[control]
            assert place in places, f"{figure.id}: a link leads control {control} to {place}, not to {places}"
            figure.moved(control, place)

    # --- what readers do

    def event(self, travels):
        """Do one thing; see that the picture which it concerns follows."""
        acts = [self.control] * 12 + [self.hand] * 2 + [self.answer] * 3 + [self.wait] * 2 + [self.copy, self.turn]
        acts += [self.contents, self.link, self.link] + ([self.travel, self.load] if travels else [])
        act = self.one(acts)
        self.trail = [*self.trail[-4:], act.__name__]
        act()
        assert not self.problems, self.problems

    def put(self, handle):
        """Bring something onto the screen and return its box."""
        handle.scroll_into_view_if_needed()
        return handle.bounding_box()

    def control(self):
        """Move a control of a picture, or try to, before it is alive."""
        if not self.figures:
            return
        figure = self.one(self.figures)
        control = int(self.rng.integers(len(figure.rows)))
        row = figure.rows[control]
        self.page.evaluate("document.activeElement.blur()")
        buttons = row.query_selector_all("button")
        if control >= self.alive(figure):
            place = self.put(row)
            self.page.mouse.click(place["x"] + self.rng.random() * place["width"], place["y"] + place["height"] / 2)
            row.query_selector("input, select").focus()
            self.page.keyboard.press(self.one(["ArrowRight", "End", "Space", "5"]))
        elif buttons and self.chance(0.5):
            self.play(figure, control, buttons)
        elif row.query_selector("[type=range]"):
            self.one([self.slider, self.box, self.box])(figure, control, row)
        else:
            self.choose(figure, control, row)
        figure.shows()

    def play(self, figure, control, buttons):
        step = int(self.rng.integers(2))
        for _ in range(self.one([1, 1, 2, 7])):
            at_end = figure.places[control] == figure.film.last(control)
            buttons[step].click()
            if step == 1 and control in figure.plays:
                del figure.plays[control]
            elif step == 1:
                figure.places[control] *= not at_end
                figure.plays[control] = figure.interval(control)
            else:
                figure.moved(control, figure.places[control] + 1)
                if figure.places[control] == figure.film.last(control):
                    figure.plays.pop(control, None)

    def slider(self, figure, control, row):
        """Keys, also held down, or the mouse, which may go anywhere."""
        slider, last, before = row.query_selector("[type=range]"), figure.film.last(control), figure.places[control]
        if self.chance(0.3):
            place = self.put(slider)
            across = lambda: place["x"] + self.rng.uniform(0, 1) * place["width"]  # noqa: E731
            self.page.mouse.move(across(), place["y"] + place["height"] / 2)
            self.page.mouse.down()
            for _ in range(self.rng.integers(4)):
                self.page.mouse.move(across(), place["y"] + self.rng.uniform(-200, 200))
            self.page.mouse.up()
            at = figure.handle.evaluate(STANDS)["rows"][control][0]
            if at != before:
                figure.plays.pop(control, None)
            elif control in figure.plays:  # it may have been moved there and back
                figure.plays.pop(control)
                self.stopped(figure, control)
            figure.moved(control, at)
            return
        slider.focus()
        key = self.one(["Home", "End", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown"])
        times = int(self.one([1, 2, 30]))
        for _ in range(times):
            self.page.keyboard.down(key)
        self.page.keyboard.up(key)
        way = {"Home": -inf, "End": inf, "ArrowLeft": -1, "ArrowDown": -1, "PageDown": None, "PageUp": None}.get(key, 1)
        if way is None:
            figure.shows(anywhere=[control])
            way = figure.places[control] - before
            assert way * (1 if key == "PageUp" else -1) >= (0 if before in (0, last) else 1)
        else:
            figure.places[control] = int(max(0, min(before + times * way, last)))
        if figure.places[control] != before:
            figure.plays.pop(control, None)

    def stopped(self, figure, control):
        """Have a player stand still, whatever it did."""
        button = figure.rows[control].query_selector_all("button")[1]
        if button.inner_text() == "pause":
            button.click()

    def box(self, figure, control, row):
        """Type something into a number box, and go from there with Enter, Tab or keys that step."""
        box, film, values = row.query_selector("[type=number]"), figure.film, figure.film.values[control]
        box.focus()
        for _ in range(self.one([1, 1, 2])):
            if self.chance(0.7):
                low, high = values[0], values[-1]
                number = self.one([self.one(values), self.rng.uniform(low, high), low - 1, high + 1, high * 1e9])
                text = self.one(ABSURD) if self.chance(0.4) else f"{number:.6g}"
                self.page.keyboard.press("ControlOrMeta+a")
                self.page.keyboard.press("Delete")
                if len(text) < 9:
                    self.page.keyboard.type(text)
                else:
                    self.page.keyboard.insert_text(text)
                figure.plays.pop(control, None)
            typed = box.input_value()
            key = self.one(["Enter", "Enter", "Tab", *KEYS])
            number = float(typed) if typed else values[figure.places[control]]
            places = film.nearest(control, number)
            times = int(self.one([1, 1, 30])) if key in KEYS else 1
            for _ in range(times):
                self.page.keyboard.down(key)
            self.page.keyboard.up(key)
            if key in KEYS:
                places = {film.stepped(control, number, KEYS[key])}
                for _ in range(times - 1):
                    places = {film.stepped(control, values[place], KEYS[key]) for place in places}
            if key != "Tab":
                figure.plays.pop(control, None)
            at = figure.handle.evaluate(STANDS)["rows"][control][0]
            assert at in places, f"{figure.id}: {typed[:20]} and {key} lead to {at}, not to {places}"
            figure.moved(control, at)
            box.focus()

    def choose(self, figure, control, row):
        """A menu, a row of radio buttons or a check box."""
        menu, check, radios = (
            row.query_selector("select"),
            row.query_selector("[type=checkbox]"),
            row.query_selector_all("[type=radio]"),
        )
        place = int(self.rng.integers(figure.film.last(control) + 1))
        if menu:
            menu.select_option(index=place)
            figure.moved(control, place)
        elif radios:
            radios[place].click()
            figure.moved(control, place)
            if self.chance(0.3):
                self.page.keyboard.press("ArrowRight")
                figure.moved(control, (place + 1) % len(radios))
        else:
            check.focus()
            for _ in range(self.one([1, 2, 3])):
                self.page.keyboard.press("Space") if self.chance(0.5) else check.click()
                figure.moved(control, 1 - figure.places[control])

    def hand(self):
        """Take hold of a picture, drag, also beyond its edges, and let go."""
        areas = [(figure, area) for figure in self.figures for area in figure.handle.query_selector_all(".hand")]
        if not areas:
            return
        figure, area = self.one(areas)
        place = self.put(area)
        down, last = self.rng.random(2), None
        for k, share in enumerate([down, *self.rng.uniform(-0.5, 1.5, (self.rng.integers(4), 2))]):
            last = place["x"] + share[0] * place["width"], place["y"] + (1 - share[1]) * place["height"]
            last = np.clip(
                last, 1, np.subtract((self.page.viewport_size["width"], self.page.viewport_size["height"]), 1)
            )
            self.page.mouse.move(*last)  # beyond the window a mouse of Playwright's is nowhere
            if k == 0:
                self.page.mouse.down()
        ends = area.evaluate("area => ({ ...area.dataset })")
        box = area.bounding_box()
        wanted = {}
        for axis, (control, low, high) in ((axis, map(float, each.split())) for axis, each in ends.items()):
            share = (last[0] - box["x"]) / box["width"]
            if axis == "y":
                share = (box["y"] + box["height"] - last[1]) / box["height"]
            size = box["width" if axis == "x" else "height"]
            wanted[int(control)] = low + share * (high - low), 1.5 * abs(high - low) / size
        self.page.mouse.up()
        found = figure.handle.evaluate(STANDS)["rows"]
        for control, (value, off) in wanted.items():
            if control < self.alive(figure):
                values, at = figure.film.values[control], found[control][0]
                least = min(abs(each - value) for each in values)
                assert abs(values[at] - value) <= least + off, f"{figure.id}: a hand at {value} leads to {values[at]}"
                figure.moved(control, at)
                figure.plays.pop(control, None)
        figure.shows()

    def wait(self):
        """Time passes; players go on."""
        self.passes(int(self.rng.integers(3000)))
        for figure in self.figures:
            if figure.before != figure.places:
                figure.shows()

    def passes(self, span):
        self.page.evaluate("span => pass(span)", span)
        for figure in self.figures:
            for control, wait in list(figure.plays.items()):
                every, last = figure.interval(control), figure.film.last(control)
                steps = 1 + (span - wait) // every if span >= wait else 0
                figure.plays[control] = wait + steps * every - span
                figure.moved(control, figure.places[control] + steps)
                if steps and figure.places[control] == last:
                    del figure.plays[control]

    def copy(self):
        """Copy a link, which must say where the picture stands; it is kept to be followed later."""
        if not self.figures:
            return
        figure, given = self.one(self.figures), self.chance(0.5)
        self.copies(figure, given)
        words = COPIED[0] if given else COPIED[1]
        self.page.wait_for_function(
            "([figure, words]) => figure.querySelector('.copied').textContent === words", arg=[figure.handle, words]
        )
        link = self.page.evaluate("window.copied") if given else figure.handle.query_selector(".link").input_value()
        base, _, place = link.partition("#")
        name, _, query = place.partition("?")
        assert (base, name) == (self.page.url.split("#")[0], figure.id)
        moved = [n for n, at, start in zip(figure.names, figure.places, figure.starts, strict=True) if at != start]
        assert [key for key, _ in parse_qsl(query)] == moved, f"{link} at {figure.places}"
        for control, places in enumerate(figure.linked(query)):
            assert figure.places[control] in places, f"{link} at {figure.places}"
        self.links.append((self.name(), f"#{place}"))

    def copies(self, figure, given):
        """Ask for a link, which the clipboard takes or does not take."""
        self.page.evaluate("refuses => { window.refuses = refuses }", not given)
        figure.handle.query_selector(".copy").click()
        figure.copied = True

    def name(self):
        return unquote(self.page.url.split("#")[0].rsplit("/", 1)[-1]).removesuffix(".html")

    def somewhere(self):
        """Return a place in this page for its address: of a link that was copied, or one with absurd values in it."""
        here = [place for name, place in self.links if name == self.name()]
        if here and self.chance(0.5):
            return self.one(here)
        figure = self.one(self.figures)
        chosen = [name for name in [*figure.names, "no-such-control"] if self.chance(0.6)]
        query = "&".join(f"{name}={self.value(figure, name)}" for name in chosen)
        return self.one([f"#{figure.id}?{query}", f"#{figure.id}?{query}", f"#{figure.id}", "#main?w_h=2", "#%E0%A4%A"])

    def value(self, figure, name):
        if name in figure.names and self.chance(0.6):
            control = figure.names.index(name)
            values, labels = figure.film.values[control], figure.labels[control] or ["true", "false"]
            return self.one(values) if isinstance(values, list) else quote(self.one(labels))
        return self.one(LINKED)

    def link(self):
        """Follow a link with a state in it, on the page where one is."""
        if self.figures:
            self.goes(lambda: self.page.evaluate("place => { location.hash = place }", self.somewhere()))

    def goes(self, act):
        """See what becomes of the pictures when the address changes; where it does not, nothing is asked of them."""
        before = self.page.url
        act()
        if self.page.url == "about:blank":
            return self.open(self.one(PAGES))
        if not self.page.evaluate("window.known"):
            return self.opened()
        self.page.evaluate("painted()")
        if self.page.url != before:
            self.follow()
        for figure in self.figures:
            if f"#{figure.id}" in self.page.url:
                figure.shows()

    def answer(self):
        """Guess, answer, ask for hints, or open all answers."""
        opener = self.page.query_selector("button.open")
        if opener and self.chance(0.05):
            opener.click()
            self.open_answers = True
        if not self.asks:
            return
        box, ask = self.one(self.asks)
        key = ask["key"]
        commit, hint = box.query_selector("button.commit"), box.query_selector("button.hint")
        shut = box.evaluate("box => box.querySelector('fieldset')?.disabled ?? false")
        if commit and not shut and self.chance(0.7):
            if ask["number"]:
                field = box.query_selector("[type=number]")
                field.focus()
                self.page.keyboard.press("ControlOrMeta+a")
                self.page.keyboard.press("Delete")
                self.page.keyboard.insert_text(self.one([*ABSURD, *(f"{value:.12g}" for value in ask["values"])]))
            else:
                self.one(box.query_selector_all("[type=radio]")).click()
        if commit and self.chance(0.7):
            given = box.evaluate(ASKED)["given"]
            commit.click()
            if given == "":
                self.status[key] = "Write a number first." if ask["number"] else "Choose an answer first."
            else:
                again = ask["then"] is not None and key in self.kept
                self.kept[key] = given
                words, lines = self.answered(ask)
                if again or ask["then"] is None:
                    self.compared[key] = lines
                self.status[key] = self.status[key] if again else words
        if hint and self.chance(0.5):
            hint.click()
            self.hinted[key] += 1
        self.tells(box, ask)

    def answered(self, ask):
        """Return what is said of the answer that is kept, and the places of the lines that are shown when compared."""
        given = float(self.kept[ask["key"]])
        fits = [abs(given - value) <= ask["near"] * abs(value) for value in ask["values"]]
        found = fits.index(True) if True in fits else None
        if ask["then"] is not None:
            return f"Noted: {ask['labels'][int(given)]}. {ask['then']}", {found, ask["right"]}
        if found is None:
            return "Not right. It is none of the mistakes that we know; a hint may help.", set()
        if ask["key"] not in self.compared:
            self.compared[ask["key"]] = {found}
        return "Right." if found == ask["right"] else "Not right. ", {found}

    def tells(self, box, ask):
        """See that a question says and shows what it was asked for, and no more."""
        found, key = box.evaluate(ASKED), ask["key"]
        assert found["said"] == self.status[key], f"{key} says {found['said']}, not {self.status[key]}"
        hints, lines = len(found["hints"]), self.compared.get(key, set())
        wanted = [self.open_answers or place < self.hinted[key] for place in range(hints)]
        assert found["hints"] == wanted, f"{key} shows hints {found['hints']}"
        wanted = [self.open_answers or place in lines for place in range(len(found["answers"]))]
        assert found["answers"] == wanted, f"{key} shows answers {found['answers']}"
        if ask["then"] is not None:
            assert (found["word"], found["shut"]) == (("compare", True) if key in self.kept else ("commit", False))

    def turn(self):
        """Turn the phone, or go to another screen; day and night."""
        width, height = self.one(SIZES)
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=self.one(["light", "dark"]))

    def contents(self):
        """Open or close the contents, and follow one of its links."""
        summary = self.page.query_selector(".contents summary")
        if summary:
            summary.click()
            links = [link for link in self.page.query_selector_all(".contents li a") if link.is_visible()]
            if links:
                self.goes(self.one(links).click)

    def travel(self):
        """Back or forward, to another state or another page."""
        for _ in range(self.one([1, 1, 2])):
            self.release()
            way = self.one(["go_back", "go_back", "go_forward"])
            self.goes(lambda way=way: getattr(self.page, way)(wait_until="domcontentloaded"))

    def load(self):
        """Load a page anew: this one or another, at a place or none, its films at once or not yet."""
        keeps = self.one([None, None, "/pictures/", "-all.js"])
        place = self.somewhere() if self.figures and self.chance(0.5) else ""
        name = self.name() if place or self.chance(0.3) else self.one(PAGES)
        if self.chance(0.2):
            self.release()
            self.page.reload(wait_until="domcontentloaded")
            self.opened()
        else:
            self.open(name, place, keeps)

    # --- what is seen now and then

    def settle(self):
        """After a pause, see all pictures and questions of the page, and hear what was spoken."""
        if self.keeps and self.chance(0.5):
            self.release()
        for figure in self.figures:
            for control in list(figure.plays):
                figure.rows[control].query_selector_all("button")[1].click()
                del figure.plays[control]
        self.passes(QUIET)
        for figure in self.figures:
            spoken, sentence = figure.shows(), figure.film.sentences[figure.film.frame(figure.places)]
            allowed = {sentence} if figure.places != figure.before else {sentence, figure.said}
            assert spoken in allowed | (set(COPIED) if figure.copied else set()), f"{figure.id} speaks: {spoken}"
            figure.before, figure.said, figure.copied = list(figure.places), spoken, False
        for box, ask in self.asks:
            self.tells(box, ask)
        assert not self.problems, self.problems

    def restore(self):
        """Put all pictures back to their starts."""
        self.release()
        for figure in self.figures:
            for place in ("#", f"#{figure.id}"):
                self.goes(lambda place=place: self.page.evaluate("place => { location.hash = place }", place))
        self.settle()

    def held_now(self):
        """Return how many nodes, nodes in the page, listeners and bytes there are, with nothing that can be let go."""
        for _ in range(2):
            self.session.send("HeapProfiler.collectGarbage")
        found = {each["name"]: each["value"] for each in self.session.send("Performance.getMetrics")["metrics"]}
        found["in the page"] = self.page.evaluate(NODES)
        return [int(found[name]) for name in ("Nodes", "in the page", "JSEventListeners", "JSHeapUsedSize")]

    def used(self):
        """Do on each picture once what leaves words on the page: it is not counted as growth."""
        for figure in self.figures:
            for given in (True, False):
                self.copies(figure, given)
        for box, ask in self.asks:
            for button in box.query_selector_all("button.commit"):
                if ask["key"] not in self.kept:
                    button.click()
                    self.status[ask["key"]] = "Write a number first." if ask["number"] else "Choose an answer first."


def storm(browser, site, name, events, seed):
    """Make so many events, the first half also from page to page; return what is held at halfway and in the end."""
    one = Storm(browser, site, seed)
    try:
        one.open(name, keeps=one.one([None, "/pictures/", "-all.js"]))
        for half in (True, False):
            for event in range(events // 2):
                one.event(travels=half)
                if event % 10 == 9:
                    one.settle()
                if not half and event == events // 2 // WARM:
                    one.restore()
                    before = one.held_now()
            if half:
                if one.name() != name:
                    one.open(name)
                one.used()
        one.restore()
        return before, one.held_now()
    except BaseException as problem:
        problem.add_note(f"after {', '.join(one.trail)} on {one.page.url}")
        raise
    finally:
        one.close()


def flat(before, after, events):
    """Tell whether nothing stays behind in a page."""
    grown = [end - start for start, end in zip(before, after, strict=True)]
    nodes, in_page, listeners, size = grown
    few = nodes <= UNDO * events + MORE_NODES * before[0] and size <= MORE_HEAP * before[3]
    return few and in_page <= 0 and listeners <= 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=15)
    asked = parser.parse_args()
    print(f"{asked.events} events, seed {asked.seed}", flush=True)
    with chromium() as browser:
        for name in asked.pages:
            events, seed = asked.events // len(asked.pages), [asked.seed, PAGES.index(name)]
            before, after = storm(browser, asked.site, name, events, seed)
            parts = zip(before, after, ("nodes", "in the page", "listeners", "bytes"), strict=True)
            print(f"{name}: " + ", ".join(f"{what} {half} -> {end}" for half, end, what in parts), flush=True)
            assert flat(before, after, events), "something stays behind"

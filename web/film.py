"""A picture as a film: every frame that its controls can ask for, drawn beforehand, so that a page need only choose.

Frames are much alike. So a film keeps no frames, but for each changing artist the drawings that it ever shows, and
for each frame the numbers of the drawings in it.
"""

import base64
import re
from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import prod

import ipywidgets as widgets

import statland.live

FRAMES = 1000  # in one film; where the controls can ask for more, the steps of its sliders become coarser
LEAD = 8  # so many times as many values as any other slider keeps the first one


@dataclass(frozen=True)
class Control:
    """One control of a picture: the values that the notebook has for it, and those among them that the film has."""

    name: str
    kind: str  # slider, player, menu, buttons, check, or fixed for a value that nothing moves
    choices: tuple  # all values, as the notebook has them
    start: object
    labels: tuple = ()  # of a menu's or button's choices
    interval: int = 0  # of a player, in milliseconds
    step: int = 1  # 1: the film has every value; 2: every other, counted from the start; both ends always

    @property
    def first(self):
        return self.choices.index(self.start)

    @property
    def last(self):
        return len(self.choices) - 1

    @property
    def values(self):
        return [v for k, v in enumerate(self.choices) if (k - self.first) % self.step == 0 or k in (0, self.last)]

    @property
    def stride(self):
        """From one value to the next: what an arrow key adds in the number box."""
        return statland.live._clean(max(b - a for a, b in pairwise(self.values)))

    def coarser(self):
        """Return the control with the next larger step, better one that meets both ends; None if none is left."""
        steps = range(self.step + 1, self.last + 1)
        even = [step for step in steps if self.first % step == self.last % step == 0 and step <= 2 * steps[0]]
        return replace(self, step=(even or steps)[0]) if steps and len(self.values) > 3 else None


def control(picture, name, abbreviation):
    """Return the control that `live` makes of an abbreviation; one without a last value is a `TypeError`."""
    widget = statland.live._input(picture, name, abbreviation)
    if isinstance(widget, widgets.fixed):
        return Control(name, "fixed", (widget.value,), widget.value)
    if hasattr(widget, "_options_full"):
        labels, values = zip(*widget._options_full, strict=True)
        kind = "buttons" if isinstance(widget, (widgets.ToggleButtons, widgets.RadioButtons)) else "menu"
        return Control(name, kind, values, widget.value, labels)
    if isinstance(widget.value, bool):
        return Control(name, "check", (False, True), widget.value)
    steps_known = {"min", "max", "step"} <= set(widget.trait_names()) and isinstance(widget.value, (int, float))
    if not steps_known or isinstance(widget, widgets.FloatLogSlider):
        raise TypeError(f"The web edition knows no {type(widget).__name__}, as {name} has it.")
    steps = round((widget.max - widget.min) / widget.step)
    values = {statland.live._clean(widget.min + k * widget.step) for k in range(steps + 1)} | {widget.value}
    kind = "player" if isinstance(widget, widgets.Play) else "slider"
    return Control(name, kind, tuple(sorted(values)), widget.value, interval=getattr(widget, "interval", 0))


def thinned(controls):
    """Return the controls with no more than FRAMES frames: sliders get coarser, choices and players never do.

    A slider keeps its two ends and its start, even if that makes more frames.
    """
    controls = list(controls)
    sliders = [k for k, each in enumerate(controls) if each.kind == "slider"]
    while prod(len(each.values) for each in controls) > FRAMES:
        values = {
            k: len(controls[k].values) / (LEAD if k == sliders[0] else 1) for k in sliders if controls[k].coarser()
        }
        if not values:
            break
        most = max(values, key=values.get)
        controls[most] = controls[most].coarser()
    return controls


class Cut:
    """Stands between two artists, and marks in the SVG where one ends and the next begins."""

    @staticmethod
    def draw(renderer):
        renderer.writer.comment("cut")


@dataclass(frozen=True)
class Film:
    """A picture with all its frames, in the order of its controls' values, the last control running fastest.

    A slot is what one artist shows: the list of its drawings (SVG), and for every frame the place of one in the list.
    """

    name: str
    alt: str
    size: tuple  # width and height, in points
    still: bytes  # SVG, what stands still
    controls: list  # those that move something
    slots: list
    sentences: list

    @property
    def whole(self):
        """The starting frame on what stands still, in one SVG."""
        start = "".join(drawings[order[self.start]] for drawings, order in self.slots)
        return self.still.replace(b"</svg>", start.encode() + b"</svg>")

    @property
    def coarse(self):
        return [each for each in self.controls if each.step > 1]

    @property
    def start(self):
        frame = 0
        for each in self.controls:
            frame = frame * len(each.values) + each.values.index(each.start)
        return frame


def film(name, picture, abbreviations):
    """Draw the film of a picture with the controls that `live` was given for it."""
    controls = thinned(control(picture, *each) for each in abbreviations.items())
    artists = statland.live._animated(picture.figure)
    parts = [part for artist in artists for part in (artist, Cut)]
    frames, sentences = [], []
    for values in product(*(each.values for each in controls)):
        sentences.append(picture.update(**dict(zip((each.name for each in controls), values, strict=True))))
        svg = statland.live._moving(picture.figure, parts, label="", salt=name)
        inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
        frames.append([short(part) for part in re.split(r"<!--\s*cut\s*-->", inside)])
    slots = []
    for shown in zip(*frames, strict=True):
        places = {drawing: place for place, drawing in enumerate(dict.fromkeys(shown))}
        slots.append((list(places), [places[drawing] for drawing in shown]))
    still = re.search('base64,([^"]+)', statland.live._still(picture.figure, artists))[1]
    size = tuple(round(inches * 72) for inches in picture.figure.get_size_inches())
    moving = [each for each in controls if each.kind != "fixed"]
    return Film(name, picture.alt, size, base64.b64decode(still), moving, slots, sentences)


def short(svg):
    """Write SVG to the hundredth of a point, and without what makes no difference on a page."""
    svg = re.sub(r"<[^<>]*>", lambda tag: re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", tag[0]), svg)
    svg = re.sub(r' id="[a-z0-9]+_\d+"', "", svg)  # of a group; what is referred to has another kind of name
    return re.sub(r"\s*\n(L| )*", " ", svg).replace("> <", "><").strip()

"""A picture as a film: every frame that its controls can ask for, drawn beforehand, so that a page need only choose.

Frames are much alike. So a film keeps no frames, but for each changing artist the drawings that it ever shows, and
for each frame the numbers of the drawings in it.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from math import prod

from statland.drawing import Drawing

FRAMES = 1000  # in one film; where the controls can ask for more, the steps of its sliders become coarser
LEAD = 8  # so many times as many values as any other slider keeps the first one
NUMBER = r"(?<![\w.,])-?\d+(?:\.\d+)?(?!\w|[.,]\d)"


@dataclass(frozen=True)
class Track:
    """One control of a film: its choices as the notebook has them, and the values among them that are drawn."""

    name: str
    kind: str
    start: object
    choices: list
    labels: list
    interval: int  # of a player, in milliseconds
    step: int = 1  # 1: every choice is drawn; 2: every other, counted from the start; both ends always
    named: tuple = ()  # values of a slider that the text names: they are drawn, whatever the step

    @classmethod
    def of(cls, control):
        """Return the track of a control, with all that it can choose."""
        interval = getattr(control.widget, "interval", 0)
        return cls(control.name, control.kind, control.start, control.choices, control.labels, interval)

    @property
    def values(self):
        first, last = self.choices.index(self.start), len(self.choices) - 1
        stepped = [each for k, each in enumerate(self.choices) if (k - first) % self.step == 0 or k in (0, last)]
        return sorted({*stepped, *self.named}) if self.named else stepped

    @property
    def left_out(self):
        """Its choices that are not drawn."""
        drawn = self.values
        return [each for each in self.choices if each not in drawn]

    def coarser(self):
        """Return the track with the next larger step, better one that meets both ends; None if none is left."""
        first, last = self.choices.index(self.start), len(self.choices) - 1
        steps = range(self.step + 1, last + 1)
        even = [step for step in steps if first % step == last % step == 0 and step <= 2 * steps[0]]
        return replace(self, step=(even or steps)[0]) if steps and len(self.values) > 3 else None


def named(tracks, text, near):
    """Return the tracks with the values of each slider that a reader of a notebook's text may look for.

    In the whole text they are the numbers that stand with the slider's name, as in `w_h` = 0.986, `w_h` to 2 or 45
    days. They may lie between two steps: in the notebook a number box takes them. In the near text, which is about
    this picture, they are all numbers that the slider can take and that stand in a sentence with its name; the first
    slider is also meant where no name is given: "At 0.5 only the last days have a bar."
    """
    sliders, found = [track for track in tracks if track.kind == "slider"], []
    for track in tracks:
        with_name = rf"\b{track.name}\b[` =]*(?:(?:of|to|at|from|is) )?({NUMBER})|({NUMBER}) {track.name}\b"
        asked = {float(number) for pair in re.findall(with_name, text) for number in pair if number}
        for sentence in re.split(r"(?<=[.?!:]) |\n", near):
            if track in sliders[:1] or re.search(rf"\b{track.name}\b", sentence):
                asked |= set(map(float, re.findall(NUMBER, sentence))) & set(track.choices)
        if track in sliders:
            whole = isinstance(track.start, int)
            asked = {int(number) if whole else number for number in asked if not whole or number in track.choices}
            inside = (number for number in asked if track.choices[0] <= number <= track.choices[-1])
            track = replace(track, named=tuple(sorted(inside)))
        found.append(track)
    return found


def thinned(tracks):
    """Return the tracks with no more than FRAMES frames: sliders get coarser, choices and players never do.

    A slider keeps its two ends, its start and what the text names, even if that makes more frames.
    """
    tracks = list(tracks)
    sliders = [k for k, each in enumerate(tracks) if each.kind == "slider"]
    while prod(len(each.values) for each in tracks) > FRAMES:
        values = {k: len(tracks[k].values) / (LEAD if k == sliders[0] else 1) for k in sliders if tracks[k].coarser()}
        if not values:
            break
        most = max(values, key=values.get)
        tracks[most] = tracks[most].coarser()
    return tracks


@dataclass(frozen=True)
class Film:
    """A picture with all its frames, in the order of its tracks' values, the last track running fastest.

    A slot is what one artist shows: the list of its drawings (SVG), and for every frame the place of one in the list.
    """

    name: str
    alt: str
    size: tuple  # width and height, in points
    still: bytes  # SVG, what stands still
    tracks: list  # those that move something
    slots: list
    sentences: list
    hands: list

    @property
    def whole(self):
        """The starting frame on what stands still, in one SVG."""
        start = "".join(drawings[order[self.start]] for drawings, order in self.slots)
        still = self.still.replace(b"*{stroke", b"svg{stroke")  # in a file of its own: how lines meet and end there
        return tenths(still.decode().replace("</svg>", f"{start}</svg>")).encode()

    @property
    def first(self):
        """The film of its first control alone, all others at their starts: small, so that it moves long before them."""
        every = prod(len(track.values) for track in self.tracks[1:])
        frames = range(self.start % every, len(self.sentences), every)
        slots = [slot(drawings[order[frame]] for frame in frames) for drawings, order in self.slots]
        moves = [{axis: ends for axis, ends in hand.moves.items() if ends[0] == 0} for hand in self.hands]
        hands = [replace(hand, moves=kept) for hand, kept in zip(self.hands, moves, strict=True)]
        return replace(
            self,
            tracks=self.tracks[:1],
            slots=slots,
            sentences=[self.sentences[frame] for frame in frames],
            hands=hands,
        )

    @property
    def coarse(self):
        return [track for track in self.tracks if track.left_out]

    @property
    def start(self):
        frame = 0
        for track in self.tracks:
            frame = frame * len(track.values) + track.values.index(track.start)
        return frame


def slot(shown):
    """Return what an artist shows, a drawing for each frame: as the list of all its drawings, and places in it."""
    shown = list(shown)
    places = {piece: place for place, piece in enumerate(dict.fromkeys(shown))}
    return list(places), [places[piece] for piece in shown]


def film(name, picture, controls, text="", near=""):
    """Draw the film of a picture with these controls, and with all values that the text around it names."""
    tracks = thinned(named(list(map(Track.of, controls)), text, near))
    names, drawing, frames, sentences = [control.name for control in controls], None, [], []
    for values in product(*(track.values for track in tracks)):
        sentences.append(picture.update(**dict(zip(names, values, strict=True))))
        drawing = drawing or Drawing(picture.figure)
        frames.append([tenths(piece) for piece in drawing.moving()])
    slots = list(map(slot, zip(*frames, strict=True)))
    moving = [track for track in tracks if track.kind != "fixed"]
    size, hands = tuple(map(round, drawing.size)), hold(picture, [track.name for track in moving])
    return Film(name, picture.alt, size, drawing.still(), moving, slots, sentences, hands)


@dataclass(frozen=True)
class Hand:
    """Axes in which the reader can take hold of the picture, and what their directions move."""

    left: float  # shares of the picture, as those of a page: from its left upper corner
    top: float
    width: float
    height: float
    moves: dict  # for "x" and "y": the place of the control among those that move, and its values at both ends


def hold(picture, names):
    """Return where a picture can be taken hold of: its `by_hand` names for a control the axis that shows its value."""
    found = {}
    for name, axis in getattr(picture, "by_hand", {}).items():
        if name in names:
            ends = (names.index(name), *map(float, axis.get_view_interval()))
            found.setdefault(axis.axes, {})[axis.axis_name] = ends
    boxes = [(ax.get_position(), moves) for ax, moves in found.items()]
    return [Hand(box.x0, 1 - box.y1, box.width, box.height, moves) for box, moves in boxes]


@lru_cache(maxsize=10_000)
def tenths(svg):
    """Write the places in SVG to the tenth of a point, which is a sixth of a pixel: nobody sees more."""
    place = r'(?<=\s)(?:d|x|y)="[^"]*"'
    number = r"\d+\.\d{2,}"
    return re.sub(place, lambda found: re.sub(number, lambda each: f"{float(each[0]):.1f}", found[0]), svg)

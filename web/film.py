"""A picture as a film: every frame that its controls can ask for, drawn beforehand, so that a page need only choose.

Frames are much alike. So a film keeps no frames, but for each changing artist the drawings that it ever shows, and
for each frame the numbers of the drawings in it.
"""

from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import prod

from statland.drawing import Drawing
from statland.live import tidy

FRAMES = 1000  # in one film; where the controls can ask for more, the steps of its sliders become coarser
LEAD = 8  # so many times as many values as any other slider keeps the first one


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

    @classmethod
    def of(cls, control):
        """Return the track of a control, with all that it can choose."""
        interval = getattr(control.widget, "interval", 0)
        return cls(control.name, control.kind, control.start, control.choices, control.labels, interval)

    @property
    def values(self):
        first, last = self.choices.index(self.start), len(self.choices) - 1
        return [each for k, each in enumerate(self.choices) if (k - first) % self.step == 0 or k in (0, last)]

    @property
    def stride(self):
        """From one value to the next: what an arrow key adds in the number box."""
        return tidy(max(after - before for before, after in pairwise(self.values)))

    def coarser(self):
        """Return the track with the next larger step, better one that meets both ends; None if none is left."""
        first, last = self.choices.index(self.start), len(self.choices) - 1
        steps = range(self.step + 1, last + 1)
        even = [step for step in steps if first % step == last % step == 0 and step <= 2 * steps[0]]
        return replace(self, step=(even or steps)[0]) if steps and len(self.values) > 3 else None


def thinned(tracks):
    """Return the tracks with no more than FRAMES frames: sliders get coarser, choices and players never do.

    A slider keeps its two ends and its start, even if that makes more frames.
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
        return still.replace(b"</svg>", start.encode() + b"</svg>")

    @property
    def coarse(self):
        return [track for track in self.tracks if track.step > 1]

    @property
    def start(self):
        frame = 0
        for track in self.tracks:
            frame = frame * len(track.values) + track.values.index(track.start)
        return frame


def film(name, picture, controls):
    """Draw the film of a picture with these controls."""
    tracks = thinned(map(Track.of, controls))
    names, drawing, frames, sentences = [control.name for control in controls], None, [], []
    for values in product(*(track.values for track in tracks)):
        sentences.append(picture.update(**dict(zip(names, values, strict=True))))
        drawing = drawing or Drawing(picture.figure)
        frames.append(drawing.moving())
    slots = []
    for shown in zip(*frames, strict=True):
        places = {piece: place for place, piece in enumerate(dict.fromkeys(shown))}
        slots.append((list(places), [places[piece] for piece in shown]))
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

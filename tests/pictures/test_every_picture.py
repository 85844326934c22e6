"""Every live picture of every notebook: its frames are the stored ones, and a reader can read them."""

import inspect
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

import matplotlib as mpl
import matplotlib.style
import numpy as np
import pytest
from course import FRAMES, between, frames, other_settings, other_versions, settings
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.text import Text

from statland import STATLAND_LSTM_WEIGHTS, STATLAND_WEIGHTS
from statland.checks import as_shown
from statland.drawing import Drawing
from statland.live import Control, panel
from statland.pictures.gates import Gates
from statland.pictures.ledger import Ledger
from statland.pictures.loop import Loop
from statland.pictures.rates import Rates

LEAST_CONTRAST = 4.5  # of words against their ground: WCAG 2's least for text
PHONE, LEAST_HEIGHT = 336, 8  # pixels: a picture's width on a phone 360 pixels wide, and the least size of its words


def test_every_frame_is_the_stored_one(notebook, all_pictures):
    if missing := other_versions():
        pytest.skip(f"the stored frames were drawn with {missing}")
    stored = json.loads(FRAMES.read_text(encoding="utf-8"))
    for number, shown in enumerate(all_pictures, start=1):
        here = frames(shown)
        there = stored[f"{notebook.stem}-{number}"]
        changed = [setting for setting in {**there, **here} if here.get(setting) != there.get(setting)]
        assert not changed, f"{shown.picture.alt} looks different at {changed[:5]}: look, then refresh"


def everything_drawn(picture, values):
    """What a picture shows and says, in bytes: all frames, what stands still, a PNG."""
    sentences, drawing = [picture.update()], Drawing(picture.figure)
    frames = [(picture.update(**each), drawing.moving()) for each in values]
    return sentences, frames, drawing.still(), drawing.png("Words.")


def test_a_picture_is_the_same_to_the_byte_whatever_settings_the_reader_has_before_or_after_it_is_made(all_pictures):
    for kind, controls in {type(shown.picture): shown.controls for shown in all_pictures}.items():
        values = list(settings(controls, at_random=0))[:8]
        expected, after = everything_drawn(kind(), values), kind()
        for foreign in (matplotlib.style.context("classic"), other_settings()):
            with foreign:
                assert everything_drawn(kind(), values) == expected, (
                    f"{kind.__name__} takes the settings of its beginning"
                )
                assert everything_drawn(after, values) == expected, f"{kind.__name__} takes the settings of the moment"


def test_no_move_touches_a_setting(all_pictures, monkeypatch):
    drawings = [(shown, Drawing(shown.picture.figure)) for shown in all_pictures]

    def touched(*_):
        raise AssertionError("a move has changed matplotlib's settings, which the reader's cells may be using")

    with monkeypatch.context() as patch:
        for name in ("__setitem__", "update", "_update_raw"):
            patch.setattr(mpl.RcParams, name, touched, raising=False)
        for shown, drawing in drawings:
            for values in settings(shown.controls, at_random=2):
                shown.picture.update(**values)
                drawing.moving()


def test_what_moves_has_no_style_and_no_id(all_pictures):
    for shown in all_pictures:
        drawing = Drawing(shown.picture.figure)
        for values in settings(shown.controls, at_random=0):
            shown.picture.update(**values)
            frame = ET.fromstring(f"<svg>{''.join(drawing.moving())}</svg>")
            for element in frame.iter():
                assert element.tag in ("svg", "path", "text")
                assert not {"id", "style", "class"} & set(element.attrib)
                assert "url(" not in str(element.attrib)


def luminance(color):
    """The relative luminance of colours `(..., 3)`, as WCAG 2 defines it."""
    color = np.asarray(color)
    linear = np.where(color <= 0.03928, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def grounds(figure, texts, boxes):
    """The colour on which each text stands: that of most points of its box when no text is drawn."""
    moving = figure.findobj(Artist.get_animated)
    for words in texts:
        words.set_alpha(0)
    for artist in moving:
        artist.set_animated(False)  # or a canvas leaves it out
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    for words in texts:
        words.set_alpha(None)
    for artist in moving:
        artist.set_animated(True)
    points = np.asarray(canvas.buffer_rgba())[::-1, :, :3]
    for box in boxes:
        x0, y0, x1, y1 = np.rint(box.extents).astype(int)
        colors, counts = np.unique(points[max(y0, 0) : y1, max(x0, 0) : x1].reshape(-1, 3), axis=0, return_counts=True)
        yield colors[counts.argmax()] / 255


def never_drawn(figure):
    """The names of ticks beyond the ends of their axis."""
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        low, high = sorted(axis.get_view_interval())
        yield from (tick.label1 for tick in axis.get_major_ticks() if not low - 1e-9 <= tick.get_loc() <= high + 1e-9)


def words_of(figure):
    """The words that a figure shows now, and the box of each."""
    figure.draw_without_rendering()  # names of axes find their place
    beyond = set(never_drawn(figure))
    texts = [one for one in figure.findobj(Text) if one.get_visible() and one.get_text().strip() and one not in beyond]
    return texts, [one.get_window_extent().padded(-1.5) for one in texts]


def misplaced(figure, texts, boxes):
    """What is wrong with the places of words."""
    for words, box in zip(texts, boxes, strict=True):
        if not all(figure.bbox.padded(1).contains(*corner) for corner in box.corners()):
            yield f"{words.get_text()!r} leaves the page"
    for (one, here), (other, there) in combinations(zip(texts, boxes, strict=True), 2):
        if here.overlaps(there):
            yield f"{one.get_text()!r} stands on {other.get_text()!r}"


def test_all_words_stand_inside_the_page_on_no_other_words_and_can_be_told_from_their_ground(all_pictures):
    problems = {}
    for shown in all_pictures:
        figure = shown.picture.figure
        for values in settings(shown.controls, at_random=0):
            shown.picture.update(**values)
            texts, boxes = words_of(figure)
            problems |= dict.fromkeys(misplaced(figure, texts, boxes), values)
            for words in texts:
                if words.get_fontsize() * PHONE / (72 * figure.get_figwidth()) < LEAST_HEIGHT:
                    problems[f"{words.get_text()!r} is too small for a phone"] = values
            for words, ground in zip(texts, grounds(figure, texts, boxes), strict=True):
                dark, light = sorted([luminance(to_rgb(words.get_color())), luminance(ground)])
                if (light + 0.05) / (dark + 0.05) < LEAST_CONTRAST:
                    problems[f"{words.get_text()!r} in {words.get_color()} on {ground.round(2)}"] = values
        for values in between(shown.controls):
            shown.picture.update(**values)
            problems |= dict.fromkeys(misplaced(figure, *words_of(figure)), values)
    assert not problems


@pytest.mark.parametrize(
    ("picture", "values"),
    [
        (Gates(), {"step": 0, "x": 0.144}),
        (Ledger(), {"step": 27, "w_h": 0.3}),
        (Ledger(), {"step": 27, "w_h": -0.475}),
        (Loop(), {"w_h": -0.607}),
        (Rates([0.51, 0.53, 0.74]), {"step": 3, "rate": 0.51}),
        (Rates([0.071, 0.074]), {"step": 100, "rate": 0.071}),
        (Rates([0.00012, 0.00085]), {"step": 100, "rate": 0.00012}),
    ],
    ids=lambda each: "" if hasattr(each, "figure") else str(each),
)
def test_long_numbers_and_near_curves_find_room(picture, values):
    picture.update(**values)
    assert not list(misplaced(picture.figure, *words_of(picture.figure)))


# --- what a picture can't show

NO_NUMBERS = (None, "0.5", "", b"1", [], [0.5], (0.5, 0.5), {}, True, np.True_, 1j, object, Decimal("0.5"))
NO_NUMBERS += (np.ma.masked, np.array(0.5), np.array([0.5, 0.5]), np.ones((30, 30)))
NOWHERE = (float("nan"), float("inf"), -float("inf"), np.float32("nan"), 10**30, -(10**30))


def ranges_of(picture):
    """What each parameter of a picture's update can be, as the picture declares it."""
    return {name: shown(picture) if callable(shown) else shown for name, shown in picture.update.ranges.items()}


def bad_values(shown):
    """What a parameter that shows this can't be."""
    yield from NO_NUMBERS
    yield from NOWHERE
    if not isinstance(shown, tuple):
        yield "none of these"
        return
    low, high = shown
    if isinstance(low, int):
        yield from (low - 1, high + 1, low + 0.5, low - 1.0, np.int64(high + 1))
    else:
        yield from (np.nextafter(low, -np.inf), np.nextafter(high, np.inf), low - 1, high + 1)


def good_values(shown):
    """The ends of what is shown, in several kinds of number, or all choices."""
    if not isinstance(shown, tuple):
        return list(shown)
    kinds = (int, np.int64, np.float64) if isinstance(shown[0], int) else (float, np.float64)
    return [kind(end) for end in shown for kind in kinds]


def at_random(rng, shown):
    """One of the values that are shown."""
    if not isinstance(shown, tuple):
        return rng.choice(list(shown))
    whole = isinstance(shown[0], int)
    return rng.integers(*shown, endpoint=True) if whole else float(f"{rng.uniform(*shown):.3g}")


def drawn(figure):
    """What moves in a figure, as it is drawn now."""
    return Drawing(figure).moving()


def another(picture):
    """The same picture, made anew."""
    return type(picture)(**{name: getattr(picture, name) for name in inspect.signature(type(picture)).parameters})


def is_one_sentence(refusal, name):
    words = str(refusal.value)
    assert isinstance(refusal.value, (ValueError, TypeError)), words
    assert name in words, words
    assert words.endswith("."), words
    assert "\n" not in words, words
    assert len(words) < 200, words


@pytest.mark.filterwarnings("error")
def test_what_a_picture_can_not_show_is_refused_in_one_sentence_and_changes_nothing(all_pictures):
    for shown in all_pictures:
        picture, start = shown.picture, {control.name: control.start for control in shown.controls}
        ranges = ranges_of(picture)
        assert ranges.keys() == inspect.signature(picture.update).parameters.keys(), picture.alt
        words = picture.update(**start)
        before = drawn(picture.figure)
        for name, values in ranges.items():
            for value in bad_values(values):
                with pytest.raises((ValueError, TypeError)) as refusal:
                    picture.update(**{**start, name: value})
                is_one_sentence(refusal, name)
                if not any(value is each for each in NOWHERE):
                    assert not re.search(r"\b(nan|inf)\b", str(refusal.value))
        with pytest.raises(TypeError, match=f"^This picture shows {' and '.join(ranges)}: .*'speed'.*\\.$"):
            picture.update(speed=1.0)
        assert drawn(picture.figure) == before, f"{picture.alt} has changed"
        assert picture.update(**start) == words
        assert drawn(picture.figure) == before, f"{picture.alt} is another picture after an error"


def test_a_start_that_a_picture_can_not_show_is_refused_in_the_same_words(all_pictures):
    for shown in all_pictures:
        for name, values in ranges_of(shown.picture).items():
            outside = (values[1] + 1, values[1] + 3) if isinstance(values, tuple) else ["none of these"]
            with pytest.raises(ValueError, match=f"^{name} must be .*\\.$"):
                panel(shown.picture, [Control(shown.picture, name, outside)])


def test_every_value_that_a_reader_can_choose_is_one_that_the_picture_shows(all_pictures):
    for shown in all_pictures:
        ranges = ranges_of(shown.picture)
        for control in shown.controls:
            for value in control.choices:
                assert as_shown(control.name, value, ranges[control.name]) == value


@pytest.mark.filterwarnings("error")
def test_all_that_a_picture_says_it_shows_is_drawn_on_its_page_without_a_warning(all_pictures):
    rng = np.random.default_rng(11)
    for picture in (shown.picture for shown in all_pictures):
        ranges = ranges_of(picture)
        asked = list(product(*map(good_values, ranges.values())))
        asked = [asked[k] for k in {0, len(asked) - 1, *rng.integers(len(asked), size=10)}]
        asked += [[at_random(rng, values) for values in ranges.values()] for _ in range(5)]
        for values in asked:
            words = picture.update(*values)
            assert "nan" not in words, words
            figure = picture.figure
            figure.draw_without_rendering()
            for artist in figure.findobj(PathPatch):
                assert np.isfinite(artist.get_path().vertices).all(), words
            beyond = set(never_drawn(figure))
            for one in figure.findobj(Text):
                if one.get_visible() and one.get_text().strip() and one not in beyond:
                    box = one.get_window_extent().padded(-1.5)
                    inside = all(figure.bbox.padded(1).contains(*corner) for corner in box.corners())
                    assert inside, f"{one.get_text()!r} leaves the page: {words}"


def test_a_change_that_fails_half_way_is_mended_by_the_next(all_pictures, monkeypatch):
    changes = {"made": 0, "fatal": None}

    def change(artist, value):
        changes["made"] += bool(value)
        if value and changes["made"] == changes["fatal"]:
            raise MemoryError
        original.fset(artist, value)

    original = Artist.stale
    for shown in all_pictures:
        picture = shown.picture
        start, *_, other = settings(shown.controls, at_random=0)
        words = picture.update(**start)
        before = drawn(picture.figure)
        with monkeypatch.context() as patched:
            patched.setattr(Artist, "stale", property(original.fget, change))
            changes |= {"made": 0, "fatal": None}
            picture.update(**other)
            count = changes["made"]
            for fatal in {1, count // 3, 2 * count // 3, count} - {0}:
                changes |= {"made": 0, "fatal": None}
                picture.update(**start)
                changes |= {"made": 0, "fatal": fatal}
                with pytest.raises(MemoryError):
                    picture.update(**other)
                changes |= {"made": 0, "fatal": None}
                assert picture.update(**start) == words
                assert drawn(picture.figure) == before, f"{picture.alt} keeps half of a change"


def test_a_picture_is_the_same_whatever_numpy_has_been_told_about_errors(all_pictures):
    for shown in all_pictures:
        start, *others = settings(shown.controls, at_random=2)
        asked = [start, *others[-3:]]
        usual = [(shown.picture.update(**values), drawn(shown.picture.figure)) for values in asked]
        with np.errstate(all="raise"):
            strict = another(shown.picture)
            assert [(strict.update(**values), drawn(strict.figure)) for values in asked] == usual
            assert set(np.geterr().values()) == {"raise"}


ONE_NUMBER = [0.5], (0.5, 0.5), np.array(0.5), np.array([0.5, 0.5])  # or two: there are pictures made of them


@pytest.mark.parametrize(
    ("made_of", "name", "bad"),
    [
        (Rates, "rates", (range(9), [0.0], [0.1, 2.0], ["a"], [np.ma.masked], [[0.1], [None]])),
        (Ledger, "prices", ([2.0], [0.5] * 9, [None], np.ma.array([0.5, 1.0], mask=[True, False]))),
        (Ledger, "unit", (*ONE_NUMBER, 0.5, replace(STATLAND_WEIGHTS, w_h=3.0), STATLAND_LSTM_WEIGHTS)),
        (Ledger, "target", (*ONE_NUMBER, -0.1, 2.1)),
    ],
)
def test_what_a_picture_can_not_be_made_of_is_refused_in_one_sentence(made_of, name, bad):
    numbers = {id(each) for each in NO_NUMBERS if isinstance(each, (list, tuple, np.ndarray)) and np.size(each)}
    for value in (*bad, *NOWHERE, *(each for each in NO_NUMBERS if id(each) not in numbers)):
        with pytest.raises((ValueError, TypeError)) as refusal:
            made_of(**{name: value})
        is_one_sentence(refusal, name)


def test_a_unit_that_is_shut_on_all_days_has_a_ledger_too():
    shut = Ledger(prices=[1.0], unit=type(Ledger().unit)(w_x=-2.0, w_h=2.0, w_y=2.0, b_h=-2.0, b_y=2.0))
    assert shut.update(1.5, 4).endswith("all 1 shares add up to 0; nudging w_h gives 0.")

"""What a notebook stores of a live thing, and what a reader has of it where no kernel runs."""

import base64
from html import unescape

import ipywidgets as widgets
import pytest

from statland import ask, page
from statland.live import live
from statland.pictures.gradients import Gradients


@pytest.fixture
def displayed(monkeypatch):
    """What is displayed, each with its metadata."""
    found = []
    monkeypatch.setattr(page, "display", lambda data, raw, metadata=None: found.append((data, metadata)))
    return found


def test_a_picture_stands_still_with_its_sentence_before_the_one_that_moves(displayed):
    assert live(Gradients(), days=(2, 50)) is None
    (still, metadata), (note, _), (moving, _) = displayed
    words = Gradients().update()
    assert still["text/plain"] == words
    assert base64.b64decode(still["image/png"]).startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"] == f"{Gradients.alt} {words}", "for pages that give it to the picture"
    label, note = note["text/html"].split("</span> ")
    assert unescape(label) == f'<span role="img" aria-label="{Gradients.alt} {words}">', (
        "unseen, where the note is shown"
    )
    assert note == page.NOTE
    assert "Run All Cells" in note
    assert list(moving) == [page.WIDGET], "any text here would be stored, and stand on GitHub"


def test_guesses_and_checks_come_with_the_same_note(displayed):
    ask.guess("06.heart")
    ask.check("06.2", ...)
    assert [data for data, _ in displayed[1::3]] == [{"text/html": page.NOTE}] * 2


def test_only_the_words_of_what_is_said_change():
    said = page.Said("color: black")
    said.say("one")
    assert isinstance(said, widgets.HTML)
    assert said._dom_classes == ("statland-said",), "the note's script gives this element its role"
    said.say("two <b>", "three")
    assert said.value == '<div style="color: black"><div>two &lt;b&gt;</div><div>three</div></div>'

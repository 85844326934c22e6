"""Questions that wait for an answer: guesses before a picture, and exercises that answer back."""

from html import escape

import ipywidgets as widgets
from IPython.display import Javascript, display

from statland.diagnosis import as_text, comparison, diagnose, hints, question
from statland.page import Said, show

LARGE = "font-size:1.15em;line-height:1.4"
noted = {}  # what the reader has committed and checked so far, in order
open_from_the_start = False


def guess(key):
    """Show a question with its options and a button to commit, then to compare: only then can a reason be seen."""
    asked = question(key)
    words = [option["text"] for option in asked["options"]]
    choice = widgets.RadioButtons(options=[(text, place) for place, text in enumerate(words)], value=None)
    choice.layout.width = "auto"
    button, said = widgets.Button(description="compare" if open_from_the_start else "commit"), Said(LARGE)

    def on_click(_):  # one button for both, so that the keyboard stays where it is
        if button.description == "compare":
            said.say(*comparison(key, choice.value))
        elif choice.value is None:
            said.say("Choose an answer first.")
        else:
            noted[key], choice.disabled, button.description = words[choice.value], True, "compare"
            said.say(f"Noted: {noted[key]}. {asked.get('then', 'Now drag.')}")

    button.on_click(on_click)
    if open_from_the_start:
        said.say(*comparison(key, None))
    text = widgets.HTML(f'<div style="{LARGE}"><b>Guess.</b> {escape(asked["question"])}</div>')
    show(widgets.VBox([text, choice, button, said]), {"text/plain": as_text(key)})


def check(key, answer):
    """Show what there is to say about the answer to an exercise; on request, hints, and where the solution is."""
    noted[key] = diagnose(key, answer)
    lines = [noted[key], *hints(key), "The solution is in the fold below this cell."]
    said, hint = Said(LARGE), widgets.Button(description="hint")
    hint.on_click(lambda _: said.say(*lines[: said.count + 1]))
    said.say(*(lines if open_from_the_start else lines[:1]))
    show(widgets.VBox([said] if noted[key].startswith("Right") else [said, hint]), {"text/plain": noted[key]})


def my_answers():
    """Print all guesses and checks so far, as text to hand in."""
    print("\n".join(f"{key}: {words}" for key, words in noted.items()) or "No guess and no check so far.")


def show_answers():
    """Open everything: all that is folded in the text, and from here on reasons and hints, for whoever teaches or comes
    back."""
    global open_from_the_start
    open_from_the_start = True
    display(Javascript("for (const fold of document.querySelectorAll('details')) fold.open = true"))

"""The one bridge from a picture to sliders: in JupyterLab, in Notebook, in VS Code, and where no kernel runs.

A picture is drawn once. After each move only what moves in it is drawn again, and laid over what stands still.
"""

import base64
import inspect
from collections.abc import Mapping
from functools import partial
from html import escape
from math import floor, isfinite

import ipywidgets as widgets

from statland.drawing import Drawing
from statland.page import SPOKEN, show

NUMBER_BOX = {widgets.FloatSlider: widgets.BoundedFloatText, widgets.IntSlider: widgets.BoundedIntText}
SENTENCE = "font-size:1.2em;line-height:1.4;min-height:2.8em"  # two lines, so that nothing below it jumps
ERROR = "color:var(--jp-error-color1,inherit)"  # the theme's own red, which can be read on dark and on light


def live(picture, **controls):
    """Show a picture with a slider and a number box for each control: `live(picture, w_h=(-2.0, 2.0, 0.05))`.

    A picture has a `figure`, an `alt` text, and `update(**values)`, which changes its artists and returns one
    sentence that says what is to be seen. A control is an abbreviation as ipywidgets' `interact` takes it, for
    a value of `update`, and starts at the default there (a ready widget at its own value); any other is a
    `TypeError`. A `widgets.Play` brings a slider, a number box and a button for one step along. An error after a
    move is shown below the picture. Where no kernel runs, the notebook shows picture and sentence as a PNG.
    """
    box, words, png = panel(picture, [Control(picture, *control) for control in controls.items()])
    still = {"text/plain": words, "image/png": base64.b64encode(png).decode()}
    show(box, still, alt=f"{picture.alt} {words}")


class Control:
    """One value of a picture's `update` that a reader moves, and the widget that moves it."""

    def __init__(self, picture, name, abbreviation):
        known = inspect.signature(picture.update).parameters
        if name not in known:
            raise TypeError(f"This picture has no {name!r} to move, only {' and '.join(known)}.")
        of_widget = [getattr(abbreviation, end, None) for end in ("min", "max", "step")]
        ends = abbreviation if isinstance(abbreviation, tuple) else of_widget
        if not all(isfinite(end) for end in ends if isinstance(end, float)):
            raise ValueError(f"{name} needs a range of finite numbers, not {abbreviation!r}.")
        self.name, self.widget = name, widgets.interactive.widget_from_abbrev(abbreviation, known[name].default)
        if self.widget is None:
            raise TypeError(f"{name} needs a range, a list, a value or a widget to move it, not {abbreviation!r}.")
        self.widget.description = name
        self.start = self.widget.value

    @property
    def kind(self):
        """One of slider, player, menu, buttons, check, or fixed, which nothing moves. A number box is a slider, too."""
        if isinstance(self.widget, widgets.fixed):
            return "fixed"
        if isinstance(self.widget, (widgets.ToggleButtons, widgets.RadioButtons)):
            return "buttons"
        if hasattr(self.widget, "options"):
            return "menu"
        if isinstance(self.start, bool):
            return "check"
        return "player" if isinstance(self.widget, widgets.Play) else "slider"

    @property
    def choices(self):
        """All values that the reader can choose. A widget whose values have no end is a `TypeError`."""
        known = {"min", "max", "step"} <= set(self.widget.trait_names()) and isinstance(self.start, (int, float))
        if self.kind in ("fixed", "check"):
            return [self.start] if self.kind == "fixed" else [False, True]
        if self.kind in ("menu", "buttons") and hasattr(self.widget, "label"):
            return [value for _, value in self._options()]
        if not known or not self.widget.step or isinstance(self.widget, widgets.FloatLogSlider):
            raise TypeError(f"A {type(self.widget).__name__}, as {self.name} has it, has no list of values.")
        return sorted({self.start, *map(self.at, range(self.last + 1))})

    @property
    def labels(self):
        """The words of a menu's or button's choices."""
        return [label for label, _ in self._options()] if self.kind in ("menu", "buttons") else []

    @property
    def last(self):
        """How many steps lead from the least value to the largest that a slider can hold."""
        return floor((self.widget.max - self.widget.min) / self.widget.step + 1e-9)

    def at(self, step):
        """Return the value so many steps from the least one, without the crumbs of adding up: 0.15, and 0 as 0."""
        value = self.widget.min + step * self.widget.step
        return tidy(value) if abs(value) > 1e-9 * self.widget.step else 0 * self.widget.step

    def nearest(self, value):
        """Return the value as a slider can hold it, which knows only its own steps."""
        return self.at(min(max(round((value - self.widget.min) / self.widget.step), 0), self.last))

    def _options(self):
        """Return labels and values, which ipywidgets takes as pairs, as a dictionary, or as values alone."""
        options = self.widget.options
        options = list(options.items() if isinstance(options, Mapping) else options)
        paired = all(isinstance(each, (list, tuple)) and len(each) == 2 for each in options)
        return options if paired else [(str(each), each) for each in options]


def panel(picture, controls):
    """Return the box with a picture and its controls, the sentence that it begins with, and a PNG of both.

    The box holds the controls, two in a row if there are more, the two layers of the picture one upon the other, and
    room for an error.
    """
    values = {control.name: control.start for control in controls}
    words = picture.update(**values)
    drawing = Drawing(picture.figure)
    still, moving, error = (widgets.HTML() for _ in range(3))
    moving.add_class(SPOKEN)
    shown = {}

    def draw(words):
        frame = _frame(drawing, f"{picture.alt} {words}")
        moving.value = f'{frame}<div style="{SENTENCE}">{escape(words)}</div>'  # one message for both

    def moved(control, together, change):
        value = tidy(change.new)
        if value == shown[change.owner]:
            return  # it followed another widget, or the browser sent back what it was given
        shown[change.owner] = values[control.name] = value
        try:
            draw(picture.update(**values))
            error.value = ""
        except Exception as problem:
            error.value = f'<div role="alert" style="{ERROR}">{escape(f"Not drawn: {problem}")}</div>'
        for widget in together:
            if widget is not change.owner:
                held = control.nearest(value) if type(widget) in NUMBER_BOX else value
                shown[widget] = widget.value = held

    draw(words)
    image = base64.b64encode(drawing.still()).decode()
    still.value = f'<img alt="" style="display:block;width:100%" src="data:image/svg+xml;base64,{image}">'
    for layer in (still, moving):
        layer.layout = widgets.Layout(grid_area="1 / 1", width="100%", margin="0")
    layers = widgets.GridBox([still, moving], layout=widgets.Layout(grid_template_columns="100%"))
    rows = [(control, _row(control)) for control in controls if control.kind != "fixed"]
    for control, row in rows:
        together = [widget for widget in row if isinstance(widget, widgets.ValueWidget)]
        for widget in together:
            shown[widget] = widget.value
            widget.observe(partial(moved, control, together), "value")
    boxes = []
    for control, row in rows:
        wide = len(rows) < 3 or control.kind == "player"
        boxes.append(widgets.HBox(row, layout=widgets.Layout(grid_column="1 / -1" if wide else "auto")))
    moved_by = widgets.GridBox(boxes, layout=widgets.Layout(grid_template_columns="1fr 1fr"))
    return widgets.VBox([moved_by, layers, error]), words, drawing.png(words)


def tidy(value):
    """Return a float without the crumbs that adding up leaves (0.15000000000000002, -0.0), anything else as it is."""
    return float(f"{value:.12g}") + 0.0 if isinstance(value, float) else value


def _frame(drawing, label):
    """Return what moves in one SVG that carries the picture's name."""
    width, height = drawing.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(label)}" '
        f'viewBox="0 0 {width:g} {height:g}" style="display:block;width:100%;will-change:transform">'
        f"{''.join(drawing.moving())}</svg>"
    )


def _row(control):
    """Return the control's widget and what moves the same value: for a slider a number box, for a player both and a
    button. Screen readers find a slider nameless; its number box carries the name."""
    widget = control.widget
    if control.kind == "player":
        slider = widgets.IntSlider(widget.value, widget.min, widget.max, widget.step, description=control.name)
        widget.description, widget.show_repeat = "", False
        one_more = widgets.Button(description="one step", layout=widgets.Layout(width="90px"))
        one_more.on_click(lambda _: setattr(slider, "value", min(slider.value + slider.step, slider.max)))
        return [*_with_number_box(slider, control, width="45%"), one_more, widget]
    return _with_number_box(widget, control, width="70%") if type(widget) in NUMBER_BOX else [widget]


def _with_number_box(slider, control, width):
    number = NUMBER_BOX[type(slider)](slider.value, min=slider.min, max=slider.max, step=slider.step)
    number.description, number.style.description_width, number.layout.width = control.name, "0", "90px"
    slider.readout, slider.layout.width, slider.value = False, width, control.nearest(slider.value)
    return [slider, number]

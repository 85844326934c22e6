"""The one bridge from a picture to sliders: in JupyterLab, in Notebook, in VS Code, and where no kernel runs.

A picture is drawn once. What changes in it carries matplotlib's own `animated` flag; after each move only those
artists are drawn again, as SVG, and laid over the part that stands still.
"""

import base64
import inspect
import io
import textwrap
from functools import lru_cache, partial
from html import escape

import ipywidgets as widgets
import matplotlib as mpl
from IPython.display import display
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

NUMBER_BOX = {widgets.FloatSlider: widgets.BoundedFloatText, widgets.IntSlider: widgets.BoundedIntText}
DIGITS = str.maketrans("123456789", "000000000")
SENTENCE = "font-size:1.2em;line-height:1.4;min-height:2.8em"  # two lines, so that nothing below it jumps


def live(picture, **controls):
    """Show a picture with a slider and a number box for each control: `live(picture, w_h=(-2.0, 2.0, 0.05))`.

    A picture has a `figure`, an `alt` text, and `update(**values)`, which changes its artists and returns one
    sentence that says what is to be seen. A control is an abbreviation as ipywidgets' `interact` takes it, for
    a value of `update`, and starts at the default there (a ready widget at its own value); any other is a
    `TypeError`. A `widgets.Play` brings a slider, a number box and a button for one step along. An error after a
    move is shown below the picture. Where no kernel runs, the notebook shows picture and sentence as a PNG.
    """
    figure = picture.figure
    animated = _animated(figure)
    inputs = {name: _input(picture, name, abbreviation) for name, abbreviation in controls.items()}
    values = {name: widget.value for name, widget in inputs.items()}
    still, moving, error = (widgets.HTML() for _ in range(3))

    def draw():
        words = picture.update(**values)
        svg = _moving(figure, animated, label=f"{picture.alt} {words}", salt=moving.model_id)
        moving.value = f'{svg}<div role="status" aria-live="polite" style="{SENTENCE}">{escape(words)}</div>'
        return words

    def moved(name, together, change):
        value = _clean(change.new)
        if value == shown[change.owner]:
            return  # it followed another widget, or the browser sent back what it was given
        shown[change.owner] = values[name] = value
        try:
            draw()
            error.value = ""
        except Exception as problem:
            error.value = f'<div role="alert" style="color:#b00020">{escape(f"Not drawn: {problem}")}</div>'
        for widget in together:
            if widget is not change.owner:
                shown[widget] = widget.value = _nearest(widget, value)

    words = draw()
    still.value = _still(figure, animated)
    for layer in (still, moving):
        layer.layout = widgets.Layout(grid_area="1 / 1", width="100%", margin="0")
    layers = widgets.GridBox([still, moving], layout=widgets.Layout(grid_template_columns="100%"))
    rows = {name: _row(widget) for name, widget in inputs.items() if isinstance(widget, widgets.Widget)}
    shown = {}
    for name, row in rows.items():
        together = [widget for widget in row if isinstance(widget, widgets.ValueWidget)]
        for widget in together:
            shown[widget] = widget.value
            widget.observe(partial(moved, name, together), "value")
    box = widgets.VBox([*map(widgets.HBox, rows.values()), layers, error], layout=widgets.Layout(max_width="860px"))
    bundle = box._repr_mimebundle_() | {"text/plain": words, "image/png": png(figure, words)}
    display(bundle, raw=True, metadata={"image/png": {"width": 860}})


def _input(picture, name, abbreviation):
    """Return the widget for an abbreviation, starting at the default in the picture's own `update`."""
    known = inspect.signature(picture.update).parameters
    if name not in known:
        raise TypeError(f"This picture has no {name!r} to move, only {' and '.join(known)}.")
    widget = widgets.interactive.widget_from_abbrev(abbreviation, known[name].default)
    if widget is None:
        raise TypeError(f"{name} needs a range, a list, a value or a widget to move it, not {abbreviation!r}.")
    widget.description = name
    return widget


def _row(widget):
    """Return the widget and what moves the same value: for a slider a number box, for a player both and a button.

    Screen readers find a slider nameless; its number box carries the name.
    """
    if isinstance(widget, widgets.Play):
        slider = widgets.IntSlider(widget.value, widget.min, widget.max, widget.step, description=widget.description)
        widget.description, widget.show_repeat = "", False
        one_more = widgets.Button(description="one step", layout=widgets.Layout(width="90px"))
        one_more.on_click(lambda _: setattr(slider, "value", min(slider.value + slider.step, slider.max)))
        row = [*_row(slider), one_more, widget]
        slider.layout.width = "45%"
        return row
    if type(widget) not in NUMBER_BOX:
        return [widget]
    number = NUMBER_BOX[type(widget)](widget.value, min=widget.min, max=widget.max, step=widget.step)
    number.description, number.style.description_width, number.layout.width = widget.description, "0", "90px"
    widget.readout, widget.layout.width, widget.value = False, "70%", _nearest(widget, widget.value)
    return [widget, number]


def _clean(value):
    """Return a float without the crumbs that a slider's steps leave (0.15000000000000002), anything else as it is."""
    return round(float(f"{value:.12g}"), 12) if isinstance(value, float) else value


def _nearest(widget, value):
    """Return the value as the widget can hold it: a slider knows only its own steps, a number box any number."""
    if not isinstance(widget, widgets.FloatSlider):
        return value
    return _clean(widget.min + round((value - widget.min) / widget.step) * widget.step)


def _animated(figure):
    """Return the artists that change, those in front last."""
    return sorted(figure.findobj(Artist.get_animated), key=Artist.get_zorder)


def _moving(figure, animated, label, salt):
    """Draw the animated artists alone, as SVG that carries the picture's name; the salt keeps its ids its own."""
    width, height = figure.get_size_inches() * 72
    file = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": salt}):
        renderer = _Renderer(width, height, file, image_dpi=72)
        for artist in animated:
            artist.draw(renderer)
        renderer.finalize()
    drawing = file.getvalue().split("</defs>", 1)[1]  # what stands before is for files: a date, a style for the page
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'aria-label="{escape(label)}" viewBox="0 0 {width:g} {height:g}" '
        f'style="display:block;width:100%;stroke-linejoin:round;will-change:transform">{drawing}'
    )


class _Renderer(RendererSVG):
    """Measures "0.00" for each of 1.25, 1.26, 1.27: digits are equally wide, and to measure is what takes time."""

    def get_text_width_height_descent(self, s, prop, ismath):
        return _measured(s.translate(DIGITS), prop, ismath)


_measured = lru_cache(maxsize=1000)(text_to_path.get_text_width_height_descent)


def _still(figure, animated):
    """Draw all but the animated artists, as an image for the background."""
    hidden = [artist for artist in animated if artist.get_visible()]
    for artist in hidden:
        artist.set_visible(False)
    with mpl.rc_context({"svg.hashsalt": "statland"}):
        svg = _saved(figure, format="svg", metadata={"Date": None})
    for artist in hidden:
        artist.set_visible(True)
    return f'<img alt="" style="display:block;width:100%" src="data:image/svg+xml;base64,{svg}">'


def png(figure, words):
    """Draw the whole picture with its sentence below."""
    width, height = figure.get_size_inches()
    lines = textwrap.wrap(words, 84)
    caption = figure.text(0.02, -0.1 / height, "\n".join(lines), fontsize=14, va="top", linespacing=1.3)
    box = Bbox([[0, -0.2 - 0.28 * len(lines)], [width, height]])
    png = _saved(figure, format="png", dpi=144, bbox_inches=box, metadata={"Software": None})
    caption.remove()
    return png


def _saved(figure, **how):
    file = io.BytesIO()
    figure.savefig(file, **how)
    return base64.b64encode(file.getvalue()).decode()

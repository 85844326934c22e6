"""Matplotlib's artists as SVG for a page: matplotlib's own SVG is for a file.

It is written by attributes alone, because a page may forbid styles, and without ids, because a page may show the same
picture twice. And it asks for none of matplotlib's settings, which the reader's cells may change at any moment.
"""

import base64
import io
import xml.etree.ElementTree as ET
from functools import lru_cache
from itertools import product
from math import ceil

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex, to_rgba
from matplotlib.font_manager import weight_dict
from matplotlib.image import imsave
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

DIGITS = str.maketrans("123456789", "000000000")
LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}  # SVG's names for the same
CAPS = {"projecting": "square", "butt": "butt", "round": "round"}
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def svg(artist, width, height):
    """Return what an artist draws on a page of this size, in points."""
    renderer = Renderer(width, height)
    artist.draw(renderer)
    return ET.tostring(renderer.drawn, encoding="unicode")[len("<g>") : -len("</g>")] if len(renderer.drawn) else ""


class Renderer(RendererBase):
    """What matplotlib asks of whoever draws for it (its public `RendererBase`), done with elements of SVG."""

    def __init__(self, width, height):
        super().__init__()
        self.width, self.height, self.drawn = width, height, ET.Element("g")
        self.upright = Affine2D().scale(1, -1).translate(0, height)  # SVG counts from the top

    def draw_path(self, gc, path, transform, rgbFace=None):  # noqa: N803
        hatch = gc.get_hatch_path()
        way = self._way(path, transform, is_line=rgbFace is None and not hatch, sketch=gc.get_sketch_params())
        inside = self._inside(gc)
        ET.SubElement(inside, "path", {"d": way, **self._look(gc, rgbFace)})
        if hatch:
            tiles = ET.SubElement(inside, "g", {"clip-path": f"path('{way}') view-box"})
            color, width = gc.get_hatch_color(), _short(gc.get_hatch_linewidth())
            look = _color("fill", color) | _color("stroke", color) | {"stroke-width": width}
            for x, y in product(range(0, ceil(self.width), 72), range(0, ceil(self.height), 72)):
                ET.SubElement(tiles, "path", {"d": self._way(hatch, Affine2D().scale(72).translate(x, y)), **look})

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):  # noqa: N803
        """Draw the same mark at each place of a path. One with a face is worked out once: the page's edge cuts none."""
        if rgbFace is None or gc.get_sketch_params():
            super().draw_markers(gc, marker_path, marker_trans, path, trans, rgbFace)
            return
        mark = self._on_page(marker_path, marker_trans)
        inside, look = self._inside(gc), self._look(gc, rgbFace)
        for corners, _ in path.iter_segments(trans, simplify=False):
            x, y = corners[-2:]
            way = _written(mark.vertices + np.array([x, -y]), mark.codes)
            ET.SubElement(inside, "path", {"d": way, **look})

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # as paths
            return
        names = dict.fromkeys([prop.get_name(), *prop.get_family(), "Verdana", "sans-serif"])  # Verdana is as wide
        look = {
            "font-size": _short(prop.get_size_in_points()),
            "font-family": ", ".join(f"'{name}'" if " " in name else name for name in names),
            "font-weight": str(weight_dict.get(prop.get_weight(), prop.get_weight())),
            "font-style": prop.get_style(),
        }
        if mtext and not angle:  # whatever font a page has, the text stays where it is aligned
            x = mtext.get_transform().transform(mtext.get_unitless_position())[0]
            look["text-anchor"] = ANCHORS[mtext.get_horizontalalignment()]
        if angle:
            look["transform"] = f"rotate({_short(-angle)} {_short(x)} {_short(y)})"
        look |= {"x": _short(x), "y": _short(y), **_color("fill", gc.get_rgb())}
        ET.SubElement(self._inside(gc), "text", look).text = s

    def draw_image(self, gc, x, y, im, transform=None):
        file = io.BytesIO()
        imsave(file, im[::-1], format="png", metadata={"Software": None})
        height, width = (pixels / self.get_image_magnification() for pixels in im.shape[:2])
        place = {"x": x, "y": self.height - y - height, "width": width, "height": height}
        data = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
        look = {"preserveAspectRatio": "none", "href": data}
        ET.SubElement(self._inside(gc), "image", {name: _short(each) for name, each in place.items()} | look)

    def draw_gouraud_triangles(self, gc, triangles_array, colors_array, transform):
        raise ValueError("Colours that run into each other (shading='gouraud') can't be drawn as what moves.")

    def get_image_magnification(self):
        return 2  # pixels of an image to a point

    def flipy(self):
        return True

    def get_canvas_width_height(self):
        return self.width, self.height

    def get_text_width_height_descent(self, s, prop, ismath):
        """Measure "0.00" for each of 1.25, 1.26, 1.27: digits are equally wide, but in formulas, and it takes time."""
        return _measured(s if ismath else s.translate(DIGITS), prop, ismath)

    def _inside(self, gc):
        """Return the element to draw in: one that clips what is drawn in it, where that is asked for."""
        path, transform = gc.get_clip_path()
        if path is not None:
            return ET.SubElement(self.drawn, "g", {"clip-path": f"path('{self._way(path, transform)}') view-box"})
        if (box := gc.get_clip_rectangle()) is None:
            return self.drawn
        x, y, width, height = map(_short, (box.x0, self.height - box.y1, box.width, box.height))
        here = {"x": x, "y": y, "width": width, "height": height, "viewBox": f"{x} {y} {width} {height}"}
        return ET.SubElement(self.drawn, "svg", here | {"overflow": "hidden"})

    def _look(self, gc, face):
        """Return how a path looks, as attributes: its face, if it has one, and its line."""
        look = {"fill": "none"}
        if face is not None:
            look = _color("fill", to_rgba(face, gc.get_alpha() if gc.get_forced_alpha() else None))
        if not gc.get_linewidth():
            return look
        look |= _color("stroke", gc.get_rgb()) | {"stroke-width": _short(gc.get_linewidth())}
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            look |= {"stroke-dasharray": " ".join(map(_short, dashes)), "stroke-dashoffset": _short(offset)}
        return look | {"stroke-linejoin": gc.get_joinstyle(), "stroke-linecap": CAPS[gc.get_capstyle()]}

    def _way(self, path, transform, is_line=False, sketch=None):
        """Return a path as SVG writes it, to the hundredth of a point. Of a line what lies beyond the page is left out,
        and what nobody can see of it."""
        path = self._on_page(path, transform, is_line, sketch)
        return _written(path.vertices, path.codes)

    def _on_page(self, path, transform, is_line=False, sketch=None):
        """Return a path in points from the page's upper left corner."""
        page = (0, 0, self.width, self.height) if is_line else None
        simplify = is_line and path.codes is None and len(path.vertices) >= 128  # as matplotlib does by default
        if simplify:
            path = Path(path.vertices)
            path.simplify_threshold = 1 / 9  # a path has this from the settings at its birth
        return path.cleaned(transform + self.upright, True, page, simplify=simplify, curves=True, sketch=sketch)


def _written(vertices, codes):
    """Return these corners as a path of SVG."""
    words, before = [], None
    for (x, y), code in zip((vertices.round(2) + 0.0).tolist(), codes.tolist(), strict=True):
        if code == Path.CLOSEPOLY:
            words.append("Z")
        elif code != Path.STOP:
            words.append(f"{'' if code == before != Path.MOVETO else LETTERS[code]}{x:g} {y:g}")
        before = code
    return " ".join(words)


def _short(number):
    """Write a number to the hundredth."""
    return f"{round(float(number), 2) + 0:g}"


def _color(name, color):
    """Return a colour as attributes of this name."""
    *color, alpha = to_rgba(color)
    return {name: to_hex(color)} | ({} if alpha == 1 else {f"{name}-opacity": _short(alpha)})


_measured = lru_cache(maxsize=1000)(text_to_path.get_text_width_height_descent)

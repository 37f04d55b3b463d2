"""A picture as SVG text: shapes and wrapped lines on a sheet of fixed width, with a title and a description.

Needs no font metrics: lines are wrapped by a generous width for each letter. Knows nothing of packs.
"""

from __future__ import annotations

import textwrap
from typing import Literal
from xml.etree import ElementTree as Tree

WIDTH = 360  # the sheet in pixels: letters stay readable on a narrow phone and as one of two columns on paper
HEAD, TEXT, SMALL = 13.0, 12.0, 10.5  # sizes of letters
_LETTER = 0.56  # of the font size: the mean width of a letter in a wide sans serif
INK, FAINT = "#1d2733", "#5b6773"

Shape = Literal["octagon", "triangle", "diamond", "circle", "ring", "cross", "dash"]


class Sheet:
    """A drawing that grows downwards; `y` is where the next thing goes."""

    def __init__(self, id_: str, title: str, description: str) -> None:
        self.y = 0.0
        self._root = Tree.Element("svg", {"role": "img", "aria-labelledby": f"{id_}-title {id_}-desc"})
        for tag, text in (("title", title), ("desc", description)):
            Tree.SubElement(self._root, tag, {"id": f"{id_}-{tag}"}).text = text

    def box(self, height: float, fill: str, edge: str, x: float = 1) -> None:
        """A rounded box from `x` to the right edge of the sheet, at `y`."""
        size = {"x": x, "y": self.y + 1, "width": WIDTH - x - 1, "height": height - 2, "rx": 5}
        self._add("rect", **_texts(size), fill=fill, stroke=edge)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = FAINT) -> None:
        """A thin line."""
        self._add("path", d=f"M{x1:g} {y1:g}L{x2:g} {y2:g}", stroke=colour, fill="none")

    def lines(
        self, texts: list[str], x: float, y: float, size: float = TEXT, colour: str = INK, *, bold: bool = False
    ) -> None:
        """Lines of text below each other, the first with its baseline at `y`."""
        weight = {"font-weight": "700"} if bold else {}
        for row, text in enumerate(texts):
            place = _texts({"x": x, "y": y + row * leading(size), "font-size": size})
            self._add("text", **place, **weight, fill=colour).text = text

    def shape(self, shape: Shape, x: float, y: float, colour: str) -> None:
        """A small mark centred on a point; each shape stands for one thing, so that colour is never alone."""
        if shape in ("circle", "ring"):
            fill = {"fill": colour} if shape == "circle" else {"fill": "none", "stroke-width": "1.6"}
            self._add("circle", **_texts({"cx": x, "cy": y, "r": 4}), **fill, stroke=colour)
            return
        path = _PATHS[shape]
        drawn = {"fill": "none", "stroke-width": "2"} if shape in ("cross", "dash") else {"fill": colour}
        self._add("path", d=path, transform=f"translate({x:g} {y:g})", stroke=colour, **drawn)

    def text(self) -> str:
        """The whole picture."""
        self._root.set("viewBox", f"0 0 {WIDTH} {self.y:g}")
        return Tree.tostring(self._root, encoding="unicode")

    def _add(self, tag: str, **attributes: str) -> Tree.Element:
        return Tree.SubElement(self._root, tag, attributes)


_PATHS: dict[str, str] = {
    "octagon": "M-2-5H2L5-2V2L2 5H-2L-5 2V-2Z",
    "triangle": "M0-5L5 4H-5Z",
    "diamond": "M0-5L5 0L0 5L-5 0Z",
    "cross": "M-4-4L4 4M4-4L-4 4",
    "dash": "M-4 0H4",
}


def wrap(text: str, width: float, size: float = TEXT) -> list[str]:
    """The text in lines that fit a width in pixels at a font size."""
    return textwrap.wrap(text, max(8, int(width / (size * _LETTER))))


def leading(size: float) -> float:
    """From one baseline to the next."""
    return round(size * 1.32, 1)


def _texts(numbers: dict[str, float]) -> dict[str, str]:
    return {name: f"{number:g}" for name, number in numbers.items()}

"""Looks at a picture as a test can: its words, its ids, and where each text stands. Draws nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from rootline.pictures.svg import WIDTH, width_of

SVG = "{http://www.w3.org/2000/svg}"
ADDRESS = re.compile(
    r"(?:href|src)=|https?://(?!www\.w3\.org/2000/svg\")|url\((?!#)|<script|<style|<foreignObject|<[^>]* on\w+="
)


@dataclass(frozen=True)
class Box:
    """Where one text stands, in px."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether two texts lie over each other, by more than half a pixel."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5


def read(svg: str) -> Element:
    """The picture as XML, after what every picture must keep."""
    assert not ADDRESS.search(svg), "a script, a style sheet or an address"
    root = fromstring(svg)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text and description is not None and description.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(set(ids)) == len(ids)
    referred = set(re.findall(r"url\(#([^)]+)\)", svg))
    assert referred <= set(ids)
    return root


def seen(svg: str) -> str:
    """The words drawn in the picture, joined by spaces."""
    return " ".join(one.text or "" for one in read(svg).iter(f"{SVG}text"))


def described(svg: str) -> str:
    """The title and the description."""
    root = read(svg)
    return f"{root.findtext(f'{SVG}title')} {root.findtext(f'{SVG}desc')}"


def ids(svg: str) -> list[str]:
    """Every id in the picture."""
    return [found for one in read(svg).iter() if (found := one.get("id"))]


def boxes(svg: str) -> list[Box]:
    """Where each text stands, by the measure that the drawing used."""
    found = []
    for one in read(svg).iter(f"{SVG}text"):
        size, words = float(one.attrib["font-size"]), one.text or ""
        weight = "bold" if one.get("font-weight") == "bold" else "normal"
        wide = width_of(words, size, weight)
        left = float(one.attrib["x"]) - {"start": 0.0, "middle": wide / 2, "end": wide}[one.get("text-anchor", "start")]
        y = float(one.attrib["y"])
        found.append(Box(words, left, y - size * 0.8, left + wide, y + size * 0.22))
    return found


def check_legible(svg: str) -> None:
    """Texts keep apart, stay inside the frame and are at least 12 px high."""
    root = read(svg)
    height = float(root.attrib["height"])
    placed = boxes(svg)
    for at, box in enumerate(placed):
        assert box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= height, f"outside: {box}"
        for other in placed[at + 1 :]:
            assert not box.overlaps(other), f"{box} lies over {other}"
    assert all(float(one.attrib["font-size"]) >= 12 for one in root.iter(f"{SVG}text"))

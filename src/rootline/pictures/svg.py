"""Drawing in SVG: elements, measured and wrapped text, and the frame with title and description.

Decides nothing. No style sheet, script or address: a strict page shows it, and a page's own style sheet may colour it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal
from xml.etree.ElementTree import Element, tostring

from rootline.answers.model import Answer, LevelName

WIDTH = 320  # px: one column of a printed page, and the width of a small phone
TEXT, SMALL = 14, 13  # px
LEADING = 1.3  # line height in text sizes
ROUND = 6  # px: corners of boxes
# Middle tones: each has a contrast of 3 or more to white and to near-black. They repeat what words and shapes say.
LEVEL_COLOUR: dict[LevelName, str] = {
    "emergency": "#d5362b", "urgent": "#c2600a", "soon": "#2a78d0", "routine": "#2e8b57"
}  # fmt: skip
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Advance widths in text sizes, on the wide side, so that a text laid out by them fits in any common sans-serif.
_ADVANCES = {
    0.33: " ijl.,:;'|!I·",
    0.42: 'tfr()[]-/"',
    0.55: "cszJ",
    0.63: "abdeghknopquvxy0123456789?*+=<>–_FEL$#~^`{}",
    0.72: "ABCDGHKNPRSTUVXYZ&≥≤−±×",
    0.82: "OQw",
    1.0: "mMW%@—…",
}
_ADVANCE = {letter: advance for advance, letters in _ADVANCES.items() for letter in letters}
_BOLD = 1.12

Weight = Literal["normal", "bold"]
Anchor = Literal["start", "middle", "end"]


def width_of(words: str, size: float = TEXT, weight: Weight = "normal") -> float:
    """How wide a text is, in px; rather too wide than too narrow. Unknown letters count as the widest."""
    return sum(_ADVANCE.get(letter, 1.0) for letter in words) * size * (_BOLD if weight == "bold" else 1)


def wrap(words: str, width: float, size: float = TEXT, weight: Weight = "normal") -> list[str]:
    """The text in lines that fit `width` px. A word that is longer than a line is broken."""
    lines: list[str] = []
    for word in (piece for whole in clean(words).split() for piece in _pieces(whole, width, size, weight)):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size, weight) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _pieces(word: str, width: float, size: float, weight: Weight) -> Iterator[str]:
    start = 0
    for end in range(1, len(word) + 1):
        if width_of(word[start:end], size, weight) > width and end - start > 1:
            yield word[start : end - 1]
            start = end - 1
    yield word[start:]


def clean(words: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("", words)


def shape(name: str, *inside: Element, **attributes: str | float) -> Element:
    """An element: `stroke_width` stands for `stroke-width`, `class_` for `class`; numbers are rounded."""
    element = Element(name, {_attribute(key): _value(value) for key, value in attributes.items()})
    element.extend(inside)
    return element


def _attribute(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return clean(value) if isinstance(value, str) else f"{round(value, 1):g}"


def label(
    x: float, y: float, words: str, size: float = TEXT, weight: Weight = "normal", anchor: Anchor = "start"
) -> Element:
    """One line of text on the baseline `y`."""
    text = shape("text", x=x, y=y, font_size=size, fill="currentColor")
    text.text = clean(words)
    if weight != "normal":
        text.set("font-weight", weight)
    if anchor != "start":
        text.set("text-anchor", anchor)
    return text


def lines_down(
    x: float, top: float, lines: Iterable[str], size: float = TEXT, weight: Weight = "normal"
) -> tuple[list[Element], float]:
    """Lines of text under each other from `top`, and where they end."""
    made: list[Element] = []
    for line in lines:
        made.append(label(x, top + size, line, size, weight))
        top += size * LEADING
    return made, top


def picture(kind: str, id_: str, title: str, description: str, height: float, shapes: Iterable[Element]) -> str:
    """The finished picture. `description` says in words all that the picture shows.

    `id_` must be the only one of its name on a page; `kind` is the class that a style sheet sees.
    """
    told = [shape("title", id=f"{id_}-title"), shape("desc", id=f"{id_}-desc")]
    told[0].text, told[1].text = clean(title), clean(description)
    frame = shape(
        "svg", *told, *shapes,
        xmlns="http://www.w3.org/2000/svg", id=id_, class_=f"picture {kind}", role="img",
        aria_labelledby=f"{id_}-title {id_}-desc", viewBox=f"0 0 {WIDTH} {round(height)}",
        width=WIDTH, height=round(height), font_family="system-ui, sans-serif", fill="none",
    )  # fmt: skip
    return tostring(frame, encoding="unicode")


def is_about_nobody(answer: Answer) -> bool:
    """A refused question that tells of no patient: nothing to draw."""
    return answer.outcome == "refused" and answer.urgency.at_least == "routine"

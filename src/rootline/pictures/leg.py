"""The leg, front and back, with the skin, muscles and reflexes of the roots that are likely or possible.

Schematic, and says so. Roots and what belongs to them come from the answer. Without one, or where another site alone
is likely, nothing is drawn. It is the right leg, as it is seen, and its mirror image where the left one hurts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from rootline.answers.audience import VOICE
from rootline.answers.model import Answer, BodyPart, DrawnSaid, LikelySite, Side
from rootline.pictures.leg_shape import CONTOURS, HEIGHT, MIDLINE, MUSCLES, OUTLINE, REFLEXES, SKIN, Spot, View
from rootline.pictures.svg import SMALL, TEXT, WIDTH, Anchor, Weight, label, lines_down, picture, shape, width_of, wrap
from rootline.readers.english import Voice, Wording

TITLE = Wording("Likely root: skin, muscles and reflexes", "The nerve that may be hurting, and where it goes")
TITLE_OPEN = Wording("Possible roots: skin, muscles and reflexes", "Nerves that may be hurting, and where they go")
VIEW: dict[View, Wording] = {"front": Wording("front", "front"), "back": Wording("back", "back")}
LEG = {
    "left": Wording("Left leg", "Left leg"), "right": Wording("Right leg", "Right leg"), "": Wording("Leg", "Leg")
}  # fmt: skip
LIKELIHOOD = {"likely": Wording("likely", "likely"), "possible": Wording("possible", "possible")}
OF_ROOT = {
    "skin": Wording("Skin", "Skin"), "muscles": Wording("Muscles", "Muscles"), "reflexes": Wording("Reflex", "Reflex")
}  # fmt: skip
ELSEWHERE = Wording("Also, not drawn", "Also, not drawn")
EITHER = Wording("Drawn for either leg.", "Drawn for either leg.")
NOTE = Wording(
    "Schematic. Dermatomes overlap and vary between people and maps. A prompt, not a diagnosis.",
    "A simple drawing. Nerves overlap and differ from person to person. A hint, not a diagnosis.",
)

_TOP = 26  # where the legs begin, below the names of the views
_EDGE: dict[View, int] = {"front": 34, "back": 266}  # where the outer edge of the drawing stands in each view
_MARGIN = 8  # the roots' names stand in the outer margins
_INNER = 20  # from the midline to the far edge of the labels between the legs
_LEGEND = 60  # the words of the legend; left of them stand hatching and name
_ROOM = WIDTH - _LEGEND - 8
_STEP = 17  # px between labels under each other
_ANGLES = (45, 0, 90, 20, 70, 110)  # the hatching of each root; the first five stay apart in a mirrored view too


@dataclass(frozen=True)
class Root:
    """A root, what is drawn of it, and the angle of its hatching."""

    site: LikelySite
    drawn: DrawnSaid
    angle: int

    @property
    def is_likely(self) -> bool:
        return self.site.likelihood == "likely"


def leg(answer: Answer, id_: str = "leg") -> str:
    """The likely and possible roots of an answer; empty where there is none, or where something else is likelier."""
    shown = [one for one in answer.localisation if one.likelihood in LIKELIHOOD]
    drawn = [(one, one.drawn) for one in shown if one.drawn]
    roots = tuple(Root(*pair, _ANGLES[place % len(_ANGLES)]) for place, pair in enumerate(drawn))
    others = [one for one in shown if not one.drawn]
    is_elsewhere = any(one.likelihood == "likely" for one in others)
    if not roots or (is_elsewhere and not any(root.is_likely for root in roots)):
        return ""
    return _draw(roots, others, answer.side, VOICE[answer.audience], id_)


def _draw(roots: tuple[Root, ...], others: Sequence[LikelySite], side: Side, voice: Voice, id_: str) -> str:
    numbers: dict[str, int] = {}
    for root in roots:
        for part in [*root.drawn.muscles, *root.drawn.reflexes]:
            numbers.setdefault(part.id, len(numbers) + 1)
    stands = {view: _stand(view, side) for view in VIEW}
    legs = [shape("g", *_view(view, roots, id_), transform=stand.transform) for view, stand in stands.items()]
    names = [
        label(stand.margin, 16, f"{LEG[side].to(voice)}, {VIEW[view].to(voice)}", TEXT, "bold", stand.anchor)
        for view, stand in stands.items()
    ]
    legend, height, told = _legend(roots, others, numbers, side, voice, id_)
    shapes = [_definitions(roots, id_), *names, *legs, *_pointers(roots, numbers, stands), *legend]
    title = TITLE if any(root.is_likely for root in roots) else TITLE_OPEN
    return picture("leg", id_, title.to(voice), told, height, shapes)


@dataclass(frozen=True)
class Stand:
    """Where a view stands: its outer edge, and the way from there to the midline (1 to the right, -1 to the left)."""

    edge: int
    way: Literal[1, -1]

    @property
    def transform(self) -> str:
        return f"translate({self.edge} {_TOP}) scale({self.way} 1)"

    @property
    def margin(self) -> int:
        return _MARGIN if self.way == 1 else WIDTH - _MARGIN

    @property
    def anchor(self) -> Anchor:
        return "start" if self.way == 1 else "end"

    def place(self, spot: Spot) -> tuple[float, float]:
        return self.edge + self.way * spot.x, _TOP + spot.y


def _stand(view: View, side: Side) -> Stand:
    right = Stand(_EDGE[view], 1 if view == "front" else -1)
    return Stand(WIDTH - right.edge, 1 if right.way == -1 else -1) if side == "left" else right


def _definitions(roots: tuple[Root, ...], id_: str) -> Element:
    """The outline to cut areas to, and each root's hatching: close and thick where likely, wide and thin otherwise."""
    made = [shape("clipPath", shape("path", d=OUTLINE), id=f"{id_}-outline")]
    for root in roots:
        gap, thick = (5.0, 1.8) if root.is_likely else (8.0, 1.0)
        line = shape("line", x1=0, y1=0, x2=0, y2=gap, stroke="currentColor", stroke_width=thick)
        hatching = shape("pattern", line, id=f"{id_}-{root.site.id}", width=gap, height=gap)
        hatching.set("patternUnits", "userSpaceOnUse")
        hatching.set("patternTransform", f"rotate({root.angle})")
        made.append(hatching)
    return shape("defs", *made)


def _view(view: View, roots: tuple[Root, ...], id_: str) -> Iterator[Element]:
    areas = [
        _area(SKIN[part.id].path, root, id_)
        for root in roots
        for part in root.drawn.skin
        if SKIN[part.id].spot.view == view
    ]
    yield shape("g", *areas, clip_path=f"url(#{id_}-outline)")
    yield shape("path", d=OUTLINE, stroke="currentColor", stroke_width=1.5, stroke_linejoin="round")
    for contour in CONTOURS[view]:
        yield shape("path", d=contour, stroke="currentColor", stroke_width=0.8, opacity=0.7)


def _area(path: str, root: Root, id_: str) -> Element:
    area = shape(
        "path", d=path, fill=f"url(#{id_}-{root.site.id})", stroke="currentColor", class_=f"root {root.site.id}",
        stroke_width=1.6 if root.is_likely else 1,
    )  # fmt: skip
    if not root.is_likely:
        area.set("stroke-dasharray", "4 3")
    return area


@dataclass(frozen=True)
class Pointer:
    """A short label beside a leg that points at a spot."""

    words: str
    spot: Spot
    end: Literal["area", "muscle", "reflex"]


def _pointers(roots: tuple[Root, ...], numbers: dict[str, int], stands: Mapping[View, Stand]) -> Iterator[Element]:
    """Roots in the outer margins; between the legs the numbers, and roots of areas that face the other leg."""
    areas = [(SKIN[part.id], root.drawn.mark) for root in roots for part in root.drawn.skin]
    outer = [Pointer(mark, area.spot, "area") for area, mark in areas if not area.is_inner]
    inner = [
        *(Pointer(mark, area.spot, "area") for area, mark in areas if area.is_inner),
        *(Pointer(str(numbers[one]), spot, "muscle") for one, spot in MUSCLES.items() if one in numbers),
        *(Pointer(str(numbers[one]), spot, "reflex") for one, spot in REFLEXES.items() if one in numbers),
    ]
    for view, stand in stands.items():
        gap = stand.edge + stand.way * (MIDLINE + _INNER)
        yield from _column([one for one in outer if one.spot.view == view], stand, stand.margin, stand.way)
        yield from _column([one for one in inner if one.spot.view == view], stand, gap, -stand.way)


def _column(pointers: list[Pointer], stand: Stand, x: float, way: int) -> Iterator[Element]:
    """Labels under each other from `x` on; `way` is 1 where the leg lies to their right, -1 to their left."""
    pointers = sorted(pointers, key=lambda one: one.spot.y)
    for one, y in zip(pointers, _spread([_TOP + pointer.spot.y for pointer in pointers]), strict=True):
        weight: Weight = "bold" if one.end == "area" else "normal"
        wide = width_of(one.words, SMALL, weight)
        to_x, to_y = stand.place(one.spot)
        yield shape(
            "line", x1=x + way * (wide + 3), y1=y, x2=to_x, y2=to_y, stroke="currentColor", stroke_width=1
        )  # fmt: skip
        yield _end(one.end, to_x, to_y)
        yield label(x, y + 5, one.words, SMALL, weight, "start" if way == 1 else "end")


def _end(kind: Literal["area", "muscle", "reflex"], x: float, y: float) -> Element:
    if kind == "reflex":
        return shape("path", d=f"M{x:g} {y - 6:g}l6 6l-6 6l-6 -6Z", fill="currentColor", class_=kind)
    return shape("circle", cx=x, cy=y, r=4 if kind == "muscle" else 2, fill="currentColor", class_=kind)


def _spread(heights: Sequence[float]) -> list[float]:
    """The same heights, from top to bottom, pushed apart so that labels keep clear; none below the foot."""
    placed: list[float] = []
    for y in heights:
        placed.append(max(y, placed[-1] + _STEP) if placed else y)
    lowest = float(_TOP + HEIGHT)
    for at in reversed(range(len(placed))):
        placed[at] = min(placed[at], lowest)
        lowest = placed[at] - _STEP
    return placed


def _legend(
    roots: tuple[Root, ...], others: Sequence[LikelySite], numbers: dict[str, int], side: Side, voice: Voice, id_: str
) -> tuple[list[Element], float, str]:
    """Under the legs: each root with its hatching, its parts by name and number, the note; and all of it as text."""
    shapes: list[Element] = []
    told: list[str] = []
    y = _TOP + HEIGHT + 14.0
    for root in roots:
        heading = f"{root.site.name}: {LIKELIHOOD[root.site.likelihood].to(voice)}"
        shapes += [_area(f"M9 {y + 2:g}h34v15h-34Z", root, id_), label(8, y + 32, root.drawn.mark, SMALL, "bold")]
        drawn, y = lines_down(_LEGEND, y, wrap(heading, _ROOM, TEXT, "bold"), TEXT, "bold")
        shapes += drawn
        lines = [_parts(key, getattr(root.drawn, key), numbers, voice) for key in OF_ROOT if getattr(root.drawn, key)]
        for line in lines:
            drawn, y = lines_down(_LEGEND, y, wrap(line, _ROOM, SMALL), SMALL)
            shapes += drawn
        told.append(f"{heading}. {'. '.join(lines)}.")
        y += 8
    rest = [f"{one.name} ({LIKELIHOOD[one.likelihood].to(voice)})" for one in others]
    notes = [
        *([f"{ELSEWHERE.to(voice)}: {', '.join(rest)}."] if rest else []),
        NOTE.to(voice) if side else f"{EITHER.to(voice)} {NOTE.to(voice)}",
    ]
    for note in notes:
        drawn, y = lines_down(8, y, wrap(note, WIDTH - 16, SMALL), SMALL)
        shapes += drawn
        y += 4
    return shapes, y + 2, " ".join([*told, *notes])


def _parts(key: str, parts: list[BodyPart], numbers: dict[str, int], voice: Voice) -> str:
    named = [f"{numbers[part.id]} {part.name}" if part.id in numbers else part.name for part in parts]
    return f"{OF_ROOT[key].to(voice)}: {', '.join(named)}"

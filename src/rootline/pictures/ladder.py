"""The urgency ladder: four rungs, the patient's place on it, and what is still open above.

What is undecided is an interval, never a point. It decides nothing: every state comes from the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element

from rootline.answers.audience import VOICE
from rootline.answers.model import Answer
from rootline.answers.phrases import LEVEL
from rootline.packs.model import LEVELS, Level
from rootline.pictures.svg import (
    LEADING,
    LEVEL_COLOUR,
    ROUND,
    SMALL,
    TEXT,
    WIDTH,
    is_about_nobody,
    label,
    lines_down,
    picture,
    shape,
    wrap,
)  # fmt: skip
from rootline.readers.english import Voice, Wording

State = Literal["here", "open", "not here", "told"]
TITLE = Wording("How urgent", "How soon you need help")
HERE = Wording("The patient is here", "You are here")
AT_LEAST = Wording("At least this", "At least this")
ONLY_THEN = Wording("Only once all above is ruled out", "Only once all above is ruled out")
OPEN = Wording("Not yet ruled out", "We do not yet know")
RULED_OUT = Wording("Does not hold, on what is known", "Does not fit what you told us")
SOONER = Wording("A higher rung holds", "You need help sooner than this")

_BOX = 40  # left edge of the rungs; left of it stands the patient's mark
_ICON = 26  # centre of the level's sign, from the edge of its rung
_WORDS = _BOX + 50
_ROOM = WIDTH - _WORDS - 10
_PAD, _GAP = 9, 8


@dataclass(frozen=True)
class Rung:
    """One level: `here`, `open` (may still hold), `not here`, or only `told`; with a heading and lines of words."""

    level: Level
    state: State = "told"
    says: str = ""
    lines: tuple[str, ...] = field(default=())


def ladder(answer: Answer, id_: str = "ladder") -> str:
    """The ladder with this patient's place; empty for a refused question that tells of nobody."""
    voice = VOICE[answer.audience]
    return "" if is_about_nobody(answer) else draw_ladder(tuple(_rungs(answer, voice)), voice, id_)


def _rungs(answer: Answer, voice: Voice) -> Iterator[Rung]:
    urgency = answer.urgency
    is_open = urgency.level == "undetermined"
    reached = next(level for level in LEVELS if level == urgency.at_least)
    for level in LEVELS:
        if level == reached == LEVELS[-1] and is_open:  # nothing holds it yet: not a place to rest on
            yield Rung(level, "open", ONLY_THEN.to(voice))
        elif level == reached:
            because = dict.fromkeys(reason.text for reason in urgency.because)
            yield Rung(level, "here", (AT_LEAST if is_open else HERE).to(voice), tuple(because))
        elif level in urgency.could_be:
            named = dict.fromkeys(one.text for one in urgency.open if one.level == level)
            yield Rung(level, "open", OPEN.to(voice), tuple(named))
        else:
            says = RULED_OUT if LEVELS.index(level) < LEVELS.index(reached) else SOONER
            yield Rung(level, "not here", says.to(voice))


def draw_ladder(rungs: Sequence[Rung], voice: Voice, id_: str = "ladder") -> str:
    """Rungs from top to bottom; the mark beside them spans from the highest open rung to the one reached."""
    shapes: list[Element] = []
    marked: list[tuple[State, float]] = []
    told: list[str] = []
    top = 2.0
    for rung in rungs:
        drawn, height = _draw(rung, voice, top)
        shapes += drawn
        if rung.state in ("here", "open"):
            marked.append((rung.state, top + height / 2))
        heading = f"{LEVEL[rung.level].to(voice)}. {rung.says}".rstrip()
        told.append(f"{heading}: {'; '.join(rung.lines)}." if rung.lines else f"{heading}{'.' if rung.says else ''}")
        top += height + _GAP
    return picture("ladder", id_, TITLE.to(voice), " ".join(told), top - _GAP + 2, [*shapes, *_mark(marked)])


def _draw(rung: Rung, voice: Voice, top: float) -> tuple[list[Element], float]:
    name, _, when = LEVEL[rung.level].to(voice).partition(": ")
    heading, y = lines_down(_WORDS, top + _PAD - 1, wrap(name, _ROOM, TEXT + 1, "bold"), TEXT + 1, "bold")
    soon, y = lines_down(_WORDS, y, wrap(when, _ROOM), TEXT)
    says, y = lines_down(_WORDS, y + 3 * bool(rung.says), wrap(rung.says, _ROOM, SMALL, "bold"), SMALL, "bold")
    words = [*heading, *soon, *says]
    for line in rung.lines:
        wrapped, end = lines_down(_WORDS + 11, y, wrap(line, _ROOM - 11, SMALL), SMALL)
        words += [shape("circle", cx=_WORDS + 3, cy=y + SMALL * 0.68, r=2, fill="currentColor"), *wrapped]
        y = end
    height = max(y - top + _PAD - SMALL * (LEADING - 1), 2 * _ICON)
    box = shape(
        "rect", x=_BOX, y=top, width=WIDTH - _BOX - 2, height=height, rx=ROUND,
        stroke="currentColor", stroke_width=3 if rung.state == "here" else 1.5 if rung.state == "open" else 1,
    )  # fmt: skip
    if rung.state == "open":
        box.set("stroke-dasharray", "6 4")
    if rung.state == "here":
        box.set("fill", "currentColor")
        box.set("fill-opacity", "0.08")
    sign = _sign(rung.level, _BOX + _ICON, top + _ICON)
    state = rung.state.replace(" ", "-")
    return [shape("g", box, sign, *words, class_=f"rung {rung.level} {state}")], height


def _sign(level: Level, x: float, y: float) -> Element:
    """Each level has a shape of its own: eight corners, three, four, and round."""
    colour = LEVEL_COLOUR[level]
    if level == "routine":
        outline = shape("circle", cx=x, cy=y, r=13)
    else:
        corners = {
            "emergency": [(-6, -14), (6, -14), (14, -6), (14, 6), (6, 14), (-6, 14), (-14, 6), (-14, -6)],
            "urgent": [(0, -14), (15, 12), (-15, 12)],
            "soon": [(0, -15), (15, 0), (0, 15), (-15, 0)],
        }[level]
        outline = shape("polygon", points=" ".join(f"{x + right:g},{y + down:g}" for right, down in corners))
    outline.set("stroke", "currentColor")
    outline.set("stroke-width", "3")
    outline.set("stroke-linejoin", "round")
    inside = {"emergency": "!!", "urgent": "!", "soon": "", "routine": ""}[level]
    drawn = [outline]
    if inside:
        drawn.append(label(x, y + (6 if level == "emergency" else 9), inside, TEXT + 2, "bold", "middle"))
    elif level == "soon":  # the hands of a clock
        path = f"M{x:g} {y - 7:g}v7l5 4"
        drawn.append(shape("path", d=path, stroke="currentColor", stroke_width=2.5, stroke_linecap="round"))
    else:  # no tick: nothing here says that all is well
        drawn.append(shape("circle", cx=x, cy=y, r=4, fill="currentColor"))
    return shape("g", *drawn, class_="sign", color=colour)


def _mark(marked: list[tuple[State, float]]) -> Iterator[Element]:
    """Arrow heads at the rungs that are reached or open, joined by a line: an interval where something is open."""
    if not marked:
        return
    x = 14
    if len(marked) > 1:
        ends = {"y1": marked[0][1], "y2": marked[-1][1]}
        yield shape("line", x1=x, x2=x, **ends, stroke="currentColor", stroke_width=3, stroke_dasharray="7 4")
    for state, y in marked:
        points = f"{x:g},{y - 9:g} {x + 19:g},{y:g} {x:g},{y + 9:g}"
        head = shape("polygon", points=points, stroke="currentColor", stroke_width=2, stroke_linejoin="round")
        head.set("class", f"mark {state}")
        if state == "here":
            head.set("fill", "currentColor")
        yield head

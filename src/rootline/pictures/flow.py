"""A section's flow as pictures: each condition once, and under it what is said. Draws plain data; decides nothing.

One picture is one column of a page; a long section takes several. No line crosses another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from rootline.pictures.svg import LEADING, ROUND, WIDTH, label, lines_down, picture, shape, wrap

_TEXT, _SMALL = 12, 10.5  # px: a book has two columns on a page
_TALLEST = 780.0  # px: two columns side by side fit an A4 page with its heading
_SHORTEST = 240.0  # less is not worth a second column
_SLACK = 45.0  # for what a cut adds
_STEM, _NUMBER, _KIND, _STEP = 12.0, 24.0, 46.0, 12.0  # from the left: stem, number, first mark; between marks
# Middle tones, as in the other pictures; each kind of action has a shape of its own.
_COLOUR = {"do": "#2e8b57", "consider": "#2a78d0", "avoid": "#d5362b", "": "#75808b"}


@dataclass(frozen=True)
class Step:
    """What one statement says, in short: its number in the section, what its actions are, and what bars it."""

    number: int
    says: str
    kinds: tuple[str, ...]  # of do, consider, avoid; empty: it only informs
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Strip:
    """One condition, and what is said where it holds."""

    when: str
    steps: tuple[Step, ...]


def flow_pictures(strips: Sequence[Strip], id_: str, title: str) -> list[str]:
    """The section as SVG columns of even height; `id_` is unique on the page."""
    columns = _columns(strips)
    count = len(columns)
    return [
        _draw(column, f"{id_}-{number}", title if count == 1 else f"{title}, part {number} of {count}")
        for number, column in enumerate(columns, start=1)
    ]


def _columns(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Filled one after the other: pairs as tall as a page, the last pair even. A strip that is cut goes on."""
    left = sum(map(_height, strips))
    columns: list[list[Strip]] = [[]]
    goal, height = _goal(left), 0.0
    for strip in strips:
        when, part = strip.when, list[Step]()
        for step in strip.steps:
            needed = _step_height(step) if part else _height(Strip(when, (step,)))
            if (columns[-1] or part) and height + needed > goal:
                if part:
                    columns[-1].append(Strip(when, tuple(part)))
                    when, part = f"{strip.when} (continued)", []
                left -= height
                columns.append([])
                goal = _goal(left) if len(columns) % 2 else _TALLEST
                height, needed = 0.0, _height(Strip(when, (step,)))
            part.append(step)
            height += needed
        columns[-1].append(Strip(when, tuple(part)))
    return columns


def _goal(left: float) -> float:
    """How tall the first of the next two columns should be, when so much is left to draw."""
    return min(_TALLEST, max(_SHORTEST, left / 2 + _SLACK))


def _draw(strips: list[Strip], id_: str, title: str) -> str:
    shapes: list[Element] = []
    top = 0.0
    for strip in strips:
        lines = _condition(strip)
        height = _box_height(lines)
        box = shape(
            "rect", x=1, y=top + 1, width=WIDTH - 2, height=height - 2, rx=ROUND,
            stroke="currentColor", fill="currentColor", fill_opacity=0.1,
        )  # fmt: skip
        shapes += [box, *lines_down(10, top + 4, lines, _TEXT, "bold")[0]]
        top += height
        for step in strip.steps:
            shapes += _draw_step(step, top, is_last=step is strip.steps[-1])
            top += _step_height(step)
        top += 10
    return picture("flow", id_, title, " ".join(map(_described, strips)), top, shapes)


def _draw_step(step: Step, top: float, *, is_last: bool) -> Iterator[Element]:
    """A branch from the condition's stem, the statement's number, a mark for each kind of action, and the words."""
    middle = top + 11
    end = middle if is_last else top + _step_height(step)
    yield shape("path", d=f"M{_STEM:g} {top:g}V{end:g}M{_STEM:g} {middle:g}h8", stroke=_COLOUR[""])
    yield label(_NUMBER, top + 15, f"{step.number}", _SMALL)
    x = _KIND
    for kind in step.kinds or ("",):
        yield _mark(kind, x, middle)
        x += _STEP
    says, unless = _lines(step)
    drawn, below = lines_down(x, top + 3, says, _TEXT)
    yield from drawn
    yield from lines_down(x, below, unless, _SMALL)[0]


def _mark(kind: str, x: float, y: float) -> Element:
    if kind in ("do", "consider"):
        ring = shape("circle", cx=x, cy=y, r=4, stroke=_COLOUR[kind], stroke_width=1.6)
        if kind == "do":
            ring.set("fill", _COLOUR[kind])
        return ring
    path = f"M{x - 4:g} {y - 4:g}l8 8m0-8l-8 8" if kind else f"M{x - 4:g} {y:g}h8"
    return shape("path", d=path, stroke=_COLOUR[kind], stroke_width=2)


def _condition(strip: Strip) -> list[str]:
    return wrap(strip.when, WIDTH - 20, _TEXT, "bold")


def _lines(step: Step) -> tuple[list[str], list[str]]:
    room = WIDTH - _KIND - _STEP * max(1, len(step.kinds))
    return wrap(step.says, room, _TEXT), [line for rule in step.unless for line in wrap(f"unless {rule}", room, _SMALL)]


def _step_height(step: Step) -> float:
    says, unless = _lines(step)
    return 8 + LEADING * (len(says) * _TEXT + len(unless) * _SMALL)


def _box_height(lines: list[str]) -> float:
    return 10 + len(lines) * _TEXT * LEADING


def _height(strip: Strip) -> float:
    return _box_height(_condition(strip)) + sum(map(_step_height, strip.steps)) + 10


def _described(strip: Strip) -> str:
    """The same in words, for those who cannot see it."""
    return f"{strip.when}: {' '.join(_told(step) for step in strip.steps)}"


def _told(step: Step) -> str:
    kinds = f" ({', '.join(step.kinds)})" if step.kinds else ""
    unless = f", unless {' or '.join(step.unless)}" if step.unless else ""
    return f"{step.number}{kinds}: {step.says}{unless}."

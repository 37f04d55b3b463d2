"""A section's flow as pictures: each condition once, and under it what is said. Draws plain data; decides nothing.

One picture is one column of a page; a long section takes several. No line crosses another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rootline.book.svg import FAINT, SMALL, TEXT, WIDTH, Shape, Sheet, leading, wrap

_TALLEST = 880.0  # pixels: two columns side by side fit an A4 page with its heading
_SHORTEST = 240.0  # less is not worth a second column
_SLACK = 45.0  # for what a cut adds
_MARKS: dict[str, tuple[Shape, str]] = {
    "do": ("circle", "#1f6b3a"),
    "consider": ("ring", "#1d5c8f"),
    "avoid": ("cross", "#a3161b"),
    "": ("dash", FAINT),
}


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
    sheet = Sheet(id_, title, " ".join(map(_described, strips)))
    for strip in strips:
        top = wrap(strip.when, WIDTH - 20)
        height = _box_height(top)
        sheet.box(height, "#eef2f6", "#8a97a5")
        sheet.lines(top, 10, sheet.y + 16, bold=True)
        sheet.y += height
        for step in strip.steps:
            _draw_step(sheet, step, is_last=step is strip.steps[-1])
        sheet.y += 10
    return sheet.text()


def _draw_step(sheet: Sheet, step: Step, *, is_last: bool) -> None:
    """A branch from the condition's stem, the statement's number, a mark for each kind of action, and the words."""
    middle = sheet.y + 12
    sheet.line(12, sheet.y, 12, middle if is_last else sheet.y + _step_height(step))
    sheet.line(12, middle, 20, middle)
    sheet.lines([f"{step.number}"], 24, sheet.y + 16, SMALL, FAINT)
    x = 46.0
    for kind in step.kinds or ("",):
        sheet.shape(*_at(kind, x, middle))
        x += 12
    says, unless = _lines(step)
    sheet.lines(says, x, sheet.y + 16)
    sheet.lines(unless, x, sheet.y + 16 + len(says) * leading(TEXT), SMALL, FAINT)
    sheet.y += _step_height(step)


def _at(kind: str, x: float, y: float) -> tuple[Shape, float, float, str]:
    shape, colour = _MARKS[kind]
    return shape, x, y, colour


def _lines(step: Step) -> tuple[list[str], list[str]]:
    room = WIDTH - 46 - 12 * max(1, len(step.kinds))
    return wrap(step.says, room), [line for rule in step.unless for line in wrap(f"unless {rule}", room, SMALL)]


def _step_height(step: Step) -> float:
    says, unless = _lines(step)
    return 8 + len(says) * leading(TEXT) + len(unless) * leading(SMALL)


def _box_height(top: list[str]) -> float:
    return 10 + len(top) * leading(TEXT)


def _height(strip: Strip) -> float:
    return _box_height(wrap(strip.when, WIDTH - 20)) + sum(map(_step_height, strip.steps)) + 10


def _described(strip: Strip) -> str:
    """The same in words, for those who cannot see it."""
    return f"{strip.when}: {' '.join(_told(step) for step in strip.steps)}"


def _told(step: Step) -> str:
    kinds = f" ({', '.join(step.kinds)})" if step.kinds else ""
    unless = f", unless {' or '.join(step.unless)}" if step.unless else ""
    return f"{step.number}{kinds}: {step.says}{unless}."

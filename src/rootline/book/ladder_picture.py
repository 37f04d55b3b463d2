"""The urgency ladder as a picture, and where a patient stands on it. Draws plain data; decides nothing.

Each level has its own shape as well as its colour, and every mark is a word too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rootline.book.svg import FAINT, HEAD, INK, SMALL, TEXT, WIDTH, Shape, Sheet, leading, wrap
from rootline.packs.model import Level

State = Literal["", "holds", "open", "ruled out"]

_LOOK: dict[Level, tuple[Shape, str, str]] = {  # shape, strong colour, pale colour
    "emergency": ("octagon", "#a3161b", "#fbeaea"),
    "urgent": ("triangle", "#a94a00", "#fdf0e4"),
    "soon": ("diamond", "#6d5a00", "#faf6df"),
    "routine": ("circle", "#1f6b3a", "#e9f5ed"),
}
_STATE: dict[State, str] = {"holds": "holds here", "open": "not yet ruled out", "ruled out": "ruled out"}
_MARK = 104  # room at the right for a mark


@dataclass(frozen=True)
class Rung:
    """One line of the ladder: its level, what the level says, its condition, and how it stands for a patient."""

    level: Level
    says: str
    when: str
    state: State = ""


def ladder_picture(rungs: Sequence[Rung], id_: str, title: str) -> str:
    """The ladder from the most urgent level down, as SVG; `id_` is unique on the page."""
    sheet = Sheet(id_, title, _described(rungs))
    levels = [(level, list(group)) for level, group in groupby(rungs, key=lambda rung: rung.level)]
    for place, (level, group) in enumerate(levels):
        if place:
            _arrow(sheet)
        _draw_level(sheet, level, group)
    sheet.y += 2
    return sheet.text()


def _draw_level(sheet: Sheet, level: Level, rungs: list[Rung]) -> None:
    shape, strong, pale = _LOOK[level]
    room = WIDTH - 40 - (_MARK if any(rung.state for rung in rungs) else 0)
    told = [wrap(rung.when, room) for rung in rungs]
    head = wrap(rungs[0].says, WIDTH - 44, HEAD)
    height = 14 + len(head) * leading(HEAD) + sum(len(lines) * leading(TEXT) + 5 for lines in told)
    sheet.box(height, pale, strong)
    sheet.shape(shape, 16, sheet.y + 17, strong)
    sheet.lines(head, 30, sheet.y + 21, HEAD, strong, bold=True)
    y = sheet.y + 22 + len(head) * leading(HEAD)
    for rung, lines in zip(rungs, told, strict=True):
        sheet.shape("dash", 34, y - 4, strong)
        sheet.lines(lines, 44, y, bold=rung.state == "holds")
        if rung.state:
            sheet.lines([_STATE[rung.state]], WIDTH - _MARK + 2, y, SMALL, strong)
        y += len(lines) * leading(TEXT) + 5
    sheet.y += height


def _arrow(sheet: Sheet) -> None:
    """Between two levels: the way down is open only when everything above is known not to hold."""
    sheet.line(16, sheet.y, 16, sheet.y + 20, INK)
    sheet.line(12, sheet.y + 15, 16, sheet.y + 20, INK)
    sheet.line(20, sheet.y + 15, 16, sheet.y + 20, INK)
    sheet.lines(["only when all above is ruled out; else stop and ask"], 30, sheet.y + 14, SMALL, FAINT)
    sheet.y += 22


def _described(rungs: Sequence[Rung]) -> str:
    """The same in words, for those who cannot see it."""
    parts = []
    for says, group in groupby(rungs, key=lambda rung: rung.says):
        lines = [f"{rung.when}: {_STATE[rung.state]}" if rung.state else rung.when for rung in group]
        parts.append(f"{says}: {'; '.join(lines)}.")
    return "Read downwards; a line that cannot be decided stops the reading. " + " ".join(parts)

"""Passages of the user's library as Markdown: each letter for letter, with its record and its place.

What points in different directions stands side by side. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.answers import phrases as words
from rootline.answers.audience import VOICE
from rootline.answers.look_up import not_yet_searched, nothing_near
from rootline.answers.model import Answer, LibrarySearched, PassageQuoted


def quoted(answer: Answer) -> Iterator[str]:
    """The section of quotes; where a plan stands and nothing is quoted beside it, what was searched."""
    voice = VOICE[answer.audience]
    if not answer.passages:
        if answer.library and answer.sections:
            yield from ("", f"*{_plain(nothing_near(answer.library, voice))}*", *_day(answer.library))
        return
    yield from ("", f"## {words.QUOTED.to(voice)}", *_day(answer.library), "")
    for said in not_yet_searched(answer.library, voice) if answer.library else ():
        yield from (f"**{said}**", "")
    order = [one.direction for one in answer.passages]
    directions = set(order)
    if not {"effect", "no effect"} <= directions:
        for one in answer.passages:
            yield from _quote(one, "")
        return
    yield words.SIDE_BY_SIDE.to(voice)
    for direction in sorted(directions, key=lambda one: (not one, order.index(one))):  # the strongest kind first
        yield from ("", f"- **{words.SPEAKS[direction].to(voice)}:**")
        for one in answer.passages:
            if one.direction == direction:
                yield from _quote(one, "  ")


def _day(searched: LibrarySearched | None) -> Iterator[str]:
    """The day whose library was searched, where that is not now."""
    if searched and searched.as_of:
        yield from ("", f"**Library as of {searched.as_of[:10]}**")


def _quote(one: PassageQuoted, indent: str) -> Iterator[str]:
    year = f", {one.year}" if one.year else ""
    standing = "" if one.standing == "current" else f", **{one.standing}**"
    standing += f", **{one.since} since**" if one.since else ""
    title, document, section = _plain(one.title or one.document), _plain(one.document), _plain(one.section)
    place = f"{document}, {section}" if section else document
    yield f"{indent}- {title} ({one.kind}{year}{standing}; {place}, at {one.start})"
    yield ""
    for line in one.quote.splitlines():
        yield f"{indent}  > {_plain(line)}"
    yield ""


def _plain(line: str) -> str:
    """Characters that Markdown would take for itself are shown as they are."""
    for mark in "\\`*_[]<>#|~":
        line = line.replace(mark, f"\\{mark}")
    return line

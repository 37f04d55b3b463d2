"""Sections become one text and the passages it can be quoted by: a few whole sentences each, with their places.

A passage never crosses a section; offsets count characters of the text as it is stored. Changes no letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rootline.evidence.store.document import Passage
from rootline.evidence.store.identity import clean

FEWEST_WORDS = 60  # a passage closes once it has these and the next sentence would take it past ENOUGH_WORDS
ENOUGH_WORDS = 120
MOST_WORDS = 180  # a longer sentence (a list, a table) is cut between words

# A sentence ends at . ! or ? and closing marks, before white space and a capital, digit or opening mark.
_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9À-ÖØ-Þ])|\n+")
_NOT_AN_END = re.compile(
    r"(?:\b(?:[A-Z]|al|approx|ca|cf|Dr|eds?|e\.g|eg|etc|Fig|Figs|i\.e|ie|incl|Mr|Mrs|Ms|no|No|Nos|Prof|Ref|resp|"
    r"St|Tab|Vol|vs|v))\.[\"'”’)\]]*\s+$"
)
_LONGEST_ABBREVIATION = 12


class Section(NamedTuple):
    """A heading, empty where there is none, and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def lay_out(sections: Iterable[Section]) -> tuple[str, tuple[Passage, ...]]:
    """The whole text, headings on their own lines, and its passages in order."""
    parts: list[str] = []
    passages: list[Passage] = []
    at = 0
    for section in sections:
        heading = clean(section.heading)
        body = "\n".join(filter(None, map(clean, section.paragraphs)))
        if not body:
            continue
        head = f"{heading}\n" if heading else ""
        passages += [Passage(heading, at + start + len(head), at + end + len(head)) for start, end in _spans(body)]
        parts.append(head + body)
        at += len(head) + len(body) + 2
    return "\n\n".join(parts), tuple(passages)


def _spans(body: str) -> Iterator[tuple[int, int]]:
    """Neighbouring sentences gathered to quotable length; a short rest goes with the passage before it."""
    if body.count(" ") < ENOUGH_WORDS:
        return iter([(0, len(body))])
    gathered: list[tuple[int, int, int]] = []  # start, end, words
    for start, end in _sentences(body):
        words = body.count(" ", start, end) + 1
        if gathered:
            first, _, before = gathered[-1]
            if before + words <= ENOUGH_WORDS or (before < FEWEST_WORDS and before + words <= MOST_WORDS):
                gathered[-1] = (first, end, before + words)
                continue
        gathered.append((start, end, words))
    if len(gathered) > 1 and gathered[-1][2] < FEWEST_WORDS and gathered[-2][2] + gathered[-1][2] <= MOST_WORDS:
        (first, _, before), (_, end, words) = gathered[-2:]
        gathered[-2:] = [(first, end, before + words)]
    return ((start, end) for start, end, _ in gathered)


def _sentences(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(body):
        near = body[max(start, found.start() - _LONGEST_ABBREVIATION) : found.end()]
        if found[0][0] != "\n" and _NOT_AN_END.search(near):
            continue
        yield from _cut(body, start, found.start() + len(found[0].rstrip()))
        start = found.end()
    if start < len(body):
        yield from _cut(body, start, len(body))


def _cut(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that is too long to quote, in pieces of whole words."""
    if body.count(" ", start, end) < MOST_WORDS:
        yield start, end
        return
    words = [found.span() for found in re.compile(r"\S+").finditer(body, start, end)]
    for first in range(0, len(words), ENOUGH_WORDS):
        piece = words[first : first + ENOUGH_WORDS]
        yield piece[0][0], piece[-1][1]

"""A text cut at the words that were heard in it, so that a page can mark them. What they mean was read elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from rootline.narrative.read import Reading


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `facts` are those heard in it, `is_used` whether they count."""

    text: str
    facts: tuple[str, ...] = ()
    is_used: bool = False


def marked(reading: Reading, counted: set[str]) -> list[Piece]:
    """The whole text in order; words heard for several facts are one piece."""
    spans = [
        (one.start, one.end, fact, True)
        for fact, mentions in reading.mentions.items()
        if fact in counted
        for one in mentions
    ]
    loose = [one for one in reading.unused if one.fact not in reading.values]
    spans += [(one.start, one.end, one.fact, one.fact in counted) for one in loose]
    pieces: list[Piece] = []
    at = 0
    for start, end, facts, is_used in _joined(sorted(spans)):
        pieces += [Piece(reading.text[at:start]), Piece(reading.text[start:end], facts, is_used)]
        at = end
    return [piece for piece in [*pieces, Piece(reading.text[at:])] if piece.text]


def _joined(spans: list[tuple[int, int, str, bool]]) -> list[tuple[int, int, tuple[str, ...], bool]]:
    """Overlapping spans as one."""
    found: list[tuple[int, int, tuple[str, ...], bool]] = []
    for start, end, fact, is_used in spans:
        if found and start < found[-1][1]:
            first, last, facts, used = found[-1]
            found[-1] = (first, max(last, end), tuple(dict.fromkeys((*facts, fact))), used or is_used)
        else:
            found.append((start, end, (fact,), is_used))
    return found

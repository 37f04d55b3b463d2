"""Leads each point of a source to the passage of the imported document that says it, and compares their numbers.

Proposes and reports; whether the passage means what the point says is what a reviewer signs for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rootline.evidence.figures import figures, numbers, says
from rootline.evidence.points.source import Point, Source
from rootline.evidence.search.interface import Library, Question
from rootline.evidence.search.quote import Measure
from rootline.evidence.store.document import Document, Passage

Outcome = Literal["found", "altered", "not found"]
ALIKE = 0.3  # of a point's words, by rarity, a passage must hold to be proposed; see docs/search.md
_DENIAL = re.compile(
    r"\b(?:no|not|never|without|neither|nor|cannot|avoid(?:s|ed|ing)?|unless|except|against|contraindicated)\b|n't\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Link:
    """A point with what became of it: the passage proposed, the numbers it lacks, and whether it denies otherwise."""

    citation: str
    outcome: Outcome
    document: Document
    passage: Passage | None = None
    lost: tuple[str, ...] = ()
    denies_otherwise: bool = False


def documents_of(sources: Iterable[Source], library: Library) -> Iterator[tuple[Source, Document | None]]:
    """Each source with its document, by PMID or DOI; None where the library does not hold it."""
    for source in sources:
        names = [f"pmid:{source.pmid}" if source.pmid else "", f"doi:{source.doi.lower()}" if source.doi else ""]
        found = (library.document(name) for name in names if name)
        yield source, next((one for one in found if one), None)


def link(source: Source, document: Document, library: Library) -> list[Link]:
    """What became of each point of a source whose document is here."""
    return [_link(f"{source.id}#{point.id}", point, document, library) for point in source.points.values()]


def _link(citation: str, point: Point, document: Document, library: Library) -> Link:
    if point.quote:
        return _verbatim(citation, point.quote, document, library)
    passage = _nearest(point.says, document, library)
    if passage is None:
        return Link(citation, "not found", document)
    text = document.quote(passage)
    lost = _lost(point, text)
    otherwise = any(
        _denials(one) != _denials(_nearest_sentence(one, text, library)) for one in _SENTENCE_END.split(point.says)
    )
    return Link(citation, "altered" if lost or otherwise else "found", document, passage, lost, otherwise)


def _lost(point: Point, text: str) -> tuple[str, ...]:
    """What of the point's figures no one sentence of the text says: the number, or the number with its unit."""
    held, sentences = numbers(text), _SENTENCE_END.split(text)
    lost = numbers(f"{point.says} {point.numbers}") - held
    for figure in figures(point.says):
        if figure.number not in lost and not any(says(sentence, figure) for sentence in sentences):
            lost.add(str(figure))
    return tuple(sorted(lost))


def _verbatim(citation: str, quote: str, document: Document, library: Library) -> Link:
    """A span that the pack carries: there letter for letter, its whole sentence denying no more; or what is nearest."""
    start = document.text.find(quote)
    if start >= 0:
        end = start + len(quote)
        section = next((one.section for one in document.passages if one.start <= start < one.end), "")
        otherwise = _denials(quote) != _denials(_sentence_around(document, start, end))
        return Link(
            citation, "altered" if otherwise else "found", document, Passage(section, start, end), (), otherwise
        )
    passage = _nearest(quote, document, library)
    if passage is None:
        return Link(citation, "not found", document)
    return Link(
        citation, "altered", document, passage, tuple(sorted(numbers(quote) - numbers(document.quote(passage))))
    )


def _nearest(words: str, document: Document, library: Library) -> Passage | None:
    """The passage that holds most of the words; of equal ones the one with more of their numbers."""
    measure, wanted = Measure(library.search, Question(words)), numbers(words)
    held = [(round(measure.of(text), 4), len(wanted & numbers(text)), -at, one)
            for at, one in enumerate(document.passages) for text in [document.quote(one)]]  # fmt: skip
    covers, *_, passage = max(held, default=(0.0, 0, 0, Passage("", 0, 0)))
    return passage if covers >= ALIKE else None


def _nearest_sentence(words: str, text: str, library: Library) -> str:
    measure = Measure(library.search, Question(words))
    return max(_SENTENCE_END.split(text), key=measure.of)


def _sentence_around(document: Document, start: int, end: int) -> str:
    """The whole sentences that the span stands in, within its passage."""
    passage = next((one for one in document.passages if one.start <= start < one.end), Passage("", start, end))
    ends = [passage.start + one.end() for one in _SENTENCE_END.finditer(document.quote(passage))]
    first = max((at for at in ends if at <= start), default=passage.start)
    last = min((at for at in ends if at >= end), default=max(passage.end, end))
    return document.text[first:last]


def _denials(text: str) -> int:
    """How often a text denies: "do not … when no" is not the same as "when … not"."""
    return len(_DENIAL.findall(text))

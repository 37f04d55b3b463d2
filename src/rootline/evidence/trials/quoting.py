"""Whether answers from passages are right to answer and right to refuse, over questions whose answers are known.

Tells shares for several thresholds; chooses none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rootline.evidence.search.interface import Library, Question
from rootline.evidence.search.quote import MOST, Quote, best_quotes
from rootline.evidence.store.document import Document
from rootline.evidence.trials.folder import TestSet
from rootline.evidence.trials.with_model import empty_search

THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7)
DEPTH = 10  # documents looked into


@dataclass(frozen=True)
class Shares:
    """At one threshold, of questions that a set answers, and of those it cannot answer: what share is quoted for."""

    threshold: float
    answered: float
    quotes_right: float  # of the passages quoted, those of a document judged to answer
    without_answer: float  # quoted for, though the documents that answer were taken away
    other_subject: float  # quoted for, though the question comes from another set


def shares(test_set: TestSet, other: TestSet, most: int) -> list[Shares]:
    """Over the first questions of both sets."""
    search = empty_search()
    search.add(enumerate(test_set.documents, start=1))
    documents = {one.id: one for one in test_set.documents}
    library = Library(search, documents.get)
    own = list(test_set.questions.items())[:most]
    right = [(_quotes(library, text), set(test_set.judged[id_])) for id_, text in own]
    emptied = [_quotes(replace(library, document=_all_but(documents, judged)), text)
               for (_, text), (_, judged) in zip(own, right, strict=True)]  # fmt: skip
    foreign = [_quotes(library, text) for text in list(other.questions.values())[:most]]
    return [_at(threshold, right, emptied, foreign) for threshold in THRESHOLDS]


def _all_but(documents: dict[str, Document], judged: set[str]) -> Callable[[str], Document | None]:
    return lambda id_: None if id_ in judged else documents.get(id_)


def _quotes(library: Library, text: str) -> list[Quote]:
    return best_quotes(library, Question(text), DEPTH)


def _at(
    threshold: float, right: list[tuple[list[Quote], set[str]]], emptied: list[list[Quote]], foreign: list[list[Quote]]
) -> Shares:
    def good(quotes: list[Quote]) -> list[Quote]:
        return [one for one in quotes if one.covers >= threshold][:MOST]

    shown = [one.document.id in judged for quotes, judged in right for one in good(quotes)]
    return Shares(
        threshold,
        answered=_share(bool(good(quotes)) for quotes, _ in right),
        quotes_right=_share(shown),
        without_answer=_share(bool(good(quotes)) for quotes in emptied),
        other_subject=_share(bool(good(quotes)) for quotes in foreign),
    )


def _share(said: Iterable[bool]) -> float:
    told = list(said)
    return sum(told) / len(told) if told else 0.0

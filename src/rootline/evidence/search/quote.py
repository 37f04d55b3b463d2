"""The few best passages for a question, letter for letter; none where nothing found is good enough.

What sums up evidence goes before single studies. Judges words, never whether a study is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rootline.evidence.search.hierarchy import KINDS, Kind, kind_of
from rootline.evidence.search.interface import Library, Question, Search
from rootline.evidence.store.document import Document, Passage, Standing

ENOUGH = 0.6  # of what a question tells, by rarity, a passage and its title must hold; see docs/search.md
CANDIDATES = 30  # documents looked into
MOST = 4
USABLE: tuple[Standing, ...] = ("current", "corrected", "concern", "superseded")  # a retracted one is not leaned on


@dataclass(frozen=True)
class Quote:
    """A passage of a document, and which share of the question's telling words it holds, its title counted in."""

    document: Document
    passage: Passage
    kind: Kind
    covers: float

    @property
    def text(self) -> str:
        """The words, letter for letter."""
        return self.document.quote(self.passage)


@dataclass(frozen=True)
class Found:
    """What a search gave: the quotes that are good enough, how near the best came, and among how many."""

    quotes: tuple[Quote, ...]
    best: float
    searched: int


def quote(library: Library, question: Question, most: int = MOST, enough: float = ENOUGH) -> Found:
    """Keep what is good enough to be leaned on, and put what sums up evidence first."""
    found = best_quotes(library, replace(question, standings=USABLE), CANDIDATES)
    quotes = [one for one in found if one.document.standing in USABLE]  # the index may be behind the store
    good = [one for one in quotes if one.covers >= enough][:most]
    good.sort(key=lambda one: KINDS.index(one.kind))
    return Found(tuple(good), max((one.covers for one in quotes), default=0.0), library.search.count())


def best_quotes(library: Library, question: Question, most: int) -> list[Quote]:
    """The best documents in the order of the search, each by its best passage."""
    measure = Measure(library.search, question)
    found = ((library.document(hit.id), hit) for hit in library.search.rank(question, most))
    return [best_passage(one, hit.start, hit.end, measure) for one, hit in found if one and one.passages]


class Measure:
    """Which share of a question a text holds: each word by its rarity, a named thing under any of its names."""

    def __init__(self, search: Search, question: Question) -> None:
        self._search = search
        things = [[frozenset(search.words(name)) for name in names] for names in question.same]
        named = frozenset().union(*(names[0] for names in things))
        alone = dict.fromkeys(word for word in search.words(question.text) if word not in named)
        self._wanted = [*things, *([frozenset([word])] for word in alone)]
        self._weights: Mapping[str, float] = search.weights({word for names in self._wanted for word in names[0]})
        self._whole = sum(self._worth(names[0]) for names in self._wanted)

    def _worth(self, words: frozenset[str]) -> float:
        return sum(self._weights[word] for word in words)

    def of(self, text: str) -> float:
        """From 0 to 1. A name other than the question's own counts only when the text has all of its words."""
        if not self._whole:
            return 0.0
        held = frozenset(self._search.words(text))
        got = 0.0
        for first, *others in self._wanted:
            is_named_otherwise = any(name <= held for name in others)
            got += self._worth(first) if is_named_otherwise else self._worth(first & held)
        return got / self._whole


def best_passage(document: Document, start: int, end: int, measure: Measure) -> Quote:
    """The passage between two places that holds most of the question; of equal ones the later, where findings stand."""
    within = [one for one in document.passages if start <= one.start and one.end <= end] or list(document.passages)
    chosen = max(within, key=lambda one: (round(measure.of(document.quote(one)), 6), one.start))
    covers = measure.of(f"{document.title} {document.quote(chosen)}")
    return Quote(document, chosen, kind_of(document.types), round(covers, 4))

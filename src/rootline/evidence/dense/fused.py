"""Words and vectors as one search: a convex combination of their scores, each brought between 0 and 1.

Ranks and widens; whether a passage is good enough to be quoted is still told by its words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rootline.evidence.dense.vectors import Nearness, Vectors
from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Hit, Question
from rootline.evidence.store.document import Document

WEIGHT = 0.4  # of the vectors; chosen on the development splits, see docs/dense-search.md
DEPTH = 100  # documents that either side brings


class FusedSearch:
    """A `Search` by words, to which the vectors add what means the same in other words."""

    def __init__(self, by_words: TantivySearch, vectors: Vectors) -> None:
        self._by_words, self._vectors = by_words, vectors

    def rank(self, question: Question, most: int) -> list[Hit]:
        """The best documents, best first. Raises `EvidenceError` for a damaged index or a model that fails."""
        depth = max(most, DEPTH)
        found = {hit.id: hit for hit in self._by_words.rank(question, depth)}
        if not question.text.strip():
            return list(found.values())[:most]
        near = self._vectors.near(question.text)
        meant = {hit.id: hit for hit in self._allowed(near, question, depth)}
        by_words = _between_0_and_1({id_: hit.score for id_, hit in found.items()}, 0.0)
        nearness = {id_: near.of(id_) for id_ in found.keys() | meant.keys()}
        by_meaning = _between_0_and_1(nearness, min(nearness.values(), default=0.0))
        fused = [
            # the stretch that the words found: in it the quote is looked for
            (found.get(id_) or meant[id_])._replace(
                score=(1 - WEIGHT) * by_words.get(id_, 0.0) + WEIGHT * by_meaning[id_]
            )
            for id_ in nearness
        ]
        return sorted(fused, key=lambda hit: (-hit.score, hit.id))[:most]

    def _allowed(self, near: Nearness, question: Question, most: int) -> list[Hit]:
        """The nearest of the documents that have what the question demands, and that the index holds."""
        depth = most
        while True:
            candidates = near.best(depth)
            allowed = self._by_words.having(question, [one.id for one in candidates])
            hits = [one for one in candidates if one.id in allowed]
            if len(hits) >= most or len(candidates) < depth:
                return hits[:most]
            depth *= 4

    def words(self, text: str) -> list[str]:
        """Those of the search by words."""
        return self._by_words.words(text)

    def weights(self, words: Iterable[str]) -> Mapping[str, float]:
        """Those of the search by words."""
        return self._by_words.weights(words)

    def add(self, documents: Iterable[tuple[int, Document]]) -> int:
        """Into both. All at once in memory: a library brings each side up to date by itself."""
        several = list(documents)
        self._vectors.add(several)
        return self._by_words.add(several)

    def clear(self) -> None:
        """Both."""
        self._vectors.clear()
        self._by_words.clear()

    def sequence(self) -> int:
        """Up to where both have taken everything in."""
        return min(self._by_words.sequence(), self._vectors.sequence())

    def count(self) -> int:
        """How many documents can be found by their words: the others are not shown."""
        return self._by_words.count()


def _between_0_and_1(scores: Mapping[str, float], least: float) -> dict[str, float]:
    span = max(scores.values(), default=0.0) - least
    return {id_: (score - least) / span if span > 0 else 1.0 for id_, score in scores.items()}

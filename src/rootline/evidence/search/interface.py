"""What a search is asked and what it gives: one small interface, whatever index stands behind it.

A search ranks; it neither reads files nor decides whether what it found is good enough to be quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from rootline.evidence.store.document import Document, Standing


@dataclass(frozen=True)
class Question:
    """Words to search for, widened by other words for the same thing, and what a document must have or be.

    An empty filter lets all through.
    """

    text: str
    phrases: tuple[str, ...] = ()  # words that must stand side by side
    same: tuple[tuple[str, ...], ...] = ()  # for each thing named: the words of the text, then its other names
    years: tuple[int | None, int | None] = (None, None)  # from, to; both included
    types: tuple[str, ...] = ()  # one of these publication types, in lower case
    standings: tuple[Standing, ...] = ()


class Hit(NamedTuple):
    """One document found: its best stretch of text, in characters, and how well it ranks among the others."""

    id: str
    start: int
    end: int
    score: float


class Derived(Protocol):
    """What is made from the documents of a store, and can be made again."""

    def add(self, documents: Iterable[tuple[int, Document]]) -> int:
        """Take in documents with their sequence numbers, newest version last; returns how many. Crash-safe."""
        ...

    def clear(self) -> None:
        """Throw everything away; it is taken in again from the store."""
        ...

    def sequence(self) -> int:
        """The sequence number up to which everything is taken in; 0 for an empty index."""
        ...


class Search(Derived, Protocol):
    """Documents ranked for a question. A reader sees the state of the last commit, whatever a writer does."""

    def rank(self, question: Question, most: int) -> list[Hit]:
        """The best documents, best first, each once. Raises `EvidenceError` when the index cannot be read."""
        ...

    def words(self, text: str) -> list[str]:
        """The words of a text as the search compares them: stems, without stop words."""
        ...

    def weights(self, words: Iterable[str]) -> Mapping[str, float]:
        """How telling each word is: high for a rare one, highest for one that no document has."""
        ...

    def count(self) -> int:
        """How many documents can be found."""
        ...


@dataclass(frozen=True)
class Library:
    """A user's documents by their ids, and the search that has taken them in.

    Of a library as of a day, `today` gives the documents as they are now. `behind` counts the changes that another
    process has yet to take in. `model` is the hash of the sentence model that is fused into the ranking, if one is.
    """

    search: Search
    document: Callable[[str], Document | None]
    as_of: datetime | None = None
    today: Callable[[str], Document | None] | None = None
    behind: int = 0
    model: str = ""

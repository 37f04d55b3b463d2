"""Opens the user's library for searching: its store, and an index that has taken in all that the store holds.

Takes in no document of its own and quotes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path

from rootline.errors import BusyError
from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Derived, Library
from rootline.evidence.store.document import Document
from rootline.evidence.store.versions import WAIT_SECONDS, Store
from rootline.settings import dense_model

FEW = 20  # documents made into vectors while an answer waits and nobody watches: a second or two
Told = Callable[[str, int, int], None]  # what is being done, how far, of how much


def open_library(folder: Path, as_of: datetime | None = None, told: Told | None = None) -> Library:
    """The library as it is; or as it was at a moment, with an index of its own that is kept in memory.

    Where the user named a sentence model, it is fused into the search. Making vectors takes long: `told` hears how
    far it is, and where nobody does, only a few are made. Raises `EvidenceError` where a part cannot be opened.
    """
    store = Store(folder)
    model = dense_model()
    by_words = TantivySearch() if as_of else TantivySearch(folder)
    if as_of:
        by_words.add(enumerate(store.documents(as_of), start=1))
        library = Library(by_words, partial(store.document, as_of=as_of), as_of, store.document)
    else:
        library = Library(by_words, store.document, behind=_catch_up(by_words, store))
    return _with_vectors(library, by_words, store, model, told) if model else library


def _with_vectors(library: Library, by_words: TantivySearch, store: Store, model: Path, told: Told | None) -> Library:
    """The same with vectors fused in. No library that they take is imported before a model is named."""
    from rootline.evidence.dense.opening import open_model

    embedder = open_model(model)  # first: it says which library is missing
    from rootline.evidence.dense.fused import FusedSearch
    from rootline.evidence.dense.vectors import Vectors

    vectors, behind = Vectors(embedder, store.path), library.behind
    if library.as_of:
        vectors = Vectors(embedder, like=vectors)
        vectors.add(enumerate(store.documents(library.as_of), start=1))
    else:
        behind = max(behind, _go_on(vectors, store, told))
    return replace(library, search=FusedSearch(by_words, vectors), behind=behind, model=embedder.model.sha256)


def _catch_up(search: Derived, store: Store) -> int:
    """Take in what the store has gained; how many changes are left to another process that is taking them in.

    An index ahead of its store belongs to another library. One of which nothing is committed yet is waited for: it
    would look like a library without documents.
    """
    if search.sequence() > store.sequence():
        search.clear()
    end = time.monotonic() + WAIT_SECONDS
    while True:
        changes = store.changes(search.sequence())
        if (first := next(changes, None)) is None:
            return 0
        try:
            search.add(chain([first], changes))
            return 0
        except BusyError:
            if search.sequence():
                return sum(1 for _ in store.changes(search.sequence()))
            if time.monotonic() > end:
                raise
        time.sleep(0.1)


def _go_on(vectors: Derived, store: Store, told: Told | None) -> int:
    """The same for vectors, which nothing waits for: what has none yet is found by its words."""
    if vectors.sequence() > store.sequence():
        vectors.clear()
    changes = store.changes(vectors.sequence())
    if (first := next(changes, None)) is None:
        return 0
    waiting = chain([first], changes)
    try:
        vectors.add(_heard(waiting, store.sequence(), told) if told else islice(waiting, FEW))
    except BusyError:
        pass
    return max(store.sequence() - vectors.sequence(), 0)


def _heard(changes: Iterable[tuple[int, Document]], last: int, told: Told) -> Iterator[tuple[int, Document]]:
    for number, document in changes:
        yield number, document
        told("vectors", number, last)

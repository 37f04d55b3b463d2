"""Opens the user's library for searching: its store, and an index that has taken in all that the store holds.

Takes in no document of its own and quotes nothing.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from rootline.errors import EvidenceError
from rootline.evidence.index import TantivySearch
from rootline.evidence.search import Library, Search
from rootline.evidence.store import Store


def open_library(folder: Path, as_of: datetime | None = None) -> Library:
    """The library as it is; or as it was at a moment, with an index of its own that is kept in memory."""
    store = Store(folder)
    search: Search = TantivySearch() if as_of else TantivySearch(folder)
    if as_of:
        search.add(enumerate(store.documents(as_of), start=1))
    else:
        _catch_up(search, store)
    return Library(search, partial(store.document, as_of=as_of), as_of)


def _catch_up(search: Search, store: Store) -> None:
    """Take in what the store has gained. An index ahead of its store belongs to another library."""
    if search.sequence() > store.sequence():
        search.clear()
    changes = store.changes(search.sequence())
    if (first := next(changes, None)) is None:
        return
    try:
        search.add(chain([first], changes))
    except EvidenceError:
        if not search.count():  # else another process takes them in, and what is there can be searched
            raise

"""Opens the user's library for searching: its store, and an index that has taken in all that the store holds.

Takes in no document of its own and quotes nothing.
"""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from rootline.errors import BusyError
from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Library, Search
from rootline.evidence.store.versions import WAIT_SECONDS, Store


def open_library(folder: Path, as_of: datetime | None = None) -> Library:
    """The library as it is; or as it was at a moment, with an index of its own that is kept in memory."""
    store = Store(folder)
    search: Search = TantivySearch() if as_of else TantivySearch(folder)
    if as_of:
        search.add(enumerate(store.documents(as_of), start=1))
        return Library(search, partial(store.document, as_of=as_of), as_of, store.document)
    return Library(search, store.document, behind=_catch_up(search, store))


def _catch_up(search: Search, store: Store) -> int:
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

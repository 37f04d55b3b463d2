"""The user's library where it may be out of order: opened for answers that must not wait for it.

A library that cannot be opened is one whose every question raises the reason; who asks says so in the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from rootline.errors import EvidenceError
from rootline.evidence.library import Told, open_library
from rootline.evidence.search.interface import Hit, Library, Question
from rootline.evidence.store.document import Document
from rootline.settings import holds_library, library_folder


def open_for_answers(folder: Path, as_of: datetime | None = None, told: Told | None = None) -> Library:
    """The library; or, where it cannot be opened, one that says why whenever it is asked."""
    try:
        return open_library(folder, as_of, told)
    except (EvidenceError, OSError) as error:
        reason = error if isinstance(error, EvidenceError) else EvidenceError(f"`{folder}`: {error.strerror}")
        return Library(_Unsearchable(reason), lambda _: None, as_of)


def own_library() -> Library | None:
    """The user's own documents as they are now, for answers; None where there are none."""
    folder = library_folder()
    return open_for_answers(folder) if holds_library(folder) else None


class _Unsearchable:
    def __init__(self, reason: EvidenceError) -> None:
        self._reason = reason

    def rank(self, question: Question, most: int) -> list[Hit]:
        raise self._reason

    def words(self, text: str) -> list[str]:
        raise self._reason

    def weights(self, words: Iterable[str]) -> Mapping[str, float]:
        raise self._reason

    def add(self, documents: Iterable[tuple[int, Document]]) -> int:
        raise self._reason

    def clear(self) -> None:
        raise self._reason

    def sequence(self) -> int:
        raise self._reason

    def count(self) -> int:
        raise self._reason

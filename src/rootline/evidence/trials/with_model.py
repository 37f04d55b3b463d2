"""The search with the sentence model that the user named fused in, empty, so that it can be measured like any other.

Imports what a model takes only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Hit, Question, Search
from rootline.evidence.store.document import Document
from rootline.settings import dense_model


def empty_search(folder: Path | None = None) -> Search:
    """As the settings have it: by words, or with the model. In memory where no folder is named."""
    by_words, model = TantivySearch(folder), dense_model()
    if model is None:
        return by_words
    from rootline.evidence.dense.opening import open_model

    embedder = open_model(model)  # first: it says which library is missing
    from rootline.evidence.dense.fused import FusedSearch
    from rootline.evidence.dense.vectors import Vectors

    return FusedSearch(by_words, Vectors(embedder, folder))


class WithModel:
    """The same as a peer. Its rate and size are those of words and vectors together."""

    name = "with model"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Once, in a folder."""
        self._search = empty_search(folder)
        self._search.add(enumerate(documents, start=1))

    def rank(self, text: str, most: int) -> list[Hit]:
        """The best documents."""
        return self._search.rank(Question(text), most)

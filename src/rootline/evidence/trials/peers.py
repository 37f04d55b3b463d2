"""Rootline's search and its plain peers behind one face, so that they can be measured side by side.

Each peer is used as its own guide shows it; none is tuned. The only home of bm25s and its stemmer.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import bm25s
import Stemmer
import tantivy
from bm25s.tokenization import STOPWORDS_EN

from rootline.evidence.search.index import HEAP, TantivySearch
from rootline.evidence.search.interface import Question
from rootline.evidence.store.document import Document
from rootline.evidence.trials.with_model import WithModel
from rootline.settings import dense_model

Ranking = Sequence[tuple[Any, ...]]  # best first; of each document first its id, last its score
_WORD = re.compile(r"\w+")


class Peer(Protocol):
    """A search that is built once in a folder."""

    name: str

    def build(self, documents: Sequence[Document], folder: Path) -> None: ...
    def rank(self, text: str, most: int) -> Ranking: ...


class Rootline:
    """The search as the product uses it."""

    name = "rootline"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        self._search = TantivySearch(folder)
        self._search.add(enumerate(documents, start=1))

    def rank(self, text: str, most: int) -> Ranking:
        return self._search.rank(Question(text), most)


class RawTantivy:
    """One joined field, stop words and stemming, Tantivy's own query parser, the id stored."""

    name = "raw tantivy"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
        schema.add_text_field("text", tokenizer_name="plain")
        self._index = tantivy.Index(schema.build(), path=str(folder))
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        builder = builder.filter(tantivy.Filter.stopword("english")).filter(tantivy.Filter.stemmer("english"))
        self._index.register_tokenizer("plain", builder.build())
        writer = self._index.writer(HEAP, 1)
        for one in documents:
            writer.add_document(tantivy.Document(id=one.id, text=f"{one.title} {one.text}"))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def rank(self, text: str, most: int) -> Ranking:
        searcher = self._index.searcher()
        query, _ = self._index.parse_query_lenient(" ".join(_WORD.findall(text)), ["text"])
        found = searcher.search(query, most, count=False).hits
        return [(searcher.doc(address)["id"][0], score) for score, address in found]


class SqliteFts5:
    """FTS5 with its Porter stemmer; any word of the question but stop words."""

    name = "sqlite fts5"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts.sqlite")
        self._connection.execute(
            "CREATE VIRTUAL TABLE found USING fts5(id UNINDEXED, text, tokenize='porter unicode61')"
        )
        rows = ((one.id, f"{one.title} {one.text}") for one in documents)
        self._connection.executemany("INSERT INTO found VALUES (?, ?)", rows)
        self._connection.commit()

    def rank(self, text: str, most: int) -> Ranking:
        words = [word for word in _WORD.findall(text.lower()) if word not in STOPWORDS_EN]
        asked = " OR ".join(f'"{word}"' for word in words) or '""'
        query = "SELECT id, -rank FROM found WHERE text MATCH ? ORDER BY rank LIMIT ?"
        return [(row[0], row[1]) for row in self._connection.execute(query, (asked, most))]


class Bm25s:
    """bm25s with its English stop words and the Snowball stemmer; the scores lie in memory."""

    name = "bm25s"

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        self._ids = [one.id for one in documents]
        self._stemmer = Stemmer.Stemmer("english")
        self._retriever = bm25s.BM25()
        self._retriever.index(self._tokens([f"{one.title} {one.text}" for one in documents]), show_progress=False)
        self._retriever.save(str(folder))

    def _tokens(self, texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)

    def rank(self, text: str, most: int) -> Ranking:
        most = min(most, len(self._ids))
        found, scores = self._retriever.retrieve(self._tokens([text]), k=most, show_progress=False)
        return [(self._ids[at], float(score)) for at, score in zip(found[0], scores[0], strict=True) if score > 0]


def peers() -> list[Peer]:
    """Rootline first, then what it is measured beside."""
    own: list[Peer] = [Rootline(), WithModel()] if dense_model() else [Rootline()]
    return [*own, RawTantivy(), SqliteFts5(), Bm25s()]

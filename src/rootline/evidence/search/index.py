"""The search index, by Tantivy: title, text and MeSH joined into one field, character 4-grams beside it.

Derived from the store and never the truth: what is damaged is thrown away and built anew. Quotes nothing.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Filter, Occur, Query, Tokenizer

from rootline.errors import BusyError, EvidenceError
from rootline.evidence.search.interface import Hit, Question
from rootline.evidence.search.mirror import is_read_only, mirror
from rootline.evidence.search.soundness import is_sound
from rootline.evidence.store.document import Document

FORM = "search-1"  # the folder's name; another form of index gets another, and is built beside it
PART = 6000  # characters; a longer document is ranked by its best part
# Chosen on the development splits, see docs/search.md.
RARE_WORDS = 2  # only around the rarest words of a question …
RARE_GRAMS = 5  # … are 4-grams looked up, and of those the rarest
GRAM_WEIGHT = 0.15
RARITY = 0.25  # a word's rarity to this power multiplies the weight that BM25 gives it
COMMIT_EVERY = 20_000  # documents
HEAP = 96_000_000  # bytes that the writer may hold
_MARKER = "\0sequence"
# Words that ask, and tell nothing of what is asked.
_ASKING = (
    "what which who whom whose when where why how does do did doing done can could should would may might must has "
    "have had having been being were am i me my we our us you your he she his her its any some about than so please "
    "tell show give list describe explain help helps helped helpful work works useful good best better say says said "
    "behind number numbers"
).split()
_Clause = tuple[Occur, Query]
_hit = partial(tuple.__new__, Hit)  # twice as fast as `Hit(*fields)`, a hundred times a search


class TantivySearch:
    """A `Search` in a folder; in memory where none is named."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open the index. Where there is none, or it cannot be read, an empty one begins."""
        self._folder = folder / FORM if folder else None
        if folder and is_read_only(folder):
            self._aside = mirror(folder / FORM)
            self._folder = Path(self._aside.name)
        self._words, self._asked, self._grams = _analyzer(()), _analyzer(_ASKING), _gram_analyzer()
        try:
            if self._folder and not is_sound(self._folder):
                raise ValueError("a file is not what was written")
            self._index = self._open()
            self.sequence()  # a damaged index may open and fail at the first look
        except Exception:  # whatever Tantivy says of the damage: the store has it all
            self.clear()

    def _open(self) -> tantivy.Index:
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(_schema(), path=str(self._folder) if self._folder else None)
        index.register_tokenizer("words", self._words)
        index.register_tokenizer("grams", self._grams)
        return index

    def clear(self) -> None:
        """Throw everything away; the store has it all. Raises `EvidenceError` where no index can be made."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        try:
            self._index = self._open()
        except (OSError, ValueError) as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: Exception) -> EvidenceError:
        mend = "Look whether the disk is full, a file stands where this folder should be, or it may not be written."
        return EvidenceError(f"the search index cannot be written: {error}", where=str(self._folder or ""), mend=mend)

    def add(self, documents: Iterable[tuple[int, Document]]) -> int:
        """Take in documents with their sequence numbers, rising.

        Raises `BusyError` while another process does, `EvidenceError` when the index cannot be written; what was
        committed until then stays.
        """
        try:
            writer = self._index.writer(HEAP, 1)  # one thread: the same documents make the same index
            count = _take_in(writer, documents)
            writer.wait_merging_threads()
            self._index.reload()
        except (OSError, ValueError) as error:
            if "LockBusy" in str(error):
                mend = "Searching goes on meanwhile; try again when it is done."
                raise BusyError("another process is adding to the search index", mend=mend) from None
            raise self._unwritable(error) from None
        return count

    def sequence(self) -> int:
        """The sequence number up to which everything is taken in; 0 for an empty index."""
        searcher = self._index.searcher()
        marker = searcher.search(Query.term_query(self._index.schema, "id", _MARKER), 1).hits
        return int(searcher.fast_field_values("start", [marker[0][1]])[0] or 0) if marker else 0

    def count(self) -> int:
        """How many documents can be found."""
        first = Query.term_query(self._index.schema, "part", 0)
        return int(self._index.searcher().search(first, 1).count)  # type: ignore[attr-defined]  # not in its stubs

    def words(self, text: str) -> list[str]:
        """Stems, without stop words and words that ask."""
        return self._asked.analyze(text)

    def weights(self, words: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency, as BM25 has it."""
        searcher = self._index.searcher()
        return {word: _rarity(searcher.doc_freq("words", word), searcher.num_docs) for word in words}

    def rank(self, question: Question, most: int) -> list[Hit]:
        """The best documents, best first. Raises `EvidenceError` for a damaged index; opening it again mends it."""
        try:
            return self._rank(question, most)
        except (OSError, ValueError) as error:
            mend = f"Remove `{self._folder}`; it is built anew from the library."
            raise EvidenceError(f"the search index cannot be read: {error}", mend=mend) from error

    def having(self, question: Question, ids: Sequence[str]) -> set[str]:
        """Of these documents the ones that are here and have what the question demands, whatever its words."""
        if not ids:
            return set()
        among = Query.const_score_query(Query.term_set_query(self._index.schema, "id", list(ids)), 0.0)
        return {hit.id for hit in self._best([(Occur.Must, among), *self._demanded(question)], len(ids))}

    def _rank(self, question: Question, most: int) -> list[Hit]:
        telling, demanded = list(self._telling(question, self._index.searcher())), list(self._demanded(question))
        if not telling and not demanded:
            return []
        if telling and demanded:  # else what is demanded would let in what has none of the words
            telling = [(Occur.Must, Query.boolean_query(telling))]
        return self._best(telling + demanded, most)

    def _best(self, clauses: list[_Clause], most: int) -> list[Hit]:
        searcher, query, limit = self._index.searcher(), Query.boolean_query(clauses), most
        while True:
            found = searcher.search(query, limit, count=False).hits
            places = [address for _, address in found]
            ids: list[Any] = [searcher.doc(address).get_first("id") for address in places]
            starts: Any = searcher.fast_field_values("start", places)
            ends: Any = searcher.fast_field_values("end", places)
            scores = [score for score, _ in found]
            hits = list(map(_hit, zip(ids, starts, ends, scores, strict=True)))
            if len(set(ids)) < len(ids):  # of several parts of a document the first found is its best
                hits = list({hit.id: hit for hit in reversed(hits)}.values())[::-1]
            if len(hits) >= most or len(found) < limit:
                return hits[:most]
            limit *= 2

    def _telling(self, question: Question, searcher: tantivy.Searcher) -> Iterator[_Clause]:
        """What raises a document: the question's words and its rare 4-grams, each by its rarity."""
        schema, count = self._index.schema, max(searcher.num_docs, 1)
        rarest = _rarity(1, count)
        # every microsecond counts here: plain dicts and lists, one look-up for each word
        placed = [(token.text, token.char_offset_from, token.char_offset_to)
                  for token in self._asked.pre_tokenize(question.text).tokens]  # fmt: skip
        times: dict[str, int] = {}
        for word, _, _ in placed:
            times[word] = times.get(word, 0) + 1
        found = {word: searcher.doc_freq("words", word) for word in times}
        telling = sorted([(found[word], start, end) for word, start, end in placed])[:RARE_WORDS]
        for names in question.same:
            for word in set(self._words.analyze(names[0])) & times.keys():
                del times[word]
            yield Occur.Should, Query.disjunction_max_query([one for one in map(self._side_by_side, names) if one])
        for word, often in times.items():
            if had := found[word]:
                weight = often * (_rarity(had, count) / rarest) ** RARITY
                yield Occur.Should, Query.boost_query(Query.term_query(schema, "words", word, "freq"), weight)
        grams: set[str] = set()
        for _, start, end in telling:
            grams.update(self._grams.analyze(question.text[max(start - 3, 0) : end + 3]))
        rare = sorted([(had, gram) for gram in grams if (had := searcher.doc_freq("grams", gram))])
        for had, gram in rare[:RARE_GRAMS]:
            weight = GRAM_WEIGHT * (_rarity(had, count) / rarest) ** RARITY
            yield Occur.Should, Query.boost_query(Query.term_query(schema, "grams", gram, "freq"), weight)

    def _demanded(self, question: Question) -> Iterator[_Clause]:
        """What a document must have: phrases, year, type, standing. Without weight in the ranking."""
        schema = self._index.schema
        for phrase in question.phrases:
            if side_by_side := self._side_by_side(phrase):
                yield Occur.Must, side_by_side
        first, last = question.years
        if first is not None or last is not None:
            within = Query.range_query(schema, "year", tantivy.FieldType.Integer, first, last)
            yield Occur.Must, Query.const_score_query(within, 0.0)
        for field, allowed in (("type", question.types), ("standing", question.standings)):
            if allowed:
                yield Occur.Must, Query.const_score_query(Query.term_set_query(schema, field, list(allowed)), 0.0)

    def _side_by_side(self, words: str) -> Query | None:
        """The words as a phrase; stop words between them keep their place."""
        tokens = self._words.pre_tokenize(words).tokens
        if len(tokens) > 1:
            return Query.phrase_query(self._index.schema, "words", [(one.position, one.text) for one in tokens])
        return Query.term_query(self._index.schema, "words", tokens[0].text) if tokens else None


def _take_in(writer: tantivy.IndexWriter, documents: Iterable[tuple[int, Document]]) -> int:
    count = sequence = 0
    for count, (sequence, document) in enumerate(documents, start=1):
        writer.delete_documents_by_term("id", document.id)
        if document.standing != "deleted":
            for part in _parts(document):
                writer.add_document(part)
        if count % COMMIT_EVERY == 0:
            _commit(writer, sequence)
    if count % COMMIT_EVERY:
        _commit(writer, sequence)
    return count


def _commit(writer: tantivy.IndexWriter, sequence: int) -> None:
    """The documents and their sequence number become visible in one step: both or neither."""
    writer.delete_documents_by_term("id", _MARKER)
    writer.add_document(tantivy.Document(id=_MARKER, start=sequence))
    writer.commit()


def _parts(document: Document) -> Iterator[tantivy.Document]:
    """What is indexed of a document: neighbouring passages together, each part with the title and MeSH."""
    for number, (start, end) in enumerate(_stretches(document)):
        text = " ".join((document.title, document.text[start:end], *document.mesh))
        fields = {"id": document.id, "part": number, "start": start, "end": end, "words": text, "grams": text}
        fields |= {"standing": document.standing, "type": [one.lower() for one in document.types]}
        if document.year is not None:
            fields["year"] = document.year
        yield tantivy.Document(**fields)


def _stretches(document: Document) -> Iterator[tuple[int, int]]:
    start = end = 0
    for passage in document.passages:
        if passage.end - start > PART and end > start:
            yield start, end
            start = passage.start
        end = passage.end
    yield start, max(end, start) or len(document.text)


def _rarity(found: int, count: int) -> float:
    return math.log(1 + (count - found + 0.5) / (found + 0.5))


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("words", tokenizer_name="words")
    schema.add_text_field("grams", tokenizer_name="grams", index_option="freq")
    schema.add_text_field("type", tokenizer_name="raw", index_option="basic")
    schema.add_text_field("standing", tokenizer_name="raw", index_option="basic")
    schema.add_integer_field("year", indexed=True)
    schema.add_integer_field("part", indexed=True)
    schema.add_integer_field("start", fast=True)
    schema.add_integer_field("end", fast=True)
    return schema.build()


def _analyzer(left_out: Iterable[str]) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    builder = builder.filter(Filter.custom_stopword(list(left_out))) if left_out else builder
    return builder.filter(Filter.stopword("english")).filter(Filter.stemmer("english")).build()


def _gram_analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(Tokenizer.ngram(4, 4))
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()

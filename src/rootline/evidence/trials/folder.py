"""A retrieval test set as BEIR lays it out: `corpus.jsonl`, `queries.jsonl` and `qrels/dev.tsv` or `test.tsv`.

Reads what is there; ranks and judges nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from rootline.errors import EvidenceError
from rootline.evidence.store.document import Document
from rootline.evidence.store.passages import Section, lay_out

SPLITS = ("dev", "test")


@dataclass(frozen=True)
class TestSet:
    """Documents, the questions of one split, and for each question which documents answer it, by grade."""

    __test__ = False  # its name is no test's

    name: str
    split: str
    documents: tuple[Document, ...]
    questions: dict[str, str]
    judged: dict[str, dict[str, int]]


def read_test_set(folder: Path) -> TestSet:
    """The development split where there is one, else the test split. Raises `EvidenceError`."""
    split = next((one for one in SPLITS if (folder / "qrels" / f"{one}.tsv").is_file()), None)
    if split is None:
        mend = "Expected: corpus.jsonl, queries.jsonl, qrels/dev.tsv or qrels/test.tsv."
        raise EvidenceError("not a retrieval test set", where=str(folder), mend=mend)
    judged: dict[str, dict[str, int]] = {}
    with (folder / "qrels" / f"{split}.tsv").open(encoding="utf-8") as file:
        next(file)
        for line in file:
            question, document, grade = line.rstrip("\n").split("\t")
            judged.setdefault(question, {})[document] = int(grade)
    questions = {one["_id"]: one["text"] for one in _lines(folder / "queries.jsonl") if one["_id"] in judged}
    documents = tuple(_document(one) for one in _lines(folder / "corpus.jsonl"))
    return TestSet(folder.name, split, documents, questions, {one: judged[one] for one in questions})


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file)
    except (OSError, ValueError) as error:
        raise EvidenceError(f"cannot be read: {error}", where=str(path)) from None


def _document(fields: dict[str, Any]) -> Document:
    text, passages = lay_out([Section("", (fields["text"],))])
    digest = sha256(text.encode()).hexdigest()
    return Document(str(fields["_id"]), digest, fields.get("title", ""), text, passages, "text")

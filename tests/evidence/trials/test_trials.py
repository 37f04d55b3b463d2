"""The measuring itself: test sets are read or refused, every search is measured, and shares are shares."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rootline.errors import EvidenceError
from rootline.evidence.trials.folder import read_test_set
from rootline.evidence.trials.growth import grow
from rootline.evidence.trials.peers import peers
from rootline.evidence.trials.quoting import shares
from rootline.evidence.trials.retrieval import measure

THINGS = ("traction", "ozone", "gabapentin", "acupuncture", "walking", "epidural", "surgery", "heat")


def made(folder: Path, split: str = "dev") -> Path:
    """A test set of invented documents: each question is answered by one."""
    (folder / "qrels").mkdir(parents=True)
    texts = [f"We tried {thing} in adults with leg pain of number {number}." for number, thing in enumerate(THINGS)]
    corpus = [
        {"_id": f"d{n}", "title": thing, "text": text}
        for n, (thing, text) in enumerate(zip(THINGS, texts, strict=True))
    ]
    queries = [{"_id": f"q{n}", "text": f"Does {thing} help?"} for n, thing in enumerate(THINGS)]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    rows = "".join(f"q{n}\td{n}\t1\n" for n in range(len(THINGS) - 1))
    (folder / "qrels" / f"{split}.tsv").write_text(f"query-id\tcorpus-id\tscore\n{rows}")
    return folder


@pytest.mark.parametrize("split", ["dev", "test"])
def test_a_folder_is_read_with_the_split_it_has_and_its_questions_alone(tmp_path, split):
    found = read_test_set(made(tmp_path / "set", split))
    assert (found.name, found.split) == ("set", split)
    assert len(found.documents) == len(THINGS)
    assert list(found.questions) == list(found.judged) == [f"q{n}" for n in range(len(THINGS) - 1)]
    assert found.documents[0].quote(found.documents[0].passages[0]).startswith("We tried traction")


def test_what_is_no_test_set_is_refused(tmp_path):
    with pytest.raises(EvidenceError, match="not a retrieval test set"):
        read_test_set(tmp_path)
    folder = made(tmp_path / "set")
    (folder / "corpus.jsonl").write_text("{broken")
    with pytest.raises(EvidenceError, match=r"corpus\.jsonl"):
        read_test_set(folder)


def test_every_search_finds_what_is_plain_to_find(tmp_path):
    test_set = read_test_set(made(tmp_path / "set"))
    found = measure(test_set)
    assert (
        [one.search for one in found]
        == [one.name for one in peers()]
        == ["rootline", "raw tantivy", "sqlite fts5", "bm25s"]
    )
    for one in found:
        assert (one.ndcg, one.recall, one.mrr) == (1, 1, 1), one.search
        assert one.megabytes > 0 and one.built > 0 and 0 < one.p50 <= one.p99


def test_with_a_model_named_what_it_brings_is_measured_beside_the_others(tmp_path, monkeypatch, made_model):
    folder = made(tmp_path / "set")
    queries = [{"_id": "q0", "text": "pulling?"}, {"_id": "q4", "text": "jogging?"}]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    monkeypatch.setenv("ROOTLINE_DENSE_MODEL", str(made_model))
    found = {one.search: one for one in measure(read_test_set(folder))}
    assert list(found) == ["rootline", "with model", "raw tantivy", "sqlite fts5", "bm25s"]
    assert (found["rootline"].ndcg, found["with model"].ndcg) == (0, 1)
    assert found["with model"].megabytes > found["rootline"].megabytes


def test_what_is_quoted_is_measured_with_the_model_too_and_no_likeness_is_quoted(tmp_path, monkeypatch, made_model):
    own, other = made(tmp_path / "own"), made(tmp_path / "other")
    queries = [{"_id": f"q{n}", "text": "pulling or jogging?"} for n in range(5)]
    (other / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    monkeypatch.setenv("ROOTLINE_DENSE_MODEL", str(made_model))
    told = shares(read_test_set(own), read_test_set(other), 5)
    assert {(one.answered, one.quotes_right, one.other_subject) for one in told} == {(1, 1, 0)}


def test_ranking_badly_is_told(tmp_path):
    test_set = read_test_set(made(tmp_path / "set"))

    class Backwards:
        name = "backwards"

        def build(self, documents, folder):
            self._ids = [one.id for one in documents]

        def rank(self, text, most):
            return [(id_, 1.0 / place) for place, id_ in enumerate(self._ids, start=1)]

    (one,) = measure(test_set, [Backwards()])
    assert one.recall == 1
    assert 0.2 < one.mrr < 0.5


def test_shares_fall_as_the_threshold_rises_and_foreign_questions_are_refused(tmp_path):
    own, other = made(tmp_path / "own"), made(tmp_path / "other")
    queries = [{"_id": f"q{n}", "text": f"xylophone tuning {n}?"} for n in range(5)]
    (other / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    told = shares(read_test_set(own), read_test_set(other), 5)
    assert [one.answered for one in told] == [1] * len(told)
    assert {one.quotes_right for one in told} == {1}
    assert {(one.without_answer, one.other_subject) for one in told} == {(0, 0)}


def test_growth_is_measured_from_files_to_answers_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr("rootline.evidence.trials.growth._FILE_RECORDS", 50)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    heard: list[str] = []
    one = grow(120, heard.append)
    assert one.records == 120
    for step in (one.imported, one.indexed, one.opened):
        assert min(step.seconds, step.memory, step.disk) > 0
    assert one.opened.disk == one.imported.disk + one.indexed.disk
    assert 0 < one.p50 <= one.p99
    assert [line.split(",")[0].strip() for line in heard[1:4]] == ["50 imported", "100 imported", "120 imported"]
    assert not list(tmp_path.iterdir())


def test_growth_is_refused_where_the_disk_has_no_room(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(EvidenceError, match="GB of disk are needed for 1,000,000,000,000 records"):
        grow(1_000_000_000_000, lambda words: None)
    assert not list(tmp_path.iterdir())

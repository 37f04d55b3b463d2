"""Words and vectors together: what shares no word is found, what is demanded holds, no answer stands on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rootline.evidence.dense.fused import FusedSearch
from rootline.evidence.dense.vectors import Vectors
from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Library, Question
from rootline.evidence.search.quote import ENOUGH, best_quotes, quote
from tests.evidence.documents import ALL, OZONE_RETRACTED, OZONE_REVIEW, OZONE_TRIAL, TRACTION, document


@pytest.fixture
def by_words() -> TantivySearch:
    search = TantivySearch()
    search.add(enumerate(ALL, start=1))
    return search


@pytest.fixture
def fused(by_words, embedder) -> FusedSearch:
    vectors = Vectors(embedder)
    vectors.add(enumerate(ALL, start=1))
    return FusedSearch(by_words, vectors)


def ids(search, text: str, **fields) -> list[str]:
    return [hit.id for hit in search.rank(Question(text, **fields), 20)]


def test_a_document_that_shares_no_word_with_the_question_is_found_with_the_model_alone(by_words, fused):
    assert ids(by_words, "pulling") == []
    assert ids(fused, "pulling") == [TRACTION.id]
    (found,) = best_quotes(Library(fused, {TRACTION.id: TRACTION}.get), Question("pulling"), 5)
    assert found.text == TRACTION.quote(TRACTION.passages[0])


def test_no_answer_stands_on_likeness_alone(by_words, fused):
    documents = {one.id: one for one in ALL}
    found = quote(Library(fused, documents.get), Question("pulling"))
    assert (found.quotes, found.best) == ((), 0.0)
    assert [one.id for one in ALL if one.id in ids(fused, "pulling")] == [TRACTION.id]
    for text in ("ozone sciatica", "mechanical traction", "o3 traction", "asthma city adults"):
        with_model = quote(Library(fused, documents.get), Question(text))
        assert all(one.covers >= ENOUGH for one in with_model.quotes)
        assert with_model.best == quote(Library(by_words, documents.get), Question(text)).best


def test_both_together_stand_before_either_alone(fused):
    both = document(40, "Pulling in podagra", "Pulling was tried.")
    like, worded = document(41, "Extension", "Extension was tried."), document(42, "Knees", "Pulling out a tooth.")
    fused.add([(40, both), (41, like), (42, replace(worded, title="Pulling"))])
    assert ids(fused, "pulling podagra")[0] == both.id
    assert like.id in ids(fused, "pulling podagra")


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        ({"types": ("systematic review",)}, [OZONE_REVIEW.id]),
        ({"years": (2002, 2002)}, [OZONE_TRIAL.id]),
        ({"standings": ("retracted",)}, [OZONE_RETRACTED.id]),
        ({"phrases": ("steroid injection",)}, [OZONE_REVIEW.id]),
        ({"phrases": ("no such words",)}, []),
    ],
)
def test_what_the_question_demands_holds_for_what_is_like_it_too(fused, demand, expected):
    assert set(ids(fused, "o3")) == {OZONE_REVIEW.id, OZONE_TRIAL.id, OZONE_RETRACTED.id}
    assert ids(fused, "o3", **demand) == expected


def test_a_demand_that_few_fulfil_is_looked_for_beyond_the_nearest(embedder, monkeypatch):
    monkeypatch.setattr("rootline.evidence.dense.fused.DEPTH", 2)
    fused = FusedSearch(TantivySearch(), Vectors(embedder))
    fused.add((n, document(n, f"Made-up {n}", "Gout.", year=2001 if n == 59 else 1990)) for n in range(1, 60))
    assert [hit.id for hit in fused.rank(Question("podagra", years=(2000, None)), 1)] == ["pmid:990000059"]


def test_what_the_index_does_not_hold_is_not_shown(by_words, embedder):
    vectors = Vectors(embedder)
    vectors.add([(1, document(70, "Pulling", "Pulling.")), (2, TRACTION)])
    assert ids(FusedSearch(by_words, vectors), "pulling") == [TRACTION.id]


def test_what_has_no_vector_yet_is_found_by_its_words(by_words, embedder):
    fused = FusedSearch(by_words, Vectors(embedder))
    assert set(ids(fused, "ozone traction")) == set(ids(by_words, "ozone traction"))
    assert fused.sequence() == 0 < fused.count()


def test_the_same_is_ranked_the_same_however_often(fused):
    question = Question("o3 injection sciatica")
    first = fused.rank(question, 20)
    assert first
    assert all(fused.rank(question, 20) == first for _ in range(5))
    assert fused.rank(question, 3) == first[:3]
    assert all(0 <= hit.score <= 1 for hit in first)

"""Quoted passages are held to the library letter for letter; without it they are undecided, never verified."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rootline.answers.ask import ask
from rootline.answers.verify import read_answer, verify
from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Library
from tests.answers.test_look_up import GOUT
from tests.evidence.documents import ALL

ALL_OF_THEN = {one.id: one for one in ALL}.get


def library_of(documents) -> Library:
    search = TantivySearch()
    search.add(enumerate(documents, start=1))
    return Library(search, {one.id: one for one in documents}.get)


@pytest.fixture(scope="module")
def library() -> Library:
    return library_of(ALL)


@pytest.fixture
def data(pack, library):
    answer = ask("Ozone injection for sciatica?", pack, library=library)
    assert len(answer.passages) > 1
    return json.loads(answer.model_dump_json(by_alias=True))


def checked(data, pack, library):
    return verify(read_answer(json.dumps(data).encode()), pack, library)


def places(data, pack, library):
    found = checked(data, pack, library)
    return {one.place: one.weight for one in found.findings}


def test_an_answer_with_quotes_verifies_with_its_library(data, pack, library):
    result = checked(data, pack, library)
    assert result.findings == () and result.outcome == "verified"


def test_without_the_library_it_is_undecided(data, pack):
    assert places(data, pack, None) == {"passages": "undecided"}


def test_a_question_outside_the_pack_verifies_with_its_quotes(pack, library):
    quoted = ask("Does colchicine help gout?", pack, library=library_of([*ALL, GOUT]))
    assert quoted.passages and not quoted.sections
    found = json.loads(quoted.model_dump_json(by_alias=True))
    assert checked(found, pack, library_of([*ALL, GOUT])).findings == ()


def test_a_refusal_that_tells_what_was_searched_verifies(pack, library):
    refused = ask("Ozone injection for gout?", pack, library=library)
    assert refused.outcome == "refused" and refused.library
    found = json.loads(refused.model_dump_json(by_alias=True))
    assert checked(found, pack, library).findings == ()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("quote", lambda one: one["quote"].replace("e", "a", 1)),
        ("start", lambda one: one["start"] + 1),
        ("section", lambda one: "RESULTS OF OTHERS"),
        ("title", lambda one: one["title"] + " (updated)"),
        ("year", lambda one: 2031),
        ("kind", lambda one: "guideline" if one["kind"] != "guideline" else "trial"),
        ("direction", lambda one: "effect" if one["direction"] != "effect" else "no effect"),
        ("standing", lambda one: "superseded"),
        ("covers", lambda one: 0.1),
        ("document", lambda one: "pmid:1"),
    ],
)
def test_a_change_of_a_quote_is_found_and_named(field, change, data, pack, library):
    data["passages"][0][field] = change(data["passages"][0])
    found = places(data, pack, library)
    assert any(place.startswith("passages[0]") for place in found)
    assert checked(data, pack, library).outcome != "verified"


def test_a_retracted_passage_is_refuted_and_a_passage_twice_too(data, pack, library):
    data["passages"][0]["standing"] = "retracted"
    assert places(data, pack, library)["passages[0].standing"] == "refuted"
    data["passages"] = [data["passages"][1], data["passages"][1]]
    assert checked(data, pack, library).outcome == "refuted"


@pytest.mark.parametrize("change", [lambda one: one[1:], lambda one: list(reversed(one)), lambda one: []])
def test_passages_left_out_or_turned_round_are_never_verified(change, data, pack, library):
    data["passages"] = change(data["passages"])
    assert checked(data, pack, library).outcome != "verified"


@pytest.fixture
def replayed(pack, library):
    """An answer of a day on which the document first quoted was not yet retracted, and the library of that day."""
    first = ask("Ozone injection for sciatica?", pack, library=library).passages[0].document
    today = {one.id: replace(one, standing="retracted") if one.id == first else one for one in ALL}.get
    then = replace(library, as_of=datetime(2026, 11, 12, tzinfo=UTC), today=today)
    answer = ask("Ozone injection for sciatica?", pack, library=then)
    assert answer.passages[0].since == "retracted"
    return json.loads(answer.model_dump_json(by_alias=True)), then


def test_what_became_of_a_document_since_is_verified(replayed, pack):
    data, then = replayed
    assert checked(data, pack, then).findings == ()
    assert places(data, pack, replace(then, today=ALL_OF_THEN))["passages[0].since"] == "undecided"


@pytest.mark.parametrize(("said", "weight"), [("", "undecided"), ("corrected", "undecided"), ("current", "refuted"),
                                              ("sound", "refuted")])  # fmt: skip
def test_another_word_for_what_became_of_it_is_never_verified(said, weight, replayed, pack):
    data, then = replayed
    data["passages"][0]["since"] = said
    assert places(data, pack, then)["passages[0].since"] == weight


def test_nothing_became_of_a_document_since_a_search_of_the_library_as_it_is(data, pack, library):
    data["passages"][0]["since"] = "corrected"
    assert places(data, pack, None)["passages[0].since"] == "refuted"
    assert places(data, pack, library)["passages[0].since"] == "refuted"


def test_a_changed_search_is_found(data, pack, library):
    data["library"]["asked"] = "Is ozone dangerous?"
    assert places(data, pack, library)["library.asked"] == "refuted"


def test_quotes_from_nowhere_are_refuted(data, pack, library):
    data["library"] = None
    assert places(data, pack, library)["passages"] == "refuted"


def test_a_document_that_was_revised_since_is_undecided(data, pack):
    first = data["passages"][0]["document"]
    later = [replace(one, sha256="0" * 64, standing="retracted") if one.id == first else one for one in ALL]
    found = places(data, pack, library_of(later))
    assert found["passages[0].sha256"] == "undecided" and found["passages[0].standing"] == "undecided"

"""Quotes: letter for letter, the stronger kinds first, nothing retracted, and none when none is good enough."""

from __future__ import annotations

import pytest

from rootline.evidence.library import open_library
from rootline.evidence.search.hierarchy import kind_of
from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Library, Question
from rootline.evidence.search.quote import ENOUGH, Measure, best_quotes, quote
from rootline.evidence.store.versions import Store
from tests.evidence.documents import ALL, OZONE_RETRACTED, OZONE_REVIEW, OZONE_TRIAL, TRACTION, document


@pytest.fixture(scope="module")
def library() -> Library:
    search = TantivySearch()
    search.add(enumerate(ALL, start=1))
    return Library(search, {one.id: one for one in ALL}.get)


def test_every_quote_is_the_stored_text_at_its_place(library):
    for question in ("ozone injection sciatica", "ozone injection is offered", "traction", "adults of a city", "edema"):
        for one in best_quotes(library, Question(question), 20):
            assert one.text == one.document.text[one.passage.start : one.passage.end]
            assert one.text and one.text.strip() == one.text
            assert one.passage in one.document.passages


def test_what_sums_up_goes_before_a_single_study_and_nothing_retracted_is_quoted(library):
    found = quote(library, Question("ozone injection for sciatica"))
    assert [one.document.id for one in found.quotes] == [OZONE_REVIEW.id, OZONE_TRIAL.id]
    assert [one.kind for one in found.quotes] == ["systematic review", "trial"]
    assert OZONE_RETRACTED.id in [one.document.id for one in best_quotes(library, Question("ozone injection"), 9)]


def test_the_passage_with_the_findings_is_chosen(library):
    (one, *_) = quote(library, Question("ozone injection benefit sciatica")).quotes
    assert one.passage.section == "CONCLUSIONS"


@pytest.mark.parametrize("text", ["How do I bake bread?", "stem cells for sciatica in dogs", "?!", "the of and"])
def test_nothing_is_quoted_when_nothing_is_good_enough(library, text):
    found = quote(library, Question(text))
    assert found.quotes == ()
    assert found.best < ENOUGH
    assert found.searched == len(ALL)


def test_a_thing_counts_under_any_of_its_names(library):
    plain = Measure(library.search, Question("traction for sciatica"))
    widened = Measure(library.search, Question("traction for sciatica", same=(("sciatica", "lumbar radiculopathy"),)))
    assert 0 < plain.of(TRACTION.title) < widened.of(TRACTION.title) == 1
    assert widened.of("sciatica and traction") == 1
    assert widened.of("lumbar traction") == plain.of("traction")


def test_a_text_holds_between_nothing_and_all_of_a_question(library):
    measure = Measure(library.search, Question("ozone injection"))
    assert measure.of("") == 0
    assert 0 < measure.of("an injection") < measure.of("an injection of ozone") == 1
    assert Measure(library.search, Question("what is this")).of("anything") == 0


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (("Practice Guideline", "Review"), "guideline"),
        (("Journal Article", "Meta-Analysis", "Randomized Controlled Trial"), "systematic review"),
        (("Randomized Controlled Trial",), "trial"),
        (("Clinical Trial Protocol", "Randomized Controlled Trial"), "opinion"),
        (("Observational Study",), "study"),
        (("Editorial",), "opinion"),
        (("Journal Article",), "document"),
        ((), "document"),
    ],
)
def test_the_kind_is_the_first_that_a_type_speaks_for(types, kind):
    assert kind_of(types) == kind


def test_a_search_can_be_replayed_as_of_a_moment(tmp_path):
    store = Store(tmp_path)
    store.add(OZONE_TRIAL, "test")
    moment = store.history(OZONE_TRIAL.id)[0][0].astimezone()
    before = quote(open_library(tmp_path), Question("ozone injection sciatica"))
    store.add(OZONE_REVIEW, "test")
    changed = document(2, "Intradiscal ozone injection: changed", "RESULTS: Ozone injection for sciatica did nothing.")
    store.add(changed, "later")
    now = quote(open_library(tmp_path), Question("ozone injection sciatica"))
    then = quote(open_library(tmp_path, moment), Question("ozone injection sciatica"))
    assert then == before
    assert now != then and now.searched == 2

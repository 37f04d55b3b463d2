"""Points led to passages: found, altered or not found, with the numbers that are not there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.evidence.describe import describe_link
from rootline.evidence.figures import numbers
from rootline.evidence.link import documents_of, link
from rootline.evidence.points.source import Point, Source
from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Library
from rootline.logic.place import Place
from tests.evidence.documents import ALL, OZONE_RETRACTED, OZONE_TRIAL, TRACTION, document

POINT = Point("p", "", "finding", "", "", "", "", "any", "", "", "", Place("f", 1))


REST = document(
    6, "Bed rest: a made-up guideline",
    "Do not stay in bed for more than 2 days. Take the brace for 5 weeks and tape for 2 months. Apply ice twice daily.",
)  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    search = TantivySearch()
    search.add(enumerate([*ALL, REST], start=1))
    return Library(search, {one.id: one for one in [*ALL, REST]}.get)


def source(pmid: str = "", doi: str = "", **point: str) -> Source:
    points = {"p": replace(POINT, **point)}
    return Source("s", "trial", "s", "s", "", "", "", "", doi, pmid, "", "current", "", "", "", points, Place("f", 1))


def one(library, document, **point):
    (found,) = link(source(pmid=document.pmid, **point), document, library)
    return found


def test_a_source_is_met_by_pmid_and_one_that_is_not_here_is_told(library):
    here, away = source(pmid=TRACTION.pmid), source(pmid="1", doi="10.99999/nowhere")
    assert [found for _, found in documents_of([here, away], library)] == [TRACTION, None]


def test_a_point_is_found_with_its_numbers(library):
    found = one(library, TRACTION, says="Eight trials of traction pooled: pain differed by 0.5.", numbers="n=1200")
    assert (found.citation, found.outcome, found.lost) == ("s#p", "found", ())
    assert "Eight trials" in TRACTION.quote(found.passage)


def test_a_number_that_does_not_stand_there_is_named(library):
    found = one(library, TRACTION, says="Nine trials of traction pooled: pain differed by 0.7.")
    assert (found.outcome, found.lost) == ("altered", ("0.7", "9"))


@pytest.mark.parametrize(
    "says", ["Ozone injection was not effective for sciatica.", "Ozone injection: never effective."]
)
def test_the_opposite_of_what_stands_there_is_not_called_found(library, says):
    found = one(library, OZONE_TRIAL, says=says)
    assert (found.outcome, found.denies_otherwise) == ("altered", True)
    assert one(library, OZONE_TRIAL, says="Ozone injection was effective for sciatica.").outcome == "found"


def test_what_the_document_does_not_say_is_not_found(library):
    assert one(library, TRACTION, says="Swimming helps children sleep.").outcome == "not found"


def test_a_verbatim_span_is_found_at_its_letters(library):
    span = "pain fell by 1.5 points"
    found = one(library, OZONE_TRIAL, says="anything", quote=span)
    assert found.outcome == "found"
    assert OZONE_TRIAL.quote(found.passage) == span
    assert found.passage.section == "RESULTS"


@pytest.mark.parametrize("span", ["pain fell by 1.6 points", "pain fell by 1.5  points", "Pain fell by 1.5 points"])
def test_one_letter_changed_in_a_span_is_altered_and_the_place_shown(library, span):
    found = one(library, OZONE_TRIAL, says="anything", quote=f"Ozone injection was effective for sciatica: {span}")
    assert found.outcome == "altered"
    assert "1.5 points" in OZONE_TRIAL.quote(found.passage)
    assert found.lost == (("1.6",) if "1.6" in span else ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200 of 3,400", {"1200", "3400"}),
        ("0·5 and 2.0 and 2.50", {"0.5", "2", "2.5"}),
        ("Six weeks, 12 months", {"6", "12"}),
        ("L5, S1", {"5", "1"}),
        ("no number", set()),
        ("1.1 to 2.9.", {"1.1", "2.9"}),
    ],
)
def test_numbers_are_read_in_one_spelling(text, expected):
    assert numbers(text) == expected


@given(st.integers(0, 10**9))
def test_thousands_may_have_commas(number):
    assert numbers(f"{number:,}") == numbers(str(number)) == {str(number)}


@pytest.mark.parametrize(
    ("says", "lost"),
    [
        ("Take the brace for 5 weeks.", ()),
        ("Take the brace for 5 days.", ("5 day",)),
        ("Take the brace for 2 weeks and tape for 5 months.", ("2 week", "5 month")),
        ("Apply ice twice daily.", ()),
        ("Apply ice five times daily.", ("5 time",)),
        ("Apply ice for 2 months.", ("2 month",)),
    ],
)
def test_a_figure_stands_in_one_sentence_with_its_unit_and_words_beside_it(library, says, lost):
    found = one(library, REST, says=says)
    assert (found.outcome, found.lost) == ("altered" if lost else "found", lost)


def test_a_span_whose_sentence_denies_it_is_altered(library):
    found = one(library, REST, says="anything", quote="stay in bed for more than 2 days")
    assert (found.outcome, found.denies_otherwise) == ("altered", True)
    assert one(library, REST, says="anything", quote="Do not stay in bed for more than 2 days").outcome == "found"
    assert one(library, REST, says="anything", quote="Apply ice twice daily").outcome == "found"


def test_every_sentence_of_a_point_denies_as_its_own_sentence_does(library):
    says = "Stay in bed for more than 2 days. Do not take the brace for 5 weeks."
    assert one(library, REST, says=says).denies_otherwise


def test_the_standing_of_the_document_is_told_unless_it_is_current(library):
    assert "the document is retracted" in describe_link(one(library, OZONE_RETRACTED, says="Ozone cured all sciatica."))
    assert "the document is" not in describe_link(one(library, TRACTION, says="Eight trials of traction pooled."))

"""A copy without PMID or DOI is warned of when the work it seems to be is withdrawn, and the warning says by what."""

from __future__ import annotations

import pytest

from rootline.evidence.store.document import Notice
from rootline.evidence.store.versions import Store
from tests.evidence.strategies import made_up

TITLE = "Walking for invented leg pain: a made-up randomised trial"
RETRACTED = (Notice("retracted", "99000009", "RetractionIn: made up"),)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def copy(title="scan0001.pdf", text="Some words of a made-up page."):
    return made_up(pmid="", doi="", pmcid="", kind="pdf", title=title, text=text)


def work(standing="retracted", title=TITLE, **fields):
    return made_up(99000001, doi="10.99999/made-up.1", title=title, standing=standing, notices=RETRACTED, **fields)


BY = [
    (copy("Walking for Invented Leg Pain – a Made-Up Randomised Trial."), "by title"),
    (copy(text="Made up. https://doi.org/10.99999/MADE-UP.1 Words of a page."), "by the DOI on its first page"),
    (copy(text="PMID: 99000001. Words of a made-up page."), "by the PMID on its first page"),
]


@pytest.mark.parametrize(("one", "found_by"), BY)
@pytest.mark.parametrize("is_copy_first", [True, False])
def test_a_copy_of_a_retracted_work_is_retracted_and_says_by_what(one, found_by, is_copy_first, store):
    for document in (one, work()) if is_copy_first else (work(), one):
        store.add(document, "a")
    found = store.document(one.id)
    assert found.standing == "retracted" and found.title == one.title and found.text == one.text
    assert [notice.text for notice in found.notices] == [f"{found_by}: pmid:99000001 is retracted"]
    assert len(list(store.documents())) == 2


def test_a_copy_learns_of_a_retraction_that_comes_later(store):
    one = copy(TITLE)
    store.add(work("current"), "a")
    store.add(one, "a")
    assert store.document(one.id).standing == "current"
    before = store.sequence()
    store.add(work(revised="v01 2026-01-01"), "b")
    assert store.document(one.id).standing == "retracted"
    assert {document.id for _, document in store.turned(before)} == {one.id, "pmid:99000001"}


def test_two_copies_are_both_warned_of_and_once(store):
    both = [copy(TITLE), copy(TITLE, "Other words of another copy.")]
    for one in (*both, work(), *both):
        store.add(one, "a")
    assert [store.document(one.id).standing for one in both] == ["retracted", "retracted"]
    assert [len(store.history(one.id)) for one in both] == [2, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (copy("Sciatica"), work(title="Sciatica")),  # too short to tell works apart
        (copy(TITLE), work(title=TITLE + " in adults")),
        (copy(text="10.99999/made-up.1 and 10.99999/made-up.2"), work()),  # which is its own?
        (copy(text="x" * 3000 + " 10.99999/made-up.1"), work()),  # far behind the first page
        (made_up(99000002, title=TITLE), work()),  # it names itself
        (copy(TITLE), work("current")),
        (copy(TITLE), work("deleted")),
    ],
)
def test_where_it_is_not_plain_nothing_is_said(one, other, store):
    store.add(other, "a")
    store.add(one, "a")
    assert store.document(one.id).standing == "current"

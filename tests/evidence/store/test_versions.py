"""The library keeps every version, tells what it is now or was then, and never holds half of anything."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from datetime import UTC, datetime

import pytest

from rootline.errors import EvidenceError, LibraryError
from rootline.evidence.add import add
from rootline.evidence.store.document import Notice
from rootline.evidence.store.versions import PAGE, Store
from rootline.settings import LIBRARY_FILE
from tests.evidence.strategies import made_up


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "library")


def now():
    return datetime.now(UTC)


def test_new_same_revised(store):
    assert store.add(made_up(), "a") == "new"
    assert store.add(made_up(), "b") == "same"
    assert store.add(made_up(text="Something was found."), "c") == "revised"
    assert store.document("pmid:99000001").text == "Something was found."
    assert [one.text for one in store.documents()] == ["Something was found."]


def test_a_document_comes_back_as_it_went_in(store):
    went_in = made_up(
        text="One. Two.", authors=("A", "B"), mesh=("Sciatica",), types=("Review",), year=2020, doi="10.99999/made-up",
        notices=(Notice("concern", "99000002", "said"),), standing="concern", journal="J", language="eng", pmcid="PMC9",
    )  # fmt: skip
    store.add(went_in, "a")
    for name in ("pmid:99000001", "doi:10.99999/made-up", "pmcid:PMC9"):
        assert store.document(name) == went_in
    assert store.document("pmid:99000002") is None


def test_the_library_can_be_asked_as_of_a_date(store):
    nothing_yet = now()
    store.add(made_up(), "a")
    first = now()
    store.add(made_up(text="Later words.", standing="retracted"), "b")
    assert store.document("pmid:99000001", nothing_yet) is None
    assert list(store.documents(nothing_yet)) == []
    assert store.document("pmid:99000001", first).text == "Nothing was found."
    assert [one.standing for one in store.documents(first)] == ["current"]
    assert [one.standing for one in store.documents()] == ["retracted"]


def test_versions_are_only_ever_added(store):
    store.add(made_up(), "a")
    rows = sqlite3.connect(store.path / LIBRARY_FILE).execute("SELECT * FROM rendition").fetchall()
    store.add(made_up(text="Later words."), "b")
    store.add(made_up(doi="10.99999/made-up", kind="ris"), "c")
    after = sqlite3.connect(store.path / LIBRARY_FILE).execute("SELECT * FROM rendition ORDER BY sequence").fetchall()
    assert after[: len(rows)] == rows and len(after) == 3


def test_an_older_version_does_not_replace_a_newer_one(store):
    store.add(made_up(text="New.", revised="v01 2024-02-01"), "a")
    assert store.add(made_up(text="Old.", revised="v01 2023-12-31"), "b") == "same"
    assert store.document("pmid:99000001").text == "New."


def test_changes_are_told_once_each_with_the_latest_version(store):
    store.add(made_up(1), "a")
    store.add(made_up(2), "a")
    seen = store.sequence()
    store.add(made_up(3), "a")
    store.add(made_up(1, text="Changed."), "a")
    assert [(number, one.pmid, one.text) for number, one in store.changes(seen)] == [
        (seen + 1, "3", "Nothing was found."),
        (seen + 2, "1", "Changed."),
    ]
    assert [one.pmid for _, one in store.changes(0)] == ["2", "3", "1"]
    assert list(store.changes(store.sequence())) == []


def test_many_documents_are_given_page_by_page(store):
    with store.writing() as writer:
        writer.take([made_up(number) for number in range(1, PAGE + 3)], "a")
    assert len({one.id for one in store.documents()}) == PAGE + 2
    assert [number for number, _ in store.changes(0)] == list(range(1, PAGE + 3))


def test_a_transaction_that_fails_leaves_nothing(store):
    with pytest.raises(ZeroDivisionError), store.writing() as writer:
        writer.take([made_up()], "a")
        raise ZeroDivisionError
    assert store.sequence() == 0 and list(store.documents()) == []


# --- one document, several names


def test_a_document_is_found_by_its_doi_in_another_format(store):
    store.add(made_up(kind="ris", pmid="", doi="10.99999/made-up"), "a")
    assert store.add(made_up(doi="10.99999/made-up", text="More words here."), "b") == "revised"
    only = list(store.documents())
    assert [(one.id, one.pmid, one.text) for one in only] == [("doi:10.99999/made-up", "99000001", "More words here.")]
    assert store.document("pmid:99000001") == only[0]


def test_different_pmids_are_different_documents_whatever_they_share(store):
    store.add(made_up(1, doi="10.99999/made-up"), "a")
    assert store.add(made_up(2, doi="10.99999/made-up"), "a") == "new"
    assert store.document("doi:10.99999/made-up").pmid == "1"


def test_two_documents_seen_to_be_one_are_joined_and_the_history_stays(store):
    store.add(made_up(kind="nbib"), "a")
    store.add(made_up(kind="ris", pmid="", doi="10.99999/made-up", text="From the list."), "a")
    apart = now()
    seen = store.sequence()
    assert store.add(made_up(doi="10.99999/made-up", journal="J"), "b") == "revised"
    assert [(one.id, one.standing) for one in store.documents()] == [
        ("doi:10.99999/made-up", "deleted"),
        ("pmid:99000001", "current"),
    ]
    assert store.document("doi:10.99999/made-up").id == "pmid:99000001"
    assert {one.id: one.standing for _, one in store.changes(seen)} == {
        "doi:10.99999/made-up": "deleted",
        "pmid:99000001": "current",
    }
    assert [one.standing for one in store.documents(apart)] == ["current", "current"]
    assert store.document("doi:10.99999/made-up", apart).text == "From the list."


def test_texts_without_a_name_are_told_by_their_words(store):
    store.add(made_up(kind="text", pmid="", title="A"), "a")
    assert store.add(made_up(kind="markdown", pmid="", title="A"), "b") == "same"
    assert store.add(made_up(kind="text", pmid="", title="A", text="Other words."), "c") == "new"


# --- deletions and notices


def test_a_deleted_record_stays_marked_and_does_not_come_back_by_an_old_file(store):
    old = made_up(revised="v01 2024-01-01")
    store.add(old, "a")
    with store.writing() as writer:
        assert writer.delete("99000001", "update")
        assert not writer.delete("99000002", "update")
    assert store.document("pmid:99000001").standing == "deleted"
    assert store.document("pmid:99000001").text == old.text
    assert store.add(old, "b") == "same"
    assert store.document("pmid:99000001").standing == "deleted"
    assert store.add(made_up(revised="v01 2024-03-01"), "c") == "revised"
    assert store.document("pmid:99000001").standing == "current"


def notice(speaker: int, about: int = 99000001, standing: str = "retracted"):
    said = (Notice(standing, str(speaker), "RetractionOf"),)
    return made_up(about, text="", title="", kind=f"notice {speaker}", notices=said, standing=standing)


@pytest.mark.parametrize("notice_first", [True, False])
def test_what_another_publication_says_counts_in_either_order(store, notice_first):
    for one in [notice(5), made_up()] if notice_first else [made_up(), notice(5)]:
        store.add(one, "a")
    document = store.document("pmid:99000001")
    assert (document.standing, document.text, document.kind) == ("retracted", "Nothing was found.", "pubmed")


def test_a_notice_alone_is_not_a_document(store):
    store.add(notice(5), "a")
    assert store.document("pmid:99000001") is None
    assert list(store.documents()) == [] and list(store.changes(0)) == []


def test_turned_tells_whose_standing_changed(store):
    store.add(made_up(1), "a")
    store.add(made_up(2), "a")
    seen = store.sequence()
    store.add(notice(5, 1), "a")
    store.add(made_up(2, text="More."), "a")
    store.add(made_up(3, standing="corrected"), "a")
    assert [(was, one.id, one.standing) for was, one in store.turned(seen)] == [
        ("current", "pmid:1", "retracted"),
        (None, "pmid:3", "corrected"),
    ]


# --- several programs, broken folders


def add_many(path, first):
    store = Store(path)
    for number in range(first, first + 20):
        store.add(made_up(number), "a")


def test_two_writers_at_once_lose_nothing(tmp_path):
    Store(tmp_path)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=add_many, args=(tmp_path, first)) for first in (1000, 1010)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert [one.exitcode for one in writers] == [0, 0]
    assert [one.pmid for one in Store(tmp_path).documents()] == [str(number) for number in range(1000, 1030)]
    assert Store(tmp_path).sequence() == 30


def test_a_reader_sees_a_whole_state_while_another_writes(store):
    store.add(made_up(1), "a")
    with store.writing() as writer:
        writer.take([made_up(2)], "a")
        seen = []
        reader = threading.Thread(target=lambda: seen.extend(store.documents()))
        reader.start()
        reader.join()
        assert [one.pmid for one in seen] == ["1"]
    assert len(list(store.documents())) == 2


def test_a_folder_that_cannot_be_a_library_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(EvidenceError, match="--library"):
        Store(tmp_path / "file")
    (tmp_path / LIBRARY_FILE).write_text("this is no database, however long it may be" * 100)
    with pytest.raises(EvidenceError, match="not a database"):
        Store(tmp_path)


@pytest.mark.parametrize("noise", ["all", "inside"])
def test_a_damaged_library_is_to_be_restored_and_is_no_file_of_the_users(tmp_path, noise):
    store = Store(tmp_path / "library")
    with store.writing() as writer:
        writer.take([made_up(number) for number in range(1, 300)], "a")
    store._engine.dispose()  # all of it is in the one file then
    file = tmp_path / "library" / LIBRARY_FILE
    data = bytearray(file.read_bytes())
    data[0 if noise == "all" else 4096 :] = b"\x5a" * (len(data) - (0 if noise == "all" else 4096))
    file.write_bytes(data)
    (tmp_path / "a.txt").write_text("Made up\n\nWords.")
    with pytest.raises(LibraryError, match="copy of the folder back"):
        add(Store(tmp_path / "library"), [(tmp_path / "a.txt", "a.txt")], None)


def first_import(path, number):
    Store(path).add(made_up(number), "a")


def test_first_imports_at_once_into_a_new_library_wait_for_each_other(tmp_path):
    context = multiprocessing.get_context("spawn")
    for library in (tmp_path / "a", tmp_path / "b"):
        both = [context.Process(target=first_import, args=(library, number)) for number in range(1, 5)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert [one.exitcode for one in both] == [0] * 4
        assert len(list(Store(library).documents())) == 4


def test_a_writer_that_holds_a_new_library_is_waited_for(tmp_path):
    """The switch to a log beside the database asks for the whole file, and SQLite waits for it only so far."""
    holder = sqlite3.connect(tmp_path / LIBRARY_FILE, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    threading.Timer(1, holder.commit).start()
    Store(tmp_path).add(made_up(), "a")
    assert Store(tmp_path).sequence() == 1

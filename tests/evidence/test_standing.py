"""What the library knows of a pack's sources, and whether the pack says it already."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from rootline.answers.standing_report import change_report, standing_report
from rootline.answers.touched import answers_touched
from rootline.evidence.standing import known
from rootline.evidence.store.document import Notice
from rootline.evidence.store.versions import Store
from tests.evidence.strategies import made_up


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def is_plain(source):
    return source.pmid and source.standing == "current" and not source.standing_note


@pytest.fixture
def source(pack):
    """A source of the shipped pack that canonical answers cite, with a PMID."""
    cited = answers_touched(pack, [one.id for one in pack.sources.values() if is_plain(one)])
    return pack.sources[next(id_ for id_, questions in cited.items() if len(questions) > 1)]


def about(source, standing):
    notice = (Notice(standing, "99000009", "RetractionIn: made up"),) if standing != "current" else ()
    return made_up(int(source.pmid), title="Stands for a source in a test", standing=standing, notices=notice)


@pytest.mark.parametrize("standing", ["retracted", "concern", "corrected", "superseded", "deleted"])
def test_a_source_that_is_touched_is_told_with_all_that_leans_on_it(pack, store, source, standing):
    store.add(about(source, standing), "a")
    report = standing_report(pack, store)
    assert report.findings == 1
    assert f"{source.id}: {standing} (the pack says current)" in report.text
    assert "RetractionIn: made up (PMID 99000009)" in report.text
    questions = answers_touched(pack, [source.id])[source.id]
    assert f"canonical answers: {', '.join(questions)}" in report.text and len(questions) > 1
    assert "leaned on by: " in report.text and "leaned on by: nothing" not in report.text


def test_a_current_source_is_no_finding_and_what_is_not_there_is_counted(pack, store, source):
    store.add(about(source, "current"), "a")
    report = standing_report(pack, store)
    assert report.findings == 0
    assert (
        f"1 of {len(pack.sources)} sources are in the library; of {len(pack.sources) - 1} it knows nothing"
        in report.text
    )


@pytest.mark.parametrize(
    ("library", "said", "note", "is_said"),
    [
        ("retracted", "retracted", "", True),
        ("retracted", "superseded", "", False),
        ("concern", "disputed", "", True),
        ("superseded", "superseded", "", True),
        ("superseded", "current", "replaced", False),
        ("corrected", "current", "corrected in 2024", True),
        ("corrected", "current", "", False),
        ("deleted", "current", "", False),
        ("current", "current", "", True),
    ],
)
def test_whether_the_pack_says_it_already(store, source, library, said, note, is_said):
    store.add(about(source, library), "a")
    told = dataclasses.replace(source, standing=said, standing_note=note)
    (found,) = known([told], store.document)
    assert found.is_said == is_said
    assert found.is_touched == (library != "current")


def test_a_source_is_found_by_its_doi_as_well(store, source):
    store.add(made_up(pmid="", doi="10.99999/made-up", kind="ris"), "a")
    (found,) = known([dataclasses.replace(source, pmid="", doi="10.99999/MADE-UP")], store.document)
    assert found.document is not None
    assert list(known([dataclasses.replace(source, pmid="", doi="")], store.document)) == []


def test_the_report_can_be_replayed_as_of_a_date(pack, store, source):
    store.add(about(source, "current"), "a")
    then = datetime.now(UTC)
    store.add(about(source, "retracted"), "b")
    assert standing_report(pack, store, then).findings == 0
    assert standing_report(pack, store).findings == 1


def test_what_changed_is_told_once_with_the_source_it_touches(pack, store, source):
    store.add(about(source, "current"), "a")
    store.add(made_up(99000005, standing="corrected"), "a")
    seen = store.sequence()
    assert change_report(pack, store, seen).findings == 0
    store.add(about(source, "retracted"), "b")
    store.add(made_up(99000006, standing="retracted"), "b")
    report = change_report(pack, store, seen)
    assert report.findings == 1
    assert f"pmid:{source.pmid}: current -> retracted" in report.text
    assert f"source of the pack: {source.id}" in report.text
    assert "1 documents changed their standing, 1 of them sources of the pack" in report.text


def test_a_source_that_comes_in_withdrawn_is_told(pack, store, source):
    store.add(about(source, "retracted"), "a")
    assert f"pmid:{source.pmid}: new -> retracted" in change_report(pack, store, 0).text

"""Whatever bytes a file holds, its reader gives documents, broken records or one of our own errors, no traceback."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rootline.errors import EvidenceError
from rootline.evidence.store.document import Document
from tests.evidence.strategies import (
    EXAMPLES,
    article_set,
    as_nbib,
    as_pubmed,
    as_ris,
    documents_in,
    found_in,
    packed,
    records,
)  # fmt: skip

SAME_FOLDER = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60
)
FILES = sorted(path.name for path in EXAMPLES.iterdir())


def is_whole(found) -> bool:
    """Each document has a name and quotes that stand in its text."""
    documents = [one for one in found if isinstance(one, Document)]
    return all(
        one.id and len(one.sha256) == 64 and all(one.quote(passage).strip() for passage in one.passages)
        for one in documents
    )


@SAME_FOLDER
@given(data=st.binary(max_size=300))
def test_any_bytes_at_all(data, tmp_path):
    with suppress(EvidenceError):
        assert is_whole(found_in(tmp_path / "any.txt", data))
    with suppress(EvidenceError):
        assert is_whole(found_in(tmp_path / "any.gz", b"\x1f\x8b\x08\x00" + data))


@pytest.mark.parametrize("name", FILES)
@SAME_FOLDER
@given(chance=st.randoms(use_true_random=False))
def test_an_example_with_bytes_changed_lost_doubled_or_moved(name, chance, tmp_path):
    data = bytearray((EXAMPLES / name).read_bytes())
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.randint(1, 40))
        what = chance.randrange(5)
        if what == 0:
            data[start] = chance.randrange(256)
        elif what == 1:
            del data[start:end]
        elif what == 2:
            data[start:start] = data[start:end]
        elif what == 3:
            del data[start:]
        else:
            data[start:start] = chance.choice(
                [b"\0", b"\xff\xfe", b"<![CDATA[", b"]]>", b"<!--", b"&x;", b"\r", b"{", b"}"]
            )
        if not data:
            return
    path = tmp_path / name
    with suppress(EvidenceError):
        assert is_whole(found_in(path, bytes(data)))


@SAME_FOLDER
@given(record=records())
def test_a_record_comes_back_from_each_format_as_it_was(record, tmp_path):
    made = {"pubmed": article_set(as_pubmed(record)), "nbib": as_nbib(record), "ris": as_ris(record)}
    for kind, text in made.items():
        (document,) = documents_in(tmp_path / kind, text)
        assert document.kind == kind
        assert (document.pmid, document.doi, document.year) == (record["pmid"], record["doi"], record["year"])
        assert (document.title, document.journal) == (record["title"], record["journal"])
        assert document.text == record["abstract"]
        assert document.authors == tuple(record["authors"])


@SAME_FOLDER
@given(several=st.lists(records(), min_size=1, max_size=5))
def test_every_record_of_a_file_is_found_however_the_file_is_cut_when_read(several, tmp_path):
    text = article_set(*map(as_pubmed, several)).encode()
    assert [one.pmid for one in documents_in(tmp_path / "a.xml", text)] == [one["pmid"] for one in several]
    assert documents_in(tmp_path / "a.xml.gz", packed(text)) == documents_in(tmp_path / "a.xml")


def test_records_are_found_when_every_read_gives_one_byte(tmp_path, monkeypatch):
    monkeypatch.setattr("rootline.evidence.intake.opening.CHUNK", 1)
    monkeypatch.setattr("rootline.evidence.intake.opening.HEAD", 400)
    for name in ("made-up.xml", "made-up.nbib", "made-up.ris", "made-up-article.xml"):
        small = documents_in(EXAMPLES / name)
        with monkeypatch.context() as whole:
            whole.setattr("rootline.evidence.intake.opening.CHUNK", 1_000_000)
            assert small == documents_in(EXAMPLES / name)

"""A desk of an earlier version is brought forward with all that is on it; what its record says is applied to it."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from rootline.desk.audit import FIELDS, chained
from rootline.desk.bulk import why_by_itself
from rootline.desk.check_audit import check_audit
from rootline.desk.opening import make_desk
from rootline.desk.read_edition import editions
from rootline.desk.signatures import every_signature
from tests.desk.conftest import at_schema

EDITION = dict.fromkeys(
    ("state", "sha256", "content", "pack_sha256", "author", "submitter", "made_at", "changed_at", "review_by",
     "touches", "difference"), ""
)  # fmt: skip
SIGNED = {"sha256": "c", "role": "reviewer", "specialty": "", "conflict": ""}


@pytest.fixture
def earlier(url):
    """A desk of schema 0004: two editions, of which the first was signed, sent back and signed by somebody else."""
    with at_schema(url, "0004") as put:
        put("kept_pack", sha256="p", pack="topic", version="1", archive=b"tar")
        put("piece", id="topic", kind="pack", pack="topic", question_id="", title="A topic", audience="", given="")
        common = {**EDITION, "piece": "topic", "pack_sha256": "p", "sha256": "c", "version": 1}
        put("edition", **{**common, "id": 1, "number": 1, "state": "approved", "review_by": "2099-01-01"})
        put(
            "edition",
            **{**common, "id": 2, "number": 2, "state": "under_review", "compared_with": 1, "difference": "{}"},
        )
        put("signature", **{**SIGNED, "id": 1, "edition": 1, "name": "Ben", "at": "2026-01-01"})
        put("signature", **{**SIGNED, "id": 2, "edition": 1, "name": "Cid", "at": "2026-01-03"})
        put("signature", **{**SIGNED, "id": 3, "edition": 2, "name": "Ben", "at": "2026-01-04"})
        put("signature", **{**SIGNED, "id": 4, "edition": 2, "name": "Dee", "at": "2026-01-04"})
        put("signature", **{**SIGNED, "id": 5, "edition": 1, "name": "Dee", "at": "2026-01-03"})
        put(
            "account", number=1, login="dee", name="Dee", folded_name="dee", role="reviewer", specialty="", password="",
            is_first_password=False, is_disabled=True, failures=0, waits_until=0, created=0,
        )  # fmt: skip
        told = {"who": "Ben", "role": "reviewer", "piece": "topic", "edition": 1, "sha256": "c", "detail": "{}"}
        previous = ""
        for sequence, act in enumerate(("sign", "request changes", "approve"), start=1):
            entry = {**told, "sequence": sequence, "at": f"2026-01-0{sequence}", "act": act, "previous": previous}
            assert set(entry) == set(FIELDS)
            previous = chained(entry)
            put("audit_entry", **entry, hash=previous)
        put("audit_head", id=1, sequence=3, hash=previous)
    return url


def test_every_edition_and_signature_is_still_there_and_what_was_sent_back_is_told(earlier):
    desk = make_desk(earlier)
    with desk.reading() as session:
        assert [(one.number, one.state, one.review_by) for one in editions(session, "topic")] == [
            (1, "approved", "2099-01-01"), (2, "under_review", ""),
        ]  # fmt: skip
        first, second = every_signature(session, 1), every_signature(session, 2)
        assert [(one.name, one.fallen) for one in first] == [
            ("Ben", "the edition was sent back after it"),
            ("Cid", ""),
            ("Dee", ""),
        ]
        assert [(one.name, one.fallen) for one in second] == [("Ben", ""), ("Dee", "the account was disabled")]
        assert check_audit(session).findings == ()
    desk.close()


def test_what_was_compared_without_what_it_cites_is_looked_at_by_itself(earlier):
    desk = make_desk(earlier)
    with desk.reading() as session:
        first, second = editions(session, "topic")
        assert first.unproved == ""
        assert "An earlier version of the program compared it" in why_by_itself(session, second, desk.today)
    desk.close()


def stands(name, role, *, disabled=False):
    return json.dumps({"account": 1, "stands": {"name": name, "role": role, "disabled": disabled}})


@pytest.fixture
def demoted(url):
    """A desk of schema 0005: six signed what is not approved yet, and one what is; the record tells of them since."""
    with at_schema(url, "0005") as put:
        put("kept_pack", sha256="p", pack="topic", version="1", archive=b"tar")
        put("piece", id="topic", kind="pack", pack="topic", question_id="", title="A topic", audience="", given="")
        common = {**EDITION, "piece": "topic", "pack_sha256": "p", "sha256": "c", "version": 1, "unproved": ""}
        put("edition", **{**common, "id": 1, "number": 1, "state": "approved", "review_by": "2099-01-01"})
        put("edition", **{**common, "id": 2, "number": 2, "state": "under_review", "compared_with": 1})
        signed = {**SIGNED, "fallen": "", "at": "2026-01-02"}
        put("signature", **{**signed, "id": 1, "edition": 1, "name": "Ann"})
        for number, name in enumerate(("Ann", "Ben", "Cid", "Dee", "Eve", "Fay"), start=2):
            put("signature", **{**signed, "id": number, "edition": 2, "name": name})
        put("signature", **{**signed, "id": 8, "edition": 2, "name": "Gil", "conflict": "paid"})
        told = [
            ("2026-01-01", stands("Ben", "author")),  # before he signed
            ("2026-01-03", stands("ANN", "author")),
            ("2026-01-03", stands("Cid", "reader")),
            ("2026-01-03", stands("Dee", "reviewer", disabled=True)),
            ("2026-01-03", stands("Eve", "chair")),
            ("2026-01-03", stands("Gil", "author")),
            ("2026-01-03", json.dumps({"account": 6, "token": 1, "name": "Fay", "stands": {"scopes": "read"}})),
            ("2026-01-04", stands("Cid", "reviewer")),
        ]
        previous = ""
        for sequence, (at, detail) in enumerate(told, start=1):
            entry = dict.fromkeys(FIELDS, "") | {"sequence": sequence, "at": at, "act": "change person", "edition": 0}
            entry |= {"detail": detail, "previous": previous}
            previous = chained(entry)
            put("audit_entry", **entry, hash=previous)
        put("audit_head", id=1, sequence=len(told), hash=previous)
    return url


def test_who_could_not_sign_since_is_not_counted_in_what_is_not_approved_yet(demoted):
    desk = make_desk(demoted)
    with desk.reading() as session:
        first, second = every_signature(session, 1), every_signature(session, 2)
        assert check_audit(session).findings == ()
    assert {one.name: one.fallen for one in second} == {
        "Ann": "the signer is author since 2026-01-03", "Ben": "", "Cid": "the signer is reader since 2026-01-03",
        "Dee": "the account is disabled since 2026-01-03", "Eve": "", "Fay": "", "Gil": "",
    }  # fmt: skip
    assert [one.fallen for one in first] == [""], "what was approved stays approved"
    desk.close()


def test_nobody_stands_twice_under_one_edition(earlier):
    desk = make_desk(earlier)
    again = "INSERT INTO signature SELECT 9, edition, sha256, name, role, specialty, conflict, at, fallen"
    with pytest.raises(Exception, match=r"(?i)unique"), desk.engine.begin() as connection:
        connection.execute(text(f"{again} FROM signature WHERE id = 3"))
    desk.close()

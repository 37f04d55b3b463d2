"""The report of a whole life: it holds all of it, and one byte changed is seen by anybody who has the public key."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from rootline.cli.main import main
from rootline.desk.actor import Actor
from rootline.desk.acts import comment, request_changes
from rootline.desk.feedback import give_feedback
from rootline.desk.opening import make_desk
from rootline.desk.present import Present
from rootline.desk.report import render_life
from rootline.desk.seal import is_signed, make_seal, public_key, sign
from rootline.errors import DeskError, InputError, NotFoundError
from rootline.settings import desk_url
from tests.desk.three_people import BEN, approved, clinicians, put

ROOT = Actor("operator", "administrator")


def test_the_page_holds_the_whole_life(desk, present, changed):
    subject = clinicians(present)
    first = approved(desk, present, subject)
    give_feedback(desk, subject.id, "move-early", first.sha256, "unsafe", "It <b>hurt</b>.")
    other = Present(changed("glossary.yaml", "# FICTIONAL", "# FICTIONAL:"))
    second = put(desk, other, subject)
    comment(desk, BEN, second.id, "brace", "Which brace?")
    request_changes(desk, BEN, second.id, second.version, "Say which.")
    page = render_life(desk, subject.id, other)
    for said in (
        first.sha256, second.sha256, "Ben Reviewer (reviewer, neurology)", "Ann Author", "Which brace?", "Say which.",
        "It &lt;b&gt;hurt&lt;/b&gt;.", "State of review: stale.", "pending human review", "it holds.",
        "request changes", "X-ray of the ankle today",
    ):  # fmt: skip
        assert said in page, said
    assert "<script" not in page and "http" not in page.split("The answer as it was kept")[0]


def test_there_is_no_report_of_what_is_not_there(desk, present):
    with pytest.raises(NotFoundError, match="on the desk"):
        render_life(desk, "ankle-sprain/first-steps/patients", present)


def test_a_report_is_signed_and_one_byte_changed_is_seen(desk, tmp_path):
    key = tmp_path / "keys" / "desk.key"
    assert make_seal(desk, key, ROOT)
    assert not make_seal(desk, key, ROOT), "a desk has one key"
    assert key.stat().st_mode & 0o777 == 0o600
    content, public = b"<p>Signed as it stands.</p>", public_key(desk)
    signature = sign(content, key, public)
    assert is_signed(content, signature, public)
    for at in range(len(content)):
        assert not is_signed(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :], signature, public)


def test_another_key_neither_signs_nor_checks(desk, tmp_path):
    make_seal(desk, tmp_path / "one.key", ROOT)
    other = make_desk(f"sqlite:///{tmp_path}/other.sqlite")
    make_seal(other, tmp_path / "two.key", ROOT)
    with pytest.raises(DeskError, match="not this desk's"):
        sign(b"x", tmp_path / "two.key", public_key(desk))
    with pytest.raises(DeskError, match="not here"):
        sign(b"x", tmp_path / "none.key", public_key(desk))
    assert not is_signed(b"x", sign(b"x", tmp_path / "two.key", public_key(other)), public_key(desk))
    other.close()


def test_a_key_that_is_there_is_never_written_over(desk, tmp_path):
    (tmp_path / "desk.key").write_text("another's")
    with pytest.raises(DeskError, match="there already"):
        make_seal(desk, tmp_path / "desk.key", ROOT)
    assert (tmp_path / "desk.key").read_text() == "another's"
    with pytest.raises(DeskError, match="has no key"):
        public_key(desk)


@given(st.text(max_size=200))
def test_no_signature_at_all_is_an_error_and_never_a_yes(given_text):
    with pytest.raises(InputError):
        is_signed(b"x", given_text, "no key")


@pytest.mark.parametrize(
    "beside", [b"\xff\xfe", b"", b"[]", b"null", b"5", b"[" * 100_000, b'{"signature": 5}', b'{"signature": "!!"}']
)
def test_what_is_no_signature_is_told(tmp_path, monkeypatch, beside):
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path))
    monkeypatch.delenv("ROOTLINE_DESK", raising=False)
    desk = make_desk(desk_url())
    make_seal(desk, tmp_path / "desk.key", ROOT)
    (tmp_path / "life.html").write_bytes(b"<p>Signed.</p>")
    (tmp_path / "life.html.sig").write_bytes(beside)
    result = CliRunner().invoke(main, ["desk", "check-report", str(tmp_path / "life.html")])
    assert result.exit_code == 2 and "this is no signature" in result.output
    (tmp_path / "key.pem").write_bytes(beside)
    (tmp_path / "life.html.sig").write_text(sign(b"<p>Signed.</p>", tmp_path / "desk.key", public_key(desk)))
    named = ["--public", str(tmp_path / "key.pem")]
    assert CliRunner().invoke(main, ["desk", "check-report", str(tmp_path / "life.html")]).exit_code == 0
    assert CliRunner().invoke(main, ["desk", "check-report", str(tmp_path / "life.html"), *named]).exit_code == 2


def test_a_report_signed_by_a_key_put_in_place_of_the_desks_is_not_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path))
    monkeypatch.delenv("ROOTLINE_DESK", raising=False)
    desk, other = make_desk(desk_url()), make_desk(f"sqlite:///{tmp_path}/other.sqlite")
    make_seal(desk, tmp_path / "desk.key", ROOT)
    make_seal(other, tmp_path / "other.key", ROOT)
    (tmp_path / "life.html").write_bytes(b"<p>Forged.</p>")
    signature = sign(b"<p>Forged.</p>", tmp_path / "other.key", public_key(other))
    (tmp_path / "life.html.sig").write_text(signature)
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE seal SET public = :public"), {"public": public_key(other)})
    result = CliRunner().invoke(main, ["desk", "check-report", str(tmp_path / "life.html")])
    assert result.exit_code == 2 and "not the one that its record tells of" in result.output
    other.close()

"""Killed at every statement of every act, and at its commit: afterwards the desk is as before, whole, and goes on."""

from __future__ import annotations

import multiprocessing
import signal

import pytest
from sqlalchemy import select

from rootline.desk.acts import approve, draft, submit, take
from rootline.desk.backup import backup
from rootline.desk.check_audit import check_audit
from rootline.desk.present import Present
from rootline.desk.tables import Edition
from tests.desk.killed import SURVIVED, act
from tests.desk.three_people import ANN, BEN, approved, clinicians

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.desk.killed"])


def state(desk):
    """Everything the desk holds, but for the moment at which this is looked at."""
    return list(backup(desk))[1:-1]


def ready(desk, present, name, changed):
    """The desk brought to where the act is open; the edition and its version."""
    subject = clinicians(present)
    if name in ("draft", "feedback"):
        return 0, 0
    if name == "approve":  # over an approved one, which it replaces
        approved(desk, Present(changed("glossary.yaml", "# FICTIONAL", "# FICTIONAL:")), subject)
    edition = draft(desk, ANN, present.content(subject), present.pack)
    if name in ("take", "request changes", "approve", "set aside", "retire", "comment"):
        edition = submit(desk, ANN, edition.id, edition.version)
    if name in ("approve", "request changes", "set aside"):
        edition = take(desk, BEN, edition.id, edition.version)
    if name == "set aside":
        edition = approve(desk, BEN, edition.id, edition.version, "a maker of braces")
    return edition.id, edition.version


@pytest.mark.parametrize(
    "name", ["draft", "submit", "take", "request changes", "approve", "set aside", "retire", "comment", "feedback"]
)
def test_a_kill_leaves_no_half_act(desk, url, ankle, changed, name):
    present = Present(ankle)
    edition, seen = ready(desk, present, name, changed)
    before = state(desk)
    for at in range(1, 60):
        process = CONTEXT.Process(target=act, args=(url, ankle.folder, name, edition, seen, at))
        process.start()
        process.join(60)
        if process.exitcode == SURVIVED:
            break
        assert process.exitcode == -signal.SIGKILL
        assert state(desk) == before, f"killed at statement {at}"
    assert at > 5, "it was killed at each of its statements"
    assert state(desk) != before
    with desk.reading() as session:
        assert check_audit(session).findings == ()
        if name == "approve":
            states = session.scalars(select(Edition.state).order_by(Edition.id)).all()
            assert states == ["retired", "approved"]

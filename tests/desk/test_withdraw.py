"""A name in a comment or in what a reader says is taken off the desk for good, and the record goes on to hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rootline.answers.ask import ask
from rootline.cli.main import main
from rootline.desk.actor import OPERATOR, Actor
from rootline.desk.acts import comment
from rootline.desk.audit import entries
from rootline.desk.backup import backup as lines
from rootline.desk.check_audit import check_audit
from rootline.desk.feedback import count_unsafe, give_feedback, open_feedback, settle_feedback
from rootline.desk.present import from_case
from rootline.desk.report import render_life
from rootline.desk.tell import tell
from rootline.desk.withdraw import withdraw, withdraw_comment, withdraw_feedback
from rootline.errors import NotFoundError, RefusedError
from tests.desk.three_people import ANN, BEN, CIT, put

ADA = Actor("Ada Lund", "administrator")
NAME = "Zebedee Quagmire"


def whole(desk) -> str:
    with desk.reading() as session:
        assert check_audit(session).findings == ()
    return json.dumps(list(lines(desk)))


@pytest.fixture
def named(desk, present, subject):
    """A comment and a call of unsafe that name a patient."""
    edition = put(desk, present, subject)
    said = comment(desk, BEN, edition.id, "", f"{NAME} fared badly with it.")
    given = give_feedback(desk, subject.id, "", "", "unsafe", f"{NAME} cannot walk.")
    assert NAME in whole(desk)
    return said, given


@pytest.mark.parametrize("who", [ADA, CIT])
def test_both_are_withdrawn_and_everybody_is_told_by_whom(desk, present, subject, named, who):
    said, given = named
    withdraw_comment(desk, who, said.id, f"It names {NAME}.")
    withdraw_feedback(desk, who, given.id, f"It names {NAME}.")
    told = f"withdrawn by {who.name} on {desk.today}"
    assert NAME not in whole(desk)
    assert (
        told in "\n".join(tell(desk, subject.id, present)) and render_life(desk, subject.id, present).count(told) == 2
    )
    with desk.reading() as session:
        assert [one.text for one in open_feedback(session)] == [told] and count_unsafe(session) == 1, "it stays open"
        last = [(one.who, one.act, one.edition) for one in entries(session)][-2:]
    assert last == [(who.name, "withdraw comment", said.edition), (who.name, "withdraw feedback", 0)]


def test_what_was_done_about_it_can_repeat_it_and_goes_too(desk, present, subject, named):
    _, given = named
    settle_feedback(desk, BEN, given.id, f"We wrote to {NAME}.")
    withdraw_comment(desk, ADA, named[0].id, "A name.")
    withdraw_feedback(desk, ADA, given.id, "A name.")
    assert NAME not in whole(desk) and "settled by Ben Reviewer" in render_life(desk, subject.id, present)


def test_nobody_else_withdraws_nothing_without_a_reason_and_nothing_that_is_not_there(desk, named):
    for each, number in ((withdraw_comment, named[0].id), (withdraw_feedback, named[1].id)):
        for who in (ANN, BEN):
            with pytest.raises(RefusedError, match="may not withdraw"):
                each(desk, who, number, "A name.")
        with pytest.raises(RefusedError, match="not said why"):
            each(desk, ADA, number, " ")
        with pytest.raises(NotFoundError):
            each(desk, ADA, 99, "A name.")
    assert NAME in whole(desk)


def test_with_a_case_go_its_comments_and_what_readers_said_of_it_and_nothing_else(desk, present, subject, named):
    answer = ask("My left ankle is swollen at the outer side", present.pack, "patient")
    case = from_case(answer, "Swelling at the outer ankle", present, holds_no_patient_data=True)
    edition = put(desk, present, case)
    comment(desk, BEN, edition.id, "", "Outer swelling of the Quagmire boy.")
    give_feedback(desk, case.id, "", "", "unsafe", "I am the Quagmire boy.")
    withdraw(desk, CIT, case.id, "A mistake.")
    assert "Quagmire boy" not in whole(desk) and NAME in whole(desk)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_file_of_the_desk_holds_it_no_more(desk, named):
    withdraw_comment(desk, ADA, named[0].id, "A name.")
    withdraw_feedback(desk, ADA, named[1].id, "A name.")
    for file in Path(desk.engine.url.database).parent.glob("desk-*"):
        assert NAME.encode() not in file.read_bytes(), file.name


def test_the_operator_withdraws_by_number(desk, url, named, monkeypatch):
    monkeypatch.setenv("ROOTLINE_DESK", url)
    for of, one in zip(("comment", "feedback"), named, strict=True):
        done = CliRunner().invoke(main, ["desk", "withdraw", of, str(one.id), "--why", "A name."])
        assert done.exit_code == 0 and f"{of} {one.id}: withdrawn by {OPERATOR.name} on " in done.output
    assert NAME not in whole(desk)

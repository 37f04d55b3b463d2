"""Who acts at the command line: a person proves who they are, and the record says which way each act came."""

from __future__ import annotations

import json
import os
import pwd

import pytest
from click.testing import CliRunner, Result

from rootline.cli.main import main
from rootline.desk.actor import OPERATOR
from rootline.desk.audit import entries
from rootline.desk.check_audit import check_audit
from rootline.desk.feedback import give_feedback
from rootline.desk.people.accounts import add
from rootline.desk.people.api_tokens import make_token, revoke_token
from rootline.desk.people.lockout import FREE
from rootline.desk.people.store import People
from rootline.desk.seal import make_seal
from tests.desk.conftest import EXAMPLE, desk, server, url  # noqa: F401  (fixtures)
from tests.desk.people.conftest import SECRET, join

PIECE = "ankle-sprain/first-steps/patient"
SUBMIT = ("desk", "submit", PIECE, "--pack", str(EXAMPLE), "--by")
WAY = f"command line, as {pwd.getpwuid(os.getuid()).pw_name}"


@pytest.fixture
def people(desk, url, monkeypatch) -> People:  # noqa: F811
    """Ann, an author, and Ben, a reviewer, each with a password of their own; Eve comes by single sign-on."""
    monkeypatch.setenv("ROOTLINE_DESK", url)
    monkeypatch.delenv("ROOTLINE_DESK_TOKEN", raising=False)
    made = People(desk.engine)
    join(made, "ada", "Ada Lund", "administrator")
    join(made, "ann", "Ann Author", "author")
    join(made, "ben", "Ben Reviewer", "reviewer")
    add(made, "eve@hospital.example", "Eve Author", "author", password=None, by=OPERATOR)
    return made


def run(*words: str, typed: str = "", **environment: str) -> Result:
    return CliRunner().invoke(main, list(words), input=typed, env=environment)


def told(desk) -> list[tuple[str, str, str]]:  # noqa: F811
    """Who did what, which way, since the people came."""
    with desk.reading() as session:
        assert check_audit(session).findings == ()
        every = [(one.who, one.act, json.loads(one.detail).get("via", "")) for one in entries(session)]
    return [one for one in every if one[1] != "add person"]


def test_by_their_own_password_a_person_acts_and_the_record_says_which_way(people, desk):  # noqa: F811
    done = run(*SUBMIT, "Ann Author", typed=f"{SECRET}\n", LOGNAME="mallory", USER="mallory", SUDO_USER="mallory")
    assert done.exit_code == 0 and "submitted, edition 1" in done.stdout, done.output
    assert told(desk) == [("Ann Author", "draft", WAY), ("Ann Author", "submit", WAY)]


@pytest.mark.parametrize("typed", ["", "\n", "another four words here\n", "\0\n"])
def test_without_it_nothing_is_done_in_anybodys_name(people, desk, typed):  # noqa: F811
    refused = run(*SUBMIT, "Ben Reviewer", typed=typed)
    why = "these do not open an account" if typed.strip() else "no password was given"
    assert refused.exit_code == 2 and why in refused.stderr
    assert told(desk) == []


def test_pressing_enter_locks_nobody_out(people, desk):  # noqa: F811
    for _ in range(FREE + 1):
        assert run(*SUBMIT, "Ann Author", typed="\n").exit_code == 2
    assert run(*SUBMIT, "Ann Author", typed=f"{SECRET}\n").exit_code == 0


@pytest.mark.parametrize(("before", "after"), [("", "\n"), (" ", ""), ("", "\r\n")])
def test_blanks_around_a_token_do_not_count(people, desk, before, after):  # noqa: F811
    mine = make_token(people, "ann", "shell", ["submit"], 1)
    assert run(*SUBMIT, "Ann Author", ROOTLINE_DESK_TOKEN=f"{before}{mine}{after}").exit_code == 0


@pytest.mark.parametrize("blank", [" ", "\n"])
def test_a_blank_token_is_none_and_the_password_is_asked_for(people, desk, blank):  # noqa: F811
    assert run(*SUBMIT, "Ann Author", typed=f"{SECRET}\n", ROOTLINE_DESK_TOKEN=blank).exit_code == 0


def test_guessing_makes_the_account_wait_as_everywhere(people, desk):  # noqa: F811
    for _ in range(FREE):
        run(*SUBMIT, "Ann Author", typed="another four words here\n")
    assert run(*SUBMIT, "Ann Author", typed=f"{SECRET}\n").exit_code == 2
    assert told(desk) == [("", "lock person", WAY)]


def test_a_right_password_lets_counting_begin_anew(people, desk):  # noqa: F811
    for _ in range(2):
        for _ in range(FREE - 1):
            run(*SUBMIT, "Ann Author", typed="another four words here\n")
        assert run(*SUBMIT, "Ann Author", typed=f"{SECRET}\n").exit_code == 0


def test_a_password_that_an_operator_gave_opens_nothing(people, desk):  # noqa: F811
    given = run("desk", "people", "password", "ann", typed="quite another secret\n")
    assert given.exit_code == 0, given.output
    refused = run(*SUBMIT, "Ann Author", typed="quite another secret\n")
    assert refused.exit_code == 2 and "password of your own" in refused.stderr
    assert told(desk) == [(OPERATOR.name, "give password", WAY)]


@pytest.mark.parametrize("by", ["Eve Author", "eve  AUTHOR"])
def test_who_has_no_password_acts_by_a_token(people, desk, by):  # noqa: F811
    assert "ROOTLINE_DESK_TOKEN" in run(*SUBMIT, by, typed=f"{SECRET}\n").stderr
    mine = make_token(people, "eve@hospital.example", "shell", ["submit"], 1)
    done = run(*SUBMIT, by, ROOTLINE_DESK_TOKEN=mine)
    assert done.exit_code == 0 and mine not in done.output
    assert told(desk)[1:] == [("Eve Author", "draft", WAY), ("Eve Author", "submit", WAY)]


def test_a_token_is_good_for_its_owner_and_its_scopes_alone(people, desk):  # noqa: F811
    tokens = {
        "another's": make_token(people, "ben", "shell", ["submit"], 1),
        "to read": make_token(people, "ann", "shell", ["read", "review"], 1),
        "revoked": make_token(people, "ann", "shell", ["submit"], 1),
        "none": "rootline_nothing",
    }
    revoke_token(people, "ann", 3)
    for name, token in tokens.items():
        refused = run(*SUBMIT, "Ann Author", typed=f"{SECRET}\n", ROOTLINE_DESK_TOKEN=token)
        assert refused.exit_code == 2 and "token" in refused.stderr and token not in refused.output, name
    assert [act for _, act, _ in told(desk)] == ["make token"] * 3 + ["revoke token"]


def test_what_the_operator_does_is_theirs_and_says_which_way(people, desk):  # noqa: F811
    assert run("desk", "people", "role", "ann", "reviewer").exit_code == 0
    assert run("desk", "people", "token", "ann", "--label", "x", "--scope", "submit").exit_code == 0
    assert run("desk", "feedback", PIECE, "It hurt.", "--pack", str(EXAMPLE)).exit_code == 0
    assert told(desk) == [
        (OPERATOR.name, "change person", WAY), (OPERATOR.name, "make token", WAY), ("", "feedback", WAY)
    ]  # fmt: skip


def test_what_came_another_way_does_not_say_so(people, desk):  # noqa: F811
    run("desk", "queue", "--pack", str(EXAMPLE))
    give_feedback(desk, PIECE, "", "", "unsafe", "")
    assert told(desk) == [("", "feedback", "")]


def test_the_life_of_a_piece_and_the_lines_of_the_record_show_it(people, desk, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setenv("ROOTLINE_DESK_KEY", str(tmp_path / "desk.key"))
    make_seal(desk, tmp_path / "desk.key", OPERATOR)
    assert run(*SUBMIT, "Ann Author", typed=f"{SECRET}\n").exit_code == 0
    out = tmp_path / "life.html"
    assert run("desk", "report", PIECE, "--out", str(out), "--pack", str(EXAMPLE)).exit_code == 0
    assert out.read_text().count(f"Ann Author (author), {WAY}") == 2
    assert run("desk", "export").stdout.count(WAY) == 2

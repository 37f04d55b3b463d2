"""The permission matrix: every action and role, spelled out once more."""

from __future__ import annotations

import pytest

from rootline.desk.actor import ROLES, Actor
from rootline.desk.people.permissions import MATRIX, SCOPES, may, require
from rootline.errors import AccessError, InputError, SignInError

# columns: anyone, reader, author, reviewer, chair, administrator
EXPECTED = """
read                  y y y y y y
give feedback         y y y y y y
see the desk          . . y y y y
comment               . . y y y .
draft                 . . y y y .
submit                . . y y y .
take                  . . . y y .
request changes       . . . y y .
sign                  . . . y y .
approve               . . . y y .
set aside             . . . . y .
retire                . . . y y .
approve together      . . . y y .
settle feedback       . . . y y .
set requirements      . . . . y .
read the audit trail  . . y y y y
keep people           . . . . . y
withdraw              . . . . y y
"""
ROWS = {line[:22].strip(): line[22:].split() for line in EXPECTED.strip().splitlines()}
ASKING = [None, *(Actor(role.title(), role) for role in ROLES)]
CELLS = [(action, actor, mark == "y") for action, row in ROWS.items() for actor, mark in zip(ASKING, row, strict=True)]


@pytest.mark.parametrize(("action", "actor", "allowed"), CELLS)
def test_every_cell_is_as_agreed(action, actor, allowed):
    assert may(actor, action) is allowed
    if allowed:
        require(actor, action)
    else:
        with pytest.raises(SignInError if actor is None else AccessError, match=action):
            require(actor, action)


def test_the_table_is_whole():
    assert list(ROWS) == list(MATRIX)
    assert {action for actions in SCOPES.values() for action in actions} <= set(MATRIX)


def test_readers_can_be_asked_for_an_account(monkeypatch):
    monkeypatch.setenv("ROOTLINE_READERS", "accounts")
    assert [action for action in MATRIX if may(None, action)] == []
    assert may(Actor("Ben Okoro", "reader"), "read")
    monkeypatch.setenv("ROOTLINE_READERS", "nobody")
    with pytest.raises(InputError, match="ROOTLINE_READERS"):
        may(None, "read")


@pytest.mark.parametrize("actor", ASKING)
@pytest.mark.parametrize("action", MATRIX)
def test_a_token_never_reaches_further_than_its_owner(actor, action):
    for scope, actions in SCOPES.items():
        try:
            require(actor, action, (scope,))
        except AccessError:
            continue
        assert may(actor, action) and action in actions


def test_no_token_keeps_people_or_settles_requirements():
    reach = {action for actions in SCOPES.values() for action in actions}
    assert not reach & {"keep people", "set requirements", "set aside"}
    assert [scope for scope, actions in SCOPES.items() if "retire" in actions] == ["retire"]

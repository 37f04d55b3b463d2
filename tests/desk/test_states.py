"""The table of states against what the acts do: whatever people try, in any order, the desk obeys the table."""

from __future__ import annotations

from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootline.desk.actor import ROLES, Actor
from rootline.desk.acts import approve, draft, request_changes, retire, submit, take
from rootline.desk.check_audit import check_audit
from rootline.desk.content import answer_in
from rootline.desk.opening import make_desk
from rootline.desk.present import Present
from rootline.desk.read_edition import editions
from rootline.desk.states import BY_ACT, STATES, TRANSITIONS, acts_open_to, move, step
from rootline.errors import RefusedError
from rootline.packs.load import load
from tests.desk.conftest import EXAMPLE
from tests.desk.three_people import ANN, clinicians

DOES = {
    "submit": submit,
    "take": take,
    "request changes": lambda *given: request_changes(*given, "Plainer."),
    "approve": lambda *given: approve(*given, ""),
    "retire": lambda *given: retire(*given, "Gone."),
}
PEOPLE = [ANN, *(Actor(f"A {role}", role) for role in ROLES)]


def test_an_administrator_and_a_reader_touch_no_content():
    for role in ("administrator", "reader"):
        for state in STATES:
            assert acts_open_to(Actor("X", role), state) == []


def test_only_an_act_leads_to_approved_and_nothing_leads_out_of_retired():
    assert [one.act for one in TRANSITIONS if one.after == "approved"] == ["approve"]
    assert not [one for one in TRANSITIONS if "retired" in one.before]
    assert not [one for one in TRANSITIONS if one.after == "stale"], "stale comes by itself"


def test_a_step_says_who_may_and_when():
    with pytest.raises(RefusedError, match="may not approve") as told:
        step(ANN, "approve", "under_review")
    assert told.value.mend == "It is for: reviewer, chair."
    with pytest.raises(RefusedError, match="nobody can approve what is submitted") as told:
        move("approve", "submitted")
    assert "under review" in told.value.mend


@settings(max_examples=15)
@given(tried=st.lists(st.tuples(st.sampled_from(sorted(DOES)), st.sampled_from(PEOPLE)), min_size=1, max_size=9))
def test_whatever_is_tried_the_desk_obeys_the_table(tried):
    with TemporaryDirectory() as folder:
        walk(tried, folder)


def walk(tried, folder):
    desk = make_desk(f"sqlite:///{folder}/desk.sqlite")
    present = Present(load(EXAMPLE))
    ankle = present.pack
    edition = draft(desk, ANN, present.content(clinicians(present)), ankle)
    put_up = {ANN.name}
    for act, who in tried:
        before, version = edition.state, edition.version
        own = act == "approve" and who.name in put_up
        due = who.role in BY_ACT[act].roles and before in BY_ACT[act].before and not own
        try:
            edition = DOES[act](desk, who, edition.id, version)
            put_up |= {who.name} if act == "submit" else set()
            assert due and edition.state == BY_ACT[act].after and edition.version == version + 1
        except RefusedError:
            assert not due
    with desk.reading() as session:
        (kept,) = editions(session, edition.piece)
        assert check_audit(session).findings == ()
    assert (kept.state, kept.version) == (edition.state, edition.version)
    assert answer_in(kept.content) == present.content(clinicians(present)).answer
    desk.close()

"""The states of an edition and every way from one to another, as one table: which act, by whom, from where to where.

Data and its reading; what an act does beside changing the state is in `acts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rootline.desk.actor import Actor, Role
from rootline.errors import RefusedError

State = Literal["draft", "submitted", "under_review", "changes_requested", "approved", "stale", "retired"]
STATES: tuple[State, ...] = ("draft", "submitted", "under_review", "changes_requested", "approved", "stale", "retired")
Act = Literal["draft", "submit", "take", "request changes", "sign", "approve", "set aside", "retire", "replace"]

_EDITORS: tuple[Role, ...] = ("author", "reviewer", "chair")
_REVIEWERS: tuple[Role, ...] = ("reviewer", "chair")


@dataclass(frozen=True)
class Transition:
    """One act: whose it is, in which states it may be done, and the state after it."""

    act: Act
    roles: tuple[Role, ...]  # empty: it comes of itself with another act
    before: tuple[State, ...]
    after: State


TRANSITIONS = (
    Transition("draft", _EDITORS, (), "draft"),
    Transition("submit", _EDITORS, ("draft", "changes_requested"), "submitted"),
    Transition("take", _REVIEWERS, ("submitted",), "under_review"),
    Transition("request changes", _REVIEWERS, ("submitted", "under_review"), "changes_requested"),
    Transition("sign", _REVIEWERS, ("under_review",), "under_review"),
    Transition("approve", _REVIEWERS, ("under_review",), "approved"),
    Transition("set aside", ("chair",), ("under_review",), "under_review"),
    Transition(  # the cautious act: whoever could approve it takes it out of use, their own as well
        "retire", _REVIEWERS, ("draft", "submitted", "under_review", "changes_requested", "approved"), "retired"
    ),
    Transition("replace", (), ("draft", "submitted", "under_review", "changes_requested", "approved"), "retired"),
)
# `stale` is never written: an approved edition is stale as soon as it is no longer what is shown (`shown`).
BY_ACT = {one.act: one for one in TRANSITIONS}


def may(actor: Actor, act: Act) -> bool:
    """Whether an act is this person's at all."""
    return actor.role in BY_ACT[act].roles


def acts_open_to(actor: Actor, state: State) -> list[Act]:
    """What this person's role may do with an edition in this state, in the order of the table."""
    return [one.act for one in TRANSITIONS if actor.role in one.roles and state in one.before]


def step(actor: Actor, act: Act, state: State) -> State:
    """The state after the act. Raises `RefusedError` where it is not this person's, or not open in this state."""
    transition = BY_ACT[act]
    if not may(actor, act):
        mend = f"It is for: {', '.join(transition.roles)}."
        raise RefusedError(f"{actor.name} is {actor.role} and may not {act}", mend=mend)
    return move(act, state)


def move(act: Act, state: State) -> State:
    """The state after an act, whoever does it. Raises `RefusedError` where it is not open in this state."""
    transition = BY_ACT[act]
    if state not in transition.before:
        open_in = ", ".join(transition.before).replace("_", " ")
        raise RefusedError(f"nobody can {act} what is {state.replace('_', ' ')}", mend=f"It can be when {open_in}.")
    return transition.after

"""Approving many editions at once: only what reads to the letter as is approved now, its pack proved to treat alike.

Each is approved by the same act as one by one, with all its rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.acts import approve_within, as_seen
from rootline.desk.content import answer_in
from rootline.desk.feedback import open_unsafe
from rootline.desk.is_own import is_own
from rootline.desk.opening import Desk
from rootline.desk.shown import why_lapsed
from rootline.desk.tables import Edition, Piece
from rootline.desk.warrant import lacking
from rootline.errors import RootlineError


@dataclass(frozen=True)
class Outcome:
    """What became of one edition: signed, or why not."""

    edition: int
    signed: Edition | None
    refused: str = ""


def why_by_itself(session: Session, edition: Edition, today: str) -> str:
    """Why it is to be looked at by itself; empty where it reads letter for letter as what is approved on this day.

    What was compared when it was drafted is looked at again: that may have been taken out of use since.
    """
    if is_called_unsafe(session, edition):
        return "a reader calls it unsafe, or a statement in it, its question or its topic"
    before = session.get(Edition, edition.compared_with) if edition.compared_with else None
    if before is None:
        return "no approved version stands beside it"
    if before.state != "approved":
        return "the approved version that it is compared with was taken out of use since"
    if lacks := lacking(session, before):
        return f"the version that it is compared with is not known to be approved: {lacks}"
    if edition.unproved:
        return edition.unproved.rstrip(".")
    if edition.touches:
        return "something in it reads otherwise, or the pack is not proved to treat and hear every patient as before"
    return " ".join(f"of the approved version beside it: {one}" for one in why_lapsed(before, today)).rstrip(".")


def is_called_unsafe(session: Session, edition: Edition) -> bool:
    """Whether a call of unsafe is open on this piece or one like it: its topic, its question, or a statement it holds.

    Where it was said matters little: what is unsafe to one reader is told to another in the same words. Of a pack, all.
    """
    topic = session.get_one(Piece, edition.piece).pack
    if not (calls := open_unsafe(session, topic)) or (answer := answer_in(edition.content)) is None:
        return bool(calls)
    said = {one.id for part in answer.sections for one in part.statements}
    question = edition.piece.rpartition("/")[0]
    return any(one.statement in said or one.piece == topic or one.piece.startswith(f"{question}/") for one in calls)


def why_not_together(session: Session, actor: Actor, edition: Edition, today: str) -> str:
    """Why this person cannot sign it together with others as it waits; empty where they can."""
    if is_own(session, actor, edition):
        return "you put it up, or something of this topic that nobody else approved"
    by_itself = why_by_itself(session, edition, today)
    return by_itself if by_itself or edition.state == "under_review" else "nobody has taken it up yet"


def approve_many(desk: Desk, actor: Actor, editions: Iterable[tuple[int, int]], conflict: str) -> list[Outcome]:
    """Approve each (edition, version as seen). One that is refused stops none of the others."""
    return [_approve(desk, actor, id_, seen, conflict) for id_, seen in editions]


def _approve(desk: Desk, actor: Actor, id_: int, seen: int, conflict: str) -> Outcome:
    try:
        with desk.writing() as session:  # looked at and signed in one: nobody retires anything in between
            why = why_by_itself(session, as_seen(session, id_, seen), desk.today)
            if why:
                return Outcome(id_, None, f"{why}: review it by itself")
            return Outcome(id_, approve_within(session, desk, actor, id_, seen, conflict))
    except RootlineError as error:
        return Outcome(id_, None, error.what)

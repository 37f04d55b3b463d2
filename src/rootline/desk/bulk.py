"""Approving many editions at once: only those that read as approved, to the letter, from a pack proved to treat alike.

Each is approved by the same act as one by one, with all its rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rootline.desk.actor import Actor
from rootline.desk.acts import approve
from rootline.desk.feedback import open_feedback
from rootline.desk.opening import Desk
from rootline.desk.tables import Edition
from rootline.errors import DeskError


@dataclass(frozen=True)
class Outcome:
    """What became of one edition: signed, or why not."""

    edition: int
    signed: Edition | None
    refused: str = ""


def is_calm(edition: Edition) -> bool:
    """Whether nothing that is told differs, and the pack is proved to touch no urgency, action or dose of anybody."""
    return edition.compared_with is not None and not edition.touches


def approve_many(desk: Desk, actor: Actor, editions: Iterable[tuple[int, int]], conflict: str) -> list[Outcome]:
    """Approve each (edition, version as seen). One that is refused stops none of the others."""
    return [_approve(desk, actor, id_, seen, conflict) for id_, seen in editions]


def _approve(desk: Desk, actor: Actor, id_: int, seen: int, conflict: str) -> Outcome:
    with desk.reading() as session:
        edition = session.get(Edition, id_)
        called = open_feedback(session, edition.piece) if edition else []
    if any(one.kind == "unsafe" for one in called):
        return Outcome(id_, None, "a reader calls it unsafe: review it by itself")
    if edition is None or not is_calm(edition):
        return Outcome(id_, None, "not proved to touch no urgency, action or dose: review it by itself")
    try:
        return Outcome(id_, approve(desk, actor, id_, seen, conflict))
    except DeskError as error:
        return Outcome(id_, None, error.what)

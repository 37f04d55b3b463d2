"""Whose change an edition is: of all who put up anything of it since the last one that is approved and still stands.

What each of them put up may stand in it, under whatever hash; a change of the pack stands in all that is made of it.
Says whose it is; what follows from that is `acts`.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.tables import AuditEntry, Edition, Piece
from rootline.desk.warrant import lacking


def is_own(session: Session, actor: Actor, edition: Edition) -> bool:
    """Whether this person put up any of what changed since, in its piece or its pack, or this very content ever."""
    topic = session.get_one(Piece, edition.piece).pack
    approved, since = _since_approved(session, edition.piece, edition.number)
    approved_pack, since_pack = _since_approved(session, topic)
    changed: ColumnElement[bool] = Edition.id.in_(since)
    if edition.pack_sha256 not in (approved, approved_pack):
        changed = or_(changed, Edition.id.in_(since_pack), Edition.pack_sha256 == edition.pack_sha256)
    same = and_(AuditEntry.piece == edition.piece, AuditEntry.sha256 == edition.sha256)
    return any(actor.is_called(name) for name in _who_put_up(session, changed, same))


def _since_approved(session: Session, piece: str, before: int | None = None) -> tuple[str | None, list[int]]:
    """The pack's hash of the last edition that is approved and still stands, and the ids of all after it.

    `before`: only one of a lower number can be that edition.
    """
    approved, since = None, list[int]()
    for one in session.scalars(select(Edition).where(Edition.piece == piece).order_by(Edition.number)):
        if (before is None or one.number < before) and one.state == "approved" and not lacking(session, one):
            approved, since = one.pack_sha256, []
        else:
            since.append(one.id)
    return approved, since


def _who_put_up(session: Session, changed: ColumnElement[bool], same: ColumnElement[bool]) -> set[str]:
    """Who drafted or submitted those editions, by their rows and by the record, which also tells the same content."""
    rows = session.execute(select(Edition.author, Edition.submitter).where(changed))
    told = select(AuditEntry.who).where(
        AuditEntry.act.in_(("draft", "submit")), or_(same, AuditEntry.edition.in_(select(Edition.id).where(changed)))
    )
    return {name for row in rows for name in row} | {*session.scalars(told)}

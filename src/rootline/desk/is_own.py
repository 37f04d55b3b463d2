"""Whose change an edition is: of all who put up anything of its topic that others never approved.

What each of them put up may stand in it, under whatever hash and however much later: each piece is made of the whole
pack. Says whose it is; what follows from that is `acts`.
"""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.tables import AuditEntry, Edition, Piece
from rootline.desk.warrant import lacking


def is_own(session: Session, actor: Actor, edition: Edition) -> bool:
    """Whether this person put up any of what nobody else approved, or this very content ever."""
    put_up = _never_approved(session, edition)
    rows = session.execute(select(Edition.author, Edition.submitter).where(Edition.id.in_(put_up)))
    same = and_(AuditEntry.piece == edition.piece, AuditEntry.sha256 == edition.sha256)
    told = select(AuditEntry.who).where(
        AuditEntry.act.in_(("draft", "submit")), or_(same, AuditEntry.edition.in_(put_up))
    )  # fmt: skip
    return any(actor.is_called(name) for name in {*(name for row in rows for name in row), *session.scalars(told)})


def _never_approved(session: Session, edition: Edition) -> list[int]:
    """The editions whose change may stand in this one, by their ids, whenever they came to the desk.

    Of its own piece: all that were not approved. Of any piece of the topic: all made of a version of the pack that was
    not approved, be it as the pack or in this piece; none where this edition's own version was. What was approved and
    replaced counts as approved while its piece has an approved edition; what was taken out of use never does.
    """
    topic = session.get_one(Piece, edition.piece).pack
    editions = session.execute(
        select(Edition.id, Edition.piece, Edition.pack_sha256)
        .join(Piece, Edition.piece == Piece.id).where(Piece.pack == topic)
    ).all()  # fmt: skip
    taken_out = select(AuditEntry.edition).where(AuditEntry.act == "retire")
    query = select(Edition).where(Edition.piece.in_((edition.piece, topic)), Edition.id.not_in(taken_out))
    approved = {one.id: one for one in session.scalars(query) if not lacking(session, one)}
    standing = {one.piece for one in approved.values() if one.state == "approved"}
    approved = {id_: one for id_, one in approved.items() if one.piece in standing}
    known = {one.pack_sha256 for one in approved.values()}
    return [
        one.id for one in editions
        if (edition.pack_sha256 not in known and one.pack_sha256 not in known)
        or (one.piece == edition.piece and one.id not in approved)
    ]  # fmt: skip

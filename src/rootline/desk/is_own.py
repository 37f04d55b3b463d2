"""Whose change an edition is: of all who put up anything of its topic since a version of it that others approved.

What each of them put up may stand in it, under whatever hash: each piece is made of the whole pack. Says whose it is;
what follows from that is `acts`.
"""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.tables import AuditEntry, Edition, Piece
from rootline.desk.warrant import lacking


def is_own(session: Session, actor: Actor, edition: Edition) -> bool:
    """Whether this person put up any of what changed since, or this very content ever."""
    since = _since_approved(session, edition)
    rows = session.execute(select(Edition.author, Edition.submitter).where(Edition.id.in_(since)))
    same = and_(AuditEntry.piece == edition.piece, AuditEntry.sha256 == edition.sha256)
    told = select(AuditEntry.who).where(
        AuditEntry.act.in_(("draft", "submit")), or_(same, AuditEntry.edition.in_(since))
    )  # fmt: skip
    return any(actor.is_called(name) for name in {*(name for row in rows for name in row), *session.scalars(told)})


def _since_approved(session: Session, edition: Edition) -> list[int]:
    """The editions whose change may stand in this one, by their ids.

    Of its own piece: all after the one that is approved and still stands. And of any piece of the topic: all made of
    its version of the pack, or of one that came to the desk after the approved one, be it of the pack or of this piece;
    none where its version is approved itself. Where nothing is approved, all there are.
    """
    topic = session.get_one(Piece, edition.piece).pack
    standing = select(Edition).where(Edition.piece.in_((edition.piece, topic)), Edition.state == "approved")
    approved = {one.piece: one for one in session.scalars(standing) if not lacking(session, one)}
    editions = session.execute(
        select(Edition.id, Edition.piece, Edition.pack_sha256)
        .join(Piece, Edition.piece == Piece.id).where(Piece.pack == topic).order_by(Edition.id)
    ).all()  # fmt: skip
    before = approved[edition.piece].id if edition.piece in approved else 0
    versions = list(dict.fromkeys(one.pack_sha256 for one in editions))  # in the order in which they came to the desk
    known = {one.pack_sha256 for one in approved.values()}
    last = max((versions.index(one) for one in known), default=-1)
    newer = set() if edition.pack_sha256 in known else {edition.pack_sha256, *versions[last + 1 :]}
    return [
        one.id for one in editions if one.pack_sha256 in newer or (one.piece == edition.piece and one.id > before)
    ]  # fmt: skip

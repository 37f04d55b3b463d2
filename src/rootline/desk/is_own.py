"""Whose change an edition is: of all who put up anything of it since the last one that is approved and still stands.

What each of them put up may stand in it, under whatever hash. Says whose it is; what follows from that is `acts`.
"""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.tables import AuditEntry, Edition
from rootline.desk.warrant import lacking


def is_own(session: Session, actor: Actor, edition: Edition) -> bool:
    """Whether this person put up any of what changed since, or this very content at any time."""
    piece = session.scalars(select(Edition).where(Edition.piece == edition.piece).order_by(Edition.number))
    since: list[Edition] = []
    for one in piece:
        stands = one.number < edition.number and one.state == "approved" and not lacking(session, one)
        since = [] if stands else [*since, one]
    told = select(AuditEntry.who).where(
        AuditEntry.piece == edition.piece,
        AuditEntry.act.in_(("draft", "submit")),
        or_(AuditEntry.sha256 == edition.sha256, AuditEntry.edition.in_([one.id for one in since])),
    )
    names = {name for one in since for name in (one.author, one.submitter)}
    return any(actor.is_called(name) for name in names | {*session.scalars(told)})

"""Whose change an edition is: everybody who ever drafted or submitted its content, as the record has it.

Says whose it is; what follows from that is `acts`.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.tables import AuditEntry, Edition


def is_own(session: Session, actor: Actor, edition: Edition) -> bool:
    """Whether this person wrote or submitted it, now or before somebody else did so again."""
    query = select(AuditEntry.who).where(
        AuditEntry.piece == edition.piece,
        AuditEntry.sha256 == edition.sha256,
        AuditEntry.act.in_(("draft", "submit")),
    )
    return any(actor.is_called(name) for name in {edition.author, edition.submitter, *session.scalars(query)})

"""Whether what stands as approved rests on the act that approved it, and on the signatures that were asked for then.

Looks only, at every showing: a state alone approves nothing. That nothing else was altered is `check_audit`.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.policy import asked_before
from rootline.desk.signatures import standing_signatures
from rootline.desk.tables import AuditEntry, Edition, Piece


def lacking(session: Session, edition: Edition) -> str:
    """What an edition that was approved lacks, as the end of a sentence; empty where it rests on all that was asked."""
    acts = select(AuditEntry).where(AuditEntry.edition == edition.id, AuditEntry.act == "approve")
    act = session.scalars(acts.order_by(AuditEntry.sequence.desc())).first()
    if act is None or act.sha256 != edition.sha256:
        return "the record has no act that approved it"
    asked = asked_before(session, session.get_one(Piece, edition.piece).pack, act.sequence)
    if asked is None:
        return "what was asked for then cannot be read in the record"
    signed = [one for one in standing_signatures(session, edition) if one.sha256 == edition.sha256]
    missing = asked.missing(signed)
    return f"it lacks still {missing}" if missing else ""

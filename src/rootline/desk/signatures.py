"""Who signed an edition: the signatures that stand, which everybody sees, and with those that fell, which editors see.

Looks only; what a topic asks of them is `policy`.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.tables import Edition, Signature


def standing_signatures(session: Session, edition: Edition) -> tuple[Signature, ...]:
    """Who signed it, in order, but for those whose signature fell."""
    return tuple(one for one in every_signature(session, edition.id) if not one.fallen)


def every_signature(session: Session, edition: int) -> list[Signature]:
    """Who ever signed it, in order."""
    return list(session.scalars(select(Signature).where(Signature.edition == edition).order_by(Signature.id)))

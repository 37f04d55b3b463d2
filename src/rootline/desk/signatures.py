"""Who signed an edition: the signatures that stand, which everybody sees, and with those that fell, which editors see.

What a topic asks of them is `policy`; what an objection does to them is `acts`.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.actor import fold
from rootline.desk.tables import OPEN, Edition, Signature


def standing_signatures(session: Session, edition: Edition) -> tuple[Signature, ...]:
    """Who signed it, in order, but for those whose signature fell."""
    return tuple(one for one in every_signature(session, edition.id) if not one.fallen)


def every_signature(session: Session, edition: int) -> list[Signature]:
    """Who ever signed it, in order."""
    return list(session.scalars(select(Signature).where(Signature.edition == edition).order_by(Signature.id)))


def let_fall(session: Session, name: str, why: str, unless: str | None = None) -> None:
    """What this person signed and is not approved yet counts no more; a declared conflict stays declared.

    What was signed with the specialty `unless` goes on counting.
    """
    query = select(Signature).join(Edition, Signature.edition == Edition.id).where(Edition.state.in_(OPEN))
    for one in session.scalars(query):
        is_kept = unless is not None and fold(one.specialty) == fold(unless)
        if one.counts and not is_kept and fold(one.name) == fold(name):
            one.fallen = why

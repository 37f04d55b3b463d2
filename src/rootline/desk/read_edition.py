"""What the desk holds, as it is read: an edition's answer as it was, its signatures and comments, and those before it.

Looks only. An approved edition stays readable for ever, with its own state on it.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.answers.model import Answer, Review
from rootline.answers.reviewed import reviewed
from rootline.desk.content import answer_in
from rootline.desk.shown import Shown
from rootline.desk.tables import Comment, Edition
from rootline.desk.warrant import lacking
from rootline.errors import NotFoundError


def edition_at(session: Session, piece: str, number: int) -> Edition:
    """An edition by its number within its piece. Raises `NotFoundError`."""
    query = select(Edition).where(Edition.piece == piece, Edition.number == number)
    if (found := session.scalars(query).first()) is None:
        raise NotFoundError(f"`{piece}` has no edition {number}", mend="`rootline desk show` lists them.")
    return found


def edition_by_id(session: Session, id_: int) -> Edition:
    """An edition by its number within the whole desk. Raises `NotFoundError`."""
    if (found := session.get(Edition, id_)) is None:
        raise NotFoundError(f"there is no edition {id_}", mend="The desk's queue shows what waits.")
    return found


def every_edition(session: Session, piece: str = "") -> list[Edition]:
    """All editions, the newest first; of one piece where it is named."""
    query = select(Edition).order_by(Edition.id.desc())
    return list(session.scalars(query.where(Edition.piece == piece) if piece else query))


def newest_with(session: Session, piece: str, sha256: str) -> Edition | None:
    """The newest edition of a piece with this very content; None where there was none."""
    query = select(Edition).where(Edition.piece == piece, Edition.sha256 == sha256).order_by(Edition.id.desc())
    return session.scalars(query).first()


def once_approved(session: Session, sha256: str) -> Edition:
    """The last edition that was approved with this very content. Raises `NotFoundError`."""
    query = select(Edition).where(Edition.sha256 == sha256, Edition.review_by != "").order_by(Edition.id.desc())
    if (found := next((one for one in session.scalars(query) if not lacking(session, one)), None)) is None:
        raise NotFoundError("nothing was approved under this hash")
    return found


def editions(session: Session, piece: str) -> list[Edition]:
    """All editions of a piece, first to last."""
    return list(session.scalars(select(Edition).where(Edition.piece == piece).order_by(Edition.number)))


def comments(session: Session, edition: int) -> list[Comment]:
    """What was said of an edition, in order."""
    return list(session.scalars(select(Comment).where(Comment.edition == edition).order_by(Comment.id)))


def answer_as_kept(found: Shown) -> Answer | None:
    """The answer of the edition shown, letter for letter as it was kept, with the state that it has by now."""
    if found.edition is None or (answer := answer_in(found.edition.content)) is None:
        return None
    review = Review(
        state=found.state,
        updated=found.edition.changed_at[:10],
        by=found.by,
        note=" ".join(found.reasons),
        sha256=found.edition.sha256,
    )
    return reviewed(answer, review)

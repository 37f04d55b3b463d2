"""Takes off the desk what it should not hold, such as a patient's name: a published case, a comment, a reader's words.

Removes the text and says who did; its hashes stay in the record, which goes on to hold, as do the names.
"""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor, Role
from rootline.desk.audit import fingerprint, record
from rootline.desk.content import WITHDRAWN
from rootline.desk.opening import Desk
from rootline.desk.tables import Comment, Edition, Feedback, Piece
from rootline.errors import NotFoundError, RefusedError

ROLES: tuple[Role, ...] = ("chair", "administrator")
TITLE = "A case whose text was withdrawn"
_Row = TypeVar("_Row", Comment, Feedback)


def withdraw(desk: Desk, actor: Actor, piece_id: str, why: str) -> None:
    """Remove the text of a case with all its editions, comments and feedback, and take it out of use.

    Of `why` only a hash is kept: it could repeat the text.
    """
    _step(actor, why)
    with desk.writing() as session:
        piece = session.get(Piece, piece_id)
        if piece is None:
            raise NotFoundError("nothing of this name is on the desk")
        if piece.kind != "case":
            mend = "What the pack says is changed in the pack; `retire` takes an answer out of use."
            raise RefusedError("only a published case can hold a patient's words", mend=mend)
        piece.title, piece.given = TITLE, ""
        for said in session.scalars(select(Feedback).where(Feedback.piece == piece_id)):
            _empty(said, desk, actor)
        for edition in session.scalars(select(Edition).where(Edition.piece == piece_id).order_by(Edition.number)):
            before, edition.state, edition.changed_at = edition.state, "retired", desk.moment
            edition.content = WITHDRAWN
            for each in session.scalars(select(Comment).where(Comment.edition == edition.id)):
                _empty(each, desk, actor)
            record(session, desk.moment, actor, "withdraw", edition, before=before, state="retired",
                   why=fingerprint(why))  # fmt: skip
            session.flush()
    desk.fold_log()


def withdraw_comment(desk: Desk, actor: Actor, id_: int, why: str) -> Comment:
    """Remove the text of one comment."""
    _step(actor, why)
    with desk.writing() as session:
        said = _found(session, Comment, id_)
        _empty(said, desk, actor)
        edition = session.get_one(Edition, said.edition)
        record(session, desk.moment, actor, "withdraw comment", edition, comment=said.id, why=fingerprint(why))
    desk.fold_log()
    return said


def withdraw_feedback(desk: Desk, actor: Actor, id_: int, why: str) -> Feedback:
    """Remove the words of one reader, and what was done about them where that is told. An open one stays open."""
    _step(actor, why)
    with desk.writing() as session:
        said = _found(session, Feedback, id_)
        _empty(said, desk, actor)
        record(session, desk.moment, actor, "withdraw feedback", piece=said.piece, sha256=said.sha256,
               feedback=said.id, why=fingerprint(why))  # fmt: skip
    desk.fold_log()
    return said


def _step(actor: Actor, why: str) -> None:
    if actor.role not in ROLES:
        mend = f"It is for: {', '.join(ROLES)}."
        raise RefusedError(f"{actor.name} is {actor.role} and may not withdraw", mend=mend)
    if not why.strip():
        raise RefusedError("it is not said why", mend="Say it in a sentence, without what is to be withdrawn.")


def _found(session: Session, table: type[_Row], id_: int) -> _Row:
    if (said := session.get(table, id_)) is None:
        raise NotFoundError(f"there is no {table.__tablename__} {id_}")
    return said


def _empty(said: Comment | Feedback, desk: Desk, actor: Actor) -> None:
    said.text = f"withdrawn by {actor.name} on {desk.today}"
    if isinstance(said, Feedback) and said.settled_how:
        said.settled_how = said.text

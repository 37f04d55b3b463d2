"""Takes the text of a published case off the desk, where it holds what it should not; its hashes stay in the record.

Removes title, facts and every edition's content, and says so; who read and signed what stays told.
"""

from __future__ import annotations

from sqlalchemy import select

from rootline.desk.actor import Actor, Role
from rootline.desk.audit import fingerprint, record
from rootline.desk.content import WITHDRAWN
from rootline.desk.opening import Desk
from rootline.desk.tables import Edition, Piece
from rootline.errors import NotFoundError, RefusedError

ROLES: tuple[Role, ...] = ("chair", "administrator")
TITLE = "A case whose text was withdrawn"


def withdraw(desk: Desk, actor: Actor, piece_id: str, why: str) -> None:
    """Remove the text of all its editions, and take it out of use. Of `why` only a hash is kept: it could repeat it."""
    if actor.role not in ROLES:
        mend = f"It is for: {', '.join(ROLES)}."
        raise RefusedError(f"{actor.name} is {actor.role} and may not withdraw", mend=mend)
    if not why.strip():
        raise RefusedError("it is not said why", mend="Say it in a sentence, without what is to be withdrawn.")
    with desk.writing() as session:
        piece = session.get(Piece, piece_id)
        if piece is None:
            raise NotFoundError("nothing of this name is on the desk")
        if piece.kind != "case":
            mend = "What the pack says is changed in the pack; `retire` takes an answer out of use."
            raise RefusedError("only a published case can hold a patient's words", mend=mend)
        piece.title, piece.given = TITLE, ""
        for edition in session.scalars(select(Edition).where(Edition.piece == piece_id).order_by(Edition.number)):
            before, edition.state, edition.changed_at = edition.state, "retired", desk.moment
            edition.content = WITHDRAWN
            record(session, desk.moment, actor, "withdraw", edition, before=before, state="retired",
                   why=fingerprint(why))  # fmt: skip
            session.flush()

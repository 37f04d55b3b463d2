"""What readers say of a statement: wrong, unclear, unsafe, or in words. It goes into the queue until it is settled.

Keeps what is written and nothing of who wrote it but a name that the reader gives; it is shown at the desk alone.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rootline.desk.actor import SOMEBODY, Actor
from rootline.desk.audit import fingerprint, record
from rootline.desk.opening import Desk
from rootline.desk.states import may
from rootline.desk.tables import Feedback
from rootline.errors import NotFoundError, OvertakenError, RefusedError

Kind = Literal["wrong", "unclear", "unsafe", "other"]
KINDS: tuple[Kind, ...] = ("unsafe", "wrong", "unclear", "other")
LONGEST = 2_000  # characters
MOST_OPEN = 2_000  # not yet settled, of one piece: a flood is refused, and told
MOST_IN_ALL = 10_000  # not yet settled, of all: cases have names without end


def give_feedback(
    desk: Desk, piece: str, statement: str, sha256: str, kind: Kind, text: str, by: Actor = SOMEBODY
) -> Feedback:
    """Keep it. `statement` is the statement's id or empty; `sha256` the content that the reader saw, or empty."""
    text = text.strip().replace("\0", "")
    if kind not in KINDS:
        raise RefusedError(f"`{kind}` is no kind of feedback", mend=f"One of: {', '.join(KINDS)}.")
    if kind == "other" and not text:
        raise RefusedError("the feedback says nothing", mend="Say it in a sentence.")
    if len(text) > LONGEST or max(len(piece), len(statement), len(sha256)) > 200:
        raise RefusedError("the feedback is too long", mend=f"At most {LONGEST:,} characters are kept.")
    with desk.writing() as session:
        if _count_open(session, piece) >= MOST_OPEN or _count_open(session) >= MOST_IN_ALL:
            raise RefusedError("there is more open feedback on this than can be read", mend="Try again later.")
        given = Feedback(
            piece=piece, statement=statement, sha256=sha256, kind=kind, text=text, name=by.name, at=desk.moment,
            settled_by="", settled_how="",
        )  # fmt: skip
        session.add(given)
        session.flush()
        record(session, desk.moment, by, "feedback", piece=piece, sha256=sha256, feedback=given.id, kind=kind,
               statement=statement, text=fingerprint(text))  # fmt: skip
        return given


def settle_feedback(desk: Desk, actor: Actor, id_: int, how: str) -> Feedback:
    """Close it, saying what was done. Raises `OvertakenError` when somebody has."""
    if not may(actor, "take"):
        raise RefusedError(f"{actor.name} is {actor.role} and may not settle feedback", mend="It is for reviewers.")
    if not (how := how.strip()) or len(how) > LONGEST:
        raise RefusedError("it is not said what was done", mend=f"Say it in a sentence of at most {LONGEST:,} letters.")
    with desk.writing() as session:
        found = session.get(Feedback, id_)
        if found is None:
            raise NotFoundError(f"there is no feedback {id_}", mend="The desk's queue shows what is open.")
        if found.settled_by:
            raise OvertakenError(f"{found.settled_by} has settled it already", mend="Look at it again.")
        found.settled_by, found.settled_how = actor.name, how
        record(session, desk.moment, actor, "settle feedback", piece=found.piece, sha256=found.sha256,
               feedback=found.id, how=fingerprint(how))  # fmt: skip
        return found


def open_feedback(session: Session, piece: str = "") -> list[Feedback]:
    """What nobody has settled yet, unsafe first, then oldest first; of one piece where it is named."""
    query = select(Feedback).where(Feedback.settled_by == "").order_by(Feedback.id)
    found = session.scalars(query.where(Feedback.piece == piece) if piece else query)
    return sorted(found, key=lambda one: KINDS.index(one.kind))


def _count_open(session: Session, piece: str = "") -> int:
    query = select(func.count()).where(Feedback.settled_by == "").select_from(Feedback)
    return session.scalar(query.where(Feedback.piece == piece) if piece else query) or 0


def count_unsafe(session: Session) -> int:
    """How many open ones say “unsafe”: the desk shows this number on top."""
    query = select(func.count()).where(Feedback.settled_by == "", Feedback.kind == "unsafe").select_from(Feedback)
    return session.scalar(query) or 0

"""What readers say of a statement: wrong, unclear, unsafe, or in words. It goes into the queue until it is settled.

Keeps what is written and nothing of who wrote it but a name that the reader gives; it is shown at the desk alone.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import func, or_, select
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
MOST_OPEN = 500  # not yet settled, of one piece: a flood is refused, and told; calls of unsafe have as much room apart
MOST_IN_ALL = 10_000  # not yet settled, of all; calls of unsafe are not among them


def give_feedback(
    desk: Desk, piece: str, statement: str, sha256: str, kind: Kind, text: str, by: Actor = SOMEBODY
) -> Feedback:
    """Keep it. `statement` is the statement's id or empty; `sha256` the content that the reader saw, or empty.

    What was said before, word for word, and is still open is counted there. Raises `RefusedError` where there is no
    room. A call of unsafe is never refused for that: with no room for its words it is counted with the one before.
    """
    text = text.strip().replace("\0", "")
    if kind not in KINDS:
        raise RefusedError(f"`{kind}` is no kind of feedback", mend=f"One of: {', '.join(KINDS)}.")
    if kind == "other" and not text:
        raise RefusedError("the feedback says nothing", mend="Say it in a sentence.")
    if len(text) > LONGEST or max(len(piece), len(statement), len(sha256)) > 200:
        raise RefusedError("the feedback is too long", mend=f"At most {LONGEST:,} characters are kept.")
    with desk.writing() as session:
        said = {"sha256": sha256, "text": text, "name": by.name}
        about = select(Feedback).filter_by(settled_by="", piece=piece, statement=statement, kind=kind)
        before = session.scalars(about.filter_by(**said)).first()
        if before is None and not _has_room(session, piece, kind):
            before = session.scalars(about.order_by(Feedback.id.desc())).first() if kind == "unsafe" else None
            if before is None and kind != "unsafe":
                raise RefusedError("there is more open feedback on this than can be read", mend="Try again later.")
        if before is not None:
            before.times += 1
            _enter(session, desk, by, before, "feedback again")
            return before
        given = Feedback(
            piece=piece, statement=statement, kind=kind, at=desk.moment, settled_by="", settled_how="", times=1, **said
        )  # fmt: skip
        session.add(given)
        session.flush()
        _enter(session, desk, by, given, "feedback")
        return given


def settle_feedback(desk: Desk, actor: Actor, id_: int, how: str) -> Feedback:
    """Close it, saying what was done. Raises `OvertakenError` when somebody has."""
    how = _step_settling(actor, how)
    with desk.writing() as session:
        found = session.get(Feedback, id_)
        if found is None:
            raise NotFoundError(f"there is no feedback {id_}", mend="The desk's queue shows what is open.")
        if found.settled_by:
            raise OvertakenError(f"{found.settled_by} has settled it already", mend="Look at it again.")
        _settle(session, desk, actor, found, how)
        return found


def settle_all(desk: Desk, actor: Actor, piece: str, kind: Kind, last: int, how: str) -> int:
    """Close all of one kind on one piece up to number `last`, the last that the person saw; how many were open."""
    how = _step_settling(actor, how)
    with desk.writing() as session:
        found = [one for one in open_feedback(session, piece) if one.kind == kind and one.id <= last]
        if not found:
            raise OvertakenError("all of them are settled already", mend="Look at it again.")
        for one in found:
            _settle(session, desk, actor, one, how)
        return len(found)


def open_feedback(session: Session, piece: str = "") -> list[Feedback]:
    """What nobody has settled yet, unsafe first, then oldest first; of one piece where it is named."""
    query = select(Feedback).where(Feedback.settled_by == "").order_by(Feedback.id)
    found = session.scalars(query.where(Feedback.piece == piece) if piece else query)
    return sorted(found, key=lambda one: KINDS.index(one.kind))


def open_unsafe(session: Session, topic: str) -> list[Feedback]:
    """Every open call of unsafe on a topic, or on anything in it."""
    of_topic = or_(Feedback.piece == topic, Feedback.piece.startswith(f"{topic}/", autoescape=True))
    return list(session.scalars(select(Feedback).where(of_topic, Feedback.settled_by == "", Feedback.kind == "unsafe")))


def count_unsafe(session: Session) -> int:
    """How many open ones say “unsafe”: the desk shows this number on top."""
    query = select(func.sum(Feedback.times)).where(Feedback.settled_by == "", Feedback.kind == "unsafe")
    return session.scalar(query) or 0


def _has_room(session: Session, piece: str, kind: Kind) -> bool:
    grave = Feedback.kind == "unsafe" if kind == "unsafe" else Feedback.kind != "unsafe"
    query = select(func.count()).select_from(Feedback).where(Feedback.settled_by == "", grave)
    here = session.scalar(query.where(Feedback.piece == piece)) or 0
    return here < MOST_OPEN and (kind == "unsafe" or (session.scalar(query) or 0) < MOST_IN_ALL)


def _enter(session: Session, desk: Desk, by: Actor, given: Feedback, act: str) -> None:
    record(session, desk.moment, by, act, piece=given.piece, sha256=given.sha256, feedback=given.id, kind=given.kind,
           statement=given.statement, text=fingerprint(given.text))  # fmt: skip


def _step_settling(actor: Actor, how: str) -> str:
    if not may(actor, "take"):
        raise RefusedError(f"{actor.name} is {actor.role} and may not settle feedback", mend="It is for reviewers.")
    if not (how := how.strip()) or len(how) > LONGEST:
        raise RefusedError("it is not said what was done", mend=f"Say it in a sentence of at most {LONGEST:,} letters.")
    return how


def _settle(session: Session, desk: Desk, actor: Actor, found: Feedback, how: str) -> None:
    found.settled_by, found.settled_how = actor.name, how
    record(session, desk.moment, actor, "settle feedback", piece=found.piece, sha256=found.sha256,
           feedback=found.id, how=fingerprint(how))  # fmt: skip

"""What waits at the desk, gravest first: unsafe feedback, changes of urgency, of actions and doses, then by age.

Looks and sorts; changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.content import Kind, Subject
from rootline.desk.feedback import count_unsafe, open_feedback
from rootline.desk.opening import Desk
from rootline.desk.present import Present
from rootline.desk.shown import days_since, shown, why_lapsed
from rootline.desk.states import State
from rootline.desk.tables import OPEN, Edition, Feedback, Piece
from rootline.desk.touched import TOUCHES, Touch
from rootline.desk.warrant import lacking

# Lower is graver. What was never approved, or cannot be compared, may touch the urgency for all that is known.
_RANK: dict[Touch, int] = {
    "new": 1, "again": 1, "undecided": 1, "urgency": 1, "heard": 1, "action": 2, "dose": 2, "standing": 2, "grounds": 3,
    "words": 3,
}  # fmt: skip
_UNSAFE, _FEEDBACK, _STALE = 0, 3, 3


@dataclass(frozen=True)
class Waiting:
    """One piece that waits: in which state, since when, what it could do to a patient, and what readers say."""

    subject: Subject
    state: State
    edition: Edition | None  # the open one, else the approved one that went stale; None: only feedback
    touches: tuple[Touch, ...]
    reasons: tuple[str, ...]
    feedback: tuple[Feedback, ...]
    since: str
    days: int
    has_lapsed: bool = False  # what stood approved beside an open edition

    @property
    def unsafe(self) -> int:
        """How many readers called it unsafe."""
        return sum(one.times for one in self.feedback if one.kind == "unsafe")

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        ranks = [_RANK[touch] for touch in self.touches]
        ranks += [_FEEDBACK] if self.feedback else []
        ranks += [_STALE] if self.state == "stale" or self.has_lapsed else []
        return _UNSAFE if self.unsafe else min(ranks, default=4)


@dataclass(frozen=True)
class Queue:
    """All that waits, gravest first, and how many calls of “unsafe” are open."""

    waiting: tuple[Waiting, ...]
    unsafe: int


def queue(desk: Desk, present: Present) -> Queue:
    """What waits for somebody: open editions, approved ones gone stale, and feedback nobody has settled."""
    with desk.reading() as session:
        found = [_waiting(session, desk, present, piece) for piece in session.scalars(select(Piece))]
        known = {one.subject.id for one in found if one}
        strange = dict.fromkeys(one.piece for one in open_feedback(session) if one.piece not in known)
        loose = [_only_feedback(session, desk, id_) for id_ in strange]
        waiting = [one for one in (*found, *loose) if one]
        return Queue(tuple(sorted(waiting, key=lambda one: (one.rank, one.since))), count_unsafe(session))


def subject_at(piece: Piece) -> Subject:
    """A piece of the desk as the subject it is of."""
    kind: Kind = next(one for one in get_args(Kind) if one == piece.kind)
    return Subject(kind, piece.pack, piece.title, piece.question_id, piece.audience, piece.given)


def touches_of(session: Session, edition: Edition) -> tuple[Touch, ...]:
    """What an edition changes, as it was found when it was drafted; and what became of the one beside it since."""
    found = {*edition.touches.split()}
    if (before := _beside(session, edition)) and before.state != "approved":
        found.add("again")
    elif before and lacking(session, before):
        found.add("undecided")
    return tuple(touch for touch in TOUCHES if touch in found)


def reasons_of(session: Session, edition: Edition) -> tuple[str, ...]:
    """What whoever reviews it has to know beside that, each in a sentence."""
    found = [edition.unproved] if edition.unproved else []
    if (before := _beside(session, edition)) and before.state != "approved":
        found.append(f"Edition {before.number}, which it is compared with, was taken out of use since: read there why.")
    elif before and (lacks := lacking(session, before)):
        found.append(f"Edition {before.number}, which it is compared with, is not known to be approved: {lacks}.")
    return tuple(found)


def _beside(session: Session, edition: Edition) -> Edition | None:
    """The edition that one still open is compared with."""
    return session.get(Edition, edition.compared_with) if edition.compared_with and edition.state in OPEN else None


def _waiting(session: Session, desk: Desk, present: Present, piece: Piece) -> Waiting | None:
    subject = subject_at(piece)
    feedback = tuple(open_feedback(session, piece.id))
    query = select(Edition).where(Edition.piece == piece.id, Edition.state.in_(OPEN))
    open_one = session.scalars(query).first()
    found = shown(session, piece.id, present.content(subject), desk.today)
    if open_one is None:
        if found.state != "stale" and not found.for_editors and not feedback:
            return None
        since = feedback[0].at if feedback else found.edition.changed_at if found.edition else desk.moment
        return Waiting(
            subject, found.state, found.edition, ("undecided",) if found.for_editors else (),
            (*found.reasons, *found.for_editors), feedback, since, days_since(since, desk.today),
        )  # fmt: skip
    own, before = found.of(open_one), found.edition
    lapsed = why_lapsed(before, desk.today) if before and before.state == "approved" else ()
    gone = [f"Nothing approved stands beside it. {one}" for one in lapsed]
    since = min([open_one.made_at, *(one.at for one in feedback)])
    return Waiting(
        subject, own.state, open_one, touches_of(session, open_one),
        (*own.reasons, *gone, *reasons_of(session, open_one)), feedback,
        since, days_since(since, desk.today), bool(gone),
    )  # fmt: skip


def _only_feedback(session: Session, desk: Desk, piece: str) -> Waiting:
    """Feedback on an answer that was never put on the desk."""
    feedback = tuple(open_feedback(session, piece))
    since = min(one.at for one in feedback)
    subject = Subject("case", piece.partition("/")[0], piece)
    return Waiting(subject, "draft", None, (), (), feedback, since, days_since(since, desk.today))

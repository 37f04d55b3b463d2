"""The state of review that every place shows: what the desk holds of a subject, against its content as it stands now.

One function for all places. Nothing is called approved that differs by a letter from what was signed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.answers.model import Answer, Review
from rootline.answers.reviewed import reviewed, unreviewed
from rootline.desk.content import Content, Subject, had_library, hash_of, same_but_standings, turned
from rootline.desk.opening import Desk, own_desk
from rootline.desk.present import Present, subject_of
from rootline.desk.signatures import standing_signatures
from rootline.desk.states import State
from rootline.desk.tables import OPEN, Edition, Piece, Signature
from rootline.desk.warrant import lacking
from rootline.errors import DeskError
from rootline.settings import holds_desk

_LOG = logging.getLogger("rootline.desk")
RENEWED_WITHIN = timedelta(days=60)  # a reading: no source says how long before its day a review may begin anew
NOT_KNOWN = "The state of review is not known: the signatures that an approval rests on are not all there."
CHANGED = "It has changed since it was put on the desk."
PASSAGES = "The passages quoted from the library beside it are no part of what was reviewed."


@dataclass(frozen=True)
class Shown:
    """The state, the edition it is of, and why: for a stale one each reason in a sentence."""

    state: State
    edition: Edition | None
    reasons: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    for_editors: tuple[str, ...] = ()  # what is told at the desk alone
    now: str = ""  # the hash of what the piece says now; empty where it can no longer be made

    def of(self, edition: Edition) -> Shown:
        """An edition of this piece as it stands by now: what is stored of it may be stale, or of what was said once."""
        if self.edition is not None and self.edition.id == edition.id:
            return self
        if edition.state in OPEN and edition.sha256 != self.now:
            return Shown("draft", edition, (CHANGED,), now=self.now)
        return Shown(cast(State, edition.state), edition, now=self.now)

    @property
    def by(self) -> str:
        """Who signed it, as it is shown to everybody."""
        return "; ".join(say_signature(one) for one in self.signatures)


def say_signature(one: Signature) -> str:
    """A reviewer's name, role and specialty, a declared conflict, and why it fell."""
    role = f"{one.role}, {one.specialty}" if one.specialty else one.role
    declared = f" [declares: {one.conflict}; does not count]" if one.conflict else ""
    return f"{one.name} ({role}){declared}" + (f" [fell: {one.fallen}]" if one.fallen else "")


def review_of(answer: Answer, desk: Desk, present: Present) -> Review:
    """What the desk says of this very answer. One that nobody ever put on the desk is not reviewed, and says so."""
    subject = subject_of(answer, present.pack)
    with desk.reading() as session:
        if session.get(Piece, subject.id) is None:
            return _made_from(answer.review, _of_pack(session, present, desk.today))
        found = shown(session, subject.id, present.content_of(subject, answer), desk.today)
    return said(found, answer.review, [PASSAGES] if answer.passages else [])


def pack_review(present: Present) -> Review:
    """The state of the pack itself: of what stands in it, for everybody alike.

    A desk that cannot be read approves nothing.
    """
    if not holds_desk():
        return unreviewed(present.pack)
    try:
        desk = own_desk()
        with desk.reading() as session:
            return _of_pack(session, present, desk.today)
    except DeskError as error:
        return _not_known(unreviewed(present.pack), error)


def patient_review(present: Present) -> Review:
    """The state of what is worked out for one patient and is no answer that was put on the desk: nobody reviewed it."""
    return _made_from(unreviewed(present.pack), pack_review(present))


def _of_pack(session: Session, present: Present, today: str) -> Review:
    bare, subject = unreviewed(present.pack), present.subject(present.pack.id)
    if session.get(Piece, subject.id) is None:
        return bare
    return said(shown(session, subject.id, present.content(subject), today), bare, [])


def _made_from(bare: Review, pack: Review) -> Review:
    """Not reviewed itself; with what is to be known of the pack that it was made from."""
    if pack.state not in ("approved", "stale"):
        return bare.model_copy(update={"note": pack.note})
    was = "is approved" if pack.state == "approved" else "was approved and is stale"
    note = f"Nobody has reviewed this itself. The pack it was made from {was}: {pack.by}. {pack.note}".rstrip()
    return bare.model_copy(update={"note": note})


def said(found: Shown, bare: Review, notes: Sequence[str]) -> Review:
    """What was found, as it stands on an answer; `bare` is what stood there without a desk."""
    edition = found.edition
    return Review(
        state=found.state,
        updated=edition.changed_at[:10] if edition else bare.updated,
        by=found.by,
        note=" ".join([*found.reasons, *notes]),
        sha256=edition.sha256 if edition else "",
    )


def _not_known(bare: Review, error: DeskError) -> Review:
    """Everybody reads this: what the database said would tell of the server's inside, or hold a row."""
    _LOG.error("the desk failed: %s", type(error).__name__)
    return bare.model_copy(update={"note": "The state of review is not known: the desk cannot be read now."})


def states_of(desk: Desk, present: Present, subjects: Iterable[Subject]) -> list[tuple[Subject, str]]:
    """Each subject with its state by now; empty where it was never put on the desk."""
    with desk.reading() as session:
        known = set(session.scalars(select(Piece.id)))
        return [
            (one, shown(session, one.id, present.content(one), desk.today).state if one.id in known else "")
            for one in subjects
        ]


def stamped(answer: Answer, present: Present, desk: Desk | None = None) -> Answer:
    """The answer as it may be shown: with its state of review. Every place that shows an answer calls this.

    Without a desk named it asks the user's own, where there is one. A desk that cannot be read approves nothing.
    """
    if desk is None and not holds_desk():
        return answer
    try:
        return reviewed(answer, review_of(answer, desk or own_desk(), present))
    except DeskError as error:
        return reviewed(answer, _not_known(answer.review, error))


def shown(session: Session, piece: str, now: Content | None, today: str) -> Shown:
    """The state of a piece whose content is now this; None where it can no longer be made."""
    query = select(Edition).where(Edition.piece == piece).order_by(Edition.number)
    editions, sha256 = list(session.scalars(query)), now.sha256 if now else ""
    approved = next((one for one in editions if one.state == "approved"), None)
    if approved is not None:
        if lacks := lacking(session, approved):
            told = f"It stands as approved, and {lacks}: `rootline desk audit` says more."
            signed = standing_signatures(session, approved)
            return Shown("submitted", approved, (NOT_KNOWN,), signed, (told,), sha256)
        reasons = tuple(why_stale(approved, now, today))
        state: State = "stale" if reasons else "approved"
        return Shown(state, approved, reasons, standing_signatures(session, approved), now=sha256)
    last = next((one for one in reversed(editions) if one.state in OPEN), editions[-1] if editions else None)
    if last is None or last.state == "retired":
        signed = standing_signatures(session, last) if last and last.review_by else ()  # who had approved it
        return Shown("retired" if last else "draft", last, (), signed, now=sha256)
    if last.sha256 != sha256:
        return Shown("draft", last, (CHANGED,), now=sha256)
    return Shown(cast(State, last.state), last, (), standing_signatures(session, last), now=sha256)


def why_stale(edition: Edition, now: Content | None, today: str) -> Sequence[str]:
    """Why an approved edition is no longer to be relied on, each reason as a sentence; none where it stands."""
    reasons = list(why_lapsed(edition, today))
    if now is None:
        reasons.append("The pack at hand no longer makes it.")
    else:
        if had_library(edition.content) and not had_library(now.text):
            reasons.append("The library it was reviewed with is not here: what became of its sources is not known.")
        if now.sha256 != edition.sha256:
            reasons += _changed(edition, now)
        if now.doubt:
            reasons.append(now.doubt)
    return reasons


def is_to_be_renewed(found: Shown, today: str) -> bool:
    """Whether what is approved lapses so soon that it can be put up again as it stands."""
    lapses = found.edition.review_by if found.edition else ""
    return bool(lapses) and date.fromisoformat(lapses) - date.fromisoformat(today) <= RENEWED_WITHIN


def why_lapsed(edition: Edition, today: str) -> Iterator[str]:
    """Why an approval no longer stands whatever is shown now, each reason as a sentence."""
    if hash_of(edition.content) != edition.sha256:
        yield "What is stored is not what was approved."
    if edition.review_by < today:
        yield f"It was to be reviewed again by {edition.review_by}."


def _changed(edition: Edition, now: Content) -> list[str]:
    """Standings that turned, by name; else that the content changed."""
    told = [f"{id_} was {was} and is {is_}." for id_, was, is_ in turned(edition.content, now.text)]
    if told and same_but_standings(edition.content, now.text):
        return told
    return [*told, f"Its content changed since {edition.changed_at[:10]}."]


def days_since(moment: str, today: str) -> int:
    """How many days ago, by the calendar."""
    return (date.fromisoformat(today) - date.fromisoformat(moment[:10])).days

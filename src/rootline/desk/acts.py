"""What a person does to an edition: draft, submit, take, request changes, sign, approve, retire, comment.

Each act is one transaction with its entry in the record: it happens whole, or not at all. Who the person is was found
out elsewhere; the table of what is allowed is `states`.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.audit import fingerprint, record
from rootline.desk.compare import compare
from rootline.desk.content import Content, hash_of
from rootline.desk.is_own import is_own
from rootline.desk.keep_pack import keep_pack
from rootline.desk.opening import Desk
from rootline.desk.policy import policy_of
from rootline.desk.signatures import standing_signatures
from rootline.desk.states import Act, State, may, move, step
from rootline.desk.tables import OPEN, Comment, Edition, Piece, Signature
from rootline.desk.touched import NEVER_APPROVED, NO_LONGER_APPROVED, Touched
from rootline.errors import DeskError, NotFoundError, OvertakenError, RefusedError
from rootline.packs.model import Pack

_TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")  # it would show otherwise than it is
LONGEST_TEXT = 10_000  # characters of a comment, a reason, a conflict


def draft(desk: Desk, actor: Actor, content: Content, pack: Pack) -> Edition:
    """Put a content on the desk as a new edition; an open one of the same piece is replaced.

    The same content as the open edition's gives that edition back. `pack` is the one that the content was made from.
    """
    step_drafting(actor)
    if content.doubt:
        raise RefusedError("the pack was changed since this program read it", mend="Start the program again.")
    compared_with, what = _compare(desk, content, pack)  # minutes of proof, perhaps: before anybody has to wait
    with desk.writing() as session:
        editions = _editions(session, content.subject.id)
        replaced = next((one for one in editions if one.state in OPEN), None)
        if replaced and replaced.sha256 == content.sha256:
            return replaced
        if replaced:
            _set(session, desk, actor, replaced, "replace", move("replace", cast(State, replaced.state)))
            session.flush()
        approved = next((one for one in editions if one.state == "approved"), None)
        if (approved.id if approved else None) != compared_with:
            raise OvertakenError("another edition was approved meanwhile", mend="Draft it again.")
        session.merge(Piece(id=content.subject.id, **vars(content.subject)))
        session.flush()
        keep_pack(session, pack)
        edition = Edition(
            piece=content.subject.id, number=len(editions) + 1, state="draft", sha256=content.sha256,
            content=content.text, pack_sha256=pack.sha256, author=actor.name, submitter="", made_at=desk.moment,
            changed_at=desk.moment, review_by="", compared_with=compared_with, touches=" ".join(what.what),
            difference=what.difference, unproved=what.unproved,
        )  # fmt: skip
        session.add(edition)
        session.flush()
        record(
            session, desk.moment, actor, "draft", edition, state="draft", touches=edition.touches,
            unproved=edition.unproved,
        )  # fmt: skip
        return edition


def step_drafting(actor: Actor) -> None:
    """Raises `RefusedError` where drafting is not this person's."""
    if not may(actor, "draft"):
        raise RefusedError(f"{actor.name} is {actor.role} and may not draft", mend="It is for authors and reviewers.")


def submit(desk: Desk, actor: Actor, edition: int, seen: int) -> Edition:
    """Ask for review. `seen` is the edition's `version` as the person saw it: of two at once, one is told."""
    with desk.writing() as session:
        found = as_seen(session, edition, seen)
        after = step(actor, "submit", cast(State, found.state))
        found.submitter = actor.name
        return _set(session, desk, actor, found, "submit", after)


def take(desk: Desk, actor: Actor, edition: int, seen: int) -> Edition:
    """Begin to review."""
    with desk.writing() as session:
        found = as_seen(session, edition, seen)
        return _set(session, desk, actor, found, "take", step(actor, "take", cast(State, found.state)))


def request_changes(desk: Desk, actor: Actor, edition: int, seen: int, why: str) -> Edition:
    """Send it back, with a comment that says why.

    What was signed up to now was signed without that objection, the signer's own or another's: it falls. A declared
    conflict stays declared.
    """
    with desk.writing() as session:
        found = as_seen(session, edition, seen)
        after = step(actor, "request changes", cast(State, found.state))
        _comment(session, desk, actor, found, "", why)
        fell = [one for one in standing_signatures(session, found) if one.counts]
        for one in fell:
            one.fallen = f"{actor.name} sent it back on {desk.today}"
        detail = {"why": fingerprint(why), "fell": [one.id for one in fell]}
        return _set(session, desk, actor, found, "request changes", after, **detail)


def approve(desk: Desk, actor: Actor, edition: int, seen: int, conflict: str, review_by: date | None = None) -> Edition:
    """Sign this exact content. It is approved once the topic's policy is met; until then it stays under review.

    `conflict` is the reviewer's declared conflict of interest, in words, or empty for none: a signature with one is
    shown and does not count. Nobody signs what is their own. `review_by` is the day up to which it holds.
    """
    with desk.writing() as session:
        return approve_within(session, desk, actor, edition, seen, conflict, review_by)


def approve_within(
    session: Session, desk: Desk, actor: Actor, edition: int, seen: int, conflict: str, review_by: date | None = None
) -> Edition:
    """The same, within a transaction that looked at more before."""
    found = as_seen(session, edition, seen)
    after = step(actor, "approve", cast(State, found.state))
    if is_own(session, actor, found):
        raise RefusedError("nobody approves their own change", mend="Another reviewer is needed.")
    if hash_of(found.content) != found.sha256:
        raise DeskError("the stored content was altered", mend="`rootline desk audit` says more; restore a backup.")
    conflict = _readable(conflict, "conflict of interest", may_be_empty=True)
    signed = standing_signatures(session, found)
    policy = policy_of(session, session.get_one(Piece, found.piece).pack)
    own = next((one for one in signed if actor.is_called(one.name)), None)
    if own and (conflict or not own.counts or policy.missing(signed)):  # else the topic asks for less than it did
        raise RefusedError(f"{actor.name} has signed this already", mend="Another reviewer is needed.")
    signature = own or Signature(
        edition=found.id, sha256=found.sha256, name=actor.name, role=actor.role, specialty=actor.specialty,
        conflict=conflict, at=desk.moment, fallen="",
    )  # fmt: skip
    session.add(signature)
    detail = {"specialty": actor.specialty, "conflict": fingerprint(conflict) if conflict else ""}
    if policy.missing([*(one for one in signed if one is not own), signature]):
        return _set(session, desk, actor, found, "sign", step(actor, "sign", cast(State, found.state)), **detail)
    for before in _editions(session, found.piece):
        if before.state == "approved":
            _set(session, desk, actor, before, "replace", move("replace", "approved"))
            session.flush()
    found.review_by = (review_by or policy.holds_until(date.fromisoformat(desk.today))).isoformat()
    if found.review_by <= desk.today:
        raise RefusedError("the day of the next review has passed", mend="Give a day to come.")
    return _set(session, desk, actor, found, "approve", after, review_by=found.review_by, **detail)


def set_aside(desk: Desk, actor: Actor, edition: int, seen: int, signature: int, why: str) -> Edition:
    """Take back a conflict of interest that was declared by mistake, saying why: who declared it signs anew, or not.

    Nobody clears themselves.
    """
    with desk.writing() as session:
        found = as_seen(session, edition, seen)
        after = step(actor, "set aside", cast(State, found.state))
        declared = {one.id: one for one in standing_signatures(session, found) if one.conflict}
        if (one := declared.get(signature)) is None:
            raise NotFoundError("no declared conflict of this number stands under this edition")
        if actor.is_called(one.name):
            raise RefusedError("nobody sets aside what they declared themselves", mend="Another chair is needed.")
        _comment(session, desk, actor, found, "", why)
        one.fallen = f"{actor.name} set the declaration aside on {desk.today}"
        return _set(session, desk, actor, found, "set aside", after, why=fingerprint(why), fell=[one.id])


def retire(desk: Desk, actor: Actor, edition: int, seen: int, why: str) -> Edition:
    """Take it out of use, with a comment that says why."""
    with desk.writing() as session:
        found = as_seen(session, edition, seen)
        after = step(actor, "retire", cast(State, found.state))
        _comment(session, desk, actor, found, "", why)
        return _set(session, desk, actor, found, "retire", after, why=fingerprint(why))


def comment(desk: Desk, actor: Actor, edition: int, statement: str, text: str) -> Comment:
    """Say something of a statement by its id, or, with an empty id, of the whole. Readers give feedback instead."""
    with desk.writing() as session:
        step_drafting(actor)
        found = session.get(Edition, edition)
        if found is None:
            raise NotFoundError(f"there is no edition {edition}")
        return _comment(session, desk, actor, found, statement, text)


def as_seen(session: Session, id_: int, version: int) -> Edition:
    """The edition, as long as nobody has acted since it had this version. Raises `NotFoundError`, `OvertakenError`."""
    edition = session.get(Edition, id_)
    if edition is None:
        raise NotFoundError(f"there is no edition {id_}")
    if edition.version != version:
        last = _last_signature(session, edition)
        what = f"somebody acted first: it is {edition.state.replace('_', ' ')} now{last}"
        raise OvertakenError(what, mend="Look at it again, then decide.")
    return edition


def _compare(desk: Desk, content: Content, pack: Pack) -> tuple[int | None, Touched]:
    with desk.reading() as session:
        editions = _editions(session, content.subject.id)
        approved = next((one for one in editions if one.state == "approved"), None)
        if approved is None:
            return None, NO_LONGER_APPROVED if any(one.review_by for one in editions) else NEVER_APPROVED
        return approved.id, compare(session, approved, content, pack)


def _editions(session: Session, piece: str) -> list[Edition]:
    return list(session.scalars(select(Edition).where(Edition.piece == piece).order_by(Edition.number)))


def _last_signature(session: Session, edition: Edition) -> str:
    query = select(Signature).where(Signature.edition == edition.id).order_by(Signature.id.desc())
    last = session.scalars(query).first()
    return f", signed by {last.name}" if last else ""


def _set(session: Session, desk: Desk, actor: Actor, edition: Edition, act: Act, after: State, **more: Any) -> Edition:
    """The new state and its entry in the record, together."""
    before, edition.state, edition.changed_at = edition.state, after, desk.moment
    record(session, desk.moment, actor, act, edition, before=before, state=after, **more)
    session.flush()
    return edition


def _comment(session: Session, desk: Desk, actor: Actor, edition: Edition, statement: str, text: str) -> Comment:
    text = _readable(text, "comment")
    said = Comment(
        edition=edition.id, statement=statement, name=actor.name, role=actor.role, text=text, at=desk.moment
    )  # fmt: skip
    session.add(said)
    session.flush()
    record(
        session, desk.moment, actor, "comment", edition, statement=statement, comment=said.id, text=fingerprint(text)
    )
    return said


def _readable(text: str, what: str, *, may_be_empty: bool = False) -> str:
    text = text.strip().replace("\0", "")
    if any(unicodedata.bidirectional(one) in _TURNS for one in text):
        raise RefusedError(f"the {what} holds a sign that turns the order of letters", mend="Write it without.")
    if not text and not may_be_empty:
        raise RefusedError(f"the {what} is empty", mend="Say it in a sentence.")
    if len(text) > LONGEST_TEXT:
        raise RefusedError(f"the {what} has {len(text):,} characters", mend=f"At most {LONGEST_TEXT:,} are kept.")
    return text

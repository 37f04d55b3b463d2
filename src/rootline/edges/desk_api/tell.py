"""Pieces, editions, what is said and done at the desk, in the shapes of the API. Looks up; decides nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from starlette.requests import Request

from rootline.answers.model import Answer, PackStamp
from rootline.answers.reviewed import unreviewed
from rootline.client.desk_shapes import (
    CommentTold,
    DiffersTold,
    EditionItem,
    EditionTold,
    EntryTold,
    FeedbackTold,
    PieceTold,
    SignatureTold,
)
from rootline.desk.audit import as_data
from rootline.desk.content import Content, Subject, answer_in, standings_in
from rootline.desk.policy import policy_of
from rootline.desk.queue import subject_at, touches_of
from rootline.desk.read_edition import answer_as_kept, comments
from rootline.desk.shown import Shown, said, shown
from rootline.desk.signatures import every_signature, standing_signatures
from rootline.desk.tables import AuditEntry, Comment, Edition, Feedback, Piece, Signature
from rootline.desk.touched import say_differences
from rootline.edges.desk.opened_desk import desk_of, present_of


class Telling:
    """Tells what the desk holds now, beside what the pack says now: open for one look, each piece looked at once."""

    def __init__(self, request: Request) -> None:
        self.desk, self.present = desk_of(request), present_of(request)
        self._opened = self.desk.reading()
        self._seen: dict[str, tuple[Content | None, Shown]] = {}

    def __enter__(self) -> Telling:
        self.session = self._opened.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._opened.__exit__(*error)

    def piece(self, subject: Subject) -> PieceTold:
        """Something published, whether it was ever put on the desk or not."""
        bare = unreviewed(self.present.pack)
        if self.session.get(Piece, subject.id) is None:
            now, found, review = self.present.content(subject), None, bare
        else:
            now, found = self._shown(subject.id)
            review = said(found, bare, [])
        return PieceTold(
            id=subject.id, kind=subject.kind, title=subject.title, question_id=subject.question_id,
            audience=subject.audience, sha256=now.sha256 if now else "", review=review,
            edition=found.edition.id if found and found.edition else None,
            signatures=[tell_signature(one) for one in found.signatures] if found else [],
        )  # fmt: skip

    def item(self, edition: Edition) -> EditionItem:
        """An edition in short, with the state that every place shows."""
        found = self.as_shown(edition)
        return EditionItem(
            id=edition.id, piece=edition.piece, number=edition.number, state=found.state,
            reasons=[*found.reasons, *found.for_editors], version=edition.version, sha256=edition.sha256,
            author=edition.author, submitter=edition.submitter, made_at=edition.made_at,
            changed_at=edition.changed_at, review_by=edition.review_by,
            compared_with=edition.compared_with, touches=list(touches_of(self.session, edition)),
        )  # fmt: skip

    def whole(self, edition: Edition) -> EditionTold:
        """An edition with its content, its reviews, what was said of it, and what differs."""
        piece = self.session.get_one(Piece, edition.piece)
        found, signed = self.as_shown(edition), every_signature(self.session, edition.id)
        answer = answer_as_kept(found)
        before = self.session.get(Edition, edition.compared_with) if edition.compared_with else None
        now = self._shown(piece.id)[0] if found.state == "stale" else None
        return EditionTold(
            **self.item(edition).model_dump(), title=piece.title, kind=subject_at(piece).kind, answer=answer,
            pack=None if answer else PackStamp(**json.loads(edition.content)["pack"]),
            standings=standings_in(edition.content), signatures=[tell_signature(one) for one in signed],
            missing=policy_of(self.session, piece.pack).missing(signed),
            comments=[tell_comment(one) for one in comments(self.session, edition.id)],
            difference=json.loads(edition.difference) if edition.difference else None,
            unproved=edition.unproved,
            reads_otherwise=_differs(answer_in(before.content) if before else None, answer),
            reads_now=_differs(answer, now.answer if now else None),
        )  # fmt: skip

    def as_shown(self, edition: Edition) -> Shown:
        """The edition with its state by now: stale where it was approved and is no longer what the pack says."""
        found = self._shown(edition.piece)[1]
        one = found.of(edition)
        if one is found or one.state == "draft":
            return one
        return replace(one, signatures=standing_signatures(self.session, edition))

    def _shown(self, piece_id: str) -> tuple[Content | None, Shown]:
        if piece_id not in self._seen:
            now = self.present.content(subject_at(self.session.get_one(Piece, piece_id)))
            self._seen[piece_id] = now, shown(self.session, piece_id, now, self.desk.today)
        return self._seen[piece_id]


def tell_signature(one: Signature) -> SignatureTold:
    """A reviewer's name, and what they declared."""
    return SignatureTold(
        name=one.name, role=one.role, specialty=one.specialty, conflict=one.conflict, counts=one.counts,
        fallen=one.fallen, sha256=one.sha256, at=one.at,
    )  # fmt: skip


def tell_comment(one: Comment) -> CommentTold:
    """What was said of an edition."""
    return CommentTold(
        id=one.id, edition=one.edition, statement=one.statement, name=one.name, role=one.role, text=one.text, at=one.at
    )


def tell_feedback(one: Feedback) -> FeedbackTold:
    """What a reader said."""
    return FeedbackTold.model_validate(one, from_attributes=True)


def tell_entry(one: AuditEntry) -> EntryTold:
    """One entry of the record."""
    return EntryTold(**{**as_data(one), "detail": json.loads(one.detail)}, hash=one.hash)


def _differs(before: Answer | None, after: Answer | None) -> list[DiffersTold]:
    if before is None or after is None:
        return []
    return [DiffersTold(place=place, what=what) for place, what in say_differences(before, after)]

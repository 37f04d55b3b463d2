"""Answers published from cases, as readers find them: each under one name for good, with its state by now. Reads only.

A name stands for a title and its facts. A new edition of the same takes the place of the former, which stays readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.answers.model import Answer
from rootline.answers.reviewed import reviewed
from rootline.desk.content import Subject
from rootline.desk.opening import Desk
from rootline.desk.present import Present
from rootline.desk.queue import subject_at
from rootline.desk.shown import Shown, said, say_signature, shown
from rootline.desk.signatures import standing_signatures
from rootline.desk.states import State
from rootline.desk.tables import Edition, Piece
from rootline.desk.warrant import lacking
from rootline.errors import NotFoundError


@dataclass(frozen=True)
class Version:
    """A version that was approved once: its number, the hash it is read under, and by whom and when it was signed."""

    number: int
    sha256: str
    signed: str


@dataclass(frozen=True)
class Published:
    """A case that was approved at least once: its state, the answer as it is made now, and its approved versions."""

    subject: Subject
    found: Shown
    answer: Answer | None  # with its state of review; None where this pack no longer makes it
    versions: tuple[Version, ...]  # the last one first

    @property
    def state(self) -> State:
        """Of the version in force."""
        return self.found.state

    @property
    def is_in_use(self) -> bool:
        """Whether readers are led to it: one that was taken out of use keeps its address and stands in no list."""
        return self.state != "retired"


def cases(desk: Desk, present: Present, name: str = "") -> list[Published]:
    """The published cases of this pack, by title; with a name, those under it, one for each audience."""
    query = select(Piece).where(Piece.kind == "case", Piece.pack == present.pack.id).order_by(Piece.title, Piece.id)
    with desk.reading() as session:
        chosen = [subject_at(one) for one in session.scalars(query)]
        found = [_published(session, desk, present, one) for one in chosen if name in ("", one.name)]
    return [one for one in found if one.versions]


def versions(session: Session, piece: str) -> tuple[Version, ...]:
    """Every version of a piece that was approved once, the last one first."""
    query = select(Edition).where(Edition.piece == piece, Edition.review_by != "").order_by(Edition.number.desc())
    rests = [one for one in session.scalars(query) if not lacking(session, one)]
    return tuple(Version(one.number, one.sha256, _signed(session, one)) for one in rests)


def versions_at(desk: Desk, piece: str) -> tuple[Version, ...]:
    """The same, of a desk that is not being read yet."""
    with desk.reading() as session:
        return versions(session, piece)


def subjects(desk: Desk, present: Present) -> Iterator[Subject]:
    """All that can be put on the desk without more being said: what is published, and the cases that are in use."""
    yield from present.subjects()
    yield from (one.subject for one in cases(desk, present) if one.is_in_use)


def subject_called(desk: Desk, present: Present, id_: str) -> Subject:
    """By its id, a case on the desk among them. Raises `NotFoundError`."""
    with desk.reading() as session:
        piece = session.get(Piece, id_)
    if piece is not None and piece.kind == "case":
        if piece.pack != present.pack.id:
            raise NotFoundError(f"`{id_}` is of another pack", mend="Name it with --pack.")
        return subject_at(piece)
    return present.subject(id_)


def _published(session: Session, desk: Desk, present: Present, subject: Subject) -> Published:
    now = present.content(subject)
    found = shown(session, subject.id, now, desk.today)
    answer = now.answer if now else None
    stamped = reviewed(answer, said(found, answer.review, ())) if answer else None
    return Published(subject, found, stamped, versions(session, subject.id))


def _signed(session: Session, edition: Edition) -> str:
    return "; ".join(f"{say_signature(one)}, {one.at[:10]}" for one in standing_signatures(session, edition))

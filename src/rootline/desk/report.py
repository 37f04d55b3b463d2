"""The whole life of a piece as one HTML page: editions, signatures, comments, what readers said, and the record.

Shows what the desk holds and decides nothing. It needs no script and no network, and is signed as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.answers.render_markdown import to_markdown
from rootline.desk.audit import entries
from rootline.desk.check_audit import check_audit
from rootline.desk.check_rows import way_of
from rootline.desk.opening import Desk
from rootline.desk.present import Present
from rootline.desk.queue import subject_at
from rootline.desk.read_edition import answer_as_kept, comments, editions
from rootline.desk.shown import Shown, say_signature, shown
from rootline.desk.signatures import every_signature
from rootline.desk.tables import Comment, Edition, Feedback, Piece
from rootline.errors import NotFoundError, nearest


@dataclass(frozen=True)
class Told:
    """One edition with all that belongs to it."""

    edition: Edition
    signatures: list[str]
    comments: list[Comment]


def render_life(desk: Desk, piece_id: str, present: Present) -> str:
    """The page. Raises `NotFoundError` where the desk has no such piece."""
    with desk.reading() as session:
        piece = piece_at(session, piece_id)
        found = shown(session, piece.id, present.content(subject_at(piece)), desk.today)
        audited = check_audit(session)
        return _page().render(
            piece=piece, found=found, text=_text(found), made=desk.moment, audited=audited,
            editions=[_told(session, one) for one in editions(session, piece.id)],
            feedback=list(session.scalars(select(Feedback).where(Feedback.piece == piece.id).order_by(Feedback.id))),
            entries=list(entries(session, piece.id)), way_of=way_of,
        )  # fmt: skip


def piece_at(session: Session, id_: str) -> Piece:
    """A piece of the desk by its id. Raises `NotFoundError` with the nearest."""
    if (piece := session.get(Piece, id_)) is None:
        known = session.scalars(select(Piece.id))
        raise NotFoundError(f"nothing called `{id_}` is on the desk", mend=nearest(id_, known))
    return piece


def _told(session: Session, edition: Edition) -> Told:
    signed = every_signature(session, edition.id)
    told = [f"{say_signature(one)}, {one.at[:10]}, under {one.sha256[:16]}…" for one in signed]
    return Told(edition, told, comments(session, edition.id))


def _text(found: Shown) -> str:
    answer = answer_as_kept(found)
    return to_markdown(answer) if answer else ""


@cache
def _page() -> Template:
    environment = Environment(loader=PackageLoader("rootline.desk"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("life.html")

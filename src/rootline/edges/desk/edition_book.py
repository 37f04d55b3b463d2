"""The very version of the pack that an edition was made from, as a book: what a signature under a pack stands for.

Shows what was kept; the book of the version that is served is the site's own.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rootline.answers.model import Review
from rootline.desk.actor import Actor
from rootline.desk.keep_pack import kept_pack
from rootline.desk.queue import subject_at
from rootline.desk.report import piece_at
from rootline.desk.shown import say_signature, shown
from rootline.desk.signatures import standing_signatures
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.edition_page import edition_at
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.web.browse import book_of, book_page
from rootline.errors import NotFoundError

router = APIRouter(include_in_schema=False)


@router.get("/desk/editions/{number:int}/book")
def edition_book(request: Request, number: int, actor: Annotated[Actor, Depends(needs("see the desk"))]) -> Response:
    """The pack of this edition, whole, with the edition's own state."""
    desk = desk_of(request)
    one = edition_at(desk, number)
    with desk.reading() as session:
        piece = piece_at(session, one.piece)
        if piece.kind != "pack":
            raise NotFoundError("this edition is an answer, and no pack", mend="Its page shows all of it.")
        by = "; ".join(map(say_signature, standing_signatures(session, one)))
        found = shown(session, piece.id, present_of(request).content(subject_at(piece)), desk.today)
        review = Review(state=found.of(one).state, updated=one.changed_at[:10], by=by, sha256=one.sha256)
        with kept_pack(session, one.pack_sha256) as pack:
            return book_page(*book_of(pack, review))

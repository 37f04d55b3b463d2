"""One edition as its reviewer reads it: the answer beside its sources, what differs, who said and signed what.

Shows the buttons that the person may press, and decides nothing: each act is checked again where it is done.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rootline.answers.banner import banner
from rootline.answers.model import Answer
from rootline.answers.render_markdown import to_markdown
from rootline.desk.actor import Actor
from rootline.desk.content import Content, answer_in, had_library, standings_in, turned
from rootline.desk.feedback import open_feedback
from rootline.desk.is_own import is_own
from rootline.desk.opening import Desk
from rootline.desk.people.permissions import may
from rootline.desk.policy import policy_of
from rootline.desk.queue import reasons_of, subject_at, touches_of
from rootline.desk.read_edition import comments, edition_by_id, editions
from rootline.desk.report import piece_at
from rootline.desk.shown import say_signature, shown
from rootline.desk.signatures import every_signature
from rootline.desk.states import State, acts_open_to
from rootline.desk.tables import OPEN, Edition, Piece
from rootline.desk.touched import say_differences
from rootline.edges.desk.beside import beside, gone, reworded
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.opened_desk import desk_of, pack_behind, present_of
from rootline.edges.desk.show import room
from rootline.errors import NotFoundError
from rootline.packs.as_known import as_known

router = APIRouter(include_in_schema=False)
_LARGEST = 2**31 - 1


@router.get("/desk/editions/{number:int}")
def edition(request: Request, number: int, actor: Annotated[Actor, Depends(needs("see the desk"))]) -> Response:
    """One edition, and what this person may do with it."""
    desk, present = desk_of(request), present_of(request)
    one = edition_at(desk, number)
    with desk.reading() as session:
        piece = piece_at(session, one.piece)
        now = present.content(subject_at(piece))
        found = shown(session, piece.id, now, desk.today)
        signed, said = every_signature(session, one.id), comments(session, one.id)
        asked = policy_of(session, piece.pack)
        approved = session.get(Edition, one.compared_with) if one.compared_with else None
        own = is_own(session, actor, one)
        touches = touches_of(session, one) if one.state in OPEN else None
        warned = reasons_of(session, one)
        feedback, others = open_feedback(session, piece.id), editions(session, piece.id)
    own_state = found.of(one)
    answer, before = answer_in(one.content), answer_in(approved.content) if approved else None
    return room(
        request, "edition.html", actor, edition=one, piece=piece, others=others, asked=asked, said=said,
        state=own_state.state, states={each.id: found.of(each).state for each in others},
        reasons=(*own_state.reasons, *own_state.for_editors),
        signed=[(say_signature(each), each.at[:10]) for each in signed], missing=asked.missing(signed),
        touches=touches, warned=warned, approved=approved,
        difference=json.loads(one.difference) if one.difference else None,
        feedback=feedback, settles=may(actor, "settle feedback"), may_comment=may(actor, "comment"),
        withdraws=may(actor, "withdraw"), is_case=piece.kind == "case" and answer is not None,
        acts=acts_open_to(actor, cast(State, one.state)), is_own=own,
        conflicts=[each for each in signed if each.conflict and not each.fallen and not actor.is_called(each.name)],
        has_signed=any(
            actor.is_called(each.name) and (asked.missing(signed) or not each.counts)
            for each in signed if not each.fallen
        ),
        address=_public(piece, others), standings=standings_in(one.content), has_library=had_library(one.content),
        is_present=_is_present(one, now),
        is_on_disk=present.is_on_disk(one.pack_sha256),
        turned=turned(approved.content, one.content) if approved else [],
        served=present.pack, kept=pack_behind(request, one), **_read(request, one, answer, before, said),
    )  # fmt: skip


def edition_at(desk: Desk, number: int) -> Edition:
    """The edition at this address. Raises `NotFoundError`."""
    if number > _LARGEST:
        raise NotFoundError("there is no such edition")
    with desk.reading() as session:
        return edition_by_id(session, number)


def _public(piece: Piece, editions: list[Edition]) -> str:
    """Where readers find it; empty for a pack, and for a case until it is approved for the first time."""
    subject = subject_at(piece)
    is_there = subject.kind == "answer" or (subject.kind == "case" and any(one.review_by for one in editions))
    return f"/questions/{subject.name}?audience={subject.audience}" if is_there else ""


def _is_present(one: Edition, now: Content | None) -> bool:
    """Whether the site shows this very content now."""
    return now is not None and now.sha256 == one.sha256


def _read(request: Request, one: Edition, answer: Answer | None, before: Answer | None, said: Any) -> dict[str, Any]:
    """What is read of an answer; of a pack, nothing but its hash and its difference."""
    if answer is None:
        return {"answer": None, "banner": None, "text": "", "sections": [], "gone": [], "reworded": [], "places": []}
    return {
        "banner": banner(answer),
        "text": to_markdown(answer),
        "answer": answer,
        "sections": beside(answer, as_known(pack_behind(request, one), standings_in(one.content)), said, before),
        "gone": gone(answer, before),
        "reworded": reworded(before, answer) if before else [],
        "places": [place for place, _ in say_differences(before, answer)] if before else [],
    }

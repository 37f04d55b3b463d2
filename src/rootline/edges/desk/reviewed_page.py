"""An approved version at its own address, for ever as it was signed, with the state that it has by now.

Shows what was kept and how the answer reads now; decides nothing.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rootline.answers.banner import banner
from rootline.answers.render_markdown import to_markdown
from rootline.desk.actor import Actor
from rootline.desk.content import standings_in
from rootline.desk.queue import subject_at
from rootline.desk.read_edition import answer_as_kept, editions, once_approved
from rootline.desk.report import piece_at
from rootline.desk.shown import Shown, say_signature, shown
from rootline.desk.signatures import standing_signatures
from rootline.desk.touched import say_differences
from rootline.edges.desk.beside import beside, gone, reworded
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.opened_desk import desk_of, pack_behind, present_of
from rootline.edges.desk.show import desk_page
from rootline.packs.as_known import as_known

router = APIRouter(include_in_schema=False)


@router.get("/reviewed/{sha256}")
def reviewed(request: Request, sha256: str, reader: Annotated[Actor | None, Depends(needs("read"))]) -> Response:
    """The version that was approved under this hash."""
    desk, present = desk_of(request), present_of(request)
    with desk.reading() as session:
        edition = once_approved(session, sha256)
        piece = piece_at(session, edition.piece)
        now = present.content(subject_at(piece))
        found = shown(session, piece.id, now, desk.today)
        signed = standing_signatures(session, edition)
        every = editions(session, piece.id)
    another = found.edition if found.edition and found.edition.id != edition.id else None
    later = another if another and another.review_by and not found.for_editors else None
    is_led_to = now is not None and piece.kind != "pack" and not (piece.kind == "case" and found.state == "retired")
    subject = subject_at(piece)
    if found.edition is None or found.edition.id != edition.id or edition.state == "retired":
        was_replaced = any(one.review_by and one.number > edition.number for one in every)
        gone_by = "Another version was approved after it." if was_replaced else "It was taken out of use."
        why = gone_by if edition.state == "retired" else ""
        found = Shown("retired", edition, (why,) if why else (), signed)
    answer, kept = answer_as_kept(found), as_known(pack_behind(request, edition), standings_in(edition.content))
    after = now.answer if now else None
    return desk_page(
        request, "reviewed.html", piece=piece, edition=edition, found=found, answer=answer, later=later,
        address=f"/questions/{subject.name}?audience={subject.audience}" if is_led_to else "",
        banner=banner(answer) if answer else None, text=to_markdown(answer) if answer else "",
        signed=[(say_signature(one), one.at[:10]) for one in signed],
        sections=beside(answer, kept, (), after) if answer else [],
        reworded=reworded(answer, after) if answer and after else [],
        places=[place for place, _ in say_differences(answer, after)] if answer and after else [],
        left_out=gone(after, answer) if answer and after else [],
        gone=gone(answer, after) if answer and after else [],
    )  # fmt: skip

"""A piece of the desk in lines for a terminal: its state, its editions, and how it reads otherwise by now.

Tells; decides and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.desk.content import answer_in, standings_in
from rootline.desk.opening import Desk
from rootline.desk.present import Present
from rootline.desk.queue import subject_at
from rootline.desk.read_edition import comments, editions
from rootline.desk.report import piece_at
from rootline.desk.shown import say_signature, shown
from rootline.desk.signatures import every_signature
from rootline.desk.touched import say_differences

_MOST = 20  # differences told


def tell(desk: Desk, piece_id: str, present: Present) -> Iterator[str]:
    """Line by line. Raises `NotFoundError` where the desk has no such piece."""
    with desk.reading() as session:
        piece = piece_at(session, piece_id)
        now = present.content(subject_at(piece))
        found = shown(session, piece.id, now, desk.today)
        yield f"{piece.id}: {found.state.replace('_', ' ')}" + (f", signed by {found.by}" if found.by else "")
        yield from (f"  {reason}" for reason in (*found.reasons, *found.for_editors))
        for one in editions(session, piece.id):
            until = f", to be reviewed by {one.review_by}" if one.review_by else ""
            state = found.of(one).state.replace("_", " ")
            yield f"edition {one.number}: {state}, {one.sha256[:12]}, by {one.author}{until}"
            yield from ([f"  {one.unproved}"] if one.unproved else [])
            fallen = [each for each in every_signature(session, one.id) if each.fallen]
            yield from (f"  signed by {say_signature(each)}" for each in fallen)
            for said in comments(session, one.id):
                yield f"  {said.name} ({said.role}){f' on {said.statement}' if said.statement else ''}: {said.text}"
        for id_, standing in standings_in(found.edition.content).items() if found.edition else ():
            yield f"  standing of {id_} in the library, as put up: {standing}"
    kept = answer_in(found.edition.content) if found.state == "stale" and found.edition else None
    if kept is not None and now is not None and now.answer is not None:
        different = say_differences(kept, now.answer)
        yield f"{len(different)} differences from what was approved"
        yield from (f"  {place}: {what}" for place, what in different[:_MOST])

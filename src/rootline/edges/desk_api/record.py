"""The record of who did what to which hash, for programs, and whether it holds. Reads only."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request

from rootline.client.desk_shapes import EntryTold, RecordChecked
from rootline.client.shapes import Listed
from rootline.desk.audit import entries
from rootline.desk.check_audit import check_audit
from rootline.edges.desk.opened_desk import desk_of
from rootline.edges.desk_api.bearer import needs
from rootline.edges.desk_api.tell import tell_entry
from rootline.edges.rest.fresh import shared
from rootline.edges.rest.listed import LINKS, Filter, In
from rootline.edges.rest.problem import problems

router = APIRouter(dependencies=[Depends(needs("read the audit trail")), Depends(shared)])


@router.get("/record", responses={200: LINKS, **problems(401, 422)})
def record(request: Request, stretch: In, piece: Filter = "") -> Listed[EntryTold]:
    """Every entry, the oldest first, or those about one piece. It holds no text that a person wrote."""
    with desk_of(request).reading() as session:
        return stretch.of(list(entries(session, piece)), tell_entry)


@router.get("/record/check", responses=problems(401, 422))
def check(
    request: Request,
    head: Annotated[str, Query(max_length=64, description="A head written down before: it must be in there.")] = "",
) -> RecordChecked:
    """Whether the record holds: altered, missing, reordered or cut-off entries, and states it does not tell of."""
    with desk_of(request).reading() as session:
        found = check_audit(session, head)
    return RecordChecked(
        holds=not found.findings, findings=list(found.findings), entries=found.entries, head=found.head
    )

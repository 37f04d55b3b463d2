"""The record of who did what, whether it holds, as lines for another program; and the whole life of one answer.

Reads only.
"""

from __future__ import annotations

import io
import zipfile
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rootline.desk.actor import Actor
from rootline.desk.audit import entries, to_lines
from rootline.desk.check_audit import check_audit
from rootline.desk.report import render_life
from rootline.desk.seal import public_key, sign
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.desk.show import room
from rootline.settings import desk_key_file

router = APIRouter(include_in_schema=False)
Auditor = Annotated[Actor, Depends(needs("read the audit trail"))]
_SHOWN = 200


@router.get("/desk/record")
def record(request: Request, actor: Auditor) -> Response:
    """The newest entries, and what a check of all of them finds."""
    with desk_of(request).reading() as session:
        audited, told = check_audit(session), list(entries(session))
    return room(request, "record.html", actor, audited=audited, told=told[: -_SHOWN - 1 : -1])


@router.get("/desk/record/lines")
def lines(request: Request, actor: Auditor) -> Response:
    """Every entry as a line of JSON."""
    with desk_of(request).reading() as session:
        told = "".join(f"{line}\n" for line in to_lines(session))
    return _file(told, "application/jsonl", "rootline-record.jsonl")


@router.get("/desk/life/{piece:path}")
def life(request: Request, actor: Auditor, piece: str) -> Response:
    """The whole life of one piece as a page, and the desk's signature of that page, in one archive."""
    desk = desk_of(request)
    told = render_life(desk, piece, present_of(request)).encode()
    signature = sign(told, desk_key_file(), public_key(desk))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("life.html", told)
        archive.writestr("life.html.sig", signature)
    return _file(packed.getvalue(), "application/zip", "rootline-life.zip")


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

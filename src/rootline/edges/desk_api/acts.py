"""What a person does to an edition by a program: each act names the exact content, and the version that was seen.

Decides nothing: who may do what, and who came first, is found out where the act is done.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from starlette.requests import Request

from rootline.client.desk_shapes import Act, Approval, CommentTold, EditionItem, Number, Reasoned, Said
from rootline.desk import acts
from rootline.desk.actor import Actor
from rootline.desk.content import answer_in
from rootline.desk.once import act_once
from rootline.desk.opening import Desk
from rootline.desk.people.permissions import Action
from rootline.desk.read_edition import edition_by_id
from rootline.desk.tables import AuditEntry, Comment, Edition
from rootline.edges.desk.edition_acts import conflict_in
from rootline.edges.desk.opened_desk import check_on_disk, desk_of
from rootline.edges.desk_api.bearer import needs
from rootline.edges.desk_api.tell import Telling, tell_comment
from rootline.edges.rest.once import Key
from rootline.edges.rest.problem import PlaceError, problems
from rootline.edges.web.form import LONGEST
from rootline.errors import NotFoundError

router = APIRouter(
    prefix="/editions/{edition}", responses=problems(400, 401, 404, 409, 413, 415, 422), max_body_size=LONGEST
)


def _by(action: Action) -> Any:
    return Depends(needs(action))


@router.post("/submit")
def submit(
    request: Request, edition: Number, sent: Act, actor: Annotated[Actor, _by("submit")], key: Key = None
) -> EditionItem:
    """Ask for review."""
    exact(request, edition, sent.sha256)
    return _done(request, actor, key, sent, lambda desk: acts.submit(desk, actor, edition, sent.seen))


@router.post("/take")
def take(
    request: Request, edition: Number, sent: Act, actor: Annotated[Actor, _by("take")], key: Key = None
) -> EditionItem:
    """Begin to review."""
    exact(request, edition, sent.sha256)
    return _done(request, actor, key, sent, lambda desk: acts.take(desk, actor, edition, sent.seen))


@router.post("/request-changes")
def request_changes(
    request: Request, edition: Number, sent: Reasoned, actor: Annotated[Actor, _by("request changes")], key: Key = None
) -> EditionItem:
    """Send it back, saying why."""
    exact(request, edition, sent.sha256)
    return _done(
        request, actor, key, sent, lambda desk: acts.request_changes(desk, actor, edition, sent.seen, sent.why)
    )  # fmt: skip


@router.post("/approve")
def approve(
    request: Request, edition: Number, sent: Approval, actor: Annotated[Actor, _by("approve")], key: Key = None
) -> EditionItem:
    """Sign it, with a declaration of interests. It is approved once the topic's requirements are met."""
    check_on_disk(request, exact(request, edition, sent.sha256))
    conflict = conflict_in({"declares": sent.declares, "conflict": sent.conflict})
    return _done(request, actor, key, sent, lambda desk: acts.approve(desk, actor, edition, sent.seen, conflict))


@router.post("/retire")
def retire(
    request: Request, edition: Number, sent: Reasoned, actor: Annotated[Actor, _by("retire")], key: Key = None
) -> EditionItem:
    """Take it out of use, saying why."""
    exact(request, edition, sent.sha256)
    return _done(request, actor, key, sent, lambda desk: acts.retire(desk, actor, edition, sent.seen, sent.why))


@router.post("/comments", status_code=201)
def comment(
    request: Request, edition: Number, sent: Said, actor: Annotated[Actor, _by("comment")], key: Key = None
) -> CommentTold:
    """Say something of a statement, or of the whole."""
    answer = answer_in(exact(request, edition, sent.sha256).content)
    known = {one.id for part in answer.sections for one in part.statements} if answer else set()
    if sent.statement and sent.statement not in known:
        raise NotFoundError("this edition has no such statement", mend="Its `answer` holds their ids.")
    entry = do(
        request, actor, key, sent, lambda desk: acts.comment(desk, actor, edition, sent.statement, sent.text)
    )  # fmt: skip
    with desk_of(request).reading() as session:
        return tell_comment(session.get_one(Comment, json.loads(entry.detail)["comment"]))


def exact(request: Request, number: int, sha256: str) -> Edition:
    """The edition, if it is of this very content, which never changes. Raises `PlaceError`, `NotFoundError`."""
    with desk_of(request).reading() as session:
        found = edition_by_id(session, number)
    if found.sha256 != sha256:
        what = "the content of this edition is another than the one named"
        raise PlaceError(what, where="body.sha256", mend="Read the edition again, and name what you read.")
    return found


def do(
    request: Request, actor: Actor, key: str | None, sent: BaseModel, act: Callable[[Desk], object]
) -> AuditEntry:  # fmt: skip
    """Do it, unless it was done under this key; the entry in the record tells what was done."""
    asked = f"{request.method} {request.url.path} {sent.model_dump_json()}"
    return act_once(desk_of(request), actor, key or secrets.token_urlsafe(16), asked, act)


def _done(
    request: Request, actor: Actor, key: str | None, sent: BaseModel, act: Callable[[Desk], object]
) -> EditionItem:  # fmt: skip
    entry = do(request, actor, key, sent, act)
    with Telling(request) as telling:
        return telling.item(edition_by_id(telling.session, entry.edition))

"""FHIR over HTTP: what there is, the pack's resources by their ids, `$apply` and `$questionnaire`.

Every error is an OperationOutcome that says how to mend it and repeats nothing of a patient. Nothing is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rootline.answers.audience import VOICE
from rootline.answers.conversation import read_audience
from rootline.answers.model import Review
from rootline.content.json_text import read_json
from rootline.edges.fhir.capability import write_capability, write_operations
from rootline.edges.fhir.naming import Resource, plan_id, questionnaire_id
from rootline.edges.fhir.operations import apply
from rootline.edges.fhir.write_pack import resources_of
from rootline.edges.web.site import site_of
from rootline.errors import InputError, NotFoundError, RootlineError
from rootline.packs.model import Pack
from rootline.settings import program_version

LONGEST = 4_194_304  # bytes of a request
_JSON = ("application/fhir+json", "application/json")
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class _Told(APIRoute):
    """A route whose errors are OperationOutcomes."""

    def get_route_handler(self) -> _Handler:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except RootlineError as error:
                status = 404 if isinstance(error, NotFoundError) and request.method == "GET" else 400
                return _outcome(
                    status, "not-found" if status == 404 else "invalid", f"{error.what}. {error.mend}", error.where
                )
            except HTTPException as error:
                kind = {404: "not-found", 405: "not-supported", 413: "too-long", 415: "not-supported"}
                return _outcome(error.status_code, kind.get(error.status_code, "processing"), str(error.detail))

        return handled


router = APIRouter(prefix="/fhir", include_in_schema=False, route_class=_Told)


@router.get("/metadata")
def metadata(request: Request) -> Response:
    """What this server can do."""
    pack, review = _served(request)
    kinds = [*dict.fromkeys(kind for kind, _ in resources_of(pack, review)), "OperationDefinition"]
    return _told(write_capability(pack, review, kinds, program_version()))


@router.post("/PlanDefinition/{id_}/$apply")
async def apply_plan(request: Request, id_: str) -> Response:
    """The plan for one patient."""
    site = site_of(request)
    _refuse_other(id_, site.pack)
    sent = await _body(request)
    return _told(await run_in_threadpool(apply, sent, site.pack, site.stamped))


@router.get("/PlanDefinition/{id_}/$questionnaire")
def questionnaire(request: Request, id_: str, userType: str = "clinician") -> Response:
    """The questions, in the words of who answers them."""
    pack, review = _served(request)
    _refuse_other(id_, pack)
    voice = VOICE[read_audience(userType)]
    return _told(resources_of(pack, review)["Questionnaire", questionnaire_id(pack.id, voice)])


@router.get("/{kind}/{id_}")
def read(request: Request, kind: str, id_: str) -> Response:
    """One resource of the pack."""
    pack, review = _served(request)
    operations = {("OperationDefinition", one["id"]): one for one in write_operations(pack, review)}
    found = resources_of(pack, review).get((kind, id_)) or operations.get((kind, id_))
    if found is None:
        raise NotFoundError("there is no such resource here", mend="GET /fhir/metadata lists what there is.")
    return _told(found)


@router.api_route("/{path:path}", methods=_METHODS)
def nothing(request: Request, path: str) -> Response:
    """Whatever else is asked for under this address."""
    raise HTTPException(404 if request.method == "GET" else 405, "Not offered here. GET /fhir/metadata lists what is.")


def _served(request: Request) -> tuple[Pack, Review]:
    site = site_of(request)
    return site.pack, site.review()


def _refuse_other(id_: str, pack: Pack) -> None:
    if id_ != plan_id(pack.id):
        raise HTTPException(404, f"There is no such plan here. It is {plan_id(pack.id)}.")


async def _body(request: Request) -> Any:
    """The JSON that was sent. A page of another site can send a form or text, so only JSON by its name is read."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _JSON:
        raise HTTPException(415, "Send application/fhir+json.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            raise HTTPException(413, f"More than {LONGEST:,} bytes cannot be read.")
    try:
        return read_json(bytes(body))
    except (ValueError, RecursionError):  # UnicodeDecodeError among them
        raise InputError("this is no JSON", mend="Send a FHIR resource as JSON.") from None


def _told(resource: Resource, status: int = 200) -> Response:
    return Response(json.dumps(resource, ensure_ascii=False), status, media_type=_JSON[0])


def _outcome(status: int, kind: str, text: str, place: str = "") -> Response:
    """An OperationOutcome; `place` is a FHIRPath in what was sent."""
    issue: Resource = {"severity": "error", "code": kind, "details": {"text": text.strip()}}
    if place:
        issue["expression"] = [place]
    return _told({"resourceType": "OperationOutcome", "issue": [issue]}, status)

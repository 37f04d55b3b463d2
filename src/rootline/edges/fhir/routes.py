"""FHIR over HTTP: what there is, the pack's resources by their ids, `$apply` and `$questionnaire`.

Every error is an OperationOutcome that says how to mend it and repeats nothing of a patient. Nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rootline.answers.audience import VOICE
from rootline.answers.conversation import read_audience
from rootline.answers.model import Review
from rootline.content.json_text import place_of, read_json
from rootline.edges.fhir.capability import write_capability, write_operations
from rootline.edges.fhir.naming import plan_id, questionnaire_id
from rootline.edges.fhir.operations import apply
from rootline.edges.fhir.outcome import KIND, ROOM, outcome, told
from rootline.edges.fhir.write_pack import resources_of
from rootline.edges.rest.bounded import SECONDS, TookTooLong, bounded
from rootline.edges.web.site import site_of
from rootline.errors import InputError, NotFoundError, RootlineError
from rootline.evidence.search.unsearchable import own_library
from rootline.packs.model import Pack
from rootline.settings import program_version

LONGEST = 4_194_304  # bytes of a request
_JSON = (KIND, "application/json")
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
                return outcome(status, f"{error.what}. {error.mend}", error.where)
            except HTTPException as error:
                return outcome(error.status_code, str(error.detail), headers=error.headers)
            except TookTooLong:
                what = f"It took more than {SECONDS:g} seconds and was stopped. Send less, or try again."
                return outcome(503, what, headers={"Retry-After": "5"})

        return handled


router = APIRouter(prefix=ROOM, include_in_schema=False, route_class=_Told)


@router.get("/metadata")
def metadata(request: Request) -> Response:
    """What this server can do."""
    pack, review = _served(request)
    kinds = [*dict.fromkeys(kind for kind, _ in resources_of(pack, review)), "OperationDefinition"]
    return told(write_capability(pack, review, kinds, program_version()))


@router.post("/PlanDefinition/{id_}/$apply")
async def apply_plan(request: Request, id_: str) -> Response:
    """The plan for one patient."""
    site = site_of(request)
    _refuse_other(id_, site.pack)
    _check_query(request)
    sent = await _body(request)
    return told(await bounded(apply, sent, site.pack, lambda answer: site.stamped(answer, own_library())))


@router.get("/PlanDefinition/{id_}/$apply")
def apply_by_address(id_: str) -> Response:
    """Not offered: a patient's data never stand in an address."""
    raise HTTPException(405, "Send it by POST.", {"Allow": "POST"})


@router.get("/PlanDefinition/{id_}/$questionnaire")
def questionnaire(request: Request, id_: str, userType: str = "clinician") -> Response:
    """The questions, in the words of who answers them."""
    pack, review = _served(request)
    _refuse_other(id_, pack)
    _check_query(request, "userType")
    voice = VOICE[read_audience(userType)]
    return told(resources_of(pack, review)["Questionnaire", questionnaire_id(pack.id, voice)])


@router.get("/{kind}/{id_}")
def read(request: Request, kind: str, id_: str) -> Response:
    """One resource of the pack."""
    pack, review = _served(request)
    operations = {("OperationDefinition", one["id"]): one for one in write_operations(pack, review)}
    found = resources_of(pack, review).get((kind, id_)) or operations.get((kind, id_))
    if found is None:
        raise NotFoundError("there is no such resource here", mend="GET /fhir/metadata lists what there is.")
    return told(found)


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


def _check_query(request: Request, *known: str) -> None:
    """Raises `InputError` for what would be passed over in an address; `_format` and its like change no plan."""
    names = [name for name, _ in request.query_params.multi_items() if not name.startswith("_")]
    if len(set(names)) < len(names):
        raise InputError("a parameter stands twice in the address", mend="Send it once.")
    if set(names) - {*known}:
        mend = f"It takes {', '.join(known)}." if known else "Send `Parameters` in the body."
        raise InputError("a parameter of the address is not known here", mend=mend)


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
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError among them
        at = f" ({place})" if (place := place_of(error)) else ""
        raise InputError(f"this is no JSON{at}", mend="Send a FHIR resource as JSON in UTF-8.") from None

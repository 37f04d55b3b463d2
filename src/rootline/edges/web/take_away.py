"""What a reader takes away from a case: leaflet, text for the record, Markdown, JSON, calendar; and keeping the case.

File names hold a date and nothing of the patient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.answers.banner import banner
from rootline.answers.change import change
from rootline.answers.conversation import Conversation, reply, with_onset
from rootline.answers.model import Answer, FactRead
from rootline.answers.render_calendar import to_calendar
from rootline.answers.render_markdown import to_markdown
from rootline.answers.render_text import to_text
from rootline.edges.web.answer_page import told
from rootline.edges.web.form import Posted, carried, read_form
from rootline.edges.web.opened import Shown
from rootline.edges.web.pages import answered
from rootline.edges.web.show import go_to, page
from rootline.edges.web.site import site_of
from rootline.edges.web.tokens import is_token
from rootline.errors import ConflictError, InputError, NotFoundError
from rootline.logic.values import read_value
from rootline.packs.describe import say_fact
from rootline.packs.model import Pack

router = APIRouter(include_in_schema=False)


@router.post("/take/{form}")
async def take(request: Request, form: str) -> Response:
    """The answer in another form: a page to go on to, or a file."""
    posted = await read_form(request)
    if form in ("leaflet", "record", "publish"):
        return await run_in_threadpool(_page, request, posted, form)
    if form not in _FILES:
        raise NotFoundError("there is no such form of an answer")
    return await run_in_threadpool(_file, request, posted, form)


def _page(request: Request, posted: Posted, form: str) -> Response:
    reply(posted.as_seen, site_of(request).pack)  # what cannot be read is refused here
    return go_to(request, Shown(posted.as_seen), f"/{form}")


@router.get("/case/{address}/leaflet")
def leaflet(request: Request, address: str) -> Response:
    """The same plan in a patient's words, to print."""
    conversation = replace(site_of(request).opened.get(address).after, audience="patient")
    answer = site_of(request).answer(conversation)
    context: dict[str, Any] = {"answer": answer, "audience": "patient", "banner": banner(answer), "address": address}
    context["supposed"] = [
        _in_words(one, site_of(request).pack) for one in answer.facts if one.source == "what if" and not one.note
    ]
    return page(request, "leaflet.html", **context, **told(answer, site_of(request).pack))


def _in_words(fact: FactRead, pack: Pack) -> str:
    value = read_value(fact.value, pack.facts[fact.id].type)
    assert value is not None  # what is unknown is not supposed
    return say_fact(fact.id, value, pack, "patient")


@router.get("/case/{address}/record")
def record(request: Request, address: str) -> Response:
    """The answer as plain text, to copy into a record."""
    site = site_of(request)
    answer = site.answer(site.opened.get(address).after)
    return page(request, "record.html", audience=answer.audience, text=to_text(answer), address=address)


def _json(answer: Answer) -> bytes:
    return answer.model_dump_json(by_alias=True, indent=2).encode()


def _markdown(answer: Answer) -> bytes:
    return to_markdown(answer).encode()


def _calendar(answer: Answer) -> bytes:
    return to_calendar(answer, datetime.now(UTC))


_FILES: dict[str, tuple[Callable[[Answer], bytes], str, str]] = {
    "markdown": (_markdown, "text/markdown; charset=utf-8", "md"),
    "json": (_json, "application/json", "json"),
    "calendar": (_calendar, "text/calendar; charset=utf-8", "ics"),
}


def _file(request: Request, posted: Posted, form: str) -> Response:
    make, kind, ending = _FILES[form]
    conversation = posted.as_seen
    if form == "calendar":
        conversation = with_onset(conversation, site_of(request).pack, date.today())
    name = f"rootline-{date.today()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(make(site_of(request).answer(conversation)), media_type=kind, headers=headers)


@router.post("/keep")
async def keep(request: Request) -> Response:
    """Keep the case on this machine, under a random id."""
    return await run_in_threadpool(_kept, request, await _changing(request))


def _kept(request: Request, posted: Posted) -> Response:
    site, mine, id_ = site_of(request), posted.as_seen, posted.fields.get("kept", "")
    _ = reply(mine, site.pack).worked.answer  # only what can be shown again is kept
    try:
        return RedirectResponse(f"/kept/{site.kept.keep(mine, id_)}", 303)
    except ConflictError as error:
        return _conflict(request, mine, id_, error)
    except NotFoundError:  # deleted meanwhile: kept anew, for that was asked
        return RedirectResponse(f"/kept/{site.kept.keep(mine)}", 303)


def _conflict(request: Request, mine: Conversation, id_: str, error: ConflictError) -> Response:
    """What lies there beside what was to be kept, and how to go on."""
    site = site_of(request)
    theirs = site.kept.get(id_)
    changed = change(*(reply(replace(one, audience=mine.audience), site.pack).worked for one in (theirs, mine)))
    return page(
        request,
        "conflict.html",
        409,
        audience=mine.audience,
        what=error.what,
        changed=changed,
        kept=id_,
        mine=carried(mine),
        over=carried(replace(mine, revision=theirs.revision)),
    )


@router.get("/kept/{id_}")
def kept(request: Request, id_: str) -> Response:
    """A kept case, answered as of now."""
    return answered(request, Shown(site_of(request).kept.get(id_), kept=id_))


@router.post("/forget")
async def forget(request: Request) -> Response:
    """Delete a kept case; the page goes on without it."""
    posted = await _changing(request)
    site_of(request).kept.forget(posted.fields.get("kept", ""))
    return await run_in_threadpool(go_to, request, Shown(replace(posted.as_seen, revision=0)))


async def _changing(request: Request) -> Posted:
    """A form that changes what is kept here: only from one of our own pages."""
    posted = await read_form(request)
    if not is_token(posted.fields.get("token", ""), site_of(request).key):
        raise InputError("the page is too old, or the form is not ours", mend="Open the answer again and repeat this.")
    return posted

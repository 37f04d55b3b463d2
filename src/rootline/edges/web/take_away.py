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
from rootline.answers.conversation import reply, with_onset
from rootline.answers.model import Answer
from rootline.answers.render_calendar import to_calendar
from rootline.answers.render_markdown import to_markdown
from rootline.answers.render_text import to_text
from rootline.edges.web.answer_page import told
from rootline.edges.web.form import Posted, carried, read_form
from rootline.edges.web.pages import answered
from rootline.edges.web.show import page
from rootline.edges.web.site import site_of
from rootline.edges.web.tokens import is_token
from rootline.errors import InputError, NotFoundError

router = APIRouter(include_in_schema=False)


@router.post("/take/{form}")
async def take(request: Request, form: str) -> Response:
    """The answer in another form."""
    posted = await read_form(request)
    if form == "leaflet":
        return await run_in_threadpool(_leaflet, request, posted)
    if form == "record":
        return await run_in_threadpool(_record, request, posted)
    if form not in _FILES:
        raise NotFoundError("there is no such form of an answer")
    return await run_in_threadpool(_file, request, posted, form)


def _answer(request: Request, posted: Posted) -> Answer:
    site = site_of(request)
    return site.stamped(reply(posted.after, site.pack, library=site.library()).worked.answer)


def _leaflet(request: Request, posted: Posted) -> Response:
    """The same plan in a patient's words, to print."""
    answer = _answer(request, replace(posted, after=replace(posted.after, audience="patient")))
    context: dict[str, Any] = {
        "answer": answer,
        "audience": "patient",
        "banner": banner(answer),
        "case": carried(posted.after),
    }
    return page(
        request, "leaflet.html", remember=False, today=date.today(), **context, **told(answer, site_of(request).pack)
    )


def _record(request: Request, posted: Posted) -> Response:
    answer = _answer(request, posted)
    return page(request, "record.html", audience=answer.audience, text=to_text(answer), case=carried(posted.after))


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
    if form == "calendar":
        posted = replace(posted, after=with_onset(posted.after, site_of(request).pack, date.today()))
    name = f"rootline-{date.today()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(make(_answer(request, posted)), media_type=kind, headers=headers)


@router.post("/keep")
async def keep(request: Request) -> Response:
    """Keep the case on this machine, under a random id."""
    posted = await _changing(request)
    id_ = await run_in_threadpool(site_of(request).kept.keep, posted.after, posted.fields.get("kept", ""))
    return RedirectResponse(f"/kept/{id_}", 303)


@router.get("/kept/{id_}")
def kept(request: Request, id_: str) -> Response:
    """A kept case, answered as of now."""
    conversation = site_of(request).kept.get(id_)
    return answered(request, Posted({"kept": id_}, None, conversation))


@router.post("/forget")
async def forget(request: Request) -> Response:
    """Delete a kept case."""
    posted = await _changing(request)
    site_of(request).kept.forget(posted.fields.get("kept", ""))
    return await run_in_threadpool(answered, request, replace(posted, fields={}))


async def _changing(request: Request) -> Posted:
    """A form that changes what is kept here: only from one of our own pages."""
    posted = await read_form(request)
    if not is_token(posted.fields.get("token", ""), site_of(request).key):
        raise InputError("the page is too old, or the form is not ours", mend="Open the answer again and repeat this.")
    return posted

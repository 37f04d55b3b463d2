"""The pages of a case: ask, the answer, and why. Each asks `answers` and shows what comes back."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.answers.audience import VOICE
from rootline.answers.change import change
from rootline.answers.compose import tell_statement
from rootline.answers.contradicted import rests_on
from rootline.answers.conversation import reply
from rootline.answers.warning_signs import warning_signs
from rootline.checks.vignettes import read_vignettes
from rootline.edges.web.answer_page import as_known_now, view
from rootline.edges.web.form import Posted, read_form, said
from rootline.edges.web.kept import Kept
from rootline.edges.web.missed import missed_in
from rootline.edges.web.opened import Shown
from rootline.edges.web.show import go_to, page
from rootline.edges.web.site import site_of
from rootline.errors import InputError, NotFoundError, nearest
from rootline.evidence.search.unsearchable import own_library
from rootline.packs.model import Pack
from rootline.readers.english import Voice

router = APIRouter(include_in_schema=False)
_STORIES = 3
_STATUS = {"applies": "It applies", "if": "Still open", "does not apply": "It does not apply"}


@router.get("/")
def ask(request: Request) -> Response:
    """The box to ask in."""
    return _box(request, is_lost="again" in request.query_params)


def _box(request: Request, status: int = 200, refused: str = "", is_lost: bool = False, **typed: Any) -> Response:
    """The box, and what must not wait: in plain words, for nobody has said yet who reads."""
    pack = site_of(request).pack
    told = {"refused": refused, "is_lost": is_lost, "typed": "", **typed}
    return page(request, "ask.html", status, examples=examples(pack), warnings=warning_signs(pack, "patient"), **told)


@router.get("/answer")
@router.get("/keep")
@router.get("/forget")
@router.get("/why")
def without_form(request: Request) -> Response:
    """An address that a form is sent to, opened without one: what it held is nowhere, so one asks again."""
    return RedirectResponse("/?again", 303)


@lru_cache(maxsize=4)
def examples(pack: Pack) -> tuple[str, ...]:
    """What one may ask: the longest stories of worked patients, one of a kind, then the pack's own questions."""
    by_file: dict[str, str] = {}
    asked = {question.text for question in pack.questions}
    for one in read_vignettes(pack, pack.folder):
        if one.story not in asked and len(one.story) > len(by_file.get(one.place.file, "")):
            by_file[one.place.file] = one.story
    stories = sorted(by_file.values(), key=len, reverse=True)[:_STORIES]
    return (*stories, *(question.text for question in pack.questions[:_STORIES]))


@router.post("/answer")
async def answer(request: Request) -> Response:
    """Take a question or a step; the page of the answer follows."""
    posted = await read_form(request)
    return await run_in_threadpool(_taken, request, posted)


def _taken(request: Request, posted: Posted) -> Response:
    """On to the answer. What cannot be read is refused here, before it has an address, and stays in its field."""
    try:
        reply(posted.after, site_of(request).pack)
    except InputError as error:
        if posted.before is not None:
            raise
        asked = posted.after
        return _box(request, 400, said(error), typed=asked.question, audience=asked.audience)
    return go_to(request, posted.shown)


@router.get("/case/{address}")
def case(request: Request, address: str) -> Response:
    """The answer and, where a step corrected or asked on, what changed."""
    return answered(request, site_of(request).opened.get(address))


def answered(request: Request, shown: Shown) -> Response:
    """The page of an answer."""
    site = site_of(request)
    pack = site.pack
    library = own_library()
    found = reply(shown.after, pack, library=library)
    changed, new = None, None
    if shown.before is not None and replace(shown.before, audience=shown.after.audience) != shown.after:
        before = reply(shown.before, pack)  # another reader alone changes words, nothing else
        changed = change(before.worked, found.worked)
        new = len(found.follow_ups) - len(before.follow_ups)
    known = site.known(library)
    answer = as_known_now(site.stamped(found.worked.answer, library), known)
    context = view(found, answer, shown.after, changed, known)
    missed = missed_in(found, new, pack)
    troubles = {name: (held, why) for name, held, why in shown.troubles}
    fields = {name: rests_on(name, found.worked.case, pack) for name in troubles}
    asks = {name: fact_asks(name, pack, context["voice"]) for name in {*fields, *fields.values()}}
    context |= {"troubles": troubles, "fields": fields, "asks": asks, "known": found.worked.case}
    context |= kept_copy(shown, site.kept)
    return page(request, "answer.html", missed=missed, typed=shown.typed, **context)


def kept_copy(shown: Shown, kept: Kept) -> dict[str, str]:
    """Where the case is kept, and how that copy stands to what is shown: "same", "older" or "deleted"."""
    if not shown.kept:
        return {"kept": "", "copy": ""}
    try:
        there = kept.get(shown.kept)
    except NotFoundError:
        return {"kept": "", "copy": "deleted"}
    return {"kept": shown.kept, "copy": "same" if there == shown.after else "older"}


def fact_asks(field: str, pack: Pack, voice: Voice) -> str:
    """What a typed field asks for, in the reader's words."""
    return pack.facts[field].ask.to(voice) if field in pack.facts else "Began on"


@router.post("/why")
async def why(request: Request) -> Response:
    """On to why one statement is said."""
    posted = await read_form(request)
    name, pack = posted.fields.get("why", ""), site_of(request).pack
    if name not in pack.statements:
        raise NotFoundError("no statement has this name", mend=nearest(name[:80], pack.statements))
    return await run_in_threadpool(go_to, request, Shown(posted.as_seen), f"/why/{name}")


@router.get("/case/{address}/why/{name}")
def why_said(request: Request, address: str, name: str) -> Response:
    """Why one statement is said: its condition as a tree, each part with its truth for this case."""
    site = site_of(request)
    pack, known, shown = site.pack, site.known(own_library()), site.opened.get(address)
    if name not in pack.statements:
        raise NotFoundError("no statement has this name", mend=nearest(name[:80], pack.statements))
    worked = reply(shown.after, pack).worked
    one = worked.plan.of(name)
    return page(
        request,
        "why.html",
        audience=worked.audience,
        one=tell_statement(one, worked.plan, VOICE[worked.audience]),
        said=_STATUS[one.status],
        points=[(each, known.sources[each.source], known.point(each)) for each in one.advice.because],
        address=address,
    )

"""The pages of a case: ask, the answer, and why. Each asks `answers` and shows what comes back."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from rootline.answers.audience import VOICE
from rootline.answers.change import change
from rootline.answers.compose import tell_statement
from rootline.answers.conversation import Reply, reply
from rootline.answers.tell_plan import emergencies
from rootline.checks.vignettes import read_vignettes
from rootline.edges.web.answer_page import view
from rootline.edges.web.form import Posted, carried, read_form
from rootline.edges.web.show import page
from rootline.edges.web.site import site_of
from rootline.errors import NotFoundError, nearest
from rootline.packs.model import Pack

router = APIRouter(include_in_schema=False)
_STORIES = 3
_STATUS = {"applies": "It applies", "if": "Still open", "does not apply": "It does not apply"}


@router.get("/")
def ask(request: Request) -> Response:
    """The box to ask in."""
    pack = site_of(request).pack
    return page(request, "ask.html", examples=examples(pack), emergencies=emergencies(pack))


@lru_cache(maxsize=4)
def examples(pack: Pack) -> tuple[str, ...]:
    """What one may ask: the longest stories of worked patients, one of a kind, then the pack's own questions."""
    by_file: dict[str, str] = {}
    for one in read_vignettes(pack, pack.folder):
        if len(one.story) > len(by_file.get(one.place.file, "")):
            by_file[one.place.file] = one.story
    stories = sorted(by_file.values(), key=len, reverse=True)[:_STORIES]
    return (*stories, *(question.text for question in pack.questions[:_STORIES]))


@router.post("/answer")
async def answer(request: Request) -> Response:
    """The answer, and where the form corrected or asked on, what changed."""
    posted = await read_form(request)
    return await run_in_threadpool(answered, request, posted)


def answered(request: Request, posted: Posted) -> Response:
    """The page of an answer."""
    site = site_of(request)
    pack = site.pack
    found = reply(posted.after, pack, library=site.library())
    changed, unread = None, []
    if posted.before is not None and replace(posted.before, audience=posted.after.audience) != posted.after:
        before = reply(posted.before, pack)  # another reader alone changes words, nothing else
        changed = change(before.worked, found.worked)
        unread = _unread(found, len(before.follow_ups), pack)
    context = view(found, site.stamped(found.worked.answer), posted.after, changed, pack)
    return page(request, "answer.html", unread=unread, kept=posted.fields.get("kept", ""), **context)


def _unread(found: Reply, already: int, pack: Pack) -> list[str]:
    """What a new follow-up said that could not be taken as a fact."""
    told = []
    for one in found.follow_ups[already:]:
        if not one.facts and not one.intent.is_focused:
            told.append("Nothing in your words was understood as a fact. Say it in other words, or set it in the case.")
        told += [f"Not clear from your words: {pack.facts[fact].ask.clinician}" for fact in one.unclear]
    return told


@router.post("/why")
async def why(request: Request) -> Response:
    """Why one statement is said: its condition as a tree, each part with its truth for this case."""
    posted = await read_form(request)
    return await run_in_threadpool(_why, request, posted)


def _why(request: Request, posted: Posted) -> Response:
    pack = site_of(request).pack
    name = posted.fields.get("why", "")
    if name not in pack.statements:
        raise NotFoundError("no statement has this name", mend=nearest(name[:80], pack.statements))
    worked = reply(posted.after, pack).worked
    one = worked.plan.of(name)
    return page(
        request,
        "why.html",
        audience=worked.answer.audience,
        one=tell_statement(one, worked.plan, VOICE[worked.answer.audience]),
        said=_STATUS[one.status],
        points=[(citation, pack.sources[citation.source], pack.point(citation)) for citation in one.advice.because],
        case=carried(posted.after),
    )

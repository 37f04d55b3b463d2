"""Why a statement is said, what would change the plan, and whether an answer holds. Only looks; changes nothing."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request

from rootline.answers.audience import VOICE
from rootline.answers.compose import tell_changes, tell_pack, tell_questions, tell_urgency
from rootline.answers.verify import read_answer
from rootline.client.shapes import CaseTold, ChangesTold, VerificationTold, WhyAsked, WhyTold
from rootline.edges.reasons import tell_why, verify_here
from rootline.edges.rest.bounded import bounded
from rootline.edges.rest.case import plan_of_case
from rootline.edges.rest.problem import PlaceError, is_json, names_alone, problems
from rootline.edges.web.form import LONGEST
from rootline.edges.web.site import Site, site_of
from rootline.errors import InputError, nearest

LONGEST_ANSWER = 2_000_000  # bytes; the longest answer is a quarter of it
router = APIRouter(tags=["answers"], max_body_size=LONGEST)
_ANSWER: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "An answer as it came from `/api/v1/ask` or `rootline ask --json`, unchanged.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}},
    }
}


@router.post("/why", response_model=WhyTold, responses=problems(400, 404, 413, 415, 422))
async def why(asked: WhyAsked, request: Request) -> WhyTold:
    """Why a statement applies to this patient, does not, or waits: its condition as a tree with each part's truth."""
    return await bounded(_why, asked, site_of(request))


def _why(asked: WhyAsked, site: Site) -> WhyTold:
    pack = site.pack
    if asked.statement not in pack.statements:
        mend = nearest(asked.statement[:80], pack.statements) or "See /api/v1/advice."
        raise PlaceError("no statement has this name", where="body.statement", mend=mend)
    plan, audience = plan_of_case(asked, site)
    return tell_why(plan, asked.statement, VOICE[audience], site.patient_review())


@router.post("/what-would-change", response_model=ChangesTold, responses=problems(400, 404, 413, 415, 422))
async def what_would_change(asked: CaseTold, request: Request) -> ChangesTold:
    """The smallest changes of facts that lead to another urgency, and what to ask next."""
    return await bounded(_what_would_change, asked, site_of(request))


def _what_would_change(asked: CaseTold, site: Site) -> ChangesTold:
    plan, audience = plan_of_case(asked, site)
    voice = VOICE[audience]
    return ChangesTold(
        pack=tell_pack(site.pack),
        urgency=tell_urgency(plan, voice),
        would_change=tell_changes(plan, voice),
        ask_next=tell_questions(plan, voice),
        review=site.patient_review(),
    )


verifying = APIRouter(tags=["answers"], max_body_size=LONGEST_ANSWER)


@verifying.post("/verify", response_model=VerificationTold, responses=problems(413, 415, 422), openapi_extra=_ANSWER)
async def verify_answer(request: Request) -> VerificationTold:
    """Hold an answer against the pack that is served: it is made anew from its question and facts, and compared."""
    if not is_json(request):
        raise HTTPException(415)
    return await bounded(_verify, await request.body(), site_of(request))


def _unquoted(what: str) -> str:
    """What is wrong, unless it quotes what was sent."""
    return "this is no answer of the form rootline.answer/1" if "`" in what else what


def _verify(body: bytes, site: Site) -> VerificationTold:
    try:
        file = read_answer(body)
    except InputError as error:
        raise PlaceError(_unquoted(error.what), where=names_alone(error.where), mend=error.mend) from None
    return verify_here(file, site.pack)

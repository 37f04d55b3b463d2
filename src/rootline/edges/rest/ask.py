"""Asking: an answer to a question, and the plan for facts alone. It asks `answers` and passes on what comes back."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rootline.answers.compose import tell_pack
from rootline.answers.conversation import Conversation
from rootline.answers.model import Answer
from rootline.answers.tell_plan import plan_of
from rootline.client.shapes import PlanAsked, PlanTold, Question
from rootline.edges.rest.bounded import bounded
from rootline.edges.rest.case import check_facts, conversation_of
from rootline.edges.rest.once import Key, identity, keep_once
from rootline.edges.rest.problem import PlaceError, problems
from rootline.edges.web.form import LONGEST
from rootline.edges.web.site import Site, site_of

router = APIRouter(tags=["answers"], max_body_size=LONGEST)
_CASE = {"Rootline-Case": {"description": "The id of the kept case.", "schema": {"type": "string"}}}


@router.post(
    "/ask", response_model=Answer, responses={200: {"headers": _CASE}, **problems(400, 404, 409, 413, 415, 422)}
)
async def ask(asked: Question, request: Request, key: Key = None) -> Response:
    """Answer a question, or go on with a kept case: facts first, then the question.

    `outcome` says whether it was answered, partly answered or refused; a refusal is a 200 with its reason.
    With `case_id`, or with `keep`, the case is kept; the header `Rootline-Case` gives its id.
    """
    told, id_ = await bounded(_answer, asked, site_of(request), key)
    return Response(told, headers={"Rootline-Case": id_} if id_ else None, media_type="application/json")


def _answer(asked: Question, site: Site, key: str | None) -> tuple[str, str]:
    def tell(conversation: Conversation) -> str:
        return site.answer(conversation).model_dump_json(by_alias=True)

    if not asked.case_id and not asked.question.strip():
        raise PlaceError("there is no question", where="body.question", mend="Ask, or name a kept case in `case_id`.")
    if not asked.case_id and not asked.keep:
        return tell(conversation_of(asked, site)), ""
    made = partial(conversation_of, asked, site)
    id_, told = keep_once(key, f"ask {identity(asked)}", site.kept, asked.case_id, made, tell)
    return told, id_


@router.post("/plan", response_model=PlanTold, responses=problems(400, 413, 415, 422))
async def plan(asked: PlanAsked, request: Request) -> PlanTold:
    """The plan for a patient told by facts alone: every piece of advice with its status."""
    return await bounded(_plan, asked, site_of(request))


def _plan(asked: PlanAsked, site: Site) -> PlanTold:
    pack = site.pack
    check_facts(asked.facts, pack)
    urgency, advice, questions = plan_of(asked.facts, pack, asked.audience)
    review = site.patient_review()
    return PlanTold(pack=tell_pack(pack), urgency=urgency, advice=advice, ask_next=questions, review=review)

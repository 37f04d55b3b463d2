"""The same answers as data: `/api/ask` and `/api/plan`. It asks `answers` and passes on what comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from rootline.answers.conversation import Asked, Conversation, Corrected, reply
from rootline.answers.model import AdviceTold, Answer, AskNext, Audience, PackStamp, Urgency
from rootline.answers.tell_plan import plan_of
from rootline.edges.web.form import LONGEST as LONGEST_FORM
from rootline.edges.web.site import site_of
from rootline.narrative.read import LONGEST

router = APIRouter(prefix="/api", tags=["answers"], max_body_size=LONGEST_FORM)

Facts = Annotated[
    dict[str, Annotated[str, Field(max_length=200)]],
    Field(max_length=500, description="Fact id to value, as `rootline facts` lists them; `unknown` takes one back."),
]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Asked):
    """A question, or with `case_id` a follow-up question to a kept case."""

    question: str = Field(max_length=LONGEST, description="A question, or a patient described in words.")
    audience: Audience = "clinician"
    facts: Facts = {}
    case_id: str = Field("", max_length=32, description="Continues the case kept under this id, and keeps it on.")
    keep: bool = Field(False, description="Keep the case on the server's machine; its id comes in `Rootline-Case`.")


class PlanAsked(_Asked):
    """A patient told by facts alone."""

    facts: Facts = {}
    audience: Audience = "clinician"


class PlanTold(BaseModel):
    """Urgency and the status of every piece of advice for one patient."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)
    schema_: Literal["rootline.plan/1"] = Field(default="rootline.plan/1", alias="schema")
    pack: PackStamp
    urgency: Urgency
    advice: list[AdviceTold]
    ask_next: list[AskNext]


_PROBLEM: dict[int | str, dict[str, Any]] = {
    400: {"description": "It cannot be read; `detail` says why and `mend` how to mend it."},
    404: {"description": "No case is kept under this id."},
    413: {"description": "Too large."},
}


@router.post("/ask", response_model=Answer, response_model_by_alias=True, responses=_PROBLEM)
def ask(asked: Question, request: Request, response: Response) -> Answer:
    """Answer a question, or go on with a kept case: facts first, then the question."""
    site = site_of(request)
    facts = tuple(Corrected(fact, value) for fact, value in asked.facts.items())
    if asked.case_id:
        before = replace(site.kept.get(asked.case_id), audience=asked.audience)
        conversation = before.then(*facts, Asked(asked.question))
    else:
        conversation = Conversation(asked.question, asked.audience).then(*facts)
    answer = site.stamped(reply(conversation, site.pack, library=site.library()).worked.answer)
    if asked.case_id or asked.keep:
        response.headers["Rootline-Case"] = site.kept.keep(conversation, asked.case_id)
    return answer


@router.post("/plan", response_model=PlanTold, response_model_by_alias=True, responses=_PROBLEM)
def plan(asked: PlanAsked, request: Request) -> PlanTold:
    """The plan for a patient told by facts alone: every piece of advice with its status."""
    pack = site_of(request).pack
    urgency, advice, questions = plan_of(asked.facts, pack, asked.audience)
    stamp = PackStamp(id=pack.id, version=pack.version, sha256=pack.sha256)
    return PlanTold(pack=stamp, urgency=urgency, advice=advice, ask_next=questions)

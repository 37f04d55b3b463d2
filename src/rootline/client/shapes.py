"""The shapes of the HTTP API beside the answer itself: what is sent, and what comes back. The server uses the same.

Only shapes; nothing is decided, filled in or looked up here.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from rootline.answers.model import (
    ActionSaid,
    AdviceTold,
    AskNext,
    Audience,
    DoseSaid,
    EffectSaid,
    PackStamp,
    PassageQuoted,
    Review,
    TraceNode,
    Urgency,
    WouldChange,
)  # fmt: skip
from rootline.evidence.store.document import Standing

MOST_FACTS = 200
Facts = Annotated[
    dict[str, Annotated[str, Field(max_length=200)]],
    Field(
        max_length=MOST_FACTS,
        description="Fact id to value, as `/api/v1/facts` lists them; `unknown` takes one back.",
        examples=[{"foot_drop": "complete", "age": "61 years"}],
    ),
]


def _as_written(day: object) -> object:
    """A day as people write it. A number would be taken as seconds since 1970, and a mistyped one give some day."""
    if isinstance(day, date) or (isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)):
        return day
    raise PydanticCustomError("day", "A day is written like 2026-11-21")


Day = Annotated[date, BeforeValidator(_as_written)]
CaseId = Annotated[str, Field(pattern="^([0-9a-f]{32})?$", description="The id of a kept case.")]
Words = Annotated[str, Field(description="A question, or a patient described in words; at most 20,000 characters.")]
Item = TypeVar("Item", bound=BaseModel)


class Sent(BaseModel):
    """Something that is sent: an unknown key is refused, and no error repeats a value."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Told(BaseModel):
    """Something that comes back."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)


class CaseTold(Sent):
    """A patient: by words, by facts, by the case kept under an id, or by several of them; facts overrule words."""

    question: Words = ""
    facts: Facts = {}
    case_id: CaseId = ""
    onset: Day | None = Field(None, description="The day the symptoms began.")
    audience: Audience | None = Field(None, description="Who reads; a clinician, or whom the kept case was told to.")


class Question(CaseTold):
    """A question; with `case_id` the next step of a kept case: facts are corrections, `question` a follow-up."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"question": "Sciatica for 3 weeks, which painkiller?", "facts": {"egfr": "28"}}]
        }
    )
    keep: bool = Field(
        False, strict=True, description="Keep the case on the server's machine; its id comes in `Rootline-Case`."
    )


class PlanAsked(Sent):
    """A patient told by facts alone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"facts": {"foot_drop": "complete", "age": "61"}}]})
    facts: Facts = {}
    audience: Audience = "clinician"


class WhyAsked(CaseTold):
    """A statement, and the patient for whom it is asked."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"statement": "urgent-weakness", "facts": {"foot_drop": "complete"}}]}
    )
    statement: str = Field(max_length=200, description="The id of a statement or piece of advice.")


class PlanTold(Told):
    """Urgency and the status of every piece of advice for one patient."""

    schema_: Literal["rootline.plan/1"] = Field(default="rootline.plan/1", alias="schema")
    pack: PackStamp
    urgency: Urgency
    advice: list[AdviceTold]
    ask_next: list[AskNext]
    review: Review


class Leaner(Told):
    """A thing that cites a point."""

    kind: Literal["statement", "rule", "disagreement", "site", "claim"]
    id: str


class PointTold(Told):
    """One recommendation or finding of a source in our own words; `leaned_on_by` is all that cites it."""

    citation: str = Field(examples=["nice-ng59-2020#alternative-diagnoses"])
    source: str
    standing: str
    says: str
    direction: str
    strength: str
    certainty: str
    population: str
    fits: str
    phase: str
    ages: str
    numbers: str
    at: str
    quote: str
    effects: list[EffectSaid]
    leaned_on_by: list[Leaner]


class WhyTold(Told):
    """Why a statement applies, does not, or waits, under the urgency of the whole case; and what it rests on."""

    pack: PackStamp
    urgency: Urgency
    statement: str
    section: str
    status: Literal["applies", "if", "does not apply"]
    text: str
    condition: str = Field(description="What is still open of it; empty unless the status is `if`.")
    reading: str
    trace: TraceNode
    points: list[PointTold]
    review: Review


class ChangesTold(Told):
    """The smallest changes of facts that lead to another urgency, and what to ask next."""

    pack: PackStamp
    urgency: Urgency
    would_change: list[WouldChange]
    ask_next: list[AskNext]
    review: Review


class FindingTold(Told):
    """Something in an answer that does not hold (`refuted`) or cannot be decided, and where."""

    place: str
    what: str
    weight: Literal["refuted", "undecided"]


class VerificationTold(Told):
    """What became of an answer held against its pack, and how much was looked at."""

    outcome: Literal["verified", "refuted", "undecided"]
    findings: list[FindingTold]
    statements: int
    citations: int
    sources: int


class Said(Told):
    """The same in both voices."""

    clinician: str
    patient: str


class PackTold(Told):
    """A topic pack that is served: which content, for whom, and how it was reviewed."""

    id: str
    version: str
    sha256: str
    updated: str
    title: Said
    covers: str = Field(description="Whom it is for.")
    facts: int
    advice: int
    sources: int
    questions: int
    review: Review


class FactTold(Told):
    """Something that may be known of a patient: its values, or the bounds of an amount, and how it is asked."""

    id: str
    group: str
    kind: Literal["yes/no", "one of", "number", "duration"]
    values: list[str]
    unit: str
    low: float | None
    high: float | None
    ask: Said
    looked_at_by: list[str]


class AdviceItem(Told):
    """One piece of advice in both voices: for whom, what to do, and what it rests on."""

    id: str
    section: str
    when: Said
    text: Said
    actions: list[ActionSaid]
    doses: list[DoseSaid]
    strength: str
    certainty: str
    reading: str
    citations: list[str]
    review: Review


class QuestionItem(Told):
    """A question that the pack promises a full answer to; its answer stands at `/answer` below it."""

    id: str
    question: str


class SourceItem(Told):
    """The record of a source with its standing; `leaned_on_by` is all that cites one of its points."""

    id: str
    kind: str
    short: str
    title: str
    authors: str
    organisation: str
    journal: str
    year: str
    doi: str
    pmid: str
    url: str
    standing: str
    standing_note: str
    superseded_by: str
    read: str = Field(description="How it was read: in full, in part, on a mirror.")
    points: list[str] = Field(description="Its points, each as `source#point`.")
    leaned_on_by: list[Leaner]


class TermTold(Told):
    """A word and what it means."""

    id: str
    name: str
    also: list[str]
    means: Said


class Sought(Sent):
    """Words to look for in the pack. Every word must be there; a word may be cut short."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"words": "foot drop"}]})
    words: str = Field(max_length=200)


class FoundItem(Told):
    """Something of the pack that holds all the words."""

    kind: Literal["question", "advice", "disagreement", "term", "source"]
    id: str
    title: str


class EvidenceSought(Sent):
    """Words to look for in the user's library; an empty filter lets all through."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"words": "epidural steroid injection", "from_year": 2015}]}
    )
    words: str = Field(min_length=1, max_length=2000)
    from_year: int | None = Field(None, ge=0, le=9999)
    to_year: int | None = Field(None, ge=0, le=9999)
    types: list[Annotated[str, Field(max_length=100)]] = Field([], max_length=20)
    standings: list[Standing] = Field([], max_length=6)
    most: int = Field(5, ge=1, le=50, description="Documents at most, each with its best passage.")


class EvidenceFound(Told):
    """The best documents, each with its best passage, letter for letter; not backed by a pathway."""

    documents: int = Field(description="How many were searched.")
    behind: int = Field(description="Changes that are not searched yet.")
    passages: list[PassageQuoted]


class StepTold(Told):
    """One step of a case: a fact with its value, or a follow-up question."""

    fact: str = ""
    value: str = ""
    asked: str = ""


class CaseKept(Told):
    """A kept case, in the words it was told in."""

    id: str
    question: str
    audience: Audience
    onset: str
    steps: list[StepTold]


class Listed(Told, Generic[Item]):
    """A stretch of a list in its fixed order; `total` counts the whole. The header `Link` leads on."""

    items: list[Item]
    total: int
    limit: int
    offset: int


class Problem(Told):
    """An error (RFC 9457). `place` names where in the request; nothing that was sent is repeated."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    mend: str = ""
    place: str = ""

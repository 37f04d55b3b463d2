"""What the tools give beside whole answers, as data. Only shapes, built from those of an answer.

Each carries the review state and the disclaimer, so that no part of it travels without them.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from rootline.answers.model import (
    AdviceTold,
    AskNext,
    PackStamp,
    PassageQuoted,
    Review,
    SourceCited,
    TraceNode,
    Urgency,
    WouldChange,
)  # fmt: skip


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    pack: PackStamp
    review: Review
    disclaimer: str


class PlanTold(_Told):
    """Urgency first, then every piece of advice with its status for one patient."""

    urgency: Urgency
    advice: list[AdviceTold]
    ask_next: list[AskNext]


class PointCited(BaseModel):
    """One recommendation or finding of a source, and what leans on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    citation: str
    says: str
    direction: str
    strength: str
    certainty: str
    population: str
    numbers: str
    standing: str
    leaned_on_by: list[str]


class WhyTold(_Told):
    """How urgent the case is, and why one piece of advice applies or not; "if" while something is `open`."""

    urgency: Urgency
    advice: str
    status: Literal["applies", "if", "does not apply"]
    text: str
    open: str
    trace: TraceNode
    reading: str
    points: list[PointCited]


class ChangesTold(_Told):
    """The smallest changes of facts that lead to another urgency, and what to ask next."""

    urgency: Urgency
    would_change: list[WouldChange]
    ask_next: list[AskNext]


class Named(BaseModel):
    """Something of the pack that was found, by its kind and id, with what it rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    id: str
    title: str
    citations: list[str]


class EvidenceFound(_Told):
    """What the pack and the user's library hold on a query; `library` says what was searched, or why nothing was."""

    found: list[Named]
    passages: list[PassageQuoted]
    library: str


class SourceTold(_Told):
    """One source: its record with its standing, and its points."""

    source: SourceCited
    points: list[PointCited]


class FindingTold(BaseModel):
    """Something in an answer that does not hold, or cannot be decided, and where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str
    what: str
    weight: Literal["refuted", "undecided"]


class VerificationTold(_Told):
    """What became of an answer, with every finding, and how much was looked at."""

    outcome: Literal["verified", "refuted", "undecided"]
    findings: list[FindingTold]
    statements: int
    citations: int
    sources: int

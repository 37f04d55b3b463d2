"""What the tools give beside whole answers, as data: the shapes of the HTTP API, and what agents need beside them.

Only shapes. Each carries the review state and the disclaimer, so that no part of it travels without them.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from rootline.answers.model import PackStamp, PassageQuoted, Review, SourceCited
from rootline.client import shapes


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)

    pack: PackStamp
    review: Review
    disclaimer: str


class PlanTold(shapes.PlanTold, _Told):
    """Urgency first, then every piece of advice with its status for one patient."""


class WhyTold(shapes.WhyTold, _Told):
    """Why one piece of advice applies or not, or waits, and what it rests on."""


class ChangesTold(shapes.ChangesTold, _Told):
    """The smallest changes of facts that lead to another urgency, and what to ask next."""


class VerificationTold(shapes.VerificationTold, _Told):
    """What became of an answer, with every finding, and how much was looked at."""


class Named(BaseModel):
    """Something of the pack that was found, by its kind and id, with what it rests on."""

    model_config = ConfigDict(frozen=True)

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
    points: list[shapes.PointTold]

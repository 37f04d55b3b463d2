"""An answer about to be written for one patient: whom it is about, what is to be said of its reading, and its ids.

Ids come from the answer, the patient and the day it was made, so that two patients or days never share one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rootline.answers.model import Answer
from rootline.edges.fhir.definition import review_tag, stamp
from rootline.edges.fhir.naming import Resource, canonical, plan_id, stable_uuid
from rootline.edges.fhir.whom import whom

NOT_NAMED: Resource = {"display": "The patient described"}


@dataclass(frozen=True)
class PatientAnswer:
    """An answer, the patient as a FHIR Reference, and remarks on what was given and not used.

    `made`: the day of the document; the content has a date of its own. `set_aside` are those of the remarks that are
    about a warning sign or the topic itself.
    """

    answer: Answer
    subject: Resource
    made: date
    remarks: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()

    @property
    def is_approved(self) -> bool:
        """Whether the review says that the content is approved; nothing is final before."""
        return self.answer.review.state == "approved"

    @property
    def has_plan(self) -> bool:
        """Whether there is anything to do: a refused answer has no plan."""
        return bool(self.answer.sections)

    @cached_property
    def plan(self) -> str:
        """The PlanDefinition that the answer was read off."""
        return canonical("PlanDefinition", plan_id(self.answer.pack.id), self.answer.pack.version)

    def opening(self, kind: str) -> Resource:
        """How each of the answer's resources opens."""
        return {"resourceType": kind, "id": self.uuid(kind), "meta": review_tag(self.answer.review)}

    def uuid(self, kind: str) -> str:
        """The id of the answer's resource of this kind."""
        name = whom({"subject": self.subject}, "subject")
        told = (self.answer.trace_id, self.answer.review.state, name, self.day, *self.remarks)
        return stable_uuid(kind, *told)

    @property
    def day(self) -> str:
        """The day it was made, as FHIR writes it."""
        return self.made.isoformat()

    def identifier(self, kind: str) -> Resource:
        """What names the answer's resource of this kind wherever it is kept."""
        return {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{self.uuid(kind)}"}

    def reference(self, kind: str) -> Resource:
        """A reference to the answer's resource of this kind, in the same Bundle."""
        return {"reference": f"urn:uuid:{self.uuid(kind)}", "type": kind}

    @property
    def author(self) -> Resource:
        """Who wrote it: the program."""
        return {"display": f"Rootline {self.answer.program}"}

    @property
    def limits(self) -> list[str]:
        """What every reader must know: how it may be used, the state of its review, what it was made of."""
        answer = self.answer
        by = f" by {answer.review.by}" if answer.review.by else ""
        state = f"Review: {answer.review.state.replace('_', ' ')}{by}, {answer.review.updated}. {answer.review.note}"
        made_of = stamp(answer.pack.id, answer.pack.version, answer.pack.sha256)
        return [answer.disclaimer, state.rstrip(), made_of, f"Content of {answer.as_of}; trace {answer.trace_id}."]

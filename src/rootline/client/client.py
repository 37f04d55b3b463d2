"""A program's way to a Rootline server: every call typed, with the server's own shapes. Decides nothing itself.

A patient's words travel in bodies alone, never in an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType, TracebackType

from rootline.answers.model import Answer, Audience, DisagreementSaid
from rootline.client.desk import DeskClient
from rootline.client.send import Sender, check_address
from rootline.client.shapes import (
    AdviceItem,
    CaseKept,
    CaseTold,
    ChangesTold,
    EvidenceFound,
    EvidenceSought,
    FactTold,
    FoundItem,
    PackTold,
    PlanAsked,
    PlanTold,
    PointTold,
    Question,
    QuestionItem,
    Sought,
    SourceItem,
    TermTold,
    VerificationTold,
    WhyAsked,
    WhyTold,
)  # fmt: skip
from rootline.client.typed import Calls, same_shape, segment, shaped, told_as

NOTHING: Mapping[str, str] = MappingProxyType({})
NOBODY = CaseTold()


@dataclass(frozen=True)
class KeptAnswer:
    """An answer, and the id under which its case is kept."""

    case_id: str
    answer: Answer


class Client:
    """Calls one server. Lists are iterators that fetch their next stretch when it is needed.

    Waits as the server says and asks again where it is busy or asked too often, `tries` times in all. Errors are
    `InputError` (it cannot be read), `SignInError` (it takes a token), `RefusedError` (this person may not),
    `NotFoundError`, `ConflictError`, `TooManyError`, and `ServiceError` for the rest. Plain HTTP goes to this machine
    alone unless `unencrypted` allows it: what is sent is about a patient.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8642",
        *,
        token: str = "",
        seconds: float = 30.0,
        tries: int = 3,
        unencrypted: bool = False,
    ) -> None:
        check_address(address, unencrypted)
        self._sender = Sender(address, seconds, tries, token)
        self._calls = Calls(self._sender)
        self.desk = DeskClient(self._sender)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._sender.close()

    def ask(
        self,
        question: str,
        *,
        facts: Mapping[str, str] = NOTHING,
        audience: Audience = "clinician",
        onset: date | None = None,
    ) -> Answer:
        """Answer a question; nothing is kept."""
        asked = shaped(Question, question=question, facts=dict(facts), audience=audience, onset=onset)
        return self._calls.post("ask", asked, Answer)

    def keep(
        self,
        question: str,
        *,
        facts: Mapping[str, str] = NOTHING,
        audience: Audience = "clinician",
        onset: date | None = None,
    ) -> KeptAnswer:
        """Answer a question, and keep the case on the server's machine."""
        asked = shaped(Question, question=question, facts=dict(facts), audience=audience, onset=onset, keep=True)
        return self._kept(asked)

    def go_on(
        self,
        case_id: str,
        question: str = "",
        *,
        facts: Mapping[str, str] = NOTHING,
        audience: Audience | None = None,
    ) -> KeptAnswer:
        """Go on with a kept case: corrections, a follow-up question, or both."""
        return self._kept(shaped(Question, question=question, facts=dict(facts), case_id=case_id, audience=audience))

    def case(self, case_id: str) -> CaseKept:
        """A kept case, as it was told."""
        return self._calls.get(f"cases/{segment(case_id)}", CaseKept)

    def forget(self, case_id: str) -> None:
        """Delete a kept case for good."""
        self._sender.write("DELETE", f"cases/{segment(case_id)}")

    def plan(self, facts: Mapping[str, str], *, audience: Audience = "clinician") -> PlanTold:
        """The plan for a patient told by facts alone."""
        return self._calls.post("plan", shaped(PlanAsked, facts=dict(facts), audience=audience), PlanTold)

    def why(self, statement: str, patient: CaseTold = NOBODY) -> WhyTold:
        """Why a statement applies to a patient, does not, or waits."""
        case = same_shape(CaseTold, patient, "patient")
        return self._calls.post("why", shaped(WhyAsked, statement=statement, **case.model_dump()), WhyTold)

    def what_would_change(self, patient: CaseTold = NOBODY) -> ChangesTold:
        """The smallest changes of facts that lead to another urgency."""
        return self._calls.post("what-would-change", same_shape(CaseTold, patient, "patient"), ChangesTold)

    def verify(self, answer: Answer) -> VerificationTold:
        """Hold an answer against the server's pack."""
        return self._calls.post("verify", same_shape(Answer, answer, "answer"), VerificationTold)

    def packs(self) -> Iterator[PackTold]:
        """The topic packs that are served."""
        return self._calls.list("packs", PackTold)

    def facts(self, *, group: str = "") -> Iterator[FactTold]:
        """Every fact that a case may hold."""
        return self._calls.list("facts", FactTold, group=group)

    def advice(self, *, section: str = "") -> Iterator[AdviceItem]:
        """Every statement, or those of one section."""
        return self._calls.list("advice", AdviceItem, section=section)

    def sources(self, *, kind: str = "", year: str = "", standing: str = "") -> Iterator[SourceItem]:
        """Every source, or those of one kind, year or standing."""
        return self._calls.list("sources", SourceItem, kind=kind, year=year, standing=standing)

    def source(self, id_: str) -> SourceItem:
        """One source."""
        return self._calls.get(f"sources/{segment(id_)}", SourceItem)

    def points(self, *, source: str = "", direction: str = "") -> Iterator[PointTold]:
        """Every point, or those of one source or direction."""
        return self._calls.list("points", PointTold, source=source, direction=direction)

    def point(self, citation: str) -> PointTold:
        """What stands behind a citation, `source#point`."""
        source, _, point = citation.partition("#")
        return self._calls.get(f"points/{segment(source)}/{segment(point)}", PointTold)

    def questions(self) -> Iterator[QuestionItem]:
        """The questions that the pack promises a full answer to."""
        return self._calls.list("questions", QuestionItem)

    def answer(self, question_id: str, *, audience: Audience = "clinician") -> Answer:
        """The answer to one of them."""
        return self._calls.get(f"questions/{segment(question_id)}/answer", Answer, audience=audience)

    def disagreements(self, *, audience: Audience = "clinician") -> Iterator[DisagreementSaid]:
        """Where points pull in different directions."""
        return self._calls.list("disagreements", DisagreementSaid, audience=audience)

    def glossary(self) -> Iterator[TermTold]:
        """What the words mean."""
        return self._calls.list("glossary", TermTold)

    def search(self, words: str) -> Iterator[FoundItem]:
        """What of the pack holds every word."""
        return self._calls.list("search", FoundItem, shaped(Sought, words=words))

    def search_evidence(self, sought: EvidenceSought) -> EvidenceFound:
        """The best passages of the server's library. Raises `NotFoundError` where it has none."""
        return self._calls.post("evidence/search", same_shape(EvidenceSought, sought, "sought"), EvidenceFound)

    def _kept(self, asked: Question) -> KeptAnswer:
        response = self._sender.write("POST", "ask", asked.model_dump(mode="json"))
        return KeptAnswer(response.headers.get("Rootline-Case", ""), told_as(Answer, response.content))

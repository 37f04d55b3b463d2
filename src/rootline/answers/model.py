"""The answer as data: `rootline.answer/1`. These models are the published JSON schema.

Only shapes; what goes into them is decided in `compose`, and whether they tell the truth in `verify`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rootline.errors import InputError

Audience = Literal["clinician", "therapist", "student", "patient"]
AUDIENCES: tuple[Audience, ...] = ("clinician", "therapist", "student", "patient")
LevelName = Literal["emergency", "urgent", "soon", "routine", "undetermined"]
Side = Literal["left", "right", ""]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class PackStamp(_Part):
    """Which content the answer was read off."""

    id: str
    version: str
    sha256: str


class FactRead(_Part):
    """A fact of the case, with the words or field it came from. `note` says why a mention does not count.

    From a "what if" it is only supposed; from a "follow-up" it was stated later. `against` are the words of the text
    that a value given by hand contradicts.
    """

    id: str
    value: str
    source: Literal["question", "follow-up", "what if", "flag", "form", "fhir"] = Field(alias="from")
    text: str
    note: str = ""
    against: str = ""


class Reason(_Part):
    """Why the urgency stands where it stands."""

    text: str
    citations: list[str]


class OpenLine(_Part):
    """What could still raise the urgency, and to which level."""

    level: LevelName
    text: str


class Urgency(_Part):
    """How soon. `level` is "undetermined" while a higher one is still `open`."""

    level: LevelName
    at_least: LevelName
    could_be: list[LevelName]
    because: list[Reason]
    open: list[OpenLine]


class BottomLine(_Part):
    text: str
    citations: list[str]


class ActionSaid(_Part):
    """What to do, consider or avoid: the action's id, and its name for this audience."""

    kind: Literal["do", "consider", "avoid"]
    what: str
    name: str


class DoseSaid(_Part):
    drug: str
    dose: str
    maximum: str
    duration: str
    note: str


class Due(_Part):
    """When something is due: how long after the onset or today, 0 being now; its date where the onset is known."""

    days: float
    counts_from: Literal["onset", "today"] = "onset"
    after: str
    date: str

    @property
    def is_now(self) -> bool:
        """Whether its time has come."""
        return self.counts_from == "today" and self.days == 0

    @property
    def dated(self) -> str:
        """The time with its date, "due now", or nothing where there is no date to tell."""
        return f"{self.after}: {self.date}" if self.date else self.after if self.is_now else ""


class TraceNode(_Part):
    """One part of a condition with its truth for this case."""

    text: str
    truth: Literal["yes", "no", "unknown"]
    parts: list[TraceNode]


class EffectSaid(_Part):
    """An estimate with its 95% interval, from a point that a statement cites."""

    citation: str
    source: str
    outcome: str
    of: str
    against: str
    measure: str
    unit: str
    estimate: float
    low: float
    high: float
    no_effect: float
    better: Literal["lower", "higher"]


class Statement(_Part):
    """One thing said: plainly (`applies`; `reason` tells the facts it fired on), or with what is open (`if`)."""

    id: str
    text: str
    status: Literal["applies", "if"]
    depth: Literal["main", "in depth"]
    condition: str
    reason: str
    actions: list[ActionSaid]
    doses: list[DoseSaid]
    due: list[Due]
    effects: list[EffectSaid]
    strength: str
    certainty: str
    verdict: Literal["supported", "partly", "opposed", "unsupported"]
    reading: str
    citations: list[str]
    trace: TraceNode


class Section(_Part):
    """One section of the answer; `more` counts what also holds and was left folded."""

    id: str
    title: str
    statements: list[Statement]
    more: int


class PositionSaid(_Part):
    says: str
    citations: list[str]
    population: str
    strength: str


class DisagreementSaid(_Part):
    id: str
    topic: str
    positions: list[PositionSaid]
    why: str
    our_reading: str


class BodyPart(_Part):
    id: str
    name: str


class DrawnSaid(_Part):
    """What a picture shows of a root: its short name, and the skin, muscles and reflexes that belong to it."""

    mark: str
    skin: list[BodyPart]
    muscles: list[BodyPart]
    reflexes: list[BodyPart]
    citations: list[str]


class LikelySite(_Part):
    """Where the lesion is likely to be: a prompt, not a diagnosis."""

    id: str
    name: str
    likelihood: Literal["likely", "possible", "unlikely"]
    speaks_for: list[str]
    speaks_against: list[str]
    decide: str
    citations: list[str]
    drawn: DrawnSaid | None


class OverruledClaim(_Part):
    """What is often said on this question and not followed here, with who says better."""

    claim: str
    says: str
    citations: list[str]


class AskNext(_Part):
    fact: str
    question: str
    could_change: str


class WouldChange(_Part):
    facts: dict[str, str]
    text: str
    then: LevelName


class SourceCited(_Part):
    """A source that the answer cites, with its standing."""

    id: str
    kind: str
    short: str
    title: str
    authors: str
    organisation: str
    year: str
    doi: str
    pmid: str
    url: str
    standing: str
    standing_note: str


class PassageQuoted(_Part):
    """A passage of a document in the user's library, letter for letter: `start` and `end` count characters of its text.

    `direction` is what its words tell of a result: an effect, none, or nothing that is certain. `since` is the standing
    that the document has by now, where the library was searched as of a day and had another then.
    """

    document: str
    sha256: str
    section: str
    start: int
    end: int
    quote: str
    title: str
    year: int | None
    kind: str
    types: list[str]
    standing: str
    since: str = ""
    direction: Literal["effect", "no effect", ""]
    covers: float


class LibrarySearched(_Part):
    """What was looked for in the user's library: how near the best passage came, and how near it had to come.

    `trouble` says why it could not be searched; nothing is then known of what it holds. `behind` counts the changes
    that were still to be taken in: documents added, revised or withdrawn. `model` is the SHA-256 of the sentence model
    that was fused into the ranking; empty where words alone ranked.
    """

    asked: str
    documents: int
    best: float
    needed: float
    as_of: str
    trouble: str = ""
    behind: int = 0
    model: str = ""


class Related(_Part):
    question: str


class Review(_Part):
    """The state of human editorial review of this content.

    `by` are those who signed it, each with role and specialty; `note` says what else is to be known, such as why it is
    stale; `sha256` is the hash of the content that was reviewed, or empty.
    """

    state: Literal["draft", "submitted", "under_review", "changes_requested", "approved", "stale", "retired"]
    updated: str
    by: str
    note: str = ""
    sha256: str = ""


class WarningSign(_Part):
    """A line of urgency that must not wait: its level, the signs, and what to do then."""

    level: LevelName
    condition: str
    text: str
    citations: list[str]


class UnclearSign(_Part):
    """A sign that must not wait, said in doubt or in two ways: what to ask, the words, and why they do not count."""

    fact: str
    question: str
    words: str
    why: str


class Answer(_Part):
    """The plan told for a question and an audience.

    `program` is the version that told it; `onset` the day the symptoms began, `side` the leg that hurts, `read_on`
    the day that dates in the question were counted to: each empty where there is none.
    `not_understood` are stretches of the text that count for nothing; `unclear` signs that it leaves open.
    `do_not_wait` holds the signs that must not wait where no plan is told, and where a plan that is calm for certain
    rests on words which were not all understood: any other plan tells them itself.
    """

    schema_: Literal["rootline.answer/1"] = Field(default="rootline.answer/1", alias="schema")
    question: str
    audience: Audience
    as_of: str
    program: str
    pack: PackStamp
    outcome: Literal["answered", "partly", "refused"]
    reason: str
    facts: list[FactRead]
    read_on: str = ""
    onset: str
    days_since_onset: float | None
    side: Side = ""
    urgency: Urgency
    bottom_line: BottomLine
    not_understood: list[str]
    unclear: list[UnclearSign]
    do_not_wait: list[WarningSign]
    sections: list[Section]
    localisation: list[LikelySite]
    conflicting_signs: bool
    disagreements: list[DisagreementSaid]
    overruled: list[OverruledClaim]
    ask_next: list[AskNext]
    would_change: list[WouldChange]
    sources: list[SourceCited]
    passages: list[PassageQuoted]
    library: LibrarySearched | None
    related: list[Related]
    review: Review
    disclaimer: str
    trace_id: str


class AdviceTold(_Part):
    """One piece of advice in a plan without a question; `condition` is what is still open of it."""

    id: str
    section: str
    status: Literal["applies", "if", "does not apply"]
    condition: str
    text: str
    actions: list[ActionSaid]
    citations: list[str]


def spell_place(path: Iterable[str | int]) -> str:
    """A place in an answer as people write it.

    >>> spell_place(["sections", 0, "title"])
    'sections[0].title'
    """
    spelt = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return spelt.removeprefix(".")


def fit_answer(data: object) -> Answer:
    """Data as an answer, nothing converted. Raises `InputError` that names the first place that does not fit."""
    try:
        return Answer.model_validate(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InputError(
            f"it is no answer of the form rootline.answer/1: {first['msg'].lower()}",
            where=spell_place(first["loc"]),
            mend="Verify the file that `rootline ask --json` printed; docs/answer.schema.json is its form.",
        ) from None

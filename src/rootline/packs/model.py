"""A topic pack in memory: facts, rules, urgency, advice, actions, disagreements and their sources.

Plain data. Reading it from a folder is `load`; running it on a case is `run`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from rootline.evidence.points.source import Citation, Point, Source
from rootline.evidence.search.synonyms import Synonyms
from rootline.logic.place import Place
from rootline.logic.tree import Node, amounts_of
from rootline.logic.values import Amount, FactType, Value
from rootline.readers.english import Lexicon, Wording
from rootline.readers.evaluate import Compiled

Level = Literal["emergency", "urgent", "soon", "routine"]
LEVELS: tuple[Level, ...] = ("emergency", "urgent", "soon", "routine")

SECTIONS = {
    "red-flags": Wording("Red flags", "Warning signs"),
    "assessment": Wording("Assessment", "Checks"),
    "pain-control": Wording("Pain control", "Easing the pain"),
    "activity": Wording("Activity and exercise", "Moving and exercise"),
    "education": Wording("Education", "What to know"),
    "imaging": Wording("Imaging", "Scans"),
    "interventions": Wording("Injections and surgery", "Injections and surgery"),
    "follow-up": Wording("Follow-up and referral", "What happens next"),
    "special": Wording("Special situations", "If this is you"),
    "pitfalls": Wording("Pitfalls", "Easy mistakes"),
}
ACTION_KINDS = ("do", "consider", "avoid")


@dataclass(frozen=True)
class Heard:
    """A phrase in a narrative and the value it speaks of (None: the number written in the phrase).

    Where its `denial_tells` nothing it is a kind of the fact, or a sign of it: who has it has the fact, who denies it
    may have the fact all the same, as "no metastases" does not deny cancer, nor "no incontinence" retention.
    """

    phrase: str
    value: Value | None
    place: Place
    denial_tells: bool = True


@dataclass(frozen=True)
class Fact:
    """Something that may be known of a patient."""

    id: str
    kind: Literal["yes/no", "one of", "number", "duration"]
    type: FactType
    group: str
    ask: Wording
    heard: tuple[Heard, ...]
    denied_means: str | None  # the value a denied mention stands for
    history_counts: bool  # "history of …" means yes
    medicine: bool  # something taken: naming it in a question is not yet taking it
    topic: bool  # its mention alone shows that the question is about this pack
    of_several: str  # "lowest" or "highest" of several numbers named, else they must agree
    lasts_as: str | None  # the duration fact that "for ten days" beside it fills
    place: Place

    def is_best(self, value: Value) -> bool:
        """Whether a number of several, of which the worst counts, could not be better: power 5 of 5."""
        return self.of_several == "lowest" and isinstance(self.type, Amount) and value == self.type.high


@dataclass(frozen=True)
class RuleDefinition:
    """A named condition, with how it is said when it holds and when it does not."""

    name: str
    when: Node
    because: tuple[Citation, ...]
    reading: str
    place: Place


@dataclass(frozen=True)
class Dose:
    """How a drug is taken, as its label or a guideline gives it. Said to every audience alike."""

    drug: str
    dose: str
    maximum: str
    duration: str
    note: str


@dataclass(frozen=True)
class Advice:
    """One thing to say or do, for whom, in both voices, and what it rests on."""

    id: str
    section: str
    when: Node
    say: Wording
    actions: tuple[tuple[str, str], ...]  # (do | consider | avoid, action id)
    doses: tuple[Dose, ...]
    dose_of: tuple[str, ...]  # the actions that the doses are of; never told where one is contraindicated …
    despite: str | None  # … but for this rule, where the dose is meant for just these patients
    because: tuple[Citation, ...]
    strength: str
    certainty: str
    reading: str
    headline: Wording | None
    due: tuple[float, ...]  # days after the onset of symptoms
    within: tuple[float, ...]  # days after the day of the answer
    detail: bool
    outside: bool
    place: Place


@dataclass(frozen=True)
class UrgencyLine:
    """One line of the urgency ladder; its advice says what to do when the line holds."""

    level: Level
    advice: Advice


@dataclass(frozen=True)
class Action:
    """One thing that can be done, ordered or avoided; the one name used by answers, orders and measures."""

    id: str
    words: Wording
    heard: tuple[str, ...]
    section: str
    contraindicated: str | None  # the rule under which it is never advised
    incompatible: tuple[str, ...]  # actions never advised beside it


@dataclass(frozen=True)
class Position:
    """What one side of a disagreement says, and where."""

    says: Wording
    because: tuple[Citation, ...]


@dataclass(frozen=True)
class Disagreement:
    """A topic on which points pull in different directions."""

    id: str
    title: Wording
    about: tuple[str, ...]
    positions: tuple[Position, ...]
    why: str
    our_reading: Wording
    place: Place


@dataclass(frozen=True)
class Drawn:
    """What a picture shows of a site: its short name, and skin, muscles and reflexes by the names of `body`."""

    mark: str
    skin: tuple[str, ...]
    muscles: tuple[str, ...]
    reflexes: tuple[str, ...]
    because: tuple[Citation, ...]


@dataclass(frozen=True)
class Site:
    """A root, nerve or other place, with the findings that speak for and against it."""

    id: str
    name: Wording
    for_: tuple[Node, ...]
    strong: tuple[Node, ...]
    named: tuple[Node, ...]
    against: tuple[Node, ...]
    decides: tuple[str, ...]
    because: tuple[Citation, ...]
    drawn: Drawn | None

    @property
    def findings(self) -> tuple[Node, ...]:
        """All that is looked at, for it and against it."""
        return (*self.for_, *self.strong, *self.named, *self.against)


@dataclass(frozen=True)
class Shorthand:
    """A phrase by which clinicians state several facts at once ("no red flags")."""

    phrases: tuple[str, ...]
    means: dict[str, Value]


@dataclass(frozen=True)
class Question:
    """A canonical question of the pack."""

    id: str
    text: str


@dataclass(frozen=True, eq=False)
class Pack:
    """One topic, complete. Two packs are the same when their content is, letter for letter."""

    id: str
    title: Wording
    version: str
    updated: str
    folder: Path
    sha256: str
    for_: str
    onset_fact: str | None  # the duration that runs from the onset of symptoms
    side_fact: str | None  # which leg, left or right
    fits: tuple[str, ...]  # what a point may be about to bear on this pack's patients directly
    covers: tuple[str, ...]
    elsewhere: tuple[str, ...]  # words that look like the topic and speak of another
    whole: tuple[str, ...]  # words that ask for the whole plan
    headings: dict[str, tuple[str, ...]]  # section id -> words that ask for it
    facts: dict[str, Fact]
    findings: dict[str, tuple[Node, ...]]  # fact -> conditions, each of which makes it yes
    rules: dict[str, RuleDefinition]
    urgency: tuple[UrgencyLine, ...]
    advice: tuple[Advice, ...]
    actions: dict[str, Action]
    disagreements: tuple[Disagreement, ...]
    sites: tuple[Site, ...]
    sources: dict[str, Source]
    questions: tuple[Question, ...]
    shorthands: tuple[Shorthand, ...]
    synonyms: Synonyms
    lexicon: Lexicon = field(repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pack) and other.sha256 == self.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    @property
    def types(self) -> Mapping[str, FactType]:
        """Every fact's type by name."""
        return self.lexicon.types

    @cached_property
    def conditions(self) -> dict[str, Node]:
        """Every rule by name: what the readers need to enter a `Rule` node."""
        return {name: rule.when for name, rule in self.rules.items()}

    @cached_property
    def statements(self) -> dict[str, Advice]:
        """Urgency lines' advice and all other advice, by id, in the order of the pack."""
        lines = [line.advice for line in self.urgency]
        return {advice.id: advice for advice in [*lines, *self.advice]}

    @cached_property
    def compiled(self) -> Compiled:
        """Every statement's condition, compiled once."""
        return Compiled({id_: advice.when for id_, advice in self.statements.items()}, self.conditions)

    @cached_property
    def compiled_urgency(self) -> Compiled:
        """The urgency lines alone, for searches over many what-ifs."""
        return Compiled({line.advice.id: line.advice.when for line in self.urgency}, self.conditions)

    @cached_property
    def thresholds(self) -> dict[str, tuple[float, ...]]:
        """The amounts each numeric fact is compared with, in the fact's unit."""
        stated = [one.when for one in self.statements.values()]
        told = [node for nodes in self.findings.values() for node in nodes]
        pointing = [node for one in self.sites for node in one.findings]
        return amounts_of([*self.conditions.values(), *stated, *told, *pointing])

    def site(self, id_: str) -> Site | None:
        """The site of lesion of this id; None where the pack has none."""
        return next((one for one in self.sites if one.id == id_), None)

    def point(self, citation: Citation) -> Point:
        """The cited point."""
        return self.sources[citation.source].points[citation.point]

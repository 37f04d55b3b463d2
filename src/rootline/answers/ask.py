"""From a question to an answer, in six visible steps. Each step's work is done in its own module."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from rootline.answers.case import Case, Given, build_case
from rootline.answers.compose import compose
from rootline.answers.look_up import Looked, look_up
from rootline.answers.model import Answer, Audience
from rootline.evidence.search.interface import Library
from rootline.narrative.intent import Intent
from rootline.narrative.read import Reading, read_narrative
from rootline.packs.model import Pack
from rootline.packs.run import Plan, run

Look = Callable[[Reading, Pack], Looked | None]


@dataclass(frozen=True)
class Worked:
    """What an answer is told from; the answer itself is told when it is first asked for."""

    audience: Audience
    reading: Reading
    case: Case
    plan: Plan
    not_counted: tuple[Given, ...]  # taken back, or contradicted by a finding
    look: Look | None

    @cached_property
    def answer(self) -> Answer:
        """The plan told for the question and the audience, beside what the user's documents say."""
        pack = self.plan.pack
        looked = self.look(self.reading, pack) if self.look else None  # 4 what do the user's documents say of it?
        # 5 what is said, to whom? (6: render)
        return compose(self.reading.text, self.reading, self.case, self.plan, self.audience, self.not_counted, looked)


def ask(
    text: str,
    pack: Pack,
    audience: Audience = "clinician",
    given: Iterable[Given] = (),
    onset: date | None = None,
    library: Library | None = None,
    today: date | None = None,
) -> Answer:
    """Answer a question or a case description. Raises `InputError` for text that cannot be read.

    `onset` is the day the symptoms began, where it is known: what is due then carries its date.
    `library` is the user's own documents, where there are any: passages of them are quoted beside the plan.
    `today` is what a date in the text is counted to; without it no date is understood.
    """
    look = partial(look_up, library=library) if library else None
    return work_out(text, pack, audience, given, onset, look, today).answer


def answer_facts(
    pack: Pack, given: Iterable[Given], audience: Audience = "clinician", onset: date | None = None
) -> Answer:
    """The whole plan for facts alone, told without a question and without a text to read."""
    case = build_case(None, {one.fact: one for one in given}, pack)
    plan = run(pack, {fact: entry.value for fact, entry in case.items()}, onset)
    reading = Reading("", {}, {}, (), {}, Intent(covered=True))
    return compose("", reading, case, plan, audience)


def work_out(
    text: str,
    pack: Pack,
    audience: Audience,
    given: Iterable[Given],
    onset: date | None,
    look: Look | None = None,
    today: date | None = None,
) -> Worked:
    """As `ask`, with the steps kept; of a fact given twice, the later counts.

    `look` says what the user's documents hold. An onset that the text names counts until its fact is given otherwise.
    """
    by_fact = {one.fact: one for one in given}
    reading = read_narrative(text, pack, today)  # 1 what does the text say, and what does it ask?
    case = build_case(reading, by_fact, pack)  # 2 what is known, and from where?
    values = {fact: entry.value for fact, entry in case.items()}
    supposed = frozenset(fact for fact, entry in case.items() if entry.origin == "what if")
    if onset is None and pack.onset_fact not in by_fact:
        onset = reading.onset
    plan = run(pack, values, onset, supposed)  # 3 what follows from it?
    taken_back = [one for one in by_fact.values() if one.value is None and one.fact in {*reading.values} - {*case}]
    contradicted = [one for one in by_fact.values() if one.value is not None and case[one.fact].value != one.value]
    return Worked(audience, reading, case, plan, (*taken_back, *contradicted), look)

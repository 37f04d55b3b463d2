"""From a question to an answer, in five visible steps. Each step's work is done in its own module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from rootline.answers.case import Case, Given, build_case
from rootline.answers.compose import compose
from rootline.answers.model import Answer, Audience
from rootline.narrative.intent import Intent
from rootline.narrative.read import Reading, read_narrative
from rootline.packs.model import Pack
from rootline.packs.run import Plan, run


@dataclass(frozen=True)
class Worked:
    """What an answer is told from; the answer itself is told when it is first asked for."""

    question: str
    audience: Audience
    reading: Reading
    case: Case
    plan: Plan

    @cached_property
    def answer(self) -> Answer:
        """The plan told for the question and the audience."""
        return compose(self.question, self.reading, self.case, self.plan, self.audience)


def ask(
    text: str,
    pack: Pack,
    audience: Audience = "clinician",
    given: Iterable[Given] = (),
    onset: date | None = None,
) -> Answer:
    """Answer a question or a case description. Raises `InputError` for text that cannot be read.

    `onset` is the day the symptoms began, where it is known: what is due then carries its date.
    """
    return work_out(text, pack, audience, given, onset).answer


def work_out(
    text: str,
    pack: Pack,
    audience: Audience = "clinician",
    given: Iterable[Given] = (),
    onset: date | None = None,
    asked: tuple[str, ...] = (),
    intent: Intent | None = None,
) -> Worked:
    """As `ask`, with the steps kept; the answer is told only when asked for.

    `asked` and `intent`: follow-up questions, and what the last of them asks for.
    """
    reading = read_narrative(text, pack)  # 1 what does the text say, and what does it ask?
    reading = replace(reading, intent=intent) if intent else reading
    case = build_case(reading, {one.fact: one for one in given}, pack)  # 2 what is known, and from where?
    values = {fact: entry.value for fact, entry in case.items()}
    plan = run(pack, values, onset)  # 3 what follows from it?
    return Worked("\n".join((reading.text, *asked)), audience, reading, case, plan)  # 4 what is said? (5: render)

"""The answer made anew from what the file says was asked and given: the same way as it was made.

Takes the question, the audience, the days and the facts given beside the question; all else is derived, not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rootline.answers.ask import work_out
from rootline.answers.case import Given, read_given
from rootline.answers.look_up import Looked
from rootline.answers.model import Answer, Audience
from rootline.answers.verify.finding import Finding
from rootline.errors import RootlineError
from rootline.logic.values import read_value
from rootline.packs.model import Pack
from rootline.packs.run import Plan


@dataclass(frozen=True)
class Inputs:
    """What an answer is made from, beside the pack."""

    question: str
    audience: Audience
    given: tuple[Given, ...]
    onset: date | None
    read_on: date | None
    looked: Looked | None  # what the library said then, as the answer states it: `quotes` holds it to the library


@dataclass(frozen=True)
class Derived:
    """What follows from the inputs: the plan, and the answer that tells it."""

    plan: Plan
    answer: Answer


def read_inputs(answer: Answer, pack: Pack) -> tuple[Inputs, list[Finding]]:
    """The inputs as the answer states them, and those that cannot be read."""
    found: list[Finding] = []
    given = list(_given(answer, pack, found))
    onset, read_on = _day("onset", answer.onset, found), _day("read_on", answer.read_on, found)
    looked = Looked(answer.passages, answer.library) if answer.library else None
    return Inputs(answer.question, answer.audience, tuple(given), onset, read_on, looked), found


def _day(field: str, text: str, found: list[Finding]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        found.append(Finding(field, f"“{text}” is no day"))
        return None


def _given(answer: Answer, pack: Pack, found: list[Finding]) -> Iterator[Given]:
    """The facts that were given beside the question; the question's own are read from it again."""
    for at, fact in enumerate(answer.facts):
        if fact.source == "question":
            continue
        if fact.id not in pack.facts:
            found.append(Finding(f"facts[{at}].id", f"the pack knows no fact `{fact.id}`"))
            continue
        try:
            if fact.source != "flag":  # `unknown` takes back what the text says
                yield Given(fact.id, read_value(fact.value, pack.facts[fact.id].type), fact.source, fact.text)
            elif fact.text.partition("=")[0].strip() == fact.id:  # another id: told by a finding, derived again
                yield read_given(fact.text, pack)
        except RootlineError as error:
            found.append(Finding(f"facts[{at}].value", error.what))


def rederive(inputs: Inputs, pack: Pack) -> Derived:
    """The plan and the answer. Raises `InputError` when the question cannot be read."""
    look = None if inputs.looked is None else lambda *_: inputs.looked
    worked = work_out(inputs.question, pack, inputs.audience, inputs.given, inputs.onset, look, inputs.read_on)
    return Derived(worked.plan, worked.answer)

"""A case as it is talked over: a question, then corrections and follow-up questions, each overruling what stood before.

Replayed from the start every time, so that nothing but the words themselves need be remembered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from rootline.answers.ask import Worked, work_out
from rootline.answers.case import Given, given_onset, read_named
from rootline.answers.contradicted import contradicted
from rootline.answers.look_up import look_up
from rootline.answers.model import AUDIENCES, Audience
from rootline.errors import InputError, nearest
from rootline.evidence.search.interface import Library
from rootline.logic.values import Between, Value
from rootline.narrative.read import read_narrative
from rootline.narrative.what_if import Supposed, WhatIf, read_what_if
from rootline.packs.findings import told_by, with_findings
from rootline.packs.model import Pack

MOST_STEPS = 200


@dataclass(frozen=True)
class Corrected:
    """A fact given outside the text, or only supposed there; `unknown` takes back what the text says."""

    fact: str
    value: str
    is_supposed: bool = False


@dataclass(frozen=True)
class Asked:
    """A follow-up question."""

    text: str


Step = Corrected | Asked


@dataclass(frozen=True)
class Conversation:
    """A question, and every step since; `revision` is that of the kept case it goes on from, 0 where none is kept."""

    question: str
    audience: Audience = "clinician"
    onset: date | None = None
    steps: tuple[Step, ...] = ()
    revision: int = 0

    def then(self, *steps: Step) -> Conversation:
        """The conversation with these steps added. Raises `InputError` when there are too many."""
        if len(self.steps) + len(steps) > MOST_STEPS:
            raise InputError(f"more than {MOST_STEPS} corrections and questions", mend="Start a new question.")
        return replace(self, steps=(*self.steps, *steps))


@dataclass(frozen=True)
class Reply:
    """The answer so far, with each follow-up as it was read."""

    worked: Worked
    follow_ups: tuple[WhatIf, ...]

    @property
    def supposed(self) -> set[str]:
        """The facts that hold only because a follow-up supposes them."""
        return {fact for fact, entry in self.worked.case.items() if entry.origin == "what if"}


def reply(conversation: Conversation, pack: Pack, today: date | None = None, library: Library | None = None) -> Reply:
    """Answer all that was asked, with the facts given since. Raises `InputError` for words that cannot be read.

    `today` is what dates are counted to, the machine's own day unless given; `library` the user's own documents.
    """
    today = today or date.today()
    given: list[Given] = []
    if conversation.onset:
        given.append(given_onset(conversation.onset, today, pack))
    follow_ups: list[WhatIf] = []
    known: dict[str, Value | None] = {**read_narrative(conversation.question, pack, today).values}
    known |= {one.fact: one.value for one in given}
    for step in conversation.steps:
        held = contradicted(known, pack)
        if isinstance(step, Corrected):
            pressed = read_named(step.fact, step.value, pack, "form")
            told = [replace(pressed, origin="what if", text="") if step.is_supposed else pressed]
        else:
            what_if = read_what_if(step.text, pack, today)
            follow_ups.append(what_if)
            told = [Given(fact, None, "follow-up", "") for fact in what_if.taken_back]
            told += [
                Given(fact, _settled(fact, one, known), "what if" if one.is_supposed else "follow-up", one.text)
                for fact, one in what_if.facts.items()
                if _is_news(fact, one, known)
            ]
            told += _just_begun(told, known, pack)
        known |= {one.fact: one.value for one in told}
        # what a finding contradicted is not believed again when the finding goes: it is to be asked anew
        woken = held - contradicted(known, pack) - {one.fact for one in told}
        told += [Given(fact, None, "form", f"{fact}=unknown") for fact in pack.facts if fact in woken]
        known |= dict.fromkeys(woken)
        given += told
    # two line breaks: a follow-up that begins with "and" does not go on the sentence before it
    said = "\n\n".join((conversation.question, *(one.text for one in follow_ups)))
    look = partial(look_up, library=library) if library else None
    onset = conversation.onset
    if onset and known[pack.onset_fact or ""] != given[0].value:
        onset = None  # how long it has lasted was told otherwise since, or taken back
    worked = work_out(said, pack, conversation.audience, given, onset, look, today)
    return Reply(worked, tuple(follow_ups))


def _is_news(fact: str, said: Supposed, known: Mapping[str, Value | None]) -> bool:
    """Whether a follow-up says what was not known; "after six weeks" of somebody ill for months is long past."""
    before = known.get(fact)
    if said.is_since_onset and isinstance(said.value, float) and isinstance(before, float | Between):
        return said.value > (before.low if isinstance(before, Between) else before)
    return before != said.value


def _just_begun(told: list[Given], known: Mapping[str, Value | None], pack: Pack) -> list[Given]:
    """What a finding says of that which was denied until a follow-up told it: it has begun since.

    What the follow-up itself says of that, or of how long it has lasted, counts instead.
    """
    said = {one.fact: one for one in told if one.value is not None}
    after = with_findings(pack, {fact: one.value for fact, one in said.items() if one.value is not None})
    begun = {
        fact.lasts_as: said.get(fact.id, told[0])
        for fact in pack.facts.values()
        if fact.lasts_as not in (None, *said)
        and known.get(fact.id) == fact.denied_means != after.get(fact.id, fact.denied_means)
    }
    return [
        Given(fact, "yes", words.origin, words.text)
        for length, words in begun.items()
        for fact in told_by(pack, {length: 0.0} if length else {})
        if fact not in said
    ]


def _settled(fact: str, said: Supposed, known: Mapping[str, Value | None]) -> Value | None:
    """The value said; of "she" for a man none of both, for a word on the way makes nobody a woman.

    "No new bladder change" does not take back the change told before.
    """
    before = known.get(fact)
    if before is not None and said.is_no_more:
        return before
    return None if fact == "sex" and before is not None and before != said.value else said.value


def to_data(conversation: Conversation) -> dict[str, Any]:
    """The conversation as plain data, for a page or a file."""
    steps = [_tell_step(one) for one in conversation.steps]
    onset = conversation.onset.isoformat() if conversation.onset else ""
    told = {"question": conversation.question, "audience": conversation.audience, "onset": onset, "steps": steps}
    return told | {"revision": conversation.revision}


def _tell_step(step: Step) -> dict[str, Any]:
    if isinstance(step, Asked):
        return {"asked": step.text}
    return {"fact": step.fact, "value": step.value} | ({"supposed": True} if step.is_supposed else {})


def from_data(data: object) -> Conversation:
    """The conversation that `to_data` told. Raises `InputError` for anything else."""
    if not isinstance(data, Mapping):
        raise _unreadable()
    question, steps, revision = data.get("question"), data.get("steps", []), data.get("revision", 0)
    if not isinstance(question, str) or not isinstance(steps, list) or not isinstance(revision, int):
        raise _unreadable()
    told = tuple(_step(one) for one in steps)
    audience, onset = read_audience(data.get("audience", "clinician")), _day(data.get("onset", ""))
    return Conversation(question, audience, onset, revision=revision).then(*told)


def read_audience(name: object) -> Audience:
    """An audience by name. Raises `InputError` with the nearest."""
    if name not in AUDIENCES:
        raise InputError("there is no such audience", mend=nearest(str(name)[:40], AUDIENCES))
    return name


def _step(data: object) -> Step:
    if isinstance(data, Mapping):
        keys = set(data)
        if keys == {"asked"} and isinstance(data["asked"], str):
            return Asked(data["asked"])
        supposed = data.get("supposed", False)
        if keys - {"supposed"} == {"fact", "value"} and isinstance(supposed, bool):
            if isinstance(data["fact"], str) and isinstance(data["value"], str):
                return Corrected(data["fact"], data["value"], supposed)
    raise _unreadable()


def _day(text: object) -> date | None:
    if text == "":
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise InputError("the onset is not a day", mend="Write it as 2026-11-21.") from None


def _unreadable() -> InputError:
    return InputError("the case cannot be read", mend="Ask the question again.")


def with_onset(conversation: Conversation, pack: Pack, today: date) -> Conversation:
    """With the day it began: as told, else counted back from how long it has lasted where that is known exactly."""
    if pack.onset_fact is None:
        return conversation
    worked = reply(conversation, pack, today).worked
    entry = worked.case.get(pack.onset_fact)
    if worked.plan.onset:
        return replace(conversation, onset=worked.plan.onset)
    if entry is None or not isinstance(entry.value, float):
        return conversation
    return replace(conversation, onset=today - timedelta(days=entry.value))

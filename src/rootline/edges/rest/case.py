"""What was sent of a patient to a conversation or a plan, each fact checked by name. Repeats no value that was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rootline.answers.case import given_onset, read_given
from rootline.answers.conversation import Asked, Conversation, Corrected, Step, reply
from rootline.answers.model import Audience
from rootline.answers.tell_plan import run_given
from rootline.client.shapes import CaseTold
from rootline.edges.rest.problem import PlaceError
from rootline.edges.web.site import Site
from rootline.errors import InputError, nearest
from rootline.logic.values import Amount, read_value, say_value
from rootline.packs.model import Fact, Pack
from rootline.packs.run import Plan


def conversation_of(told: CaseTold, site: Site) -> Conversation:
    """The case with what was sent: kept or begun here. Raises `PlaceError` or `NotFoundError`."""
    _check(told, site.pack)
    facts = tuple(Corrected(fact, value) for fact, value in told.facts.items())
    if not told.case_id:
        begun = Conversation(told.question, told.audience or "clinician", told.onset)
        return begun.then(*facts)
    before = site.kept.get(told.case_id)
    asked: tuple[Step, ...] = (Asked(told.question),) if told.question.strip() else ()
    then = replace(before, audience=told.audience or before.audience, onset=told.onset or before.onset)
    return then.then(*facts, *asked)


def plan_of_case(told: CaseTold, site: Site) -> tuple[Plan, Audience]:
    """The plan for what is known, with or without words, and who reads it."""
    if told.question.strip() or told.case_id:
        conversation = conversation_of(told, site)
        return reply(conversation, site.pack).worked.plan, conversation.audience
    _check(told, site.pack)
    given = [read_given(f"{fact}={value}", site.pack, "form") for fact, value in told.facts.items()]
    if told.onset:
        given.append(given_onset(told.onset, date.today(), site.pack))
    return run_given(given, site.pack, told.onset), told.audience or "clinician"


def _check(told: CaseTold, pack: Pack) -> None:
    check_facts(told.facts, pack)
    try:
        _ = told.onset and given_onset(told.onset, date.today(), pack)
    except InputError:
        what = "the symptoms of this pack cannot have begun on this day"
        raise PlaceError(what, where="body.onset", mend="Give a day of the past, or leave it out.") from None


def check_facts(facts: Mapping[str, str], pack: Pack) -> None:
    """Raises `PlaceError` for the first fact that does not exist or cannot have its value."""
    for name, value in facts.items():
        if name not in pack.facts:
            mend = nearest(name[:80], pack.facts) or "See /api/v1/facts."
            raise PlaceError("no fact has this name", where="body.facts.…", mend=mend)
        try:
            read_value(value, pack.facts[name].type)
        except InputError:
            what = f"this is no value of the fact `{name}`"
            raise PlaceError(what, where=f"body.facts.{name}", mend=f"It can be {_values(pack.facts[name])}.") from None


def _values(fact: Fact) -> str:
    if isinstance(fact.type, Amount):
        return f"{say_value(fact.type.low, fact.type)} to {say_value(fact.type.high, fact.type)}, or unknown"
    return ", ".join((*fact.type.values, "unknown"))

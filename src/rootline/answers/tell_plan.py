"""The plan for a patient told by facts alone, without a question: urgency, every advice's status, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rootline.answers.audience import VOICE
from rootline.answers.case import Given, build_case, read_named
from rootline.answers.compose import tell_actions, tell_changes, tell_questions, tell_urgency
from rootline.answers.model import AdviceTold, AskNext, Audience, Urgency, WouldChange
from rootline.packs.model import Advice, Pack
from rootline.packs.run import Advised, Plan, run
from rootline.readers.english import Voice, english


def plan_of(
    facts: Mapping[str, str], pack: Pack, audience: Audience
) -> tuple[Urgency, list[AdviceTold], list[AskNext]]:
    """Urgency, all advice and the questions. Raises an error that names a fact or value that cannot be read."""
    voice, plan = VOICE[audience], run_facts(facts, pack)
    advice = [
        AdviceTold(
            id=one.advice.id,
            section=one.advice.section,
            status=one.status,
            condition=_condition(one, pack, voice),
            text=one.advice.say.to(voice),
            actions=tell_actions(one.advice, pack, voice),
            citations=[str(citation) for citation in one.advice.because],
        )
        for one in plan.advised
    ]
    return tell_urgency(plan, voice), advice, tell_questions(plan, voice)


def changes_of(
    facts: Mapping[str, str], pack: Pack, audience: Audience
) -> tuple[Urgency, list[WouldChange], list[AskNext]]:
    """Urgency, the smallest changes of facts that lead to another, and the questions. Errors as of `plan_of`."""
    voice, plan = VOICE[audience], run_facts(facts, pack)
    return tell_urgency(plan, voice), tell_changes(plan, voice), tell_questions(plan, voice)


def run_facts(facts: Mapping[str, str], pack: Pack) -> Plan:
    """The plan for facts as they are typed. Errors as of `plan_of`."""
    return run_given((read_named(fact, value, pack, "form") for fact, value in facts.items()), pack)


def run_given(given: Iterable[Given], pack: Pack, onset: date | None = None) -> Plan:
    """The plan for what was given outside any text, and for what its findings tell."""
    case = build_case(None, {one.fact: one for one in given}, pack)
    return run(pack, {fact: entry.value for fact, entry in case.items()}, onset)


def advice_in_general(advice: Advice, pack: Pack, voice: Voice) -> str:
    """For whom a piece of advice is, in words; "always" where it is for everybody."""
    return english(advice.when, pack.lexicon, voice)


def _condition(one: Advised, pack: Pack, voice: Voice) -> str:
    """What is still open of it, in words; nothing where it holds or not."""
    return english(one.condition, pack.lexicon, voice) if one.status == "if" else ""

"""Texts of a card: a summary that fits, and Markdown that nothing in a record can break out of. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rootline.answers import phrases
from rootline.answers.banner import level_words, say_urgency
from rootline.answers.case import Case
from rootline.answers.compose import say_why, tell_statement, tell_urgency
from rootline.answers.model import Review
from rootline.answers.reviewed import disclaimer
from rootline.edges.cds_hooks.judge import Judged, bars
from rootline.edges.fhir.told import Found, Unused
from rootline.logic.truth import Truth
from rootline.packs.describe import say_fact
from rootline.packs.explore import ask_next
from rootline.packs.pressing import pressing_facts
from rootline.packs.run import Advised, Plan
from rootline.readers.evaluate import trace

LONGEST_SUMMARY = 140  # characters, by the specification
UNASKED = "Emergency not ruled out: warning signs not recorded"
_MOST_STATEMENTS, _MOST_QUESTIONS, _MOST_FACTS, _MOST_UNUSED = 3, 6, 20, 10
_MARKS = re.compile(r"([\\`*_\[\]()#!|~])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def plain(text: str) -> str:
    """Words from a record, shown as they are: no mark, tag or line of theirs takes effect.

    >>> plain("<b>[x](y)</b>")
    '&lt;b&gt;\\\\[x\\\\]\\\\(y\\\\)&lt;/b&gt;'
    """
    marked = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return "".join(_ENTITIES.get(letter, letter) for letter in marked if letter.isprintable())


def fit(text: str, longest: int = LONGEST_SUMMARY) -> str:
    """A text within its limit, cut at a word."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def headline(plan: Plan) -> str:
    """The urgency in one line: first what it could still be, so that no cut loses it."""
    urgency = tell_urgency(plan, "clinician")
    said = say_urgency(plan.urgency.level is not None, plan.urgency.at_least, urgency.could_be, "", "clinician")
    because = _because(plan)
    if said.could_be:
        return f"{said.headline}. {said.could_be}" + (f". Found: {because}" if because else "")
    return f"{said.headline} ({because})" if because else said.headline


def unasked(plan: Plan) -> str:
    """That answers alone are missing, then what is found besides; cut is only what that stands on."""
    if not (because := _because(plan)):
        return f"{UNASKED}. Ask and examine those listed below"
    return f"{UNASKED}. {level_words(plan.urgency.at_least, 'clinician')} at the latest ({because})"


def short_headline(plan: Plan, longest: int) -> str:
    """A reached urgency with something else behind it: while it is open its levels go by name alone, without the time.

    Cut are only the facts that it stands on.
    """
    urgency = plan.urgency
    said = level_words(urgency.at_least, "clinician")
    if urgency.level is None:
        both = (urgency.at_least, urgency.could_be[0])
        least, most = (level_words(one, "clinician").partition(":")[0] for one in both)
        said = f"{phrases.AT_LEAST.clinician.upper()} {least}, {phrases.COULD_BE.clinician.upper()} {most}"
    return f"{said} ({fit(_because(plan), longest - len(said) - 3)})"


def _because(plan: Plan) -> str:
    return ", ".join(dict.fromkeys(reason.text for reason in tell_urgency(plan, "clinician").because))


def detail(
    plan: Plan,
    case: Case,
    advice: Sequence[Advised],
    unused: Sequence[Unused],
    review: Review,
    against: Sequence[Found],
    *,
    lines: bool,
) -> str:
    """The whole of a card in Markdown; `lines` adds what the urgency reached asks to do."""
    parts = [f"**{plain(one.resource)}: {plain(one.why)}**\n" for one in unused if one.topic]
    parts += [f"**{one.advice.say.clinician}**\n" for one in plan.advised if one.advice.outside and _applies(one)]
    parts += [f"**Urgency:** {headline(plan)}"]
    reached = [line.advice.say.clinician for line in plan.urgency.because] if lines else []
    parts += [f"- {text}" for text in reached]
    if against:
        parts += ["", "**Written down, and contradicted elsewhere on the record: clear up now**"]
        quoted = dict.fromkeys(f"- {disputing(one, plan)}: {plain(one.text)}" for one in against)
        parts += list(quoted)
    disputed = {one.fact for one in against}
    raising = [plan.pack.facts[one.fact] for one in ask_next(plan) if one.could_raise_to and one.fact not in disputed]
    if plan.urgency.open and raising:
        parts += ["", "**Not recorded: ask or examine now**"]
        parts += [f"- {fact.ask.clinician}" for fact in raising[:_MOST_QUESTIONS]]
        if len(raising) > _MOST_QUESTIONS:
            parts.append(f"- and {len(raising) - _MOST_QUESTIONS} more that could raise the urgency")
    if advice := [one for one in advice if one.status != "does not apply"]:
        parts += ["", "**Advice**", *(_statement(one, plan) for one in advice[:_MOST_STATEMENTS])]
        if len(advice) > _MOST_STATEMENTS:
            parts.append(f"- and {len(advice) - _MOST_STATEMENTS} more on the same")
    pack = plan.pack
    pressing = pressing_facts(pack)
    first = sorted(case, key=lambda fact: fact not in pressing)
    shown = max(_MOST_FACTS, len(pressing & set(case)))
    by_source: dict[str, list[str]] = {}
    for fact in first[:shown]:
        by_source.setdefault(case[fact].text, []).append(say_fact(fact, case[fact].value, pack, "clinician"))
    read = [f"- {', '.join(said)} ({plain(source)})" for source, said in by_source.items()]
    parts += ["", "**Read from the record** (all else is unknown)", *(read or ["- nothing"])]
    if len(first) > shown:
        parts.append(f"- and {len(first) - shown} more, on which no urgency stands")
    parts += ["", *_not_used(unused), "", _review(review)]
    return "\n".join(parts)


def disputing(found: Found, plan: Plan) -> str:
    """What somebody wrote down, in words."""
    return say_fact(found.fact, found.value, plan.pack, "clinician")


def reason(judged: Judged, plan: Plan) -> str:
    """The facts of this patient that bar an action, else that the first piece of advice fired on, or would fire on;
    empty for none.
    """
    if judged.stance in ("open", "possible"):
        return next((tell_statement(one, plan, "clinician").condition for one in judged.advice), "")
    rule = plan.pack.actions[judged.action].contraindicated
    if rule and bars(judged.action, plan) is Truth.YES:
        why = trace(plan.pack.conditions[rule], plan.values, plan.pack.conditions)
        return say_why(why, plan, "clinician")
    return next((said for one in judged.advice if (said := tell_statement(one, plan, "clinician").reason)), "")


def _applies(one: Advised) -> bool:
    return one.status == "applies"


def _statement(one: Advised, plan: Plan) -> str:
    said = tell_statement(one, plan, "clinician")
    when = f"If {said.condition}: " if said.status == "if" else ""
    here = f" (here: {said.reason})" if said.reason else ""
    strength = f" [{said.strength}]" if said.strength else ""
    return f"- {when}{said.text}{here}{strength}"


def _not_used(unused: Sequence[Unused]) -> list[str]:
    """What bears on a fact, or could not be had, by name, ten old values of a fact in one line; the rest counted.
    Nothing is passed over in silence.
    """
    if not unused:
        return ["**Not used:** nothing"]
    telling = [one for one in unused if one.fact or not one.why.startswith("no fact is read")]
    alike: dict[tuple[str, str, str], list[str]] = {}
    for one in telling:
        alike.setdefault((one.fact, one.why, "" if one.fact else one.resource), []).append(one.resource)
    shown = list(alike.items())[:_MOST_UNUSED]
    lines = [f"- {_first(names)}: {fact + ': ' if fact else ''}{plain(why)}" for (fact, why, _), names in shown]
    counted = len(unused) - sum(len(names) for _, names in shown)
    rest = [f"- and {counted} more that tell no fact, or stand in the answer as data"] if counted else []
    return ["**Not used**", *lines, *rest]


def _first(names: Sequence[str]) -> str:
    return plain(names[0]) + (f" and {len(names) - 1} more" if len(names) > 1 else "")


def _review(review: Review) -> str:
    note = f" {plain(review.note)}" if review.note else ""
    return f"**Review:** {review.state.replace('_', ' ')}, {review.updated}.{note} {disclaimer(review, 'clinician')}"

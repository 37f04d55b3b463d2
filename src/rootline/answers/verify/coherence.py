"""What an answer must be by itself, whichever pack it was read off: whole, in order, at one with itself, honest.

Looks at the answer alone: an answer that fails here is refuted even where its pack is not at hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.answers.audience import VOICE, section_order
from rootline.answers.compose import trace_id
from rootline.answers.model import AUDIENCES, Answer, Statement
from rootline.answers.reviewed import disclaimer
from rootline.answers.verify.finding import Finding
from rootline.answers.verify.places import citations, statements, tells_no_plan
from rootline.packs.model import LEVELS


def incoherences(answer: Answer) -> Iterator[Finding]:
    """Each way in which the answer contradicts itself or its form."""
    yield from _trace_id(answer)
    yield from _urgency(answer)
    yield from _sections(answer)
    for place, _, statement in statements(answer):
        yield from _statement(statement, place)
    yield from _contradictions(answer)
    yield from _sources(answer)
    yield from _honesty(answer)


def _trace_id(answer: Answer) -> Iterator[Finding]:
    def made_for(audience: str) -> bool:
        told = (answer.question, audience, answer.facts, answer.onset, answer.pack.sha256)
        return trace_id(*told) == answer.trace_id

    if made_for(answer.audience):
        return
    if other := next((audience for audience in AUDIENCES if made_for(audience)), None):
        yield Finding("audience", f"the answer was made for a {other}, not for a {answer.audience}")
    else:
        what = "the question, audience, facts, onset, pack stamp or trace id is not the one the answer was made with"
        yield Finding("trace_id", what)


def _urgency(answer: Answer) -> Iterator[Finding]:
    told = answer.urgency
    if "undetermined" in (told.at_least, *told.could_be):
        yield Finding("urgency", "`at_least` and `could_be` name levels; only `level` can be undetermined")
        return
    ranks = [LEVELS.index(level) for level in told.could_be if level != "undetermined"]
    if ranks != sorted(set(ranks)) or told.at_least not in told.could_be[-1:]:
        yield Finding("urgency.could_be", f"does not run from the highest level down to “{told.at_least}”")
    due = told.at_least if len(ranks) == 1 else "undetermined"
    if told.level != due:
        yield Finding("urgency.level", f"says “{told.level}” where what it could be makes it “{due}”")


def _sections(answer: Answer) -> Iterator[Finding]:
    order = section_order(answer.audience)
    last = -1
    for at, section in enumerate(answer.sections):
        if section.id not in order:
            yield Finding(f"sections[{at}].id", f"no section is called `{section.id}`")
            continue
        here = order.index(section.id)
        if here <= last:
            yield Finding(f"sections[{at}]", f"out of order: “{section.title}” stands too late, or twice")
        last = max(last, here)
    if answer.outcome == "refused" and answer.sections:
        yield Finding("outcome", "says “refused” beside statements")
    if not tells_no_plan(answer) and "red-flags" not in {one.id for one in answer.sections}:
        yield Finding("sections", "the red flags are left out")


def _statement(one: Statement, place: str) -> Iterator[Finding]:
    truth = {"applies": "yes", "if": "unknown"}[one.status]
    if one.trace.truth != truth:
        yield Finding(f"{place}.status", f"says “{one.status}” where the trace of `{one.id}` says “{one.trace.truth}”")
    if (one.status == "if") != bool(one.condition):
        what = "is said plainly, with a condition" if one.condition else "waits for facts, without saying which"
        yield Finding(f"{place}.condition", f"`{one.id}` {what}")
    if not one.citations and not one.reading:
        yield Finding(f"{place}.citations", f"`{one.id}` rests on no source and is not marked as our reading")


def _contradictions(answer: Answer) -> Iterator[Finding]:
    said: dict[str, str] = {}
    advised: dict[str, str] = {}
    avoided: dict[str, str] = {}
    for place, _, one in statements(answer):
        if one.id in said:
            yield Finding(f"{place}.id", f"`{one.id}` is said twice, also at {said[one.id]}")
        said[one.id] = place
        if one.status == "applies":
            for act in one.actions:
                (avoided if act.kind == "avoid" else advised).setdefault(act.what, place)
    for what in advised.keys() & avoided.keys():
        yield Finding(f"{advised[what]}.actions", f"{what} is advised here and forbidden at {avoided[what]}")


def _sources(answer: Answer) -> Iterator[Finding]:
    listed = [source.id for source in answer.sources]
    cited: set[str] = set()
    for place, citation in citations(answer):
        source = citation.partition("#")[0]
        cited.add(source)
        if source not in listed:
            yield Finding(place, f"cites `{citation}`, which is not among the sources")
    for at, id_ in enumerate(listed):
        if id_ not in cited:
            yield Finding(f"sources[{at}]", f"nothing in the answer cites `{id_}`")
        if id_ in listed[:at]:
            yield Finding(f"sources[{at}]", f"`{id_}` is listed twice")


def _honesty(answer: Answer) -> Iterator[Finding]:
    if answer.disclaimer != disclaimer(answer.review, VOICE[answer.audience]):
        yield Finding("disclaimer", "is not the one that every answer for this audience carries")

"""The plan told as an answer: urgency, bottom line, sections in fixed order, disagreements, what to ask.

Every sentence comes from the pack; this file chooses voices, joins and counts. It renders nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal

from rootline.answers import phrases as words
from rootline.answers.audience import VOICE
from rootline.answers.background import claims_on, effects, likely_sites, overruled
from rootline.answers.bottom_line import bottom_line
from rootline.answers.case import Case, Given
from rootline.answers.due import days_since_onset, due_of
from rootline.answers.look_up import Looked, nothing_near
from rootline.answers.model import (
    ActionSaid,
    Answer,
    AskNext,
    Audience,
    BottomLine,
    DisagreementSaid,
    DoseSaid,
    FactRead,
    LikelySite,
    OpenLine,
    PackStamp,
    PositionSaid,
    Reason,
    Related,
    Section,
    Side,
    SourceCited,
    Statement,
    TraceNode,
    Urgency,
    WouldChange,
)  # fmt: skip
from rootline.answers.not_taken import not_understood, unclear_signs, uncounted, unused
from rootline.answers.reviewed import disclaimer, unreviewed
from rootline.answers.select import Shelf, select
from rootline.answers.warning_signs import warning_signs
from rootline.evidence.points.cite import verdict
from rootline.evidence.points.source import Source
from rootline.logic.tree import Not, facts_of
from rootline.logic.values import say_value
from rootline.narrative.intent import Intent
from rootline.narrative.nearest import nearest_questions
from rootline.narrative.read import Reading
from rootline.packs.describe import say_fact
from rootline.packs.explore import ask_next, would_change
from rootline.packs.localise import is_conflicting, localise
from rootline.packs.model import SECTIONS, Advice, Disagreement, Pack
from rootline.packs.pressing import MUST_NOT_WAIT
from rootline.packs.run import Advised, Plan
from rootline.readers.english import Voice, english
from rootline.readers.evaluate import Trace, trace
from rootline.settings import program_version

_MOST_QUESTIONS = 8


def compose(
    question: str,
    reading: Reading,
    case: Case,
    plan: Plan,
    audience: Audience,
    not_counted: Iterable[Given] = (),
    looked: Looked | None = None,
) -> Answer:
    """The whole answer. The same question, case and pack give the same answer, byte for byte.

    `not_counted` are facts that the reader took back, or that a finding contradicts; `looked` what the user's
    documents say.
    """
    pack, voice = plan.pack, VOICE[audience]
    given = any(entry.origin not in ("question", "follow-up", "what if") for entry in case.values())
    is_emergency = plan.urgency.at_least == pack.urgency[0].level  # never left without what to do about it
    covered = reading.intent.covered or given or is_emergency
    # a general question names the topic alone, and tells of nobody who could change
    is_general = plan.urgency.at_least == pack.urgency[-1].level and all(pack.facts[fact].topic for fact in case)
    claims = claims_on(question, pack) if covered else []
    opened = frozenset(name for claim in claims for name in claim.met_by)
    shelves = select(plan, reading.intent, audience, opened) if covered else ()
    sections = [_section(shelf, plan, voice) for shelf in shelves]
    bearing = [one for one in pack.disagreements if covered and _bears_on(one, shelves, reading.intent)]
    disagreements = [tell_disagreement(one, pack, voice) for one in bearing]
    located = localise(pack, plan.values) if covered else ()
    likely = likely_sites(located, pack, voice)
    not_followed = overruled(claims, voice)
    urgency = tell_urgency(plan, voice)
    facts = [
        *_facts(case, reading, pack),
        *uncounted(not_counted, reading, case, pack, voice),
        *unused(reading, case, voice),
    ]
    onset = plan.onset.isoformat() if plan.onset else ""
    passages = looked.passages if looked else []
    line = (
        bottom_line(plan, shelves, reading.intent, voice) if covered else _refusal(reading.intent, looked, pack, voice)
    )
    missed = not_understood(reading, case, pack) if covered else []
    unclear = unclear_signs(reading, case, pack, voice) if covered else []
    is_emergency = plan.urgency.level == "emergency"
    is_calm = plan.urgency.level is not None and plan.urgency.level not in MUST_NOT_WAIT  # else the plan tells them
    do_not_wait = list(warning_signs(pack, voice)) if not covered or (is_calm and (missed or unclear)) else []
    review = unreviewed(pack)
    shown = [one for shelf in shelves for one in shelf.shown if one.status == "applies"]
    limits = [one.advice.say.to(voice) for one in shown if one.advice.outside]
    partly = " ".join([words.OUTSIDE.to(voice), *limits]) if limits else ""
    return Answer(
        question=question,
        audience=audience,
        as_of=pack.updated,
        program=program_version(),
        pack=tell_pack(pack),
        outcome="answered" if covered and not limits else "partly" if covered or passages else "refused",
        reason=partly if covered else _not_covered(pack, voice),
        facts=facts,
        read_on=reading.read_on.isoformat() if reading.read_on else "",
        onset=onset,
        days_since_onset=days_since_onset(plan),
        side=_side(plan),
        urgency=urgency,
        bottom_line=line,
        not_understood=missed,
        unclear=unclear,
        do_not_wait=do_not_wait,
        sections=sections,
        localisation=likely,
        conflicting_signs=is_conflicting(located),
        disagreements=disagreements,
        overruled=not_followed,
        # a patient whom the emergency is told is to go, not to fill in what cannot raise it
        ask_next=tell_questions(plan, voice) if covered and not (is_emergency and voice == "patient") else [],
        would_change=tell_changes(plan, voice) if covered and not is_general else [],
        sources=_sources(
            [
                *_citations(sections, disagreements),
                *line.citations,
                *(citation for sign in do_not_wait for citation in sign.citations),
                *(citation for reason in urgency.because for citation in reason.citations),
                *(citation for site in likely for citation in _site_citations(site)),
                *(citation for claim in not_followed for citation in claim.citations),
            ],
            pack,
        ),
        passages=passages,
        library=looked.searched if looked else None,
        related=[Related(question=one) for one in nearest_questions(question, plan.values, pack)],
        review=review,
        disclaimer=disclaimer(review, voice),
        trace_id=trace_id(question, audience, facts, onset, pack.sha256),
    )


def _not_covered(pack: Pack, voice: Voice) -> str:
    return f"{words.REFUSED.to(voice)}: {pack.title.to(voice)}."


def _refusal(intent: Intent, looked: Looked | None, pack: Pack, voice: Voice) -> BottomLine:
    """What stands in place of a plan: that there is none, what the user's documents gave, and how to ask for it."""
    if looked and looked.passages:
        return BottomLine(text=words.QUOTED_ONLY.to(voice).format(len(looked.passages)), citations=[])
    told = [_not_covered(pack, voice)]
    if looked:
        told.append(nothing_near(looked.searched, voice))
    if intent.actions:  # a treatment the pack speaks of, without its topic
        named = pack.actions[intent.actions[0]].words.to(voice)
        told.append(words.NAME_THE_TOPIC.to(voice).format(named, pack.title.to(voice)))
    return BottomLine(text=" ".join(told), citations=[])


def _section(shelf: Shelf, plan: Plan, voice: Voice) -> Section:
    return Section(
        id=shelf.section,
        title=SECTIONS[shelf.section].to(voice),
        statements=[
            *(tell_statement(one, plan, voice, "main") for one in shelf.shown),
            *(tell_statement(one, plan, voice, "in depth") for one in shelf.in_depth),
        ],
        more=shelf.more,
    )


def tell_statement(one: Advised, plan: Plan, voice: Voice, depth: Literal["main", "in depth"] = "main") -> Statement:
    """One piece of advice that is given, with its reasons."""
    advice, pack = one.advice, plan.pack
    why = trace(advice.when, plan.values, pack.conditions)
    return Statement(
        id=advice.id,
        text=advice.say.to(voice),
        status="applies" if one.status == "applies" else "if",
        depth=depth,
        condition="" if one.status == "applies" else english(one.condition, pack.lexicon, voice),
        reason=say_why(why, plan, voice) if one.status == "applies" else "",
        actions=tell_actions(advice, pack, voice),
        doses=[DoseSaid(**vars(dose)) for dose in advice.doses],
        due=due_of(one, plan),
        effects=effects(advice.because, pack),
        strength=advice.strength,
        certainty=advice.certainty,
        verdict=verdict([kind for kind, _ in advice.actions], [pack.point(one) for one in advice.because]),
        reading=advice.reading,
        citations=[str(citation) for citation in advice.because],
        trace=tell_trace(why, pack, voice),
    )


def tell_actions(advice: Advice, pack: Pack, voice: Voice) -> list[ActionSaid]:
    """What an advice asks to do, consider or avoid."""
    return [ActionSaid(kind=kind, what=what, name=pack.actions[what].words.to(voice)) for kind, what in advice.actions]


def _side(plan: Plan) -> Side:
    value = plan.values.get(plan.pack.side_fact) if plan.pack.side_fact else None
    return "left" if value == "left" else "right" if value == "right" else ""


def tell_trace(found: Trace, pack: Pack, voice: Voice, lead: str = "") -> TraceNode:
    """A trace in words: each part with its truth, one that is denied as what must not hold."""
    below = f"{words.MUST_NOT_HOLD.to(voice)}: " if isinstance(found.node, Not) else ""
    return TraceNode(
        text=lead + english(found.node, pack.lexicon, voice),
        truth=str(found.truth),
        parts=[tell_trace(part, pack, voice, below) for part in found.parts],
    )


def tell_urgency(plan: Plan, voice: Voice) -> Urgency:
    """How soon, and why."""
    found = plan.urgency
    return Urgency(
        level=found.level or "undetermined",
        at_least=found.at_least,
        could_be=list(found.could_be),
        because=[
            Reason(text=text, citations=[str(citation) for citation in line.advice.because])
            for line in found.because
            for text in [say_why(trace(line.advice.when, plan.values, plan.pack.conditions), plan, voice)]
            if text
        ],
        open=[
            OpenLine(level=line.level, text=english(line.advice.when, plan.pack.lexicon, voice)) for line in found.open
        ],
    )


def say_why(found: Trace, plan: Plan, voice: Voice) -> str:
    """The facts that make a condition hold, in words, supposed ones as such; nothing for one that always holds."""
    pack, leaves = plan.pack, dict[str, None]()

    def visit(part: Trace) -> None:
        if str(part.truth) != "yes":
            return
        holding = [below for below in part.parts if str(below.truth) == "yes"]
        if not holding or isinstance(holding[0].node, Not):  # a leaf, or a rule that says best what it denies
            is_supposed = plan.supposed & set(facts_of(part.node, pack.conditions))
            said = f"{words.SUPPOSED.to(voice)}: " if is_supposed else ""
            leaves.setdefault(said + english(part.node, pack.lexicon, voice))
        else:
            for below in holding:
                visit(below)

    visit(found)
    leaves.pop("always", None)
    return ", ".join(leaves)


def _bears_on(one: Disagreement, shelves: tuple[Shelf, ...], intent: Intent) -> bool:
    """A disagreement is shown with the treatments asked about, else with every statement whose actions it is about."""
    if intent.is_focused and intent.actions:
        return bool(set(intent.actions) & set(one.about))
    said = {what for shelf in shelves for shown in shelf.shown for _, what in shown.advice.actions}
    return bool(said & set(one.about))


def tell_disagreement(one: Disagreement, pack: Pack, voice: Voice) -> DisagreementSaid:
    """Who says what, for whom, and our reading."""
    return DisagreementSaid(
        id=one.id,
        topic=one.title.to(voice),
        positions=[
            PositionSaid(
                says=position.says.to(voice),
                citations=[str(citation) for citation in position.because],
                population=_joined(pack.point(citation).population for citation in position.because),
                strength=_joined(pack.point(citation).strength for citation in position.because),
            )
            for position in one.positions
        ],
        why=one.why,
        our_reading=one.our_reading.to(voice),
    )


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _facts(case: Case, reading: Reading, pack: Pack) -> list[FactRead]:
    return [
        FactRead(
            id=fact,
            value=say_value(entry.value, pack.facts[fact].type),
            source=entry.origin,
            text=entry.text,
            against=reading.words_against(fact, entry.value),
        )
        for fact, entry in case.items()
    ]


def tell_questions(plan: Plan, voice: Voice) -> list[AskNext]:
    """What to ask next, most important first."""
    asked = []
    for one in ask_next(plan)[:_MOST_QUESTIONS]:
        if one.could_raise_to:
            change = f"{words.RAISES.to(voice)} {one.could_raise_to}"
        else:
            change = words.SETTLES.to(voice).format(one.bears_on)
        asked.append(AskNext(fact=one.fact, question=plan.pack.facts[one.fact].ask.to(voice), could_change=change))
    return asked


def tell_changes(plan: Plan, voice: Voice) -> list[WouldChange]:
    """The smallest changes of facts that lead to another urgency."""
    pack = plan.pack
    return [
        WouldChange(
            facts={fact: say_value(value, pack.facts[fact].type) for fact, value in one.facts.items()},
            text=" and ".join(say_fact(fact, value, pack, voice) for fact, value in one.facts.items()),
            then=one.then,
        )
        for one in would_change(plan)
    ]


def _site_citations(site: LikelySite) -> list[str]:
    return [*site.citations, *(site.drawn.citations if site.drawn else [])]


def _citations(sections: list[Section], disagreements: list[DisagreementSaid]) -> list[str]:
    said = [citation for section in sections for one in section.statements for citation in one.citations]
    return said + [citation for one in disagreements for position in one.positions for citation in position.citations]


def _sources(citations: list[str], pack: Pack) -> list[SourceCited]:
    """Every cited source once, in the order of first citation."""
    ids = dict.fromkeys(citation.partition("#")[0] for citation in citations)
    return [tell_source(pack.sources[id_]) for id_ in ids]


def tell_pack(pack: Pack) -> PackStamp:
    """Which content something is said from."""
    return PackStamp(id=pack.id, version=pack.version, sha256=pack.sha256)


def tell_source(source: Source) -> SourceCited:
    """The record of a source."""
    return SourceCited(
        id=source.id, kind=source.kind, short=source.short, title=source.title, authors=source.authors,
        organisation=source.organisation, year=source.year, doi=source.doi, pmid=source.pmid, url=source.address,
        standing=source.standing, standing_note=source.standing_note,
    )  # fmt: skip


def trace_id(question: str, audience: str, facts: Iterable[FactRead], onset: str, pack_sha256: str) -> str:
    """The same inputs, the same id; a hash, so that it tells nothing about the patient."""
    known = ["\x1f".join([fact.id, fact.value, fact.source, fact.text, fact.note]) for fact in facts]
    material = "\0".join([pack_sha256, audience, question, *known, onset])
    return hashlib.sha256(material.encode()).hexdigest()[:16]

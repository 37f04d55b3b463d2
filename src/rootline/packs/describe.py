"""A pack's facts and sources in words: one value of a fact, and plain lists for a terminal. Decides nothing."""

from __future__ import annotations

from itertools import groupby

from rootline.errors import NotFoundError, nearest
from rootline.evidence.points.source import Citation, Source
from rootline.logic.tree import facts_of
from rootline.logic.units import UNITS, say
from rootline.logic.values import Among, Amount, FactType, Value, say_value
from rootline.packs.leaning import leaning
from rootline.packs.model import Fact, Pack
from rootline.readers.english import Voice


def list_facts(pack: Pack) -> str:
    """Every fact with its possible values, by group."""
    lines: list[str] = []
    for group, facts in groupby(pack.facts.values(), key=lambda fact: fact.group):
        lines += [group, *(f"  {fact.id:32} {_type(fact.type)}" for fact in facts), ""]
    return "\n".join([*lines, f"{len(pack.facts)} facts"])


def _type(type_: FactType) -> str:
    if isinstance(type_, Amount):
        if type_.unit is UNITS["d"]:
            return "a length of time, e.g. 10 days, >6 weeks"
        return f"{say(type_.low, type_.unit)} to {say(type_.high, type_.unit)}"
    return " | ".join(type_.values)


def describe_fact(pack: Pack, name: str) -> str:
    """One fact: its question, the phrases it is heard as, and what looks at it."""
    if name not in pack.facts:
        raise NotFoundError(f"no fact is called `{name}`", mend=nearest(name, pack.facts))
    fact = pack.facts[name]
    used = [id_ for id_, one in pack.statements.items() if name in facts_of(one.when, pack.conditions)]
    return "\n".join(
        [
            f"{fact.id}: {_type(fact.type)}",
            f"  asked: {fact.ask.clinician}",
            f"  asked of a patient: {fact.ask.patient}",
            f"  heard as: {_heard(fact)}",
            f"  looked at by: {', '.join(used) or 'nothing'}",
        ]
    )


def _heard(fact: Fact) -> str:
    return "; ".join(heard.phrase for heard in fact.heard) or "nothing: give it as `--fact`"


def list_sources(pack: Pack) -> str:
    """Every source, one line each."""
    rows = [f"{one.id:45} {one.kind:18} {one.year or '-':5} {one.standing}" for one in pack.sources.values()]
    points = sum(len(one.points) for one in pack.sources.values())
    return "\n".join([*rows, f"{len(rows)} sources, {points} points"])


def describe_source(pack: Pack, name: str) -> str:
    """One source: its record, its points, and all that leans on each."""
    if name not in pack.sources:
        raise NotFoundError(f"no source is called `{name}`", mend=nearest(name, pack.sources))
    source = pack.sources[name]
    lines = [_record(source)]
    leaned = leaning(pack)
    for point in source.points.values():
        lines.append(f"\n  {source.id}#{point.id}  ({point.direction}; {point.strength or 'ungraded'})")
        lines.append(f"    {point.says}")
        lines += [f"    numbers: {point.numbers}"] if point.numbers else []
        leaners = leaned.get(Citation(source.id, point.id), ())
        lines.append(f"    leaned on by: {', '.join(map(str, leaners)) or 'nothing'}")
    return "\n".join(lines)


def _record(source: Source) -> str:
    by = source.authors or source.organisation
    note = f" ({source.standing_note})" if source.standing_note else ""
    parts = [source.title, by, source.journal, source.year, source.address]
    record = ". ".join(str(part).rstrip(".") for part in parts if part)
    return f"{source.id}: {source.kind}, {source.standing}{note}\n  {record}"


def say_fact(fact: str, value: Value, pack: Pack, voice: Voice) -> str:
    """What is known of one fact, in the pack's words."""
    type_ = pack.facts[fact].type
    if isinstance(type_, Amount):
        return f"{pack.lexicon.leads[fact].to(voice)} {say_value(value, type_)}"
    can = [one for one in type_.values if one == value or (isinstance(value, Among) and one in value.values)]
    return " or ".join(pack.lexicon.values[fact, one].to(voice) for one in can)

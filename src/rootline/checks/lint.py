"""What a pack may hold and still be read wrongly: findings, each with its place and mend.

A pack with findings loads; one that cannot be resolved does not (`load`). Nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rootline.errors import nearest
from rootline.evidence.points.cite import verdict
from rootline.evidence.points.source import Citation
from rootline.logic.place import Place
from rootline.logic.tree import Any as AnyOf
from rootline.logic.tree import Is, facts_of, rules_of, walk
from rootline.packs.codes import codes
from rootline.packs.grounds import groundless_numbers, groundless_units, grounds_of, misfits
from rootline.packs.leaning import leaning
from rootline.packs.model import Advice, Pack
from rootline.packs.pressing import pressing_facts
from rootline.readers.english import VOICES

_LONGEST_CORE = {"clinician": 45, "patient": 70}  # words; plain language takes more of them


@dataclass(frozen=True)
class Finding:
    """Something to mend, and where."""

    place: Place
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def lint(pack: Pack) -> list[Finding]:
    """All findings, in the order of the files. Raises `PackError` for codes that cannot be read."""
    codes(pack)
    found = [
        *_numbers(pack), *_unused_facts(pack), *_unused_rules(pack), *_unsupported(pack), *_long(pack), *_words(pack),
        *_split_choices(pack),
        *_heard_for_ever(pack),
        *_unused_points(pack),
        *_misfits(pack),
        *_unread_files(pack),
    ]  # fmt: skip
    return sorted(found, key=lambda finding: (finding.place.file, finding.place.line, finding.what))


def _numbers(pack: Pack) -> Iterator[Finding]:
    """A number said must stand, with its unit, in a cited point, in the condition, or be explained as our reading."""
    for advice in pack.statements.values():
        grounds = grounds_of(advice, advice.because, pack)
        missing = [*groundless_numbers(" ".join(_said(advice)), grounds), *groundless_units(_said(advice), grounds)]
        if missing:
            numbers = ", ".join(missing)
            yield Finding(advice.place, f"`{advice.id}` says {numbers}, which no cited point or reading gives")


def _said(advice: Advice) -> list[str]:
    doses = [text for one in advice.doses for text in (one.dose, one.maximum, one.duration, one.note)]
    return [advice.say.clinician, advice.say.patient, *doses]


def _unused_facts(pack: Pack) -> Iterator[Finding]:
    used = {fact for one in pack.statements.values() for fact in facts_of(one.when, pack.conditions)}
    used |= {fact.lasts_as for fact in pack.facts.values() if fact.lasts_as}
    used |= {fact for nodes in pack.findings.values() for node in nodes for fact in facts_of(node, {})}
    used |= {fact for fact in (pack.onset_fact, pack.side_fact) if fact}
    for site in pack.sites:
        used |= {fact for node in site.findings for fact in facts_of(node, pack.conditions)}
    for fact in pack.facts.values():
        if fact.id not in used:
            yield Finding(fact.place, f"no urgency line, advice or site looks at fact `{fact.id}`")


def _unused_points(pack: Pack) -> Iterator[Finding]:
    cited = leaning(pack)
    for source in pack.sources.values():
        lost = [point for point in source.points.values() if Citation(source.id, point.id) not in cited]
        if len(lost) == len(source.points):
            yield Finding(source.place, f"nothing leans on source `{source.id}`")
        else:
            yield from (Finding(point.place, f"nothing leans on `{source.id}#{point.id}`") for point in lost)


def _misfits(pack: Pack) -> Iterator[Finding]:
    """Advice that rests only on points about other people, without a stated reading."""
    for advice in pack.statements.values():
        others = misfits(map(pack.point, advice.because), pack)
        if others and not advice.reading:
            found = ", ".join(others)
            yield Finding(advice.place, f"`{advice.id}` rests only on points about {found}: say so in `reading:`")


def _unused_rules(pack: Pack) -> Iterator[Finding]:
    nodes = [one.when for one in pack.statements.values()]
    nodes += [node for site in pack.sites for node in site.findings]
    used = {rule for node in nodes for rule in rules_of(node, pack.conditions)}
    for rule in pack.rules.values():
        if rule.name not in used:
            yield Finding(rule.place, f"no urgency line or advice uses rule `{rule.name}`")


def _unsupported(pack: Pack) -> Iterator[Finding]:
    """Advice whose citations all point the other way, with no disagreement that shows it."""
    shown = {what for one in pack.disagreements for what in one.about}
    for advice in pack.statements.values():
        found = verdict([kind for kind, _ in advice.actions], [pack.point(one) for one in advice.because])
        actions = {what for _, what in advice.actions}
        if found == "opposed" and not actions & shown and not advice.reading:
            yield Finding(advice.place, f"every point that `{advice.id}` cites says the opposite")


def _long(pack: Pack) -> Iterator[Finding]:
    for advice in pack.advice:
        for voice in VOICES:
            length = len(advice.say.to(voice).split())
            if not advice.detail and length > _LONGEST_CORE[voice]:
                what = f"`{advice.id}` takes {length} {voice} words; mark it `detail: yes` or shorten it"
                yield Finding(advice.place, what)


def _words(pack: Pack) -> Iterator[Finding]:
    """Texts that would join badly: a full stop in words that are put in front of others."""
    for (fact, value), wording in pack.lexicon.values.items():
        for voice in VOICES:
            if wording.to(voice).endswith("."):
                yield Finding(pack.facts[fact].place, f"words of `{fact}` {value} end with a full stop")


def _split_choices(pack: Pack) -> Iterator[Finding]:
    """`any of` over all values but one of a fact: with a value only partly known it would stay undecided."""
    for node in [part for rule in pack.rules.values() for part in walk(rule.when)]:
        if isinstance(node, AnyOf):
            values: dict[str, set[str]] = {}
            for part in node.parts:
                if isinstance(part, Is):
                    values.setdefault(part.fact, set()).add(part.value)
            for fact, named in values.items():
                type_ = pack.facts[fact].type
                left = [value for value in getattr(type_, "values", ()) if value not in named]
                if len(named) > 1 and len(left) == 1:
                    yield Finding(node.place, f"say `not: {fact} is {left[0]}` for {' or '.join(sorted(named))}")


def _heard_for_ever(pack: Pack) -> Iterator[Finding]:
    """A fact that must not wait and that a name on a problem list may tell: for how long, somebody must have said."""
    known = codes(pack)
    if known is None:
        return
    said = {one.fact for one in known.tellings if one.days is not None or one.reading}
    pressing = pressing_facts(pack)
    findings = [node for fact, nodes in pack.findings.items() if fact in pressing for node in nodes]
    pressing |= {fact for node in findings for fact in facts_of(node, {})}  # "a bleeding gut is an emergency"
    for fact in pack.facts.values():
        is_lasting = fact.history_counts or fact.medicine
        if fact.id in pressing and fact.heard and not is_lasting and fact.id not in said:
            what = f"`codes.yaml` does not say for how long a problem that is named as `{fact.id}` counts"
            yield Finding(fact.place, what)


# What is read of a pack's folder: files by name, and folders of YAML files.
_FILES = (
    "pack", "actions", "codes", "disagreements", "findings", "glossary", "orders", "people", "properties", "sites",
    "urgency", "vocabulary",
)  # fmt: skip
_FOLDERS = ("advice", "coverage", "facts", "rules", "sources", "vignettes")


def _unread_files(pack: Pack) -> Iterator[Finding]:
    """Files that nothing reads: a slip in a name would otherwise take its content out in silence."""
    for path in sorted(pack.folder.rglob("*")):
        place = path.relative_to(pack.folder)
        if path.is_dir() or any(part.startswith(".") for part in place.parts):
            continue
        depth = len(place.parts)
        read = (depth == 1 and place.stem in _FILES) or (depth == 2 and place.parts[0] in _FOLDERS)
        if place.suffix != ".yaml" or not read:
            near = nearest(place.stem if len(place.parts) == 1 else place.parts[0], [*_FILES, *_FOLDERS])
            yield Finding(
                Place(f"{pack.folder.name}/{place.as_posix()}", 1), f"nothing reads this file. {near}".rstrip()
            )

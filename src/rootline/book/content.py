"""What the book of a pack holds beside the pack itself: numbers, pictures, who leans on what, results of the checks.

Collects and counts; judges nothing, and says nothing that is not in the pack or its checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from rootline.book.wording import in_short
from rootline.checks.report import by_kind, say_proof
from rootline.checks.vignettes import Vignette, failures, read_people, read_vignettes
from rootline.evidence.points.source import Citation, Point, Source
from rootline.logic.tree import ALWAYS, All, Node, Not, Rule, facts_of, walk
from rootline.logic.values import Value
from rootline.packs.codes import Codes, codes
from rootline.packs.coverage import Claim, coverage
from rootline.packs.ladder import ABOVE
from rootline.packs.leaning import Leaner, leaning
from rootline.packs.model import SECTIONS, Advice, Dose, Level, Pack, RuleDefinition, Site
from rootline.pictures.flow import Step, Strip, flow_pictures
from rootline.pictures.ladder import ONLY_THEN, Rung, draw_ladder
from rootline.readers.english import english

if TYPE_CHECKING:  # a book can be made where z3 is not installed
    from rootline.checks.proofs import Proof


@dataclass(frozen=True)
class PropertyResult:
    """A claim for all patients, and what its proof gave; `detail` tells for how many things, or who refutes it."""

    count: int  # of how many properties, alike but for the thing they name
    name: str
    outcome: Literal["proved", "refuted", "undecided"]
    detail: str = ""


@dataclass(frozen=True)
class VignetteResult:
    """A worked patient, and what the plan did not do that is expected; empty when it holds."""

    vignette: Vignette
    failures: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """A statement with its place in the book: "Pain control 12"."""

    advice: Advice
    number: int
    part: str
    level: Level | None  # of an urgency line

    @property
    def label(self) -> str:
        """The name by which other pages of the book speak of it."""
        return f"{self.part} {self.number}"


@dataclass(frozen=True)
class Cited:
    """A point where it is cited, with its source."""

    citation: Citation
    source: Source
    point: Point


@dataclass(frozen=True, eq=False)
class Book:
    """A pack and all that is told about it. `properties` is None where nothing was proved in this copy."""

    pack: Pack
    statements: dict[str, Numbered]
    sites: tuple[Site, ...]
    claims: tuple[Claim, ...]
    people: dict[str, dict[str, Value]]
    results: tuple[VignetteResult, ...]
    properties: tuple[PropertyResult, ...] | None

    @property
    def urgency(self) -> list[Numbered]:
        """The lines of the ladder, read downwards."""
        return [one for one in self.statements.values() if one.level]

    def section(self, section: str) -> list[Numbered]:
        """The advice of one section, in the order of the pack."""
        return [one for one in self.statements.values() if not one.level and one.advice.section == section]

    @cached_property
    def rules(self) -> list[tuple[str, list[RuleDefinition]]]:
        """The rules by the file they stand in, in the order of the pack."""
        files = groupby(self.pack.rules.values(), key=lambda rule: PurePath(rule.place.file).stem)
        return [(file, list(rules)) for file, rules in files]

    @property
    def codes(self) -> Codes | None:
        """The codes of records and orders; None where the pack has none."""
        return codes(self.pack)

    @cached_property
    def sections(self) -> dict[str, str]:
        """The sections that hold advice, with their titles."""
        return {id_: title.clinician for id_, title in SECTIONS.items() if self.section(id_)}

    @cached_property
    def sources(self) -> list[Source]:
        """Every source, by the name it is cited as."""
        return sorted(self.pack.sources.values(), key=lambda source: (source.short.lower(), source.id))

    @cached_property
    def leaners(self) -> dict[Citation, list[Leaner]]:
        """All that cites a point, by point."""
        return leaning(self.pack)

    @cached_property
    def unused_points(self) -> list[Cited]:
        """Points that the pack keeps and nothing leans on."""
        every = [Citation(source.id, point) for source in self.sources for point in source.points]
        return self.cited(citation for citation in every if citation not in self.leaners)

    def cited(self, because: Iterable[Citation]) -> list[Cited]:
        """The cited points with their sources."""
        return [Cited(one, self.pack.sources[one.source], self.pack.point(one)) for one in because]

    def leaning_on(self, source: Source, point: Point) -> list[str]:
        """Anchors of all that cites this point."""
        return [anchor(one.kind, one.id) for one in self.leaners.get(Citation(source.id, point.id), [])]

    @cached_property
    def ladder(self) -> str:
        """The picture of the urgency ladder: each level with the conditions of its lines."""
        lines: dict[Level, list[str]] = {}
        for one in self.urgency:
            if one.level:
                lines.setdefault(one.level, []).append(english(one.advice.when, self.pack.lexicon, "clinician"))
        rungs = [
            Rung(level, says=ONLY_THEN.clinician if place else "", lines=tuple(told))
            for place, (level, told) in enumerate(lines.items())
        ]
        return draw_ladder(rungs, "clinician")

    def flow(self, section: str) -> list[str]:
        """The pictures of one section: each condition, and what is said where it holds."""
        strips: dict[str, list[Step]] = {"Everyone": []}
        for one in self.section(section):
            when, barred = _unguarded(one.advice, self.pack)
            said = "Everyone" if when == ALWAYS else f"If {english(when, self.pack.lexicon, 'clinician')}"
            unless = tuple(self.pack.lexicon.rules[rule, True].clinician for rule in barred)
            kinds = tuple(dict.fromkeys(kind for kind, _ in one.advice.actions))
            strips.setdefault(said, []).append(Step(one.number, in_short(one.advice.say.clinician), kinds, unless))
        drawn = [Strip(when, tuple(steps)) for when, steps in strips.items() if steps]
        return flow_pictures(drawn, f"flow-{section}", SECTIONS[section].clinician)

    def rules_in(self, node: Node) -> list[RuleDefinition]:
        """The rules that a condition names, each once, in order of first mention."""
        named = dict.fromkeys(below.name for below in walk(node) if isinstance(below, Rule))
        return [self.pack.rules[name] for name in named]

    @cached_property
    def users(self) -> dict[str, list[str]]:
        """Rule -> anchors of the statements, rules and sites whose condition names it."""
        found: dict[str, dict[str, None]] = {}
        for anchored, node in self._conditions():
            for below in walk(node):
                if isinstance(below, Rule):
                    found.setdefault(below.name, {}).setdefault(anchored)
        return {rule: list(users) for rule, users in found.items()}

    def _conditions(self) -> Iterator[tuple[str, Node]]:
        yield from ((anchor("statement", id_), one.advice.when) for id_, one in self.statements.items())
        yield from ((anchor("rule", name), rule.when) for name, rule in self.pack.rules.items())
        for site in self.sites:
            yield from ((anchor("site", site.id), node) for node in site.findings)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Anchor -> what a link to it says."""
        pack = self.pack
        rules = {name: pack.lexicon.rules[name, True].clinician for name in pack.rules}
        rules[ABOVE] = "any urgency line but the last"
        return {
            **{place: one.label for place, one in self.anchored.items()},
            **{anchor("rule", name): words for name, words in rules.items()},
            **{anchor("disagreement", one.id): one.title.clinician for one in pack.disagreements},
            **{anchor("site", one.id): one.name.clinician for one in self.sites},
            **{anchor("claim", f"{one.question}/{one.id}"): f"claim: {in_short(one.claim)}" for one in self.claims},
            **{anchor("action", id_): one.words.clinician for id_, one in pack.actions.items()},
        }

    def grouped(self, places: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
        """Links with what they share said once: "Imaging", then its numbers; anything else stands alone."""
        found: dict[str, list[tuple[str, str]]] = {}
        for place in places:
            one = self.anchored.get(place)
            part, said = (one.part, str(one.number)) if one else ("", self.labels[place])
            found.setdefault(part, []).append((place, said))
        return list(found.items())

    @cached_property
    def anchored(self) -> dict[str, Numbered]:
        """The statements by their anchors."""
        return {anchor("statement", id_): one for id_, one in self.statements.items()}

    @cached_property
    def doing(self) -> dict[str, dict[str, list[str]]]:
        """Action -> do, consider, avoid -> anchors of the statements that say so."""
        found: dict[str, dict[str, list[str]]] = {}
        for one in self.statements.values():
            for kind, what in one.advice.actions:
                found.setdefault(what, {}).setdefault(kind, []).append(anchor("statement", one.advice.id))
        return found

    @cached_property
    def doses(self) -> list[tuple[Dose, Numbered]]:
        """Every dose with the statement that gives it, by drug."""
        given = [(dose, one) for one in self.statements.values() for dose in one.advice.doses]
        return sorted(given, key=lambda dosed: dosed[0].drug.lower())

    @cached_property
    def due(self) -> list[tuple[float, list[Numbered]]]:
        """Days after the onset of symptoms, and what is due then."""
        return _by_time((days, one) for one in self.statements.values() for days in one.advice.due)

    @cached_property
    def within(self) -> list[tuple[float, list[Numbered]]]:
        """Days after the day of the answer, and what is due by then."""
        return _by_time((days, one) for one in self.statements.values() for days in one.advice.within)

    @cached_property
    def urgent_facts(self) -> frozenset[str]:
        """The facts that an urgency line looks at."""
        conditions = self.pack.conditions
        return frozenset(fact for one in self.urgency for fact in facts_of(one.advice.when, conditions))

    @property
    def failing(self) -> list[VignetteResult]:
        """The vignettes whose plan is not the one expected."""
        return [one for one in self.results if one.failures]


def _by_time(timed: Iterable[tuple[float, Numbered]]) -> list[tuple[float, list[Numbered]]]:
    in_order = sorted(timed, key=lambda pair: pair[0])
    return [(days, [one for _, one in pairs]) for days, pairs in groupby(in_order, key=lambda pair: pair[0])]


def collect(pack: Pack, proofs: Sequence[Proof] | None = None) -> Book:
    """The book of a pack; every vignette is run. `proofs` are of its properties, where they were tried.

    Raises `PackError` for a vignette or claim that cannot be read.
    """
    return Book(
        pack=pack,
        statements={one.advice.id: one for one in _numbered(pack)},
        sites=pack.sites,
        claims=coverage(pack),
        people=read_people(pack, pack.folder),
        results=tuple(VignetteResult(one, tuple(failures(pack, one))) for one in read_vignettes(pack, pack.folder)),
        properties=None if proofs is None else tuple(_results(proofs, pack)),
    )


def _results(proofs: Sequence[Proof], pack: Pack) -> Iterator[PropertyResult]:
    for name, alike in by_kind(proofs):
        first = alike[0]
        told = f"each of {len(alike)}" if len(alike) > 1 else ""
        detail = told if first.outcome == "proved" else say_proof(first, pack).partition("\n")[2].strip()
        yield PropertyResult(len(alike), name, first.outcome, detail)


def anchor(kind: str, id_: str) -> str:
    """The place of a thing in the page: kind and id, with what an address could not hold written as codes."""
    return f"{kind}-{quote(re.sub('[#/]', '--', id_), safe='').replace('%', '_x')}"


def _numbered(pack: Pack) -> Iterator[Numbered]:
    for number, line in enumerate(pack.urgency, start=1):
        yield Numbered(line.advice, number, "Urgency", line.level)
    for section, group in groupby(pack.advice, key=lambda one: one.section):
        for number, advice in enumerate(group, start=1):
            yield Numbered(advice, number, SECTIONS[section].clinician, None)


def _unguarded(advice: Advice, pack: Pack) -> tuple[Node, list[str]]:
    """The condition without its contraindications, and the rules that are these."""
    named = [*(what for kind, what in advice.actions if kind != "avoid"), *advice.dose_of]
    barring = {pack.actions[what].contraindicated for what in named} - {None}
    guards = {Not(Rule(rule)): rule for rule in sorted(barring) if rule}  # type: ignore[type-var]
    parts = advice.when.parts if isinstance(advice.when, All) else (advice.when,)
    left = tuple(part for part in parts if part not in guards)
    return left[0] if len(left) == 1 else All(left), [guards[part] for part in parts if part in guards]

"""A whole pack as one library for hospitals: a parameter for each fact, a definition for all that the pack decides.

The library asks no data model: who runs it fills the parameters. Here is what it holds and under which names; how it
is written is `write_cql`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rootline.errors import PackError
from rootline.logic.tree import All, Any, Compare, Is, Known, Node, Not, Rule
from rootline.logic.values import YES_NO, Among, Amount, Between, FactType
from rootline.packs.model import LEVELS, Level, Pack
from rootline.readers.cql import Names
from rootline.readers.evaluate import Values

INPUT_POSSIBLE = "Input possible"
UNDETERMINED = "Undetermined"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True)
class Parameter:
    """One fact as it is told: its type, and its question with the values or the unit it takes."""

    fact: str
    type: FactType
    says: str


@dataclass(frozen=True)
class Definition:
    """A named condition of the library. Its `Rule` and `Known` nodes may name other definitions."""

    name: str
    when: Node
    says: str = ""


@dataclass(frozen=True)
class Library:
    """Parameters and definitions under one name; `findings`: conditions that make a fact yes, whatever was told."""

    name: str
    version: str
    says: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    findings: Mapping[str, tuple[Node, ...]]
    definitions: tuple[Definition, ...]

    @property
    def names(self) -> Names:
        """What the names in its conditions stand for."""
        return Names({one.fact: one.type for one in self.parameters}, frozenset(self.findings))


def library_of(pack: Pack, *, is_approved: bool = False) -> Library:
    """The library that says the whole pack. Raises `PackError` when two things in it would bear one name."""
    library = Library(
        name="".join(part.capitalize() for part in re.split(r"[\W_]+", pack.id)),
        version=pack.version,
        says=(
            f"{pack.title.clinician}. Exported by Rootline from this topic pack:",
            f"{pack.id} {pack.version} ({pack.updated}), sha256 {pack.sha256}.",
            f"Educational{'' if is_approved else ', pending human review'}; not a medical device.",
            f'A fact that is not known is null. Use nothing of this library while "{INPUT_POSSIBLE}" is not true.',
        ),
        parameters=tuple(Parameter(id_, fact.type, _told_as(pack, id_)) for id_, fact in pack.facts.items()),
        findings=pack.findings,
        definitions=tuple(_definitions(pack)),
    )
    if not _NAME.fullmatch(library.name):
        raise PackError(
            f"`{library.name}`, from the pack's id, cannot be the name of a CQL library",
            where=f"{pack.folder.name}/pack.yaml",
            mend="Let the id begin with a letter and hold letters, digits and hyphens.",
        )
    _refuse_doubles(library)
    return library


def _refuse_doubles(library: Library) -> None:
    """An engine would keep the last of two definitions, and lose the other without a word."""
    names = [one.fact for one in library.parameters] + [one.name for one in library.definitions]
    names += [library.names.of_fact(fact) for fact in library.findings]
    doubles = {name for name in names if names.count(name) > 1}
    if doubles:
        raise PackError(
            f"`{min(doubles)}` would be the name of two things in the library {library.name}",
            mend="Give the fact or the rule another name.",
        )


def _told_as(pack: Pack, fact: str) -> str:
    type_ = pack.types[fact]
    question = pack.facts[fact].ask.clinician
    if isinstance(type_, Amount):
        return f"{question} In {type_.unit.code}, from {type_.low:g} to {type_.high:g}."
    return question if type_ == YES_NO else f"{question} One of: {', '.join(type_.values)}."


def _definitions(pack: Pack) -> Iterator[Definition]:
    types = pack.types
    possible = All(tuple(_possible(fact, type_) for fact, type_ in types.items() if type_ != YES_NO))
    yield Definition(INPUT_POSSIBLE, possible, "No parameter holds a value that its fact cannot have.")
    for name, rule in pack.rules.items():
        yield Definition(name, rule.when, f"Rule: {pack.lexicon.rules[name, True].clinician}.")
    for line in pack.urgency:
        yield Definition(
            f"Line: {line.advice.id}", line.advice.when, f"{line.level.capitalize()} line. {line.advice.say.clinician}"
        )
    yield from _levels(pack)
    for advice in pack.advice:
        yield Definition(f"Advice: {advice.id}", advice.when, advice.say.clinician)


def _possible(fact: str, type_: FactType) -> Node:
    within: tuple[Node, ...]
    if isinstance(type_, Amount):
        within = (All((Compare(fact, ">=", type_.low), Compare(fact, "<=", type_.high))),)
    else:
        within = tuple(Is(fact, value) for value in type_.values)
    return Any((Not(Known(fact)), *within))


def _levels(pack: Pack) -> Iterator[Definition]:
    """Each level of the ladder as its own Boolean; all are unknown from the first undecided line downwards."""
    rest = pack.urgency[-1]
    lines: dict[Level, list[Node]] = {}
    for line in pack.urgency:
        lines.setdefault(line.level, []).append(Rule(f"Line: {line.advice.id}"))
    above: str | None = None
    for level in (level for level in LEVELS if level in lines):
        name = level.capitalize()
        higher = () if above is None else (Not(Rule(above)),)
        # the last line holds when no line above it does, so its level is what remains
        held: Node = All(higher) if level == rest.level else All((Any(tuple(lines[level])), *higher))
        yield Definition(name, held, f"The urgency is {level}.")
        if above is None:
            above = name
        elif level != rest.level:
            either = Any((Rule(above), *lines[level]))
            above = f"{name} or higher"
            yield Definition(above, either, f"The urgency is at least {level}, even where it is undetermined.")
    decided = All(tuple(Known(level.capitalize()) for level in lines))
    yield Definition(UNDETERMINED, Not(decided), "A line that would raise the urgency is open: never read as calm.")


def arguments(values: Values, types: Mapping[str, FactType]) -> dict[str, bool | str | float | None]:
    """A case as what the parameters take. A value known only in part is null: no parameter could say it."""

    def said(fact: str) -> bool | str | float | None:
        value = values.get(fact)
        if value is None or isinstance(value, (Among, Between)):
            return None
        return value == "yes" if types[fact] == YES_NO else value

    return {fact: said(fact) for fact in types}

"""Two versions of a pack for every possible patient: what is proved unchanged, and who is now told otherwise.

Both are read over the facts of both; a value that one version does not know is none of its own. Words are `rewording`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any as Claim
from typing import Literal

from rootline.checks.decided import SiteNamed, is_named
from rootline.checks.proofs import NO_REPLAY, OUT_OF_TIME
from rootline.checks.properties import advising, at_least_given, level_given
from rootline.checks.smallest import smallest
from rootline.logic.tree import Any, Node, Rule, facts_of
from rootline.logic.truth import Truth
from rootline.logic.values import Amount, Choice, FactType, Value
from rootline.packs.explore import candidates
from rootline.packs.findings import truth_in, with_findings
from rootline.packs.ladder import ABOVE
from rootline.packs.localise import likelihood_at, localise, weights
from rootline.packs.model import LEVELS, Pack
from rootline.packs.run import run, urgency_of
from rootline.readers.evaluate import Values
from rootline.readers.prove import Someone, all_of, differs, either, find

Outcome = Literal["unchanged", "changed", "undecided"]
_SAID = {Truth.YES: "yes", Truth.UNKNOWN: "open", Truth.NO: "no"}


@dataclass(frozen=True)
class Difference:
    """One thing decided by both versions. Where it changed, the smallest patient, before and after."""

    what: str
    outcome: Outcome
    patient: Values | None = None
    before: str = ""
    after: str = ""
    note: str = ""


@dataclass(frozen=True)
class _Side:
    """One version: its condition for the thing compared, and what it tells a patient."""

    pack: Pack
    node: Node
    tell: Callable[[Values], str]


class Comparison:
    """Two versions, and the patients of both."""

    def __init__(self, old: Pack, new: Pack) -> None:
        self.old, self.new = old, new
        self._types, self._apart = _merged(old.types, new.types)
        self._before, self._after = (Someone(self._types, pack.conditions, pack.findings, "") for pack in (old, new))

    def urgency(self) -> list[Difference]:
        """Each level: given, and reached at least, to the same patients or not."""
        found = []
        for level in LEVELS:
            told = [(f"{level} given", level_given), (f"at least {level}", at_least_given)]
            for what, node_of in told if level != LEVELS[-1] else told[:1]:  # everybody gets at least the last
                sides = [_Side(pack, node_of(pack, level), _tell_urgency(pack)) for pack in self._both]
                found.append(self._compare(what, *sides))
        return found

    def actions(self) -> list[Difference]:
        """Each action: advised, and advised against, to the same patients or not."""
        found = []
        for what in dict.fromkeys([*self.old.actions, *self.new.actions]):
            for said, kinds in (("do", ("do",)), ("consider", ("consider",)), ("avoid", ("avoid",))):
                sides = [self._action(pack, what, kinds) for pack in self._both]
                if any(side.node != Any(()) for side in sides):
                    found.append(self._compare(f"{said} {what}", *sides))
        return found

    def conditions(self) -> list[Difference]:
        """Rules and statements in both whose own condition reads otherwise: of the same patients or not."""
        found = []
        for name in self.old.rules.keys() & self.new.rules.keys() - {ABOVE}:
            if self.old.conditions[name] != self.new.conditions[name]:
                found.append(self._compare(f"rule `{name}`", *(self._rule(pack, name) for pack in self._both)))
        for id_ in self.old.statements.keys() & self.new.statements.keys():
            if self.old.statements[id_].when != self.new.statements[id_].when:
                found.append(self._compare(f"statement `{id_}`", *(self._statement(pack, id_) for pack in self._both)))
        return sorted(found, key=lambda one: one.what)

    def sites(self) -> list[Difference]:
        """Each site of lesion of either version: named, and as likely, to the same patients or not; and their order."""
        found = [self._site(id_) for id_ in dict.fromkeys(site.id for pack in self._both for site in pack.sites)]
        return [*found, self._order()] if found else []

    @property
    def _both(self) -> tuple[Pack, Pack]:
        return self.old, self.new

    def _rule(self, pack: Pack, name: str) -> _Side:
        return _Side(pack, Rule(name), lambda values: _SAID[truth_in(pack, Rule(name), values)])

    def _statement(self, pack: Pack, id_: str) -> _Side:
        return _Side(pack, pack.statements[id_].when, lambda values: run(pack, values).of(id_).status)

    def _action(self, pack: Pack, what: str, kinds: tuple[str, ...]) -> _Side:
        node = Any(tuple(one.when for one in advising(pack, what, kinds)))
        return _Side(pack, node, lambda values: _SAID[truth_in(pack, node, values)])

    def _site(self, id_: str) -> Difference:
        named = SiteNamed(id_, self.old, self.new)
        return self._settle(
            f"site `{id_}`",
            self._looked_at_by_sites([id_]),
            lambda: named.told_otherwise(self._before, self._after),
            named.differs,
            *(lambda values, pack=pack: likelihood_at(pack, with_findings(pack, values), id_) or "not named"
              for pack in self._both),
        )  # fmt: skip

    def _order(self) -> Difference:
        """Whether two sites that both versions have are shown the other way round to somebody."""
        shared = [site.id for site in self.old.sites if self.new.site(site.id)]

        def shown(pack: Pack, values: Values) -> list[str]:
            return [one.site.id for one in localise(pack, with_findings(pack, values)) if one.site.id in shared]

        def swapped() -> Claim:
            return either(
                all_of(_before(self._before, self.old, one, two), _before(self._after, self.new, two, one))
                for one, two in permutations(shared, 2)
            )

        def shows(values: Values) -> bool:
            was, is_ = shown(self.old, values), shown(self.new, values)
            return [id_ for id_ in was if id_ in is_] != [id_ for id_ in is_ if id_ in was]

        tell = (lambda values, pack=pack: ", ".join(shown(pack, values)) for pack in self._both)
        return self._settle("order of the sites", self._looked_at_by_sites(shared), swapped, shows, *tell)

    def _looked_at_by_sites(self, ids: Iterable[str]) -> set[str]:
        those = [(pack, site) for pack in self._both for id_ in ids if (site := pack.site(id_))]
        return {fact for pack, site in those for node, _ in weights(site) for fact in facts_of(node, pack.conditions)}

    def _compare(self, what: str, old: _Side, new: _Side) -> Difference:
        return self._settle(
            what,
            {*facts_of(old.node, old.pack.conditions), *facts_of(new.node, new.pack.conditions)},
            lambda: differs(self._before, old.node, self._after, new.node),
            lambda values: truth_in(old.pack, old.node, values) is not truth_in(new.pack, new.node, values),
            old.tell,
            new.tell,
        )

    def _settle(
        self, what: str, looked_at: set[str], claim: Callable[[], Claim], shows: Callable[[Values], bool],
        old: Callable[[Values], str], new: Callable[[Values], str],
    ) -> Difference:  # fmt: skip
        """The claim that somebody is told otherwise, decided; a patient is shown only when the evaluator agrees."""
        if strange := sorted(looked_at & self._apart):
            return Difference(what, "undecided", note=f"of another kind or unit now: {', '.join(strange)}")
        found = find([claim()], self._before, self._after)
        if found.outcome == "none":
            return Difference(what, "unchanged")
        if found.outcome == "undecided":
            return Difference(what, "undecided", note=OUT_OF_TIME)
        values = {**found.values[1], **found.values[0]}
        if not shows(values):
            return Difference(what, "undecided", note=NO_REPLAY)
        patient = smallest(values, shows, self._plain)
        return Difference(what, "changed", patient, old(patient), new(patient))

    def _plain(self, fact: str) -> list[Value]:
        packs = [pack for pack in (self.new, self.old) if fact in pack.facts]
        return list(dict.fromkeys(value for pack in packs for value in candidates(pack, fact)))


def _merged(old: Mapping[str, FactType], new: Mapping[str, FactType]) -> tuple[dict[str, FactType], set[str]]:
    """The facts of both, each with all that it can be in either; and those that cannot be compared."""
    types: dict[str, FactType] = {**old, **new}
    apart = set()
    for fact in old.keys() & new.keys():
        one, other = old[fact], new[fact]
        if isinstance(one, Choice) and isinstance(other, Choice):
            types[fact] = Choice(tuple(dict.fromkeys([*one.values, *other.values])))
        elif isinstance(one, Amount) and isinstance(other, Amount) and one.unit == other.unit:
            types[fact] = Amount(one.unit, min(one.low, other.low), max(one.high, other.high))
        else:
            apart.add(fact)
    return types, apart


def _before(someone: Someone, pack: Pack, first: str, second: str) -> Claim:
    """Both sites are named, and the first is shown above the second: by points, then by the order of the file."""
    order = [site.id for site in pack.sites]
    one, two = (pack.sites[order.index(id_)] for id_ in (first, second))
    higher, other = someone.score(weights(one)), someone.score(weights(two))
    ahead = higher >= other if order.index(first) < order.index(second) else higher > other
    return all_of(is_named(someone, one), is_named(someone, two), ahead)


def _tell_urgency(pack: Pack) -> Callable[[Values], str]:
    def tell(values: Values) -> str:
        urgency = urgency_of(pack, values)
        above = [level for level in urgency.could_be if level != urgency.at_least]
        return urgency.level or f"undetermined, at least {urgency.at_least}, could be {' or '.join(above)}"

    return tell

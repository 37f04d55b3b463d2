"""Whether some vignette or property notices each mutant; a survivor comes with the vignette that would.

The vignette says what the pack decides today: its author reads it as a clinician before pasting it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from rootline.checks.expectations import Expectations
from rootline.checks.mutants import Mutant
from rootline.checks.proofs import Prover
from rootline.checks.properties import Property, Together, level_given, levels_of, properties
from rootline.checks.smallest import smallest
from rootline.checks.vignettes import Vignette
from rootline.logic.place import NOWHERE
from rootline.logic.tree import Node, rules_of
from rootline.logic.truth import Truth
from rootline.packs.describe import say_fact
from rootline.packs.explore import candidates
from rootline.packs.findings import truth_in
from rootline.packs.model import Pack
from rootline.readers.evaluate import Values
from rootline.readers.prove import Someone, differs, either, find

Fate = Literal["noticed", "equivalent", "survived", "undecided"]
_EXPECT = {Truth.YES: "said", Truth.UNKNOWN: "open", Truth.NO: "not said"}
_SAID = {"said": "is said", "open": "stays open", "not said": "is left out"}


@dataclass(frozen=True)
class Result:
    """What became of a mutant. `vignette` would notice a survivor; None when one shown before already does."""

    mutant: Mutant
    fate: Fate
    vignette: Vignette | None = None


@dataclass(frozen=True)
class _Pair:
    """One thing decided before and after the slip: an expectation's key where it is no statement, and its name."""

    key: str
    name: str
    before: Node
    after: Node


class Mutation:
    """One pack and its vignettes, put to the test slip by slip."""

    def __init__(self, pack: Pack, vignettes: Sequence[Vignette]) -> None:
        self._pack = pack
        self._expectations = Expectations(pack, vignettes)
        self._claims = properties(pack)
        self._now = Someone(pack.types, pack.conditions, pack.findings, "")
        self._shown: list[Vignette] = []
        self._noticed_by_shown = Expectations(pack, [])

    def judge(self, mutant: Mutant) -> Result:
        """Noticed, the same for every patient, or survived; then with the vignette that would notice it."""
        if self._expectations.notice(mutant.changed, mutant.statements):
            return Result(mutant, "noticed")
        after = Someone(self._pack.types, mutant.changed.conditions, mutant.changed.findings, "")
        pairs = self._pairs(mutant)
        differ = either(differs(self._now, pair.before, after, pair.after) for pair in pairs)
        found = find([differ], self._now, after)
        if found.outcome != "found":
            return Result(mutant, "equivalent" if found.outcome == "none" else "undecided")
        if self._a_property_notices(mutant):
            return Result(mutant, "noticed")
        if self._noticed_by_shown.notice(mutant.changed, mutant.statements):
            return Result(mutant, "survived")
        values = {**found.values[1], **found.values[0]}
        pair = next((pair for pair in pairs if self._differs(values, pair, mutant.changed)), None)
        if pair is None:  # the solver's patient does not replay
            return Result(mutant, "undecided")
        return Result(mutant, "survived", self._show(mutant, pair, values))

    def _pairs(self, mutant: Mutant) -> list[_Pair]:
        before, after = self._pack, mutant.changed
        pairs = [_Pair("", id_, before.statements[id_].when, after.statements[id_].when) for id_ in mutant.statements]
        if [line.level for line in before.urgency] != [line.level for line in after.urgency]:
            pairs += [
                _Pair("urgency", level, level_given(before, level), level_given(after, level))
                for level in levels_of(before)
            ]
        return pairs

    def _truths(self, values: Values, pair: _Pair, changed: Pack) -> tuple[Truth, Truth]:
        return truth_in(self._pack, pair.before, values), truth_in(changed, pair.after, values)

    def _differs(self, values: Values, pair: _Pair, changed: Pack) -> bool:
        now, then = self._truths(values, pair, changed)
        if pair.key:  # a level is expected only where it is given
            return now is Truth.YES and then is not Truth.YES
        return now is not then

    def _show(self, mutant: Mutant, pair: _Pair, values: Values) -> Vignette:
        """The smallest patient who is now told otherwise, as a vignette."""
        patient = smallest(
            values, lambda case: self._differs(case, pair, mutant.changed), partial(candidates, self._pack)
        )
        facts = dict(patient)
        key = pair.key or _EXPECT[self._truths(patient, pair, mutant.changed)[0]]
        name = f"{self._who(facts)}: {pair.name} {_SAID.get(key, 'urgency')}"
        vignette = Vignette(name, "", "", facts, facts, {key: (pair.name,)}, NOWHERE)
        self._shown.append(vignette)
        self._noticed_by_shown = Expectations(self._pack, self._shown)
        return vignette

    def _who(self, facts: Values) -> str:
        """The patient in a few words."""
        said = [say_fact(fact, value, self._pack, "clinician") for fact, value in facts.items()]
        shown = said if len(said) < 6 else [*said[:4], f"{len(said) - 4} more"]
        who = ", ".join(shown) or "nothing known"
        return f"{who[:1].upper()}{who[1:]}"

    def _a_property_notices(self, mutant: Mutant) -> bool:
        """Whether a property that this slip can reach no longer holds."""
        prover = Prover(mutant.changed)
        rules = self._changed_rules(mutant.changed)
        for before, after in zip(self._claims, properties(mutant.changed), strict=False):
            reached = tuple(
                now
                for then, now in zip(before.combinations, after.combinations, strict=False)
                if then != now or self._enters(now, rules)
            )
            if after.kind != "kept" and reached and self._fails(prover, replace(after, combinations=reached)):
                return True
        return False

    def _fails(self, prover: Prover, one: Property) -> bool:
        return prover.prove(one).outcome == "refuted"

    def _changed_rules(self, changed: Pack) -> set[str]:
        return {name for name, rule in self._pack.rules.items() if changed.rules[name] is not rule}

    def _enters(self, together: Together, rules: set[str]) -> bool:
        return bool(rules) and any(rules & rules_of(seen.node, self._pack.conditions) for seen in together)

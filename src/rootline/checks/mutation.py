"""Whether some vignette or property notices each mutant; a survivor comes with the vignette that would.

The vignette says what the pack decides today: its author reads it as a clinician before pasting it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from rootline.checks.decided import Decision, decided
from rootline.checks.expectations import Expectations
from rootline.checks.mutants import Mutant
from rootline.checks.proofs import Prover
from rootline.checks.properties import Property, Together, properties
from rootline.checks.smallest import smallest
from rootline.checks.vignettes import SITE_KEYS, Vignette
from rootline.logic.place import NOWHERE
from rootline.logic.tree import rules_of
from rootline.packs.describe import say_fact
from rootline.packs.explore import candidates
from rootline.packs.model import Pack
from rootline.readers.evaluate import Values
from rootline.readers.prove import Someone, either, find

Fate = Literal["noticed", "equivalent", "survived", "undecided"]
_SAID = {
    "said": "is said",
    "open": "stays open",
    "not said": "is left out",
    **{key: f"is a {likelihood} site" for likelihood, key in SITE_KEYS.items()},
    SITE_KEYS["unlikely"]: "is an unlikely site",
    SITE_KEYS[None]: "is not named as a site",
}


@dataclass(frozen=True)
class Result:
    """What became of a mutant. `vignette` would notice a survivor; None when one shown before already does."""

    mutant: Mutant
    fate: Fate
    vignette: Vignette | None = None


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
        if self._expectations.notice(mutant):
            return Result(mutant, "noticed")
        after = Someone(self._pack.types, mutant.changed.conditions, mutant.changed.findings, "")
        decisions = list(decided(self._pack, mutant))
        found = find([either(one.told_otherwise(self._now, after) for one in decisions)], self._now, after)
        if found.outcome != "found":
            return Result(mutant, "equivalent" if found.outcome == "none" else "undecided")
        if not mutant.site and self._a_property_notices(mutant):  # no property speaks of sites
            return Result(mutant, "noticed")
        if self._noticed_by_shown.notice(mutant):
            return Result(mutant, "survived")
        values = {**found.values[1], **found.values[0]}
        decision = next((one for one in decisions if one.differs(values)), None)
        if decision is None:  # the solver's patient does not replay
            return Result(mutant, "undecided")
        return Result(mutant, "survived", self._show(decision, values))

    def _show(self, decision: Decision, values: Values) -> Vignette:
        """The smallest patient who is now told otherwise, as a vignette."""
        facts = dict(smallest(values, decision.differs, partial(candidates, self._pack)))
        key = decision.expected(facts)
        name = f"{self._who(facts)}: {decision.name} {_SAID.get(key, key)}"
        vignette = Vignette(name, "", "", facts, facts, {key: (decision.name,)}, NOWHERE)
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

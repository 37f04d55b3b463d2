"""Properties proved for every possible patient, or refuted by the smallest one.

The solver searches; the evaluator has the last word: a patient that does not replay is never shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from rootline.checks.properties import NO, UNKNOWN, Property, Seen, Together
from rootline.checks.smallest import Plain, smallest
from rootline.logic.tree import amounts_of
from rootline.packs.explore import candidates
from rootline.packs.findings import with_findings
from rootline.packs.model import Pack
from rootline.readers.evaluate import Values, truth_of
from rootline.readers.prove import Found, Someone, find

Outcome = Literal["proved", "refuted", "undecided"]
OUT_OF_TIME = "the solver ran out of time"
NO_REPLAY = "the solver's patient does not replay in the evaluator"


@dataclass(frozen=True)
class Proof:
    """What came of a property. `patient` is the smallest who breaks it, `seen` what is seen of them."""

    property: Property
    outcome: Outcome
    seen: Together = ()
    patient: Values | None = None
    later: Values | None = None  # the same patient once more is learnt, where that breaks it
    note: str = ""


class Prover:
    """One pack, and symbolic patients of it whose conditions are built once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._now, self._later = (Someone(pack.types, pack.conditions, pack.findings, tag) for tag in ("", " later"))

    def prove(self, one: Property) -> Proof:
        """Proved, refuted with the smallest patient, or undecided. Nothing is estimated."""
        prove = {"never": self._never, "possible": self._possible, "kept": self._kept}[one.kind]
        for together in one.combinations:
            proof = prove(one, together)
            if proof.outcome != "proved":
                return proof
        return Proof(one, "proved")

    def find(self, together: Together) -> Found:
        """A patient with this combination."""
        return find(self._claims(together), self._now)

    def shows(self, values: Values, together: Together) -> bool:
        """Whether the evaluator sees the combination in this case."""
        case = with_findings(self.pack, values)
        return all(truth_of(seen.node, case, self.pack.conditions) in seen.truths for seen in together)

    def smallest(self, together: Together, values: Values) -> Values:
        """The smallest patient with this combination: shrunk, then sought with ever fewer facts."""

        def shows(case: Values) -> bool:
            return self.shows(case, together)

        plain = self._plain(together)
        patient = smallest(values, shows, plain)
        while patient:
            fewer = find([*self._claims(together), self._now.knows_at_most(len(patient) - 1)], self._now)
            if fewer.outcome != "found" or not shows(fewer.values[0]):
                break
            patient = smallest(fewer.values[0], shows, plain)
        return patient

    def _plain(self, together: Together) -> Plain:
        """The values tried for a fact: first at the borders that the claim itself draws."""
        edges = amounts_of(seen.node for seen in together)
        return lambda fact: candidates(self.pack, fact, edges.get(fact, ()))

    def _claims(self, together: Together) -> list[Any]:
        return [self._now.has(seen.node, seen.truths) for seen in together]

    def _never(self, one: Property, together: Together) -> Proof:
        found = self.find(together)
        if found.outcome != "found":
            return _none_is_good(one, together, found)
        if not self.shows(found.values[0], together):
            return Proof(one, "undecided", together, note=NO_REPLAY)
        return Proof(one, "refuted", together, self.smallest(together, found.values[0]))

    def _possible(self, one: Property, together: Together) -> Proof:
        found = self.find(together)
        if found.outcome == "none":
            return Proof(one, "refuted", together, note="no patient can be like this")
        if found.outcome == "undecided":
            return Proof(one, "undecided", together, note=OUT_OF_TIME)
        replays = self.shows(found.values[0], together)
        return Proof(one, "proved") if replays else Proof(one, "undecided", together, note=NO_REPLAY)

    def _kept(self, one: Property, together: Together) -> Proof:
        withdrawn = tuple(
            Seen(f"{seen.name}, later withdrawn", seen.node, frozenset([NO, UNKNOWN])) for seen in together
        )
        claims = [*self._claims(together), *(self._later.has(seen.node, seen.truths) for seen in withdrawn)]
        found = find([*claims, self._later.has_learnt_from(self._now)], self._now, self._later)
        if found.outcome != "found":
            return _none_is_good(one, together, found)
        before, after = found.values
        if not (self.shows(before, together) and self.shows(after, withdrawn)):
            return Proof(one, "undecided", together, note=NO_REPLAY)
        known, learnt = self._smallest_pair(together, withdrawn, before, after)
        return Proof(one, "refuted", together, known, {**known, **learnt})

    def _smallest_pair(
        self, together: Together, withdrawn: Together, before: Values, after: Values
    ) -> tuple[Values, Values]:
        """As little known, and as little learnt, as still withdraws."""
        plain = self._plain(together)
        new = {fact: value for fact, value in after.items() if before.get(fact) != value}
        new = dict(smallest(new, lambda more: self.shows({**before, **more}, withdrawn), plain))
        kept = {fact: value for fact, value in before.items() if fact not in new}

        def breaks(case: Values) -> bool:
            return self.shows(case, together) and self.shows({**case, **new}, withdrawn)

        return (smallest(kept, breaks, plain) if breaks(kept) else before), new


def _none_is_good(one: Property, together: Together, found: Found) -> Proof:
    return Proof(one, "proved") if found.outcome == "none" else Proof(one, "undecided", together, note=OUT_OF_TIME)


def prove_all(pack: Pack, claims: tuple[Property, ...]) -> Iterator[Proof]:
    """Each property with what came of it, in order, as soon as it is known."""
    prover = Prover(pack)
    for one in claims:
        yield prover.prove(one)

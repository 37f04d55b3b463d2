"""What a check found, in words for an author: each finding with its place, then the counts. Decides nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rootline.checks.vignettes import write_vignette
from rootline.packs.describe import say_fact
from rootline.packs.model import Pack
from rootline.readers.evaluate import Values

if TYPE_CHECKING:  # a report can be read, and a book made, where z3 is not installed
    from rootline.checks.check import Checked
    from rootline.checks.mutation import Result
    from rootline.checks.proofs import Proof


def findings(checked: Checked) -> Iterator[str]:
    """Every finding and every question left open."""
    for finding in checked.lint:
        yield f"lint: {finding}"
    for vignette, missed in checked.failing:
        yield f"vignette: {vignette.place}: {vignette.name}: {'; '.join(missed)}"
    for proof in checked.proofs:
        if proof.outcome != "proved":
            yield say_proof(proof, checked.pack)
    for result in checked.results:
        if result.fate in ("survived", "undecided"):
            yield _say_result(result, checked.pack)


def counts(checked: Checked) -> Iterator[str]:
    """One line for each part."""
    proofs = Counter(one.outcome for one in checked.proofs)
    fates = Counter(one.fate for one in checked.results)
    held = len(checked.vignettes) - len(checked.failing)
    yield f"lint        {len(checked.lint)} findings"
    yield f"vignettes   {len(checked.vignettes)}: {held} hold, {len(checked.failing)} fail"
    yield (
        f"properties  {len(checked.proofs)}: {proofs['proved']} proved, {proofs['refuted']} refuted, "
        f"{proofs['undecided']} undecided"
    )
    yield (
        f"mutants     {len(checked.results)}: {fates['noticed']} noticed, {fates['equivalent']} change nothing, "
        f"{fates['survived']} survive, {fates['undecided']} undecided"
    )


def by_kind(proofs: Iterable[Proof]) -> list[tuple[str, list[Proof]]]:
    """Proofs of the same claim about different rules or statements, together; what is not proved stands alone."""
    found: dict[str, list[Proof]] = {}
    for proof in proofs:
        kind = re.sub("`[^`]+`", "`…`", proof.property.name) if proof.outcome == "proved" else proof.property.name
        found.setdefault(kind, []).append(proof)
    return [(proofs[0].property.name if len(proofs) == 1 else kind, proofs) for kind, proofs in found.items()]


def say_proof(proof: Proof, pack: Pack) -> str:
    """A property that is not proved: what is seen, and of whom."""
    lines = [f"{proof.outcome}: {proof.property.name}"]
    if proof.seen:
        lines.append(f"  seen: {'; '.join(seen.name for seen in proof.seen)}")
    if proof.patient is not None:
        lines.append(f"  patient: {say_patient(proof.patient, pack)}")
    if proof.later is not None and proof.patient is not None:
        learnt = {fact: value for fact, value in proof.later.items() if proof.patient.get(fact) != value}
        lines.append(f"  once this is learnt: {say_patient(learnt, pack)}")
    if proof.note:
        lines.append(f"  {proof.note}")
    return "\n".join(lines)


def say_patient(values: Values, pack: Pack) -> str:
    """What is known of a patient, in the clinician's words: what was found first, what was denied after it."""
    denied = {fact for fact, value in values.items() if value in ("no", pack.facts[fact].denied_means)}
    ordered = sorted(values.items(), key=lambda one: one[0] in denied)
    return ", ".join(say_fact(fact, value, pack, "clinician") for fact, value in ordered) or "nothing known"


def _say_result(result: Result, pack: Pack) -> str:
    mutant = result.mutant
    head = f"{result.fate}: {mutant.place}: {mutant.what}: {mutant.slip}"
    if result.vignette:
        return f"{head}\n  this vignette would notice:\n{write_vignette(pack, result.vignette)}".rstrip()
    return f"{head}\n  a vignette shown above would notice" if result.fate == "survived" else head

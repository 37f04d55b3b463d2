"""A pack held to account as a whole: lint, vignettes, properties, mutants. Exact, not sampled.

Finds and counts; what is printed is `report`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rootline.checks.lint import Finding, lint
from rootline.checks.mutants import mutants
from rootline.checks.mutation import Mutation, Result
from rootline.checks.proofs import Proof, prove_all
from rootline.checks.properties import properties
from rootline.checks.vignettes import Vignette, failures, read_vignettes
from rootline.packs.model import Pack

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many
_Any = TypeVar("_Any")


@dataclass(frozen=True)
class Checked:
    """All that came of it."""

    pack: Pack
    lint: tuple[Finding, ...]
    vignettes: tuple[Vignette, ...]
    failing: tuple[tuple[Vignette, tuple[str, ...]], ...]
    proofs: tuple[Proof, ...]
    results: tuple[Result, ...]

    @property
    def found(self) -> int:
        """How many findings there are."""
        refuted = sum(one.outcome == "refuted" for one in self.proofs)
        survived = sum(one.fate == "survived" for one in self.results)
        return len(self.lint) + len(self.failing) + refuted + survived

    @property
    def undecided(self) -> int:
        """How many questions stay open."""
        return sum(one.outcome == "undecided" for one in self.proofs) + sum(
            one.fate == "undecided" for one in self.results
        )


def check(pack: Pack, progress: Progress) -> Checked:
    """Run everything. Raises `PackError` where a file of the pack cannot be read."""
    found = tuple(lint(pack))
    vignettes = read_vignettes(pack, pack.folder)
    failing = tuple(
        (one, tuple(missed))
        for one in _told(vignettes, "vignettes", len(vignettes), progress)
        if (missed := failures(pack, one))
    )
    claims = properties(pack)
    proofs = tuple(_told(prove_all(pack, claims), "properties", len(claims), progress))
    changed = list(mutants(pack))
    broken = {id(one) for one, _ in failing}
    mutation = Mutation(pack, [one for one in vignettes if id(one) not in broken])  # what fails anyway notices nothing
    results = tuple(mutation.judge(one) for one in _told(changed, "mutants", len(changed), progress))
    return Checked(pack, found, vignettes, failing, proofs, results)


def _told(things: Iterable[_Any], what: str, count: int, progress: Progress) -> Iterator[_Any]:
    """The things one by one, with progress told after each."""
    progress(what, 0, count)
    for place, thing in enumerate(things, start=1):
        yield thing
        progress(what, place, count)

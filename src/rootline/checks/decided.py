"""One thing that a pack decides of a patient, before and after a slip: a statement, a level, a site of lesion.

Says how to ask the solver whether somebody is told otherwise, and whether one patient is. It judges no slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any as Claim

from rootline.checks.mutants import Mutant
from rootline.checks.properties import level_given, levels_of
from rootline.checks.vignettes import SITE_KEYS
from rootline.logic.tree import Node
from rootline.logic.truth import Truth
from rootline.packs.findings import truth_in, with_findings
from rootline.packs.localise import LIKELY, POSSIBLE, Likelihood, likelihood_at, weights
from rootline.packs.model import Pack, Site
from rootline.readers.evaluate import Values
from rootline.readers.prove import Someone, differs, either

_EXPECT = {Truth.YES: "said", Truth.UNKNOWN: "open", Truth.NO: "not said"}


@dataclass(frozen=True)
class Statement:
    """Whether a statement is said, stays open or is left out."""

    name: str
    before: Pack
    after: Pack

    def told_otherwise(self, now: Someone, then: Someone) -> Claim:
        """The two people are told otherwise."""
        return differs(now, self.before.statements[self.name].when, then, self.after.statements[self.name].when)

    def differs(self, values: Values) -> bool:
        """This patient is told otherwise."""
        return self._truth(self.before, values) is not self._truth(self.after, values)

    def expected(self, values: Values) -> str:
        """The vignette's key for what this patient is told today."""
        return _EXPECT[self._truth(self.before, values)]

    def _truth(self, pack: Pack, values: Values) -> Truth:
        return truth_in(pack, pack.statements[self.name].when, values)


@dataclass(frozen=True)
class Level:
    """Whether an urgency level is given. A vignette can expect it only where it is."""

    name: str
    before: Pack
    after: Pack
    given: Node
    given_after: Node

    def told_otherwise(self, now: Someone, then: Someone) -> Claim:
        """The two people are told otherwise."""
        return differs(now, self.given, then, self.given_after)

    def differs(self, values: Values) -> bool:
        """This patient is given the level today, and would not be."""
        then = truth_in(self.after, self.given_after, values)
        return truth_in(self.before, self.given, values) is Truth.YES and then is not Truth.YES

    def expected(self, values: Values) -> str:
        """The vignette's key."""
        return "urgency"


@dataclass(frozen=True)
class SiteNamed:
    """How likely a site of lesion is."""

    name: str
    before: Pack
    after: Pack

    def told_otherwise(self, now: Someone, then: Someone) -> Claim:
        """The two people are told otherwise."""
        today = _borders(now, self.before.site(self.name))
        changed = _borders(then, self.after.site(self.name))
        return either(one != other for one, other in zip(today, changed, strict=True))

    def differs(self, values: Values) -> bool:
        """This patient is told otherwise."""
        return self._likelihood(self.before, values) != self._likelihood(self.after, values)

    def expected(self, values: Values) -> str:
        """The vignette's key for what this patient is told today."""
        return SITE_KEYS[self._likelihood(self.before, values)]

    def _likelihood(self, pack: Pack, values: Values) -> Likelihood | None:
        return likelihood_at(pack, with_findings(pack, values), self.name)


def is_named(someone: Someone, site: Site) -> Claim:
    """Something speaks for the site."""
    return someone.score([(node, 1) for node, weight in weights(site) if weight > 0]) > 0


def _borders(someone: Someone, site: Site | None) -> tuple[Claim, ...]:
    """The site is named; and with it, it is possible, and likely. A site that is not there is never named."""
    if site is None:
        return (either([]),) * 3
    spoken, score = is_named(someone, site), someone.score(weights(site))
    return spoken, spoken & (score >= POSSIBLE), spoken & (score >= LIKELY)


Decision = Statement | Level | SiteNamed


def decided(pack: Pack, mutant: Mutant) -> Iterator[Decision]:
    """All that the slip could change."""
    changed = mutant.changed
    yield from (Statement(id_, pack, changed) for id_ in mutant.statements)
    if [line.level for line in pack.urgency] != [line.level for line in changed.urgency]:
        for level in levels_of(pack):
            yield Level(level, pack, changed, level_given(pack, level), level_given(changed, level))
    if mutant.site:
        yield SiteNamed(mutant.site, pack, changed)

"""What the vignettes expect, held against all of them at once: who would notice that a condition was changed.

The same expectations as `vignettes.failures`, on bit masks; `asks` is left out, for it needs a search.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rootline.checks.mutants import Mutant
from rootline.checks.vignettes import SITE_KEYS, Vignette, done
from rootline.packs.findings import with_findings
from rootline.packs.localise import likelihood_of, weights
from rootline.packs.model import LEVELS, Level, Pack, Site
from rootline.readers.crowd import Crowd, Masks

Masked = Mapping[str, Masks]  # statement -> who surely gets it, who surely does not


class Expectations:
    """The vignettes' patients as one crowd, and what is expected of them."""

    def __init__(self, pack: Pack, vignettes: Sequence[Vignette]) -> None:
        self._pack = pack
        self._expected: dict[tuple[str, str], int] = {}
        for place, vignette in enumerate(vignettes):
            for key, names in vignette.expect.items():
                for name in names:
                    self._expected[key, name] = self._expected.get((key, name), 0) | 1 << place
        self._people = [one.facts for one in vignettes]
        self._crowd = Crowd([with_findings(pack, one) for one in self._people], pack.conditions)
        self._doing: dict[str, list[str]] = {}
        for id_, one in pack.statements.items():
            for what in done(one.actions):
                self._doing.setdefault(what, []).append(id_)
        self._now = {id_: self._crowd.masks(one.when) for id_, one in pack.statements.items()}

    def notice(self, mutant: Mutant) -> bool:
        """Whether a vignette fails in the changed pack; only what the mutant can reach can be told otherwise."""
        changed = mutant.changed
        if mutant.site and (site := changed.site(mutant.site)):
            return self._misses_site(site)
        crowd = self._crowd_of(changed)
        masks = {id_: crowd.masks(changed.statements[id_].when) for id_ in mutant.statements}
        other = {id_: found for id_, found in masks.items() if found != self._now[id_]}
        now = {**self._now, **other}
        actions = dict.fromkeys(what for id_ in other for what in done(self._pack.statements[id_].actions))
        return (
            any(self._misses_statement(id_, *found) for id_, found in other.items())
            or any(self._misses_action(what, now) for what in actions)
            or self._misses_urgency(now, [line.level for line in changed.urgency])
        )

    def _crowd_of(self, changed: Pack) -> Crowd:
        """The same people as the changed pack sees them; what is known of them is looked up once."""
        if changed.findings is not self._pack.findings:
            return Crowd([with_findings(changed, one) for one in self._people], changed.conditions)
        return self._crowd if changed.rules is self._pack.rules else self._crowd.under(changed.conditions)

    def _wanted(self, key: str, name: str) -> int:
        return self._expected.get((key, name), 0)

    def _misses_statement(self, id_: str, yes: int, no: int) -> bool:
        missed = self._wanted("said", id_) & ~yes | self._wanted("not said", id_) & ~no
        return bool(missed | self._wanted("open", id_) & (yes | no))

    def _misses_action(self, what: str, now: Masked) -> bool:
        advised = possible = 0
        for id_ in self._doing[what]:
            yes, no = now[id_]
            advised |= yes
            possible |= self._crowd.everybody & ~no
        return bool(self._wanted("advised", what) & ~advised | self._wanted("not advised", what) & possible)

    def _misses_site(self, site: Site) -> bool:
        weighted = [(self._crowd.masks(node)[0], weight) for node, weight in weights(site)]
        for likelihood, key in SITE_KEYS.items():
            wanted = self._wanted(key, site.id)
            while wanted:
                person = wanted & -wanted
                if likelihood_of([weight for yes, weight in weighted if yes & person]) != likelihood:
                    return True
                wanted ^= person
        return False

    def _misses_urgency(self, now: Masked, levels: Sequence[Level]) -> bool:
        reached, could_be = self._read_ladder(now, levels)
        given = {level: reached[level] & ~_above(could_be, level) for level in LEVELS}
        undetermined = self._crowd.everybody & ~_union(given.values())
        missed = self._wanted("urgency", "undetermined") & ~undetermined
        for level in LEVELS:
            missed |= self._wanted("urgency", level) & ~given[level]
            missed |= self._wanted("at least", level) & ~reached[level]
            missed |= self._wanted("could be", level) & ~(reached[level] | could_be[level])
        return bool(missed)

    def _read_ladder(self, now: Masked, levels: Sequence[Level]) -> tuple[dict[Level, int], dict[Level, int]]:
        """Who reaches each level, and for whom it is open above the level reached."""
        reached = dict.fromkeys(LEVELS, 0)
        open_ = dict.fromkeys(LEVELS, 0)
        left = self._crowd.everybody
        for line, level in zip(self._pack.urgency, levels, strict=True):
            yes, no = now[line.advice.id]
            reached[level] |= left & yes
            left &= ~yes
            open_[level] |= self._crowd.everybody & ~(yes | no)
        reached[levels[-1]] |= left
        for level in LEVELS:
            open_[level] &= _union(reached[lower] for lower in LEVELS[LEVELS.index(level) + 1 :])
        return reached, open_


def _above(masks: Mapping[Level, int], level: Level) -> int:
    return _union(masks[higher] for higher in LEVELS[: LEVELS.index(level)])


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found

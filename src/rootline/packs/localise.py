"""Where the lesion is likely to be: for each site what speaks for it, what against, and the test that would decide.

A count of findings, not a diagnosis: roots overlap and vary, so several sites may stay possible and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rootline.logic.tree import Node
from rootline.logic.truth import Truth
from rootline.packs.model import Pack, Site
from rootline.readers.evaluate import Values, truth_of

Likelihood = Literal["likely", "possible", "unlikely"]
_NAMED, _STRONG, _WEAK = 4, 2, 1  # a site that is named outright stays likely with one finding against it
LIKELY = 3  # one strong finding and one more, and nothing as strong against
POSSIBLE = 1


@dataclass(frozen=True)
class Located:
    """One site for this patient."""

    site: Site
    likelihood: Likelihood
    score: int
    for_: tuple[Node, ...]
    against: tuple[Node, ...]
    decide: str | None


def weights(site: Site) -> tuple[tuple[Node, int], ...]:
    """What each finding adds to the site's score where it surely holds: those for it first, then those against it."""
    for_ = dict.fromkeys((*site.strong, *site.for_))
    adds = [(node, _STRONG if node in site.strong else _WEAK) for node in for_]
    adds += [(node, _NAMED) for node in site.named]
    return (*adds, *((node, -_WEAK) for node in site.against))


def likelihood_of(holding: Sequence[int]) -> Likelihood | None:
    """From the weights of what surely holds; None where nothing speaks for the site."""
    if not any(weight > 0 for weight in holding):
        return None
    score = sum(holding)
    return "likely" if score >= LIKELY else "possible" if score >= POSSIBLE else "unlikely"


def localise(pack: Pack, values: Values) -> tuple[Located, ...]:
    """The sites that something speaks for, likeliest first; empty when no finding points anywhere."""
    found = [located for site in pack.sites if (located := _locate(site, pack, values)) is not None]
    return tuple(sorted(found, key=lambda one: -one.score))


def likelihood_at(pack: Pack, values: Values, id_: str) -> Likelihood | None:
    """How likely one site is, by its id; None where nothing speaks for it or the pack has no such site."""
    site = pack.site(id_)
    located = _locate(site, pack, values) if site else None
    return located.likelihood if located else None


def _locate(site: Site, pack: Pack, values: Values) -> Located | None:
    holding = [(node, weight) for node, weight in weights(site) if truth_of(node, values, pack.conditions) is Truth.YES]
    counted = [weight for _, weight in holding]
    likelihood = likelihood_of(counted)
    if likelihood is None:
        return None
    for_ = tuple(node for node, weight in holding if weight > 0)
    against = tuple(node for node, weight in holding if weight < 0)
    decide = next((fact for fact in site.decides if fact not in values), None)
    return Located(site, likelihood, sum(counted), for_, against, decide)


def is_conflicting(located: tuple[Located, ...]) -> bool:
    """Whether more than one site is likely, or findings speak against every site that something speaks for."""
    likely = [one for one in located if one.likelihood == "likely"]
    return len(likely) > 1 or (bool(located) and all(one.against for one in located))

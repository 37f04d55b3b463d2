"""Where the lesion is likely to be: for each site what speaks for it, what against, and the test that would decide.

A count of findings, not a diagnosis: roots overlap and vary, so several sites may stay possible and that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields
from rootline.errors import nearest
from rootline.evidence.points.cite import read_citation
from rootline.evidence.points.source import Citation
from rootline.logic.place import Fields
from rootline.logic.read import Vocabulary, read
from rootline.logic.tree import Node
from rootline.logic.truth import Truth
from rootline.packs.body import MUSCLES, REFLEXES, SKIN
from rootline.packs.model import Pack
from rootline.packs.read_facts import read_wording
from rootline.readers.english import Wording
from rootline.readers.evaluate import Values, truth_of

Likelihood = Literal["likely", "possible", "unlikely"]
_STRONG, _WEAK = 2, 1
_LONGEST_MARK = 5  # letters that fit beside the leg
_LIKELY = 3  # one strong finding and one more, and nothing as strong against


@dataclass(frozen=True)
class Drawn:
    """What a picture shows of a site: its short name, and skin, muscles and reflexes by the names of `body`."""

    mark: str
    skin: tuple[str, ...]
    muscles: tuple[str, ...]
    reflexes: tuple[str, ...]
    because: tuple[Citation, ...]


@dataclass(frozen=True)
class Site:
    """A root, nerve or other place, with the findings that speak for and against it."""

    id: str
    name: Wording
    for_: tuple[Node, ...]
    strong: tuple[Node, ...]
    against: tuple[Node, ...]
    decides: tuple[str, ...]
    because: tuple[Citation, ...]
    drawn: Drawn | None


@dataclass(frozen=True)
class Located:
    """One site for this patient."""

    site: Site
    likelihood: Likelihood
    score: int
    for_: tuple[Node, ...]
    against: tuple[Node, ...]
    decide: str | None


@cache
def sites(pack: Pack) -> tuple[Site, ...]:
    """The sites of the pack's `sites.yaml`; none when it has none. Raises `PackError`."""
    path = pack.folder / "sites.yaml"
    if not path.is_file():
        return ()
    fields = read_fields(path, f"{pack.folder.name}/sites.yaml")
    vocabulary = Vocabulary(pack.types, frozenset(pack.rules))
    return tuple(_read_site(str(id_), value, vocabulary, pack) for id_, value in fields.items())


def _read_site(id_: str, fields: Fields, vocabulary: Vocabulary, pack: Pack) -> Site:
    take = Take(fields, f"site `{id_}`")

    def conditions(key: str) -> tuple[Node, ...]:
        return tuple(read(item, vocabulary) for item in take.items(key))

    site = Site(
        id=id_,
        name=read_wording(take.any("name"), take, "name"),
        for_=conditions("speaks for"),
        strong=conditions("strongly for"),
        against=conditions("speaks against"),
        decides=take.texts("decides"),
        because=tuple(read_citation(text, pack.sources) for text in take.texts("because")),
        drawn=_read_drawn(take.any("drawn"), id_, pack) if take.has("drawn") else None,
    )
    take.done()
    for fact in site.decides:
        if fact not in pack.facts:
            raise take.error(f"no fact is called `{fact}`", nearest(fact, pack.facts), fact)
    return site


def _read_drawn(fields: Fields, id_: str, pack: Pack) -> Drawn:
    take = Take(fields, f"`drawn:` of site `{id_}`")

    def named(key: str, known: Mapping[str, Wording]) -> tuple[str, ...]:
        for name in (names := take.texts(key)):
            if name not in known:
                raise take.error(f"no part of the body is called `{name}`", nearest(name, known), name)
        return names

    drawn = Drawn(
        mark=take.text("mark"),
        skin=named("skin", SKIN),
        muscles=named("muscles", MUSCLES),
        reflexes=named("reflexes", REFLEXES),
        because=tuple(read_citation(text, pack.sources) for text in take.texts("because")),
    )
    take.done()
    if len(drawn.mark) > _LONGEST_MARK:
        raise take.error(f"`mark: {drawn.mark}` is too long for the picture", f"At most {_LONGEST_MARK} letters.")
    if not drawn.because:
        raise take.error("`because:` is missing", "Cite the points that say what belongs to this root.")
    return drawn


def localise(pack: Pack, values: Values) -> tuple[Located, ...]:
    """The sites that something speaks for, likeliest first; empty when no finding points anywhere."""
    found = [located for site in sites(pack) if (located := _locate(site, pack, values)) is not None]
    return tuple(sorted(found, key=lambda one: -one.score))


def _locate(site: Site, pack: Pack, values: Values) -> Located | None:
    def holding(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(node for node in nodes if truth_of(node, values, pack.conditions) is Truth.YES)

    for_ = holding(tuple(dict.fromkeys((*site.strong, *site.for_))))
    against = holding(site.against)
    if not for_:
        return None
    score = sum(_STRONG if node in site.strong else _WEAK for node in for_) - len(against)
    likelihood: Likelihood = "likely" if score >= _LIKELY else "possible" if score > 0 else "unlikely"
    decide = next((fact for fact in site.decides if fact not in values), None)
    return Located(site, likelihood, score, for_, against, decide)


def is_conflicting(located: tuple[Located, ...]) -> bool:
    """Whether more than one site is likely, or findings speak against every site that something speaks for."""
    likely = [one for one in located if one.likelihood == "likely"]
    return len(likely) > 1 or (bool(located) and all(one.against for one in located))

"""Sites of lesion as they stand in `sites.yaml`. What they mean for a patient is `localise`."""

from __future__ import annotations

from collections.abc import Mapping

from rootline.content.take import Take
from rootline.errors import nearest
from rootline.evidence.points.cite import read_citation
from rootline.logic.place import Fields
from rootline.logic.read import read
from rootline.logic.tree import Node
from rootline.packs.body import MUSCLES, REFLEXES, SKIN
from rootline.packs.model import Drawn, Site
from rootline.packs.read_advice import Known
from rootline.packs.read_facts import read_wording
from rootline.readers.english import Wording

_LONGEST_MARK = 5  # letters that fit beside the leg


def read_sites(fields: Fields, known: Known) -> tuple[Site, ...]:
    """Every site, in the order of the file. Raises `PackError`."""
    return tuple(_read_site(str(id_), value, known) for id_, value in fields.items())


def _read_site(id_: str, fields: Fields, known: Known) -> Site:
    take = Take(fields, f"site `{id_}`")

    def conditions(key: str) -> tuple[Node, ...]:
        return tuple(read(item, known.vocabulary) for item in take.items(key))

    site = Site(
        id=id_,
        name=read_wording(take.any("name"), take, "name"),
        for_=conditions("speaks for"),
        strong=conditions("strongly for"),
        named=conditions("named by"),
        against=conditions("speaks against"),
        decides=take.texts("decides"),
        because=tuple(read_citation(text, known.sources) for text in take.texts("because")),
        drawn=_read_drawn(take.any("drawn"), id_, known) if take.has("drawn") else None,
    )
    take.done()
    for fact in site.decides:
        if fact not in known.vocabulary.facts:
            raise take.error(f"no fact is called `{fact}`", nearest(fact, known.vocabulary.facts), fact)
    return site


def _read_drawn(fields: Fields, id_: str, known: Known) -> Drawn:
    take = Take(fields, f"`drawn:` of site `{id_}`")

    def named(key: str, parts: Mapping[str, Wording]) -> tuple[str, ...]:
        for name in (names := take.texts(key)):
            if name not in parts:
                raise take.error(f"no part of the body is called `{name}`", nearest(name, parts), name)
        return names

    drawn = Drawn(
        mark=take.text("mark"),
        skin=named("skin", SKIN),
        muscles=named("muscles", MUSCLES),
        reflexes=named("reflexes", REFLEXES),
        because=tuple(read_citation(text, known.sources) for text in take.texts("because")),
    )
    take.done()
    if len(drawn.mark) > _LONGEST_MARK:
        raise take.error(f"`mark: {drawn.mark}` is too long for the picture", f"At most {_LONGEST_MARK} letters.")
    if not drawn.because:
        raise take.error("`because:` is missing", "Cite the points that say what belongs to this root.")
    return drawn

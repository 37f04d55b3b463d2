"""The pack's glossary: what its words mean, in plain language. Explains words; says nothing about a patient."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields
from rootline.logic.place import Fields
from rootline.packs.model import Pack
from rootline.packs.read_facts import read_wording
from rootline.readers.english import Wording


@dataclass(frozen=True)
class Term:
    """One word or phrase, its other forms, and what it means."""

    id: str
    name: str
    also: tuple[str, ...]
    means: Wording


@cache
def glossary(pack: Pack) -> tuple[Term, ...]:
    """Every term of `glossary.yaml`, in the order of the alphabet. Raises `PackError`; a pack may have none."""
    path = pack.folder / "glossary.yaml"
    if not path.is_file():
        return ()
    fields = read_fields(path, f"{pack.folder.name}/glossary.yaml")
    terms = tuple(_read_term(str(id_), value) for id_, value in fields.items())
    seen: dict[str, Term] = {}
    for term in terms:
        for form in (term.name, *term.also):
            if form.lower() in seen:
                raise Take(fields, "glossary").error(f"`{form}` stands twice", f"Also under `{seen[form.lower()].id}`.")
            seen[form.lower()] = term
    return tuple(sorted(terms, key=lambda term: term.name.lower()))


def _read_term(id_: str, fields: Fields) -> Term:
    take = Take(fields, f"term `{id_}`")
    term = Term(
        id=id_,
        name=take.text("name"),
        also=tuple(str(form) for form in take.texts("also")),
        means=read_wording(take.any("means"), take, "means"),
    )
    take.done()
    return term

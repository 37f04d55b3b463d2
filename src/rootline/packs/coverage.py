"""What is commonly claimed on a pack's questions: each claim met by a statement, or overruled by a better source.

Read when a canonical question is asked, or when the coverage is checked. Whether a claim's words are shown is a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields
from rootline.errors import nearest
from rootline.evidence.points.cite import read_citation
from rootline.evidence.points.source import Citation
from rootline.logic.place import Fields, Place
from rootline.packs.model import Pack
from rootline.packs.read_facts import read_wording
from rootline.readers.english import Wording


@dataclass(frozen=True)
class Overruled:
    """Why a common claim is not followed, and who says better."""

    says: Wording
    because: tuple[Citation, ...]


@dataclass(frozen=True)
class Claim:
    """One common claim; `shows` are beginnings of words that an answer to its question must hold."""

    id: str
    question: str
    claim: str
    shows: tuple[str, ...]
    met_by: tuple[str, ...]
    overruled: Overruled | None
    place: Place


@cache
def coverage(pack: Pack) -> tuple[Claim, ...]:
    """Every claim of `coverage/<question>.yaml`. Raises `PackError` for a name that does not exist."""
    known = {*pack.statements, *(one.id for one in pack.disagreements)}
    found: list[Claim] = []
    for path in sorted((pack.folder / "coverage").glob("*.yaml")):
        fields = read_fields(path, f"{pack.folder.name}/coverage/{path.name}")
        found += [_read_claim(str(id_), value, path.stem, known, pack) for id_, value in fields.items()]
    return tuple(found)


def _read_claim(id_: str, fields: Fields, question: str, known: set[str], pack: Pack) -> Claim:
    take = Take(fields, f"claim `{id_}`")
    if question not in {one.id for one in pack.questions}:
        raise take.error(f"no question is called `{question}`", nearest(question, [one.id for one in pack.questions]))
    met_by = take.texts("met by")
    for name in met_by:
        if name not in known:
            raise take.error(f"no advice or disagreement is called `{name}`", nearest(name, known), name)
    claim = Claim(
        id=id_,
        question=question,
        claim=take.text("claim"),
        shows=take.texts("shows"),
        met_by=met_by,
        overruled=_read_overruled(take, pack),
        place=take.place,
    )
    take.done()
    if bool(claim.met_by) == bool(claim.overruled):
        raise take.error("is neither met nor overruled, or both", "Give `met by: […]` or `overruled: …`.")
    return claim


def _read_overruled(take: Take, pack: Pack) -> Overruled | None:
    if not take.has("overruled"):
        return None
    inner = Take(take.any("overruled"), "overruled")
    says = read_wording(inner.any("says"), inner, "says")
    because = tuple(read_citation(text, pack.sources) for text in inner.texts("because"))
    inner.done()
    if not because:
        raise inner.error("nobody who says better", "Add `because: [source#point]`.")
    return Overruled(says, because)

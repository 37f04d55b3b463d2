"""What the library's standings mean for a pack, in lines for a terminal: source, who leans on it, which answers.

Tells and counts; changes neither pack nor library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from rootline.answers.touched import answers_touched
from rootline.evidence.standing import Known, known
from rootline.evidence.store.document import Document
from rootline.evidence.store.versions import Store
from rootline.packs.leaning import leaning
from rootline.packs.model import Pack


@dataclass(frozen=True)
class Report:
    """The text, and how much in it asks for action."""

    text: str
    findings: int


def standing_report(pack: Pack, store: Store, as_of: datetime | None = None) -> Report:
    """Every source of the pack that the library knows as not current; findings are those the pack keeps quiet."""
    found = list(known(pack.sources.values(), partial(store.document, as_of=as_of)))
    touched = [one for one in found if one.is_touched]
    leaned = _leaned(pack, touched)
    lines: list[str] = []
    for one in touched:
        if one.document is not None:
            said = "as the pack says" if one.is_said else f"the pack says {one.source.standing}"
            lines += [
                f"{one.source.id}: {one.document.standing} ({said})",
                *_notices(one.document),
                *leaned[one.source.id],
            ]
    here = sum(one.document is not None for one in found)
    unsaid = sum(not one.is_said for one in touched)
    lines.append(
        f"{here} of {len(pack.sources)} sources are in the library; of {len(pack.sources) - here} it knows nothing, "
        f"{len(pack.sources) - len(found)} of them without PMID or DOI"
    )
    lines.append(f"{len(touched)} touched, {unsaid} of them not yet said in the pack")
    return Report("\n".join(lines), unsaid)


def change_report(pack: Pack, store: Store, after: int) -> Report:
    """Every document whose standing has changed since a sequence number, and what leans on it.

    Documents that came in since are told only when they are a source of the pack and not current.
    """
    sources: dict[str, list[Known]] = {}
    for one in known(pack.sources.values(), store.document):
        if one.document is not None:
            sources.setdefault(one.document.id, []).append(one)
    turned = [
        (was, document)
        for was, document in store.turned(after)
        if was is not None or (document.id in sources and document.standing != "current")
    ]
    leaned = _leaned(pack, [one for _, document in turned for one in sources.get(document.id, ())])
    lines: list[str] = []
    for was, document in turned:
        lines.append(f"{document.id}: {was or 'new'} -> {document.standing}: {document.title}")
        lines += _notices(document)
        for one in sources.get(document.id, ()):
            lines += [f"  source of the pack: {one.source.id}", *leaned[one.source.id]]
    touching = sum(document.id in sources for _, document in turned)
    lines.append(f"{len(turned)} documents changed their standing, {touching} of them sources of the pack")
    return Report("\n".join(lines), len(turned))


def _notices(document: Document) -> Iterator[str]:
    for notice in document.notices:
        yield f"  {notice.standing}: {notice.text}" + (f" (PMID {notice.pmid})" if notice.pmid else "")


def _leaned(pack: Pack, touched: Iterable[Known]) -> dict[str, list[str]]:
    """Source id -> the lines that say what leans on it."""
    ids = [one.source.id for one in touched]
    answers = answers_touched(pack, ids)
    cited = leaning(pack)
    lines = {}
    for id_ in ids:
        users = dict.fromkeys(
            str(user) for citation, found in cited.items() if citation.source == id_ for user in found
        )
        lines[id_] = [
            f"  leaned on by: {', '.join(users) or 'nothing'}",
            f"  canonical answers: {', '.join(answers[id_]) or 'none'}",
        ]
    return lines

"""A document of the library as lines for a terminal: record, notices, history, passages. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rootline.evidence.document import Document

Came = tuple[datetime, str, str, str]  # when, as which kind, from where, with which standing


def describe(document: Document, history: Iterable[Came]) -> str:
    """All that the library knows of it; each passage under its section."""
    record = [", ".join(document.authors), document.journal, str(document.year or "")]
    names = [f"PMID {document.pmid}" if document.pmid else "", document.doi, document.pmcid]
    lines = [
        f"{document.id}: {document.standing}",
        f"  {document.title}",
        f"  {'. '.join(filter(None, record))}",
        *([f"  {', '.join(filter(None, names))}"] if any(names) else []),
        *(f"  {label}: {', '.join(values)}" for label, values in _lists(document) if values),
        *(f"  {one.standing}: {one.text}" for one in document.notices),
    ]
    for when, kind, origin, standing in history:
        lines.append(f"  {when.astimezone():%Y-%m-%d %H:%M}: {kind} from {origin}, {standing}")
    section = ""
    for passage in document.passages:
        if passage.section != section:
            section = passage.section
            lines += ["", section]
        lines += ["", f"[{passage.start}-{passage.end}] {document.quote(passage)}"]
    return "\n".join([*lines, "", f"{len(document.passages)} passages"])


def _lists(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    return [("type", document.types), ("MeSH", document.mesh)]

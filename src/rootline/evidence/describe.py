"""A document of the library as lines for a terminal: record, notices, history, passages. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rootline.errors import NotFoundError
from rootline.evidence.link import Link
from rootline.evidence.search.quote import Quote
from rootline.evidence.store.document import Document

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


def describe_place(document: Document, at: int) -> str:
    """The passage at a character of the text, with the ones beside it; the place itself is marked."""
    places = [number for number, one in enumerate(document.passages) if one.start <= at < one.end]
    if not places:
        raise NotFoundError(f"no passage of `{document.id}` holds character {at}", mend="Leave `--at` out to see all.")
    near = document.passages[max(places[0] - 1, 0) : places[0] + 2]
    lines = [f"{document.id}: {document.standing}", f"  {document.title}", ""]
    for one in near:
        mark = ">" if one.start <= at < one.end else " "
        lines += [f"{mark} {one.section} [{one.start}-{one.end}] {document.quote(one)}", ""]
    return "\n".join(lines).rstrip()


def describe_quote(one: Quote) -> str:
    """A passage found, letter for letter, and how to open it at its place."""
    document, passage = one.document, one.passage
    worded = "" if one.covers else "none of the words"
    parts = (one.kind, str(document.year or ""), document.standing, passage.section, worded)
    return "\n".join([
        f"{document.title or document.id} ({', '.join(filter(None, parts))})",
        f"  {one.text}",
        f"  rootline evidence show {document.id} --at {passage.start}",
    ])  # fmt: skip


def describe_link(one: Link) -> str:
    """What became of a point, the passage that is proposed for it, and how to open that."""
    lines = [f"{one.citation}: {one.outcome}"]
    if one.document.standing != "current":
        lines.append(f"  the document is {one.document.standing}")
    if one.lost:
        lines.append(f"  not in the passage: {', '.join(one.lost)}")
    if one.denies_otherwise:
        lines.append("  the nearest sentence denies more or less than the point does")
    if one.passage:
        lines.append(f"  {one.document.quote(one.passage)}")
    at = f" --at {one.passage.start}" if one.passage else ""
    return "\n".join([*lines, f"  rootline evidence show {one.document.id}{at}"])

"""NBIB, the tagged lines that PubMed exports (also called MEDLINE format).

Keeps what the record says and adds nothing. The one library for it is not kept up; the format is forty lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rootline.evidence.intake.abstract import sections_of
from rootline.evidence.intake.found import Broken, Found
from rootline.evidence.intake.lines import blocks, decoded
from rootline.evidence.intake.notices import Remark, with_remarks
from rootline.evidence.intake.opening import Opened
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, clean_doi, clean_pmcid, clean_pmid, identified
from rootline.evidence.store.passages import lay_out

_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?(.*)")
_REMARKS = {
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "PRIN": "PartialRetractionIn",
    "PROF": "PartialRetractionOf",
    "ECI": "ExpressionOfConcernIn",
    "ECF": "ExpressionOfConcernFor",
    "EIN": "ErratumIn",
    "EFR": "ErratumFor",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
    "RPI": "RepublishedIn",
    "RPF": "RepublishedFrom",
    "CRI": "CorrectedandRepublishedIn",
    "CRF": "CorrectedandRepublishedFrom",
    "RRI": "RetractedandRepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
}
_OTHER = re.compile(r"PMID: ?(\d+)")


def read(opened: Opened) -> Iterator[list[Found]]:
    """Each record of the file; a record begins with its PMID."""
    for number, record in blocks(opened, lambda line: line.startswith(b"PMID-")):
        yield list(_record(record, f"record at line {number}"))


def _record(record: list[bytes], where: str) -> Iterator[Found]:
    text = decoded(record)
    if text is None:
        yield Broken(where, "is not text in UTF-8")
        return
    fields: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in text.split("\n"):
        found = _TAG.match(line)
        if found:
            last = fields.setdefault(found[1], [])
            last.append(found[2])
        elif line.startswith(" ") and last:
            last[-1] += " " + line.strip()
        elif line.strip():
            yield Broken(where, "holds a line that is neither a tag nor goes on from one")
            return
    pmid, title = clean_pmid(_first(fields, "PMID")), clean(_first(fields, "TI", "BTI", "TT"))
    if not pmid or not title:
        yield Broken(where, "has no title" if pmid else "has no PMID")
        return
    text, passages = lay_out(sections_of(_first(fields, "AB")))
    document = Document(
        id="",
        sha256="",
        title=title,
        text=text,
        passages=passages,
        kind="nbib",
        authors=tuple(filter(None, map(clean, [*fields.get("AU", ()), *fields.get("CN", ())]))),
        journal=clean(_first(fields, "JT", "TA")),
        year=_year(_first(fields, "DP")),
        types=tuple(filter(None, map(clean, fields.get("PT", ())))),
        mesh=tuple(dict.fromkeys(_heading(one) for one in fields.get("MH", ()) if _heading(one))),
        pmid=pmid,
        pmcid=clean_pmcid(_first(fields, "PMC")),
        doi=next((clean_doi(one) for one in [*fields.get("LID", ()), *fields.get("AID", ())] if "[doi]" in one), ""),
        language=clean(_first(fields, "LA")),
        revised=clean(_first(fields, "LR")),
    )
    yield from map(identified, with_remarks(document, _remarks(fields)))


def _first(fields: dict[str, list[str]], *tags: str) -> str:
    return next((value for tag in tags for value in fields.get(tag, ()) if value.strip()), "")


def _year(date: str) -> int | None:
    return int(date[:4]) if re.match(r"[0-9]{4}", date) else None


def _heading(term: str) -> str:
    """The descriptor of a MeSH term, without qualifiers and the star of a main topic."""
    return clean(term.split("/")[0].lstrip("*"))


def _remarks(fields: dict[str, list[str]]) -> Iterator[Remark]:
    for tag, name in _REMARKS.items():
        for words in fields.get(tag, ()):
            other = _OTHER.search(words)
            yield Remark(name, clean_pmid(other[1]) if other else "", clean_doi(words), clean(words))

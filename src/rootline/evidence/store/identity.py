"""What a document is called and how its versions are told apart: PMID, DOI, PMCID, or a hash of the text.

Cleans what names are made of; decides nothing about which of two versions is better.
"""

from __future__ import annotations

import hashlib
import json
import re

from rootline.evidence.store.document import Document, Notice, Passage

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_DIGITS = re.compile(r"\s*(?:PMID:?\s*)?(\d{1,9})\s*", re.IGNORECASE | re.ASCII)
_KIND = re.compile(r"(?:pmid|doi|pmcid)\s*:\s*")  # written before a name to tell which it is
_ADDRESS = re.compile(r"ncbi\.nlm\.nih\.gov/(?:pubmed/|pmc/articles/|articles/)?((?:pmc)?\d+)/?$")
_PMCID = re.compile(r"\s*(?:PMC:?\s*)?(\d{1,9})(?:\.\d+)?\s*", re.IGNORECASE | re.ASCII)


def clean(text: str | None) -> str:
    """One line: white space joined; what steers a terminal or turns the reading direction becomes a space."""
    if not text:
        return ""
    if text.isprintable() and "  " not in text:  # most are; nothing that the rest looks for is printable
        return text.strip()
    return " ".join(_CONTROL.sub(" ", text).split())


def clean_pmid(text: str | None) -> str:
    """The digits of a PMID, or nothing."""
    found = _DIGITS.fullmatch(text or "")
    return found[1].lstrip("0") if found else ""


def clean_pmcid(text: str | None) -> str:
    """`PMC` and digits, or nothing."""
    found = _PMCID.fullmatch(text or "")
    return f"PMC{found[1]}" if found else ""


def clean_doi(text: str | None) -> str:
    """A DOI in lower case (they are the same in either), without address or full stop; or nothing."""
    found = _DOI.search(clean(text))
    return found[0].rstrip(".,;").lower() if found else ""


def key_of(name: str) -> str:
    """The key that a person means by a name, in any case: `PMID: 123`, `123`, `PMC123`, a DOI with or without address.

    What is none of these comes back as it was, in lower case.
    """
    words = _KIND.sub("", name.strip().lower())
    if doi := clean_doi(words):
        return f"doi:{doi}"
    if found := _ADDRESS.search(words):
        words = found[1]
    is_pmc = words.startswith("pmc") or name.strip().lower().startswith("pmc")
    if is_pmc and (pmcid := clean_pmcid(words)):
        return f"pmcid:{pmcid}"
    return f"pmid:{pmid}" if (pmid := clean_pmid(words)) else name.strip().lower()


def keys_of(document: Document) -> tuple[str, ...]:
    """The names under which a document is known, the strongest first."""
    keys = [
        f"pmid:{document.pmid}" if document.pmid else "",
        f"doi:{document.doi}" if document.doi else "",
        f"pmcid:{document.pmcid}" if document.pmcid else "",
    ]
    return tuple(filter(None, keys)) or (f"sha256:{_hash_of_words(document)}",)


def _hash_of_words(document: Document) -> str:
    """The text alone, so that one text in two formats is one; a bare record is told by all that it says."""
    bare = "\n".join([document.title, *document.authors, document.journal, str(document.year)])
    return hashlib.sha256((document.text or bare).encode()).hexdigest()


def identified(document: Document) -> Document:
    """A document that was just read, given its `id` and the hash of this version."""
    named = {"id": keys_of(document)[0], "sha256": version_hash(document)}
    document.__dict__.update(named)  # no copy: nobody else has it yet, and its `record`, in which neither is, stays
    return document


def version_hash(document: Document) -> str:
    """Names all that this version says, its text included."""
    return hashlib.sha256(f"{document.record}\n{document.text}".encode()).hexdigest()


def from_record(id_: str, sha256: str, record: str, text: str) -> Document:
    """The document again, as it was."""
    fields = json.loads(record)
    return Document(
        **{
            **fields,
            "id": id_,
            "sha256": sha256,
            "text": text,
            "passages": tuple(Passage(*one) for one in fields["passages"]),
            "notices": tuple(Notice(*one) for one in fields["notices"]),
            **{key: tuple(fields[key]) for key in ("authors", "types", "mesh")},
        }
    )

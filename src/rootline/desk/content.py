"""What is reviewed, to the letter: an answer or a pack, its sources' standings, and the one hash of it all.

Makes no answer and keeps nothing; says which parts of an answer are content, and which only how it came about.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from rootline.answers.model import Answer, fit_answer
from rootline.errors import EvidenceError
from rootline.evidence.points.source import Source
from rootline.evidence.search.interface import Library
from rootline.evidence.standing import known
from rootline.packs.model import Pack

Kind = Literal["answer", "case", "pack"]
# How an answer came about, and what is said of its review: no part of what a reviewer signs.
# Passages are quoted from the user's own library beside the answer, and a reviewer of the answer has not read them.
STAMPS = frozenset({"review", "disclaimer", "program", "trace_id", "library", "passages"})
_LIBRARY = "library at hand"
WITHDRAWN = '{"withdrawn":true}'  # in place of a content that was taken off the desk


@dataclass(frozen=True)
class Subject:
    """Which thing it is, whatever its content: the answer to a question for an audience, or a pack."""

    kind: Kind
    pack: str
    title: str
    question_id: str = ""  # of a canonical question
    audience: str = ""
    given: str = ""  # of a case: its facts as JSON

    @property
    def id(self) -> str:
        """Its name at the desk, as it stands in addresses: of a case it holds a hash, never its words."""
        return self.pack if self.kind == "pack" else f"{self.pack}/{self.name}/{self.audience}"

    @property
    def name(self) -> str:
        """What its page is called, whoever reads it: the question's id, or that of a case; of a pack its id."""
        if self.kind == "case":
            return "case-" + hashlib.sha256(f"{self.title}\0{self.given}".encode()).hexdigest()[:12]
        return self.question_id or self.pack


@dataclass(frozen=True)
class Content:
    """One exact content of a subject."""

    subject: Subject
    text: str  # JSON: {"answer" or "pack": …, "standings": …}
    sha256: str
    doubt: str = ""  # why it may not be what is in force, as a sentence; no part of what is signed

    @property
    def answer(self) -> Answer | None:
        """The answer, where it is one."""
        return answer_in(self.text)


def of_answer(subject: Subject, answer: Answer, standings: Mapping[str, str], *, has_library: bool) -> Content:
    """The content of an answer: all it says, and which of its sources the user's library knows as not current.

    `has_library`: whether there was a library to ask. It is kept beside the content, and is no part of its hash.
    """
    told = answer.model_dump(mode="json", by_alias=True)
    return _content(subject, {"answer": told, "standings": dict(standings), _LIBRARY: has_library})


def of_pack(pack: Pack, standings: Mapping[str, str], *, has_library: bool) -> Content:
    """The content of a pack: its own hash stands for every file of it."""
    stamp = {"id": pack.id, "version": pack.version, "sha256": pack.sha256}
    return _content(pack_subject(pack), {"pack": stamp, "standings": dict(standings), _LIBRARY: has_library})


def pack_subject(pack: Pack) -> Subject:
    """The pack as a subject."""
    return Subject("pack", pack.id, pack.title.clinician)


def _content(subject: Subject, body: Mapping[str, Any]) -> Content:
    return Content(subject, _canonical(body), _hash(body))


@lru_cache(maxsize=64)
def hash_of(text: str) -> str:
    """The SHA-256 of a content's text: of everything but the stamps, in one fixed spelling. None of what is no JSON."""
    try:
        return _hash(json.loads(text))
    except (ValueError, TypeError, AttributeError):
        return ""


def _hash(body: Mapping[str, Any]) -> str:
    body = {name: part for name, part in body.items() if name != _LIBRARY}
    if "answer" in body:
        answer = {name: part for name, part in body["answer"].items() if name not in STAMPS}
        body = {**body, "answer": answer}
    return hashlib.sha256(_canonical(body).encode()).hexdigest()


def answer_in(text: str) -> Answer | None:
    """The answer in a content's text; None for a pack's."""
    body = json.loads(text)
    return fit_answer(body["answer"]) if "answer" in body else None


def standings_in(text: str) -> dict[str, str]:
    """The sources that the library knew as not current, in a content's text."""
    return dict(json.loads(text).get("standings", {}))


def turned(before: str, after: str) -> list[tuple[str, str, str]]:
    """Each source whose standing in the library differs between two contents' texts: its id, what it was and is."""
    was, is_ = standings_in(before), standings_in(after)
    ids = [id_ for id_ in sorted(was.keys() | is_.keys()) if was.get(id_) != is_.get(id_)]
    return [(id_, was.get(id_, "current"), is_.get(id_, "current")) for id_ in ids]


def had_library(text: str) -> bool:
    """Whether there was a library to ask for the standings, in a content's text."""
    return bool(json.loads(text).get(_LIBRARY))


def same_but_standings(one: str, other: str) -> bool:
    """Whether two contents' texts differ in nothing but what the library says of the sources."""
    bare = (_canonical({**json.loads(text), "standings": {}}) for text in (one, other))
    return len({hash_of(text) for text in bare}) == 1


def standings(sources: Iterable[Source], library: Library | None) -> dict[str, str]:
    """Source id -> its standing in the user's library, where that is not current."""
    if library is None:
        return {}
    try:
        library.search.count()
    except EvidenceError:
        return {"library": "out of order"}  # what it would say of the sources is unknown: never reassuring
    found = known(sources, library.document)
    return {one.source.id: one.document.standing for one in found if one.document and one.is_touched}


def _canonical(body: Any) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

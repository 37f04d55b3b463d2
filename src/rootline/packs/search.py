"""Search over a pack's own words: questions, advice, sources, disagreements, terms. Every word must be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rootline.packs.glossary import glossary
from rootline.packs.model import Pack

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found; `name` is the id of a question, advice, source, disagreement or term."""

    kind: str
    name: str
    title: str
    text: str
    words: frozenset[str]
    title_words: frozenset[str]


def entry(kind: str, name: str, title: str, text: str) -> Entry:
    """A thing with the words that it is found by."""
    return Entry(kind, name, title, text, _words(f"{title} {text}"), _words(title))


def search(pack: Pack, text: str, beside: Iterable[Entry] = ()) -> list[Entry]:
    """All that holds every word (or a word that begins so), best first: those with the words in their title.

    `beside` are things that stand in no pack, to be found with the pack's own.
    """
    asked = _words(text)
    if not asked:
        return []
    found = [one for one in (*beside, *_entries(pack)) if all(_begins(word, one.words) for word in asked)]
    return sorted(found, key=lambda one: -sum(_begins(word, one.title_words) for word in asked))


@cache
def vocabulary(pack: Pack) -> frozenset[str]:
    """Every word that the pack's own things are found by."""
    return frozenset(word for one in _entries(pack) for word in one.words)


def _begins(word: str, words: frozenset[str]) -> bool:
    return word in words or any(other.startswith(word) for other in words)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


@cache
def _entries(pack: Pack) -> tuple[Entry, ...]:
    return tuple(entry(*told) for told in _told(pack))


def _told(pack: Pack) -> Iterator[tuple[str, str, str, str]]:
    for question in pack.questions:
        yield "question", question.id, question.text, ""
    for advice in pack.statements.values():
        yield "advice", advice.id, advice.say.clinician, advice.say.patient
    for one in pack.disagreements:
        yield "disagreement", one.id, one.title.clinician, " ".join(each.says.clinician for each in one.positions)
    for term in glossary(pack):
        yield "term", term.id, term.name, f"{' '.join(term.also)} {term.means.clinician} {term.means.patient}"
    for source in pack.sources.values():
        points = " ".join(point.says for point in source.points.values())
        yield "source", source.id, f"{source.short}. {source.title}", f"{points} {source.authors} {source.organisation}"

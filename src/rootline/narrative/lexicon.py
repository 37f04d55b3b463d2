"""A pack's phrases made ready for searching, once for each pack. Nothing is read here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rootline.narrative.phrase import Phrases
from rootline.narrative.spelling import Spelling
from rootline.narrative.triggers import triggers
from rootline.packs.model import Fact, Heard, Pack, Shorthand


@dataclass(frozen=True)
class Lexicon:
    """Phrases by what they speak of, and every word that is spelt right."""

    facts: Phrases[tuple[Fact, Heard]]
    shorthands: Phrases[Shorthand]
    covers: Phrases[str]
    elsewhere: Phrases[str]
    whole: Phrases[str]
    sections: Phrases[str]
    actions: Phrases[str]
    spelling: Spelling


class _ByHash:
    """A pack as a cache key: packs are large, and the same content has the same hash."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        return hash(self.pack.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and other.pack.sha256 == self.pack.sha256


def lexicon_of(pack: Pack) -> Lexicon:
    """The pack's lexicon."""
    return _lexicon(_ByHash(pack))


@cache
def _lexicon(key: _ByHash) -> Lexicon:
    pack = key.pack
    topics = [heard.phrase for fact in pack.facts.values() if fact.topic for heard in fact.heard]
    facts = Phrases((heard.phrase, (fact, heard)) for fact in pack.facts.values() for heard in fact.heard)
    shorthands = Phrases((phrase, one) for one in pack.shorthands for phrase in one.phrases)
    covers, elsewhere, whole = (
        Phrases((phrase, phrase) for phrase in phrases)
        for phrases in ([*pack.covers, *topics], pack.elsewhere, pack.whole)
    )
    sections = Phrases((phrase, section) for section, phrases in pack.headings.items() for phrase in phrases)
    actions = Phrases((phrase, action.id) for action in pack.actions.values() for phrase in action.heard)
    spelling = _spelling((facts, shorthands, covers, elsewhere, whole, sections, actions))
    return Lexicon(facts, shorthands, covers, elsewhere, whole, sections, actions, spelling)


def _spelling(searches: tuple[Phrases[tuple[Fact, Heard]] | Phrases[Shorthand] | Phrases[str], ...]) -> Spelling:
    spoken = triggers()
    named = {word for phrases in searches for word in phrases.words}
    beginnings = {word for phrases in (*searches, *spoken.groups.values()) for word in phrases.beginnings}
    denials = spoken.groups["denied before"].words | spoken.groups["denied after"].words
    never = denials | (spoken.lists["plain words"] - named)
    return Spelling(frozenset((named | spoken.words) - beginnings), frozenset(beginnings), frozenset(never))

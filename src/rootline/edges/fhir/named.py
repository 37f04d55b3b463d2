"""Facts heard in the names that a record gives a problem, a drug or a procedure, beyond what its codes tell.

The narrative reader listens, so that a doubt, a relative or the past count here as anywhere. A denial counts for
nothing: the name of a problem ("Sciatica, no red flags") is kept for years.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rootline.errors import InputError
from rootline.logic.values import Value
from rootline.narrative.intent import is_covered
from rootline.narrative.lexicon import lexicon_of
from rootline.narrative.phrase import Phrases
from rootline.narrative.read import read_narrative
from rootline.narrative.spelling import mend
from rootline.narrative.tokens import Token, respelt, tokenise
from rootline.narrative.triggers import triggers
from rootline.packs.model import Fact, Pack

_OVER = re.compile(r"\W*(?:resolved|healed|recovered)\b", re.IGNORECASE)  # how a name on a list begins that is over
_NAMES_KEPT, _WORDS_KEPT = 4_096, 32_768


@dataclass(frozen=True)
class Named:
    """A fact heard in a name; `doubt` says why it does not count."""

    fact: Fact
    value: Value
    doubt: str = ""


def facts_in(names: Iterable[str], pack: Pack, known: Container[str] = ()) -> list[tuple[str, Named]]:
    """What is heard in the several names of one thing, each once, with the name; not of facts that are `known`."""
    heard = {one: name for name in reversed(tuple(names)) for one in facts_named(name, pack)}
    return [(name, one) for one, name in heard.items() if one.fact.id not in known]


@lru_cache(maxsize=_NAMES_KEPT)
def facts_named(name: str, pack: Pack) -> tuple[Named, ...]:
    """What is heard in a name, the sex aside; nothing for a name that cannot be read."""
    if not _speaks_of_a_fact(name, pack):
        return ()
    try:
        reading = read_narrative(name, pack)
    except InputError:
        return ()
    over, of_family = _OVER.match(name) is not None, is_of_family([name])
    heard = []
    for fact, value in reading.values.items():
        one = pack.facts[fact]
        past = over and not one.history_counts
        doubt = "family" if of_family else "historical" if past else "denied" if value == one.denied_means else ""
        if fact != "sex":
            heard.append(Named(one, value, doubt))
    for unused in reading.unused:
        one = pack.facts[unused.fact]
        if one.id != "sex":
            heard.append(Named(one, unused.value, "denied" if _is_well(unused.value, one) else unused.status))
    return tuple(heard)


def _is_well(value: Value, fact: Fact) -> bool:
    """Whether nothing is amiss by this value: the fact is denied, or the best of which the worst counts."""
    return value == fact.denied_means or fact.is_best(value)


def is_of_family(names: Iterable[str]) -> bool:
    """Whether one of the names speaks of a relative, and not of the patient: "Mother had foot drop"."""
    return any(True for name in names for _ in triggers().groups["family"].find(_tokens(name)))


def topic_named(names: Iterable[str], pack: Pack) -> str:
    """The first of the names that is about the pack's topic, though it may tell no fact; empty where none is."""
    return next((name for name in names if name and is_covered(_tokens(name), lexicon_of(pack))), "")


def _speaks_of_a_fact(name: str, pack: Pack) -> bool:
    """Whether any phrase of a fact is in the name, slips of spelling mended; most names of a record hold none."""
    lexicon = lexicon_of(pack)
    tokens = _tokens(name)
    if better := {one.word: meant for one in tokens if (meant := _meant(one.word, pack)) != one.word}:
        tokens = respelt(tokens, better)
    return any(True for phrases in (lexicon.facts, lexicon.shorthands) for _ in phrases.find(tokens))


@lru_cache(maxsize=_WORDS_KEPT)
def _meant(word: str, pack: Pack) -> str:
    return mend(_tokens(word), lexicon_of(pack).spelling).get(word, word)


@lru_cache(maxsize=_NAMES_KEPT)
def _tokens(name: str) -> list[Token]:
    spoken = triggers()
    return list(tokenise(name, spoken.lists["abbreviations"], spoken.left_out))


def hears(phrases: tuple[str, ...], names: Iterable[str]) -> str:
    """The first of the names that holds one of the phrases; empty where none does."""
    return next((name for name in names if phrases for _ in _phrases(phrases).find(_tokens(name))), "")


def takes_back(phrases: tuple[str, ...], name: str, fact: Fact, pack: Pack) -> bool:
    """Whether a phrase in a name takes back the fact: "screening for"; one that names the fact takes back itself alone.

    So "Basal cell carcinoma" is taken back, and "Basal cell carcinoma and breast cancer" is not.
    """

    def tells(text: str) -> bool:
        return any(one.fact.id == fact.id for one in facts_named(text, pack))

    rest, tokens = name, _tokens(name)
    for found in _phrases(phrases).find(tokens) if phrases else ():
        said = name[tokens[found.start].start : tokens[found.end - 1].end]
        if not tells(said):
            return True
        rest = rest.replace(said, ";")
    return rest != name and not tells(rest)


@cache
def _phrases(phrases: tuple[str, ...]) -> Phrases[str]:
    return Phrases((phrase, phrase) for phrase in phrases)

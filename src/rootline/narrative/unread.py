"""The stretches of a text that were not understood, so that they can be told and never pass for "no".

What stands between the phrases that were read is told as soon as one word of it is no ordinary one (`ordinary.yaml`).
Judges no word's meaning; a person's sex or age and a length of time are no understanding of what stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rootline.logic.units import find_unit
from rootline.narrative.intent import asking_sentences
from rootline.narrative.lexicon import Lexicon, lexicon_of
from rootline.narrative.read import Reading
from rootline.narrative.spelling import mend
from rootline.narrative.surroundings import Surroundings
from rootline.narrative.tokens import UNSURE, Token, respelt, tokenise
from rootline.narrative.triggers import triggers
from rootline.narrative.variants import find_all
from rootline.packs.model import Pack

_PERSONAL = {"sex", "age"}
_JOINS = {"and", "but"}
_SINCE = 4  # words in which "since" names its time
_SHORTEST_JOINED = 3  # words that a stretch between "and" and "and" needs: "bowel and bladder fine" is one
_ENDS = frozenset(
    "a an and are as at because but by for has he her his i in is it my of or our she that the their they this to "
    "with".split()
)
_TURNS = {"not a denial", "named emergencies"}  # these phrases say something themselves; other triggers only frame
_EMPTY = "tells nothing"
_REASSURES = {"normal", "normally", "intact", "well", "stable", "present", "equal", "symmetrical", "no", "not", "able"}
_TITLES = {"dr", "mr", "mrs", "ms", "miss", "prof", "professor", "doctor"}
_UNITS_OF_DOSE = {"mg", "mcg", "g", "ml", "units"}


def unread(reading: Reading, pack: Pack, taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Each stretch of the text read that says something that was not understood; in order, as written.

    `taken` are words of the text that a follow-up question was understood by, beside the reading.
    """
    text, lexicon, spoken = reading.text, lexicon_of(pack), triggers()
    written = tokenise(text, spoken.lists["abbreviations"], spoken.left_out)
    tokens = respelt(written, mend(written, lexicon.spelling))
    around = Surroundings(tokens, [], spoken)
    durations: set[str | None] = {fact.id for fact in pack.facts.values() if fact.kind == "duration"}
    aside = {*_mentioned(reading, durations | _PERSONAL, tokens), *_standing(taken, text, tokens)}
    named = set(_emergencies(reading, tokens, around))
    heard = set(_heard(reading, tokens, around, lexicon, {pack.side_fact})) - named
    beside = set(_mentioned(reading, {pack.side_fact}, tokens)) - heard  # "left foot" in "left foot blue" parts nothing
    groups = [phrases for name, phrases in spoken.groups.items() if name not in {*_TURNS, _EMPTY}]
    framing = {at for phrases in groups for one in phrases.find(tokens) for at in range(one.start, one.end)}
    empty = {*_empty(tokens, around), *_names(tokens, text), *_doses(tokens)} - named
    found = []
    for places in _stretches(tokens):
        is_half_read = not (heard | beside).isdisjoint(places)
        plain = spoken.lists["ordinary"] if is_half_read else spoken.lists["says nothing"]
        if is_half_read and around.is_question(places[0]):
            plain |= spoken.lists["asks nothing"]
        passed = heard | aside | beside | empty | (framing if is_half_read else set())
        left = [at for at in places if at not in passed and not _is_mark(at, tokens)]
        telling = {at for at in left if plain.isdisjoint((tokens[at].word, written[at].word)) or at in named}
        telling |= {at for at in left if _begins_lost_time(at, tokens, heard | aside | beside)}
        for piece in _pieces(places, heard):
            if not telling.isdisjoint(piece):
                kept = _trimmed(piece, aside, tokens) if is_half_read else piece
                found.append(text[tokens[kept[0]].start : tokens[kept[-1]].end])
    return tuple(found)


def _pieces(places: list[int], heard: set[int]) -> Iterator[list[int]]:
    """What stands between the words that were read."""
    piece: list[int] = []
    for at in [*places, None]:
        if at is not None and at not in heard:
            piece.append(at)
        elif piece:
            yield piece
            piece = []


def _trimmed(piece: list[int], aside: set[int], tokens: list[Token]) -> list[int]:
    """Without the small words, and the age or time that was read, at both ends."""
    kept = [place for place, at in enumerate(piece) if at not in aside and tokens[at].word not in _ENDS]
    return piece[kept[0] : kept[-1] + 1] if kept else piece


def _is_mark(at: int, tokens: list[Token]) -> bool:
    """Whether it only counts the items of a list ("1. Fever") or is the unit of a number before it."""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    before = tokens[at - 1].word if at else "\n"
    if tokens[at].word.isdecimal():
        return after in (".", ")") and before in ("\n", ".", ":")
    return bool(at) and before[0].isdecimal() and find_unit(tokens[at].word) is not None


def _empty(tokens: list[Token], around: Surroundings) -> Iterator[int]:
    """The places of courtesies and headings, where nothing goes on from them: "gait normal until yesterday" does."""
    for one in around.triggers.groups[_EMPTY].find(tokens):
        behind = tokens[one.end] if one.end < len(tokens) else None
        is_end = behind is None or not behind.is_word or behind.sentence != tokens[one.start].sentence
        if is_end or not _REASSURES.intersection(token.word for token in tokens[one.start : one.end]):
            yield from range(one.start, one.end)


def _names(tokens: list[Token], text: str) -> Iterator[int]:
    """The places of a title and the one or two names behind it: "Mr Smith", "Dr. Jane Brown"."""
    for at, token in enumerate(tokens):
        if token.word in _TITLES:
            first = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].word == ".")
            for place in range(first, min(len(tokens), first + 2)):
                if not text[tokens[place].start : tokens[place].end].istitle():
                    break
                yield from (at, place)


def _doses(tokens: list[Token]) -> Iterator[int]:
    """The places of "75" in "75 mg"."""
    return (
        at
        for at, token in enumerate(tokens[:-1])
        if token.word[0].isdecimal() and tokens[at + 1].word in _UNITS_OF_DOSE
    )


def _begins_lost_time(at: int, tokens: list[Token], read: set[int]) -> bool:
    """Whether it is the "since" of a time that nothing was read of: "since early last month"."""
    behind = range(at + 1, min(len(tokens), at + 1 + _SINCE))
    time = triggers().time
    names = {*time["units"], *time["months"], *time["weekdays"]}
    is_lost = read.isdisjoint(behind) and any(tokens[to].word in names for to in behind)
    return is_lost and tokens[at].word in ("since", "sinse")


def _mentioned(reading: Reading, facts: set[str | None], tokens: list[Token]) -> Iterator[int]:
    """The places of the words that these facts were read from."""
    return _inside(((one.start, one.end) for one in reading.all_mentions if one.fact in facts), tokens)


def _standing(words: Iterable[str], text: str, tokens: list[Token]) -> Iterator[int]:
    """The places of these words wherever they stand in the text."""
    return _inside((one.span() for said in words if said for one in re.finditer(re.escape(said), text)), tokens)


def _inside(spots: Iterable[tuple[int, int]], tokens: list[Token]) -> Iterator[int]:
    """The places of the tokens that lie in one of these stretches of letters."""
    spots = list(spots)
    return (at for at, one in enumerate(tokens) if any(start <= one.start and one.end <= end for start, end in spots))


def _emergencies(reading: Reading, tokens: list[Token], around: Surroundings) -> Iterator[int]:
    """The places of emergencies that are named, not asked about in general, and gave no fact."""
    counted = [one for mentions in reading.mentions.values() for one in mentions]
    understood = [*counted, *(one for one in reading.unused if one.status != "uncertain")]
    for one in triggers().groups["named emergencies"].find(tokens):
        start, end = tokens[one.start].start, tokens[one.end - 1].end
        is_read = any(mention.start <= start and end <= mention.end for mention in understood)
        opens = around.has("open question words", around.sentence_start(one.start))
        if not is_read and not (opens and around.is_question(one.start)):
            yield from range(one.start, one.end)


def _heard(
    reading: Reading, tokens: list[Token], around: Surroundings, lexicon: Lexicon, apart: set[str | None]
) -> Iterator[int]:
    """The places of every word that belongs to a phrase of the pack, and counts for something or is told."""
    told = [(one.start, one.end) for one in reading.all_mentions]
    with_facts = set()
    for fact in find_all(lexicon.facts, tokens):
        low, high = tokens[fact.start].start, tokens[fact.end - 1].end
        if fact.what[0].id in _PERSONAL or not any(start <= low and high <= end for start, end in told):
            continue
        with_facts.add(tokens[fact.start].sentence)
        if fact.what[0].id not in apart:
            yield from fact.named
    for short in lexicon.shorthands.find(tokens):
        yield from range(short.start, short.end)
    for one in lexicon.covers.find(tokens):
        yield from one.named
    taking = {tokens[at].sentence for at in range(len(tokens)) if _is_taken(at, tokens, around)}
    asking = asking_sentences(tokens, with_facts | taking, around.is_question)
    for phrases in (lexicon.whole, lexicon.sections, lexicon.actions):
        for one in phrases.find(tokens):
            if tokens[one.start].sentence in asking:
                yield from one.own


def _is_taken(at: int, tokens: list[Token], around: Surroundings) -> bool:
    """Whether a sentence tells here what is taken: "I take ibuprofen" asks for nothing."""
    return tokens[at].word == "take" or (tokens[at].word not in ("on", "long") and around.has("taking", at))


def _stretches(tokens: list[Token]) -> Iterator[list[int]]:
    """The places of the words between full stops and commas, and between "and" where enough is said on both sides."""
    parts: dict[tuple[int, int], list[int]] = {}
    for at, token in enumerate(tokens):
        if token.is_word or token.word == UNSURE:
            parts.setdefault((token.sentence, token.part), []).append(at)
    for part in parts.values():
        pieces: list[list[int]] = [[]]
        for at in part:
            if tokens[at].word in _JOINS:
                pieces.append([])
            else:
                pieces[-1].append(at)
        pieces = [piece for piece in pieces if piece]
        if all(len(piece) >= _SHORTEST_JOINED for piece in pieces):
            yield from pieces
        else:
            yield part

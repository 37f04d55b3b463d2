"""The stretches of a text that were not understood, so that they can be told and never pass for "no".

A stretch counts as read as soon as one phrase of the pack stands in it, unless a word of alarm or what a question asks
about is left over. Judges no word's meaning; a person's sex or age and a length of time are no understanding of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from rootline.narrative.lexicon import Lexicon, lexicon_of
from rootline.narrative.quantities import find_ages, find_lengths
from rootline.narrative.read import check_text, read_narrative
from rootline.narrative.spelling import mend
from rootline.narrative.surroundings import Surroundings
from rootline.narrative.tokens import Token, respelt, tokenise
from rootline.narrative.triggers import Triggers, triggers
from rootline.narrative.variants import find_all
from rootline.packs.model import Pack

_PERSONAL = {"sex", "age"}
_JOINS = {"and", "but"}
_SHORTEST_JOINED = 3  # words that a stretch between "and" and "and" needs: "bowel and bladder fine" is one
_SAYS_NOTHING = frozenset(
    "a about after again all also am an and any are as at be been but by can could day days did do does doing for "
    "from had has have having he hello help her hers hi him his how i if in is it its just last man may me might month "
    "months my no not now of old on or our patient person please she should since so suppose than thank thanks that "
    "the their them then there they this to today too was we week weeks were what when which who why will with woman "
    "would year years yes yesterday you your year-old lady gentleman male female still".split()
)


def unread(text: str, pack: Pack) -> tuple[str, ...]:
    """Each stretch that says something that was not understood; in order, as written. Raises `InputError`."""
    text, lexicon, spoken = check_text(text), lexicon_of(pack), triggers()
    tokens = tokenise(text, spoken.lists["abbreviations"], spoken.left_out)
    tokens = respelt(tokens, mend(tokens, lexicon.spelling))
    heard = set(_heard(tokens, lexicon))
    lengths = chain(find_ages(tokens, spoken.time), find_lengths(tokens, spoken.time, set()))
    aside = {at for one in lengths for at in range(one.start, one.end)}
    questions = _open_questions(tokens, lexicon, spoken)
    named = set(_emergencies(text, tokens, pack, spoken))
    found = []
    for places in _stretches(tokens):
        said = [at for at in places if tokens[at].is_word and tokens[at].word not in _SAYS_NOTHING and at not in aside]
        left = {tokens[at].word for at in said if at not in heard and not tokens[at].word[0].isdigit()}
        if not left and named.isdisjoint(places):
            continue
        subjects = {word for word in left if len(word) > 2} - spoken.lists["asks nothing"]
        is_asked = tokens[places[0]].sentence in questions and bool(subjects)
        is_alarming = bool(left & spoken.lists["alarming"]) or not named.isdisjoint(places)
        if heard.isdisjoint(places) or is_alarming or is_asked:
            found.append(text[tokens[places[0]].start : tokens[places[-1]].end])
    return tuple(found)


def _open_questions(tokens: list[Token], lexicon: Lexicon, spoken: Triggers) -> set[int]:
    """The sentences that ask for something that is neither a section, a treatment nor the whole plan."""
    around = Surroundings(tokens, [], spoken)
    asking = {token.sentence for at, token in enumerate(tokens) if around.is_question(at)}
    named = chain(lexicon.whole.find(tokens), lexicon.sections.find(tokens), lexicon.actions.find(tokens))
    return asking - {tokens[one.start].sentence for one in named}


def _emergencies(text: str, tokens: list[Token], pack: Pack, spoken: Triggers) -> Iterator[int]:
    """The places of emergencies that are named, not asked about in general, and gave no fact."""
    found = list(spoken.groups["named emergencies"].find(tokens))
    if not found:
        return
    reading, around = read_narrative(text, pack), Surroundings(tokens, [], spoken)
    counted = [one for mentions in reading.mentions.values() for one in mentions]
    understood = [*counted, *(one for one in reading.unused if one.status != "uncertain")]
    for one in found:
        start, end = tokens[one.start].start, tokens[one.end - 1].end
        is_read = any(mention.start <= start and end <= mention.end for mention in understood)
        opens = around.has("open question words", around.sentence_start(one.start))
        if not is_read and not (opens and around.is_question(one.start)):
            yield from range(one.start, one.end)


def _heard(tokens: list[Token], lexicon: Lexicon) -> Iterator[int]:
    """The places of every word that belongs to a phrase of the pack."""
    for fact in find_all(lexicon.facts, tokens):
        if fact.what[0].id not in _PERSONAL:
            yield from fact.own
    for short in lexicon.shorthands.find(tokens):
        yield from range(short.start, short.end)
    for phrases in (lexicon.covers, lexicon.whole, lexicon.sections, lexicon.actions):
        for one in phrases.find(tokens):
            yield from range(one.start, one.end)


def _stretches(tokens: list[Token]) -> Iterator[list[int]]:
    """The places of the words between full stops and commas, and between "and" where enough is said on both sides."""
    parts: dict[tuple[int, int], list[int]] = {}
    for at, token in enumerate(tokens):
        if token.is_word:
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

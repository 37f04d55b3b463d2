"""The stretches of a text of which nothing was understood, so that they can be told and never pass for "no".

Judges no word: a stretch counts as read as soon as one phrase of the pack stands in it. A person's sex or age and a
length of time are no understanding of what else the stretch says.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from rootline.narrative.lexicon import Lexicon, lexicon_of
from rootline.narrative.quantities import find_ages, find_lengths
from rootline.narrative.read import check_text
from rootline.narrative.spelling import mend
from rootline.narrative.tokens import Token, respelt, tokenise
from rootline.narrative.triggers import triggers
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
    """Each stretch that says something, and nothing of it was understood; in order, as written. Raises `InputError`."""
    text, lexicon, spoken = check_text(text), lexicon_of(pack), triggers()
    tokens = tokenise(text, spoken.lists["abbreviations"], spoken.left_out)
    tokens = respelt(tokens, mend(tokens, lexicon.spelling))
    heard = set(_heard(tokens, lexicon))
    lengths = chain(find_ages(tokens, spoken.time), find_lengths(tokens, spoken.time, set()))
    aside = {at for one in lengths for at in range(one.start, one.end)}
    found = []
    for places in _stretches(tokens):
        said = [at for at in places if tokens[at].is_word and tokens[at].word not in _SAYS_NOTHING and at not in aside]
        if any(not tokens[at].word[0].isdigit() for at in said) and not heard & set(places):
            found.append(text[tokens[places[0]].start : tokens[places[-1]].end])
    return tuple(found)


def _heard(tokens: list[Token], lexicon: Lexicon) -> Iterator[int]:
    """The places of every word that belongs to a phrase of the pack."""
    for fact in lexicon.facts.find(tokens):
        if fact.what[0].id not in _PERSONAL:
            yield from range(fact.start, fact.end)
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

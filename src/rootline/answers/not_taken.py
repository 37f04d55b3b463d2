"""What the words of a text say and the plan does not rest on: not understood, doubtful, said in two ways, taken back.

Beside them, what was given and a finding contradicts.
Tells them, so that nothing is dropped in silence; what they would mean is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable

from rootline.answers import phrases as words
from rootline.answers.case import Case, Given
from rootline.answers.contradicted import finding_on
from rootline.answers.model import FactRead, UnclearSign
from rootline.logic.values import say_value
from rootline.narrative.read import Reading
from rootline.narrative.unread import unread
from rootline.packs.describe import say_fact
from rootline.packs.model import Pack
from rootline.packs.pressing import pressing_facts
from rootline.readers.english import Voice


def not_understood(reading: Reading, case: Case, pack: Pack) -> list[str]:
    """The stretches of the text that were not understood, as written; what a follow-up was taken by is none."""
    taken = [one.text for one in case.values() if one.origin in ("what if", "follow-up")]
    return list(unread(reading, pack, taken)) if reading.text else []


def unclear_signs(reading: Reading, case: Case, pack: Pack, voice: Voice) -> list[UnclearSign]:
    """The signs that must not wait which the text says in doubt or in two ways, and nothing since has settled."""
    return [
        UnclearSign(
            fact=fact,
            question=pack.facts[fact].ask.to(voice),
            words=reading.unclear_words(fact),
            why=words.NOTE["contradicted" if fact in reading.contradicted else "uncertain"].to(voice),
        )
        for fact in pack.facts
        if fact in pressing_facts(pack) and fact not in case and reading.unclear_words(fact)
    ]


def uncounted(given: Iterable[Given], reading: Reading, case: Case, pack: Pack, voice: Voice) -> list[FactRead]:
    """Facts given that do not count: taken back though the text gives them, or contradicted by a finding."""
    return [
        FactRead(
            id=one.fact,
            value="unknown" if one.value is None else say_value(one.value, pack.facts[one.fact].type),
            source=one.origin,
            text=one.text,
            note=_why_uncounted(one, case, pack, voice),
            against=reading.words_against(one.fact, None) if one.value is None else "",
        )
        for one in given
    ]


def _why_uncounted(one: Given, case: Case, pack: Pack, voice: Voice) -> str:
    if one.value is None:
        return words.NOTE["taken back"].to(voice)
    said = say_fact(one.fact, one.value, pack, voice)
    return words.NOT_USED.to(voice).format(said, finding_on(one.fact, case, pack, voice))


def unused(reading: Reading, case: Case, voice: Voice) -> list[FactRead]:
    """Mentions that do not count, and contradictions, each with the reason."""
    found: dict[tuple[str, str], FactRead] = {}
    for fact in reading.contradicted:
        if fact in case:
            continue  # settled since, by a fact that was given
        note = words.NOTE["contradicted"].to(voice)
        said = reading.unclear_words(fact)
        found[fact, said] = FactRead(id=fact, value="unknown", source="question", text=said, note=note)
    for one in reading.unused:
        if one.fact == "sex" or one.fact in reading.values or one.fact in case:
            continue
        text = reading.text[one.start : one.end]
        found.setdefault(
            (one.fact, text),
            FactRead(id=one.fact, value="unknown", source="question", text=text, note=words.NOTE[one.status].to(voice)),
        )
    return list(found.values())

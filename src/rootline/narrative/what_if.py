"""A follow-up question to facts: "and if she is pregnant?", "after six weeks without improvement?".

What is only supposed in a question of its own is here the what-if that is asked about; a plain statement is news, and
supposes nothing. A doubt is still no fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rootline.logic.values import Amount, Value
from rootline.narrative.intent import Intent
from rootline.narrative.quantities import Length, find_lengths
from rootline.narrative.read import Mention, Reading, check_text, read_narrative
from rootline.narrative.tokens import tokenise
from rootline.narrative.triggers import triggers
from rootline.packs.model import Pack

_IF = re.compile(r"\b(?:if|suppose|supposing|assuming)\b", re.IGNORECASE)
_SUPPOSES = re.compile(
    r"\b(?:if|suppos\w+|suppose|assum\w+|imagine|what about|what when|in case|unless|should (?:she|he|they|i))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?;\n]*[.!?;\n]?")
_COUNT_FROM_ONSET = {"after", "at", "by", "in"}


@dataclass(frozen=True)
class Supposed:
    """One fact of a follow-up, with its words; not `is_supposed` where it is stated as news.

    `is_since_onset`: it is the time since the onset at which something is asked, "after six weeks". `is_no_more`: it
    denies that anything was added, "no new bladder change".
    """

    value: Value
    text: str
    is_supposed: bool = True
    is_since_onset: bool = False
    is_no_more: bool = False


@dataclass(frozen=True)
class WhatIf:
    """What a follow-up supposes, asks for and takes back, and the facts that were heard and cannot be taken."""

    text: str
    facts: dict[str, Supposed]
    unclear: tuple[str, ...]
    intent: Intent
    taken_back: tuple[str, ...] = ()


def read_what_if(text: str, pack: Pack, today: date | None = None) -> WhatIf:
    """Read a follow-up question, dates counted to `today`. Raises `InputError` for a text that cannot be read."""
    supposing = _supposing(check_text(text))
    as_said = _IF.sub(lambda one: " " * len(one[0]), text)  # denials and doubts keep their meaning
    reading = read_narrative(as_said, pack, today)
    facts = {
        fact: Supposed(
            value,
            "; ".join(dict.fromkeys(reading.text[one.start : one.end] for one in mentions)),
            all(any(low <= one.start < high for low, high in supposing) for one in mentions),
            is_no_more=all(one.status == "denied" and _names_more(reading, one) for one in mentions),
        )
        for fact, value in reading.values.items()
        for mentions in [reading.mentions[fact]]
    }
    taken_back = {one.fact: None for one in reading.unused if one.status == "taken back" and one.fact not in facts}
    unclear = dict.fromkeys((*reading.contradicted, *(one.fact for one in reading.unused)))
    if pack.onset_fact and pack.onset_fact not in facts and (since := _since_onset(text, pack)):
        facts[pack.onset_fact] = since
    left_open = tuple(fact for fact in unclear if fact not in facts and fact not in taken_back)
    return WhatIf(check_text(text), facts, left_open, reading.intent, tuple(taken_back))


def _names_more(reading: Reading, one: Mention) -> bool:
    words = reading.text[one.start : one.end].lower().split()
    return not triggers().lists["narrow lists"].isdisjoint(words)


def _supposing(text: str) -> list[tuple[int, int]]:
    """Where the sentences stand that suppose or ask."""
    return [one.span() for one in _SENTENCE.finditer(text) if one[0].endswith("?") or _SUPPOSES.search(one[0])]


def _since_onset(text: str, pack: Pack) -> Supposed | None:
    """ "After six weeks": the time from the onset, when it is said once and nothing else."""
    spoken = triggers()
    tokens = tokenise(text, spoken.lists["abbreviations"], spoken.left_out)
    time = {**spoken.time, "plans": (), "before": (*spoken.time["before"], *_COUNT_FROM_ONSET)}
    told = [one for one in find_lengths(tokens, time, set()) if _counts_from_onset(one, [t.word for t in tokens])]
    assert pack.onset_fact is not None
    type_ = pack.facts[pack.onset_fact].type
    if len(told) != 1 or not isinstance(type_, Amount):
        return None
    value = told[0].value
    if not isinstance(value, float) or not type_.low <= value <= type_.high:
        return None
    return Supposed(value, text[tokens[told[0].start].start : tokens[told[0].end - 1].end], is_since_onset=True)


def _counts_from_onset(length: Length, words: list[str]) -> bool:
    return length.start > 0 and words[length.start - 1] in _COUNT_FROM_ONSET

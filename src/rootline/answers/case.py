"""The facts known of one patient, each with where it came from: the text, a flag, a form or a record.

What was given explicitly overrules what was read from the text; a finding overrules a denial of what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rootline.errors import InputError, NotFoundError, nearest
from rootline.logic.tree import Node, facts_of
from rootline.logic.units import UNITS, convert
from rootline.logic.values import Amount, Value, read_value
from rootline.narrative.read import Reading
from rootline.packs.findings import told_by
from rootline.packs.model import Pack

Origin = Literal["question", "follow-up", "what if", "flag", "form", "fhir"]


@dataclass(frozen=True)
class Given:
    """A fact given outside the text; a value of None takes back what the text says."""

    fact: str
    value: Value | None
    origin: Origin
    text: str


@dataclass(frozen=True)
class Entry:
    """One known fact of the case."""

    value: Value
    origin: Origin
    text: str


Case = dict[str, Entry]


def read_given(text: str, pack: Pack, origin: Origin = "flag") -> Given:
    """`id=value` as typed. Raises an error that names the nearest fact or the possible values."""
    fact, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"`{text}` is not a fact", mend="Write `--fact id=value`, e.g. `--fact age=61`.")
    return replace(read_named(fact.strip(), value, pack, origin), text=text.strip())


def read_named(fact: str, value: str, pack: Pack, origin: Origin) -> Given:
    """A value for a fact of exactly this name: beside it no other spelling could mean the same. Errors as above."""
    text = f"{fact}={value}".strip()
    if fact not in pack.facts:
        raise NotFoundError(f"no fact is called `{fact}`", mend=nearest(fact, pack.facts) or "See `rootline facts`.")
    try:
        return Given(fact, read_value(value, pack.facts[fact].type), origin, text)
    except InputError as error:
        raise InputError(f"in `{text}`: {error.what}", mend=error.mend) from None


def read_all_given(texts: Iterable[str], pack: Pack) -> list[Given]:
    """Every `id=value` as typed. Raises as `read_given` does, and for two different values of one fact."""
    found: dict[str, Given] = {}
    for text in texts:
        one = read_given(text, pack)
        before = found.setdefault(one.fact, one)
        if before.value != one.value:
            what = f"`{before.text}` and `{one.text}` contradict each other"
            raise InputError(what, mend="Give one of them, or `unknown` where you are not sure.")
    return list(found.values())


_LONGEST_LIFE = 120  # years


def given_onset(onset: date, today: date, pack: Pack, age: float = _LONGEST_LIFE) -> Given:
    """The day the symptoms began, as the duration it makes today. Raises `InputError` for a day that cannot be.

    `age` is the patient's, in years, where it is known.
    """
    if pack.onset_fact is None:
        raise InputError(f"the pack `{pack.id}` does not count from an onset", mend="Leave the onset out.")
    days = (today - onset).days
    if days < 0:
        raise InputError(f"the onset {onset} lies after {today}", mend="Give the day the symptoms began.")
    type_ = pack.facts[pack.onset_fact].type
    if isinstance(type_, Amount) and not convert(days, UNITS["d"], type_.unit) <= type_.high:
        raise InputError(f"the onset {onset} is too long ago", mend="Give the day these symptoms began.")
    if convert(days, UNITS["d"], UNITS["a"]) > age + 1:
        what = f"the onset {onset} lies before this patient can have been born"
        raise InputError(what, mend="Give the day these symptoms began, or correct the age.")
    return read_given(f"{pack.onset_fact}={days} days", pack)


def build_case(reading: Reading | None, given: Mapping[str, Given], pack: Pack) -> Case:
    """All that is known, in the order of the pack's facts."""
    case: Case = {}
    for fact in pack.facts:
        if fact in given:
            value = given[fact].value
            if value is not None:
                case[fact] = Entry(value, given[fact].origin, given[fact].text)
        elif reading and fact in reading.values and not _is_pointless(fact, reading, given, pack):
            case[fact] = Entry(reading.values[fact], "question", reading.words_of(fact))
    for fact, node in told_by(pack, {fact: entry.value for fact, entry in case.items()}).items():
        case[fact] = Entry("yes", *_heard_in(node, case))
    return {fact: case[fact] for fact in pack.facts if fact in case}


def _is_pointless(fact: str, reading: Reading, given: Mapping[str, Given], pack: Pack) -> bool:
    """Whether a length was read of things that were all taken back: "weak since yesterday", and it is not weak."""
    read = [one for one in pack.facts.values() if one.lasts_as == fact and one.id in reading.values]
    had = [one for one in read if reading.values[one.id] != one.denied_means]
    return bool(had) and all(one.id in given and given[one.id].value in (None, one.denied_means) for one in had)


def _heard_in(node: Node, case: Case) -> tuple[Origin, str]:
    """Where the finding came from, and its words: the root of what it says of another fact."""
    entries = [case[fact] for fact in facts_of(node, {}) if fact in case]
    return entries[0].origin, "; ".join(entry.text for entry in entries)

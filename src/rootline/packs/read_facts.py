"""Facts as a pack declares them: type, question, words, and the phrases they are heard as.

Only reads and checks; what a phrase matches in a text is decided in `narrative`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rootline.content.take import Take
from rootline.errors import InputError, nearest
from rootline.logic.place import Fields, Text, place_of
from rootline.logic.units import UNITS, find_unit, unit_hint
from rootline.logic.values import YES_NO, Amount, Choice, FactType, Value, read_value
from rootline.packs.model import Fact, Heard
from rootline.readers.english import Wording

_CENTURY_AND_A_HALF = 150 * 365.25  # no duration in a living person is longer


def read_wording(value: Any, take: Take, key: str) -> Wording:
    """`{clinician: …, patient: …}`, or one text for both."""
    if isinstance(value, Text):
        return Wording(str(value), str(value))
    inner = Take(value, f"`{key}`") if isinstance(value, Fields) else None
    if inner is None:
        raise take.error(f"`{key}:` is missing", 'Write `{clinician: "…", patient: "…"}`.', value)
    wording = Wording(inner.text("clinician"), inner.text("patient"))
    inner.done()
    return wording


def read_fact(id_: str, fields: Fields, group: str) -> tuple[Fact, dict[str, Wording]]:
    """One fact, and its words by value (by "" for the lead of a numeric fact)."""
    take = Take(fields, f"fact `{id_}`")
    kind = take.one_of("type", ("yes/no", "one of", "number", "duration"))
    type_ = _read_type(kind, take)
    words = _read_words(type_, take)
    fact = Fact(
        id=id_,
        kind=kind,  # type: ignore[arg-type]
        type=type_,
        group=group,
        ask=read_wording(take.any("ask"), take, "ask"),
        heard=_read_heard(type_, take),
        denied_means=_denied_means(type_, take),
        history_counts=take.flag("history counts"),
        medicine=take.flag("medicine"),
        topic=take.flag("topic"),
        of_several=take.one_of("of several", ("lowest", "highest", ""), ""),
        lasts_as=take.text("lasts as", "") or None,
        place=fields.place,
    )
    take.done()
    return fact, words


def _read_type(kind: str, take: Take) -> FactType:
    if kind == "yes/no":
        return YES_NO
    if kind == "one of":
        values = take.texts("of")
        if len(set(values)) < 2:
            raise take.error("`of:` needs at least two different values", "Write `of: [none, partial, complete]`.")
        return Choice(tuple(str(value) for value in values))
    if kind == "duration":
        return Amount(UNITS["d"], 0.0, _CENTURY_AND_A_HALF)
    unit_text = take.text("unit")
    unit = find_unit(unit_text)
    if unit is None:
        raise take.error(f"unit `{unit_text}` is not known", unit_hint(unit_text), unit_text)
    try:
        return Amount(unit, float(take.text("from")), float(take.text("to")))
    except ValueError:
        raise take.error("`from:` and `to:` are plain numbers in the fact's unit", "Write `from: 0`.") from None


def _read_words(type_: FactType, take: Take) -> dict[str, Wording]:
    value = take.any("words")
    if isinstance(type_, Amount):
        return {"": read_wording(value, take, "words")}
    if not isinstance(value, Fields):
        raise take.error("`words:` is missing", "Give clinician and patient words for each value.", value)
    inner = Take(value, "`words`")
    words = {choice: read_wording(inner.any(choice), inner, choice) for choice in type_.values}
    inner.done()
    return words


_NEVER_MATCHES = re.compile(r"\bcannot\b|'|\{n\}\S|\S\{n\}|[;!?]|\w[,:]")


def _heard(phrase: str, value: Value | None, take: Take, denial_tells: bool = True) -> Heard:
    """A phrase in the form texts are cut into: "can not", no apostrophes, marks standing alone."""
    if _NEVER_MATCHES.search(phrase):
        mend = "Write `can not` for `cannot`, leave apostrophes out, put spaces around `{n}` and marks."
        raise take.error(f"the phrase `{phrase}` could never be heard", mend, phrase)
    return Heard(phrase, value, place_of(phrase), denial_tells)


def _read_heard(type_: FactType, take: Take) -> tuple[Heard, ...]:
    if isinstance(type_, Amount):
        return tuple(_heard(phrase, None, take) for phrase in take.texts("heard as"))
    if type_ == YES_NO:
        yes = [_heard(phrase, "yes", take) for phrase in take.texts("heard as")]
        yes += [_heard(phrase, "yes", take, denial_tells=False) for phrase in take.texts("heard as yes only")]
        return (*yes, *(_heard(phrase, "no", take) for phrase in take.texts("heard as no")))
    by_value = take.any("heard as", Fields({}, take.place))
    if not isinstance(by_value, Fields):
        raise take.error("`heard as:` of a `one of` fact goes by value", "Write `heard as: {partial: […]}`.", by_value)
    inner = Take(by_value, "`heard as`")
    # denied of a higher degree, a lower one may still be there
    degrees = [value for value in type_.values if value != take.text("denied means", "")]
    heard = []
    for key in by_value:
        value = _value(key, type_, take)
        tells = value not in degrees[1:]
        heard += [_heard(phrase, value, take, denial_tells=tells) for phrase in inner.texts(key)]
    return tuple(heard)


def _value(text: str, type_: FactType, take: Take) -> Value | None:
    try:
        return read_value(text, type_)
    except InputError as error:
        raise take.error(error.what, error.mend, text) from None


def _denied_means(type_: FactType, take: Take) -> str | None:
    value = take.text("denied means", "no" if type_ == YES_NO else "")
    if value == "nothing":  # one of the many things it asks is denied, not all of them
        return None
    if value and (not isinstance(type_, Choice) or value not in type_.values):
        raise take.error(f"`denied means: {value}` is not one of its values", at=value)
    return str(value) or None


def read_case(fields: Any, types: Mapping[str, FactType], what: str) -> dict[str, Value]:
    """Facts given in a pack file (a vignette, a shorthand). `unknown` leaves the fact out."""
    take = Take(fields, what)
    case: dict[str, Value] = {}
    for key in take.keys():
        if key not in types:
            raise take.error(f"no fact is called `{key}`", nearest(key, types), key)
        text = take.text(key)
        try:
            value = read_value(text, types[key])
        except InputError as error:
            raise take.error(f"`{key}`: {error.what}", error.mend, text) from None
        if value is not None:
            case[str(key)] = value
    return case

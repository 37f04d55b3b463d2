"""A condition as it stands in a pack, read into the tree; each node keeps its file and line.

Unknown operators, names, values and units are errors here, with the place and the nearest name: a misspelt
fact would otherwise be unknown for ever. Nothing is evaluated here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any as Anything

from rootline.errors import InputError, PackError, nearest
from rootline.logic.place import Fields, Items, Place, Text, place_of
from rootline.logic.tree import All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.values import YES_NO, Amount, Choice, FactType, read_amount

_AT_LEAST = re.compile(r"^at least ([0-9]+) of$")
_ORDER = re.compile(r"^(?P<fact>[a-z]\w*)\s*(?P<order><=|>=|<|>)\s*(?P<amount>.+)$")
_IS = re.compile(r"^(?P<fact>[a-z]\w*) is (?P<value>.+)$")
_KNOWN = re.compile(r"^known (?P<fact>[a-z]\w*)$")
_OPERATORS = ("all of", "any of", "none of", "not", "at least N of")
_ALWAYS = ("always", "otherwise")
OWN_WORDS = (*_ALWAYS, "known", "is")  # with the operators: what a condition never reads as a name


@dataclass(frozen=True)
class Vocabulary:
    """All that a condition may name: facts with their types, and rules."""

    facts: Mapping[str, FactType]
    rules: frozenset[str]


def is_operator(key: str) -> bool:
    """Whether a mapping's key opens a condition."""
    return key in _OPERATORS[:-1] or _AT_LEAST.match(key) is not None


def operator_of(fields: Fields) -> Fields | None:
    """The condition written straight into a mapping that also holds other keys, or None."""
    keys = [key for key in fields if is_operator(key)]
    if len(keys) > 1:
        raise PackError("two conditions side by side", where=str(fields.place), mend="Put them under one `all of:`.")
    return Fields({keys[0]: fields[keys[0]]}, fields.place) if keys else None


def read(value: Anything, vocabulary: Vocabulary) -> Node:
    """The tree of a condition. Raises `PackError` with file and line."""
    if isinstance(value, Text):
        return _read_leaf(value, vocabulary)
    if isinstance(value, Fields) and len(value) == 1:
        key, inside = next(iter(value.items()))
        return _read_operator(key, inside, vocabulary, value.place)
    raise PackError(
        "a condition is one name, one comparison or one of " + ", ".join(f"`{name}:`" for name in _OPERATORS),
        where=str(place_of(value)),
        mend="Put several conditions under `all of:` or `any of:`.",
    )


def _read_operator(key: str, inside: Anything, vocabulary: Vocabulary, place: Place) -> Node:
    if key == "not":
        return Not(read(inside, vocabulary), place)
    match = _AT_LEAST.match(key)
    if not match and key not in _OPERATORS[:-1]:
        raise PackError(f"no operator is called `{key}`", where=str(place), mend=nearest(key, _OPERATORS))
    if not isinstance(inside, Items) or not inside:
        raise PackError(f"`{key}:` needs a list with at least one condition", where=str(place), mend="Write `[a, b]`.")
    parts = tuple(read(item, vocabulary) for item in inside)
    if match:
        return _at_least(int(match[1]), parts, place)
    if key == "all of":
        return All(parts, place)
    return Any(parts, place) if key == "any of" else Not(Any(parts, place), place)


def _at_least(count: int, parts: tuple[Node, ...], place: Place) -> Node:
    if not 1 <= count <= len(parts):
        raise PackError(
            f"`at least {count} of` has {len(parts)} parts, so it could never be decided by counting",
            where=str(place),
            mend=f"Use a number from 1 to {len(parts)}.",
        )
    return AtLeast(count, parts, place)


def _read_leaf(text: Text, vocabulary: Vocabulary) -> Node:
    place = text.place
    if text in _ALWAYS:
        return All((), place)
    if match := _KNOWN.match(text):
        _type_of(match["fact"], vocabulary, place)
        return Known(match["fact"], place)
    if match := _IS.match(text):
        return _read_is(match["fact"], match["value"], vocabulary, place)
    if match := _ORDER.match(text):
        return _read_compare(match["fact"], match["order"], match["amount"], vocabulary, place)
    return _read_name(text, vocabulary, place)


def _read_name(name: str, vocabulary: Vocabulary, place: Place) -> Node:
    if name in vocabulary.rules:
        return Rule(str(name), place)
    type_ = _type_of(name, vocabulary, place)
    if type_ != YES_NO:
        raise PackError(
            f"`{name}` is not a yes/no fact, so it cannot stand alone",
            where=str(place),
            mend=f"Write `{name} is …`." if isinstance(type_, Choice) else f"Compare it: `{name} < …`.",
        )
    return Is(str(name), "yes", place)


def _read_is(fact: str, value: str, vocabulary: Vocabulary, place: Place) -> Node:
    type_ = _type_of(fact, vocabulary, place)
    if not isinstance(type_, Choice):
        raise PackError(f"`{fact}` is a number", where=str(place), mend=f"Compare it: `{fact} < …`.")
    if value not in type_.values:
        raise PackError(f"`{fact}` is never `{value}`", where=str(place), mend=nearest(value, type_.values))
    return Is(fact, str(value), place)


def _read_compare(fact: str, order: str, amount: str, vocabulary: Vocabulary, place: Place) -> Node:
    type_ = _type_of(fact, vocabulary, place)
    if not isinstance(type_, Amount):
        raise PackError(f"`{fact}` is not a number", where=str(place), mend=f"Write `{fact} is …`.")
    try:
        return Compare(fact, order, read_amount(amount, type_, unit_needed=True), amount.strip(), place)
    except InputError as error:
        raise PackError(f"in `{fact} {order} {amount}`: {error.what}", where=str(place), mend=error.mend) from None


def _type_of(fact: str, vocabulary: Vocabulary, place: Place) -> FactType:
    if fact not in vocabulary.facts:
        what = "is a rule; only a fact fits here" if fact in vocabulary.rules else "is neither a fact nor a rule"
        raise PackError(
            f"`{fact}` {what}", where=str(place), mend=nearest(fact, [*vocabulary.facts, *vocabulary.rules])
        )
    return vocabulary.facts[fact]

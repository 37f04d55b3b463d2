"""Three-valued truth (Kleene): yes, no, unknown. The tables live here and nowhere else.

A truth is two bits, "can be yes" (1) and "can be no" (2); unknown can be both. So a reader that
generates code may work on the bare numbers and still mean these tables. It never becomes a `bool`:
code that would treat unknown as no does not run.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Yes, no or unknown. `bool()` is refused, because unknown is neither."""

    YES = 1
    NO = 2
    UNKNOWN = 3

    def __bool__(self) -> bool:
        raise TypeError("a Truth is not a bool: compare it with Truth.YES, Truth.NO or Truth.UNKNOWN")

    def __str__(self) -> str:
        return self.name.lower()


def negate(truth: Truth) -> Truth:
    """`not`: yes and no change places, unknown stays.

    >>> str(negate(Truth.UNKNOWN))
    'unknown'
    """
    return {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}[truth]


def all_of(truths: Iterable[Truth]) -> Truth:
    """`and`: no as soon as one is no, yes only when every one is yes.

    >>> str(all_of([Truth.UNKNOWN, Truth.NO]))
    'no'
    """
    found = set(truths)
    if Truth.NO in found:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.YES


def any_of(truths: Iterable[Truth]) -> Truth:
    """`or`: yes as soon as one is yes, no only when every one is no.

    >>> str(any_of([Truth.UNKNOWN, Truth.NO]))
    'unknown'
    """
    return negate(all_of(negate(truth) for truth in truths))


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """`at least N of`: yes when enough are yes, no when too few can still become yes."""
    found = list(truths)
    if found.count(Truth.YES) >= count:
        return Truth.YES
    return Truth.NO if len(found) - found.count(Truth.NO) < count else Truth.UNKNOWN

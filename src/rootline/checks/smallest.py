"""The smallest patient that still shows something: fewest facts, plain values, numbers at a border.

Every step is a run of the evaluator; what is shown is left to the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite

from rootline.logic.values import Between, Value
from rootline.readers.evaluate import Values

Shows = Callable[[Values], bool]
Plain = Callable[[str], list[Value]]  # the values of a fact that can make a difference, the plainest first


def smallest(values: Values, shows: Shows, plain: Plain) -> Values:
    """A case of as few of these facts as will do, each with the plainest value that will do."""
    fewer = _fewer(values, shows)
    plainer = _plainer(fewer, shows, plain)
    again = _fewer(plainer, shows)  # a plainer value may stand for several others
    return again if len(again) == len(plainer) else smallest(again, shows, plain)


def _fewer(values: Values, shows: Shows) -> Values:
    left = dict(values)
    for fact in values:
        without = {name: value for name, value in left.items() if name != fact}
        if shows(without):
            left = without
    return left


def _plainer(values: Values, shows: Shows, plain: Plain) -> Values:
    left = dict(values)
    for fact, value in values.items():
        for plainer in (*plain(fact), *_rounded(value)):
            if plainer == value or shows({**left, fact: plainer}):
                left[fact] = plainer
                break
    return left


def _rounded(value: Value) -> Iterator[float]:
    """Plain numbers near the middle of what is known, the roundest first."""
    if isinstance(value, float) or (isinstance(value, Between) and isfinite(value.low + value.high)):
        low, high = (value, value) if isinstance(value, float) else (value.low, value.high)
        yield from (round((low + high) / 2, digits) for digits in range(4))

"""The smallest patient that still shows something: fewest facts, plain values, numbers at a border.

Every step is a run of the evaluator; what is shown is left to the caller.
"""

from __future__ import annotations

from collections.abc import Callable

from rootline.packs.explore import candidates
from rootline.packs.model import Pack
from rootline.readers.evaluate import Values

Shows = Callable[[Values], bool]


def smallest(pack: Pack, values: Values, shows: Shows) -> Values:
    """A case of as few of these facts as will do, each with the plainest value that will do."""
    fewer = _fewer(values, shows)
    plainer = _plainer(pack, fewer, shows)
    again = _fewer(plainer, shows)  # a plainer value may stand for several others
    return again if len(again) == len(plainer) else smallest(pack, again, shows)


def _fewer(values: Values, shows: Shows) -> Values:
    left = dict(values)
    for fact in values:
        without = {name: value for name, value in left.items() if name != fact}
        if shows(without):
            left = without
    return left


def _plainer(pack: Pack, values: Values, shows: Shows) -> Values:
    left = dict(values)
    for fact, value in values.items():
        for plainer in candidates(pack, fact):
            if plainer == value or shows({**left, fact: plainer}):
                left[fact] = plainer
                break
    return left

"""The urgency ladder as a whole: levels in order, and a last line that holds only when every line above is ruled out.

`otherwise` therefore means "none of the above", not "always": while a line above is open, nothing calm holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rootline.errors import PackError
from rootline.logic.tree import ALWAYS, Any, Not, Rule
from rootline.packs.model import LEVELS, RuleDefinition, UrgencyLine
from rootline.readers.english import Wording

ABOVE = "any_line_above"
WORDS = {
    (ABOVE, True): Wording("something more urgent holds", "something more urgent holds"),
    (ABOVE, False): Wording("nothing more urgent holds", "nothing more urgent holds"),
}


def close_ladder(lines: Sequence[UrgencyLine], file: str) -> tuple[tuple[UrgencyLine, ...], RuleDefinition]:
    """The lines with the last one closed, and the rule that any line above it holds. Raises `PackError`."""
    if len(lines) < 2 or lines[-1].advice.when != ALWAYS:
        raise PackError("the last urgency line must be the rest", where=file, mend="End with `routine: otherwise`.")
    for above, below in pairwise(lines):
        if LEVELS.index(above.level) > LEVELS.index(below.level):
            raise PackError(
                f"`{below.level}` stands below `{above.level}`",
                where=str(below.advice.place),
                mend="Write the lines from emergency down to routine.",
            )
    last = lines[-1]
    rule = RuleDefinition(ABOVE, Any(tuple(line.advice.when for line in lines[:-1])), (), "", last.advice.place)
    closed = replace(last, advice=replace(last.advice, when=Not(Rule(ABOVE), last.advice.place)))
    return (*lines[:-1], closed), rule

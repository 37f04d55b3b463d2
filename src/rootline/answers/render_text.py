"""An answer as plain text for a patient's record: the Markdown without its marks.

A record holds what was known, how urgent it is and what to do; what it leaves out of the answer, it counts.
"""

from __future__ import annotations

import re
from textwrap import fill

from rootline.answers.model import Answer
from rootline.answers.render_markdown import to_markdown

_WIDTH = 100
_HEADING = re.compile(r"^#+ (.*)$")
_EMPHASIS = re.compile(r"(?<!\\)\*+((?:\\.|[^*\\])+)\*+")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~])")  # in quotes, which stay letter for letter
_ITEM = re.compile(r"^( *)([-•] |\d+\. )?")


def to_text(answer: Answer) -> str:
    """The answer without depth, disagreements and what-ifs, wrapped for a record that knows no formatting."""
    sections = [
        one.model_copy(update={"statements": [said for said in one.statements if said.depth == "main"]})
        for one in answer.sections
    ]
    short = {"sections": sections, "disagreements": [], "overruled": [], "would_change": []}
    lines = [_line(line) for line in to_markdown(answer.model_copy(update=short)).splitlines()]
    return "\n".join([*lines, _left_out(answer)]) + "\n"


def _left_out(answer: Answer) -> str:
    """How much of the answer a record does not hold."""
    deep = sum(one.depth == "in depth" for part in answer.sections for one in part.statements)
    return fill(
        f"Not copied here: {deep} statements in depth, {len(answer.disagreements)} disagreements between sources, "
        f"{len(answer.would_change)} changes that would lead to another urgency.",
        _WIDTH,
    )


def _line(line: str) -> str:
    heading = _HEADING.match(line)
    if heading:
        return heading[1].upper()
    bare = _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\1", line))
    match = _ITEM.match(bare)
    assert match is not None
    return fill(bare, _WIDTH, subsequent_indent=" " * match.end(), break_long_words=False, break_on_hyphens=False)

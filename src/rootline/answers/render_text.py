"""An answer as plain text for a patient's record: the Markdown without its marks, so that nothing is left out."""

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
    """The whole answer, wrapped for a record that knows no formatting."""
    lines = [_line(line) for line in to_markdown(answer).splitlines()]
    return "\n".join(lines) + "\n"


def _line(line: str) -> str:
    heading = _HEADING.match(line)
    if heading:
        return heading[1].upper()
    bare = _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\1", line))
    match = _ITEM.match(bare)
    assert match is not None
    return fill(bare, _WIDTH, subsequent_indent=" " * match.end(), break_long_words=False, break_on_hyphens=False)

"""A file of tagged lines as numbered lines of bytes, within limits.

Decodes nothing and knows no tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rootline.errors import EvidenceError
from rootline.evidence.intake.limits import LARGEST_RECORD, LONGEST_LINE, MEGABYTE
from rootline.evidence.intake.opening import Opened

_BREAK = re.compile(rb"\r\n|\n|\r(?!\Z)")


def lines(opened: Opened) -> Iterator[tuple[int, bytes]]:
    """Each line with its number, counted from 1. Raises `EvidenceError` for a line without end."""
    rest, number = b"", 0
    while part := opened.read():
        whole = _BREAK.split(rest + part)
        rest = whole.pop()
        for line in whole:
            number += 1
            yield number, line
        if len(rest) > LONGEST_LINE:
            raise EvidenceError(
                f"line {number + 1} is longer than {LONGEST_LINE // MEGABYTE} MB",
                where=opened.name,
                mend="This is no list of records; look at how it was made.",
            )
    if rest:
        yield number + 1, rest.rstrip(b"\r")


def decoded(record: list[bytes]) -> str | None:
    """The lines as text; None when they are not UTF-8 or hold NUL bytes."""
    joined = b"\n".join(record)
    if b"\0" in joined or len(joined) > LARGEST_RECORD:
        return None
    try:
        return joined.decode("utf-8")
    except UnicodeDecodeError:
        return None

"""A file of tagged lines as blocks of lines, one for each record, within limits.

Knows no tags: a format says which line begins a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rootline.errors import EvidenceError
from rootline.evidence.intake.limits import LARGEST_RECORD, LONGEST_LINE, MEGABYTE
from rootline.evidence.intake.opening import Opened

_BREAK = re.compile(rb"\r\n|\n|\r(?!\Z)")


def blocks(opened: Opened, begins: Callable[[bytes], object]) -> Iterator[tuple[int, list[bytes]]]:
    """The lines of each record, with the number of the first; blank ones before a record belong to none.

    Raises `EvidenceError` for a record or a line without end.
    """
    block: list[bytes] = []
    start = size = 0
    for number, line in _lines(opened):
        if block and begins(line):
            yield start, block
            block = []
        if not block and not line.strip():
            continue
        if not block:
            start, size = number, 0
        block.append(line)
        size += len(line) + 1
        if size > LARGEST_RECORD:
            raise EvidenceError(
                f"the record at line {start} is larger than {LARGEST_RECORD // MEGABYTE} MB",
                where=opened.name,
                mend="Look at the file there: the record may not end.",
            )
    if block:
        yield start, block


def _lines(opened: Opened) -> Iterator[tuple[int, bytes]]:
    """Each line with its number, counted from 1."""
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
    if b"\0" in joined:
        return None
    try:
        return joined.decode("utf-8")
    except UnicodeDecodeError:
        return None

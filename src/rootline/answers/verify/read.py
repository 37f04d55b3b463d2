"""An answer file read strictly: one JSON text of the published form, every key once.

Converts nothing and fills nothing in; whether the answer tells the truth is not asked here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from rootline.answers.model import Answer, fit_answer
from rootline.content.json_text import TwiceError, read_json
from rootline.errors import InputError

LONGEST = 10_000_000  # bytes; the longest answer is a twentieth of it
_MEND = "Give the file that `rootline ask --json` printed."


@dataclass(frozen=True)
class AnswerFile:
    """What the file says, letter for letter, and the same as an answer."""

    data: dict[str, Any]
    answer: Answer


def read_answer(content: bytes) -> AnswerFile:
    """The answer in a file's bytes. Raises `InputError` with the line, or the place in the answer, and the mend."""
    if len(content) > LONGEST:
        raise InputError(f"the file has {len(content):,} bytes; at most {LONGEST:,} are read", mend=_MEND)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start + 1} is not UTF-8", mend="Save the file as UTF-8.") from None
    try:
        data = read_json(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"this is not JSON: {error.msg}", where=where, mend=_MEND) from None
    except TwiceError as error:
        raise InputError(str(error), mend=_MEND) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"this JSON cannot be read: {error}", mend=_MEND) from None
    return AnswerFile(data, fit_answer(data))

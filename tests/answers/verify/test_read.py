"""A file that is no answer is refused with its place and how to mend it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rootline.answers.ask import ask
from rootline.answers.verify import read_answer
from rootline.answers.verify.read import LONGEST
from rootline.errors import InputError
from rootline.packs.load import load

EXAMPLE = load(Path(__file__).parents[3] / "docs" / "examples" / "ankle-sprain")
ANSWER = ask("Ankle pain for 3 days, able to walk", EXAMPLE).model_dump_json(by_alias=True)


@pytest.mark.parametrize(
    ("content", "where", "words"),
    [
        (b"", "line 1, column 1", "this is not JSON"),
        (b"{\n  \"schema\": ,", "line 2, column 13", "this is not JSON"),
        (b"[]", "", "dictionary"),
        (b'{"schema": "rootline.answer/2"}', "schema", "rootline.answer/1"),
        (b'{"question": 1, "question": 2}', "", "`question` stands twice"),
        (b'{"question": NaN}', "", "`NaN` is not JSON"),
        (b"\xff\xfe", "", "byte 1 is not UTF-8"),
        (b"[" * 100_000, "", "cannot be read"),
        (b" " * (LONGEST + 1), "", "at most 10,000,000"),
        (b'{"more": ' + b"9" * 5000 + b"}", "", "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(content, where, words):
    with pytest.raises(InputError) as raised:
        read_answer(content)
    assert raised.value.where == where
    assert words in raised.value.what
    assert raised.value.mend


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("sections", 0, "more"), "3"),
        (("sections", 0, "more"), 3.5),
        (("sections", 0, "more"), True),
        (("conflicting_signs",), 0),
        (("sections", 0, "statements", 0, "status"), "maybe"),
        (("sources", 0, "year"), 2025),
        (("facts", 0, "value"), None),
        (("review", "state"), "signed"),
    ],
)
def test_nothing_is_converted_to_fit(path, value):
    data = inside = json.loads(ANSWER)
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    with pytest.raises(InputError) as raised:
        read_answer(json.dumps(data).encode())
    spelt = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    assert raised.value.where == spelt.removeprefix(".")


def test_a_file_is_read_whatever_its_spacing_and_byte_order_mark():
    spaced = json.dumps(json.loads(ANSWER), indent=7)
    assert read_answer(spaced.encode("utf-8-sig")).answer == read_answer(ANSWER.encode()).answer

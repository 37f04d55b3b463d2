"""A key that stands twice is never read as the last of the two."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.content.json_text import TwiceError, is_twice, place_of, read_json

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN)
def test_what_json_writes_is_read(data):
    assert read_json(json.dumps(data)) == data
    assert read_json(json.dumps(data).encode()) == data
    assert read_json(json.dumps(data, ensure_ascii=False).encode()) == data


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, "a": 2}', '{"a": 1, "a": 1}', '[{"b": {"a": 1, "c": 2, "a": 3}}]', '{"a": 1, "\\u0061": 2}'],
)
def test_a_key_that_stands_twice_is_named(text):
    with pytest.raises(TwiceError) as raised:
        read_json(text)
    assert raised.value.key == "a"


@pytest.mark.parametrize("text", ["NaN", '{"a": Infinity}', "{", b"\xff"])
def test_what_is_no_json_is_a_value_error(text):
    with pytest.raises(ValueError):
        read_json(text)


@pytest.mark.parametrize(
    "text", ['{"b": NaN, "a": 1, "a": 2}', b'{"a": {"c": 1, "c": 2}, "b": Infinity}', '{"a": 1, "a": 2} x']
)
def test_a_key_that_stands_twice_is_seen_beside_what_is_no_json(text):
    assert is_twice(text)


@pytest.mark.parametrize("text", ['{"a": 1, "b": {"a": 2}}', "nothing", "[" * 100_000, '{"a": NaN}'])
def test_no_key_stands_twice(text):
    assert not is_twice(text)


@pytest.mark.parametrize(
    ("text", "column"),
    [(r'"\ud800"', 2), (r'{"a": "\uDFFF"}', 8), (r'{"\ud83d": 1}', 3), (r'"\ude00\ud83d"', 2), (r'"\\\\\ud800"', 6)],
)
def test_half_a_surrogate_pair_is_refused_with_its_place(text, column):
    for sent in (text, text.encode()):
        with pytest.raises(ValueError) as raised:
            read_json(sent)
        assert place_of(raised.value) == f"line 1, column {column}"


def test_a_whole_pair_is_one_character_and_an_escaped_backslash_is_none_of_one():
    assert read_json(rb'["\ud83d\ude00", "\\ud800"]') == ["\U0001f600", "\\ud800"]


@pytest.mark.parametrize("text", [b'"\xed\xa0\x80"', '"a"'.encode("utf-16"), "\ud800"])
def test_what_is_no_utf_8_is_a_value_error(text):
    with pytest.raises(ValueError) as raised:
        read_json(text)
    assert place_of(raised.value) in ("", "line 1, column 1")

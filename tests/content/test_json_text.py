"""A key that stands twice is never read as the last of the two."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.content.json_text import TwiceError, is_twice, read_json

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN)
def test_what_json_writes_is_read(data):
    assert read_json(json.dumps(data)) == data
    assert read_json(json.dumps(data).encode()) == data


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

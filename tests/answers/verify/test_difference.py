"""Two answers compared: the place, and the words around the first letter that differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.answers.verify.difference import differences
from tests.answers.verify.tamper import applied, changes

LEAVES = st.text("ab1", max_size=4)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("xyz"), inner), max_leaves=12
)


@pytest.mark.parametrize(
    ("told", "due", "found"),
    [
        ({"a": "one"}, {"a": "one"}, []),
        ({"a": "500 mg"}, {"a": "250 mg"}, ["a: says “500 mg”; it should say “250 mg”"]),
        ({"a": 1}, {"a": 2}, ["a: says 1; it should say 2"]),
        ({"a": True}, {"a": False}, ["a: says true; it should say false"]),
        ({}, {"a": "one"}, ["a: “one” is left out"]),
        ({"a": "one"}, {}, ["a: “one” does not belong here"]),
        ({"a": ["1", "2"]}, {"a": ["2", "1"]}, ["a[0]: out of order: “2” belongs here, not “1”"]),
        ({"a": ["1", "3"]}, {"a": ["1", "2", "3"]}, ["a[1]: “2” is left out"]),
        ({"a": ["1", "2", "3"]}, {"a": ["1", "3"]}, ["a[1]: “2” does not belong here"]),
        ([{"id": "x", "t": "1"}, {"id": "y", "t": "2"}], [{"id": "y", "t": "2"}, {"id": "x", "t": "3"}],
         ["[0]: out of order: “y” belongs here, not “x”", "[0].t: says “1”; it should say “3”"]),
        ([{"id": "y", "t": "2"}], [{"id": "x", "t": "1"}, {"id": "y", "t": "2"}], ["[0]: “x” is left out"]),
        ("a" * 40 + "b" + "c" * 80, "a" * 40 + "d" + "c" * 80,
         [f": says “…{'a' * 24}b{'c' * 39}…”; it should say “…{'a' * 24}d{'c' * 39}…”"]),
    ],
)  # fmt: skip
def test_a_difference_is_named(told, due, found):
    assert [str(one) for one in differences(told, due)] == found


@given(JSON)
def test_what_is_the_same_has_no_difference(data):
    assert list(differences(data, data)) == []


@given(JSON, st.data())
def test_whatever_is_changed_differs(due, data):
    possible = list(changes(due))
    if not possible:
        return
    told = applied(due, data.draw(st.sampled_from(possible)))
    assert bool(list(differences(told, due))) == (told != due)

"""YAML read as text: no guess of YAML's own gets through, and every value knows its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rootline.content.yaml_text import parse_yaml, read_yaml
from rootline.errors import PackError
from rootline.logic.place import Fields, Items, Place, Text, place_of


def refusal(text: str) -> PackError:
    with pytest.raises(PackError) as caught:
        parse_yaml(text, "facts.yaml")
    return caught.value


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "null", "~", "1.0", "007", "1e3", "2024-01-31", "12:30:00", ".inf", "0x1F", "True"]
)
def test_a_scalar_stays_the_text_it_was_written_as(word: str) -> None:
    value = parse_yaml(f"key: {word}", "facts.yaml")["key"]
    assert type(value) is Text
    assert value == word


def test_yes_and_no_stay_text_as_keys_too() -> None:
    assert list(parse_yaml("yes: a\nno: b\n1: c", "facts.yaml")) == ["yes", "no", "1"]


def test_a_python_tag_makes_no_object() -> None:
    value = parse_yaml("key: !!python/object/apply:os.getcwd []", "facts.yaml")["key"]
    assert value == []
    assert type(value) is Items


def test_every_value_and_key_remembers_its_line() -> None:
    fields = parse_yaml("a: one\n\nb:\n  - two\n  - c: three\n    d: [four,\n        five]\n", "rules/x.yaml")
    assert type(fields) is Fields
    inner = fields["b"][1]
    places = {str(value): place_of(value).line for value in (fields["a"], fields["b"][0], inner["c"], *inner["d"])}
    assert places == {"one": 1, "two": 4, "three": 5, "four": 6, "five": 7}
    assert [place_of(key).line for key in (*fields, *inner)] == [1, 3, 5, 6]
    assert place_of(inner) == Place("rules/x.yaml", 5)


def test_an_empty_file_is_an_empty_mapping_at_its_first_line() -> None:
    fields = parse_yaml("# nothing yet\n", "facts.yaml")
    assert (fields, fields.place) == ({}, Place("facts.yaml", 1))


def test_prose_keeps_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text('says: "≥6 weeks – “naïve”, 30 mL/min/1.73 m²"\n', encoding="utf-8")
    assert read_yaml(path, "x.yaml")["says"] == "≥6 weeks – “naïve”, 30 mL/min/1.73 m²"


def test_a_byte_order_mark_does_not_become_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbffever: yes\n")
    assert read_yaml(path, "x.yaml") == {"fever": "yes"}


def test_an_alias_stands_for_what_it_names() -> None:
    assert parse_yaml("a: &w [x, y]\nb: *w", "facts.yaml") == {"a": ["x", "y"], "b": ["x", "y"]}


def test_a_key_given_twice_is_refused_at_the_second() -> None:
    error = refusal("fever: a\ncough: b\nfever: c\n")
    assert str(error) == "facts.yaml:3: `fever` stands here twice\n  Keep one of them."


def test_a_key_given_twice_deep_inside_is_refused_too() -> None:
    assert refusal("a:\n  - b: {c: 1, d: 2, c: 3}\n").what == "`c` stands here twice"


def test_a_key_that_is_no_word_is_refused() -> None:
    error = refusal("a: 1\n? [x, y]\n: 2\n")
    assert str(error) == "facts.yaml:2: a key must be a plain word\n  Put the key in quotes."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [one\nb: two\n", 2),
        ("a: one: two\n", 1),
        ("a:\n\t- b\n", 2),
        ('a: "open\n\nb: c\n', 4),
        ("a: *nowhere\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\n  b: 2\n", 2),
    ],
)
def test_broken_yaml_is_refused_with_file_line_and_what_to_look_for(text: str, line: int) -> None:
    error = refusal(text)
    assert error.where == f"facts.yaml:{line}"
    assert error.what.startswith("not YAML: ")
    assert "None" not in error.what
    assert "Put prose in double quotes; check indentation and brackets" in error.mend


def test_a_control_character_is_refused_with_the_file() -> None:
    error = refusal("a: \x00b\n")
    assert error.where.startswith("facts.yaml")
    assert error.mend == "Save the file as plain UTF-8 text."


def test_a_file_that_is_not_utf_8_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("says: café\n".encode("latin-1"))
    with pytest.raises(PackError) as caught:
        read_yaml(path, "sources/x.yaml")
    assert caught.value.where.startswith("sources/x.yaml")
    assert "UTF-8" in caught.value.mend


def test_an_alias_inside_what_it_names_is_refused() -> None:
    error = refusal("a: &loop\n  - b\n  - *loop\n")
    assert error.where.startswith("facts.yaml")

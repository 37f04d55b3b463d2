"""YAML read as text: every scalar stays a string, every value remembers its file and line.

YAML's own guesses (`no`, `1.0`, dates) never reach a rule. Nothing here knows what a file means.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from rootline.errors import PackError
from rootline.logic.place import Fields, Items, Place, Text, place_of

# The C parser is about ten times faster; wheels on PyPI carry it. Both give the same nodes.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, name: str) -> Any:
    """The file's content as `Fields`, `Items` and `Text`. `name` is how errors call the file."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PackError(f"not UTF-8: {error.reason}", where=name, mend="Save the file as plain UTF-8 text.") from None
    return parse_yaml(text, name)


def read_fields(path: Path, name: str) -> Fields:
    """A file that must hold `name: …` entries. Raises `PackError`."""
    value = read_yaml(path, name)
    if not isinstance(value, Fields):
        raise PackError("should hold `name: …` entries", where=str(place_of(value)), mend="Write `name: …` lines.")
    return value


def read_items(path: Path, name: str) -> Items:
    """A file that must hold a list of `- …` entries. Raises `PackError`."""
    value = read_yaml(path, name)
    if not isinstance(value, Items):
        raise PackError("should hold a list of `- …` entries", where=str(place_of(value)), mend="Start with `- `.")
    return value


def parse_yaml(text: str, name: str) -> Any:
    """The same for text at hand. Raises `PackError` with file and line."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise PackError(
            f"not YAML: {error.problem or error.context}",
            where=f"{name}:{line}",
            mend="Put prose in double quotes; check indentation and brackets here and just above.",
        ) from None
    except yaml.YAMLError as error:
        raise PackError(f"not YAML: {error}", where=name, mend="Save the file as plain UTF-8 text.") from None
    try:
        return _located(node, name) if node is not None else Fields({}, Place(name, 1))
    except RecursionError:
        what = "an alias stands inside what it names, or the nesting is too deep"
        raise PackError(what, where=name, mend="Write it out without the alias.") from None


def _located(node: Any, name: str) -> Any:
    place = Place(name, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return Text(node.value, place)
    if isinstance(node, yaml.SequenceNode):
        return Items([_located(item, name) for item in node.value], place)
    fields: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _located(key_node, name)
        if not isinstance(key, Text):
            raise PackError("a key must be a plain word", where=str(key.place), mend="Put the key in quotes.")
        if key in fields:
            raise PackError(f"`{key}` stands here twice", where=str(key.place), mend="Keep one of them.")
        fields[key] = _located(value_node, name)
    return Fields(fields, place)

"""Where two answers differ, place by place: left out, put in, changed, or out of order.

Compares data alone; what the differences mean is not known here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from rootline.answers.verify.finding import Finding

_CALLED = ("id", "fact", "topic", "what", "drug", "question", "text")  # the first that an item has names it
_BEFORE, _SHOWN = 24, 64  # letters shown ahead of the first that differs, and in all


def differences(told: Any, due: Any, place: str = "") -> Iterator[Finding]:
    """Each way in which `told` differs from what was `due`. Both are JSON of one form: 1 never stands for true."""
    if told == due:
        return
    if isinstance(told, dict) and isinstance(due, dict):
        yield from _in_object(told, due, place)
    elif isinstance(told, list) and isinstance(due, list):
        yield from _in_list(told, due, place)
    else:
        yield Finding(place, f"says {_excerpt(told, due)}; it should say {_excerpt(due, told)}")


def _in_object(told: dict[str, Any], due: dict[str, Any], place: str) -> Iterator[Finding]:
    for key in [*due, *(key for key in told if key not in due)]:
        inside = f"{place}.{key}" if place else key
        if key not in told:
            yield Finding(inside, f"{_label(due[key])} is left out")
        elif key not in due:
            yield Finding(inside, f"{_label(told[key])} does not belong here")
        else:
            yield from differences(told[key], due[key], inside)


def _in_list(told: list[Any], due: list[Any], place: str) -> Iterator[Finding]:
    names_told, names_due = [_name(one) for one in told], [_name(one) for one in due]
    if names_told != names_due and Counter(names_told) == Counter(names_due):
        yield from _in_other_order(told, due, names_told, names_due, place)
        return
    matcher = SequenceMatcher(None, names_told, names_due, autojunk=False)
    for _, start, end, due_start, due_end in matcher.get_opcodes():
        shared = min(end - start, due_end - due_start)
        for step in range(shared):
            yield from differences(told[start + step], due[due_start + step], f"{place}[{start + step}]")
        for at in range(start + shared, end):
            yield Finding(f"{place}[{at}]", f"{_label(told[at])} does not belong here")
        for at in range(due_start + shared, due_end):
            yield Finding(f"{place}[{at}]", f"{_label(due[at])} is left out")


def _in_other_order(
    told: list[Any], due: list[Any], names_told: list[str], names_due: list[str], place: str
) -> Iterator[Finding]:
    first = next(at for at, name in enumerate(names_told) if name != names_due[at])
    yield Finding(f"{place}[{first}]", f"out of order: {_label(due[first])} belongs here, not {_label(told[first])}")
    waiting: dict[str, list[Any]] = {}
    for name, one in zip(names_due, due, strict=True):
        waiting.setdefault(name, []).append(one)
    for at, (name, one) in enumerate(zip(names_told, told, strict=True)):
        yield from differences(one, waiting[name].pop(0), f"{place}[{at}]")


def _name(one: Any) -> str:
    """What an item is known by in its list: its id where it has one, else all that it says."""
    if isinstance(one, dict) and isinstance(one.get("id"), str):
        return str(one["id"])
    return json.dumps(one, sort_keys=True)


def _label(one: Any) -> str:
    if isinstance(one, dict):
        one = next((one[key] for key in _CALLED if key in one), one)
    return _excerpt(one, one)


def _excerpt(text: Any, other: Any) -> str:
    """The part of a text where it first differs from another, in quotes."""
    if not isinstance(text, str):
        text = json.dumps(text)
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    other = other if isinstance(other, str) else ""
    pairs = enumerate(zip(text, other, strict=False))
    differs = next((at for at, (one, two) in pairs if one != two), min(len(text), len(other)))
    start = 0 if text == other or differs <= _BEFORE else differs - _BEFORE
    end = start + _SHOWN
    return f"“{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}”"

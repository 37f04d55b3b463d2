"""A condition as a sentence part that a clinician or a patient reads.

Words come from the pack by way of a `Lexicon`; this file only joins them. `not` is pushed down to the
leaves first, so that every leaf is said in the author's own positive or negative words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rootline.logic.tree import ALWAYS, NEVER, All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.values import YES_NO, Amount, FactType

Voice = Literal["clinician", "patient"]
VOICES: tuple[Voice, ...] = ("clinician", "patient")


@dataclass(frozen=True)
class Wording:
    """One thing said for each voice."""

    clinician: str
    patient: str

    def to(self, voice: Voice) -> str:
        """The wording for this voice."""
        return self.clinician if voice == "clinician" else self.patient


@dataclass(frozen=True)
class Lexicon:
    """The words of a pack: per fact value, per numeric fact (its lead), per rule when it holds or not."""

    types: Mapping[str, FactType]
    values: Mapping[tuple[str, str], Wording]
    leads: Mapping[str, Wording]
    rules: Mapping[tuple[str, bool], Wording]


def english(node: Node, lexicon: Lexicon, voice: Voice) -> str:
    """The condition in words, without a leading "if" and without a full stop."""
    return _say(_push_not(node, lexicon, False), lexicon, voice, 0)


_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def _push_not(node: Node, lexicon: Lexicon, negative: bool) -> Node:
    """The same condition with `not` only over rules, `known` and `at least`."""
    if isinstance(node, Not):
        return _push_not(node.part, lexicon, not negative)
    if isinstance(node, (All, Any)):
        kind = All if isinstance(node, All) is not negative else Any
        parts: list[Node] = []
        for part in (_push_not(part, lexicon, negative) for part in node.parts):
            parts.extend(part.parts if isinstance(part, kind) else [part])
        return parts[0] if len(parts) == 1 else kind(tuple(parts))
    if isinstance(node, AtLeast):
        inside = AtLeast(node.count, tuple(_push_not(part, lexicon, False) for part in node.parts))
        return Not(inside) if negative else inside
    if negative and isinstance(node, Compare):
        return Compare(node.fact, _OPPOSITE[node.order], node.amount, node.written)
    if negative and isinstance(node, Is):
        others = [value for value in lexicon.types[node.fact].values if value != node.value]  # type: ignore[union-attr]
        left = tuple(Is(node.fact, value) for value in others)
        return left[0] if len(left) == 1 else Any(left)
    return Not(node) if negative else node


def _say(node: Node, lexicon: Lexicon, voice: Voice, depth: int) -> str:
    if node == ALWAYS:
        return "always"
    if node == NEVER:
        return "never"
    if isinstance(node, (All, Any)):
        return _join(node, lexicon, voice, depth)
    if isinstance(node, AtLeast):
        return f"at least {node.count} of: {_list(node.parts, lexicon, voice, depth)}"
    if isinstance(node, Not):
        return _say_not(node.part, lexicon, voice, depth)
    return _say_leaf(node, lexicon, voice)


def _say_not(part: Node, lexicon: Lexicon, voice: Voice, depth: int) -> str:
    if isinstance(part, Rule):
        return lexicon.rules[part.name, False].to(voice)
    if isinstance(part, Known):
        return f"{_topic(part.fact, lexicon, voice)} not known"
    assert isinstance(part, AtLeast)
    return f"fewer than {part.count} of: {_list(part.parts, lexicon, voice, depth)}"


def _list(parts: tuple[Node, ...], lexicon: Lexicon, voice: Voice, depth: int) -> str:
    """A list whose groups stand in brackets, or their commas would pass for the list's own."""
    said = []
    for part in parts:
        words = _say(part, lexicon, voice, depth + 1)
        is_single = isinstance(part, (Is, Compare, Known, Rule)) or _is_short(part)
        said.append(words if is_single or words.startswith("(") else f"({words})")
    return ", ".join(said)


def _join(node: All | Any, lexicon: Lexicon, voice: Voice, depth: int) -> str:
    """ "a, b or c"; with a group inside, "a; or b and c"; deeper still, brackets."""
    word = "and" if isinstance(node, All) else "or"
    said = [_say(part, lexicon, voice, depth + 1) for part in node.parts]
    grouped = any(isinstance(part, (All, Any, AtLeast, Not)) and not _is_short(part) for part in node.parts)
    if not grouped:
        joined = f" {word} ".join(said) if len(said) < 3 else f"{', '.join(said[:-1])} {word} {said[-1]}"
    else:
        joined = f"; {word} ".join(said) if depth == 0 else f", {word} ".join(said)
    return f"({joined})" if depth > 1 else joined


def _is_short(part: Node) -> bool:
    return isinstance(part, Not) and isinstance(part.part, (Rule, Known))


def _say_leaf(node: Node, lexicon: Lexicon, voice: Voice) -> str:
    if isinstance(node, Rule):
        return lexicon.rules[node.name, True].to(voice)
    if isinstance(node, Is):
        return lexicon.values[node.fact, node.value].to(voice)
    if isinstance(node, Known):
        return f"{_topic(node.fact, lexicon, voice)} known"
    assert isinstance(node, Compare)
    return f"{lexicon.leads[node.fact].to(voice)} {_say_order(node)}"


def _say_order(node: Compare) -> str:
    """An order and an amount as people say them: "under 6 weeks", "65 years or more"."""
    said = node.written or f"{node.amount:g}"
    words = {"<": f"under {said}", ">": f"over {said}", "<=": f"{said} or less", ">=": f"{said} or more"}
    return words[node.order]


def _topic(fact: str, lexicon: Lexicon, voice: Voice) -> str:
    type_ = lexicon.types[fact]
    if isinstance(type_, Amount):
        return lexicon.leads[fact].to(voice)
    value = "yes" if type_ == YES_NO else type_.values[0]
    return f"whether {lexicon.values[fact, value].to(voice)} is"

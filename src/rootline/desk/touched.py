"""What a new edition changes beside the approved one, by what it could do to a patient; proved where that can be.

Says what is touched; who must look at it first is `queue`, and who may pass it over `bulk`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, get_args

from rootline.answers.cited import Cited, cited
from rootline.answers.model import Answer, Statement
from rootline.answers.render_differences import to_data
from rootline.answers.verify.difference import differences
from rootline.answers.versions import Compared, compare
from rootline.checks.rewording import placeless
from rootline.desk.content import STAMPS, Content, answer_in, standings_in
from rootline.packs.model import Pack

# From the gravest to the least. What cannot be compared, or is not approved, counts as the gravest. Nothing touched:
# it reads letter for letter as approved, and treats, hears and warns every patient as before. That alone is calm.
Touch = Literal["new", "again", "undecided", "urgency", "heard", "action", "dose", "standing", "grounds", "words"]
TOUCHES: tuple[Touch, ...] = get_args(Touch)
_BY_WORDS: dict[str, Touch] = {
    "urgency": "urgency",
    "heard": "heard",
    "action": "action",
    "dose": "dose",
    "meaning": "undecided",  # words with other figures are not proved to touch no dose
}
_ELSEWHERE: dict[str, Touch] = {"grounds": "grounds", "words": "words", "file": "words"}
_STAMPS = {"pack", "as_of"}  # they name the version; what it says is compared by itself


@dataclass(frozen=True)
class Touched:
    """What differs from what was approved."""

    what: tuple[Touch, ...]
    difference: str  # rootline.diff/1 of the packs, as JSON; empty where they are the same
    unproved: str = ""  # why nothing could be proved, as a sentence; else empty


NEVER_APPROVED = Touched(("new",), "")
NO_LONGER_APPROVED = Touched(("again",), "")


def touched(before: str, after: Content, old: Pack, new: Pack) -> Touched:
    """Compare an approved content's text with a new content, and the packs they were made from."""
    found: set[Touch] = set()
    one, other = answer_in(before), after.answer
    if one is not None and other is not None:
        found |= set(_between(one, other))
    if standings_in(before) != standings_in(after.text):
        found.add("standing")
    difference = ""
    if old.sha256 != new.sha256:
        compared = _compared(old, new)
        found |= set(_decided(compared, one is None))
        if one is not None and other is not None and _rests_otherwise(one, other, old, new):
            found.add("grounds")
        difference = json.dumps(_plain(compared), ensure_ascii=False)
    return Touched(tuple(touch for touch in TOUCHES if touch in found), difference)


def say_differences(before: Answer, after: Answer) -> list[tuple[str, str]]:
    """Place by place, how an answer reads otherwise than it did: the place, and what differs there."""
    was, is_ = (one.model_dump(mode="json", by_alias=True, exclude=set(STAMPS)) for one in (before, after))
    return [(one.place, _of_versions(one.what)) for one in differences(is_, was)]


def _of_versions(what: str) -> str:
    """What a check says of a wrong answer, said of a later one."""
    return what.replace("; it should say ", "; approved was ").replace(" does not belong here", " is new")


def _plain(compared: Compared) -> dict[str, Any]:
    return to_data(compared)


@lru_cache(maxsize=4)
def _compared(old: Pack, new: Pack) -> Compared:
    return compare(old, new, lambda *_: None)


def _between(one: Answer, other: Answer) -> Iterator[Touch]:
    """How two answers to one question differ, read off the answers themselves."""
    if any(getattr(one, part) != getattr(other, part) for part in ("urgency", "do_not_wait", "bottom_line")):
        yield "urgency"
    before, after = _statements(one), _statements(other)
    for id_ in before.keys() | after.keys():
        was, is_ = before.get(id_), after.get(id_)
        if was and is_ and _asks(was) == _asks(is_) and was.doses == is_.doses:
            continue
        if was is None or is_ is None or _asks(was) != _asks(is_):
            yield "action"
        if (was.doses if was else []) != (is_.doses if is_ else []):
            yield "dose"
    same = {name: getattr(one, name) for name in _STAMPS}
    if say_differences(one, other.model_copy(update=same)):
        yield "words"


def _rests_otherwise(one: Answer, other: Answer, old: Pack, new: Pack) -> bool:
    """Whether a point that both cite, or its source, reads otherwise: an answer names it and does not repeat it."""
    before, after = cited(one, old), cited(other, new)
    return any(_as_read(before[name]) != _as_read(after[name]) for name in before.keys() & after.keys())


def _as_read(one: Cited) -> Any:
    return placeless(one.point), placeless(replace(one.source, points={}))


def _asks(one: Statement) -> tuple[Any, ...]:
    return one.status, one.condition, [(act.kind, act.what) for act in one.actions]


def _statements(answer: Answer) -> dict[str, Statement]:
    return {one.id: one for section in answer.sections for one in section.statements}


def _decided(compared: Compared, is_pack: bool) -> Iterator[Touch]:
    """What the packs' comparison proves changed, or leaves open, for any patient.

    Words and grounds that touch no patient's treatment count for the pack; an answer is compared letter by letter, and
    the points that it cites with it.
    """
    for part, touch in (("urgency", "urgency"), ("actions", "action"), ("sites", "action"), ("conditions", "action")):
        if any(one.outcome == "changed" for one in compared.decided[part]):
            yield touch  # type: ignore[misc]
    if compared.count("undecided"):
        yield "undecided"
    counted = {**_BY_WORDS, **_ELSEWHERE} if is_pack else _BY_WORDS
    yield from (counted[one.touches] for one in compared.rewordings if one.touches in counted)

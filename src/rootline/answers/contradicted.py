"""What the findings of a case say against a value that was given or heard, so that none is stored unseen.

A finding stands until it is itself corrected. Decides no finding: the pack lists what each says of another fact.
"""

from __future__ import annotations

from collections.abc import Mapping

from rootline.answers.case import Case
from rootline.logic.tree import Node, facts_of
from rootline.logic.values import Value
from rootline.packs.describe import say_fact
from rootline.packs.findings import told_by
from rootline.packs.model import Pack
from rootline.readers.english import Voice, english


def contradicted(known: Mapping[str, Value | None], pack: Pack) -> set[str]:
    """The facts whose known value a finding contradicts; None is a value that was taken back."""
    stated = {fact: value for fact, value in known.items() if value is not None}
    return {fact for fact in told_by(pack, stated) if fact in stated}


def finding_on(fact: str, case: Case, pack: Pack, voice: Voice) -> str:
    """The finding of a case that makes this fact yes, in words, and what is known of it; empty where none does."""
    node = _node_on(fact, case, pack)
    if node is None:
        return ""
    found = english(node, pack.lexicon, voice)
    known = ", ".join(say_fact(one, case[one].value, pack, voice) for one in _known_in(node, case))
    return found if known == found else f"{found} ({known})"


def rests_on(fact: str, case: Case, pack: Pack) -> str:
    """The fact to correct where a finding makes this one yes; the fact itself where none does."""
    node = _node_on(fact, case, pack)
    return next(iter(_known_in(node, case)), fact) if node is not None else fact


def _node_on(fact: str, case: Case, pack: Pack) -> Node | None:
    return told_by(pack, {other: entry.value for other, entry in case.items() if other != fact}).get(fact)


def _known_in(node: Node, case: Case) -> list[str]:
    return [one for one in facts_of(node, {}) if one in case]

"""What the findings of a case say against a value that was given or heard, so that none is stored unseen.

A finding stands until it is itself corrected. Decides no finding: the pack lists what each says of another fact.
"""

from __future__ import annotations

from collections.abc import Mapping

from rootline.answers.case import Case
from rootline.logic.values import Value
from rootline.packs.findings import told_by
from rootline.packs.model import Pack
from rootline.readers.english import Voice, english


def contradicted(known: Mapping[str, Value | None], pack: Pack) -> set[str]:
    """The facts whose known value a finding contradicts; None is a value that was taken back."""
    stated = {fact: value for fact, value in known.items() if value is not None}
    return {fact for fact in told_by(pack, stated) if fact in stated}


def finding_on(fact: str, case: Case, pack: Pack, voice: Voice) -> str:
    """The finding of a case that makes this fact yes, in words; empty where none does."""
    others = {other: entry.value for other, entry in case.items() if other != fact}
    node = told_by(pack, others).get(fact)
    return english(node, pack.lexicon, voice) if node is not None else ""

"""Two versions of a pack compared, as text for a terminal, as Markdown and as data. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rootline.answers.affected import Affected
from rootline.answers.versions import Compared
from rootline.checks.differences import Difference
from rootline.checks.report import say_patient
from rootline.checks.rewording import Rewording
from rootline.logic.values import write_value
from rootline.packs.model import Pack

HEADINGS = {"urgency": "Urgency", "actions": "Actions", "sites": "Sites", "conditions": "Conditions"}


def to_data(compared: Compared) -> dict[str, Any]:
    """As plain data, for JSON."""
    return {
        "schema": "rootline.diff/1",
        "old": _stamp(compared.old),
        "new": _stamp(compared.new),
        **{part: [_data(one, compared) for one in found] for part, found in compared.decided.items()},
        "rewordings": [vars(one) for one in compared.rewordings],
        "affected": [vars(one) for one in compared.affected],
    }


def _stamp(pack: Pack) -> dict[str, str]:
    return {"id": pack.id, "version": pack.version, "sha256": pack.sha256}


def _data(one: Difference, compared: Compared) -> dict[str, Any]:
    patient = None
    if one.patient is not None:
        types = {**compared.old.types, **compared.new.types}
        patient = {fact: write_value(value, types[fact]) for fact, value in one.patient.items()}
    return {**vars(one), "patient": patient}


def to_markdown(compared: Compared) -> str:
    """As Markdown; the terminal shows the same."""
    old, new = compared.old, compared.new
    lines = [f"# {new.id}: {old.version} ({old.sha256[:12]}) to {new.version} ({new.sha256[:12]})", ""]
    for part, found in compared.decided.items():
        lines += [f"## {HEADINGS[part]}", "", *_decided(found, compared), ""]
    for touches, heading in (
        ("urgency", "Words of urgency lines and warnings"),
        ("action", "Words of what is to be done"),
        ("dose", "Doses"),
        ("heard", "What is heard and asked"),
        ("meaning", "Other words, with other figures, units, negations or times"),
        ("words", "Other words"),
        ("grounds", "Grounds"),
        ("file", "Files that differ"),
        ("layout", "Files that differ in comments, layout or version alone"),
    ):
        those = [one for one in compared.rewordings if one.touches == touches]
        lines += [f"## {heading}", "", *(_reworded(one) for one in those), *([] if those else ["unchanged"]), ""]
    lines += ["## Published answers", "", *_affected(compared.affected), ""]
    return "\n".join(lines)


def _decided(found: Sequence[Difference], compared: Compared) -> Iterator[str]:
    for one in found:
        if one.outcome == "changed" and one.patient is not None:
            pack = compared.new if all(fact in compared.new.facts for fact in one.patient) else compared.old
            yield f"- **{one.what}**: {one.before or 'no'} before, {one.after or 'no'} now"
            yield f"  - smallest patient: {say_patient(one.patient, pack)}"
        elif one.outcome == "undecided":
            yield f"- **{one.what}**: undecided, {one.note}"
    unchanged = [one.what for one in found if one.outcome == "unchanged"]
    if unchanged:
        yield f"- proved unchanged for every possible patient: {', '.join(unchanged)}"
    if not found:
        yield "unchanged"


def _reworded(one: Rewording) -> str:
    if one.before in ("", "there") and one.after in ("", "there"):
        return f"- {one.what}" + ("" if one.before and one.after else ": added" if one.after else ": taken out")
    return f"- {one.what}: {one.before or '(nothing)'} -> {one.after or '(nothing)'}"


def _affected(found: Sequence[Affected]) -> Iterator[str]:
    for one in found:
        said = [*(f"`{id_}`" for id_ in one.statements), *one.parts]
        yield f"- {one.question} ({one.audience}): {', '.join(said)}"
    if not found:
        yield "none reads otherwise"

"""The made-up pack with one fault in it: each breaks one kind of property that every pack must keep.

Faults that a file can hold are written into one; those that the loader makes impossible are put into the loaded pack.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rootline.logic.tree import ALWAYS, NEVER, Is, Known, Not
from rootline.packs.ladder import ABOVE
from rootline.packs.load import load
from rootline.packs.model import Pack

GOOD = Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain"
SAY = 'say: {clinician: "x", patient: "x"}'


@dataclass(frozen=True)
class Fault:
    """What is done to the pack, the property that it breaks, and of how many facts the smallest patient has to tell.

    No number where nobody can be shown, as nobody can be like this.
    """

    breaks: str
    facts: int | None
    learnt: int = 0  # facts learnt later, where learning is what breaks it
    file: str = ""
    old: str = ""
    new: str = ""
    inside: Callable[[Pack], Pack] | None = None


def bad_pack(fault: Fault, folder: Path) -> Pack:
    """The pack with the fault in it."""
    copy = folder / "ankle-sprain"
    shutil.copytree(GOOD, copy)
    if fault.file:
        path = copy / fault.file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert fault.old in text
        path.write_text(text.replace(fault.old, fault.new, 1) if fault.old else text + fault.new, encoding="utf-8")
    pack = load(copy)
    return fault.inside(pack) if fault.inside else pack


def _last_line(when: object) -> Callable[[Pack], Pack]:
    def inside(pack: Pack) -> Pack:
        last = pack.urgency[-1]
        return replace(pack, urgency=(*pack.urgency[:-1], replace(last, advice=replace(last.advice, when=when))))

    return inside


def _advice(id_: str, when: object) -> Callable[[Pack], Pack]:
    def inside(pack: Pack) -> Pack:
        return replace(pack, advice=tuple(replace(one, when=when) if one.id == id_ else one for one in pack.advice))

    return inside


def _above(when: object) -> Callable[[Pack], Pack]:
    return lambda pack: replace(pack, rules={**pack.rules, ABOVE: replace(pack.rules[ABOVE], when=when)})


FAULTS: dict[str, Fault] = {
    "a ladder on which some line always holds": Fault(
        "Rule “any of the above” of the ladder can be no", None, inside=_above(ALWAYS)
    ),
    "a ladder on which no line ever holds": Fault(
        "Rule “any of the above” of the ladder can be yes", None, inside=_above(NEVER)
    ),
    "calm beside a possible emergency": Fault(
        "Nobody is reassured while emergency is possible", 0, inside=_last_line(ALWAYS)
    ),
    "a patient whom no level fits": Fault(
        "Urgency is total: nobody has every level ruled out",
        4,
        inside=_last_line(Is("ankle_pain", "yes")),
    ),
    "two levels at once": Fault(
        "Urgency is exclusive: the last line is said to nobody for whom another may hold", 0, inside=_last_line(ALWAYS)
    ),
    "against what an emergency needs": Fault(
        "Nothing is plainly said against emergency-assessment while it may be needed at once",
        1,
        file="advice/activity.yaml",
        new=f'- {{id: no-emergency, when: ankle_pain, {SAY}, avoid: [emergency-assessment], reading: "x"}}\n',
    ),
    "advised and advised against": Fault(
        "ankle-brace is never both advised and advised against",
        5,
        file="advice/activity.yaml",
        new=f'- {{id: no-brace, when: "foot_pale_or_cold is no", {SAY}, avoid: [ankle-brace], reading: "x"}}\n',
    ),
    "two actions that exclude each other": Fault(
        "stay-active and ankle-brace are never both advised",
        5,
        file="actions.yaml",
        old="stay-active: {section: activity, incompatible with: xray-ankle",
        new="stay-active: {section: activity, incompatible with: ankle-brace",
    ),
    "a drug without its contraindication": Fault(
        "nsaid is advised to nobody in whom nsaid_contraindicated is possible, nor any dose of it",
        1,
        inside=_advice("nsaid-short", Is("ankle_pain", "yes")),
    ),
    "a dose that escapes the contraindication": Fault(
        "nsaid is advised to nobody in whom nsaid_contraindicated is possible, nor any dose of it",
        2,
        inside=lambda pack: replace(
            pack, advice=tuple(replace(one, despite=None) if one.despite else one for one in pack.advice)
        ),
    ),
    "a claim about nobody": Fault(
        "Somebody is as “Nobody limps calmly” says",
        None,
        file="properties.yaml",
        new='- name: "Nobody limps calmly"\n  whenever: {all of: [ankle_pain, not: ankle_pain]}\n  never: routine\n',
    ),
    "withdrawn once more is learnt": Fault(
        "Learning more never withdraws `pain-score-compare`",
        0,
        learnt=1,
        inside=_advice("pain-score-compare", Not(Known("pain_score"))),
    ),
    "advice that nobody can get": Fault(
        "`never-said` can be said",
        None,
        file="advice/activity.yaml",
        new=f'- {{id: never-said, when: {{all of: [ankle_pain, not: ankle_pain]}}, {SAY}, reading: "x"}}\n',
    ),
    "an urgency line that the one above always decides": Fault(
        "`urgent-cold` can decide the urgency",
        None,
        file="urgency.yaml",
        old="- urgent: fracture_possible\n",
        new="- urgent: {all of: [foot_pale_or_cold, fracture_possible]}\n  id: urgent-cold\n  "
        f'{SAY}\n  reading: "x"\n- urgent: fracture_possible\n',
    ),
    "a rule that never holds": Fault(
        "Rule `nsaid_contraindicated` can be yes",
        None,
        file="rules/ankle.yaml",
        old="any of: [stomach_ulcer, anticoagulant]",
        new="all of: [stomach_ulcer, not: stomach_ulcer]",
    ),
    "a rule that always holds": Fault(
        "Rule `nsaid_contraindicated` can be no",
        None,
        file="rules/ankle.yaml",
        old="any of: [stomach_ulcer, anticoagulant]",
        new="any of: [stomach_ulcer, not: stomach_ulcer]",
    ),
    "advice that another one swallows": Fault(
        "`brace-too` is not swallowed by `brace`",
        None,
        file="advice/activity.yaml",
        new="- id: brace-too\n  when: {all of: [{not: fracture_possible}, ankle_pain, pain_score >= 4]}\n  "
        f"{SAY}\n  consider: [ankle-brace]\n  because: [example-ankle-2025#brace]\n",
    ),
    "words without an action that another one says already": Fault(
        "`said-too` is not swallowed by `raise-foot`",
        None,
        file="advice/activity.yaml",
        new="- id: said-too\n  when: ankle_pain\n"
        '  say: {clinician: "raise the foot", patient: "Put your foot up, while you sit!"}\n  reading: "x"\n',
    ),
    "a property of the pack's own": Fault(
        "Children are always seen the same day",
        1,
        file="properties.yaml",
        new='- name: "Children are always seen the same day"\n  whenever: age < 12 years\n  at least: urgent\n',
    ),
}

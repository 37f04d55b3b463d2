"""An answer file held against the pack it names: verified, refuted with every finding named, or undecided.

Trusts the pack at hand and nothing in the file; changes neither, and says nothing of who made the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rootline.answers.model import Answer
from rootline.answers.verify.coherence import incoherences
from rootline.answers.verify.difference import differences
from rootline.answers.verify.finding import Finding, Weight
from rootline.answers.verify.places import citations, statements
from rootline.answers.verify.quotes import misquotes
from rootline.answers.verify.read import AnswerFile
from rootline.answers.verify.rederive import read_inputs, rederive
from rootline.answers.verify.required import forbidden, omissions
from rootline.answers.verify.support import other_standing, unsupported
from rootline.errors import InputError
from rootline.evidence.search.interface import Library
from rootline.packs.model import Pack

Outcome = Literal["verified", "refuted", "undecided"]
Record = Callable[[Answer], Answer]  # an answer with the state of review that is on record for it


@dataclass(frozen=True)
class Verification:
    """What became of it: the findings in the order of their weight, and how much was looked at."""

    findings: tuple[Finding, ...]
    statements: int
    citations: int
    sources: int

    @property
    def outcome(self) -> Outcome:
        """Refuted by one finding that refutes; undecided while something is open; else verified."""
        weights = {one.weight for one in self.findings}
        return "refuted" if "refuted" in weights else "undecided" if weights else "verified"


def verify(
    file: AnswerFile, pack: Pack | None, library: Library | None = None, record: Record | None = None
) -> Verification:
    """Check all that can be checked; `pack` and `library` are those it was made from, or None where not at hand.

    `record` is the record of reviews; without it no review is on record.
    """
    answer = file.answer
    unrecorded = [] if record else [*_unrecorded(answer)]
    told = [*incoherences(answer), *unrecorded, *_against(file, pack, record), *misquotes(answer, library, pack)]
    found = dict.fromkeys(told)
    return Verification(
        findings=tuple(sorted(found, key=lambda one: one.weight != "refuted")),
        statements=sum(1 for _ in statements(answer)),
        citations=sum(1 for _ in citations(answer)),
        sources=len(answer.sources),
    )


def _unrecorded(answer: Answer) -> Iterator[Finding]:
    if answer.review.state != "submitted" or answer.review.by:
        yield Finding("review", f"says “{answer.review.state}”, but no review of this content is on record")


def _against(file: AnswerFile, pack: Pack | None, record: Record | None) -> Iterator[Finding]:
    stamp = file.answer.pack
    if pack is None or (pack.sha256 != stamp.sha256 and pack.id != stamp.id):
        what = f"the pack `{stamp.id}` is not at hand: only the answer itself was checked"
        yield Finding("pack.id", what, "undecided")
    elif pack.sha256 != stamp.sha256 and pack.version != stamp.version:
        what = f"made with version {stamp.version}, and version {pack.version} is at hand: only the answer itself and "
        yield Finding("pack.version", f"{what}the standing of its sources were checked", "undecided")
        for one in other_standing(file.answer, pack):
            yield Finding(one.place, one.what, "undecided")
    else:
        yield from _with_its_pack(file, pack, record)


def _on_record(answer: Answer, due: Answer, record: Record) -> Iterator[Finding]:
    """A review may have gone on since the file was made; one that calls approved what is not is refuted."""
    recorded = record(due).review
    if answer.review != recorded:
        weight: Weight = "refuted" if answer.review.state == "approved" else "undecided"
        yield Finding("review", f"says “{answer.review.state}”, and the desk says “{recorded.state}”", weight)


def _with_its_pack(file: AnswerFile, pack: Pack, record: Record | None) -> Iterator[Finding]:
    answer = file.answer
    if answer.pack.sha256 != pack.sha256:
        what = f"the answer or the pack was changed: both say version {pack.version}, but their content differs"
        yield Finding("pack.sha256", f"{what} ({answer.pack.sha256[:12]} and {pack.sha256[:12]})")
    inputs, unreadable = read_inputs(answer, pack)
    yield from unreadable
    try:
        derived = rederive(inputs, pack)
    except InputError as error:
        yield Finding("question", error.what)
        return
    due = derived.answer.model_dump(mode="json", by_alias=True)
    weight: Weight = "refuted"
    if answer.program != derived.answer.program:  # another version may say the same in other words
        weight = "undecided"
        yield Finding("program", f"told by version {answer.program}; this is {derived.answer.program}", weight)
    for one in differences(file.data, due):
        if record and one.place.startswith(("review", "disclaimer")):
            continue  # held against the record
        if one.place not in ("pack.sha256", "program", "trace_id"):  # found otherwise, and said better
            yield replace(one, weight=weight)
    if record:
        yield from _on_record(answer, derived.answer, record)
    yield from unsupported(answer, pack, derived.plan.values)
    yield from omissions(answer, derived.plan)
    yield from forbidden(answer, derived.plan)

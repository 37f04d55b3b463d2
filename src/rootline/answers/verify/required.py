"""What a plan requires an answer to say, and forbids it to say: urgency, red flags, what is this patient's own, drugs.

Compares the answer with the plan alone; how an answer is composed is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.answers.model import Answer
from rootline.answers.verify.finding import Finding
from rootline.answers.verify.places import statements, tells_no_plan
from rootline.logic.tree import ALWAYS
from rootline.logic.truth import Truth
from rootline.packs.model import LEVELS
from rootline.packs.run import Advised, Plan
from rootline.readers.evaluate import truth_of


def omissions(answer: Answer, plan: Plan) -> Iterator[Finding]:
    """Each thing that the plan requires and the answer does not say, or says otherwise."""
    yield from _urgency(answer, plan)
    if tells_no_plan(answer):
        return
    holding = _holding(plan)
    said = {one.id: one for _, _, one in statements(answer)}
    for one in holding:
        told = said.get(one.advice.id)
        if told is not None and told.status != one.status:
            yield Finding("sections", f"`{told.id}` is said as “{told.status}”; for this patient it is “{one.status}”")
        if told is None and (why := _required(one, plan)):
            yield Finding("sections", f"`{one.advice.id}` is left out: {why}")
    for at, section in enumerate(answer.sections):
        folded = sum(one.advice.section == section.id for one in holding) - len(section.statements)
        if section.more != folded:
            yield Finding(f"sections[{at}].more", f"says that {section.more} more hold; it is {folded}")


def forbidden(answer: Answer, plan: Plan) -> Iterator[Finding]:
    """Each drug advised plainly that is contraindicated, or whose contraindication is still open."""
    for place, _, one in statements(answer):
        for at, act in enumerate(one.actions):
            action = plan.pack.actions.get(act.what)
            if action is None:
                yield Finding(f"{place}.actions[{at}].what", f"the pack knows no action `{act.what}`")
            elif act.kind != "avoid" and one.status == "applies" and action.contraindicated:
                truth = truth_of(plan.pack.conditions[action.contraindicated], plan.values, plan.pack.conditions)
                if truth is not Truth.NO:
                    what = f"`{one.id}` advises {act.what}, whose contraindication is not ruled out for this patient"
                    yield Finding(f"{place}.actions[{at}]", what)


def _urgency(answer: Answer, plan: Plan) -> Iterator[Finding]:
    told, due = answer.urgency, plan.urgency
    if told.at_least != due.at_least:
        yield Finding("urgency.at_least", f"says “{told.at_least}”; for these facts it is “{due.at_least}”")
    if told.could_be != list(due.could_be):
        yield Finding("urgency.could_be", f"for these facts it could be {' or '.join(due.could_be)}")
    if told.level != (due.level or "undetermined"):
        yield Finding("urgency.level", f"says “{told.level}”; for these facts it is “{due.level or 'undetermined'}”")


def _holding(plan: Plan) -> list[Advised]:
    """All that applies or waits for a fact, without the urgency lines calmer than the one reached."""
    level = {line.advice.id: LEVELS.index(line.level) for line in plan.pack.urgency}
    reached = LEVELS.index(plan.urgency.at_least)
    holding = [one for one in plan.advised if one.status != "does not apply"]
    return [one for one in holding if level.get(one.advice.id, 0) <= reached]


def _required(one: Advised, plan: Plan) -> str:
    """Why an answer must say this whatever was asked; empty for what the question may leave folded."""
    if one.advice.id in {line.advice.id for line in plan.pack.urgency}:
        return "the urgency rests on it"
    if one.advice.section == "red-flags" and not one.advice.detail:
        return "red flags are always told"
    if one.status == "applies" and one.advice.when != ALWAYS:
        return "this patient's own facts call for it"
    return ""

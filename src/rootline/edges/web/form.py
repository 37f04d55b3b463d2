"""A posted form to a conversation and the step it adds. Only reads; what follows is answered elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from rootline.answers import phrases
from rootline.answers.audience import VOICE
from rootline.answers.case import Case, given_onset, read_named
from rootline.answers.contradicted import finding_on
from rootline.answers.conversation import (
    Asked,
    Conversation,
    Corrected,
    Step,
    from_data,
    read_audience,
    reply,
    to_data,
)
from rootline.answers.model import Audience
from rootline.edges.web.opened import Shown, Trouble
from rootline.edges.web.site import site_of
from rootline.errors import InputError, NotFoundError, nearest
from rootline.logic.values import read_value, say_value
from rootline.packs.describe import say_fact
from rootline.packs.model import Pack

LONGEST = 262_144  # bytes of a posted form
_VALUE = "value."
COOKIE = "audience"


@dataclass(frozen=True)
class Posted:
    """A form: its fields, the conversation so far and, where the form adds to it, the conversation after."""

    fields: dict[str, str]
    before: Conversation | None
    after: Conversation
    troubles: tuple[Trouble, ...] = ()

    @property
    def as_seen(self) -> Conversation:
        """The case as the page shows it, without what was typed there and not sent."""
        return self.before or self.after

    @property
    def shown(self) -> Shown:
        """What the next page shows: the case after this step, and what the step was added to."""
        typed = "" if "ask" in self.fields else self.fields.get("follow", "")
        return Shown(self.after, self.before, self.fields.get("kept", ""), typed, self.troubles)


def carried(conversation: Conversation) -> str:
    """The conversation as a form's hidden field carries it."""
    return json.dumps(to_data(conversation), ensure_ascii=False)


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of a form, each once. Raises `InputError` for anything that is no form, 413 for too much of it."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            raise HTTPException(413)
    try:
        found = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=1000, errors="strict")
    except ValueError:  # UnicodeDecodeError among them
        raise InputError("the form cannot be read", mend="Go back and try again.") from None
    return {name: values[-1] for name, values in found.items()}


async def read_form(request: Request) -> Posted:
    """The conversation that the form continues or begins. Raises `InputError`."""
    fields = await read_fields(request)
    pack = site_of(request).pack
    if "case" not in fields:
        begun = Conversation(fields.get("example") or fields.get("question", ""), audience_in(fields, request))
        return Posted(fields, None, begun)
    try:
        case = from_data(json.loads(fields["case"]))
    except (ValueError, RecursionError):
        raise InputError("the case cannot be read", mend="Ask the question again.") from None
    troubles: list[Trouble] = []
    after = _after(case, fields, pack, troubles)
    return Posted(fields, case, after, tuple(troubles))


def _after(case: Conversation, fields: dict[str, str], pack: Pack, troubles: list[Trouble]) -> Conversation:
    """The conversation with all that the form changes: corrections first, then a follow-up question.

    A follow-up question counts when its own button was pressed, and not by another button of the page. What cannot be
    taken, typed or pressed, goes to `troubles`: nothing else of the form is lost by it.
    """
    then = case
    if "audience" in fields:
        then = replace(then, audience=read_audience(fields["audience"]))
    if "onset" in fields:
        then = _began(then, fields["onset"].strip(), pack, troubles)
    steps: list[Step] = list(_typed(case, fields, pack, troubles))
    if fields.get("set"):
        fact, _, value = fields["set"].partition("=")
        steps.append(Corrected(fact, value))
    steps += [Corrected(fact, "no") for fact in filter(None, fields.get("none", "").split("; "))]
    for told in filter(None, fields.get("suppose", "").split("; ")):
        fact, _, value = told.partition("=")
        steps.append(Corrected(fact, value, is_supposed=True))
    if "ask" in fields and fields.get("follow", "").strip():
        steps.append(Asked(fields["follow"]))
    if fields.get("about"):  # a section's own button
        steps.append(Asked(fields["about"]))
    for step in steps:
        then = _with(then, step, pack, troubles)
    return then


def _with(case: Conversation, step: Step, pack: Pack, troubles: list[Trouble]) -> Conversation:
    """The case with this step; as it was, with the reason, where a finding of it says otherwise."""
    after = case.then(step)
    if isinstance(step, Asked):
        return after
    told, voice = read_named(step.fact, step.value, pack, "form"), VOICE[case.audience]
    known = reply(after, pack).worked.case
    if known[step.fact].value == told.value if step.fact in known else told.value is None:
        return after
    held = say_fact(step.fact, told.value, pack, voice) if told.value is not None else phrases.UNKNOWN.to(voice)
    why = phrases.NOT_TAKEN.to(voice).format(finding_on(step.fact, known, pack, voice))
    troubles.append((step.fact, held, why))
    return case


def _began(case: Conversation, text: str, pack: Pack, troubles: list[Trouble]) -> Conversation:
    """The case with the day typed as the onset; as it was where that cannot be one.

    A day that is news overrules what was pressed before on how long it has lasted.
    """
    try:
        onset = from_data({**to_data(case), "onset": text, "steps": []}).onset
        if onset is None:
            return replace(case, onset=None)
        worked = reply(case, pack).worked
        if onset == worked.plan.onset:
            return case
        age = worked.case.get("age")
        given_onset(onset, date.today(), pack, *([age.value] if age and isinstance(age.value, float) else []))
        kept = tuple(one for one in case.steps if not (isinstance(one, Corrected) and one.fact == pack.onset_fact))
        began = replace(case, onset=onset, steps=kept)
        if reply(began, pack).worked.plan.onset is None:
            raise InputError("a follow-up question tells of another time", mend="Ask again without it.")
    except InputError as error:
        troubles.append(("onset", text, said(error)))
        return case
    return began


def said(error: InputError) -> str:
    """An error as a sentence beside the field."""
    return f"{error.what[:1].upper()}{error.what[1:]}. {error.mend}"


def _typed(case: Conversation, fields: dict[str, str], pack: Pack, troubles: list[Trouble]) -> list[Corrected]:
    """Values typed into the case that differ from what is known."""
    typed = {name.removeprefix(_VALUE): text.strip() for name, text in fields.items() if name.startswith(_VALUE)}
    if not any(typed.values()):
        return []
    known = reply(case, pack).worked.case
    found = []
    for fact, text in typed.items():
        try:
            if text and _differs(fact, text, known, pack):
                found.append(Corrected(fact, text))
        except InputError as error:
            troubles.append((fact, text, said(error)))
    return found


def _differs(fact: str, text: str, known: Case, pack: Pack) -> bool:
    """Whether a typed value is news: neither the value known nor the words it is shown in."""
    if fact in known and text == say_value(known[fact].value, pack.facts[fact].type):
        return False
    if fact not in pack.facts:
        raise NotFoundError(f"no fact is called `{fact[:80]}`", mend=nearest(fact[:80], pack.facts))
    return read_value(text, pack.facts[fact].type) != (known[fact].value if fact in known else None)


def audience_in(fields: dict[str, str], request: Request) -> Audience:
    """Who reads: as chosen in the form, else as remembered, else a clinician."""
    chosen = fields.get("audience") or request.cookies.get(COOKIE) or "clinician"
    try:
        return read_audience(chosen)
    except InputError:
        return "clinician"

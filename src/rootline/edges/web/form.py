"""A posted form to a conversation and the step it adds. Only reads; what follows is answered elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from rootline.answers.case import Case, read_given
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
from rootline.edges.web.opened import Shown
from rootline.edges.web.site import site_of
from rootline.errors import InputError
from rootline.logic.values import say_value
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

    @property
    def as_seen(self) -> Conversation:
        """The case as the page shows it, without what was typed there and not sent."""
        return self.before or self.after

    @property
    def shown(self) -> Shown:
        """What the next page shows: the case after this step, and what the step was added to."""
        typed = "" if "ask" in self.fields else self.fields.get("follow", "")
        return Shown(self.after, self.before, self.fields.get("kept", ""), typed)


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
        begun = Conversation(fields.get("question", ""), audience_in(fields, request))
        return Posted(fields, None, begun)
    try:
        case = from_data(json.loads(fields["case"]))
    except (ValueError, RecursionError):
        raise InputError("the case cannot be read", mend="Ask the question again.") from None
    return Posted(fields, case, _after(case, fields, pack))


def _after(case: Conversation, fields: dict[str, str], pack: Pack) -> Conversation:
    """The conversation with all that the form changes: corrections first, then a follow-up question.

    A follow-up question counts when its own button was pressed, and not by another button of the page.
    """
    then = case
    if "audience" in fields:
        then = replace(then, audience=read_audience(fields["audience"]))
    if "onset" in fields:
        onset = from_data({**to_data(then), "onset": fields["onset"].strip(), "steps": []}).onset
        then = replace(then, onset=onset)
    steps: list[Step] = list(_typed(case, fields, pack))
    if fields.get("set"):
        fact, _, value = fields["set"].partition("=")
        steps.append(Corrected(fact, value))
    for told in filter(None, fields.get("suppose", "").split("; ")):
        fact, _, value = told.partition("=")
        steps.append(Corrected(fact, value, is_supposed=True))
    if "ask" in fields and fields.get("follow", "").strip():
        steps.append(Asked(fields["follow"]))
    return then.then(*steps)


def _typed(case: Conversation, fields: dict[str, str], pack: Pack) -> list[Corrected]:
    """Values typed into the case that differ from what is known."""
    typed = {name.removeprefix(_VALUE): text.strip() for name, text in fields.items() if name.startswith(_VALUE)}
    if not any(typed.values()):
        return []
    known = reply(case, pack).worked.case
    return [Corrected(fact, text) for fact, text in typed.items() if text and _differs(fact, text, known, pack)]


def _differs(fact: str, text: str, known: Case, pack: Pack) -> bool:
    """Whether a typed value is news: neither the value known nor the words it is shown in."""
    if fact in known and text == say_value(known[fact].value, pack.facts[fact].type):
        return False
    return read_given(f"{fact}={text}", pack, "form").value != (known[fact].value if fact in known else None)


def audience_in(fields: dict[str, str], request: Request) -> Audience:
    """Who reads: as chosen in the form, else as remembered, else a clinician."""
    chosen = fields.get("audience") or request.cookies.get(COOKIE) or "clinician"
    try:
        return read_audience(chosen)
    except InputError:
        return "clinician"

"""What a topic asks of a review, shown to everybody at the desk and set by a chair. Decides nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.desk.actor import Actor
from rootline.desk.people.accounts import list_people
from rootline.desk.people.permissions import may
from rootline.desk.policy import MOST_MONTHS, MOST_REVIEWERS, Asked, policy_of, set_policy
from rootline.edges.desk.current_actor import needs, people_of
from rootline.edges.desk.opened_desk import desk_of
from rootline.edges.desk.session_cookie import own_form
from rootline.edges.desk.show import room
from rootline.edges.web.site import site_of
from rootline.errors import InputError

router = APIRouter(include_in_schema=False, prefix="/desk/requirements")


@router.get("")
def requirements(request: Request, actor: Annotated[Actor, Depends(needs("see the desk"))]) -> Response:
    """What this topic asks for now."""
    with desk_of(request).reading() as session:
        asked = policy_of(session, site_of(request).pack.id)
    return room(
        request, "requirements.html", actor, asked=asked, sets=may(actor, "set requirements"),
        nobody=_nobody_has(request, asked.specialty), most_reviewers=MOST_REVIEWERS, most_months=MOST_MONTHS,
    )  # fmt: skip


@router.post("")
def change(
    request: Request,
    actor: Annotated[Actor, Depends(needs("set requirements"))],
    fields: Annotated[dict[str, str], Depends(own_form)],
) -> Response:
    """Ask for something else, from the next signature on."""
    asked = Asked(_number(fields, "reviewers"), fields.get("specialty", ""), _number(fields, "months"))
    set_policy(desk_of(request), actor, site_of(request).pack.id, asked)
    return RedirectResponse("/desk/requirements", 303)


def _nobody_has(request: Request, specialty: str) -> bool:
    """Whether a specialty is asked for that no reviewer here has, so that nothing could be approved."""
    able = [one for one in list_people(people_of(request)) if not one.is_disabled and may(one.actor, "approve")]
    return bool(specialty) and all(one.specialty.casefold() != specialty.casefold() for one in able)


def _number(fields: dict[str, str], name: str) -> int:
    text = fields.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        raise InputError(f"the number of {name} cannot be read", mend="Give a whole number.")
    return int(text)

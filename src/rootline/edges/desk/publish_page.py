"""Where an editor publishes an answer to a case: its facts, under a title in the editor's words, without the patient's.

Decides nothing; what could hold a patient's words is refused where the case becomes a subject.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.answers.conversation import reply
from rootline.answers.model import Answer
from rootline.desk.actor import Actor
from rootline.desk.acts import draft, submit
from rootline.desk.present import from_case
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.desk.session_cookie import own_form
from rootline.edges.desk.show import room
from rootline.edges.web.site import site_of
from rootline.errors import RefusedError

router = APIRouter(include_in_schema=False, prefix="/case/{address}/publish")
Author = Annotated[Actor, Depends(needs("submit"))]


@router.get("")
def offer(request: Request, address: str, actor: Author) -> Response:
    """The facts that would be published, and the form."""
    return _page(request, actor, address, _answer(request, address))


@router.post("")
def publish(
    request: Request, address: str, actor: Author, fields: Annotated[dict[str, str], Depends(own_form)]
) -> Response:
    """Draft and submit it, or say why it is refused."""
    desk, present, answer = desk_of(request), present_of(request), _answer(request, address)
    title, confirmed = fields.get("title", "")[:500], fields.get("confirmed") == "yes"
    try:
        content = present.content(from_case(answer, title, present, holds_no_patient_data=confirmed))
    except RefusedError as error:
        return _page(request, actor, address, answer, error, title)
    assert content is not None  # `from_case` refuses what this pack does not make
    edition = draft(desk, actor, content, present.pack)
    if edition.state == "draft":
        edition = submit(desk, actor, edition.id, edition.version)
    return RedirectResponse(f"/desk/editions/{edition.id}", 303)


def _answer(request: Request, address: str) -> Answer:
    site = site_of(request)
    return reply(site.opened.get(address).after, site.pack).worked.answer


def _page(
    request: Request, actor: Actor, address: str, answer: Answer, error: RefusedError | None = None, title: str = ""
) -> Response:
    facts = [one for one in answer.facts if not one.note]
    return room(
        request, "publish.html", actor, 403 if error else 200, address=address, answer=answer, facts=facts, error=error,
        title=title,
    )  # fmt: skip

"""Joins people to the site: their pages, who may read, and how a refusal looks. Holds no page itself."""

from __future__ import annotations

from typing import cast

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from rootline.desk.opening import open_desk
from rootline.desk.people.single_sign_on import check_settings
from rootline.desk.people.store import People
from rootline.edges.desk import (
    account_page,
    edition_acts,
    edition_book,
    edition_page,
    feedback_page,
    people_pages,
    publish_page,
    queue_page,
    record_page,
    requirements_page,
    reviewed_page,
    sign_in,
    submit_page,
    together_page,
    withdraw_page,
)  # fmt: skip
from rootline.edges.desk.readers import Readers
from rootline.edges.desk.turned_away import turned_away
from rootline.edges.desk.undone import undone
from rootline.edges.desk_api.join import join_desk
from rootline.edges.rest.app import Beside
from rootline.errors import AccessError, OvertakenError, RefusedError
from rootline.settings import desk_url, readers_need_account

ROOMS = (
    sign_in, account_page, people_pages, queue_page, edition_page, edition_book, edition_acts, submit_page,
    publish_page, together_page, requirements_page, record_page, feedback_page, withdraw_page,
    reviewed_page,
)  # fmt: skip


def with_people(app: FastAPI) -> FastAPI:
    """The site with the people of the desk that the settings name. Raises `DeskError` where there is none."""
    join_people(app, People(open_desk(desk_url()).engine))
    return app


def join_people(app: FastAPI, people: People) -> None:
    """Give a finished site people. Who may not read is turned away inside its guard, which sets the headers.

    Raises `InputError` for settings of single sign-on that are not whole, known and safe.
    """
    check_settings()
    app.state.people = people
    app.state.feedback_buckets = app.state.api.state.feedback_buckets = feedback_page.new_buckets()
    for room in ROOMS:
        app.include_router(room.router)
    join_desk(app.state.api, people)
    app.add_exception_handler(AccessError, _refused)
    app.add_exception_handler(OvertakenError, undone)
    app.add_exception_handler(RefusedError, undone)
    if readers_need_account():
        layers = app.user_middleware  # last is innermost; the API, which is handed its part there, is closed as well
        layers.insert([cast(object, one.cls) for one in layers].index(Beside), Middleware(Readers))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, AccessError)
    return turned_away(request, error)

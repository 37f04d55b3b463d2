"""Requests sent, again where that helps, and errors raised as ours. Knows no resource; logs nothing that is sent."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx

from rootline.errors import (
    ConflictError,
    InputError,
    NotFoundError,
    RefusedError,
    RootlineError,
    ServiceError,
    SignInError,
    TooManyError,
)  # fmt: skip

VERSION = "/api/v1/"
_WORTH_WAITING = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_LONGEST_WAIT = 60.0  # seconds; a server that says more is given up
_PAUSE = 0.5  # seconds before the second try where the server says nothing; doubled each time


def check_address(address: str, unencrypted: bool) -> None:
    """Raises `InputError` for what is no address of a server, or not safe to send a patient's words to."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise InputError("this is no address of a server", mend="Write it like http://127.0.0.1:8642.")
    if url.scheme == "http" and url.host not in _THIS_MACHINE and not unencrypted:
        mend = "Use https, or allow it with `unencrypted=True` where the way there is safe."
        raise InputError(f"the way to {url.host} is not encrypted", mend=mend)


class Sender:
    """One server, its connections, and how often a request is tried."""

    def __init__(self, address: str, seconds: float, tries: int, token: str = "") -> None:
        self._tries = tries
        headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        self._http = httpx.Client(base_url=address, timeout=seconds, headers=headers)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def write(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Send what changes something: under one key for all tries, so that it is done once."""
        return self.send(method, path, body, key=secrets.token_urlsafe(16))

    def send(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None, key: str = ""
    ) -> httpx.Response:
        """The response. Raises a `RootlineError` for any that is an error."""
        chosen = {name: value for name, value in (query or {}).items() if value}
        return self._send(method, VERSION + path, body, httpx.QueryParams(chosen), key)

    def stretches(self, method: str, path: str, body: Any, query: Mapping[str, str]) -> Iterator[Any]:
        """Every item of a list, stretch by stretch."""
        response = self.send(method, path, body, query)
        while True:
            yield from response.json()["items"]
            following = response.links.get("next")
            if following is None:
                return
            further = httpx.URL(following["url"]).raw_path.decode()  # of this server, whatever other it names
            response = self._send(method, further, body, None, "")

    def _send(self, method: str, address: str, body: Any, query: httpx.QueryParams | None, key: str) -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        for attempt in range(1, self._tries + 1):
            is_last = attempt == self._tries
            pause = _PAUSE * 2 ** (attempt - 1)
            try:
                response = self._http.request(method, address, json=body, params=query, headers=headers)
            except httpx.TransportError as error:
                if is_last:
                    what = f"the server at {self._http.base_url} cannot be reached: {type(error).__name__}"
                    raise ServiceError(what, mend="`rootline serve` starts one.") from None
                time.sleep(pause)
                continue
            if response.is_success:
                return response
            wait = _wait(response, pause)
            if is_last or response.status_code not in _WORTH_WAITING or wait > _LONGEST_WAIT:
                raise _error(response)
            time.sleep(wait)
        raise ValueError("a request is tried at least once")


def _wait(response: httpx.Response, unless_told: float) -> float:
    """How long the server asks to wait: seconds, or a moment."""
    told = response.headers.get("Retry-After", "")
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        wait = parsedate_to_datetime(told).astimezone(UTC) - datetime.now(UTC)
    except (ValueError, OverflowError):  # the second: a day before the calendar's first
        return unless_told
    return max(wait.total_seconds(), 0.0)


def _error(response: httpx.Response) -> RootlineError:
    """The problem that the server told, as our own error."""
    status = response.status_code
    try:
        problem = response.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        problem = {}
    told = problem if isinstance(problem, dict) else {}
    what, mend = str(told.get("detail") or f"the server answered {status}"), str(told.get("mend", ""))
    kinds: dict[int, type[RootlineError]] = {
        400: InputError,
        401: SignInError,
        403: RefusedError,
        404: NotFoundError,
        409: ConflictError,
        413: InputError,
        422: InputError,
    }
    if kind := kinds.get(status):
        return kind(what, where=str(told.get("place", "")), mend=mend)
    return (TooManyError if status == HTTPStatus.TOO_MANY_REQUESTS else ServiceError)(what, status=status, mend=mend)

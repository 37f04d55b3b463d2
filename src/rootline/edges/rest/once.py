"""Writes that are done once, however often they are sent: `Idempotency-Key`.

Keeps a hash of the request, the case's id and how many steps it had; never a word of the patient. The reply is told
again from the kept case. A key is forgotten after a day.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated, TextIO

from fastapi import Header

from rootline.answers.conversation import Conversation
from rootline.edges.rest.problem import PlaceError
from rootline.edges.web.kept import Kept
from rootline.settings import state_folder

_DAY = 24 * 3600
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern="^[!-~]{0,255}$",
        description="Sent again with the same body, a write is not done again. Kept for a day, as a hash.",
    ),
]


@dataclass(frozen=True)
class _Done:
    """What one key stands for. `before` and `after` count the steps of the case."""

    request: str
    case: str
    before: int
    after: int


def keep_once(
    key: str, request: str, kept: Kept, case_id: str, make: Callable[[], Conversation]
) -> tuple[str, Conversation]:
    """Keep what `make` gives, under this id or a new one; or find what an earlier request with this key kept.

    Raises `PlaceError` for a key that was used for another request.
    """
    if not key:
        return _keep(make(), kept, case_id)
    request = digest(key, request)  # a hash that nobody can guess at without the key, which is not kept
    with _record(key) as file:
        done = _read(file, request)
        if done and (then := _as_of(done, kept, make)):
            return done.case, then
        then = make()
        if case_id:  # noted first: a crash after this is found out by the steps that are there
            before = len(kept.get(case_id).steps)
            _write(file, _Done(request, case_id, before, len(then.steps)))
        id_, then = _keep(then, kept, case_id)
        if not case_id:
            _write(file, _Done(request, id_, 0, len(then.steps)))
        return id_, then


def forget_once(key: str, kept: Kept, case_id: str) -> None:
    """Delete a case; with a key, deleting it again is no error. Raises `NotFoundError` when there is none."""
    if not key:
        kept.forget(case_id)
        return
    request = digest(key, "DELETE", case_id)
    with _record(key) as file:
        if _read(file, request) is None:
            kept.forget(case_id)
            _write(file, _Done(request, case_id, 0, 0))


def digest(*parts: str) -> str:
    """A request as a hash."""
    return sha256("\0".join(parts).encode()).hexdigest()


def _keep(conversation: Conversation, kept: Kept, case_id: str) -> tuple[str, Conversation]:
    return kept.keep(conversation, case_id), conversation


def _as_of(done: _Done, kept: Kept, make: Callable[[], Conversation]) -> Conversation | None:
    """The case as the earlier request left it; None where that one did not come to keeping it."""
    now = kept.get(done.case)
    steps = now.steps[: done.after]
    if len(steps) < done.after:
        return None
    wanted = make()
    added = wanted.steps[len(wanted.steps) - (done.after - done.before) :]
    return replace(wanted, question=now.question, steps=steps) if steps[done.before :] == added else None


@contextmanager
def _record(key: str) -> Iterator[TextIO]:
    """The file of one key, held by this request alone; the system lets go of it when a process dies."""
    folder = state_folder() / "requests"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _forget_old(folder)
    path = folder / digest(key)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _forget_old(folder: Path) -> None:
    long_ago = time.time() - _DAY
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # another process forgets it too
            if path.stat().st_mtime < long_ago:
                path.unlink()


def _read(file: TextIO, request: str) -> _Done | None:
    text = file.read()
    if not text:
        return None
    done = _Done(**json.loads(text))
    if done.request != request:
        raise PlaceError(
            "this key was used for another request", where="header.Idempotency-Key", mend="Make a new key."
        )
    return done


def _write(file: TextIO, done: _Done) -> None:
    file.seek(0)
    file.truncate()
    json.dump(asdict(done), file)
    file.flush()
    os.fsync(file.fileno())

"""Writes that are done once, however often they are sent: `Idempotency-Key`.

What a key stands for is sealed with the key itself, which is not kept: only who has it can open the reply again.
It is forgotten after a day, and worth nothing once the case is deleted.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Any, BinaryIO

from cryptography.fernet import Fernet
from fastapi import Header
from pydantic import BaseModel

from rootline.answers.conversation import Conversation, from_data, to_data
from rootline.edges.rest.problem import PlaceError
from rootline.edges.web.kept import Kept
from rootline.settings import state_folder

_DAY = 24 * 3600
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern="^[!-~]{1,255}$",
        description="Sent again with the same content, a write is not done again, and gets the same reply. For a day.",
    ),
]


@dataclass(frozen=True)
class _Done:
    """What one key stands for: the request, the case as it was left, and the reply."""

    request: str
    case: str
    then: dict[str, Any]
    reply: str
    is_done: bool = True


def keep_once(
    key: str | None,
    request: str,
    kept: Kept,
    case_id: str,
    make: Callable[[], Conversation],
    tell: Callable[[Conversation], str],
) -> tuple[str, str]:
    """Keep what `make` gives, under this id or a new one, and tell it; or find what a request with this key was told.

    What cannot be told is not kept. Raises `PlaceError` for a key that was used for another request, and
    `NotFoundError` for a case that was deleted since.
    """
    if not key:
        then = make()
        reply = tell(then)
        return kept.keep(then, case_id), reply
    with _record(key) as record:
        done = record.read(request)
        if done and _is_kept(done, kept):
            return done.case, done.reply
        then = make()
        told = _Done(request, case_id, to_data(then), tell(then), is_done=False)
        if case_id:  # noted first: whether a crash came before the case was written or after is seen by the case
            record.write(told)
        id_ = kept.keep(then, case_id)
        record.write(replace(told, case=id_, is_done=True))
        return id_, told.reply


def forget_once(key: str | None, kept: Kept, case_id: str) -> None:
    """Delete a case; with a key, deleting it again is no error. Raises `NotFoundError` when there is none."""
    if not key:
        kept.forget(case_id)
        return
    request = f"forget {case_id}"
    with _record(key) as record:
        if record.read(request) is None:
            kept.forget(case_id)
            record.write(_Done(request, case_id, {}, ""))


def identity(asked: BaseModel) -> str:
    """What was asked, whatever the order in which it was sent."""
    return json.dumps(asked.model_dump(mode="json", exclude_unset=True), sort_keys=True)


def digest(text: str) -> str:
    """A text as a hash."""
    return hashlib.sha256(text.encode()).hexdigest()


def _is_kept(done: _Done, kept: Kept) -> bool:
    """Whether the request came to keeping its case: noted, or seen by the steps that are there since."""
    now, then = kept.get(done.case), from_data(done.then)
    return done.is_done or (now.revision > then.revision and now.steps[: len(then.steps)] == then.steps)


class _Record:
    """The file of one key, held by one request alone: a line for each note, of which the last whole one counts."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        self._file, self._end = file, 0
        sealing = hmac.digest(key.encode(), b"what a key stands for", hashlib.sha256)
        self._seal = Fernet(base64.urlsafe_b64encode(sealing))

    def read(self, request: str) -> _Done | None:
        """What the key stands for, if anything. Raises `PlaceError` when that is another request."""
        text = self._file.read()
        self._end = text.rfind(b"\n") + 1  # what follows was cut off when a process died
        lines = text[: self._end].splitlines()
        if not lines:
            return None
        done = _Done(**json.loads(self._seal.decrypt(lines[-1])))
        if done.request != request:
            raise PlaceError(
                "this key was used for another request", where="header.Idempotency-Key", mend="Make a new key."
            )
        return done

    def write(self, done: _Done) -> None:
        """Note it, on disk before this ends."""
        self._file.seek(self._end)
        self._file.truncate()
        self._file.write(self._seal.encrypt(json.dumps(asdict(done)).encode()) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._end = self._file.tell()


@contextmanager
def _record(key: str) -> Iterator[_Record]:
    """What is noted of a key; the system lets go of its file when a process dies."""
    folder = state_folder() / "requests"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _forget_old(folder)
    path = folder / digest(key)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield _Record(file, key)


def _forget_old(folder: Path) -> None:
    long_ago = time.time() - _DAY
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # another process forgets it too
            if path.stat().st_mtime < long_ago:
                path.unlink()

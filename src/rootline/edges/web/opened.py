"""What open pages show, held so that Reload and Back find it: sealed, at an address that tells nothing, for a shift.

Never readable without the key, which lies in the running server's memory alone; never longer than twelve hours.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from rootline.answers.conversation import Conversation, from_data, to_data
from rootline.errors import NotFoundError

LASTS = 12 * 3600  # seconds
_ROOM = 64 * 2**20  # bytes for all open pages; beyond it the oldest go
_SWEPT_EVERY = 60  # seconds
_ADDRESS = re.compile(r"[0-9a-f]{32}")
Trouble = tuple[str, str, str]  # a field, what it held, and why that could not be taken


@dataclass(frozen=True)
class Shown:
    """What one page of a case shows; `before` is the case that the last step was added to."""

    after: Conversation
    before: Conversation | None = None
    kept: str = ""
    typed: str = ""  # a follow-up question that was typed and not asked yet
    troubles: tuple[Trouble, ...] = ()


class Opened:
    """The folder of open pages, shared by all workers of one server."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._seal = Fernet(base64.urlsafe_b64encode(hmac.digest(key, b"open pages", hashlib.sha256)))
        self._swept = 0.0

    def hold(self, shown: Shown) -> str:
        """The address of what is shown: random, so that no two readers can tell that they were told the same."""
        told = json.dumps(_to_data(shown), ensure_ascii=False).encode()
        address = secrets.token_hex(16)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._sweep()
        draft = self.folder / f".{address}.{secrets.token_hex(4)}"
        draft.write_bytes(self._seal.encrypt(told))
        draft.replace(self.folder / address)
        return address

    def get(self, address: str) -> Shown:
        """What is shown there. Raises `NotFoundError`, also when it has been held too long."""
        if not _ADDRESS.fullmatch(address):
            raise _gone()
        try:
            told = self._seal.decrypt((self.folder / address).read_bytes(), ttl=LASTS)
        except (FileNotFoundError, InvalidToken):
            raise _gone() from None
        return _from_data(json.loads(told))

    def _sweep(self) -> None:
        """Once a minute: what is too old goes, and the oldest of what is too much."""
        now = time.time()
        if now - self._swept < _SWEPT_EVERY:
            return
        self._swept = now
        room = _ROOM
        for path, state in sorted(_files(self.folder), key=lambda one: -one[1].st_mtime):
            room -= state.st_size
            if room < 0 or now - state.st_mtime > LASTS:
                path.unlink(missing_ok=True)


def _files(folder: Path) -> list[tuple[Path, os.stat_result]]:
    """Each file with its size and time; another worker may have swept one meanwhile."""
    found = []
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            found.append((path, path.stat()))
    return found


def _to_data(shown: Shown) -> dict[str, object]:
    before = to_data(shown.before) if shown.before else None
    told = {"after": to_data(shown.after), "before": before, "kept": shown.kept, "typed": shown.typed}
    return told | {"troubles": shown.troubles}


def _from_data(data: dict[str, Any]) -> Shown:
    before = from_data(data["before"]) if data["before"] else None
    troubles = tuple((name, held, why) for name, held, why in data["troubles"])
    return Shown(from_data(data["after"]), before, data["kept"], data["typed"], troubles)


def _gone() -> NotFoundError:
    return NotFoundError(
        "this answer is no longer held",
        mend="Open answers are forgotten after twelve hours and when Rootline stops. Ask the question again.",
    )

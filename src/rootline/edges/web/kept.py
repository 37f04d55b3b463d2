"""Cases that the user asked to keep, each in one file under a random id on this machine. Nothing is kept unasked."""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rootline.answers.conversation import Conversation, from_data, to_data
from rootline.errors import ConflictError, NotFoundError

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Kept:
    """The folder of kept cases; readable by its owner alone."""

    folder: Path

    def keep(self, conversation: Conversation, id_: str = "") -> str:
        """Write the case whole or not at all; its id, new where none is given.

        Raises `ConflictError` when what lies there is not the revision that this case goes on from.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._alone():
            if id_ and self.get(id_).revision != conversation.revision:
                raise ConflictError(
                    "the kept case was changed meanwhile, in another window or by a program",
                    mend="Open the kept case and repeat the step there, or keep this one as a case of its own.",
                )
            revision = conversation.revision + 1 if id_ else 1
            id_ = id_ or secrets.token_hex(16)
            self._write(replace(conversation, revision=revision), id_)
        return id_

    def get(self, id_: str) -> Conversation:
        """The case. Raises `NotFoundError`."""
        return from_data(json.loads(self._path(self._known(id_)).read_text(encoding="utf-8")))

    def forget(self, id_: str) -> None:
        """Delete the case. Raises `NotFoundError` when there is none."""
        self._path(self._known(id_)).unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else writes here meanwhile, in any process; drafts found now were left by one that was killed."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            for left in self.folder.glob(".*"):
                left.unlink(missing_ok=True)
            yield
        finally:
            os.close(folder)

    def _write(self, conversation: Conversation, id_: str) -> None:
        draft = self.folder / f".{id_}.draft"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(to_data(conversation), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path(id_))

    def _path(self, id_: str) -> Path:
        return self.folder / f"{id_}.json"

    def _known(self, id_: str) -> str:
        if not _ID.fullmatch(id_) or not self._path(id_).is_file():
            raise NotFoundError("no case is kept under this id", mend="It may have been deleted. Ask again.")
        return id_

"""Cases that the user asked to keep, each in one file under a random id on this machine. Nothing is kept unasked."""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from rootline.answers.conversation import Conversation, from_data, to_data
from rootline.errors import NotFoundError

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Kept:
    """The folder of kept cases; readable by its owner alone."""

    folder: Path

    def keep(self, conversation: Conversation, id_: str = "") -> str:
        """Write the case whole or not at all; its id, new where none is given."""
        id_ = self._known(id_) if id_ else secrets.token_hex(16)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.folder / f".{id_}.{secrets.token_hex(4)}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(to_data(conversation), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path(id_))
        return id_

    def get(self, id_: str) -> Conversation:
        """The case. Raises `NotFoundError`."""
        return from_data(json.loads(self._path(self._known(id_)).read_text(encoding="utf-8")))

    def forget(self, id_: str) -> None:
        """Delete the case. Raises `NotFoundError` when there is none."""
        self._path(self._known(id_)).unlink()

    def _path(self, id_: str) -> Path:
        return self.folder / f"{id_}.json"

    def _known(self, id_: str) -> str:
        if not _ID.fullmatch(id_) or not self._path(id_).is_file():
            raise NotFoundError("no case is kept under this id", mend="It may have been deleted. Ask again.")
        return id_

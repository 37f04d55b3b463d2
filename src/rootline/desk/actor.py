"""Who acts at the desk: a name, a role and a specialty, as whoever let the person in says.

Knows no password and asks for none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Role = Literal["reader", "author", "reviewer", "chair", "administrator"]
ROLES: tuple[Role, ...] = ("reader", "author", "reviewer", "chair", "administrator")


@dataclass(frozen=True)
class Actor:
    """A person at the desk. Two people are the same when their names read the same."""

    name: str
    role: Role
    specialty: str = ""

    def is_called(self, name: str) -> bool:
        """Whether this is the person of that name."""
        return fold(self.name) == fold(name)


OPERATOR = Actor("the operator of this machine", "administrator")  # who types commands here; nobody has logged in
SOMEBODY = Actor("", "reader")  # somebody without an account, or whom nothing proves


def fold(text: str) -> str:
    """One writing for names that read the same: capitals, spaces and forms of letters do not count."""
    shown = text.replace("\x00", "\ufffd")  # PostgreSQL takes none
    return " ".join(unicodedata.normalize("NFKC", shown).casefold().split())

"""Who acts at the desk: a name, a role and a specialty, as whoever let the person in says.

Knows no password and asks for none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["reader", "author", "reviewer", "chair", "administrator"]
ROLES: tuple[Role, ...] = ("reader", "author", "reviewer", "chair", "administrator")


@dataclass(frozen=True)
class Actor:
    """A person at the desk. Two people are the same when their names are, whatever the case of the letters."""

    name: str
    role: Role
    specialty: str = ""

    def is_called(self, name: str) -> bool:
        """Whether this is the person of that name."""
        return " ".join(self.name.split()).casefold() == " ".join(name.split()).casefold()


OPERATOR = Actor("the operator of this machine", "administrator")  # who types commands here; nobody has logged in
SOMEBODY = Actor("", "reader")  # somebody without an account, or whom nothing proves

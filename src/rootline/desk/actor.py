"""Who acts at the desk, as pages and the audit trail name them. Says nothing of how they proved it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "author", "reviewer", "chair", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Actor:
    """A named person in their role; the name is unique at a desk and never changes."""

    name: str
    role: Role
    specialty: str = ""

"""Who may do what: one table, read by everything that asks. Knows no account and no content.

What depends on the content (nobody approves their own change) is the review's matter, on top of this.
"""

from __future__ import annotations

from typing import Literal

from rootline.desk.actor import ROLES, Actor, Role
from rootline.desk.states import TRANSITIONS, Act
from rootline.desk.withdraw import ROLES as WITHDRAWERS
from rootline.errors import AccessError, SignInError
from rootline.settings import readers_need_account

Action = (
    Act
    | Literal[
        "read", "give feedback", "see the desk", "comment", "approve together", "settle feedback",
        "set requirements", "read the audit trail", "keep people", "withdraw",
    ]
)  # fmt: skip
ANYONE: Literal["anyone"] = "anyone"  # without an account
_WRITERS: tuple[Role, ...] = ("author", "reviewer", "chair")
_REVIEWERS: tuple[Role, ...] = ("reviewer", "chair")

MATRIX: dict[Action, tuple[Role | Literal["anyone"], ...]] = {
    "read": (ANYONE, *ROLES),
    "give feedback": (ANYONE, *ROLES),
    "see the desk": (*_WRITERS, "administrator"),
    "comment": _WRITERS,
    **{one.act: one.roles for one in TRANSITIONS if one.roles},  # what moves an edition from state to state
    "approve together": _REVIEWERS,
    "settle feedback": _REVIEWERS,
    "set requirements": ("chair",),
    "read the audit trail": (*_WRITERS, "administrator"),
    "keep people": ("administrator",),
    "withdraw": WITHDRAWERS,
}
# What a token with this scope may do, as far as its owner may: all read what they are about, none keeps people.
SCOPES: dict[str, tuple[Action, ...]] = {
    "read": ("read", "see the desk", "read the audit trail"),
    "feedback": ("read", "give feedback"),
    "submit": ("read", "draft", "submit", "comment"),
    "review": ("read", "comment", "take", "request changes", "sign", "approve", "approve together", "settle feedback"),
    "retire": ("read", "retire"),
}


def may(actor: Actor | None, action: Action) -> bool:
    """Whether the table allows it; `None` is anyone without an account, who may nothing where readers need one."""
    if actor is None:
        return ANYONE in MATRIX.get(action, ()) and not readers_need_account()
    return actor.role in MATRIX.get(action, ())


def require(actor: Actor | None, action: Action, scopes: tuple[str, ...] | None = None) -> None:
    """Raises `SignInError` where an account could help, `AccessError` where the role or the token's scopes do not."""
    if scopes is not None and not any(action in SCOPES[scope] for scope in scopes):
        raise AccessError(f"this token may not {action}", mend="Make one with another scope.")
    if may(actor, action):
        return
    if actor is None:
        raise SignInError(f"to {action} takes an account", mend="Sign in.")
    able = ", ".join(role for role in MATRIX.get(action, ()) if role != ANYONE)
    raise AccessError(f"the role {actor.role} may not {action}", mend=f"Roles that may: {able}.")

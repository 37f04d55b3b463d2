"""Who acts in their own name at the command line: proved as at every other door, by a token or by their password.

Whoever holds the machine can type anybody's name; that alone proves nobody. Decides nothing on content.
"""

from __future__ import annotations

from collections.abc import Callable

from rootline.desk.actor import Actor
from rootline.desk.people.accounts import find_author
from rootline.desk.people.api_tokens import who_by_token
from rootline.desk.people.permissions import require
from rootline.desk.people.sign_in import prove
from rootline.desk.people.store import People
from rootline.errors import SignInError


def prove_author(people: People, name: str, token: str, ask_password: Callable[[], str]) -> Actor:
    """The person of this name, who may submit. Without a token their password is asked for, when it is needed.

    Raises `RefusedError` for nobody who may, `AccessError` and `SignInError` where it is not proved to be them.
    """
    author = find_author(people, name)
    if token:
        found = who_by_token(people, token)
        if found is None or found[0].login != author.login:
            mend = "It may have expired or been revoked; `ROOTLINE_DESK_TOKEN` is to hold one of theirs."
            raise SignInError(f"this token is none of {author.name}", mend=mend)
        require(author.actor, "draft", found[1])
        require(author.actor, "submit", found[1])
    elif author.by_single_sign_on:
        mend = "Set `ROOTLINE_DESK_TOKEN` to a token of theirs with the scope `submit`; `/account` makes one."
        raise SignInError(f"{author.name} has no password here", mend=mend)
    else:
        prove(people, author.login, ask_password())
    return author.actor

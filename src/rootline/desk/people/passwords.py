"""Passwords: which are taken, how they are hashed, and whether one is right. Knows no account.

Argon2id with the second recommended parameters of RFC 9106 (3 passes over 64 MiB, 4 lanes): the first takes 2 GiB for
each sign-in. The length follows NIST SP 800-63B-4 for a password that stands alone.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from rootline.errors import InputError

SHORTEST, LONGEST = 15, 256  # characters
_FEWEST_DIFFERENT = 6
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_AT_ONCE = BoundedSemaphore(4)  # 256 MiB for hashing at most, however many sign in


def check_password(password: str, *own: str) -> None:
    """Raises `InputError` for a password that is too short or holds the account's `own` names."""
    mend = f"Take {SHORTEST} characters or more: a few unrelated words are easy to remember."
    if not SHORTEST <= len(_normal(password)) <= LONGEST:
        what = "too short" if len(_normal(password)) < SHORTEST else f"longer than {LONGEST} characters"
        raise InputError(f"the password is {what}", mend=mend)
    if len(set(_normal(password))) < _FEWEST_DIFFERENT:
        raise InputError("the password repeats a few characters", mend=mend)
    letters = _normal(password).casefold()
    parts = {part.casefold() for name in own for part in (name, name.partition("@")[0], *name.split())}
    if any(part in letters for part in parts if len(part) > 3):
        raise InputError("the password holds the account's own name", mend=mend)


def hash_password(password: str) -> str:
    """The hash to keep, with its salt and parameters."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def is_password(hashed: str, password: str) -> bool:
    """Whether it is the one that was hashed. Without a hash it is not, and finding that out takes as long."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(hashed or _nobodys(), _normal(password)[: LONGEST + 1]) and bool(hashed)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(hashed: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(hashed)


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody signs in with this")


def _normal(password: str) -> str:
    """One writing for what keyboards write in several."""
    return unicodedata.normalize("NFC", password)

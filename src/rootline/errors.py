"""Every error Rootline raises, drawn as one tree. Imports nothing of Rootline.

RootlineError
├── InputError       what a user typed cannot be read (text, fact, option)
├── ConflictError    what was to be written over was changed meanwhile
├── PackError        a topic pack is wrong (file and line)
├── EvidenceError    a document, the library or a service of records cannot be read, or is refused
│   ├── LibraryError     the library on disk, not a document that is to go into it
│   └── BusyError        another process is writing
├── DeskError        the editorial desk cannot be opened or read
│   ├── RefusedError     this person may not do this, or not as things stand
│   └── OvertakenError   somebody else acted first
├── AccessError      neither role nor token allows it, whatever the content
│   └── SignInError      who asks has not proved who they are
│       └── FirstPasswordError  with a password that somebody else gave
├── ServiceError     a server of Rootline cannot be reached, or cannot answer
│   └── TooManyError     it was asked too often
├── ModelError       the language model that the user named cannot be used
└── NotFoundError    a name that was asked for does not exist
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class RootlineError(Exception):
    """Something went wrong that a person can mend: what, where, and how."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(self.__str__())

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.mend}" if self.mend else head


class InputError(RootlineError):
    """What the user typed cannot be read."""


class ConflictError(RootlineError):
    """What was to be written over was changed meanwhile by somebody else; nothing was written."""


class PackError(RootlineError):
    """A topic pack cannot be loaded; nothing of it is used."""


class EvidenceError(RootlineError):
    """A document, the library or a service of records cannot be read, or is refused."""


class LibraryError(EvidenceError):
    """The library on disk cannot be read or written, whatever file is to go into it."""


class BusyError(EvidenceError):
    """Another process is writing; what it has committed can be read."""


class DeskError(RootlineError):
    """The editorial desk cannot be opened, read or written."""


class RefusedError(DeskError):
    """An act at the desk that this person may not do, or not as things stand; nothing was changed."""


class OvertakenError(DeskError):
    """Somebody else acted first, on what this person has not seen; nothing was changed."""


class AccessError(RootlineError):
    """The person's role, or the token's scope, does not allow it."""


class SignInError(AccessError):
    """Whoever asks has not proved who they are."""


class FirstPasswordError(SignInError):
    """The password is right, but was given by somebody else: an own one must be chosen first."""


class ServiceError(RootlineError):
    """A server of Rootline cannot be reached, or cannot answer; `status` is what it said, 0 where it said nothing."""

    def __init__(self, what: str, *, status: int = 0, mend: str = "") -> None:
        self.status = status
        super().__init__(what, mend=mend)


class TooManyError(ServiceError):
    """The server was asked too often; waiting helps."""


class ModelError(RootlineError):
    """The language model that the user named is refused, silent, or says what cannot be used."""


class ReplyError(ModelError):
    """A language model replied, and nothing of its reply can be taken."""


class NotFoundError(RootlineError):
    """A name the user asked for does not exist."""


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint for a misspelt name: the closest known one, or all of them when there are few."""
    names = sorted(set(known))
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean `{close[0]}`?"
    if names and len(names) <= 12:
        return "Known here: " + ", ".join(f"`{known_name}`" for known_name in names) + "."
    return ""

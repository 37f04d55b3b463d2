"""Which way acts come to the desk: by the command line, and then under which account of the system that runs it.

Says nothing of who somebody is: on a machine an account can be several people, and a person have several.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

WAY = "via"  # what an entry of the record calls it
_WAY: ContextVar[str] = ContextVar(WAY, default="")


@contextmanager
def by_command_line() -> Iterator[None]:
    """Every entry that is added meanwhile says so."""
    before = _WAY.set(f"command line, as {system_account()}")
    try:
        yield
    finally:
        _WAY.reset(before)


def way_now() -> dict[str, str]:
    """What an entry that is added now says of it; nothing at the pages and for programs, where people sign in."""
    return {WAY: _WAY.get()} if _WAY.get() else {}


def system_account() -> str:
    """Whom this process runs as, by the system itself: no variable that somebody could have set is asked."""
    try:
        import pwd
    except ImportError:  # Windows
        return os.getlogin()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # an account without a name, as in some containers
        return f"user {os.getuid()}"

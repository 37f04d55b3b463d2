"""Compares a new content with the approved edition: what it touches; and where that cannot be proved, why not.

Writes nothing. A proof that fails keeps no edition off the desk: it is undecided then, and says so to every reviewer.
"""

from __future__ import annotations

import logging

from sqlalchemy.orm import Session

from rootline.desk.content import Content
from rootline.desk.keep_pack import kept_pack
from rootline.desk.tables import Edition
from rootline.desk.touched import Touched, touched
from rootline.errors import RootlineError
from rootline.packs.model import Pack

_LOG = logging.getLogger("rootline.desk")


def compare(session: Session, approved: Edition, content: Content, pack: Pack) -> Touched:
    """What a content, made from this pack, changes beside the approved edition. May take minutes of proof."""
    try:
        with kept_pack(session, approved.pack_sha256) as old:
            return touched(approved.content, content, old, pack)
    except RootlineError as error:
        return _unproved(error.what)
    except Exception as error:  # the solver, memory, a version of long ago: whatever it was, nothing is proved
        _LOG.error("comparing %s failed: %s", content.subject.id, type(error).__name__)
        return _unproved("the program failed while it compared the two; the server's log says where")


def _unproved(why: str) -> Touched:
    return Touched(("undecided",), "", f"What it changes could not be proved: {why}.")

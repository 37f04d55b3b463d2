"""What a fact, a rule, an action or a pack may be called: never a word that conditions read as something else.

Refuses names only; whether a name is used, and what it means, is read elsewhere.
"""

from __future__ import annotations

import re
from typing import Literal

from rootline.errors import PackError
from rootline.logic.place import place_of
from rootline.logic.read import OWN_WORDS, is_operator
from rootline.packs.ladder import ABOVE

_IN_CONDITIONS = re.compile(r"[a-z]\w*")  # as a comparison reads a name
_PACK = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_BESIDE_FACTS = "like"  # stands beside facts in a worked patient


def refuse_name(kind: Literal["fact", "rule", "action"], name: str) -> None:
    """Raise `PackError`, with the place, for a name taken by conditions or by the ladder, or that none could name."""
    where = str(place_of(name))
    taken = name in (*OWN_WORDS, ABOVE) or is_operator(name) or (kind == "fact" and name == _BESIDE_FACTS)
    if taken:
        what = f"no {kind} may be called `{name}`: the word has a meaning of its own"
        raise PackError(what, where=where, mend=f"Give the {kind} another name.")
    if kind != "action" and not _IN_CONDITIONS.fullmatch(name):
        mend = "Begin with a small letter; then letters, digits and `_`."
        raise PackError(f"no condition could name the {kind} `{name}`", where=where, mend=mend)


def refuse_pack_id(id_: str) -> None:
    """Raise `PackError`, with the place, for an id that could not stand in an address or a file's name."""
    if not _PACK.fullmatch(id_):
        mend = "Write letters, digits and single hyphens."
        raise PackError(f"`id: {id_}` cannot be a pack's id", where=str(place_of(id_)), mend=mend)

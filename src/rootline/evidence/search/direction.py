"""Which way a conclusion points, as far as its words tell for certain: an effect, none, or not told.

Reads words of a quoted passage alone; whether two studies asked the same is for the reader to judge.
"""

from __future__ import annotations

import re
from typing import Literal

Direction = Literal["effect", "no effect", ""]

_NONE = re.compile(
    r"\bno (?:\w+ ){0,3}(?:difference|effect|benefit|association|improvement|evidence|advantage|correlation|"
    r"relationship|increase|impact|influence|superiority)s?\b"
    r"|\b(?:did|does|do|was|were|is|are|has|have|had|could|can|may|should) not (?:\w+ ){0,4}(?:affect|alter|appear|"
    r"associat|benefit|chang|correlat|contribut|differ|effective|enhance|impact|improv|increas|influenc|lead|predict|"
    r"provid|recommend|reduc|relat|result|significant|show|superior|support|useful)\w*"
    r"|\b(?:ineffective|not (?:statistically )?significant|not (?:more )?effective|not superior|not associated|"
    r"failed to|lack of (?:benefit|effect|efficacy)|without (?:benefit|effect))\b",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:is|are|was|were|appears?|seems?|proved|be|more|significantly|highly|safe and) (?:\w+ ){0,2}(?:effective|"
    r"beneficial|superior|useful|associated with|better than)\b"
    r"|\b(?:significant(?:ly)?|substantial(?:ly)?|clinically important) (?:\w+ ){0,3}(?:improv|reduc|decreas|increas|"
    r"relie|better|lower|higher|greater|benefit|associat|correlat|effect|difference)\w*",
    re.IGNORECASE,
)


def direction(text: str) -> Direction:
    """The direction when words of one kind alone stand there; where both or neither do, nothing is said."""
    against = bool(_NONE.search(text))
    speaks = bool(_SOME.search(_NONE.sub(" ", text)))
    if against == speaks:
        return ""
    return "no effect" if against else "effect"

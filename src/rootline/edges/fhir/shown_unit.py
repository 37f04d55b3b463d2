"""Whether the unit that people read beside a number is another one than its UCUM code. Converts nothing.

A display in words of its own ("points", "per 1.73 sq. m") contradicts nothing; one that is a unit must be the same.
"""

from __future__ import annotations

import re

from rootline.logic.units import Unit, find_unit

BARE = ("score", "power")  # dimensions of a number without a unit
_SIGNS = str.maketrans({"µ": "u", "μ": "u", "²": "2", "³": "3", " ": ""})
_BRACES = str.maketrans("", "", "{}_")
_MARKS = str.maketrans("", "", "{}[]_^*")
_ANNOTATION = re.compile(r"\{.*?\}")
_ATOM = (
    r"(?:(?:da|[fpnumcdhkMGT])?(?:mol|osm|e?q|kat|Pa|Hz|bar|cal|m\[?Hg\]?|\[?[iI]U\]?|[gLlmsJWVNU])"
    r"|\[(?:lb_av|oz_av|in_i|ft_i|degF|pH)\]|Cel|min|h|d|wk|mo|a|%|10[*^]-?\d+|(?:da|[fpnumcdhkMGT])?Eq)(?:[-+]?\d)?"
)
_UNIT = re.compile(rf"/?{_ATOM}(?:[./]{_ATOM})*")  # UCUM as it stands in results of laboratories and at the bedside


def find_written(said: str) -> Unit | None:
    """The unit that is written, by its UCUM code or as people write it, its braces aside."""
    return find_unit(said) or find_unit(said.translate(_BRACES))


def is_bare(said: str) -> bool:
    """Whether this is UCUM for a number alone."""
    return said in ("", "1") or (said[0] == "{" and said[-1] == "}")


def contradicts(shown: str, code: str) -> bool:
    """Whether `shown`, for people, is another unit than `code`, of UCUM."""
    if is_bare(shown) or _plain(shown) == _plain(code):
        return False
    here, meant = find_written(shown), find_written(code)
    if here is not None:
        return here.dimension not in BARE if is_bare(code) else here is not meant
    bare = _ANNOTATION.sub("", shown.translate(_SIGNS))
    return _UNIT.fullmatch(bare) is not None and _plain(bare) != _plain(_ANNOTATION.sub("", code))


def _plain(said: str) -> str:
    """What is left of a unit when letter case, brackets and signs of powers are set aside."""
    return said.translate(_SIGNS).translate(_MARKS).lower()

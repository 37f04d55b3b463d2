"""Names and logins: which can be read as what they are, and one writing for all that read alike. Knows no account."""

from __future__ import annotations

import unicodedata

from rootline.desk.actor import OPERATOR, fold
from rootline.errors import InputError

NOBODY = "a reader"  # as the desk's pages call who has no account
_LONGEST = 200  # characters of a login, a name, a specialty, a label
_MARKS = " .,'’‘-‐‑–·()/"
_TAKES = "A name takes letters of one script, digits, spaces and . , ' - · ( ) /."
_EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}  # written together
# Letters that look like a Latin one, small or capital, and other marks that are read as one.
_LOOKS = str.maketrans(
    "авекмнорстухіјѕһԁԛԝ" + "αβεζηικμνορτυχ" + "ıɑɡ01" + "’‘ʼ‐‑–",
    "abekmhopctyxijshdqw" + "abezhikmnoptyx" + "iagol" + "'''---",
)  # fmt: skip


def worded(text: str, what: str) -> str:
    """A text on one line that can be shown. Raises `InputError`."""
    worded = " ".join(text.split())
    if not 0 < len(worded) <= _LONGEST or not worded.isprintable():
        raise InputError(f"the {what} cannot be read", mend=f"It takes 1 to {_LONGEST} letters on one line.")
    return worded


def specialty(text: str) -> str:
    """A specialty as it stands beside a name in brackets; empty for none. Raises `InputError`."""
    if not text.strip():
        return ""
    if not all(_is_of_a_name(one) and one not in "()·" for one in " ".join(text.split())):
        mend = "It takes letters, digits, spaces and . , ' - /."
        raise InputError("the specialty holds another sign than it can", mend=mend)
    return worded(text, "specialty")


def public_name(name: str) -> str:
    """A name as everybody may read it, and nobody take for another's. Raises `InputError`."""
    if "@" in name:
        raise InputError("an e-mail address is no name", mend="The name is shown to everybody: give the person's own.")
    name = unicodedata.normalize("NFC", name.strip())
    for one in name:
        if not _is_of_a_name(one):
            shown = f"`{one}`" if one.isprintable() and not one.isspace() else f"U+{ord(one):04X}, which is not seen"
            raise InputError(f"the name holds {shown}", mend=_TAKES)
    scripts = {_script(one) for one in unicodedata.normalize("NFKC", name) if one.isalpha()} - {"MODIFIER"}
    if not scripts:
        raise InputError("the name holds no letter", mend=_TAKES)
    if len(scripts) > 1 and not scripts <= _EAST_ASIAN:
        mixed = " and ".join(sorted(one.capitalize() for one in scripts))
        raise InputError(f"the name mixes letters of {mixed} that look alike", mend=_TAKES)
    if look(name) in {look(OPERATOR.name), look(NOBODY)}:
        raise InputError("nobody is called that", mend="It stands at the desk for who types commands, or for a reader.")
    return worded(name, "name")


def look(name: str) -> str:
    """One writing for names that read alike: Cyrillic and Greek letters count as the Latin ones they look like."""
    return fold(name).translate(_LOOKS)


def _is_of_a_name(one: str) -> bool:
    kind = unicodedata.category(one)
    is_letter = kind[0] == "L" or kind in ("Mn", "Mc", "Nd")
    return one in _MARKS or (is_letter and "FILLER" not in unicodedata.name(one, "FILLER"))


def _script(letter: str) -> str:
    """The first word of a letter's name: of the scripts that people's names are written in, it is the script."""
    return unicodedata.name(letter, "?").replace("-", " ").split()[0]

"""The terminologies whose codes are read, with their addresses in FHIR R4 and the form that a code of each must have.

Checks the form and check digit of the codes that a file names; whether a code exists, and what it means, is not known
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rootline.content.take import Take

Key = tuple[str, str]  # system and code

# Name in a pack -> the system's address in FHIR R4.
SYSTEMS = {
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "snomed": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
}
NAMES = {"icd10cm": "ICD-10-CM", "snomed": "SNOMED CT", "loinc": "LOINC", "rxnorm": "RxNorm"}
_FORMS = {
    "icd10cm": re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?"),
    "snomed": re.compile(r"[1-9][0-9]{5,17}"),
    "loinc": re.compile(r"(LA)?[0-9]{1,7}-[0-9]"),  # LA: an answer, whose last digit is no check of the others
    "rxnorm": re.compile(r"[1-9][0-9]{0,7}"),
}


@dataclass(frozen=True)
class Code:
    """A code of a terminology, with the name that its publisher gives it."""

    system: str
    code: str
    display: str

    def __str__(self) -> str:
        return f"{self.display} ({NAMES[self.system]} {self.code})"


def is_code(system: str, code: str) -> bool:
    """Whether a text has the form, and where the system gives one the check digit, of its codes."""
    if not _FORMS[system].fullmatch(code):
        return False
    if system == "snomed":
        return has_verhoeff_digit(code)
    return system != "loinc" or code.startswith("LA") or has_luhn_digit(code)


def read_codes(take: Take, refused: Mapping[Key, str], needed: bool = True) -> Iterator[Code]:
    """The codes of an entry, system by system. Raises `PackError` for one that is none or is refused."""
    found = False
    for system in SYSTEMS:
        for code, display in take.mapping(system).items():
            found = True
            if not is_code(system, code):
                raise take.error(f"`{code}` is no {NAMES[system]} code", "Compare it with the one published.", code)
            if why := refused.get((system, str(code))):
                raise take.error(f"{NAMES[system]} {code} is refused: {why}", "Take another code.", code)
            yield Code(system, str(code), str(display))
    if needed and not found:
        raise take.error("no code is named", f"Name some under {', '.join(f'`{one}:`' for one in SYSTEMS)}.")


# Verhoeff's check digit, the last of every SNOMED CT code: digits are permuted by place and combined in the dihedral
# group of order 10. Source: J. Verhoeff, Error Detecting Decimal Codes, 1969; SNOMED CT Release File Specifications.
_PERMUTED = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def has_verhoeff_digit(code: str) -> bool:
    """Whether the last digit checks the others.

    >>> has_verhoeff_digit("23056005"), has_verhoeff_digit("23056006"), has_verhoeff_digit("23065005")
    (True, False, False)
    """
    total, permuted = 0, list(range(10))
    for digit in reversed(code):
        total = _combined(total, permuted[int(digit)])
        permuted = [_PERMUTED[one] for one in permuted]
    return total == 0


def _combined(first: int, second: int) -> int:
    if first < 5:
        return (first + second) % 5 + (5 if second >= 5 else 0)
    return (first - second) % 5 + (5 if second < 5 else 0)


def has_luhn_digit(code: str) -> bool:
    """Whether the digit behind the hyphen checks the others, as in LOINC (Luhn's modulus 10).

    >>> has_luhn_digit("62238-1"), has_luhn_digit("62238-2")
    (True, False)
    """
    digits = [int(letter) for letter in reversed(code.replace("-", ""))]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0

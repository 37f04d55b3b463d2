"""A slip in a code is found by its form or its check digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.packs.code_systems import has_luhn_digit, has_verhoeff_digit, is_code

REAL = {"icd10cm": "M54.32", "snomed": "311211000119105", "loinc": "98979-8", "rxnorm": "1364430"}


@pytest.mark.parametrize("system", REAL)
def test_a_real_code_passes_and_words_do_not(system):
    assert is_code(system, REAL[system])
    assert not any(is_code(system, bad) for bad in ("", "sciatica", " " + REAL[system], REAL[system] + "x ", "54,32"))


@pytest.mark.parametrize(("check", "code"), [(has_verhoeff_digit, "311211000119105"), (has_luhn_digit, "98979-8")])
@given(place=st.integers(0, 14), digit=st.sampled_from("0123456789"))
def test_any_one_digit_changed_is_noticed(check, code, place, digit):
    place %= len(code)
    if code[place] not in ("-", digit):
        assert not check(code[:place] + digit + code[place + 1 :])


def test_neighbours_exchanged_in_a_snomed_code_are_noticed():
    code = "16846261000119106"
    for at in range(len(code) - 1):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert swapped == code or not has_verhoeff_digit(swapped)

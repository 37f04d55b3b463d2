"""A name is read as what it is, and nobody can pass for another by letters that look like theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.desk.people.accounts import add
from rootline.desk.people.names import look, public_name
from rootline.errors import InputError
from tests.desk.people.conftest import RUTH


@pytest.mark.parametrize(
    "name",
    ["Ada Lund", "Jean-Luc O’Brien", "Dr. M. Müller (Leeds)", "Анна Петрова", "Ελένη Παππά", "山田 太郎",
     "やまだ タロウ", "김민수", "محمد علي", "Kahanamoku ʻOlelo", "Nguyễn Thị Ánh", "Ada Lund 2"],
)  # fmt: skip
def test_names_as_people_write_them_are_taken(name):
    assert public_name(name) == name


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ada\tLund", "U+0009, which is not seen"),
        ("Ada\nLund", "U+000A, which is not seen"),
        ("Ada\x1cLund", "U+001C, which is not seen"),
        ("Ada\x00Lund", "U+0000, which is not seen"),
        ("Ada\u200bLund", "U+200B, which is not seen"),
        ("Ada\u202eLund", "U+202E, which is not seen"),
        ("Ada\u00a0Lund", "U+00A0, which is not seen"),
        ("Ada\u3164Lund", "holds"),
        ("Ada\udcffLund", "U+DCFF, which is not seen"),
        ("Ada <b>Lund", "holds `<`"),
        ("Ada & Lund", "holds `&`"),
        ('Ada "Lund"', 'holds `"`'),
        ("*Ada* Lund", "holds `*`"),
        ("[Ada](x)", "holds `[`"),
        ("`Ada`", "holds ```"),
        ("\u0410da Lund", "mixes letters of Cyrillic and Latin"),
        ("Ada L\u03c5nd", "mixes letters of Greek and Latin"),
        ("ada@hospital.example", "e-mail"),
        ("The  Operator of this Machine", "nobody is called that"),
        ("12", "no letter"),
        ("", "no letter"),
    ],
)
def test_what_cannot_be_read_as_a_name_is_told(name, told):
    with pytest.raises(InputError) as caught:
        public_name(name)
    assert told in caught.value.what


@pytest.mark.parametrize(
    ("there", "like"),
    [("Cop", "\u0421\u043e\u0440"), ("HOKE", "\u041d\u041e\u041a\u0415"), ("ATE", "\u0391\u03a4\u0395"),
     ("Cal", "Ca1"), ("O'Brien", "O’Brien")],
)  # fmt: skip
def test_nobody_passes_for_another_by_letters_that_look_alike(people, there, like):
    add(people, "there", there, "author", by=RUTH, password=None)
    with pytest.raises(InputError, match="another account") as caught:
        add(people, "like", like, "author", by=RUTH, password=None)
    assert "read like another" in caught.value.mend


@given(st.text(max_size=40))
def test_any_text_is_a_name_or_is_told(text):
    try:
        name = public_name(text)
    except InputError:
        return
    assert name.isprintable() and not set(name) & set('<>&"`*[]') and look(name)


@pytest.mark.parametrize("name", ["a reader", "A Reader", "а reader"])
def test_nobody_is_called_as_who_has_no_account(name):
    with pytest.raises(InputError):
        public_name(name)

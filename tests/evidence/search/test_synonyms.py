"""Other names for the same thing: what a text names, and what cannot be read."""

from __future__ import annotations

import pytest

from rootline.content.yaml_text import read_fields
from rootline.errors import PackError
from rootline.evidence.search.synonyms import Synonyms, read_synonyms

NAMES = Synonyms((("sciatica", "lumbar radicular pain"), ("disc", "disk"), ("slipped disc", "herniated disk")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sciatica for 3 weeks?", (("sciatica", "lumbar radicular pain"),)),
        ("LUMBAR  radicular-pain", (("lumbar radicular pain", "sciatica"),)),
        ("two slipped discs", (("slipped disc", "herniated disk"),)),
        ("a disc", (("disc", "disk"),)),
        ("the discovery", ()),
        ("", ()),
    ],
)
def test_each_thing_named_comes_with_its_other_names(text, expected):
    assert NAMES.widen(text) == expected


def test_two_things_are_widened_apart():
    assert NAMES.widen("disk and sciatica") == (("sciatica", "lumbar radicular pain"), ("disk", "disc"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('a: {names: ["x y"]}', "nothing to widen by"),
        ('a: {names: ["x y", z]}\nb: {names: [q, "X-Y"]}', "named twice"),
        ("a: {name: [x, z]}", "no key `name`"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(tmp_path, text, words):
    (tmp_path / "vocabulary.yaml").write_text(text)
    with pytest.raises(PackError, match=r"vocabulary\.yaml") as raised:
        read_synonyms(read_fields(tmp_path / "vocabulary.yaml", "vocabulary.yaml"))
    assert words in str(raised.value)


def test_the_shipped_pack_knows_sciatica_brands_and_both_spellings(pack):
    for text, other in [
        ("sciatica", "lumbosacral radicular syndrome"),
        ("Lyrica", "pregabalin"),
        ("paracetamol", "acetaminophen"),
        ("oedema", "edema"),
    ]:
        assert other in dict.fromkeys(name for names in pack.synonyms.widen(text) for name in names)

"""The glossary explains words that the pack's own texts use, each form once; search finds what holds every word."""

from __future__ import annotations

import shutil

import pytest

from rootline.errors import PackError
from rootline.packs.glossary import glossary
from rootline.packs.load import load
from rootline.packs.search import search


def texts(pack):
    said = [advice.say for advice in pack.statements.values()]
    said += [one.title for one in pack.disagreements] + [
        pos.says for one in pack.disagreements for pos in one.positions
    ]
    said += [words for words in pack.lexicon.values.values()]
    return " ".join(f"{one.clinician} {one.patient}" for one in said).lower() + " ".join(
        point.says.lower() for source in pack.sources.values() for point in source.points.values()
    )


def test_every_term_is_a_word_that_the_pack_uses(pack):
    told = texts(pack)
    assert [term.id for term in glossary(pack) if not any(f.lower() in told for f in (term.name, *term.also))] == []


def test_terms_stand_in_the_order_of_the_alphabet_with_both_voices(pack):
    names = [term.name.lower() for term in glossary(pack)]
    assert len(names) > 30 and names == sorted(names)
    assert all(term.means.clinician and term.means.patient for term in glossary(pack))


def broken(tmp_path, pack, text):
    folder = tmp_path / "pack"
    shutil.copytree(pack.folder, folder)
    (folder / "glossary.yaml").write_text(text, encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('a: {name: "MRI", means: "x"}\nb: {name: "scan", also: ["mri"], means: "y"}\n', "stands twice"),
        ('a: {name: "MRI"}\n', "`means:` is missing"),
        ('a: {name: "MRI", means: "x", colour: "red"}\n', "colour"),
    ],
)
def test_a_broken_glossary_is_refused(tmp_path, pack, text, says):
    with pytest.raises(PackError, match=says):
        glossary(broken(tmp_path, pack, text))


def test_a_pack_may_have_none(tmp_path, pack):
    folder = tmp_path / "pack"
    shutil.copytree(pack.folder, folder)
    (folder / "glossary.yaml").unlink()
    bare = load(folder)
    assert glossary(bare) == ()


def test_search_needs_every_word_and_puts_titles_first(pack):
    found = search(pack, "foot drop")
    assert found[0].kind in ("question", "disagreement", "term", "advice")
    assert all("foot" in " ".join(one.words) and "drop" in " ".join(one.words) for one in found)
    assert search(pack, "foot zyzzyva") == []
    assert search(pack, "  ?! ") == []
    assert any(one.kind == "source" for one in search(pack, "gabapent trial"))

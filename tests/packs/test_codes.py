"""The codes of a pack: read strictly, the wrong ones refused, every window with its reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rootline.checks.lint import lint
from rootline.errors import PackError
from rootline.packs.codes import codes
from rootline.packs.load import load
from rootline.settings import pack_folder

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain"
FAULTS = {
    "a misspelt fact": ("  pain_score:", "  pain_scor:", "Did you mean `pain_score`?"),
    "a misspelt action": ("  nsaid:\n", "  nsaids:\n", "Did you mean `nsaid`?"),
    "another action that is none": ("or as: [stay-active]", "or as: [stay-activ]", "Did you mean `stay-active`?"),
    "a misspelt place": ("in: medicine", "in: medicines", "Did you mean `medicine`?"),
    "a misspelt key": ("tells onset: yes", "tell onset: yes", "Did you mean `tells onset`?"),
    "a slip in a code": ('"72514-3"', '"72514-4"', "`72514-4` is no LOINC code"),
    "a code that is refused": ('"1364430"', '"42463"', "RxNorm 42463 is refused: given for clopidogrel"),
    "a refused code left out": ("{R50.9:", "{R26.3:", ""),
    "a system that is none": ("  rxnorm: {\"42463\"", "  rxnrom: {\"42463\"", "Did you mean `rxnorm`?"),
    "a value that is none": ("means: yes\n    rxnorm", "means: maybe\n    rxnorm", "`maybe` is not one of its values"),
    "a number with a meaning": ("in: measurement\n", "in: measurement\n    means: 3\n", "`means:` is wrong"),
    "a unit of something else": ('without unit: "{score}"', "without unit: kg", "`without unit:` is no unit of"),
    "a unit of what is not measured": ("in: medicine\n", "in: medicine\n    without unit: kg\n", "`without unit:` is no unit of"),
    "no meaning": ("    means: yes\n    rxnorm", "    rxnorm", "`means:` is missing"),
    "no code": ('    loinc: {"72514-3": "Pain severity - 0-10 verbal numeric rating [Score] - Reported"}\n', "",
                "no code is named"),
    "a window without a reason": ('    within: 7 days\n    reading: "Made up: a week."\n', "    within: 7 days\n",
                                  "needs a `reading:`"),
    "words outside a procedure": ("- in: medicine\n", "- in: medicine\n    named: [apixaban]\n", "`named:` is for problems, procedures and"),
    "an onset of what does not last": ("- in: medicine\n", "- in: medicine\n    tells onset: yes\n",
                                       "needs a fact that `lasts as`"),
    "a list that is none": ("  anticoagulant:\n  - in: medicine\n    means: yes\n", "  anticoagulant:\n    in: medicine\n    means: yes\n",
                            "should be a list"),
}  # fmt: skip


def changed(folder: Path, old: str, new: str) -> Path:
    shutil.copytree(EXAMPLE, folder)
    file = next(file for name in ("codes", "orders") if old in (file := folder / f"{name}.yaml").read_text())
    text = file.read_text()
    file.write_text(text.replace(old, new, 1))
    return folder


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_stops_the_reading_and_says_how_to_mend_it(fault, tmp_path):
    old, new, said = FAULTS[fault]
    pack = load(changed(tmp_path / "ankle-sprain", old, new))
    if not said:  # a code that this pack does not refuse may be left out
        assert codes(pack) is not None
        return
    with pytest.raises(PackError) as caught:
        lint(pack)
    assert said in str(caught.value)
    assert "codes" in str(caught.value) or "orders.yaml" in str(caught.value)


def test_one_code_tells_one_value_of_a_fact(tmp_path):
    again = '  anticoagulant:\n  - in: medicine\n    means: no\n    rxnorm: {"11289": "Warfarin"}\n'
    folder = changed(tmp_path / "ankle-sprain", "  anticoagulant:\n", again)
    with pytest.raises(PackError, match=r"Warfarin \(RxNorm 11289\) tells `anticoagulant` twice"):
        codes(load(folder))


def test_a_pack_may_have_no_codes(tmp_path):
    folder = changed(tmp_path / "ankle-sprain", "facts:", "facts:")
    (folder / "codes.yaml").unlink()
    assert codes(load(folder)) is None


def test_known_bad_codes_are_refused_and_tell_nothing(pack):
    known = codes(pack)
    bad = {("snomed", "271594007"), ("snomed", "62315008"), ("rxnorm", "42463"), ("icd10cm", "R26.3")}
    assert bad <= known.refused.keys()
    used = {(code.system, code.code) for one in (*known.tellings, *known.orders, *known.left_out) for code in one.codes}
    assert not used & known.refused.keys()


def test_every_order_of_the_hooks_is_known_by_code_or_name(pack):
    ordered = {one.action: one for one in codes(pack).orders}
    wanted = ("mri-lumbar-spine", "ct-lumbar-spine", "xray-lumbar-spine", "opioid", "gabapentinoid", "nsaid",
              "oral-corticosteroid", "epidural-steroid-injection", "spine-referral")  # fmt: skip
    assert {one for one in wanted if one not in ordered} == set()
    assert not ordered["epidural-steroid-injection"].codes and ordered["epidural-steroid-injection"].named
    assert all(one.named for one in codes(pack).orders if one.action in wanted)


def test_codes_are_part_of_what_a_pack_is(tmp_path):
    folder = changed(tmp_path / "ankle-sprain", "within: 7 days", "within: 8 days")
    assert load(folder).sha256 != load(EXAMPLE).sha256
    assert load(pack_folder()).sha256 != load(folder).sha256

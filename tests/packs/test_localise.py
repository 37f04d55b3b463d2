"""The likely site of the lesion: what speaks for and against, what decides, and conflicts that are said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rootline.errors import PackError
from rootline.logic.values import Among
from rootline.packs.load import load
from rootline.packs.localise import is_conflicting, localise
from rootline.settings import pack_folder

# findings -> the site that should lead
PATTERNS = {
    "front of the thigh numb, thigh hard to lift": ({"sensory_loss_front_thigh": "yes", "weak_hip_flexion": "yes"}, "l2"),
    "femoral stretch, weak knee, weak adductors": (
        {"femoral_stretch_positive": "yes", "weak_knee_extension": "yes", "weak_hip_adduction": "yes"}, "l3",
    ),
    "knee jerk lost, inner calf numb": ({"knee_jerk_reduced": "yes", "sensory_loss_medial_calf": "yes"}, "l4"),
    "foot drop with weak hip abduction and inversion": (
        {"foot_drop": "complete", "weak_hip_abduction": "yes", "weak_inversion": "yes"}, "l5",
    ),
    "ankle jerk lost, no tiptoe": ({"ankle_jerk_reduced": "yes", "weak_plantarflexion": "yes"}, "s1"),
    "saddle numbness and retention": ({"saddle_numbness": "yes", "urinary_retention": "yes"}, "s2-s4"),
    "painless foot drop, inversion and hip abduction normal": (
        {"foot_drop": "partial", "weak_inversion": "no", "weak_hip_abduction": "no", "leg_pain": "no", "back_pain": "no"},
        "peroneal",
    ),
    "foot drop, no tiptoe, hip abduction normal": (
        {"foot_drop": "complete", "weak_plantarflexion": "yes", "weak_hip_abduction": "no", "ankle_jerk_reduced": "yes"},
        "sciatic",
    ),
    "brisk reflexes with clumsy hands": ({"cord_signs": "yes", "hand_or_arm_symptoms": "yes"}, "central"),
    "stocking numbness in diabetes": ({"symmetric_foot_numbness": "yes", "diabetes": "yes"}, "polyneuropathy"),
}  # fmt: skip


@pytest.mark.parametrize("name", PATTERNS)
def test_a_typical_picture_points_to_its_site(pack, name):
    facts, site = PATTERNS[name]
    located = localise(pack, facts)
    assert located[0].site.id == site
    assert located[0].likelihood == "likely"
    assert located[0].for_


def test_without_findings_no_site_is_named(pack):
    assert localise(pack, {}) == ()
    assert localise(pack, {"leg_pain": "yes", "age": 50.0}) == ()


def test_foot_drop_alone_leaves_root_and_nerve_possible_and_names_the_test_that_decides(pack):
    located = {one.site.id: one for one in localise(pack, {"foot_drop": "complete"})}
    assert {"l4", "l5", "peroneal"} <= located.keys()
    assert all(one.likelihood == "possible" for one in located.values())
    assert located["l5"].decide == "weak_hip_abduction"
    assert located["peroneal"].decide == "weak_inversion"


def test_the_deciding_test_moves_the_likelihood_both_ways(pack):
    def first(hip):
        return localise(pack, {"foot_drop": "complete", "weak_hip_abduction": hip, "weak_inversion": hip})[0].site.id

    assert (first("yes"), first("no")) == ("l5", "peroneal")


def test_signs_of_two_roots_are_said_to_conflict(pack):
    both = {
        "knee_jerk_reduced": "yes", "sensory_loss_medial_calf": "yes", "ankle_jerk_reduced": "yes",
        "weak_plantarflexion": "yes", "sensory_loss_lateral_foot": "yes", "weak_knee_extension": "yes",
    }  # fmt: skip
    assert is_conflicting(localise(pack, both))
    assert not is_conflicting(localise(pack, {"ankle_jerk_reduced": "yes", "weak_plantarflexion": "yes"}))
    assert not is_conflicting(())


def test_every_site_says_what_decides_and_where_it_is_from(pack):
    assert {site.id for site in pack.sites} >= {
        "l2",
        "l3",
        "l4",
        "l5",
        "s1",
        "s2-s4",
        "peroneal",
        "sciatic",
        "plexus",
        "central",
    }
    for site in pack.sites:
        assert site.for_ and site.decides and site.because


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("skin: [inner-calf]", "skin: [inner-clf]", "no part of the body is called `inner-clf`"),
        ("muscles: [calf, gluteus-maximus]", "muscles: [knee-jerk]", "no part of the body is called `knee-jerk`"),
        ("reflexes: [ankle-jerk]", "reflex: ankle-jerk", "no key `reflex` belongs here"),
        ("mark: L4", "mark: fourth", "`mark: fourth` is too long"),
        (", because: [orthobullets-le-neuro#s2-s4]}", "}", "`because:` is missing"),
        ("orthobullets-le-neuro#s2-s4]}", "orthobullets-le-neuro#s2]}", "has no point `s2`"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_place(tmp_path, old, new, said):
    copy = Path(shutil.copytree(pack_folder(), tmp_path / "lumbar-radiculopathy"))
    text = (copy / "sites.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (copy / "sites.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load(copy)
    assert said in caught.value.what and "sites.yaml" in caught.value.where


@pytest.mark.parametrize("speaks_for", ["[outer_swelling, {not: squeeze_pain}]", "[{not: squeeze_pain}]"])
def test_what_speaks_strongly_counts_two_whether_or_not_it_also_speaks(speaks_for, tmp_path):
    copy = Path(shutil.copytree(Path("docs/examples/ankle-sprain").absolute(), tmp_path / "ankle-sprain"))
    text = (copy / "sites.yaml").read_text()
    assert "speaks for: [outer_swelling, {not: squeeze_pain}]" in text
    (copy / "sites.yaml").write_text(
        text.replace("speaks for: [outer_swelling, {not: squeeze_pain}]", f"speaks for: {speaks_for}")
    )
    (one,) = localise(load(copy), {"outer_swelling": "yes"})
    assert (one.site.id, one.score, one.likelihood) == ("outer-ligament", 2, "possible")


@pytest.mark.parametrize("root", ["l2", "l3", "l4", "l5", "s1"])
def test_a_root_that_is_named_is_likely_and_no_other(pack, root):
    (one,) = localise(pack, {"root_named": root})
    assert (one.site.id, one.likelihood, len(one.for_)) == (root, "likely", 1)


def test_what_speaks_against_a_named_root_is_said_and_two_such_findings_unseat_it(pack):
    one_against = {one.site.id: one for one in localise(pack, {"root_named": "l5", "knee_jerk_reduced": "yes"})}
    assert one_against["l5"].likelihood == "likely"
    assert len(one_against["l5"].against) == 1
    two = {"root_named": "l5", "knee_jerk_reduced": "yes", "weak_plantarflexion": "yes"}
    assert {one.site.id: one for one in localise(pack, two)}["l5"].likelihood == "possible"


def test_one_of_two_named_roots_is_none(pack):
    assert localise(pack, {"root_named": Among(frozenset({"l5", "s1"}))}) == ()

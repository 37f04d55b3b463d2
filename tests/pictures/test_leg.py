"""The leg shows every root that is likely or possible, with all that belongs to it, and says that it is schematic."""

from __future__ import annotations

from pathlib import Path

import pytest

from rootline.answers.ask import ask
from rootline.answers.background import likely_sites
from rootline.answers.case import read_given
from rootline.packs import body
from rootline.packs.load import load
from rootline.packs.localise import Located
from rootline.pictures import leg_shape
from rootline.pictures.leg import EITHER, ELSEWHERE, NOTE, leg
from tests.pictures.looking import SVG, check_legible, described, ids, read, seen
from tests.pictures.test_svg import HOSTILE


def having(answer, pack, likelihoods, voice="clinician"):
    """The answer with these sites: id -> likelihood."""
    chosen = [Located(one, likelihoods[one.id], 3, (), (), None) for one in pack.sites if one.id in likelihoods]
    audience = "patient" if voice == "patient" else "clinician"
    return answer.model_copy(update={"localisation": likely_sites(tuple(chosen), pack, voice), "audience": audience})


def test_the_likely_root_is_shown_with_all_that_belongs_to_it(s1):
    assert [(one.id, one.likelihood) for one in s1.localisation] == [("s1", "likely")]
    svg = leg(s1)
    check_legible(svg)
    drawn = s1.localisation[0].drawn
    for text in (seen(svg), described(svg)):
        for part in [*drawn.skin, *drawn.muscles, *drawn.reflexes]:
            assert part.name in text
        assert "S1 root: likely" in text and NOTE.clinician in text
    assert leg(s1) == svg


@pytest.mark.parametrize("voice", ["clinician", "patient"])
def test_all_roots_at_once_keep_apart(s1, pack, voice):
    every = {one.id: "likely" if at % 2 else "possible" for at, one in enumerate(pack.sites)}
    answer = having(s1, pack, every, voice)
    svg = leg(answer)
    check_legible(svg)
    for one in answer.localisation:
        assert one.name in seen(svg)
        for part in [*one.drawn.skin, *one.drawn.muscles, *one.drawn.reflexes] if one.drawn else []:
            assert part.name in seen(svg)
    assert ELSEWHERE.to(voice) in seen(svg)


@pytest.mark.parametrize("pair", [("l2", "s2-s4"), ("l4", "l5"), ("l5", "s1"), ("l3", "l4"), ("s1", "s2-s4")])
def test_roots_side_by_side_keep_apart(s1, pack, pair):
    check_legible(leg(having(s1, pack, dict.fromkeys(pair, "likely"))))


def test_likely_and_possible_differ_by_pattern_and_outline_and_word(s1, pack):
    svg = leg(having(s1, pack, {"l4": "likely", "l5": "possible"}))
    patterns = {one.get("id"): one for one in read(svg).iter(f"{SVG}pattern")}
    likely, possible = patterns["leg-l4"], patterns["leg-l5"]
    assert float(likely.get("width")) < float(possible.get("width"))
    assert likely.get("patternTransform") != possible.get("patternTransform")
    dashed = {one.get("class"): bool(one.get("stroke-dasharray")) for one in read(svg).iter(f"{SVG}path")}
    assert (dashed["root l4"], dashed["root l5"]) == (False, True)
    assert "L4 root: likely" in seen(svg) and "L5 root: possible" in seen(svg)


@pytest.mark.parametrize(
    "found", [{}, {"l5": "unlikely"}, {"peroneal": "likely"}, {"peroneal": "likely", "l5": "possible"}]
)
def test_nothing_is_drawn_without_a_root_or_where_another_site_alone_is_likely(s1, pack, found):
    assert leg(having(s1, pack, found)) == ""


def test_the_leg_that_hurts_is_drawn_and_named(s1):
    """Seen from the front, a left leg's outer side is to the right; from behind it is to the left."""
    drawn = {side: leg(s1.model_copy(update={"side": side})) for side in ("left", "right", "")}
    places = {side: [one.get("transform") for one in read(svg).iter(f"{SVG}g") if one.get("transform")]
              for side, svg in drawn.items()}  # fmt: skip
    assert places["right"] == places[""] == ["translate(34 26) scale(1 1)", "translate(266 26) scale(-1 1)"]
    assert places["left"] == ["translate(286 26) scale(-1 1)", "translate(54 26) scale(1 1)"]
    for side, name in (("left", "Left leg, "), ("right", "Right leg, "), ("", "Leg, ")):
        check_legible(drawn[side])
        assert f"{name}front" in seen(drawn[side]) and f"{name}back" in seen(drawn[side])
        assert (EITHER.clinician in seen(drawn[side])) is (side == "")


def test_the_side_is_the_one_that_was_told(pack):
    told = {side: ask(f"Pain down the {side} leg, loss of ankle reflex", pack) for side in ("left", "right")}
    assert {side: one.side for side, one in told.items()} == {"left": "left", "right": "right"}
    assert ask("Leg pain with loss of ankle reflex", pack).side == ""


def test_a_root_that_is_only_possible_is_drawn_and_titled_so(s1, pack):
    svg = leg(having(s1, pack, {"l5": "possible"}))
    assert "Possible roots" in svg and "Likely root" not in svg
    assert "L5 root: possible" in seen(svg)


def test_an_unlikely_root_is_not_drawn(s1, pack):
    assert "L4" not in seen(leg(having(s1, pack, {"l5": "likely", "l4": "unlikely"})))


def test_two_legs_on_one_page_share_no_id(s1):
    assert not set(ids(leg(s1, "one"))) & set(ids(leg(s1, "two")))


def test_hostile_names_stay_words(s1):
    site = s1.localisation[0].model_copy(update={"name": HOSTILE})
    assert "<script" not in leg(s1.model_copy(update={"localisation": [site]}))


def test_every_part_that_a_pack_may_name_has_its_place_on_the_leg():
    for named, placed in (
        (body.SKIN, leg_shape.SKIN),
        (body.MUSCLES, leg_shape.MUSCLES),
        (body.REFLEXES, leg_shape.REFLEXES),
    ):
        assert list(named) == list(placed)


def test_every_root_of_the_pack_is_drawn_from_its_own_points(pack):
    drawn = {one.id: one.drawn for one in pack.sites if one.drawn}
    assert list(drawn) == ["l2", "l3", "l4", "l5", "s1", "s2-s4"]
    for one in drawn.values():
        assert one.skin and one.muscles and all(pack.point(citation) for citation in one.because)


def test_a_site_of_another_pack_is_drawn_as_well():
    example = load(Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain")
    findings = [read_given(text, example) for text in ("outer_swelling=yes", "squeeze_pain=no")]
    answer = ask("Ankle pain for 3 days", example, given=findings)
    svg = leg(answer)
    check_legible(svg)
    assert "outer ligament: likely" in seen(svg)

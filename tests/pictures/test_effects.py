"""Each effect of a statement is plotted with its own figures, at their places on the scale."""

from __future__ import annotations

import pytest

from rootline.pictures.effects import CROSSES, FAVOURS, draw_effects, effects
from tests.pictures.looking import SVG, check_legible, described, ids, read, seen
from tests.pictures.test_svg import HOSTILE


@pytest.fixture(scope="module")
def statements(pack):
    from rootline.answers.ask import ask

    answer = ask(next(one.text for one in pack.questions if one.id == "treatment-options"), pack)
    return [one for section in answer.sections for one in section.statements if one.effects]


@pytest.fixture(scope="module")
def every(pack):
    from rootline.answers.background import effects as effects_of
    from rootline.evidence.points.source import Citation

    return effects_of(
        [Citation(source.id, point.id) for source in pack.sources.values() for point in source.points.values()], pack
    )


def where(svg, row=0):
    """The line of no difference, the ends of the interval and the estimate, in px."""
    group = [one for one in read(svg).iter(f"{SVG}g") if one.get("class") == "effect"][row]
    null = float(group.find(f"{SVG}line").get("x1"))
    path = next(one.get("d") for one in group.iter(f"{SVG}path") if one.get("class") == "interval")
    low, high = float(path[1:].split(" ")[0]), float(path.rsplit("M", 1)[1].split(" ")[0])
    square = next(one for one in group.iter(f"{SVG}rect"))
    return null, low, float(square.get("x")) + 5, high


def test_every_effect_of_a_statement_is_in_its_picture(statements):
    assert statements
    for one in statements:
        svg = effects(one)
        check_legible(svg)
        for text in (seen(svg), described(svg)):
            for row in one.effects:
                assert f"{row.estimate:g} (95% CI {row.low:g} to {row.high:g})" in text
                assert row.of in text and row.against in text and row.source in text
                assert row.outcome[1:] in text
        assert effects(one) == svg


def test_all_effects_of_the_pack_are_legible_and_placed_in_order(every):
    assert len(every) >= 30
    for row in every:
        svg = draw_effects([row])
        check_legible(svg)
        null, low, estimate, high = where(svg)
        assert low <= estimate <= high
        assert (low < null) == (row.low < row.no_effect) and (high > null) == (row.high > row.no_effect)


def test_the_side_and_the_reading_follow_what_is_better(every):
    row = next(one for one in every if one.citation == "rasmussen-barr-2016-nsaid-sciatica#pain")
    text = seen(draw_effects([row]))
    assert CROSSES in text and "← better: NSAID" in text and "→ better: placebo" in text
    harm = next(one for one in every if one.citation == "rasmussen-barr-2016-nsaid-sciatica#adverse-effects")
    assert FAVOURS.format("placebo") in seen(draw_effects([harm]))
    turned = harm.model_copy(update={"better": "higher"})
    assert FAVOURS.format("NSAID") in seen(draw_effects([turned]))
    below = harm.model_copy(update={"estimate": 0.5, "low": 0.3, "high": 0.8})
    assert FAVOURS.format("NSAID") in seen(draw_effects([below]))


def test_ratios_are_drawn_on_a_logarithmic_scale(every):
    row = next(one for one in every if one.measure == "risk ratio")
    null, low, _, high = where(draw_effects([row.model_copy(update={"estimate": 1.0, "low": 0.5, "high": 2.0})]))
    assert null - low == pytest.approx(high - null)


def test_only_rows_of_one_measure_and_unit_share_a_scale(every):
    row = next(one for one in every if one.unit == "points of 100")
    small = row.model_copy(update={"estimate": -1.0, "low": -2.0, "high": -0.5})
    large = row.model_copy(update={"estimate": -20.0, "low": -40.0, "high": -10.0})
    null, low, *_ = where(draw_effects([small, large]))
    assert null - low < 10
    null, low, *_ = where(draw_effects([small.model_copy(update={"unit": ""}), large.model_copy(update={"unit": ""})]))
    assert null - low > 100


def test_pictures_of_several_statements_share_no_id(statements):
    every = [found for one in statements for found in ids(effects(one))]
    assert len(every) == len(set(every)) > 3


def test_hostile_words_stay_words(every):
    row = every[0].model_copy(update={"outcome": HOSTILE, "of": HOSTILE, "unit": HOSTILE})
    assert "<script" not in draw_effects([row])


def test_no_effect_no_picture(general):
    bare = next(one for section in general.sections for one in section.statements if not one.effects)
    assert effects(bare) == "" and draw_effects([]) == ""

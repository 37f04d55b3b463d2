"""Effects are read strictly: every figure stands in the point's numbers, in order."""

from __future__ import annotations

import pytest

from rootline.content.yaml_text import read_fields
from rootline.errors import PackError
from rootline.evidence.points.effect import read_effect
from rootline.packs.load import load
from rootline.settings import pack_folder

NUMBERS = "MD -4.56 on 0-100 (95% CI -11.11 to 1.99)"
GOOD = {
    "outcome": '"pain"', "of": "NSAID", "against": "placebo", "measure": "mean difference",
    "estimate": "-4.56", "low": "-11.11", "high": "1.99", "better": "lower",
}  # fmt: skip


def effect(tmp_path, numbers=NUMBERS, **changed):
    path = tmp_path / "effect.yaml"
    path.write_text("\n".join(f"{key}: {value}" for key, value in {**GOOD, **changed}.items() if value))
    return read_effect(read_fields(path, "effect.yaml"), numbers, "p")


def test_it_is_read_as_written(tmp_path):
    read = effect(tmp_path)
    assert (read.estimate, read.low, read.high, read.no_effect, read.better) == (-4.56, -11.11, 1.99, 0.0, "lower")
    assert (
        effect(tmp_path, "RR 0.5 (0.3-0.8)", measure="risk ratio", estimate="0.5", low="0.3", high="0.8").no_effect == 1
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"estimate": "-4.65"}, "does not stand in `numbers:`"),
        ({"estimate": "about 4"}, "is not a number"),
        ({"low": "1.99", "high": "-11.11"}, "does not lie in its interval"),
        ({"measure": "mean diference"}, "`measure:` is never `mean diference`"),
        ({"measure": "risk ratio"}, "a risk ratio is above 0"),
        ({"better": "left"}, "`better:` is never `left`"),
        ({"against": ""}, "`against:` is missing"),
        ({"p": "0.05"}, "no key `p` belongs here"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, changed, said):
    with pytest.raises(PackError, match="effect of point `p`") as caught:
        effect(tmp_path, **changed)
    assert said in str(caught.value)


def test_the_pack_gives_its_most_leaned_on_treatment_results_as_effects():
    pack = load(pack_folder())
    having = [point for source in pack.sources.values() for point in source.points.values() if point.effects]
    assert len(having) >= 20
    for point in having:
        assert "95% CI" in point.numbers

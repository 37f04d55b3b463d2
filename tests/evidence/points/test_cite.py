"""Citations are resolved or refused with the nearest name, and the verdict never calls opposition support."""

from __future__ import annotations

from itertools import product

import pytest

from rootline.content.yaml_text import parse_yaml
from rootline.errors import PackError
from rootline.evidence.points.cite import Verdict, read_citation, verdict
from rootline.evidence.points.source import DIRECTIONS, Citation, Point, Source, read_source
from rootline.logic.place import Place, Text

SOURCE = """\
kind: guideline
short: Example
title: An example
standing: current
read: abstract
points:
  stay-active: {says: Stay active, direction: for, fits: direct}
  bed-rest: {says: No bed rest, direction: against, fits: direct}
"""
SOURCES: dict[str, Source] = {
    name: read_source(name, parse_yaml(SOURCE, f"{name}.yaml")) for name in ("nice-2020", "vadod-2022")
}

# What one cited direction does for a statement that tells to do or consider something, and for one that tells to avoid.
ALONE: dict[str, tuple[Verdict, Verdict]] = {
    "for": ("supported", "opposed"),
    "benefit": ("supported", "opposed"),
    "against": ("opposed", "supported"),
    "no benefit": ("opposed", "supported"),
    "harm": ("opposed", "supported"),
    "neutral": ("partly", "partly"),
    "finding": ("supported", "supported"),
}


def point(direction: str) -> Point:
    return Point("p", "says", direction, "", "", "", "direct", "any", "", "", "", Place("x.yaml", 1))


def verdict_on(kinds: set[str], *directions: str) -> Verdict:
    return verdict(kinds, [point(direction) for direction in directions])


def test_a_citation_is_resolved_to_its_source_and_point() -> None:
    assert read_citation("nice-2020#bed-rest", SOURCES) == Citation("nice-2020", "bed-rest")


@pytest.mark.parametrize(
    ("text", "what", "mend"),
    [
        ("nice-2002#bed-rest", "no source is called `nice-2002`", "Did you mean `nice-2020`?"),
        ("zzz#bed-rest", "no source is called `zzz`", "Known here: `nice-2020`, `vadod-2022`."),
        ("nice-2020#bedrest", "source `nice-2020` has no point `bedrest`", "Did you mean `bed-rest`?"),
        ("nice-2020#zzz", "source `nice-2020` has no point `zzz`", "Known here: `bed-rest`, `stay-active`."),
        ("nice-2020", "source `nice-2020` has no point ``", "Known here: `bed-rest`, `stay-active`."),
        ("nice-2020#", "source `nice-2020` has no point ``", "Known here:"),
        ("", "no source is called ``", "Known here:"),
        ("nice-2020#bed-rest#2", "source `nice-2020` has no point `bed-rest#2`", "Did you mean `bed-rest`?"),
        ("Nice-2020#bed-rest", "no source is called `Nice-2020`", "Did you mean `nice-2020`?"),
    ],
)
def test_a_citation_of_nothing_is_refused_at_its_line_with_the_nearest_name(text: str, what: str, mend: str) -> None:
    with pytest.raises(PackError) as caught:
        read_citation(Text(text, Place("advice.yaml", 12)), SOURCES)
    assert caught.value.what == what
    assert mend in caught.value.mend
    assert caught.value.where == "advice.yaml:12"


def test_every_direction_has_its_verdict_checked_here() -> None:
    missing = [direction for direction in DIRECTIONS if direction not in ALONE]
    assert not missing, f"no expected verdict for: {', '.join(missing)}"


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("kinds", [{"do"}, {"consider"}, {"do", "consider"}], ids=lambda kinds: "+".join(sorted(kinds)))
def test_a_statement_that_tells_to_do_is_judged_by_each_direction(kinds: set[str], direction: str) -> None:
    assert verdict_on(kinds, direction) == ALONE[direction][0]


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_statement_that_tells_to_avoid_is_judged_by_each_direction(direction: str) -> None:
    assert verdict_on({"avoid"}, direction) == ALONE[direction][1]


@pytest.mark.parametrize(
    "kinds", [set(), {"do"}, {"consider"}, {"avoid"}, {"do", "avoid"}], ids=lambda kinds: "+".join(sorted(kinds))
)
def test_a_statement_that_cites_nothing_is_unsupported(kinds: set[str]) -> None:
    assert verdict_on(kinds) == "unsupported"


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_statement_that_only_describes_is_supported_by_any_point(direction: str) -> None:
    assert verdict_on(set(), direction) == "supported"


@pytest.mark.parametrize("kind", ["do", "consider", "avoid"])
@pytest.mark.parametrize(("one", "other"), list(product(("for", "benefit"), ("against", "no benefit", "harm"))))
def test_points_that_pull_in_both_directions_support_only_partly(kind: str, one: str, other: str) -> None:
    assert verdict_on({kind}, one, other) == verdict_on({kind}, other, one) == "partly"


@pytest.mark.parametrize(("kind", "opposing"), [("do", "harm"), ("consider", "against"), ("avoid", "for")])
def test_a_neutral_point_does_not_soften_opposition_but_a_finding_does(kind: str, opposing: str) -> None:
    assert verdict_on({kind}, opposing, "neutral") == "opposed"
    assert verdict_on({kind}, opposing, "finding") == "partly"


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("kind", ["do", "consider", "avoid"])
def test_citing_the_same_direction_twice_changes_nothing(kind: str, direction: str) -> None:
    assert verdict_on({kind}, direction, direction) == verdict_on({kind}, direction)


@pytest.mark.parametrize(
    "kinds",
    [{"do", "avoid"}, {"consider", "avoid"}, {"do", "consider", "avoid"}],
    ids=lambda kinds: "+".join(sorted(kinds)),
)
def test_a_statement_that_tells_to_do_one_thing_and_avoid_another_may_cite_both_directions(kinds: set[str]) -> None:
    assert verdict_on(kinds, "for", "against") == "supported"


def test_kinds_and_points_may_come_one_by_one() -> None:
    assert verdict((kind for kind in ("do", "do")), (point(d) for d in ("for", "harm"))) == "partly"

"""One source file: what it must hold, how it is addressed, and that nothing in it is dropped or guessed."""

from __future__ import annotations

import pytest

from rootline.content.yaml_text import parse_yaml
from rootline.errors import PackError
from rootline.evidence.points.source import DIRECTIONS, KINDS, STANDINGS, Citation, Source, read_source
from rootline.logic.place import Place

LINES = {
    "kind": "guideline",
    "short": "Example 2020",
    "title": '"An example: the guideline"',
    "year": "2020",
    "standing": "current",
    "read": '"full text, 2024-05-01"',
    "points": "",
}
POINT = {"says": '"Stay active."', "direction": "for", "fits": "direct"}


def file_text(lines: dict[str, str], point: dict[str, str]) -> str:
    head = "".join(f"{key}: {value}\n" for key, value in lines.items() if key != "points")
    return f"{head}points:\n  stay-active:\n" + "".join(f"    {key}: {value}\n" for key, value in point.items())


def source(changes: dict[str, str] | None = None, point: dict[str, str] | None = None) -> Source:
    return read_source("example", parse_yaml(file_text(LINES | (changes or {}), POINT | (point or {})), "example.yaml"))


def refusal(text: str) -> PackError:
    with pytest.raises(PackError) as caught:
        read_source("example", parse_yaml(text, "example.yaml"))
    return caught.value


def test_a_source_is_read_with_its_points_and_places() -> None:
    read = source({"doi": "10.1000/x", "journal": "J Ex"}, {"strength": "strong", "place": '"rec 1.2"'})
    assert (read.id, read.kind, read.short, read.year, read.standing) == (
        "example", "guideline", "Example 2020", "2020", "current",
    )  # fmt: skip
    assert read.title == "An example: the guideline"
    assert read.place == Place("example.yaml", 1)
    point = read.points["stay-active"]
    assert (point.id, point.says, point.direction, point.strength, point.at) == (
        "stay-active", "Stay active.", "for", "strong", "rec 1.2",
    )  # fmt: skip
    assert point.place == Place("example.yaml", 11)


def test_what_a_point_does_not_say_stays_empty_and_its_phase_is_any() -> None:
    point = source().points["stay-active"]
    assert (point.strength, point.certainty, point.population, point.ages, point.numbers, point.at) == ("",) * 6
    assert point.phase == "any"


@pytest.mark.parametrize(
    ("record", "address"),
    [
        ({"doi": "10.1000/x", "pmid": "123", "url": "https://a.example"}, "https://doi.org/10.1000/x"),
        ({"pmid": "123", "url": "https://a.example"}, "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({"url": "https://a.example"}, "https://a.example"),
        ({}, ""),
    ],
    ids=["doi", "pmid", "url", "none"],
)
def test_a_source_is_opened_by_doi_then_pubmed_then_page(record: dict[str, str], address: str) -> None:
    assert source(record).address == address


@pytest.mark.parametrize("key", ["kind", "short", "title", "standing", "read"])
def test_a_source_without_a_needed_key_is_refused(key: str) -> None:
    error = refusal(file_text({k: v for k, v in LINES.items() if k != key}, POINT))
    assert error.what == f"source `example`: `{key}:` is missing"
    assert error.where == "example.yaml:1"
    assert error.mend == f"Add `{key}: …`."


@pytest.mark.parametrize("key", POINT)
def test_a_point_without_a_needed_key_is_refused_at_the_point(key: str) -> None:
    error = refusal(file_text(LINES, {k: v for k, v in POINT.items() if k != key}))
    assert error.what == f"point `stay-active`: `{key}:` is missing"
    assert error.where == "example.yaml:9"


@pytest.mark.parametrize("key", POINT)
def test_a_point_with_a_needed_key_left_empty_is_refused(key: str) -> None:
    assert f"point `stay-active`: `{key}:`" in refusal(file_text(LINES, POINT | {key: ""})).what


@pytest.mark.parametrize(
    ("lines", "point", "what", "mend", "line"),
    [
        ({"kind": "guidline"}, {}, "source `example`: `kind:` is never `guidline`", "Did you mean `guideline`?", 1),
        ({"standing": "curent"}, {}, "`standing:` is never `curent`", "Did you mean `current`?", 5),
        ({}, {"direction": "harmful"}, "point `stay-active`: `direction:` is never `harmful`", "mean `harm`?", 10),
        ({"jornal": "J"}, {}, "source `example`: no key `jornal` belongs here", "Did you mean `journal`?", 7),
        ({}, {"strenght": "weak"}, "point `stay-active`: no key `strenght` belongs", "Did you mean `strength`?", 12),
        ({"year": "20x4"}, {}, "source `example`: `year: 20x4` should be four digits", "", 4),
        ({"year": "24"}, {}, "`year: 24` should be four digits", "", 4),
        ({}, {"phase": "late"}, "`phase: late` should be one or several of acute, subacute, chronic, any", "", 12),
        ({}, {"ages": "adults"}, "`ages: adults` should be `18+` or `18-75`", "", 12),
        ({"title": "[a, b]"}, {}, "`title:` should be one text", "double quotes", 3),
    ],
)
def test_what_is_wrong_in_a_source_is_refused_at_its_line(
    lines: dict[str, str], point: dict[str, str], what: str, mend: str, line: int
) -> None:
    error = refusal(file_text(LINES | lines, POINT | point))
    assert what in error.what
    assert mend in error.mend
    assert error.where == f"example.yaml:{line}"


@pytest.mark.parametrize("points", ["", "points:\n", "points: {}\n", "points: [a]\n"])
def test_a_source_that_says_nothing_is_refused(points: str) -> None:
    head = "".join(f"{key}: {value}\n" for key, value in LINES.items() if key != "points")
    error = refusal(head + points)
    assert error.what == "source `example`: `points:` is missing"
    assert "add at least one point" in error.mend


def test_a_point_that_is_no_mapping_is_refused() -> None:
    head = "".join(f"{key}: {value}\n" for key, value in LINES.items() if key != "points")
    error = refusal(head + "points:\n  stay-active: Stay active.\n")
    assert (error.where, error.what) == ("example.yaml:8", "point `stay-active` should be a mapping")
    assert error.mend.startswith("Write `key: ")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_source_is_accepted(kind: str) -> None:
    assert source({"kind": kind}).kind == kind


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_standing_is_accepted(standing: str) -> None:
    assert source({"standing": standing}).standing == standing


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_every_direction_is_accepted(direction: str) -> None:
    assert source(point={"direction": direction}).points["stay-active"].direction == direction


def test_a_year_may_be_missing() -> None:
    assert read_source("example", parse_yaml(file_text({**LINES, "year": '""'}, POINT), "e.yaml")).year == ""


def test_a_citation_is_written_source_and_point() -> None:
    assert str(Citation("example", "stay-active")) == "example#stay-active"

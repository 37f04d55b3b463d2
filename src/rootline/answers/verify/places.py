"""The parts of an answer with their places: statements, positions, citations. Judges none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rootline.answers.model import Answer, LikelySite, PositionSaid, Section, Statement

_IN_SECTION = re.compile(r"sections\[(\d+)\](?:\.statements\[(\d+)\])?")


def statements(answer: Answer) -> Iterator[tuple[str, Section, Statement]]:
    """Every statement with its place and its section."""
    for at, section in enumerate(answer.sections):
        for number, statement in enumerate(section.statements):
            yield f"sections[{at}].statements[{number}]", section, statement


def positions(answer: Answer) -> Iterator[tuple[str, PositionSaid]]:
    """Every position of every disagreement with its place."""
    for at, disagreement in enumerate(answer.disagreements):
        for number, position in enumerate(disagreement.positions):
            yield f"disagreements[{at}].positions[{number}]", position


def citations(answer: Answer) -> Iterator[tuple[str, str]]:
    """Every `source#point` with its place, in the order in which an answer lists its sources."""
    lists = [
        *((place, one.citations) for place, _, one in statements(answer)),
        *((place, one.citations) for place, one in positions(answer)),
        ("bottom_line", answer.bottom_line.citations),
        *((f"do_not_wait[{at}]", one.citations) for at, one in enumerate(answer.do_not_wait)),
        *((f"urgency.because[{at}]", one.citations) for at, one in enumerate(answer.urgency.because)),
        *(of for at, one in enumerate(answer.localisation) for of in _of_site(f"localisation[{at}]", one)),
        *((f"overruled[{at}]", one.citations) for at, one in enumerate(answer.overruled)),
    ]
    for place, cited in lists:
        for at, citation in enumerate(cited):
            yield f"{place}.citations[{at}]", citation


def _of_site(place: str, one: LikelySite) -> Iterator[tuple[str, list[str]]]:
    yield place, one.citations
    if one.drawn:
        yield f"{place}.drawn", one.drawn.citations


def in_words(place: str, answer: Answer) -> str:
    """Section and statement of a place as a reader of the answer knows them; empty for any other place."""
    found = _IN_SECTION.match(place)
    if not found or int(found[1]) >= len(answer.sections):
        return ""
    section = answer.sections[int(found[1])]
    if not found[2] or int(found[2]) >= len(section.statements):
        return section.title
    return f"{section.title}: {section.statements[int(found[2])].id}"


def tells_no_plan(answer: Answer) -> bool:
    """Whether the question lies outside the pack: refused, or answered by quotes alone."""
    return answer.outcome == "refused" or bool(answer.passages and not answer.sections)

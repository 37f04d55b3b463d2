"""Puts content as it stands now on the desk and asks for review, piece by piece; what is there already stays.

Each piece is an act of its own: one that is refused stops none of the others before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rootline.desk.actor import Actor
from rootline.desk.acts import draft, submit
from rootline.desk.content import Subject
from rootline.desk.opening import Desk
from rootline.desk.present import Present
from rootline.desk.shown import is_to_be_renewed, shown
from rootline.errors import DeskError


def submit_present(desk: Desk, author: Actor, present: Present, subjects: Iterable[Subject]) -> Iterator[str]:
    """What became of each, in a line; after the last the first refusal is raised, where there was one."""
    refused: DeskError | None = None
    for subject in subjects:
        try:
            told = _put(desk, author, present, subject)
        except DeskError as error:
            refused, told = refused or error, f"not done: {error.what}"
        yield f"{subject.id}: {told}"
    if refused:
        raise refused


def _put(desk: Desk, author: Actor, present: Present, subject: Subject) -> str:
    content = present.content(subject)
    if content is None:
        return "this pack does not make it"
    with desk.reading() as session:
        found = shown(session, subject.id, content, desk.today)
    if found.state == "approved" and not is_to_be_renewed(found, desk.today):
        return "approved as it stands"
    edition = draft(desk, author, content, present.pack)
    if edition.state == "draft":
        edition = submit(desk, author, edition.id, edition.version)
    return f"{edition.state.replace('_', ' ')}, edition {edition.number}, {edition.sha256[:12]}"

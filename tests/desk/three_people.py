"""Three people at the desk, and the ways they take to get a content reviewed."""

from __future__ import annotations

from rootline.desk.actor import Actor
from rootline.desk.acts import approve, draft, submit, take
from rootline.desk.content import Subject
from rootline.desk.opening import Desk
from rootline.desk.present import Present
from rootline.desk.tables import Edition

ANN = Actor("Ann Author", "author")
BEN = Actor("Ben Reviewer", "reviewer", "neurology")
CIT = Actor("Cit Chair", "chair", "general practice")


def clinicians(present: Present) -> Subject:
    """The first canonical question, to a clinician."""
    return next(one for one in present.subjects() if one.kind == "answer" and one.audience == "clinician")


def put(desk: Desk, present: Present, subject: Subject, who: Actor = ANN) -> Edition:
    """Drafted, submitted and taken up: ready to be signed."""
    content = present.content(subject)
    assert content is not None
    edition = draft(desk, who, content, present.pack)
    edition = submit(desk, who, edition.id, edition.version)
    return take(desk, BEN, edition.id, edition.version)


def approved(desk: Desk, present: Present, subject: Subject) -> Edition:
    edition = put(desk, present, subject)
    return approve(desk, BEN, edition.id, edition.version, "")

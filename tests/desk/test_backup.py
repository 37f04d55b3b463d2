"""A backup is the desk: restored into either kind of database it is the same, and it goes on there."""

from __future__ import annotations

import pytest

from rootline.desk.acts import retire
from rootline.desk.backup import backup, restore
from rootline.desk.check_audit import check_audit
from rootline.desk.feedback import give_feedback
from rootline.desk.opening import make_desk
from rootline.desk.present import Present
from rootline.desk.shown import review_of
from rootline.errors import DeskError
from tests.desk.conftest import fresh
from tests.desk.three_people import CIT, approved, clinicians


@pytest.fixture
def present(ankle):
    return Present(ankle)


@pytest.fixture
def lived(desk, present):
    edition = approved(desk, present, clinicians(present))
    give_feedback(desk, edition.piece, "", edition.sha256, "unsafe", "Straße, 足")
    return desk


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request, tmp_path):
    made = make_desk(fresh(request, request.param, tmp_path))
    yield made
    made.close()


def test_restored_it_is_the_same_and_goes_on(lived, other, present):
    lines = list(backup(lived))
    assert restore(other, lines) == len(lines) - 2
    assert list(backup(other))[1:-1] == lines[1:-1]
    subject = clinicians(present)
    answer = present.content(subject).answer
    review = review_of(answer, other, present)
    assert review.state == "approved" and review == review_of(answer, lived, present)
    retire(other, CIT, 1, 4, "Moved.")
    give_feedback(other, subject.id, "", "", "wrong", "")
    with other.reading() as session:
        assert check_audit(session).findings == ()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda lines: lines[:-1], "cut off"),
        (lambda lines: lines[:3] + lines[4:], "altered or is not whole"),
        (lambda lines: [line.replace("Ann", "Eve") for line in lines], "altered or is not whole"),
        (lambda lines: [*lines, lines[1]], "goes on after its end"),
        (lambda lines: ["{}", *lines[1:]], "no backup of a desk"),
        (lambda lines: [lines[0].replace('"0', '"9'), *lines[1:]], "is of schema 9"),
        (lambda lines: [lines[0], "nonsense", *lines[1:]], "no JSON"),
        (lambda lines: [lines[0], '{"table": "plans", "row": {}}', *lines[1:]], "does not know"),
    ],
)
def test_a_spoilt_backup_is_refused_and_changes_nothing(lived, url, tmp_path, request, spoil, told):
    other = make_desk(fresh(request, "sqlite" if "sqlite" in url else "postgresql", tmp_path))
    before = list(backup(other))[1:-1]
    with pytest.raises(DeskError, match=told):
        restore(other, spoil(list(backup(lived))))
    assert list(backup(other))[1:-1] == before
    other.close()


def test_nothing_is_restored_over_a_desk_that_is_used(lived):
    lines = list(backup(lived))
    with pytest.raises(DeskError, match="there is a desk with entries here already"):
        restore(lived, lines)

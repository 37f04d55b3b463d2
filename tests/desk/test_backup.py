"""A backup is the desk: restored into either kind of database it is the same, and it goes on there."""

from __future__ import annotations

import hashlib
import json

import pytest
from click.testing import CliRunner

from rootline.cli.main import main
from rootline.desk.acts import retire
from rootline.desk.backup import backup, restore
from rootline.desk.check_audit import check_audit
from rootline.desk.feedback import give_feedback
from rootline.desk.opening import make_desk
from rootline.desk.people.store import People
from rootline.desk.present import Present
from rootline.desk.read_backup import read_backup
from rootline.desk.shown import review_of
from rootline.errors import DeskError
from tests.desk.conftest import fresh
from tests.desk.people.conftest import join
from tests.desk.three_people import CIT, approved, clinicians


@pytest.fixture
def lived(desk, present):
    edition = approved(desk, present, clinicians(present))
    give_feedback(desk, edition.piece, "", edition.sha256, "unsafe", "Straße, 足")
    join(People(desk.engine), "ada", "Ada Lund", "administrator")
    return desk


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request, tmp_path):
    made = make_desk(fresh(request, request.param, tmp_path))
    yield made
    made.close()


def test_restored_it_is_the_same_and_goes_on(lived, other, present):
    lines = list(backup(lived))
    rows = read_backup(lines)
    assert len(rows) == len(lines) - 2
    restore(other, rows)
    assert list(backup(other))[1:-1] == lines[1:-1]
    subject = clinicians(present)
    answer = present.content(subject).answer
    review = review_of(answer, other, present)
    assert review.state == "approved" and review == review_of(answer, lived, present)
    retire(other, CIT, 1, 4, "Moved.")
    give_feedback(other, subject.id, "", "", "wrong", "")
    join(People(other.engine), "ben", "Ben Okoro", "author")
    with other.reading() as session:
        assert check_audit(session).findings == ()


def sealed(lines):
    """As somebody would who spoils a backup and writes its end anew."""
    whole = "".join(f"{line}\n" for line in lines).encode(errors="surrogateescape")
    return [*lines, json.dumps({"end": len(lines) - 1, "sha256": hashlib.sha256(whole).hexdigest()})]


def with_row(table, **values):
    """One row of this table replaced in some of its columns."""

    def spoil(lines):
        told = [json.loads(line) for line in lines[:-1]]
        row = next(one["row"] for one in told if one.get("table") == table)
        row.update(values)
        return sealed([json.dumps(one) for one in told])

    return spoil


def between(line):
    return lambda lines: sealed([*lines[:3], line, *lines[3:-1]])


SPOILT = [
    (lambda lines: lines[:-1], "cut off"),
    (lambda lines: lines[:3] + lines[4:], "altered or is not whole"),
    (lambda lines: [line.replace("Ann", "Eve") for line in lines], "altered or is not whole"),
    (lambda lines: [*lines, lines[1]], "goes on after its end"),
    (lambda lines: [], "cut off"),
    (lambda lines: ["{}", *lines[1:]], "no backup of a desk"),
    (lambda lines: ['{"schema": "rootline.desk/1"}', *lines[1:]], "is of schema None"),
    (lambda lines: [lines[0].replace('"0', '"9'), *lines[1:]], "is of schema 9"),
    (lambda lines: sealed(lines[:1]), "no whole desk"),
    (lambda lines: sealed([*lines[:-1], lines[2]]), "do not fit together"),
    (lambda lines: sealed([one for one in lines[:-1] if '"table": "piece"' not in one]), "do not fit together"),
    (between("nonsense"), "no JSON"),
    (between("[" * 100_000), "no JSON"),
    (between("9" * 5_000), "no JSON"),
    (between("\udcff\udcfe"), "no JSON in UTF-8"),
    (between("5"), "no row"),
    (between("[]"), "no row"),
    (between("null"), "no row"),
    (between('"end"'), "no row"),
    (between('{"table": "piece"}'), "no row"),
    (between('{"table": "piece", "row": [1]}'), "no row"),
    (between('{"table": ["piece"], "row": {}}'), "no row"),
    (between('{"table": "piece", "row": {}}'), "has no `piece.audience` here"),
    (between('{"table": "plans", "row": {}}'), "does not know"),
    (with_row("piece", nosuch=1), "a column `piece.nosuch`"),
    (with_row("piece", title={"zzz": 1}), "`piece.title` cannot be read"),
    (with_row("piece", title=None), "`piece.title` cannot be read"),
    (with_row("piece", title=7), "`piece.title` cannot be read"),
    (with_row("piece", title="\ud800"), "`piece.title` cannot be read"),
    (with_row("piece", title="a\0b"), "`piece.title` cannot be read"),
    (with_row("edition", number="1"), "`edition.number` cannot be read"),
    (with_row("edition", number=True), "`edition.number` cannot be read"),
    (with_row("edition", number=1.5), "`edition.number` cannot be read"),
    (with_row("edition", number=2**31), "`edition.number` cannot be read"),
    (with_row("account", is_disabled=1), "`account.is_disabled` cannot be read"),
    (with_row("kept_pack", archive={"base64": "!"}), "`kept_pack.archive` cannot be read"),
    (with_row("kept_pack", archive={"base64": 5}), "`kept_pack.archive` cannot be read"),
    (with_row("kept_pack", archive="text"), "`kept_pack.archive` cannot be read"),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory, ankle):
    """A backup with a row in the tables that are spoilt."""
    made = make_desk(f"sqlite:///{tmp_path_factory.mktemp('written')}/desk.sqlite")
    approved(made, Present(ankle), clinicians(Present(ankle)))
    join(People(made.engine), "ada", "Ada Lund", "administrator")
    lines = list(backup(made))
    made.close()
    return lines


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path / "new"))
    monkeypatch.delenv("ROOTLINE_DESK", raising=False)
    return tmp_path / "desk.jsonl"


def restored(file, lines):
    file.write_bytes("".join(f"{line}\n" for line in lines).encode(errors="surrogateescape"))
    return CliRunner().invoke(main, ["desk", "restore", str(file)])


@pytest.mark.parametrize(("spoil", "told"), SPOILT)
def test_a_spoilt_backup_is_refused_and_makes_no_desk(file, written, spoil, told):
    result = restored(file, spoil(written))
    assert result.exit_code == 2 and told in result.output, result.output
    assert not (file.parent / "new" / "desk.sqlite").exists()


def test_a_whole_backup_makes_a_desk(file, written):
    result = restored(file, written)
    assert result.exit_code == 0 and "0 findings" in result.output, result.output
    assert restored(file, written).exit_code == 2, "and not twice"


def test_nothing_is_restored_over_a_desk_that_is_used(lived):
    lines = list(backup(lived))
    with pytest.raises(DeskError, match="there is a desk with entries here already"):
        restore(lived, read_backup(lines))

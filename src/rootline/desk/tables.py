"""The desk's tables: one model for SQLite and PostgreSQL. What the rows mean is decided elsewhere.

Times are text, in UTC, as ISO 8601 writes them: they sort as they stand and mean the same in both.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PASSING = "passing"  # a table or column marked so stands in no entry of the record: it is the record, or it passes
OPEN = ("draft", "submitted", "under_review", "changes_requested")
_ONE = "state IN ({})"


class Base(DeclarativeBase):
    """The root of every table at the desk."""

    type_annotation_map = {str: Text}  # noqa: RUF012  SQLAlchemy reads it so


class KeptPack(Base):
    """A version of a topic pack, whole, as a tar: so that what was approved can be read and compared again."""

    __tablename__ = "kept_pack"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    pack: Mapped[str]
    version: Mapped[str]
    archive: Mapped[bytes] = mapped_column(LargeBinary)


class Piece(Base):
    """A thing under review: an answer to a question for an audience, or a pack."""

    __tablename__ = "piece"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]  # answer | case | pack
    pack: Mapped[str]
    question_id: Mapped[str]  # of a canonical question; else empty
    title: Mapped[str]  # the question's words, or the pack's title
    audience: Mapped[str]
    given: Mapped[str]  # of a case: its facts as JSON; else empty


class Edition(Base):
    """One exact content of a piece. The content never changes; the state does, and `version` counts its changes."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("piece", "number"),
        Index("one_open_edition", "piece", unique=True,
              sqlite_where=text(_ONE.format(", ".join(f"'{state}'" for state in OPEN))),
              postgresql_where=text(_ONE.format(", ".join(f"'{state}'" for state in OPEN)))),
        Index("one_approved_edition", "piece", unique=True,
              sqlite_where=text(_ONE.format("'approved'")), postgresql_where=text(_ONE.format("'approved'"))),
    )  # fmt: skip
    id: Mapped[int] = mapped_column(primary_key=True)
    piece: Mapped[str] = mapped_column(ForeignKey("piece.id"))
    number: Mapped[int]
    state: Mapped[str]
    version: Mapped[int] = mapped_column()
    sha256: Mapped[str]
    content: Mapped[str]
    pack_sha256: Mapped[str] = mapped_column(ForeignKey("kept_pack.sha256"))
    author: Mapped[str]
    submitter: Mapped[str]
    made_at: Mapped[str]
    changed_at: Mapped[str]
    review_by: Mapped[str]  # a day; empty until approved
    compared_with: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))  # approved when this one was drafted
    touches: Mapped[str]  # what differs from that one, as JSON; see `touched`
    difference: Mapped[str]  # rootline.diff/1 of the two packs, as JSON; empty where they are the same or there is none
    unproved: Mapped[str]  # why there is none though the packs differ; else empty
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Signature(Base):
    """A reviewer's name under an edition. One with a conflict of interest is shown, and does not count.

    One that fell is shown at the desk alone; its signer may sign again.
    """

    __tablename__ = "signature"
    __table_args__ = (
        Index("one_standing_signature", "edition", "name", unique=True, sqlite_where=text("fallen = ''"),
              postgresql_where=text("fallen = ''")),
    )  # fmt: skip
    id: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    sha256: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    specialty: Mapped[str]
    conflict: Mapped[str]  # empty: none declared
    at: Mapped[str]
    fallen: Mapped[str]  # why it no longer stands, in words; empty while it does

    @property
    def counts(self) -> bool:
        """Whether it is one of those that a topic asks for."""
        return not self.conflict and not self.fallen


class Comment(Base):
    """What somebody says of a statement of an edition, or, without one, of the whole."""

    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    statement: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    text: Mapped[str]
    at: Mapped[str]


class Feedback(Base):
    """What a reader says of a statement. Open until somebody at the desk settles it and says how."""

    __tablename__ = "feedback"
    id: Mapped[int] = mapped_column(primary_key=True)
    piece: Mapped[str] = mapped_column(index=True)  # of a piece, or of an answer that nobody has published
    statement: Mapped[str]
    sha256: Mapped[str]  # of the content that the reader saw
    kind: Mapped[str]
    text: Mapped[str]
    name: Mapped[str]  # empty: a reader without an account
    at: Mapped[str]
    settled_by: Mapped[str]
    settled_how: Mapped[str]
    times: Mapped[int]  # how often the same was said while it was open


class Policy(Base):
    """What a topic asks of a review: how many signatures, one of which specialty, and for how long they hold."""

    __tablename__ = "policy"
    pack: Mapped[str] = mapped_column(primary_key=True)
    reviewers: Mapped[int]
    specialty: Mapped[str]
    months: Mapped[int]


class AuditEntry(Base):
    """Who did what to which hash. Only ever added; each holds the hash of the one before."""

    __tablename__ = "audit_entry"
    __table_args__ = ({"info": {PASSING: True}},)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    who: Mapped[str]
    role: Mapped[str]
    act: Mapped[str]
    piece: Mapped[str] = mapped_column(index=True)
    edition: Mapped[int] = mapped_column(index=True)  # 0: of no edition
    sha256: Mapped[str]
    detail: Mapped[str]  # JSON; of texts that people write only their hash
    previous: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base):
    """The last entry, once more: what an end cut off is found by. Its one row is the lock of every writer."""

    __tablename__ = "audit_head"
    __table_args__ = ({"info": {PASSING: True}},)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[str]


class Seal(Base):
    """The public half of the key that signs reports; the private half is a file of its own."""

    __tablename__ = "seal"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public: Mapped[str]

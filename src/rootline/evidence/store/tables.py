"""The library's tables. Rows are only ever added: a row says what came in, when, and from where.

One model for SQLite and, later, PostgreSQL. What the rows mean is the store's matter.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

metadata = MetaData()

# One version of a document as one kind of file tells it. `sequence` counts all rows; `came_in` is in microseconds UTC.
rendition = Table(
    "rendition",
    metadata,
    Column("sequence", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("revised", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("came_in", BigInteger, nullable=False),
    Column("origin", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("rendition_of_document", "document", "kind", "sequence"),
    Index("rendition_in_time", "came_in"),
)

# Which document a PMID, DOI, PMCID or hash names; the row added last counts.
identifier = Table(
    "identifier",
    metadata,
    Column("key", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("document", Text, nullable=False),
    Index("identifier_of_document", "document"),
    sqlite_with_rowid=False,
)

# How far a file, known by its hash, has been taken in, and what came of each batch of its records.
batch = Table(
    "batch",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("file", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("position", BigInteger, nullable=False),  # records taken so far
    Column("is_last", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("revised", Integer, nullable=False),
    Column("same", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("came_in", BigInteger, nullable=False),
)

# Records that could not be read: where in which file, and why. Never what they say.
broken = Table(
    "broken",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("file", Text, nullable=False, index=True),
    Column("place", Text, nullable=False),
    Column("what", Text, nullable=False),
)

# Up to which row of `rendition` the changes of standing were told, for which pack; the highest number counts.
report = Table(
    "report",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("pack", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("came_in", BigInteger, nullable=False),
)

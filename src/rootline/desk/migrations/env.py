"""Run by Alembic: brings the schema forward over the connection that it was given. Opens none of its own."""

from __future__ import annotations

from alembic import context

from rootline.desk.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()

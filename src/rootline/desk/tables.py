"""What all tables of the desk have in common. What their rows mean is said where each is defined."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The root of every table at the desk."""

    type_annotation_map = {str: Text}  # noqa: RUF012  SQLAlchemy reads it so

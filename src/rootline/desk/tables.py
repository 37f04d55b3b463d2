"""What all tables of the desk have in common. What their rows mean is said where each is defined."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The one collection of the desk's tables."""

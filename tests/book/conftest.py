"""The books of both packs, and the page of each as a tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from rootline.book.content import Book, collect
from rootline.packs.load import load
from tests.book.page import Page, read

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain"


@pytest.fixture(scope="session")
def example() -> Book:
    return collect(load(EXAMPLE))


@pytest.fixture(scope="session")
def shipped(pack) -> Book:
    return collect(pack)


@pytest.fixture(scope="session", params=["example", "shipped"])
def book(request) -> Book:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def page(book) -> Page:
    return read(book)

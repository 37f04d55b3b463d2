"""The pages of decisions: numbered without gaps, each with the same parts."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

DOCS = Path(__file__).parents[2] / "docs"


def test_decisions_are_numbered_without_gaps_and_hold_the_same_parts():
    pages = sorted((DOCS / "decisions").glob("*.md"))
    assert pages
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        parts = re.findall(r"^\*\*(.+?)\.\*\*", dedent(text), re.MULTILINE)
        assert parts == ["Context", "Decision", "Why", "Weighed", "Consequence"], page.name

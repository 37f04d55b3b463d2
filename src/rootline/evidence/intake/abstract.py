"""An abstract given as one run of words, split at the labels that stand in it ("METHODS: …").

For formats that keep structured abstracts so. Takes no word away but the labels.
"""

from __future__ import annotations

import re

from rootline.evidence.store.identity import clean
from rootline.evidence.store.passages import Section

# Capitals and a colon, at the beginning or after the end of a sentence.
_LABEL = re.compile(r"(?:^|(?<=[.?!)\]] ))([A-Z]{4,30}(?:[A-Z ,/&'()-]{0,60}[A-Z)])?): ")


def sections_of(text: str) -> list[Section]:
    """The sections; one without heading where there are no labels."""
    words = clean(text)
    parts = _LABEL.split(words)
    first = [Section("", (parts[0],))] if parts[0].strip() else []
    return first + [Section(label, (body,)) for label, body in zip(parts[1::2], parts[2::2], strict=True)]

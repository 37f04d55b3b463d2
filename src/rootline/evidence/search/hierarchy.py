"""What kind of publication a document is, from the types its record names, and which kinds go first.

Says nothing of how good a single publication is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Kind = Literal["guideline", "systematic review", "trial", "study", "review", "opinion", "document"]
# First to last: what sums up the evidence stands before single studies.
KINDS: tuple[Kind, ...] = ("guideline", "systematic review", "trial", "study", "review", "document", "opinion")
# Words of publication types (PubMed's and those of other formats, in lower case), by the kind they make a document.
_TYPES: dict[Kind, tuple[str, ...]] = {
    "guideline": ("guideline", "practice guideline", "consensus development conference"),
    "systematic review": ("systematic review", "meta-analysis", "network meta-analysis"),
    "trial": (
        "randomized controlled trial", "controlled clinical trial", "clinical trial", "pragmatic clinical trial",
        "equivalence trial", "clinical trial, phase iii", "clinical trial, phase iv", "clinical trial, phase ii",
    ),
    "study": ("observational study", "comparative study", "validation study", "multicenter study", "evaluation study",
              "twin study", "clinical study"),
    "review": ("review", "scoping review"),
    "opinion": ("editorial", "comment", "letter", "news", "case reports", "personal narrative",
                "clinical trial protocol"),
}  # fmt: skip


def kind_of(types: Iterable[str]) -> Kind:
    """The first kind that a type speaks for; `document` where the record does not tell."""
    named = {one.lower() for one in types}
    if "clinical trial protocol" in named:  # a plan has no results
        return "opinion"
    return next((kind for kind in KINDS if named & set(_TYPES.get(kind, ()))), "document")

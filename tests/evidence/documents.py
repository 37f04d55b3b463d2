"""Made-up documents for tests of search and quoting. None of them exists."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from rootline.evidence.store.document import Document
from rootline.evidence.store.passages import Section, lay_out


def document(number: int, title: str, *paragraphs: str, **fields: Any) -> Document:
    """One document; a paragraph "RESULTS: …" stands in a section of that name."""
    sections = [Section(*one.split(": ", 1)[:1], (one.split(": ", 1)[1],)) if ": " in one else Section("", (one,))
                for one in paragraphs]  # fmt: skip
    text, passages = lay_out(sections)
    pmid = str(990_000_000 + number)
    fields = {"kind": "pubmed", "pmid": pmid, "year": 2000 + number} | fields
    return Document(f"pmid:{pmid}", sha256(text.encode()).hexdigest(), title, text, passages, **fields)


OZONE_REVIEW = document(
    1, "Ozone injection for sciatica: a made-up review",
    "BACKGROUND: Ozone injection is offered for sciatica.",
    "CONCLUSIONS: Ozone injection showed no benefit over steroid injection in sciatica.",
    types=("Journal Article", "Systematic Review"),
)  # fmt: skip
OZONE_TRIAL = document(
    2, "Intradiscal ozone injection: a made-up trial",
    "RESULTS: Ozone injection was effective for sciatica: pain fell by 1.5 points (95% CI 0.9 to 2.1).",
    types=("Randomized Controlled Trial",), mesh=("Sciatica", "Ozone"),
)  # fmt: skip
OZONE_RETRACTED = document(
    3, "Ozone injection cures sciatica", "RESULTS: Ozone injection for sciatica cured all.", standing="retracted"
)
TRACTION = document(
    4, "Mechanical traction for lumbar radiculopathy: a made-up review",
    "RESULTS: Eight trials of traction were pooled (n = 1,200). Pain differed by 0.5 points.",
    types=("Meta-Analysis",),
)  # fmt: skip
DISC = document(5, "Edema of the nerve root", "Edema around the herniated disk was seen in 12 of 40 adults.")
UNRELATED = [
    document(10 + number, f"Made-up study of {thing}", f"We looked at {thing} in {number + 20} adults of a city.")
    for number, thing in enumerate(("asthma", "knee pain", "migraine", "school meals", "sleep", "gout", "cataract"))
]
ALL = [OZONE_REVIEW, OZONE_TRIAL, OZONE_RETRACTED, TRACTION, DISC, *UNRELATED]

"""The book as one HTML page that needs no script and asks for nothing outside itself.

Every text of a pack is escaped; only the pictures, drawn here, go in as they are. Decides no content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rootline.answers.model import Review
from rootline.answers.phrases import CONFLICT
from rootline.answers.reviewed import disclaimer
from rootline.book import wording
from rootline.book.content import Book, anchor
from rootline.evidence.points.cite import verdict
from rootline.logic.tree import ALWAYS, Node
from rootline.logic.units import say_shortest
from rootline.logic.values import Amount, Value
from rootline.packs.describe import say_fact
from rootline.packs.model import Heard
from rootline.readers.english import Voice, english

CHAPTERS = {  # file of its template -> title
    "reading": "What this is",
    "facts": "Facts: what is asked",
    "rules": "Rules in sentences",
    "urgency": "Urgency",
    "advice": "Advice",
    "actions": "Actions, doses and times",
    "sites": "Sites of the lesion",
    "disagreements": "Where sources disagree",
    "readings": "Readings that are ours",
    "left_out": "What is left out",
    "coverage": "Common claims",
    "vignettes": "Worked patients",
    "properties": "What holds for every patient",
    "sources": "Sources and their points",
    "phrases": "Words that are heard",
    "codes": "Codes of records and orders",
    "signature": "Signature",
}


def render(book: Book, review: Review) -> str:
    """The whole page, with the state of its review. The same book gives the same page, byte for byte."""
    page = _environment(book).get_template("book.html")
    said = disclaimer(review, "clinician")
    return page.render(
        book=book, pack=book.pack, chapters=CHAPTERS, conflict=CONFLICT, disclaimer=said, review=review
    )  # fmt: skip


def _environment(book: Book) -> Environment:
    pack = book.pack

    def words(node: Node, voice: Voice = "clinician") -> str:
        return english(node, pack.lexicon, voice)

    def condition(node: Node, voice: Voice = "clinician") -> str:
        return "for everyone" if node == ALWAYS else f"if {words(node, voice)}"

    def known(value: Value | None, fact: str) -> str:
        return "unknown" if value is None else say_fact(fact, value, pack, "clinician")

    def by_value(heard: Iterable[Heard]) -> list[tuple[Value | None, list[Heard]]]:
        found: dict[Value | None, list[Heard]] = {}
        for one in heard:
            found.setdefault(one.value, []).append(one)
        return list(found.items())

    def judged(advice: Any) -> str:
        return verdict([kind for kind, _ in advice.actions], [pack.point(one) for one in advice.because])

    def is_amount(type_: object) -> bool:
        return isinstance(type_, Amount)

    filters: dict[str, Callable[..., Any]] = {
        "words": words,
        "condition": condition,
        "known": known,
        "verdict": judged,
        "is_amount": is_amount,
        "groupby_value": by_value,
        "anchor": lambda id_, kind: anchor(kind, id_),
        "days": say_shortest,
        "picture": Markup,  # our own SVG, whose texts were escaped when it was drawn
        "name": wording.name,
        "range": wording.range_of,
        "short": wording.in_short,
        "capital": wording.capital,
        "sentence": wording.sentence,
        "css": lambda text: Markup(wording.css_text(text)),  # holds letters, digits and backslashes alone
    }
    environment = Environment(
        loader=PackageLoader("rootline.book"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment

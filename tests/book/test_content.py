"""Everything of a pack is in its book, in words, and nothing is there that the pack lacks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest

from rootline.book.content import Book, anchor, collect
from rootline.checks.proofs import Proof
from rootline.checks.properties import Property
from rootline.checks.vignettes import read_vignettes
from rootline.logic.tree import ALWAYS, Rule, walk
from rootline.packs.coverage import coverage
from rootline.packs.describe import say_fact
from rootline.packs.load import load
from rootline.readers.english import english
from tests.book.page import read, squeezed

KINDS = {
    "fact": lambda book: book.pack.facts,
    "finding": lambda book: book.pack.findings,
    "rule": lambda book: book.pack.rules,
    "statement": lambda book: book.pack.statements,
    "action": lambda book: book.pack.actions,
    "site": lambda book: [site.id for site in book.pack.sites],
    "source": lambda book: book.pack.sources,
    "point": lambda book: [f"{source.id}#{point}" for source in book.pack.sources.values() for point in source.points],
    "disagreement": lambda book: [one.id for one in book.pack.disagreements],
    "claim": lambda book: [f"{one.question}/{one.id}" for one in coverage(book.pack)],
    "question": lambda book: [one.id for one in book.pack.questions],
    "person": lambda book: book.people,
    "vignette": lambda book: [str(n) for n, _ in enumerate(read_vignettes(book.pack, book.pack.folder), start=1)],
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_thing_of_the_pack_has_its_place_and_no_other_has_one(book, page, kind):
    shown = [one for one in page.ids if one.startswith(f"{kind}-")]
    assert sorted(shown) == sorted(anchor(kind, id_) for id_ in KINDS[kind](book))


def told(book: Book) -> Iterator[tuple[str, str]]:
    """Each text of the pack with the anchor of the place where it must be read."""
    pack = book.pack
    for fact in pack.facts.values():
        for wording in (fact.ask, *(words for (id_, _), words in pack.lexicon.values.items() if id_ == fact.id)):
            yield from ((anchor("fact", fact.id), wording.to(voice)) for voice in ("clinician", "patient"))
        yield from (("phrases", heard.phrase) for heard in fact.heard)
    for rule in pack.rules.values():
        yield anchor("rule", rule.name), rule.reading
        yield from ((anchor("rule", rule.name), pack.point(one).says) for one in rule.because)
    for one in pack.statements.values():
        place = anchor("statement", one.id)
        for text in (one.say.clinician, one.say.patient, one.strength, one.certainty, one.reading):
            yield place, text
        yield from ((place, pack.actions[what].words.clinician) for _, what in one.actions)
        for cited in one.because:
            yield place, pack.point(cited).says
            yield place, pack.sources[cited.source].short
        for dose in one.doses:
            for text in (dose.drug, dose.dose, dose.maximum, dose.duration, dose.note):
                yield place, text
                yield "actions", text
    for action in pack.actions.values():
        yield anchor("action", action.id), action.words.patient
        yield from (("phrases", phrase) for phrase in action.heard)
    for site in book.sites:
        yield anchor("site", site.id), site.name.patient
        yield from ((anchor("site", site.id), pack.facts[fact].ask.clinician) for fact in site.decides)
    yield from _conditions(book)
    yield from _told_of_sources(book)
    yield from _told_of_the_rest(book)


def _conditions(book: Book) -> Iterator[tuple[str, str]]:
    pack = book.pack
    for name, rule in pack.rules.items():
        yield anchor("rule", name), english(rule.when, pack.lexicon, "clinician")
    for id_, one in pack.statements.items():
        if one.when != ALWAYS:
            yield anchor("statement", id_), f"If {english(one.when, pack.lexicon, 'clinician')}"
            yield anchor("statement", id_), f"If {english(one.when, pack.lexicon, 'patient')}"
    for site in book.sites:
        for node in (*site.for_, *site.strong, *site.against):
            yield anchor("site", site.id), english(node, pack.lexicon, "clinician")
    for fact, nodes in pack.findings.items():
        yield from ((anchor("finding", fact), english(node, pack.lexicon, "clinician")[1:]) for node in nodes)


def _told_of_sources(book: Book) -> Iterator[tuple[str, str]]:
    for source in book.pack.sources.values():
        for text in (source.title, source.doi, source.pmid, source.standing_note, source.year):
            yield anchor("source", source.id), text.rstrip(".")[1:]  # the book may give it a capital and a full stop
        for point in source.points.values():
            for text in (point.says, point.numbers.rstrip(".")[1:], point.population, point.at, point.fits, point.ages):
                yield anchor("point", f"{source.id}#{point.id}"), text


def _told_of_the_rest(book: Book) -> Iterator[tuple[str, str]]:
    for one in book.pack.disagreements:
        place = anchor("disagreement", one.id)
        for text in (one.title.patient, one.why, one.our_reading.clinician, one.our_reading.patient):
            yield place, text
        for position in one.positions:
            yield place, position.says.clinician
            yield place, position.says.patient
    for claim in book.claims:
        place = anchor("claim", f"{claim.question}/{claim.id}")
        yield place, claim.claim
        if claim.overruled:
            yield place, claim.overruled.says.clinician
            yield place, claim.overruled.says.patient
    for number, result in enumerate(book.results, start=1):
        yield f"vignette-{number}", result.vignette.name
        yield f"vignette-{number}", result.vignette.story
        for fact, value in result.vignette.told.items():
            yield f"vignette-{number}", say_fact(fact, value, book.pack, "clinician")
        for what in (*result.vignette.expect.get("advised", ()), *result.vignette.expect.get("not advised", ())):
            yield f"vignette-{number}", book.pack.actions[what].words.clinician
    for name, facts in book.people.items():
        for fact, value in facts.items():
            yield anchor("person", name), say_fact(fact, value, book.pack, "clinician")
    for shorthand in book.pack.shorthands:
        yield from (("facts", phrase) for phrase in shorthand.phrases)
    for phrase in (*book.pack.covers, *book.pack.whole, *(one for some in book.pack.headings.values() for one in some)):
        yield "phrases", phrase
    yield "signature", book.pack.sha256


def test_every_text_of_the_pack_is_read_in_its_place(book, page):
    words = {}
    missing = []
    for place, text in told(book):
        if place not in words:
            words[place] = page.words(place)
        if squeezed(text) not in words[place]:
            missing.append((place, text))
    assert missing == []


def test_every_reading_is_in_the_list_of_readings(book, page):
    listed = page.words("readings")
    readings = [one.reading for one in (*book.pack.rules.values(), *book.pack.statements.values()) if one.reading]
    assert readings
    assert [one for one in readings if squeezed(one) not in listed] == []


def test_no_id_is_shown_where_words_exist(book, page):
    ids = {id_ for id_ in (*book.pack.facts, *book.pack.rules) if "_" in id_}
    body = squeezed("".join(page.tags("body")[0].itertext()))
    assert ids & set(re.findall(r"\w+", body)) == set()


def test_a_book_without_proofs_says_so_and_never_that_something_is_proved(example):
    page = read(example)
    for place in ("reading", "properties", "signature"):
        assert "not proved in this copy" in page.words(place)
    assert "✓ proved" not in page.text


def test_proofs_are_told_with_their_outcome(example):
    given = [
        Proof(Property("Nobody is reassured", "never", ()), "proved"),
        Proof(Property("`one` can be said", "possible", ()), "proved"),
        Proof(Property("`two` can be said", "possible", ()), "proved"),
        Proof(Property("No NSAID", "never", ()), "refuted", patient={"age": 40.0}),
        Proof(Property("Everything happens", "never", ()), "undecided", note="out of time"),
    ]
    words = read(collect(example.pack, given)).words("properties")
    assert "3 proved, 1 refuted, 1 undecided." in words
    assert "No NSAID✕ refutedpatient: age 40 years" in words
    assert "Nobody is reassured✓ proved–" in words
    assert "`…` can be said✓ provedeach of 2" in words
    assert "Everything happens? undecidedout of time" in words
    assert "no property was stated" in read(collect(example.pack, [])).words("properties")


def test_a_vignette_that_fails_is_told_as_failing(example, tmp_path):
    folder = shutil.copytree(example.pack.folder, tmp_path / "ankle-sprain")
    file = folder / "vignettes" / "sprains.yaml"
    file.write_text(file.read_text().replace("urgency: urgent", "urgency: routine"))
    words = read(collect(load(folder)))
    assert "1 of 31 do not get the plan expected" in words.words("vignettes")
    assert "✕ not as expected" in words.words("vignette-31")
    assert "expected `urgency: routine`, got urgent" in words.words("vignette-31")
    assert "30 of 31 as expected" in words.words("signature")


def test_every_leaner_on_a_point_is_linked_from_it(book, page):
    for citation, leaners in book.leaners.items():
        item = page.by_id[anchor("point", str(citation))]
        linked = {one.attrib["href"] for one in item.iter("a")}
        assert {f"#{anchor(one.kind, one.id)}" for one in leaners} <= linked


def test_every_rule_that_a_statement_names_is_linked_from_it(book, page):
    named = 0
    for id_, one in book.pack.statements.items():
        linked = {link.attrib["href"] for link in page.by_id[anchor("statement", id_)].iter("a")}
        rules = {f"#{anchor('rule', below.name)}" for below in walk(one.when) if isinstance(below, Rule)}
        assert rules <= linked
        named += len(rules)
    assert named


def test_every_citation_of_a_statement_is_linked_to_its_point(book, page):
    for one in book.pack.statements.values():
        linked = {link.attrib["href"] for link in page.by_id[anchor("statement", one.id)].iter("a")}
        assert {f"#{anchor('point', str(citation))}" for citation in one.because} <= linked

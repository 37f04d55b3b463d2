"""The pack's content on one page for a medical reviewer: what is covered, what is not, how sure, what is open.

Reads the pack and writes Markdown; judges nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rootline.packs.coverage import coverage
from rootline.packs.localise import sites
from rootline.packs.model import LEVELS, SECTIONS, Pack
from rootline.readers.english import english


def content_page(pack: Pack) -> str:
    """The whole page."""
    parts = [
        *_head(pack),
        *_urgency(pack),
        *_advice(pack),
        *_readings(pack),
        *_disagreements(pack),
        *_overruled(pack),
        *_sources(pack),
    ]
    return "\n".join(parts) + "\n"


def _head(pack: Pack) -> Iterator[str]:
    yield f"# {pack.title.clinician}: clinical content"
    yield from (
        "",
        f"Generated from the pack, version {pack.version}, {pack.updated}. No clinician has approved it yet.",
    )
    yield from ("", f"For: {pack.for_}.")
    points = sum(len(source.points) for source in pack.sources.values())
    yield from (
        "",
        f"{len(pack.facts)} facts, {len(pack.rules)} rules, {len(pack.urgency)} urgency lines, "
        f"{len(pack.advice)} pieces of advice, {len(sites(pack))} sites of lesion, "
        f"{len(pack.disagreements)} disagreements, {len(coverage(pack))} common claims, "
        f"{len(pack.sources)} sources with {points} points.",
    )


def _urgency(pack: Pack) -> Iterator[str]:
    yield from ("", "## Urgency, read downwards", "")
    for level in LEVELS:
        for line in pack.urgency:
            if line.level == level:
                condition = english(line.advice.when, pack.lexicon, "clinician")
                yield f"- **{level}** if {condition}: {line.advice.say.clinician}"


def _advice(pack: Pack) -> Iterator[str]:
    yield from ("", "## What is covered", "")
    for section, title in SECTIONS.items():
        ids = [one.id for one in pack.advice if one.section == section]
        yield f"- **{title.clinician}** ({len(ids)}): {', '.join(ids)}"
    outside = [one for one in pack.advice if one.outside]
    yield from ("", "## What is not covered", "")
    for one in outside:
        yield f"- {english(one.when, pack.lexicon, 'clinician')}: {one.say.clinician}"
    yield "- Any question that speaks of none of the pack's topics is refused."


def _readings(pack: Pack) -> Iterator[str]:
    """Everything we chose: the questions for a clinician."""
    yield from ("", "## Open to a clinician: every reading that is ours", "")
    for rule in pack.rules.values():
        if rule.reading:
            yield f"- rule `{rule.name}`: {rule.reading}"
    for one in pack.statements.values():
        if one.reading:
            yield f"- `{one.id}`: {one.reading}"


def _disagreements(pack: Pack) -> Iterator[str]:
    yield from ("", "## Where guidelines disagree", "")
    for one in pack.disagreements:
        yield f"- **{one.title.clinician}**"
        for position in one.positions:
            cited = ", ".join(pack.sources[citation.source].short for citation in position.because)
            yield f"  - {position.says.clinician} ({cited})"
        yield f"  - why: {one.why}"
        yield f"  - our reading: {one.our_reading.clinician}"


def _overruled(pack: Pack) -> Iterator[str]:
    claims = [claim for claim in coverage(pack) if claim.overruled]
    if claims:
        yield from ("", "## Common claims not followed", "")
    for claim in claims:
        assert claim.overruled is not None
        yield f"- {claim.claim} **But:** {claim.overruled.says.clinician}"


def _sources(pack: Pack) -> Iterator[str]:
    yield from ("", "## Sources", "")
    standings = Counter(source.standing for source in pack.sources.values())
    yield ", ".join(f"{count} {standing}" for standing, count in sorted(standings.items())) + "."
    yield ""
    for source in pack.sources.values():
        standing = "" if source.standing == "current" else f", **{source.standing}** {source.standing_note}".rstrip()
        year = f", {source.year}" if source.year else ""
        yield f"- {source.short} ({source.kind}{year}{standing}): read as {source.read}"

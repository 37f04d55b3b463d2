"""Lengths of time, each given to the mention that lasted so long: "leg pain for 10 days".

A length that belongs to something else ("smoker for 20 years", "on warfarin for a year") is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rootline.narrative.phrase import Found
from rootline.narrative.quantities import Length
from rootline.narrative.tokens import Token
from rootline.narrative.triggers import triggers
from rootline.packs.model import Fact, Heard, Pack

Heards = list[Found[tuple[Fact, Heard]]]


def give_lengths(
    lengths: Iterable[Length], found: Heards, counted: set[tuple[int, str]], pack: Pack, tokens: list[Token]
) -> Iterator[tuple[str, Length]]:
    """Duration fact and length; `counted` are the mentions that are so, by first token and fact.

    Where several mentions speak of the same duration, the pack's first such fact wins.
    """
    hosts = [one for one in found if one.what[0].lasts_as and (one.start, one.what[0].id) in counted]
    order = {fact: place for place, fact in enumerate(pack.facts)}
    chosen: dict[str, tuple[int, list[Length]]] = {}
    for length in lengths:
        host = _beside(length, hosts, found, tokens)
        if host is None:
            continue
        target, rank = host.what[0].lasts_as, order[host.what[0].id]
        assert target is not None
        best = chosen.get(target)
        if best is None or rank < best[0]:
            chosen[target] = (rank, [length])
        elif rank == best[0]:
            best[1].append(length)
    yield from ((target, length) for target, (_, kept) in chosen.items() for length in kept)


def _beside(length: Length, hosts: Heards, found: Heards, tokens: list[Token]) -> Found[tuple[Fact, Heard]] | None:
    """The nearest mention of something that lasts: in the same comma part, else beside a length that stands alone."""
    first = tokens[length.start]
    near = [one for one in hosts if tokens[one.start].sentence == first.sentence]
    same = [one for one in near if first.part in (tokens[one.start].part, tokens[one.end - 1].part)]
    if not same and not _stands_alone(length, tokens):
        return None
    if not (same or near):
        return None
    host = min(same or near, key=lambda one: _distance(one, length))
    others = [one for one in found if tokens[one.start].part == first.part and _is_rival(one, hosts)]
    if any(_distance(one, length) < _distance(host, length) for one in others):
        return None
    return host


def _distance(one: Found[tuple[Fact, Heard]], length: Length) -> tuple[int, int]:
    ahead = one.start >= length.end
    return (one.start - length.end if ahead else length.start - one.end, int(ahead))


def _is_rival(one: Found[tuple[Fact, Heard]], hosts: Heards) -> bool:
    """Something else that may have lasted so long; not a word about the person or a part of a host's own words."""
    if one.what[0].kind != "yes/no":
        return False
    return not any(host.start < one.end and one.start < host.end for host in hosts)


def _stands_alone(length: Length, tokens: list[Token]) -> bool:
    """Whether its comma part holds nothing but words of time: ", started about 3 weeks ago,"."""
    time = triggers().time
    fillers = {*time["before"], *time["after"], "approx", "in", "now", "total", "all", "has", "had", "it", "this", "on"}
    part = tokens[length.start].part
    return all(
        tokens[at].word in fillers or not tokens[at].is_word
        for at in range(len(tokens))
        if tokens[at].part == part and not length.start <= at < length.end
    )

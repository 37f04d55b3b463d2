"""Random patients for the invariants: any facts of the pack, exactly or partly known, most left unknown."""

from __future__ import annotations

from hypothesis import strategies as st

from rootline.logic.values import Among, Amount, Between, Choice, FactType, Value
from rootline.packs.explore import candidates
from rootline.packs.findings import with_findings
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.settings import pack_folder

PACK: Pack = load(pack_folder())


def values_of(fact: str) -> st.SearchStrategy[Value]:
    """Any value of a fact; numbers mostly around the thresholds of rules."""
    type_: FactType = PACK.facts[fact].type
    if isinstance(type_, Choice):
        exact: st.SearchStrategy[Value] = st.sampled_from(type_.values)
        if len(type_.values) < 3:
            return exact
        some = st.lists(st.sampled_from(type_.values), min_size=2, max_size=len(type_.values) - 1, unique=True)
        return exact | some.map(lambda chosen: Among(frozenset(chosen)))
    assert isinstance(type_, Amount)
    near = candidates(PACK, fact) or [type_.low]
    numbers = st.sampled_from(near) | st.floats(type_.low, min(type_.high, 4000.0)).map(
        lambda number: float(round(number))
    )
    spans = st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Between(*pair))
    return numbers | spans


@st.composite
def cases(draw: st.DrawFn, most: int = 14) -> dict[str, Value]:
    """What is known of one random patient, findings counted: "no weakness" never stands beside power 4."""
    facts = draw(st.lists(st.sampled_from(list(PACK.facts)), max_size=most, unique=True))
    return dict(with_findings(PACK, {fact: draw(values_of(fact)) for fact in facts}))

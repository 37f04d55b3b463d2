"""Which statements a language model may reword: none that bears on safety, told by the pack's own marks.

Judges no rewording; that is the gate's. When in doubt a statement is kept as its author wrote it.
"""

from __future__ import annotations

from functools import lru_cache

from rootline.edges.llm.gate import is_kept
from rootline.logic.tree import facts_of
from rootline.logic.truth import Truth
from rootline.narrative.read import read_narrative
from rootline.packs.model import Advice, Pack
from rootline.readers.evaluate import Values, truth_of

# The others warn, tell when to come back, are about patients at special risk, or about drugs.
_SECTIONS = frozenset({"assessment", "activity", "education", "imaging", "interventions"})


@lru_cache(maxsize=4)
def may_be_offered(pack: Pack) -> frozenset[str]:
    """The statements of a pack of which sentences may go to the model."""
    watched = _watched(pack)
    return frozenset(id_ for id_, one in pack.statements.items() if not _bears_on_safety(one, watched, pack))


def _watched(pack: Pack) -> frozenset[str]:
    """The facts that the urgency looks at."""
    return frozenset(fact for line in pack.urgency for fact in facts_of(line.advice.when, pack.conditions))


def _bears_on_safety(one: Advice, watched: frozenset[str], pack: Pack) -> bool:
    """Whether it is of the urgency, warns, doses, forbids, names a time, is for some only, or speaks of such things."""
    is_urgency = any(one.id == line.advice.id for line in pack.urgency)
    is_marked = is_urgency or one.section not in _SECTIONS or one.outside or bool(one.doses or one.due)
    forbids = any(kind == "avoid" or pack.actions[what].contraindicated for kind, what in one.actions)
    if is_marked or forbids or _needs_a_warning_sign(one, watched, pack):
        return True
    return any(is_kept(text) or _speaks_of(watched, text, pack) for text in (one.say.clinician, one.say.patient))


def _needs_a_warning_sign(one: Advice, watched: frozenset[str], pack: Pack) -> bool:
    """Whether it is for nobody who has none of what the urgency looks at."""
    denied: Values = {fact: value for fact in watched if (value := pack.facts[fact].denied_means) is not None}
    return truth_of(one.when, denied, pack.conditions) is Truth.NO


def _speaks_of(watched: frozenset[str], text: str, pack: Pack) -> bool:
    """Whether a fact that the urgency looks at is named, denied and supposed ones among them."""
    reading = read_narrative(text, pack)
    named = {*reading.mentions, *(one.fact for one in reading.unused), *reading.contradicted}
    return bool(watched & named)

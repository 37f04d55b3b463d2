"""The codes of our own that stand in other resources, each list as a CodeSystem: no code without its meaning.

Codes of other people (SNOMED CT, RxNorm) are not here: which stand for what, an informatician signs elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootline.answers import phrases
from rootline.answers.model import Review
from rootline.edges.fhir.definition import definition
from rootline.edges.fhir.naming import Resource, action_codes
from rootline.packs.model import SECTIONS, Pack

_REVIEW = {
    "draft": "Not submitted as it stands",
    "submitted": "Submitted; nobody has reviewed it",
    "under_review": "Under review",
    "changes_requested": "Reviewed, and changes were requested",
    "approved": "Approved",
    "stale": "Approved once, and changed or overtaken since",
    "retired": "Withdrawn",
}
_URGENCY: Mapping[str, str] = {
    **{level: words.clinician for level, words in phrases.LEVEL.items()},
    "undetermined": "A line that would raise the urgency is open",
}
_RISK = {"reached": "A line of this level holds", "open": "A line of this level is not ruled out"}
_NOT_STARTED = {"open": "Holds only if something does that is not known", "consider": "To be considered; not asked for"}
_SECTIONS = {
    "urgency": "Urgency",
    "bottom-line": "Bottom line",
    "do-not-wait": "What must not wait",
    "facts": "Facts",
    **{id_: words.clinician for id_, words in SECTIONS.items()},
    "sites": "Likely site",
    "passages": "Passages of the user's own library",
    "disagreements": phrases.DISAGREE.clinician,
    "overruled": phrases.OVERRULED.clinician,
    "ask-next": phrases.ASK_NEXT.clinician,
    "would-change": phrases.WOULD_CHANGE.clinician,
    "sources": phrases.SOURCES.clinician,
    "related": "What can be asked",
    "not-used": "Not used of what was sent",
    "limits": "Review and limits",
}


def write_codes(pack: Pack, review: Review) -> Iterator[Resource]:
    """Every list of codes; the actions are the pack's, the rest is the same for all packs."""
    actions = {action.id: action.words.clinician for action in pack.actions.values()}
    title = f"Actions of the topic pack {pack.id}"
    yield _codes(action_codes(pack.id), title, actions, pack, review)
    yield _codes("review-state", "States of the review of content", _REVIEW, pack, review)
    yield _codes("urgency", "How soon help is needed", _URGENCY, pack, review)
    yield _codes("urgency-risk", "What is known of a level of urgency", _RISK, pack, review)
    yield _codes(
        "activity-reasons", "Why an activity of a plan is not to be started as it is", _NOT_STARTED, pack, review
    )
    yield _codes("sections", "Sections of an answer", _SECTIONS, pack, review)


def _codes(id_: str, title: str, codes: Mapping[str, str], pack: Pack, review: Review) -> Resource:
    return {
        **definition("CodeSystem", id_, title, f"{title}.", pack, review),
        "caseSensitive": True,
        "content": "complete",
        "count": len(codes),
        "concept": [{"code": one, "display": display} for one, display in codes.items()],
    }

"""How soon help may be needed, as a RiskAssessment: the level reached and each one not ruled out, with the reason.

Holds no probability, for the pack has none, and no diagnosis: an outcome here is a level of urgency.
"""

from __future__ import annotations

from rootline.answers.audience import VOICE
from rootline.answers.banner import level_words
from rootline.edges.fhir.naming import Resource, code, concept
from rootline.edges.fhir.patient_answer import PatientAnswer


def write_risk(told: PatientAnswer) -> Resource | None:
    """The RiskAssessment; None where nothing above routine holds or is open."""
    answer = told.answer
    found = answer.urgency
    predictions = []
    if found.at_least != "routine":
        reasons = "; ".join(dict.fromkeys(one.text for one in found.because))
        predictions.append(_prediction(found.at_least, "reached", "Reached", reasons, told))
    predictions += [_prediction(one.level, "open", "Not ruled out", one.text, told) for one in found.open]
    if not predictions or not told.has_plan:
        return None
    return {
        **told.opening("RiskAssessment"),
        "status": "final" if told.is_approved else "preliminary",
        "method": {"text": f"Urgency lines of the topic pack {answer.pack.id}, read downwards"},
        "subject": told.subject,
        "occurrenceDateTime": told.day,
        "performer": told.author,
        "prediction": predictions,
        "mitigation": answer.bottom_line.text,
        "note": [{"text": line} for line in told.limits],
    }


def _prediction(level: str, risk: str, words: str, reason: str, told: PatientAnswer) -> Resource:
    prediction: Resource = {
        "outcome": concept(level_words(level, VOICE[told.answer.audience]), code("urgency", level)),
        "qualitativeRisk": concept(words, code("urgency-risk", risk)),
    }
    return {**prediction, "rationale": reason} if reason else prediction

"""The shapes of CDS Hooks 2.0 as JSON Schema, written from the public specification (cds-hooks.hl7.org/2.0):
"Discovery", "HTTP Request", "Card Attributes", "Suggestion", "Action", "Link", "Feedback". Closed where it lists all.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "minLength": 1}
URL: Schema = {"type": "string", "pattern": "^https?://"}
UUID: Schema = {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}


def shape(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {"type": "object", "properties": {**required, **(optional or {})}, "required": list(required),
            "additionalProperties": False}  # fmt: skip


def each(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


DISCOVERY = shape(
    {
        "services": each(
            shape(
                {"hook": {"enum": ["patient-view", "order-select", "order-sign"]}, "description": TEXT,
                 "id": {"type": "string", "pattern": "^[a-z-]+$"}},
                {"title": TEXT, "usageRequirements": TEXT,
                 "prefetch": {"type": "object", "additionalProperties": {"type": "string",
                              "pattern": r"^[A-Z][A-Za-z]+(/|\?)[^{}]*\{\{context\.patientId\}\}[^{}]*$"}}},
            ),
            1,
        )
    }
)  # fmt: skip
CODING = shape({"code": TEXT, "display": TEXT}, {"system": URL})
ACTION: Schema = {
    "oneOf": [
        shape({"type": {"const": "delete"}, "description": TEXT,
               "resourceId": {"type": "string", "pattern": "^[A-Za-z]+/[A-Za-z0-9.-]{1,64}$"}}),
        shape({"type": {"const": "create"}, "description": TEXT,
               "resource": {"type": "object", "required": ["resourceType", "status", "intent", "subject"]}}),
    ]
}  # fmt: skip
SUGGESTION = shape({"label": TEXT}, {"uuid": UUID, "isRecommended": {"type": "boolean"}, "actions": each(ACTION, 1)})
LINK = shape({"label": TEXT, "url": URL, "type": {"enum": ["absolute", "smart"]}}, {"appContext": TEXT})
CARD: Schema = {
    **shape(
        {"summary": {"type": "string", "minLength": 1, "maxLength": 140}, "uuid": UUID,
         "indicator": {"enum": ["info", "warning", "critical"]},
         "source": shape({"label": TEXT}, {"url": URL, "icon": URL, "topic": CODING})},
        {"detail": TEXT, "suggestions": each(SUGGESTION, 1), "overrideReasons": each(CODING, 1), "links": each(LINK),
         "selectionBehavior": {"enum": ["at-most-one", "any"]}},
    ),
    "dependentRequired": {"suggestions": ["selectionBehavior"]},
}  # fmt: skip
CARDS = shape({"cards": each(CARD)})
REQUEST = shape(
    {"hook": TEXT, "hookInstance": UUID, "context": {"type": "object", "required": ["userId", "patientId"]}},
    {"fhirServer": URL, "fhirAuthorization": {"type": "object"}, "prefetch": {"type": "object"}},
)
REASON = shape({"code": TEXT}, {"system": URL, "display": TEXT})
FEEDBACK = shape(
    {
        "feedback": each(
            {
                "oneOf": [
                    shape({"card": UUID, "outcome": {"const": "accepted"}, "outcomeTimestamp": TEXT,
                           "acceptedSuggestions": each(shape({"id": UUID}), 1)}),
                    shape({"card": UUID, "outcome": {"const": "overridden"}, "outcomeTimestamp": TEXT},
                          {"overrideReason": shape({}, {"reason": REASON, "userComment": {"type": "string"}})}),
                ]
            },
            1,
        )
    }
)  # fmt: skip

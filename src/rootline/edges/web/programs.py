"""Which addresses programs ask at, and not browsers: the API, FHIR, CDS Hooks. Knows nothing of what they answer."""

from __future__ import annotations

from rootline.edges.fhir.outcome import is_of_fhir
from rootline.edges.rest.app import is_of_api
from rootline.edges.rest.as_problem import is_for_programs


def is_of_programs(path: str) -> bool:
    """Whether programs ask here: they are told data, never a page, and can ask faster than anybody should."""
    return is_of_api(path) or is_for_programs(path) or is_of_fhir(path)

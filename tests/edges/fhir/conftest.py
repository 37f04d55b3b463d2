"""Reading a record on one day, with its facts and what it left out at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from rootline.edges.fhir.facts import Record, read_facts
from rootline.logic.values import Value
from rootline.packs.model import Pack
from rootline.packs.run import run
from tests.edges.fhir.calm import NOW, calm_form
from tests.edges.fhir.resources import Resource, bundle, patient

TODAY = date.fromisoformat(NOW)


@dataclass(frozen=True)
class Seen:
    record: Record

    @property
    def facts(self) -> dict[str, Value | None]:
        return {one.fact: one.value for one in self.record.given}

    @property
    def texts(self) -> dict[str, str]:
        return {one.fact: one.text for one in self.record.given}

    @property
    def unused(self) -> set[tuple[str, str, str]]:
        return {(one.resource, one.fact, one.why) for one in self.record.unused}

    def why(self, resource: str) -> str:
        return "; ".join(sorted({one.why for one in self.record.unused if one.resource == resource}))


Read = Callable[..., Seen]


@pytest.fixture
def read(pack: Pack) -> Read:
    def reading(*resources: Resource, person: Resource | None = None) -> Seen:
        return Seen(read_facts(bundle(*resources, person=person), pack, TODAY))

    return reading


@pytest.fixture
def level(pack: Pack) -> Callable[..., str]:
    """How urgent a record is beside the calm form."""

    def reading(*records: Resource, unasked: str = "") -> str:
        person = patient(birthDate="1980-01-01", gender="female")
        record = read_facts(bundle(*records, calm_form(pack, unasked), person=person), pack, TODAY)
        urgency = run(pack, {one.fact: one.value for one in record.given}).urgency
        return urgency.level or f"open: {urgency.could_be[0]}"

    return reading

"""The person a record is of: age and sex. Knows no other resource."""

from __future__ import annotations

from datetime import date

from rootline.edges.fhir.days import read_days
from rootline.edges.fhir.element import Element, text
from rootline.edges.fhir.told import Told
from rootline.logic.values import Amount, Between, Choice, Value


def read_patient(resource: Element, told: Told) -> None:
    """Note age and sex. Raises `Odd`."""
    if any(key.startswith("deceased") and resource[key] is not False for key in resource):
        told.leaves(resource, "the record says that this person has died")
        return
    type_ = told.pack.types.get("sex")
    gender = text(resource, "gender")
    if isinstance(type_, Choice) and gender in type_.values:
        told.finds("sex", gender, resource, "gender", None)
    elif gender:
        told.leaves(resource, "its gender settles no sex", "sex")
    born = read_days(text(resource, "birthDate"))
    if born is None or not isinstance(type_ := told.pack.types.get("age"), Amount):
        return
    most, least = (_years(day, told.today) for day in (born.first, born.last))
    if not type_.low <= least <= most <= type_.high:
        told.leaves(resource, "its birth date cannot be", "age")
        return
    value: Value = float(least) if least == most else Between(float(least), float(most))
    told.finds("age", value, resource, "birth date", None)


def _years(born: date, today: date) -> int:
    """Years completed."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

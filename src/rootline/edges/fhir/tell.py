"""A record told to people or programs: its facts, what was not used, the urgency that follows. Reads no resource."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rootline.answers.banner import say_urgency
from rootline.answers.case import build_case
from rootline.answers.compose import tell_urgency
from rootline.content.json_text import place_of, read_json
from rootline.edges.fhir.facts import Record, read_facts
from rootline.edges.fhir.told import together
from rootline.errors import InputError
from rootline.logic.values import say_value
from rootline.packs.model import Pack
from rootline.packs.run import run


def read_file(path: Path) -> object:
    """The JSON of a file. Raises `InputError`."""
    content = path.read_bytes()
    try:
        data: object = read_json(content)
    except (ValueError, RecursionError) as error:
        where = ", ".join(part for part in (path.name, place_of(error)) if part)
        raise InputError("this is not JSON", where=where, mend=_mend(content)) from None
    return data


def _mend(content: bytes) -> str:
    """What to give instead of a file that is no JSON."""
    lines = content.removeprefix(b"\xef\xbb\xbf").strip().splitlines()
    if lines and lines[0].startswith(b"<"):
        return "It is XML: ask the server for `application/fhir+json`."
    if len(lines) > 1 and all(line.startswith(b"{") and line.rstrip().endswith(b"}") for line in lines if line.strip()):
        return "It holds one resource a line (NDJSON): put each as `resource` into the `entry` of one Bundle."
    return "Give a Bundle of FHIR R4 in JSON."


def tell_record(data: object, pack: Pack, today: date, patient: str, as_json: bool) -> str:
    """The record as text, or as `rootline.record/1`. Raises `InputError` for what is no record of one patient."""
    record = read_facts(data, pack, today, patient)
    case = build_case(None, {one.fact: one for one in record.given}, pack)
    urgency = tell_urgency(run(pack, {fact: entry.value for fact, entry in case.items()}), "clinician")
    facts = [
        {"id": fact, "value": say_value(entry.value, pack.types[fact]), "from": entry.origin, "text": entry.text}
        for fact, entry in case.items()
    ]
    if as_json:
        unused = [{"resource": one.resource, "why": one.why, "fact": one.fact} for one in record.unused]
        told = {"schema": "rootline.record/1", "facts": facts, "unused": unused, "urgency": urgency.model_dump()}
        return json.dumps(told, indent=2, ensure_ascii=False)
    because = ", ".join(reason.text for reason in urgency.because)
    said = say_urgency(urgency.level != "undetermined", urgency.at_least, urgency.could_be, because, "clinician")
    headline = ". ".join(part for part in (said.headline, said.could_be) if part)
    known = [f"  {one['id']}: {one['value']}  ({one['text']})" for one in facts]
    return "\n".join([headline, "", "Facts", *known, "", "Not used", *_unused(record)])


def _unused(record: Record) -> Iterator[str]:
    for one in together(record.unused):
        yield f"  {one.resource}: {f'{one.fact}: ' if one.fact else ''}{one.why}"
    if not record.unused:
        yield "  nothing"

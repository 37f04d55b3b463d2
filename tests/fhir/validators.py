"""Everything that judges a FHIR resource here, each asked by itself: models, HL7's JSON schema, two npm validators."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

FOLDER = Path(__file__).parent
Resource = dict[str, Any]
# R4 and R4B tell Evidence in different ways, and fhir.resources has models of R4B alone.
NOT_ALIKE_IN_R4B = {"Evidence"}


def by_npm(resources: Sequence[Resource]) -> list[dict[str, list[str]]]:
    """What `fhir` and `@medplum/core` complain of, for each resource."""
    assert (FOLDER / "node_modules").is_dir(), "the FHIR packages are missing: `make test` installs them (npm ci)"
    given = json.dumps({"resources": resources})
    words = ["node", FOLDER / "validate.mjs"]
    done = subprocess.run(words, input=given, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@cache
def _schema(kind: str) -> jsonschema.Draft6Validator:
    path = FOLDER / "node_modules" / "@asymmetrik" / "fhir-json-schema-validator" / "fhir.schema.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert whole["id"] == "http://hl7.org/fhir/json-schema/4.0"
    return jsonschema.Draft6Validator(
        {"$schema": whole["$schema"], "$ref": f"#/definitions/{kind}", "definitions": whole["definitions"]}
    )


def by_schema(resource: Resource) -> list[str]:
    """What HL7's JSON schema for R4 complains of; a Bundle's resources are to be asked about one by one."""
    bare = resource
    if resource["resourceType"] == "Bundle":
        bare = {**resource, "entry": [{key: one[key] for key in one if key != "resource"} for one in resource["entry"]]}
    found = [f"{list(one.absolute_path)}: {one.message}" for one in _schema(resource["resourceType"]).iter_errors(bare)]
    # the package holds the schema as first published, 4.0.0; its corrected printing is 4.0.1
    return [line for line in found if not line.startswith("['fhirVersion']: '4.0.1' is not one of")]


def by_models(resource: Resource) -> list[str]:
    """What the models of fhir.resources complain of."""
    if resource["resourceType"] == "Bundle":
        alike = [one for one in resource["entry"] if one["resource"]["resourceType"] not in NOT_ALIKE_IN_R4B]
        resource = {**resource, "entry": alike}
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValidationError as error:
        return [f"{one['loc']}: {one['msg']}" for one in error.errors()]
    return []


def _is_news(line: str) -> bool:
    """Whether a complaint counts. Three do not, each for what a validator cannot see:

    a list of codes that `fhir` does not hold; our own codes, in nobody's list; and references inside a Bundle, which
    `@medplum/core` does not follow (`test_answer` follows every one).
    """
    if line.startswith("info: ") or "(https://rootline.invalid/fhir/CodeSystem/" in line:
        return False
    return 'Invalid reference: got "urn:uuid:' not in line


def complaints(resources: Sequence[Resource]) -> list[str]:
    """All that anybody complains of, each with the resource and who says it."""
    found = []
    for one, npm in zip(resources, by_npm(resources), strict=True):
        said = {who: list(filter(_is_news, lines)) for who, lines in npm.items()} | {"schema": by_schema(one)}
        if one["resourceType"] not in NOT_ALIKE_IN_R4B:
            said["models"] = by_models(one)
        name = f"{one['resourceType']}/{one.get('id')}"
        found += [f"{name}, {who}: {what}" for who, lines in said.items() for what in lines]
    return found

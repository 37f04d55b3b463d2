// The official engine over {elm, patients} on standard input: prints what each definition gives for each patient, one
// letter each (y, n, u; ! for anything else), the engine's own expression classes, and the seconds it took.
import { readFileSync } from "node:fs";
import cql from "cql-execution";
import * as expressions from "cql-execution/lib/elm/expressions.js";

const { elm, patients } = JSON.parse(readFileSync(0, "utf8"));
const classes = Object.keys(expressions.default).filter((name) => typeof expressions.default[name] === "function");
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
process.stdout.write(JSON.stringify({ classes, definitions, rows, seconds }));

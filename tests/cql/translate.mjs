// The official translator over CQL text on standard input: prints {errors, elm} as JSON, the notes on places taken out.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  CqlTranslator, LibraryManager, ModelManager, createModelInfoProvider, stringAsSource,
} from "@cqframework/cql/cql-to-elm";

globalThis.crypto ??= webcrypto; // Node.js 18 has it under this name only
const system = readFileSync(new URL("./system-model.xml", import.meta.url), "utf8");
const models = new ModelManager();
models.modelInfoLoader.registerModelInfoProvider(
  createModelInfoProvider((name) => (name === "System" ? stringAsSource(system) : null)),
);
const translator = CqlTranslator.fromText(readFileSync(0, "utf8"), new LibraryManager(models));
const said = (list) => list.asJsReadonlyArrayView().map((one) => one.message);
const notes = new Set(["localId", "locator", "annotation", "signature"]);
const elm = JSON.parse(translator.toJson(), (key, value) => (notes.has(key) ? undefined : value));
process.stdout.write(JSON.stringify({ errors: [...said(translator.errors), ...said(translator.warnings)], elm }));

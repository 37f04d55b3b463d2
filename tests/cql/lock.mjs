// Takes what is left of addresses (those of donation pages) out of ./package-lock.json: `make lock` runs it after npm.
import { readFileSync, writeFileSync } from "node:fs";

const file = "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const one of Object.values(lock.packages)) delete one.funding;
writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");

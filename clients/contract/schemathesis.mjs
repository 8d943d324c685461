// Lets Schemathesis attack a server with what the contract allows and with what it does not, as a coordinator and as a reader:
//
//   node schemathesis.mjs           in all of its phases, with 200 examples of each operation; takes an hour
//   node schemathesis.mjs --short   the whole contract, with a few examples of each operation
//
// The server is the demo, each actor's in a folder of its own; with DATABASE_URL it is one after the other on that database.
// ACTORS names one of them, EXAMPLES how many an operation has.

import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { contract, here, main } from "./run.mjs";
import { withDemo } from "./server.mjs";

const short = process.argv.includes("--short");
const examples = process.env.EXAMPLES ?? (short ? 2 : 200);
// Walking along the links ends when a request is answered otherwise than at the same point of an earlier walk, as those are that are
// sent again, and begins anew until its seconds are over.
const passes = short
  ? [["examples,fuzzing"]]
  : [["examples,coverage,fuzzing"], ["stateful", "--max-time", process.env.WALK_SECONDS ?? 300]];

const database = process.env.DATABASE_URL;
// Whoever writes comes last.
const actors = (process.env.ACTORS ?? "reader,coordinator").split(",");
const folder = join(here, "schemathesis");
const reports = join(folder, "reports");

async function attack(actor) {
  const settings = {
    // Our own sign-ins say that they come from elsewhere.
    TRUST_FORWARDED: "true",
    // What is no HTTP is refused below the application, and logged there.
    RUST_LOG: "warn,actix_http=off",
    ...(database && { DATABASE_URL: database }),
  };
  return await withDemo(async ({ base, password, log }) => {
    const who = { SIEGE_BASE: base, SIEGE_WHO: `${actor}@demo.example`, SIEGE_PASSWORD: password };
    let failures = 0;
    for (const [phases, ...more] of passes) {
      const report = (kind) => join(reports, `${actor}-${short ? "short" : phases.split(",").pop()}.${kind}`);
      const env = { ...who, SIEGE_COUNT: report("count.json"), PYTHONPATH: folder };
      const args = ["run", contract, "--url", base, "--no-color", "--phases", phases, "--max-examples", examples];
      const written = ["--report", "json", "--report-json-path", report("json")];
      await schemathesis([...args, ...more, ...written].map(String), env, report("txt"));
      failures += sum(
        `as a ${actor}, ${phases}`,
        await read(report("json")),
        await read(report("count.json")),
        report("txt"),
      );
    }
    const told = log()
      .split("\n")
      .filter((line) => /\b(ERROR|panicked)\b/.test(line));
    console.log(`as a ${actor}: ${figure(told.length, "errors")} in the server's log`);
    for (const line of told.slice(0, 10)) console.log(`  ${line}`);
    return failures + told.length;
  }, settings);
}

/** Runs it to its end; what it says is kept in a file. */
function schemathesis(args, env, said) {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] };
    const child = spawn(join(folder, ".venv/bin/st"), args, options);
    const file = createWriteStream(said);
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    child.once("error", reject);
    child.once("close", () => file.end(resolve));
  });
}

// A seed has more digits than a number of JavaScript holds.
const read = async (path) => JSON.parse((await readFile(path, "utf8")).replace(/"seed": (\d+)/, '"seed": "$1"'));
const figure = (number, what) => `${(number ?? 0).toLocaleString("en")} ${what}`;

/** Prints the figures of a pass, and gives how many failures it has. */
function sum(what, { operations, test_cases: cases, errors, complete, running_time, seed, filtered }, count, said) {
  const failures = cases.unique_failures + errors.reduce((all, error) => all + error.count, 0) + (complete ? 0 : 1);
  const figures = [
    figure(operations.tested, `of ${operations.total} operations`),
    figure(cases.generated, "examples"),
    figure(count.answers, `answers held against ${count.checks} checks`),
    figure(failures, "failures"),
  ];
  const answers = ["2xx", "3xx", "4xx", "5xx"].map((kind) => figure(count[kind], kind));
  console.log(`${what}: ${figures.join(", ")}`);
  console.log(`  answers: ${answers.join(", ")}; ${figure(filtered, "refused by what no schema says (rules.toml)")}`);
  console.log(`  in ${figure(Math.round(running_time), "seconds")}, seed ${seed}`);
  if (failures > 0) console.log(`  what failed: ${relative(process.cwd(), said)}`);
  return failures;
}

main(async () => {
  await mkdir(reports, { recursive: true });
  const found = [];
  if (database) for (const actor of actors) found.push(await attack(actor));
  else found.push(...(await Promise.all(actors.map(attack))));
  const failures = found.reduce((all, some) => all + some, 0);
  if (failures > 0) throw new Error(`Schemathesis: ${failures} failures`);
});

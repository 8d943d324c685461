// Generates a client from the contract with each of three generators, compiles it strictly, and calls a server with it once.
// A generator that warns has failed.

import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { contract, here, main, run, tool } from "./run.mjs";
import { withDemo } from "./server.mjs";

const folder = (client) => join(here, client);
const fresh = (client) => rm(join(folder(client), "generated"), { recursive: true, force: true });

async function heyApi() {
  const cwd = folder("hey-api");
  await fresh("hey-api");
  refuseWarnings(await tool("openapi-ts", ["-f", "openapi-ts.config.mjs", "--no-log-file"], { cwd }));
  await tool("tsc", ["-p", "."], { cwd });
  return ["node", ["generated/compiled/call.js"], { cwd }];
}

async function orval() {
  const cwd = folder("orval");
  await fresh("orval");
  refuseWarnings(await run("node", ["generate.mjs"], { cwd }));
  await tool("tsc", ["-p", "."], { cwd });
  return ["node", ["generated/compiled/call.js"], { cwd }];
}

async function python() {
  const cwd = folder("python");
  await fresh("python");
  const bin = join(await environment(cwd), "bin");
  // The generator formats what it wrote with the ruff beside it.
  const env = { PATH: `${bin}:${process.env.PATH}`, PYTHONPATH: join(cwd, "generated") };
  const generate = [
    "generate",
    "--path",
    contract,
    "--output-path",
    "generated",
    "--config",
    "config.yaml",
    "--fail-on-warning",
  ];
  await run(join(bin, "openapi-python-client"), generate, { cwd, env });
  await run(join(bin, "python"), ["-m", "compileall", "-q", "-f", "generated"], { cwd, env });
  await run(
    join(bin, "mypy"),
    ["--strict", "--cache-dir", ".venv/mypy", "call.py", "generated/feedbacklus_generated"],
    { cwd, env },
  );
  return [join(bin, "python"), ["call.py"], { cwd, env }];
}

/** The packages of requirements.txt, installed once as long as it stays the same. */
async function environment(cwd) {
  const venv = join(cwd, ".venv");
  const installed = join(venv, "installed.txt");
  const wanted = await readFile(join(cwd, "requirements.txt"), "utf8");
  if (existsSync(installed) && (await readFile(installed, "utf8")) === wanted) return venv;
  await run("python3", ["-m", "venv", "--clear", venv]);
  await run(join(venv, "bin/pip"), ["install", "--quiet", "--require-hashes", "-r", join(cwd, "requirements.txt")]);
  await writeFile(installed, wanted);
  return venv;
}

function refuseWarnings(said) {
  if (/warn|⚠/i.test(said)) throw new Error(`the generator warns:\n${said}`);
}

main(async () => {
  const calls = [];
  for (const client of [heyApi, orval, python]) calls.push(await client());
  await withDemo(async ({ base, email, password }) => {
    for (const [program, args, options] of calls) await run(program, [...args, base, email, password], options);
  });
});

// Programs of others, quiet unless they fail.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const here = fileURLToPath(new URL(".", import.meta.url));
export const contract = fileURLToPath(new URL("../../openapi/feedbacklus.json", import.meta.url));
export const released = fileURLToPath(new URL("../../openapi/released.json", import.meta.url));

/** Runs a program to its end and gives what it wrote; throws with all of it where it fails. */
export function run(program, args, { env, cwd = here } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stdout.on("data", (piece) => (said += piece));
    child.stderr.on("data", (piece) => (said += piece));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${[program, ...args].join(" ")} ended with ${code}:\n${said}`));
    });
  });
}

/** A program that npm installed. */
export function tool(name, args, options = {}) {
  return run("npx", ["--no-install", name, ...args], options);
}

/** What is wrong is said once, without where in our own scripts it was noticed. */
export function main(work) {
  work().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

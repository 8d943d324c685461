// A real server for the generated clients to talk to: the demo, filled and listening on loopback, in a folder of its own.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.FEEDBACKLUS ?? join(root, "target/debug/feedbacklus");
const password = "een wachtwoord voor de proef";

// All clients call from one address.
const unlimited = { RATE_LIMIT_CREDENTIAL: "0", RATE_LIMIT_ADDRESS: "0", RATE_LIMIT_SIGN_IN: "0" };

/**
 * Starts the demo, hands `use` where it is, who may sign in and what its log says by then, and stops it again whatever comes of
 * that. `settings` are of its environment.
 */
export async function withDemo(use, settings = {}) {
  const folder = await mkdtemp(join(tmpdir(), "feedbacklus-contract-"));
  const demo = spawn(program, ["demo", "--bind", "127.0.0.1:0"], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DEMO_PASSWORD: password,
      DATABASE_URL: "sqlite://demo.sqlite",
      ...unlimited,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => demo.once("close", resolve));
  try {
    let log = "";
    demo.stderr.on("data", (piece) => (log += piece));
    const base = await address(demo);
    return await use({ base, email: "coordinator@demo.example", password, log: () => log });
  } finally {
    demo.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where it listens, once it does. */
function address(demo) {
  return new Promise((resolve, reject) => {
    let said = "";
    const read = (piece) => {
      said += piece;
      const base = said.match(/listening on (http:\/\/127\.0\.0\.1:\d+)/)?.[1];
      if (base) resolve(base);
    };
    demo.stdout.on("data", read);
    demo.stderr.on("data", read);
    demo.once("error", (error) =>
      reject(new Error(`${program} does not start, build it with cargo build: ${error.message}`)),
    );
    demo.once("close", (code) => reject(new Error(`the demo ended with ${code} before it listened:\n${said}`)));
  });
}

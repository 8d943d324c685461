import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** What the servers of the tests sign with, so that tests can make tokens that have expired. */
export const SECRET = "a secret for the tests, of no use elsewhere";
export const ADMIN = { email: "founder@demo.example", password: "een lange zin als wachtwoord" };

const BINARY = resolve(process.env["FEEDBACKLUS"] ?? "../../target/debug/feedbacklus");

/** The real program on a database of its own. */
export class Server {
  readonly #folder: string;
  #process: ChildProcess | null = null;
  #base = "";

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** A fresh server with one account, that of an administrator. */
  static async start(): Promise<Server> {
    if (!existsSync(BINARY)) {
      throw new Error(`${BINARY} is missing: cargo build, or name the program in FEEDBACKLUS.`);
    }
    const server = new Server(await mkdtemp(join(tmpdir(), "feedbacklus-client-")));
    const create = ["admin", "create", "--email", ADMIN.email, "--name", "Fenna Founder"];
    await promisify(execFile)(BINARY, create, { env: { ...server.#env, ADMIN_PASSWORD: ADMIN.password } });
    await server.start();
    return server;
  }

  get base(): string {
    return this.#base;
  }

  async start(): Promise<void> {
    const child = spawn(BINARY, ["serve"], { env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    const complaints: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => complaints.push(line));
    this.#base = await new Promise<string>((listening, failed) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const [, base] = /^listening on (\S+)/.exec(line) ?? [];
        if (base !== undefined) {
          listening(base);
        }
      });
      child.once("exit", () => failed(new Error(`The server ended: ${complaints.join("\n")}`)));
      child.once("error", failed);
    });
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }

  get #env(): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      DATABASE_URL: `sqlite://${join(this.#folder, "data.sqlite")}`,
      BIND: "127.0.0.1:0",
      JWT_SECRET: SECRET,
      RATE_LIMIT_CREDENTIAL: "0",
      RATE_LIMIT_ADDRESS: "0",
      RATE_LIMIT_SIGN_IN: "0",
    };
  }
}

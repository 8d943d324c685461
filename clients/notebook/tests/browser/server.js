/** The real program with the app in it, filled by its demo, on a database of its own. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const PROGRAM =
  process.env.FEEDBACKLUS_PROGRAM ?? new URL("../../../../target/debug/feedbacklus", import.meta.url).pathname;

/** All screens are tried from one address. */
const UNLIMITED = { RATE_LIMIT_CREDENTIAL: "0", RATE_LIMIT_ADDRESS: "0", RATE_LIMIT_SIGN_IN: "0" };

export const PASSWORD = "een zin voor de proef";

export class Server {
  #folder;
  #child;
  /** Where it listens, such as `http://127.0.0.1:40123`; the same after a restart. */
  base;

  static async start() {
    const server = new Server();
    server.#folder = await mkdtemp(join(tmpdir(), "feedbacklus-"));
    await server.#run("127.0.0.1:0");
    return server;
  }

  get app() {
    return `${this.base}/app/`;
  }

  /** As a crash would. */
  async kill() {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGKILL");
    await ended;
  }

  async restart() {
    await this.#run(new URL(this.base).host);
  }

  async end() {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }

  /** Asks the API, as somebody who signs in apart from the app. */
  async as(email) {
    const send = async (method, path, body, headers = {}) => {
      const response = await fetch(this.base + path, {
        method,
        headers: { ...(body && { "Content-Type": "application/json" }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!response.ok) {
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      }
      return response.status === 204 ? null : response.json();
    };
    const { accessToken } = await send("POST", "/v1/auth/tokens", { email, password: PASSWORD });
    return (method, path, body, headers = {}) =>
      send(method, path, body, { Authorization: `Bearer ${accessToken}`, ...headers });
  }

  /** How often each of these texts is among the observations that somebody sees. */
  async countOf(email, texts) {
    const ask = await this.as(email);
    const { networks } = await ask("GET", "/v1/me");
    const lists = await Promise.all(
      networks.map(({ networkId }) => ask("GET", `/v1/networks/${networkId}/observations?limit=200`)),
    );
    const bodies = lists.flatMap(({ items }) => items.map(({ body }) => body));
    return texts.map((text) => bodies.filter((body) => body === text).length);
  }

  async #run(bind) {
    this.#child = spawn(PROGRAM, ["demo"], {
      cwd: this.#folder,
      env: { PATH: process.env.PATH, BIND: bind, DEMO_PASSWORD: PASSWORD, KEEP_SECRET: "true", ...UNLIMITED },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const lines = createInterface({ input: this.#child.stdout });
    this.base = await new Promise((resolve, reject) => {
      lines.on("line", (line) => {
        const [, base] = /^listening on (\S+)$/.exec(line) ?? [];
        if (base) {
          resolve(base);
        }
      });
      this.#child.once("exit", (code) => reject(new Error(`the program ended with ${code} before it listened`)));
    });
  }
}

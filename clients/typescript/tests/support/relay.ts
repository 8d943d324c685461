import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

/**
 * A line to a server that can be cut, and that stays at the same address while the server moves.
 *
 * - `open`: what is sent arrives.
 * - `cut`: nobody is connected.
 * - `answers-lost`: what is sent arrives, and the line is cut when the server answers.
 * - `silent`: connections are taken, and nothing comes of them.
 */
export type Line = "open" | "cut" | "answers-lost" | "silent";

export class Relay {
  readonly #server = createServer((socket) => this.#connect(socket));
  readonly #upstream: () => string;
  readonly #sockets = new Set<Socket>();
  /** How often a connection was asked for. */
  connections = 0;
  #line: Line = "open";
  base = "";

  private constructor(upstream: () => string) {
    this.#upstream = upstream;
  }

  static async start(upstream: () => string): Promise<Relay> {
    const relay = new Relay(upstream);
    await new Promise<void>((resolve) => relay.#server.listen(0, "127.0.0.1", resolve));
    relay.base = `http://127.0.0.1:${(relay.#server.address() as AddressInfo).port}`;
    return relay;
  }

  set line(line: Line) {
    this.#line = line;
    if (line !== "silent") {
      this.cut();
    }
  }

  /** Cuts the connections that there are. */
  cut(): void {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    await closed;
  }

  #connect(client: Socket): void {
    this.connections += 1;
    if (this.#line === "cut") {
      client.destroy();
      return;
    }
    const { hostname, port } = new URL(this.#upstream());
    const server = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    client.on("data", (bytes) => {
      if (this.#line !== "silent") {
        server.write(bytes);
      }
    });
    server.on("data", (bytes) => {
      if (this.#line === "answers-lost") {
        client.destroy();
      } else if (this.#line !== "silent") {
        client.write(bytes);
      }
    });
  }
}

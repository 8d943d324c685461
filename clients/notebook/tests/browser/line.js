/** The line between a browser and the server: it can fail, and it can bring a newer build of the app. */
import { createServer, request } from "node:http";
import { text } from "node:stream/consumers";

function changed(text, from, to) {
  if (!text.includes(from)) {
    throw new Error(`the build has no ${from} in it`);
  }
  return text.replace(from, to);
}

const page = (text) => changed(text, '<div id="app"', '<div data-build="newer" id="app"');

/** What a newer build changes, by the path of the file: its page, and the revision by which the page is known. */
const NEWER = {
  "/app/": page,
  "/app/index.html": page,
  "/app/sw.js": (text) => {
    const [entry] = /"revision":"[0-9a-f]+","url":"index\.html"/.exec(text) ?? ["list of files"];
    return changed(text, entry, '"revision":"newer","url":"index.html"');
  },
};

export class Line {
  #proxy;
  /** Whether the API cannot be reached. */
  cut = false;
  /** Whether the server has a newer build of the app. */
  newer = false;
  base;

  static async to(server) {
    const line = new Line();
    line.#proxy = createServer((incoming, outgoing) => line.#pass(server, incoming, outgoing));
    await new Promise((resolve) => line.#proxy.listen(0, "127.0.0.1", resolve));
    line.base = `http://127.0.0.1:${line.#proxy.address().port}`;
    return line;
  }

  get app() {
    return `${this.base}/app/`;
  }

  async end() {
    const ended = new Promise((resolve) => this.#proxy.close(resolve));
    this.#proxy.closeAllConnections();
    await ended;
  }

  #pass(server, incoming, outgoing) {
    const [path] = incoming.url.split("?");
    if (this.cut && path.startsWith("/v1/")) {
      incoming.socket.destroy();
      return;
    }
    const change = this.newer ? NEWER[path] : undefined;
    const headers = { ...incoming.headers };
    if (change) {
      delete headers["if-none-match"];
      delete headers["accept-encoding"];
    }
    const onward = request(server.base + incoming.url, { method: incoming.method, headers }, async (answer) => {
      if (change === undefined) {
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      const { "content-length": _, etag: __, ...kept } = answer.headers;
      const body = change(await text(answer));
      outgoing.writeHead(answer.statusCode, kept);
      outgoing.end(body);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  }
}

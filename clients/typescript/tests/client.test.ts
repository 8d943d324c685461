import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type { Fetch, Schemas } from "../src/index.js";
import {
  createClient,
  GoneError,
  ifMatch,
  NetworkError,
  newId,
  ProblemError,
  VersionMismatchError,
} from "../src/index.js";
import type { Place } from "./support/team.js";
import { HASTY, observe, place } from "./support/team.js";

let here: Place;
beforeAll(async () => {
  here = await place();
});
afterAll(() => here.remove());

it("has the types that the contract gives", async () => {
  // Fails where src/schema.ts is not what openapi/feedbacklus.json gives: npm run generate.
  await promisify(execFile)("npm", ["run", "generate", "--", "--check"]);
});

describe("an operation", () => {
  it("answers with what the contract says", async () => {
    const observationId = await observe(here);
    const { data, response } = await here.client.GET("/v1/observations/{observationId}", {
      params: { path: { observationId } },
    });
    expectTypeOf(data).toEqualTypeOf<Schemas["Observation"]>();
    expect(data.id).toBe(observationId);
    expect(response.headers.get("ETag")).toBe(ifMatch(data.version));
  });

  it("changes a record as a merge patch", async () => {
    const observationId = await observe(here);
    const { data } = await here.client.PATCH("/v1/observations/{observationId}", {
      params: { path: { observationId }, header: { "If-Match": ifMatch(1) } },
      body: { tags: ["drempel"] },
    });
    expect([data.tags, data.version]).toEqual([["drempel"], 2]);
  });

  it("may answer with nothing, or with another form", async () => {
    const { networkId, personId } = here;
    await observe(here);
    const { data: key } = await here.client.POST("/v1/networks/{networkId}/api-keys", {
      params: { path: { networkId } },
      body: { name: "Koppeling", role: "reader", operations: ["listCycles"], expiresAt: null },
    });
    const { response } = await here.client.DELETE("/v1/api-keys/{apiKeyId}", {
      params: { path: { apiKeyId: key.id }, header: { "If-Match": ifMatch(key.version) } },
    });
    expect(response.status).toBe(204);
    const csv = await here.client.GET("/v1/networks/{networkId}/observations", {
      params: { path: { networkId } },
      headers: { Accept: "text/csv" },
      parseAs: "text",
    });
    expectTypeOf(csv.data).toEqualTypeOf<string>();
    expect(csv.data).toContain(personId);
  });

  it("takes what the contract takes alone", async () => {
    const { client } = here;
    const mistakes = (): void => {
      // @ts-expect-error: no such path.
      void client.GET("/v1/nowhere");
      // @ts-expect-error: the path has a parameter.
      void client.GET("/v1/observations/{observationId}");
      // @ts-expect-error: no such kind of network.
      void client.POST("/v1/networks", { body: { name: "Buurtteam", kind: "club" } });
      // @ts-expect-error: no list.
      void client.list("/v1/me");
    };
    expect(mistakes).toBeTypeOf("function");
  });
});

describe("a problem", () => {
  it("names every fault of what was sent", async () => {
    const refusal = here.client.POST("/v1/networks", { body: { name: "", kind: "club" as "team" } });
    const error = await refusal.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ProblemError);
    const problem = error as ProblemError;
    expect([problem.status, problem.code]).toEqual([400, "invalid_body"]);
    expect(problem.errors.map(({ pointer }) => pointer).sort()).toEqual(["/kind", "/name"]);
    expect(problem.requestId).toBeTypeOf("string");
    expect(problem.message).toContain("400 invalid_body");
  });

  it("of a stale version tells the stored one", async () => {
    const observationId = await observe(here);
    const change = (version: number, tags: string[]) =>
      here.client.PATCH("/v1/observations/{observationId}", {
        params: { path: { observationId }, header: { "If-Match": ifMatch(version) } },
        body: { tags },
      });
    await change(1, ["een"]);
    const error = await change(1, ["twee"]).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(VersionMismatchError);
    expect((error as VersionMismatchError).storedVersion).toBe(2);
  });

  it("of a proxy in between is one, too", async () => {
    const fetch: Fetch = () =>
      Promise.resolve(new Response("<h1>Bad Gateway</h1>", { status: 502, statusText: "Bad Gateway" }));
    const client = createClient({ baseUrl: here.relay.base, fetch, retry: HASTY });
    await expect(client.GET("/v1/me")).rejects.toMatchObject({ status: 502, code: "unknown", requestId: null });
  });

  it("that is for good is told apart", async () => {
    const problem = { type: "about:blank", title: "Gone", status: 410, code: "gone", detail: "Gone.", requestId: "r" };
    const fetch: Fetch = () => Promise.resolve(Response.json(problem, { status: 410 }));
    const client = createClient({ baseUrl: here.relay.base, fetch });
    await expect(client.latestPosition()).rejects.toBeInstanceOf(GoneError);
  });
});

describe("a list", () => {
  it("is read page after page", async () => {
    const { networkId, client, sent } = here;
    const { data: cycle } = await client.POST("/v1/networks/{networkId}/cycles", {
      params: { path: { networkId } },
      body: { learningQuestion: "Wat werkt?" },
    });
    const there = { ...here, cycleId: cycle.id };
    const ids: string[] = [];
    for (let number = 1; number <= 7; number += 1) {
      ids.unshift(await observe(there, `Waarneming ${number}`));
    }
    sent.length = 0;
    const list = client.list("/v1/cycles/{cycleId}/observations", {
      params: { path: { cycleId: cycle.id }, query: { limit: 2, perspective: "practitioner" } },
    });
    const seen: string[] = [];
    for await (const observation of list) {
      expectTypeOf(observation).toEqualTypeOf<Schemas["Observation"]>();
      seen.push(observation.id);
    }
    expect(seen).toEqual(ids);
    expect(sent).toHaveLength(4);

    const lengths: number[] = [];
    for await (const page of list.pages()) {
      lengths.push(page.items.length);
    }
    expect(lengths).toEqual([2, 2, 2, 1]);
    expect((await list.toArray()).map(({ id }) => id)).toEqual(ids);

    // No further than somebody looks.
    sent.length = 0;
    for await (const _ of list) {
      break;
    }
    expect(sent).toHaveLength(1);
  });

  it("that is refused is a problem", async () => {
    const nowhere = here.client.list("/v1/cycles/{cycleId}/observations", { params: { path: { cycleId: newId() } } });
    await expect(nowhere.toArray()).rejects.toMatchObject({ status: 404, code: "not_found" });
  });
});

describe("a request without an answer", () => {
  it("is sent again where that changes nothing", async () => {
    const { client, cycleId, sent } = here;
    const params = { path: { cycleId } };
    const id = newId();
    const lost = losing(1);
    const shaky = createClient({ baseUrl: here.relay.base, credential: here.session, retry: HASTY, fetch: lost.fetch });
    const created = await shaky.POST("/v1/cycles/{cycleId}/questions", {
      params,
      body: { id, text: "Hoe kom ik binnen?" },
    });
    expect([created.response.status, lost.sent]).toEqual([200, 2]);
    const questions = await client.list("/v1/cycles/{cycleId}/questions", { params }).toArray();
    expect(questions.map((question) => question.id)).toEqual([id]);
    expect(sent.length).toBeGreaterThan(0);
  });

  it("is not where it might be done twice", async () => {
    const lost = losing(1);
    const shaky = createClient({ baseUrl: here.relay.base, credential: here.session, retry: HASTY, fetch: lost.fetch });
    const body = { name: "Zonder id", kind: "team" } as const;
    await expect(shaky.POST("/v1/networks", { body })).rejects.toBeInstanceOf(NetworkError);
    expect(lost.sent).toBe(1);
  });

  it("is given up in the end", async () => {
    const lost = losing(Number.POSITIVE_INFINITY);
    const shaky = createClient({ baseUrl: here.relay.base, credential: here.session, retry: HASTY, fetch: lost.fetch });
    await expect(shaky.GET("/v1/me")).rejects.toBeInstanceOf(NetworkError);
    expect(lost.sent).toBe(HASTY.attempts);
  });

  it("ends when its signal does", async () => {
    here.relay.line = "silent";
    const control = new AbortController();
    const asked = here.client.GET("/v1/me", { signal: control.signal });
    control.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
    here.relay.line = "open";
  });

  it("ends when the server says nothing", async () => {
    const fetch: Fetch = ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const client = createClient({ baseUrl: here.relay.base, fetch, retry: { ...HASTY, attempts: 1, timeout: 10 } });
    const error = await client.GET("/v1/me").catch((error: unknown) => error);
    expect(error).toBeInstanceOf(NetworkError);
    expect((error as NetworkError).cause).toMatchObject({ name: "TimeoutError" });
  });

  it("is one that broke off, too", async () => {
    let sent = 0;
    const fetch: Fetch = () => {
      sent += 1;
      const half = new ReadableStream({
        start: (body) => body.enqueue(new TextEncoder().encode('{"nextAfter":"AQ"')),
        pull: (body) => (sent === 1 ? body.error(new TypeError("terminated")) : body.close()),
      });
      const whole = '{"nextAfter":"AQ"}';
      return Promise.resolve(
        new Response(sent === 1 ? half : whole, { headers: { "Content-Type": "application/json" } }),
      );
    };
    const client = createClient({ baseUrl: here.relay.base, fetch, retry: HASTY });
    expect(await client.latestPosition()).toBe("AQ");
    expect(sent).toBe(2);
  });
});

describe("a busy server", () => {
  const busy = (answers: Response[]): { fetch: Fetch; sent: () => number } => {
    let sent = 0;
    const fetch: Fetch = async () => {
      sent += 1;
      return answers[Math.min(sent, answers.length) - 1]?.clone() ?? Response.error();
    };
    return { fetch, sent: () => sent };
  };
  const problem = (status: number, after: string): Response =>
    Response.json(
      { type: "about:blank", title: "Busy", status, code: "busy", detail: "Later.", requestId: "r" },
      { status, headers: { "Retry-After": after } },
    );

  it("is asked again", async () => {
    const { fetch, sent } = busy([problem(503, "0"), problem(429, "0"), Response.json({ items: [] })]);
    const client = createClient({ baseUrl: "https://feedbacklus.example.org", fetch, retry: HASTY });
    expect((await client.GET("/v1/life-domain-frameworks")).response.status).toBe(200);
    expect(sent()).toBe(3);
  });

  it("that asks for more patience than there is is left alone", async () => {
    const { fetch, sent } = busy([problem(429, "900")]);
    const client = createClient({ baseUrl: "https://feedbacklus.example.org", fetch, retry: HASTY });
    await expect(client.GET("/v1/me")).rejects.toMatchObject({ status: 429, retryAfter: 900 });
    expect(sent()).toBe(1);
  });
});

/** Sends everything, and loses so many answers. */
function losing(answers: number): { fetch: Fetch; sent: number } {
  const lost = {
    sent: 0,
    fetch: async (request: Request) => {
      lost.sent += 1;
      const response = await globalThis.fetch(request);
      if (lost.sent <= answers) {
        throw new TypeError("The answer was lost.");
      }
      return response;
    },
  };
  return lost;
}

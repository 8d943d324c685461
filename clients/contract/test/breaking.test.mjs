// What breaks clients is found, and what does not is let through. Each case changes the real contract in one way.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { breaking, compare } from "../breaking.mjs";
import { contract } from "../run.mjs";

const whole = await readFile(contract, "utf8");
const folder = await mkdtemp(join(tmpdir(), "feedbacklus-breaking-"));
after(() => rm(folder, { recursive: true }));

/** The contract, changed. */
async function changed(name, change) {
  const document = JSON.parse(whole);
  change(document);
  const path = join(folder, `${name.replaceAll(" ", "-")}.json`);
  await writeFile(path, JSON.stringify(document));
  return path;
}

const OBSERVATIONS = "/v1/cycles/{cycleId}/observations";
const schema = (c, name) => c.components.schemas[name];
const members = (c, name) => schema(c, name).properties;
const list = (c) => c.paths[OBSERVATIONS].get;

const BREAKS = {
  "an operation removed": (c) => delete c.paths[OBSERVATIONS].post,
  "a path removed": (c) => delete c.paths["/v1/reflection-models"],
  "a member removed from an answer": (c) => delete members(c, "Observation").body,
  "a member of an answer no longer always there": (c) => schema(c, "Observation").required.pop(),
  "a member of an answer nullable": (c) => (members(c, "Observation").version.type = ["integer", "null"]),
  "a member of another type": (c) => (members(c, "Observation").late = { type: "string" }),
  "an answer gone": (c) => delete c.paths[OBSERVATIONS].post.responses["201"],
  "a member of a body required": (c) => schema(c, "ObservationCreate").required.push("tags"),
  "a new required member of a body": (c) => {
    members(c, "ObservationCreate").place = { type: "string", maxLength: 200 };
    schema(c, "ObservationCreate").required.push("place");
  },
  "a value of an enum gone": (c) => schema(c, "Perspective").enum.pop(),
  "a type narrowed": (c) => (members(c, "ObservationCreate").questionId.type = "string"),
  "a bound tightened": (c) => (members(c, "ObservationCreate").body.maxLength = 100),
  "a query key removed": (c) => (list(c).parameters = list(c).parameters.filter((one) => one.name !== "perspective")),
  "a member of a body removed": (c) => delete members(c, "ObservationCreate").tags,
  "a query key required": (c) => (list(c).parameters.find((one) => one.name === "perspective").required = true),
};

const FINE = {
  nothing: () => {},
  "an operation added": (c) =>
    (c.paths["/v1/cycles/{cycleId}/notes"] = { get: { ...list(c), operationId: "listNotes" } }),
  "an optional member added to a body": (c) =>
    (members(c, "ObservationCreate").place = { type: "string", maxLength: 200 }),
  "a member added to an answer": (c) => {
    members(c, "Observation").place = { type: "string" };
    schema(c, "Observation").required.push("place");
  },
  "an optional query key added": (c) =>
    list(c).parameters.push({
      name: "place",
      in: "query",
      required: false,
      schema: { type: "string", maxLength: 200 },
    }),
  "a bound widened": (c) => (members(c, "ObservationCreate").body.maxLength = 20_000),
  "a description changed": (c) => (schema(c, "Observation").description = "What somebody saw."),
};

for (const [name, change] of Object.entries(BREAKS)) {
  test(`breaks clients: ${name}`, async () => {
    const { breaks } = await breaking(contract, await changed(name, change));
    assert.notDeepEqual(breaks, []);
  });
}

for (const [name, change] of Object.entries(FINE)) {
  test(`breaks no client: ${name}`, async () => {
    assert.deepEqual(await breaking(contract, await changed(name, change)), { breaks: [], notable: [] });
  });
}

test("a new value of an enum in answers is told, and breaks nobody", async () => {
  const after = await changed("enum", (c) => schema(c, "ObservationState").enum.push("parked"));
  const { breaks, notable } = await breaking(contract, after);
  assert.deepEqual(breaks, []);
  assert.notDeepEqual(notable, []);
});

test("a break is refused within a major version, and let through with a new one", async () => {
  const minor = await changed("minor", (c) => {
    BREAKS["an operation removed"](c);
    c.info.version = "1.9.0";
  });
  await assert.rejects(compare(contract, minor), /POST \/v1\/cycles\/\{cycleId\}\/observations: api removed/);
  await compare(
    contract,
    await changed("major", (c) => {
      BREAKS["an operation removed"](c);
      c.info.version = "2.0.0";
    }),
  );
});

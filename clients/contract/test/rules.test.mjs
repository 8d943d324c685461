// Each rule of ours bites: it refuses a contract that was broken in the one way that it is about, and a rule that nothing
// breaks here is itself a fault. What is broken is a part of the real contract, which by itself is refused by none.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Spectral } from "@stoplight/spectral-core";
import { bundleAndLoadRuleset } from "@stoplight/spectral-ruleset-bundler/with-loader";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const ruleset = await bundleAndLoadRuleset(at("../spectral.yaml"), { fs, fetch });
const ours = Object.values(ruleset.rules).filter((rule) => rule.owner === ruleset);
const whole = JSON.parse(readFileSync(at("../../../openapi/feedbacklus.json"), "utf8"));

const OBSERVATIONS = "/v1/cycles/{cycleId}/observations";
const OBSERVATION = "/v1/observations/{observationId}";
const PATHS = [
  "/v1/auth/tokens",
  "/v1/people/{personId}",
  OBSERVATIONS,
  OBSERVATION,
  "/v1/networks/{networkId}/imports",
];

/** The real contract, with these paths alone and what they refer to. */
function part() {
  const paths = Object.fromEntries(PATHS.map((path) => [path, whole.paths[path]]));
  const components = { ...whole.components, schemas: {} };
  const gather = (value) => {
    if (!value || typeof value !== "object") return;
    const name = value.$ref?.match(/^#\/components\/schemas\/(.+)$/)?.[1];
    if (name && !(name in components.schemas)) {
      components.schemas[name] = whole.components.schemas[name];
      gather(components.schemas[name]);
    }
    Object.values(value).forEach(gather);
  };
  gather([paths, components.responses]);
  return structuredClone({ ...whole, paths, components });
}

/** The names of our rules that refuse a contract, each once. */
async function refusing(contract) {
  const spectral = new Spectral();
  spectral.setRuleset(ruleset);
  const found = await spectral.run(JSON.stringify(contract));
  return [...new Set(found.map((fault) => fault.code))]
    .filter((code) => ours.some((rule) => rule.name === code))
    .sort();
}

const moved = (contract, from, to) => {
  contract.paths[to] = contract.paths[from];
  delete contract.paths[from];
};
const create = (contract) => contract.paths[OBSERVATIONS].post;
const list = (contract) => contract.paths[OBSERVATIONS].get;
const schema = (contract, name) => contract.components.schemas[name];

/** For each rule, ways to break it. */
const BROKEN = {
  "info-version-semver": [(c) => (c.info.version = "1.0")],
  "info-contact-complete": [(c) => delete c.info.contact.email, (c) => delete c.info.contact.url],
  "info-license-named": [(c) => delete c.info.license.identifier],
  "servers-over-https-or-relative": [(c) => (c.servers[0].url = "http://feedbacklus.example.org")],
  "path-begins-with-major-version": [
    (c) => moved(c, OBSERVATION, "/observations/{observationId}"),
    (c) => (c.info.version = "2.0.0"),
  ],
  "path-is-kebab-case": [
    (c) => moved(c, OBSERVATION, "/v1/cycleObservations/{observationId}"),
    (c) => moved(c, OBSERVATION, "/v1/cycle_observations/{observationId}"),
    (c) => moved(c, OBSERVATION, "/v1/observations/{observation_id}"),
    (c) => moved(c, "/v1/auth/tokens", "/v1/auth/tokens.json"),
  ],
  "path-has-no-trailing-slash": [(c) => moved(c, "/v1/auth/tokens", "/v1/auth/tokens/")],
  "path-collections-are-plural": [(c) => moved(c, OBSERVATION, "/v1/observation/{observationId}")],
  "list-paths-are-plural": [(c) => moved(c, OBSERVATIONS, "/v1/cycles/{cycleId}/observation")],
  "operation-id-is-verb-and-noun": [
    (c) => (create(c).operationId = "create"),
    (c) => (create(c).operationId = "create_observation"),
    (c) => (create(c).operationId = "CreateObservation"),
  ],
  "operation-has-one-tag": [(c) => create(c).tags.push("cycles"), (c) => (create(c).tags = [])],
  "operation-has-summary": [(c) => delete create(c).summary],
  "operation-is-secured-or-says-not": [(c) => delete c.security, (c) => (c.security = [])],
  "credentials-are-not-optional": [(c) => c.security.push({}), (c) => create(c).security.push({})],
  "only-standard-methods": [(c) => (c.paths[OBSERVATION].trace = structuredClone(c.paths[OBSERVATION].get))],
  "tag-is-described": [(c) => delete c.tags[0].description],
  "changing-needs-if-match": [
    (c) =>
      (c.paths[OBSERVATION].patch.parameters = c.paths[OBSERVATION].patch.parameters.filter(
        (one) => one.in !== "header",
      )),
    (c) => (c.paths[OBSERVATION].patch.parameters.find((one) => one.name === "If-Match").required = false),
  ],
  "patch-is-merge-patch": [
    (c) => {
      const { content } = c.paths[OBSERVATION].patch.requestBody;
      content["application/json"] = content["application/merge-patch+json"];
    },
  ],
  "query-keys-are-camel-case": [(c) => (list(c).parameters.find((one) => one.name === "themeId").name = "theme_id")],
  "members-are-camel-case": [(c) => (schema(c, "Observation").properties.theme_ids = { type: "boolean" })],
  "instants-and-dates-are-named-so": [
    (c) => (schema(c, "Observation").properties.happened = { type: "string", format: "date-time" }),
    (c) => (schema(c, "Observation").properties.dueAt = { type: ["string", "null"], format: "date" }),
    (c) => (schema(c, "Observation").properties.createdAt = { type: "integer" }),
  ],
  "request-bodies-are-closed": [
    (c) => delete schema(c, "ObservationCreate").additionalProperties,
    (c) => (schema(c, "ObservationPatch").additionalProperties = true),
  ],
  "requests-are-bounded": [
    (c) => delete schema(c, "ObservationCreate").properties.body.maxLength,
    (c) => delete schema(c, "ObservationCreate").properties.tags.maxItems,
    (c) => delete list(c).parameters.find((one) => one.name === "cursor").schema.maxLength,
  ],
  "request-bodies-have-an-example": [(c) => delete create(c).requestBody.content["application/json"].example],
  "component-names": [
    (c) => {
      c.components.schemas.Voice2 = c.components.schemas.Voice;
      schema(c, "Observation").properties.voice = { $ref: "#/components/schemas/Voice2" };
    },
  ],
  "no-unnamed-objects": [
    (c) => (schema(c, "Observation").properties.place = { type: "object", properties: { name: { type: "string" } } }),
    (c) => {
      const { properties } = schema(c, "Observation");
      create(c).responses["201"].content["application/json"].schema = { type: "object", properties };
    },
  ],
  "answers-tell-the-version": [
    (c) => delete create(c).responses["201"].headers["API-Version"],
    (c) => delete c.components.responses.Conflict.headers,
  ],
  "problems-are-problem-json": [
    (c) => {
      const answer = c.components.responses.Conflict;
      answer.content = { "application/json": answer.content["application/problem+json"] };
    },
    (c) => (schema(c, "Problem").required = ["type", "title", "status"]),
  ],
  "refusals-are-listed": [
    (c) => delete create(c).responses["400"],
    (c) => delete create(c).responses["401"],
    (c) => delete c.paths[OBSERVATION].get.responses["404"],
    (c) => delete c.paths[OBSERVATION].patch.responses["412"],
  ],
  "lists-are-pages": [
    (c) => (list(c).parameters = list(c).parameters.filter((one) => one.name !== "cursor")),
    (c) => delete list(c).responses["200"].headers.Link,
    (c) => (schema(c, "ObservationPage").properties.items.maxItems = 1000),
    (c) => (list(c).responses["200"].content["application/json"].schema = { $ref: "#/components/schemas/Observation" }),
  ],
};

test("the part of the contract that is broken here is refused by no rule of ours", async () => {
  assert.deepEqual(await refusing(part()), []);
});

test("every rule of ours is held up against what it is about", () => {
  assert.deepEqual(Object.keys(BROKEN).sort(), ours.map((rule) => rule.name).sort());
});

for (const [rule, ways] of Object.entries(BROKEN)) {
  for (const [number, way] of ways.entries()) {
    test(`${rule} refuses what breaks it, way ${number + 1}`, async () => {
      const contract = part();
      way(contract);
      const found = await refusing(contract);
      assert.ok(found.includes(rule), `refused by: ${found.join(", ") || "none"}`);
    });
  }
}

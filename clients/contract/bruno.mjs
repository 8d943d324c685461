// Makes a Bruno collection of the contract with Bruno's own importer, and lets its requests hand on ids and tokens to each
// other. It is kept in clients/bruno:
//
//   node bruno.mjs           writes it
//   node bruno.mjs --check   says whether it is up to date, and runs it once against the demo

import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { operations } from "./functions/schemas.js";
import { contract, here, main, tool } from "./run.mjs";
import { withDemo } from "./server.mjs";

const kept = join(here, "../bruno");
const document = JSON.parse(await readFile(contract, "utf8"));
const all = [...operations(document)];
const byId = new Map(all.map((one) => [one.operation.operationId, one]));

const component = (schema) => schema?.$ref?.split("/").pop();
const answer = ({ operation }, status) => component(operation.responses[status]?.content?.["application/json"]?.schema);
const placeholders = (path) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

/** What a record is called by in paths: a Network by `networkId`. */
const idOf = new Map(
  all
    .filter((one) => one.method === "get" && one.path.endsWith("}") && answer(one, "200"))
    .map((one) => [answer(one, "200"), placeholders(one.path).pop()]),
);

const isOpen = ({ security }) => security?.every((one) => !("bearer" in one));

/** What an answer gives to the requests after it: each variable, and where it is read. */
function given(one) {
  const { method, operation } = one;
  const listed = component(document.components.schemas[answer(one, "200")]?.properties?.items?.items);
  const made = method === "post" && idOf.get(answer(one, "201"));
  const read = method === "get" && idOf.has(answer(one, "200"));
  return {
    ...(operation.operationId === "createTokens" && { token: "res.body.accessToken" }),
    ...(idOf.has(listed) && method === "get" && { [idOf.get(listed)]: "res.body.items?.[0]?.id" }),
    ...(made && { [made]: "res.body.id" }),
    ...((made || read) && { ifMatch: 'res.getHeader("etag")' }),
  };
}

// The network of the demo that has most, and what its coordinator finds none of there.
const NETWORK = "Heumen";
const NONE = new Set(
  `actionReviewId apiKeyId coNetworkRecordId consentId definitionId deliveryId emergencyAccessId endorsementId erasureId
  evaluationId evidenceId frameworkId frameworkVersionId goalId guardedNameId jobId legalHoldId priceListId
  privacyWarningId responseId retentionRunId returnId sessionNoteId sessionQuestionId statementId webhookId`.split(
    /\s+/,
  ),
);

// What the server's administrators alone may read of others.
const OF_THE_HOUSE = new Set(["listIdentities", "listPersonErasures"]);

/**
 * The requests of a run in a network, in order: sign in, read whatever follows from what was read before, and log
 * observations. The list of networks comes last, since it leads to another.
 */
function order() {
  const known = new Set(["networkId"]);
  const needsNoQuery = ({ operation }) => !operation.parameters.some((one) => one.in === "query" && one.required);
  const isTheirs = ({ path, operation }) => path !== "/v1/networks" && !OF_THE_HOUSE.has(operation.operationId);
  const rest = new Set(all.filter((one) => one.method === "get" && needsNoQuery(one) && isTheirs(one)));
  const run = ["createTokens"];
  const take = (wanted) => {
    const one = [...rest].find((each) => placeholders(each.path).every((name) => known.has(name)) && wanted(each));
    if (!one) return false;
    rest.delete(one);
    run.push(one.operation.operationId);
    for (const name of Object.keys(given(one))) if (!NONE.has(name)) known.add(name);
    return true;
  };
  const tells = (one) =>
    Object.keys(given(one)).some((name) => name !== "ifMatch" && !known.has(name) && !NONE.has(name));
  while (take(tells) || take(() => true));
  return [...run, "createObservation", "createInboxObservation", "listNetworks"];
}

/** A block in Bruno's language. */
const block = (name, entries) =>
  `${name} {\n${Object.entries(entries)
    .map(([key, value]) => `  ${key}: ${value}\n`)
    .join("")}}\n`;

/** Keeps what was answered for the requests to come; where nothing was, what is there already stays. */
function script(handsOn) {
  const lines = Object.entries(handsOn).map(([name, from]) => `  if (${from}) bru.setVar("${name}", ${from});\n`);
  return `script:post-response {\n${lines.join("")}}\n`;
}

/** A request as the importer wrote it, with what is ours. */
function finished(text, one) {
  const { operation, path } = one;
  const successes = Object.keys(operation.responses).filter((status) => status.startsWith("2"));
  const handsOn = given(one);
  const ours = [
    ...(Object.keys(handsOn).length ? [script(handsOn)] : []),
    block("assert", { "res.status": successes.length > 1 ? `in ${successes.join(", ")}` : `eq ${successes[0]}` }),
  ].join("\n");
  let request = text
    .replace(`name: ${operation.operationId}\n`, () => `name: ${operation.summary}\n`)
    .replace(/^( {2}If-Match): *$/m, "$1: {{ifMatch}}")
    .replace(/^docs \{$/m, () => `${ours}\ndocs {`);
  for (const name of placeholders(path))
    request = request.replace(new RegExp(`^(  ${name}): *$`, "m"), `$1: {{${name}}}`);
  if (isOpen(operation)) request = request.replace(/^ {2}auth: \w+$/m, "  auth: none");
  if (operation.operationId === "createTokens") {
    request = request
      .replace(/"email": "[^"]*"/, '"email": "{{email}}"')
      .replace(/"password": "[^"]*"/, '"password": "{{password}}"');
  }
  return request;
}

const ENVIRONMENT = `vars {
  baseUrl: http://127.0.0.1:8080
  email: coordinator@demo.example
}
vars:secret [
  password
]
`;

/** Makes the collection in a folder of its own and hands it over. */
async function made(use) {
  const folder = await mkdtemp(join(tmpdir(), "feedbacklus-bruno-"));
  try {
    const bare = structuredClone(document);
    for (const { operation } of operations(bare)) {
      // Files are called after the operation. Of answers the importer makes examples of empty texts, which say nothing.
      Object.assign(operation, { summary: operation.operationId, responses: {} });
    }
    const source = join(folder, "contract.json");
    await writeFile(source, JSON.stringify(bare));
    await tool("bru", [
      "import",
      "openapi",
      "-s",
      source,
      "-o",
      folder,
      "-n",
      "feedbacklus",
      "--collection-format",
      "bru",
    ]);
    const collection = join(folder, "feedbacklus");
    for (const file of await requests(collection)) {
      const one = byId.get(basename(file, ".bru"));
      if (one) await writeFile(file, finished(await readFile(file, "utf8"), one));
    }
    await rm(join(collection, "environments"), { recursive: true });
    await cp(await environment(folder), join(collection, "environments/demo.bru"));
    return await use(collection);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function environment(folder) {
  const file = join(folder, "demo.bru");
  await writeFile(file, ENVIRONMENT);
  return file;
}

async function requests(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Its files by their names, to be compared. */
async function files(folder) {
  const texts = (await requests(folder)).map(async (file) => [relative(folder, file), await readFile(file, "utf8")]);
  return new Map(await Promise.all(texts));
}

async function upToDate() {
  const [now, wanted] = [await files(kept), await made(files)];
  const differing = [...new Set([...now.keys(), ...wanted.keys()])].filter(
    (name) => now.get(name) !== wanted.get(name),
  );
  if (differing.length)
    throw new Error(`clients/bruno is not what the contract makes of it: run make bruno\n  ${differing.join("\n  ")}`);
}

/** The id of the network that the run is about. */
async function network(base, email, password) {
  const read = async (path, options) => (await fetch(base + path, options)).json();
  const headers = { "Content-Type": "application/json" };
  const { accessToken } = await read("/v1/auth/tokens", {
    method: "POST",
    headers,
    body: JSON.stringify({ email, password }),
  });
  const { items } = await read("/v1/networks", { headers: { Authorization: `Bearer ${accessToken}` } });
  return items.find(({ locality }) => locality === NETWORK).id;
}

async function runOnce() {
  const paths = new Map((await requests(kept)).map((file) => [basename(file, ".bru"), relative(kept, file)]));
  await withDemo(async ({ base, email, password }) => {
    const values = { baseUrl: base, email, password, networkId: await network(base, email, password) };
    const given = Object.entries(values).flatMap(([name, value]) => ["--env-var", `${name}=${value}`]);
    await tool("bru", ["run", ...order().map((id) => paths.get(id)), "--env", "demo", ...given], { cwd: kept });
  });
}

main(async () => {
  if (process.argv[2] === "--check") {
    await upToDate();
    await runOnce();
  } else {
    await rm(kept, { recursive: true, force: true });
    await made((collection) => cp(collection, kept, { recursive: true }));
  }
});

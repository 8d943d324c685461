/** The report as a page: for everybody, on a phone and on paper, in two languages, in the light and in the dark. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, phone } from "./browser.js";
import { COORDINATOR } from "./screens.js";
import { PASSWORD, Server } from "./server.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** The rules that the app is held to, too. */
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let server;
let browser;
let cycles;
let authorization;

before(async () => {
  server = await Server.start();
  browser = await launch();
  const signIn = await fetch(`${server.base}/v1/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: COORDINATOR, password: PASSWORD }),
  });
  authorization = `Bearer ${(await signIn.json()).accessToken}`;
  const ask = await server.as(COORDINATOR);
  const { networks } = await ask("GET", "/v1/me");
  const lists = await Promise.all(networks.map(({ networkId }) => ask("GET", `/v1/networks/${networkId}/cycles`)));
  cycles = lists.flatMap(({ items }) => items);
});

after(async () => {
  await browser?.close();
  await server?.end();
});

async function reportOf(cycle, language) {
  const headers = { Accept: "text/html", "Accept-Language": language, Authorization: authorization };
  const response = await fetch(`${server.base}/v1/cycles/${cycle.id}/report`, { headers });
  assert.equal(response.headers.get("content-language"), language);
  return response;
}

for (const language of ["nl", "en"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`nothing stands in the way of a reader, ${language}, ${colorScheme}`, async () => {
      assert.ok(cycles.length > 0, "the demo has cycles");
      const { page, context, errors } = await phone(browser, { colorScheme });
      for (const cycle of cycles) {
        const response = await reportOf(cycle, language);
        await page.setContent(await response.text());
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(wide, false, `the report of ${cycle.id} fits a phone`);
        await page.evaluate(axe);
        const { found, looked } = await page.evaluate(async (standards) => {
          const { violations, passes } = await globalThis.axe.run({ runOnly: standards });
          const named = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
          return { found: named, looked: passes.length };
        }, STANDARDS);
        assert.deepEqual(found, []);
        assert.ok(looked > 10, "axe looked at the page");
      }
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
}

test("under its own policy the page has its style, and asks for nothing", async () => {
  const { page, context, errors } = await phone(browser);
  const asked = [];
  await context.setExtraHTTPHeaders({ Authorization: authorization, Accept: "text/html" });
  page.on("request", (request) => asked.push(request.url()));
  const address = `${server.base}/v1/cycles/${cycles[0].id}/report`;
  await page.goto(address);
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector(".kicker")).textTransform);
  assert.equal(styled, "uppercase");
  assert.deepEqual(
    asked.filter((url) => !url.endsWith("/favicon.ico")),
    [address],
  );
  assert.deepEqual(errors, []);
  await context.close();
});

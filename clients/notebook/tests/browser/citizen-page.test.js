/** The page that a citizen is handed: on a phone, in two languages, in the light and in the dark, and where its link is gone. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, phone } from "./browser.js";
import { COORDINATOR } from "./screens.js";
import { Server } from "./server.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** The rules that the app is held to, too. */
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let server;
let browser;
/** A link in each language to the page of everybody in one network of the demo. */
const links = { nl: [], en: [] };

before(async () => {
  server = await Server.start();
  browser = await launch();
  const ask = await server.as(COORDINATOR);
  const { networks } = await ask("GET", "/v1/me");
  const { items } = await ask("GET", `/v1/networks/${networks[0].networkId}/pseudonyms?limit=4`);
  for (const { id } of items) {
    for (const language of Object.keys(links)) {
      const { url } = await ask("POST", `/v1/pseudonyms/${id}/citizen-links`, { language });
      links[language].push(url);
    }
  }
});

after(async () => {
  await browser?.close();
  await server?.end();
});

/** The text of a page as it was sent: scripts of the test may run in it, which its own policy forbids. */
async function read(url, status) {
  const response = await fetch(url, { headers: { Accept: "text/html,*/*;q=0.8" } });
  assert.equal(response.status, status);
  return response.text();
}

async function faults(page) {
  await page.evaluate(axe);
  return page.evaluate(async (standards) => {
    const { violations, passes } = await globalThis.axe.run({ runOnly: standards });
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
    return passes.length > 8 ? found : ["it was not looked at"];
  }, STANDARDS);
}

for (const language of ["nl", "en"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`nothing stands in the way of a citizen, ${language}, ${colorScheme}`, async () => {
      assert.ok(links[language].length > 1, "the demo has pseudonyms");
      const { page, context, errors } = await phone(browser, { colorScheme });
      for (const url of links[language]) {
        await page.setContent(await read(url, 200));
        assert.equal(await page.locator("html").getAttribute("lang"), language);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(wide, false, "it fits a phone");
        assert.deepEqual(await faults(page), []);
      }
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
}

test("a link that does not work is told of in words", async () => {
  const { page, context } = await phone(browser);
  await page.setContent(await read(`${server.base}/v1/citizen-pages/nothing`, 404));
  assert.equal(await page.locator("h1").textContent(), "Deze link werkt niet");
  assert.deepEqual(await faults(page), []);
  await context.close();
});

test("under its own policy the page has its style, and asks for nothing", async () => {
  const { page, context, errors } = await phone(browser);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(links.nl[0]);
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector("header")).borderBottomStyle);
  assert.equal(styled, "solid");
  assert.deepEqual(asked, [links.nl[0]]);
  assert.deepEqual(errors, []);
  await context.close();
});

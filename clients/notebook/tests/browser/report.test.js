/** The report as a page: for everybody, on a phone and on paper, in two languages, in the light and in the dark. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, phone, signIn } from "./browser.js";
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
  const tokens = await fetch(`${server.base}/v1/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: COORDINATOR, password: PASSWORD }),
  });
  authorization = `Bearer ${(await tokens.json()).accessToken}`;
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

/** The report of the first cycle, in the app. */
async function inTheApp(options) {
  const visit = await phone(browser, options);
  await signIn(visit.page, server, COORDINATOR, PASSWORD);
  await visit.page.goto(`${server.app}#/cycles/${cycles[0].id}/report`);
  await visit.page.getByRole("heading", { name: "Neem het mee" }).waitFor();
  return visit;
}

test("from the app a report is opened as a page, by keyboard, under the app's policy", async () => {
  const { page, context, errors } = await inTheApp();
  const refused = [];
  context.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  const opening = context.waitForEvent("page");
  await page.getByRole("button", { name: "Open als pagina" }).focus();
  await page.keyboard.press("Enter");
  const report = await opening;
  await report.getByRole("heading", { level: 1, name: cycles[0].learningQuestion }).waitFor();
  const styled = await report.evaluate(() => getComputedStyle(document.querySelector(".kicker")).textTransform);
  assert.equal(styled, "uppercase");
  assert.equal(await report.locator("html").getAttribute("lang"), "nl");
  assert.equal(await report.getByRole("link", { name: "Open deze leercyclus in de app" }).count(), 1);
  const ran = await report.evaluate(() => {
    const script = document.createElement("script");
    try {
      script.text = "globalThis.injected = 1";
      document.body.append(script);
    } catch {
      // Stopped, as it should be.
    }
    return globalThis.injected ?? null;
  });
  assert.equal(ran, null);
  assert.deepEqual(
    refused.filter((text) => !/script/i.test(text)),
    [],
  );
  assert.deepEqual(errors, []);
  await context.close();
});

test("from the app a report is saved as a workbook and as CSV, and the app says so", async () => {
  const { page, context, errors } = await inTheApp();
  for (const [button, end, begin] of [
    ["Download XLSX", ".xlsx", "PK"],
    ["Download CSV", ".csv", "section,item,measure,value,label"],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: button }).click(),
    ]);
    const name = `cycle-${cycles[0].id}${end}`;
    assert.equal(download.suggestedFilename(), name);
    const content = await readFile(await download.path());
    assert.ok(content.toString("latin1").startsWith(begin), `${name} is what its name says`);
    await page
      .getByRole("status")
      .filter({ hasText: `Opgeslagen: ${name}.` })
      .waitFor();
  }
  assert.deepEqual(errors, []);
  await context.close();
});

test("without a connection the app says that there is none", async () => {
  const { page, context } = await inTheApp();
  await context.setOffline(true);
  await page.getByRole("button", { name: "Open als pagina" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal(context.pages().length, 1, "the empty tab is gone");
  await context.close();
});

/** What is written down without a connection arrives, once, whatever happens in between. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, phone, readyForOffline, signIn, write } from "./browser.js";
import { PASSWORD, Server } from "./server.js";

const PRACTITIONER = "practitioner@demo.example";

let server;
let browser;

before(async () => {
  server = await Server.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.end();
});

test("three observations without a line, a reload and a crash of the server arrive once each", async () => {
  const { context, page, errors } = await phone(browser);
  await signIn(page, server, PRACTITIONER, PASSWORD);
  await readyForOffline(page);

  await context.setOffline(true);
  await page.getByRole("link", { name: "Schrijf iets op" }).click();
  const marks = ["Eerste zonder verbinding.", "Tweede zonder verbinding.", "Derde zonder verbinding."];
  await write(page, marks[0]);
  await write(page, marks[1]);
  await page.reload();
  await page.getByText(marks[0]).waitFor();
  await write(page, marks[2]);
  await server.kill();
  await server.restart();
  assert.deepEqual(await server.countOf(PRACTITIONER, marks), [0, 0, 0]);

  await context.setOffline(false);
  for (const mark of marks) {
    await page.getByRole("listitem").filter({ hasText: mark }).waitFor({ state: "detached" });
  }
  assert.deepEqual(await server.countOf(PRACTITIONER, marks), [1, 1, 1]);
  await page.reload();
  await page.getByRole("heading", { name: "Schrijf iets op" }).waitFor();
  assert.deepEqual(await server.countOf(PRACTITIONER, marks), [1, 1, 1]);
  assert.deepEqual(errors, []);
  await context.close();
});

test("signing out wipes all that was kept, after a warning where something was not sent", async () => {
  const { context, page, errors } = await phone(browser);
  await signIn(page, server, PRACTITIONER, PASSWORD);
  await readyForOffline(page);
  await context.setOffline(true);
  await page.getByRole("link", { name: "Schrijf iets op" }).click();
  await write(page, "Dit gaat verloren.");
  await page.getByRole("link", { name: /Op dit apparaat/ }).click();
  await page.getByText("Dit gaat verloren.").waitFor();
  await page.getByRole("button", { name: "Log uit en wis" }).click();
  await page.getByText("1 ding is nog niet verstuurd en gaat dan verloren.").waitFor();
  await page.getByRole("button", { name: "Log toch uit en wis" }).click();
  await page.getByText("Wat van jou op dit apparaat stond, is gewist.").waitFor();
  const left = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
  }));
  assert.deepEqual(left, { databases: [], local: ["notebook.to-revoke"], session: [] });

  // The server is told as soon as there is a line, and the cookie is gone then.
  await context.setOffline(false);
  await page.waitForFunction(() => localStorage.getItem("notebook.to-revoke") === null);
  assert.deepEqual(await context.cookies(`${server.base}/v1/auth/tokens`), []);
  await page.reload();
  await page.getByRole("heading", { name: "Inloggen" }).waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test("no script can read a token that lasts", async () => {
  const { context, page } = await phone(browser);
  await signIn(page, server, "reader@demo.example", PASSWORD);
  const [cookie] = await context.cookies(`${server.base}/v1/auth/tokens`);
  assert.equal(cookie?.httpOnly, true);
  assert.equal(cookie?.sameSite, "Strict");
  const seen = await page.evaluate(async () => {
    const kept = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => {
          request.onsuccess = resolve;
        });
        kept.push(JSON.stringify(request.result));
      }
      database.close();
    }
    return [document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), ...kept].join(
      "\n",
    );
  });
  assert.ok(!seen.includes(cookie.value), "the refresh token is nowhere");
  assert.ok(!/eyJ[\w-]+\./.test(seen), "an access token is nowhere");
  await context.close();
});

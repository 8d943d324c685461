/** The app as something that is put on a phone: what browsers ask of it, without a connection, and when a newer one comes. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, phone, phoneIn, readyForOffline, signIn } from "./browser.js";
import { Line } from "./line.js";
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

/** A picture as the browser draws it: how large it is, and whether it is seen through at its corners. */
const drawn = (page, src) =>
  page.evaluate(async (address) => {
    const bitmap = await createImageBitmap(await (await fetch(address)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    const corners = [0, bitmap.width - 1].flatMap((x) => [0, bitmap.height - 1].map((y) => [x, y]));
    const opaque = corners.every(([x, y]) => context.getImageData(x, y, 1, 1).data[3] === 255);
    return { size: `${bitmap.width}x${bitmap.height}`, opaque };
  }, src);

test("the page and its manifest are what an app needs", async () => {
  const { page, context } = await phone(browser);
  const complaints = [];
  page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(server.app);
  await page.getByRole("heading", { name: "Inloggen" }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);

  assert.equal(await page.locator("html").getAttribute("lang"), "nl");
  const viewport = await page.locator("meta[name=viewport]").getAttribute("content");
  assert.match(viewport, /width=device-width/);
  assert.doesNotMatch(viewport, /user-scalable=no|maximum-scale/, "people may zoom");
  assert.equal(await page.locator("meta[name=theme-color]").count(), 2, "one in the light, one in the dark");

  const address = await page.locator("link[rel=manifest]").evaluate(({ href }) => href);
  const response = await fetch(address);
  assert.match(response.headers.get("content-type"), /^application\/manifest\+json/);
  const manifest = await response.json();
  assert.ok(manifest.name && manifest.short_name && manifest.short_name.length <= 12, "a name that fits below an icon");
  assert.equal(manifest.lang, "nl");
  assert.equal(manifest.display, "standalone");
  assert.match(manifest.theme_color, /^#[0-9a-f]{6}$/);
  assert.match(manifest.background_color, /^#[0-9a-f]{6}$/);
  assert.equal(new URL(manifest.scope, address).href, server.app);
  for (const { url } of [{ url: manifest.start_url }, ...manifest.shortcuts]) {
    assert.ok(new URL(url, address).href.startsWith(server.app), `${url} is in scope`);
  }
  const bitmaps = manifest.icons.filter(({ type }) => type === "image/png");
  for (const { src, sizes, purpose = "any" } of bitmaps) {
    const { size, opaque } = await drawn(page, new URL(src, address).href);
    assert.equal(size, sizes, src);
    assert.ok(purpose !== "maskable" || opaque, `${src} fills whatever shape it is cut into`);
  }
  const has = (size, kind) => bitmaps.some(({ sizes, purpose = "any" }) => sizes === size && purpose === kind);
  assert.ok(has("192x192", "any") && has("512x512", "any") && has("512x512", "maskable"));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("after one visit it opens without a connection, on a phone that was off", async () => {
  const folder = await mkdtemp(join(tmpdir(), "feedbacklus-phone-"));
  const visited = await phoneIn(folder);
  const [page] = visited.pages();
  await signIn(page, server, PRACTITIONER, PASSWORD);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const devtools = await visited.newCDPSession(page);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors, [], "the browser offers to install it");
  await page.getByText("wachten op").first().waitFor();
  await visited.close();

  await server.kill();
  const again = await phoneIn(folder, { offline: true });
  const [opened] = again.pages();
  const errors = [];
  opened.on("pageerror", (error) => errors.push(error.message));
  await opened.goto(server.app);
  await opened.getByRole("heading", { name: /^Dag / }).waitFor();
  assert.notEqual(await opened.evaluate(() => navigator.serviceWorker.controller), null);
  await opened.getByText("Je hebt geen verbinding.").waitFor();
  await opened.getByText("wachten op").first().waitFor();
  await opened.getByRole("link", { name: "Schrijf iets op" }).click();
  await opened.getByLabel("Wat zag of hoorde je?").fill("Na het aanzetten geschreven.");
  await opened.getByRole("button", { name: "Bewaar" }).click();
  await opened.getByRole("listitem").filter({ hasText: "Na het aanzetten geschreven." }).waitFor();
  assert.deepEqual(errors, []);
  await again.close();
  await server.restart();
  await rm(folder, { recursive: true });
});

test("a newer build waits to be taken, and takes nothing away", async () => {
  const line = await Line.to(server);
  const { page, context, errors } = await phone(browser);
  await signIn(page, line, PRACTITIONER, PASSWORD);
  await readyForOffline(page);
  await page.getByRole("link", { name: "Schrijf iets op" }).click();
  const area = page.getByLabel("Wat zag of hoorde je?");
  const [kept, typed] = ["Voor de nieuwe versie bewaard.", "Nog niet af toen de nieuwe versie"];
  line.cut = true;
  await area.fill(kept);
  await page.getByRole("button", { name: "Bewaar" }).click();
  const entry = page.getByRole("listitem").filter({ hasText: kept });
  await entry.waitFor();
  await area.fill(typed);

  line.newer = true;
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.getByText("Er is een nieuwe versie van de app.").waitFor();
  const newer = page.locator("#app[data-build=newer]");
  assert.equal(await newer.count(), 0, "not before somebody says so");
  assert.equal(await area.inputValue(), typed);
  await page.getByRole("button", { name: "Nu vernieuwen" }).click();
  await newer.waitFor();
  await entry.waitFor();
  assert.equal(await area.inputValue(), typed);
  assert.equal(await page.getByText("Er is een nieuwe versie van de app.").count(), 0);
  assert.deepEqual(await server.countOf(PRACTITIONER, [kept]), [0]);

  line.cut = false;
  await entry.waitFor({ state: "detached" });
  assert.deepEqual(await server.countOf(PRACTITIONER, [kept]), [1]);
  assert.equal(await area.inputValue(), typed);
  assert.deepEqual(errors, []);
  await context.close();
  await line.end();
});

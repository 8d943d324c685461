/** What tells who somebody is: shown before it is saved, and never lost where it was refused. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, phone, readyForOffline, signIn, write } from "./browser.js";
import { addresses, BSN, COORDINATOR, show } from "./screens.js";
import { PASSWORD, Server } from "./server.js";

const PRACTITIONER = "practitioner@demo.example";
const REFUSED = `Haar nummer is weg. Haar BSN is ${BSN}.`;
const WEAK = "Bewoner van Sprookjesplein 31 wil een bankje.";
const HERE = "Hier staat een burgerservicenummer (BSN).";

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

/** What somebody hears of a field besides its name. */
const described = (field) =>
  field.evaluate((element) =>
    (element.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" "),
  );

const warningsOf = async (email, state) => {
  const ask = await server.as(email);
  const { networks } = await ask("GET", "/v1/me");
  const lists = await Promise.all(
    networks.map(({ networkId }) => ask("GET", `/v1/networks/${networkId}/privacy-warnings?state=${state}`)),
  );
  return lists.flatMap(({ items }) => items);
};

test("what tells it for sure is pointed out, and not saved until it is gone", async () => {
  const { page, context, errors } = await phone(browser);
  await signIn(page, server, PRACTITIONER, PASSWORD);
  await show(page, "log");
  const area = page.getByLabel("Wat zag of hoorde je?");
  await area.fill(REFUSED);
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByRole("alert").getByText("Er staat iets in dat vertelt wie iemand is.").waitFor();
  assert.equal(await area.getAttribute("aria-invalid"), "true");
  assert.ok((await described(area)).includes(HERE));
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "TEXTAREA", "one can go on there");
  assert.equal(await page.getByRole("button", { name: "Toch opslaan" }).count(), 0);

  await page.getByRole("button", { name: "Wijs aan: regel 1, woord 8" }).click();
  const selected = await page.evaluate(() => {
    const { value, selectionStart, selectionEnd } = document.activeElement;
    return value.slice(selectionStart, selectionEnd);
  });
  assert.equal(selected, BSN);
  assert.ok(!(await page.locator("body").textContent()).includes(BSN), "it stands in the field alone");
  assert.equal(await page.locator(".places .count").count(), 0, "nothing is kept to be sent");

  const mended = "Haar nummer is weg. Ze vond het terug.";
  await area.fill(mended);
  await page.getByText(HERE).waitFor({ state: "detached" });
  assert.equal(await area.getAttribute("aria-invalid"), null);
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("1 observatie is verstuurd.").waitFor();
  assert.deepEqual(await server.countOf(PRACTITIONER, [REFUSED, mended]), [0, 1]);
  assert.deepEqual(errors, []);
  await context.close();
});

test("what only may tell it is saved once its writer says so, by keyboard alone", async () => {
  const { page, context, errors } = await phone(browser);
  await signIn(page, server, PRACTITIONER, PASSWORD);
  await show(page, "log");
  await page.getByLabel("Wat zag of hoorde je?").fill(WEAK);
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByRole("alert").getByText("Kan iemand hierdoor herkend worden?").waitFor();
  await page.getByText("Hier staat misschien een adres.").waitFor();
  assert.deepEqual(await server.countOf(PRACTITIONER, [WEAK]), [0]);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  for (let steps = 0; (await focused()) !== "Toch opslaan"; steps += 1) {
    assert.ok(steps < 15, "the button is not far");
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.getByText("1 observatie is verstuurd.").waitFor();
  assert.deepEqual(await server.countOf(PRACTITIONER, [WEAK]), [1]);
  const ask = await server.as(PRACTITIONER);
  const confirmed = await warningsOf(PRACTITIONER, "confirmed");
  const records = await Promise.all(confirmed.map(({ subjectId }) => ask("GET", `/v1/observations/${subjectId}`)));
  assert.ok(
    records.some(({ body }) => body === WEAK),
    "it was confirmed as it was sent",
  );
  assert.deepEqual(errors, []);
  await context.close();
});

test("what may tell it is asked about also where somebody writes before the cycles are known", async () => {
  const { page, context, errors } = await phone(browser);
  await page.route(/\/v1\/networks\/[^/]+\/cycles/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await signIn(page, server, PRACTITIONER, PASSWORD);
  await show(page, "log");
  const before = await server.countOf(PRACTITIONER, [WEAK]);
  await page.getByLabel("Wat zag of hoorde je?").fill(WEAK);
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByRole("alert").getByText("Kan iemand hierdoor herkend worden?").waitFor();
  assert.deepEqual(await server.countOf(PRACTITIONER, [WEAK]), before);
  assert.deepEqual(errors, []);
  await context.close();
});

test("what was written without a connection and refused stays, to be mended", async () => {
  const { page, context, errors } = await phone(browser);
  await signIn(page, server, PRACTITIONER, PASSWORD);
  await readyForOffline(page);
  await context.setOffline(true);
  await page.getByRole("link", { name: "Schrijf iets op" }).click();
  const seen = "Zonder verbinding gezien.";
  await write(page, seen);
  await write(page, REFUSED);
  await context.setOffline(false);
  const entry = page.getByRole("listitem").filter({ hasText: BSN });
  await entry.getByText("Niet aangenomen: er staat een burgerservicenummer (BSN) in.").waitFor();
  await page.getByRole("listitem").filter({ hasText: seen }).waitFor({ state: "detached" });
  assert.deepEqual(await server.countOf(PRACTITIONER, [seen, REFUSED]), [1, 0]);

  await page.reload();
  await entry.getByRole("link", { name: "Pas aan" }).click();
  await page.getByRole("heading", { name: "Pas aan wat je schreef" }).waitFor();
  const area = page.getByLabel("Wat zag of hoorde je?");
  assert.equal(await area.inputValue(), REFUSED);
  assert.ok((await described(area)).includes(HERE));
  await page.getByRole("button", { name: "Verstuur opnieuw" }).click();
  await page.getByRole("alert").getByText("Er staat iets in dat vertelt wie iemand is.").waitFor();
  const mended = "Haar nummer is weg, en dat geeft rust.";
  await area.fill(mended);
  await page.getByRole("button", { name: "Verstuur opnieuw" }).click();
  await page.getByText("Alles wat je opschreef is verstuurd.").waitFor();
  assert.deepEqual(await server.countOf(PRACTITIONER, [REFUSED, mended]), [0, 1]);
  assert.deepEqual(errors, []);
  await context.close();
});

test("what was written without a connection and may tell it waits to be looked at", async () => {
  const { page, context, errors } = await phone(browser);
  await signIn(page, server, PRACTITIONER, PASSWORD);
  await readyForOffline(page);
  await context.setOffline(true);
  await page.getByRole("link", { name: "Schrijf iets op" }).click();
  const text = "Op de Fantasiekade 22-3 is de lift stuk.";
  await write(page, text);
  await context.setOffline(false);
  await page.getByText("1 observatie is verstuurd.").waitFor();
  await page.getByRole("link", { name: "Overzicht" }).click();
  await page
    .getByText(/van jou staat misschien iets waardoor iemand herkend kan worden/)
    .getByRole("link", { name: "Bekijk" })
    .click();
  const warning = page.getByRole("listitem").filter({ hasText: text });
  assert.equal(await warning.locator("mark").textContent(), "Fantasiekade 22-3");
  assert.match(await warning.getByRole("link", { name: "Pas de tekst aan" }).getAttribute("href"), /observations/);
  await warning.getByRole("button", { name: "Dit mag blijven staan" }).click();
  await warning.waitFor({ state: "detached" });
  const confirmed = await warningsOf(PRACTITIONER, "confirmed");
  assert.ok(confirmed.some(({ kind, length }) => kind === "address" && length === "Fantasiekade 22-3".length));
  assert.deepEqual(errors, []);
  await context.close();
});

test("a coordinator says what becomes of texts, and what is replaced is told before", async () => {
  const ask = await server.as(COORDINATOR);
  const { networks } = await ask("GET", "/v1/me");
  const lists = await Promise.all(networks.map(({ networkId }) => ask("GET", `/v1/networks/${networkId}/cycles`)));
  const cycle = lists.flatMap(({ items }) => items).find(({ phase }) => phase === "act");
  const { page, context, errors } = await phone(browser);
  await signIn(page, server, COORDINATOR, PASSWORD);
  await show(page, `networks/${cycle.networkId}`);
  await page.getByText("Wat er gebeurt met teksten die vertellen wie iemand is").click();
  await page.getByLabel("Een telefoonnummer").selectOption("redact");
  const form = page.locator("details", { has: page.getByLabel("Een telefoonnummer") });
  await form.getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("Dit geldt vanaf nu.").waitFor();
  const policy = await ask("GET", `/v1/networks/${cycle.networkId}/privacy-policy`);
  assert.deepEqual([policy.phone, policy.email, policy.bsn], ["redact", "refuse", "refuse"]);

  await show(page, `log?cycle=${cycle.id}`);
  await page.getByLabel("Wat zag of hoorde je?").fill("Bel hem op 06-12345678.");
  await page.locator("form").getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("De server zet er een ander woord voor in de plaats.").waitFor();
  await page.getByRole("button", { name: "Toch opslaan" }).click();
  await page.getByText("1 observatie is verstuurd.").waitFor();
  assert.deepEqual(await server.countOf(COORDINATOR, ["Bel hem op [telefoonnummer]."]), [1]);
  assert.deepEqual(errors, []);
  await context.close();
});

test("every field in which people write says how to do without names, and shows what was found in it", async () => {
  const ask = await server.as(COORDINATOR);
  const known = await addresses(ask);
  const { page, context, errors } = await phone(browser, { viewport: { width: 1280, height: 800 } });
  await signIn(page, server, COORDINATOR, PASSWORD);
  for (const screen of ["Log", "Reflect", "Act", "Evaluate", "Tell", "Edit", "Amend"]) {
    await show(page, known[screen]);
    const areas = page.locator("textarea");
    await areas.first().waitFor();
    for (const area of await areas.all()) {
      assert.match(await described(area), /[Nn]amen|bij naam/, `${screen} asks for no names`);
    }
  }

  await show(page, known.Reflect);
  await page.getByRole("checkbox").first().check();
  await page.getByRole("radio", { name: "Hoe we ernaar kijken" }).check();
  await page.getByLabel("Wat was hier wezenlijk?").fill("Niemand wist het.");
  await page.getByLabel("Wat dacht je eerst?").fill("Dat er hulp nodig was.");
  await page.getByLabel("Wat bracht je aan het twijfelen?").fill(`Bel 06-12345678 maar, zei ze.`);
  await page.getByLabel("Wat denk je nu?").fill("Eerst vragen.");
  await page.getByRole("button", { name: "Bewaar de reflectie" }).click();
  await page.getByText("Hier staat een telefoonnummer.").waitFor();
  assert.match(await described(page.getByLabel("Wat bracht je aan het twijfelen?")), /telefoonnummer/);
  assert.doesNotMatch(await described(page.getByLabel("Wat denk je nu?")), /telefoonnummer/);
  await page.getByLabel("Wat bracht je aan het twijfelen?").fill("Dat ze zelf al belde.");
  await page.getByRole("button", { name: "Bewaar de reflectie" }).click();
  await page.getByRole("heading", { name: "Reflecteer" }).waitFor({ state: "detached" });
  assert.deepEqual(errors, []);
  await context.close();
});

/** What people come for: reflecting, acting, evaluating, coordinating, inviting; and what was changed elsewhere. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, phone, signIn } from "./browser.js";
import { PASSWORD, Server } from "./server.js";

const COORDINATOR = "coordinator@demo.example";
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

/** An open cycle of a network, in this phase, in which somebody takes part. */
async function cycleIn(ask, phase) {
  const { networks } = await ask("GET", "/v1/me");
  for (const { networkId } of networks) {
    const { items } = await ask("GET", `/v1/networks/${networkId}/cycles`);
    const found = items.find((cycle) => cycle.phase === phase);
    if (found) {
      return found;
    }
  }
  throw new Error(`no cycle in ${phase}`);
}

test("from an observation to what came of it", async () => {
  const ask = await server.as(PRACTITIONER);
  const cycle = await cycleIn(ask, "observe");
  const { page, context, errors } = await phone(browser);
  await signIn(page, server, PRACTITIONER, PASSWORD);
  const text = "Mevrouw vertelt dat de bakker haar boodschappen brengt.";

  await page.goto(`${server.app}#/log?cycle=${cycle.id}`);
  const area = page.getByLabel("Wat zag of hoorde je?");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await area.fill(text);
  await page.getByRole("radio", { name: "Burger" }).check();
  await page.getByRole("radio", { name: "Naverteld" }).check();
  assert.ok(await page.getByText("Niemand houdt deze app in de gaten.").isVisible());
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("1 observatie is verstuurd.").waitFor();
  await page.getByRole("link", { name: "Naar de leercyclus" }).click();
  await page.getByText(text).waitFor();

  await page.getByRole("link", { name: "Reflecteer" }).first().click();
  await page.getByRole("checkbox", { name: text }).check();
  await page.getByRole("radio", { name: "Hoe we ernaar kijken" }).check();
  await page.getByRole("button", { name: "Bewaar de reflectie" }).click();
  await page.getByText("Beantwoord ten minste één vraag.").waitFor();
  await page.getByLabel("Wat was hier wezenlijk?").fill("De bakker doet het uit zichzelf.");
  await page.getByLabel("Wat dacht je eerst?").fill("Dat er hulp nodig was.");
  await page.getByLabel("Wat bracht je aan het twijfelen?").fill("Dat die er al was.");
  await page.getByLabel("Wat denk je nu?").fill("Eerst kijken wie er al is.");
  await page.getByRole("button", { name: "Bewaar de reflectie" }).click();
  await page.getByRole("heading", { name: cycle.learningQuestion }).waitFor();

  await page.getByRole("link", { name: "Spreek een actie af" }).first().click();
  await page.getByLabel("Wat ga je proberen?").fill("Bij elk bezoek vragen wie er al helpt.");
  await page.getByRole("checkbox", { name: "De bakker doet het uit zichzelf." }).check();
  await page.getByRole("button", { name: "Spreek af" }).click();
  const action = page.getByRole("listitem").filter({ hasText: "Bij elk bezoek vragen wie er al helpt." });
  await action.getByRole("link", { name: "Vertel wat ervan kwam" }).click();

  await page.getByRole("button", { name: "Ik ben bezig" }).click();
  await page.getByText("De actie staat nu op: bezig.").waitFor();
  await page.getByLabel("Wat verwachtte je?").fill("Een paar namen.");
  await page.getByLabel("Wat gebeurde er echt?").fill("Iedereen noemde iemand.");
  await page.getByRole("radio", { name: "Ja" }).check();
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByRole("heading", { name: cycle.learningQuestion }).waitFor();
  await action.getByRole("link", { name: "Vertel wat ervan kwam" }).waitFor({ state: "detached" });
  assert.deepEqual(errors, []);
  await context.close();
});

test("words that were changed elsewhere meanwhile wait for a choice", async () => {
  const ask = await server.as(PRACTITIONER);
  const cycle = await cycleIn(ask, "observe");
  const made = await ask("POST", `/v1/cycles/${cycle.id}/observations`, {
    body: "Zo was het.",
    perspective: "practitioner",
  });
  const { page, context, errors } = await phone(browser);
  await signIn(page, server, PRACTITIONER, PASSWORD);
  await page.goto(`${server.app}#/cycles/${cycle.id}/observations/${made.id}`);
  await page.getByLabel("Wat zag of hoorde je?").fill("Zo zag ik het.");
  await ask(
    "PATCH",
    `/v1/observations/${made.id}`,
    { body: "Zo zag een ander het." },
    { "If-Match": '"1"', "Content-Type": "application/merge-patch+json" },
  );
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByRole("heading", { name: cycle.learningQuestion }).waitFor();
  await page.getByRole("link", { name: /Op dit apparaat/ }).click();
  await page.getByRole("link", { name: "Kies wat blijft staan" }).click();
  for (const words of ["Zo was het.", "Zo zag ik het.", "Zo zag een ander het."]) {
    await page.getByText(words, { exact: true }).waitFor();
  }
  await page.getByRole("radio", { name: /Van jou/ }).check();
  await page.getByRole("button", { name: "Bewaar deze keuze" }).click();
  await page.getByText("Alles wat je opschreef is verstuurd.").waitFor();
  const now = await ask("GET", `/v1/observations/${made.id}`);
  assert.equal(now.body, "Zo zag ik het.");
  assert.deepEqual(errors, []);
  await context.close();
});

test("a coordinator invites, and who was invited takes part", async () => {
  const { page, context, errors } = await phone(browser, { viewport: { width: 1280, height: 800 } });
  await signIn(page, server, COORDINATOR, PASSWORD);
  await page
    .getByRole("link", { name: /^Leden/ })
    .first()
    .click();
  await page.getByLabel("E-mailadres", { exact: true }).fill("nieuw@tests.example");
  await page.getByRole("button", { name: "Maak de uitnodiging" }).click();
  const link = await page.getByLabel("Link").inputValue();

  const other = await phone(browser);
  await other.page.goto(link);
  await other.page.getByLabel("Je naam").fill("Nieuw Nabijheid");
  await other.page.getByLabel("Wachtwoord").fill("een zin om te onthouden");
  await other.page.getByRole("button", { name: "Doe mee" }).click();
  await other.page.getByRole("heading", { name: "Dag Nieuw" }).waitFor();
  await other.page.reload();
  await other.page.getByRole("heading", { name: "Dag Nieuw" }).waitFor();
  await page.getByText("Nieuw Nabijheid").waitFor();
  assert.deepEqual([...errors, ...other.errors], []);
  await Promise.all([context.close(), other.context.close()]);
});

test("a coordinator moves the phase and reads the report", async () => {
  const ask = await server.as(COORDINATOR);
  const cycle = await cycleIn(ask, "act");
  const { page, context, errors } = await phone(browser);
  await signIn(page, server, COORDINATOR, PASSWORD);
  await page.goto(`${server.app}#/cycles/${cycle.id}`);
  await page.getByRole("img", { name: /De feedbacklus als cirkel/ }).waitFor();
  await page.getByText("Naar een andere fase").click();
  await page.getByRole("radio", { name: "Kijken" }).check();
  await page.getByRole("button", { name: "Ga naar deze fase" }).click();
  await page.getByText("De leercyclus is nu in de fase: Kijken.").waitFor();
  assert.equal((await ask("GET", `/v1/cycles/${cycle.id}`)).phase, "observe");
  await page.getByRole("link", { name: "Open het rapport" }).click();
  await page.getByRole("heading", { name: "Rapport", exact: true }).waitFor();
  await page.getByRole("table", { name: "Hoe lang elke stap duurt" }).waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

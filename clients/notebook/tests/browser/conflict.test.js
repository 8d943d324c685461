/** Two people change the same agreement, both without a connection. Nobody's words are lost. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, phone, signIn } from "./browser.js";
import { COORDINATOR, show } from "./screens.js";
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

/** An action of the practitioner, in a cycle that the coordinator runs. */
async function agreement() {
  const [own, other] = await Promise.all([server.as(PRACTITIONER), server.as(COORDINATOR)]);
  const { networks } = await other("GET", "/v1/me");
  const { person } = await own("GET", "/v1/me");
  for (const { networkId, role } of networks) {
    const { items: cycles } = await other("GET", `/v1/networks/${networkId}/cycles`);
    for (const { id: cycleId, phase } of cycles) {
      const { items: reflections } = await other("GET", `/v1/cycles/${cycleId}/reflections`);
      const reflection = reflections.find(({ state }) => state !== "withdrawn");
      if (role === "coordinator" && phase === "act" && reflection) {
        const body = {
          description: "Bij de bakker vragen wie er helpt.",
          kind: "experiment",
          ownerId: person.id,
          reflectionIds: [reflection.id],
          dueOn: "2030-03-01",
        };
        const action = await own("POST", `/v1/cycles/${cycleId}/actions`, body);
        return { action, cycleId, ask: own };
      }
    }
  }
  throw new Error("the demo has a cycle to act in");
}

/** Has the agreement before them, loses the connection, and changes it. */
async function changeOffline(email, address, change) {
  const visit = await phone(browser);
  const { page, context } = visit;
  await signIn(page, server, email, PASSWORD);
  await show(page, address);
  await page.waitForFunction(() => document.querySelector("textarea")?.value.startsWith("Bij de bakker"));
  await context.setOffline(true);
  await change(page);
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("Je hebt geen verbinding.").waitFor();
  await page.getByRole("link", { name: /Op dit apparaat/ }).click();
  await page.getByText("wacht op verbinding").waitFor();
  return visit;
}

test("two people change the same offline, and the second chooses part by part", async () => {
  const { action, cycleId, ask } = await agreement();
  const address = `cycles/${cycleId}/actions/${action.id}/amend`;
  const what = (page) => page.getByLabel("Wat ga je proberen?");
  const when = (page) => page.getByLabel("Wanneer kijken jullie wat ervan kwam?");

  const first = await changeOffline(PRACTITIONER, address, async (page) => {
    await what(page).fill("Bij de bakker vragen wie er al langskomt.");
    await when(page).fill("2030-04-02");
  });
  const second = await changeOffline(COORDINATOR, address, async (page) => {
    await what(page).fill("Bij de bakker en de kapper vragen wie er helpt.");
    await page.getByRole("radio", { name: "Iets verbeteren" }).check();
    await when(page).fill("2030-05-03");
  });
  assert.equal((await ask("GET", `/v1/actions/${action.id}`)).version, 1, "neither has arrived");

  await first.context.setOffline(false);
  await first.page.getByText("Alles wat je opschreef is verstuurd.").waitFor();
  await second.context.setOffline(false);
  await second.page.getByRole("link", { name: "Kies wat blijft staan" }).waitFor();
  const before = await ask("GET", `/v1/actions/${action.id}`);
  assert.equal(before.description, "Bij de bakker vragen wie er al langskomt.", "the first is not written over");

  // All three of each part that both changed; what only one of them changed is not asked.
  const { page } = second;
  await page.reload();
  await page.getByRole("link", { name: "Kies wat blijft staan" }).click();
  const text = page.getByRole("group", { name: "De actie" });
  const day = page.getByRole("group", { name: "Wanneer jullie kijken wat ervan kwam" });
  for (const words of [
    "Bij de bakker vragen wie er helpt.",
    "Bij de bakker en de kapper vragen wie er helpt.",
    "Bij de bakker vragen wie er al langskomt.",
  ]) {
    await text.getByText(words, { exact: true }).waitFor();
  }
  for (const words of ["1 maart 2030", "3 mei 2030", "2 april 2030"]) {
    await day.getByText(words, { exact: true }).waitFor();
  }
  assert.equal(await page.getByRole("group").count(), 2);
  await text.getByRole("radio", { name: /^Van jou/ }).check();
  await day.getByRole("radio", { name: /^Zoals het nu op de server staat/ }).check();
  await page.getByRole("button", { name: "Bewaar deze keuze" }).click();
  await page.getByText("Alles wat je opschreef is verstuurd.").waitFor();

  const { description, kind, dueOn, version } = await ask("GET", `/v1/actions/${action.id}`);
  assert.deepEqual(
    { description, kind, dueOn, version },
    {
      description: "Bij de bakker en de kapper vragen wie er helpt.",
      kind: "improvement",
      dueOn: "2030-04-02",
      version: 3,
    },
  );
  await show(first.page, `cycles/${cycleId}`);
  await first.page.getByText(description, { exact: true }).waitFor();
  assert.deepEqual([...first.errors, ...second.errors], []);
  await Promise.all([first.context.close(), second.context.close()]);
});

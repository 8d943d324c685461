/** How each screen of the app is come by in the demo. */
import { readdirSync } from "node:fs";

export const COORDINATOR = "coordinator@demo.example";

/** Every screen that there is, by the name of its file. */
export const SCREENS = readdirSync(new URL("../../src/screens/", import.meta.url))
  .map((file) => file.replace(/\.svelte$/, ""))
  .sort();

/**
 * The address of each screen, for the coordinator of the demo. That of a conflict takes one, and so does that of what is to be
 * mended: see `conflict` and `mend`.
 */
export async function addresses(ask) {
  const { networks } = await ask("GET", "/v1/me");
  for (const { networkId, role } of networks) {
    const { items } = await ask("GET", `/v1/networks/${networkId}/cycles`);
    const cycle = items.find(({ phase }) => phase === "observe");
    if (cycle && role === "coordinator") {
      const invitation = { email: `${crypto.randomUUID()}@tests.example`, role: "practitioner" };
      const { token } = await ask("POST", `/v1/networks/${networkId}/invitations`, invitation);
      const observation = { body: "De koffie was op, het gesprek niet.", perspective: "practitioner" };
      const { id: observationId } = await ask("POST", `/v1/cycles/${cycle.id}/observations`, observation);
      const seen = { body: "Bewoner van Sprookjesplein 31 wil een bankje.", perspective: "practitioner" };
      await ask("POST", `/v1/cycles/${cycle.id}/observations`, seen);
      const actions = await ask("GET", `/v1/cycles/${cycle.id}/actions`);
      const questions = await ask("GET", `/v1/cycles/${cycle.id}/questions`);
      const at = `cycles/${cycle.id}`;
      return {
        Home: "",
        Log: "log",
        Device: "device",
        Settings: "settings",
        Warnings: "warnings",
        Nowhere: "nowhere",
        SignIn: "sign-in",
        Join: `join/${token}`,
        Members: `networks/${networkId}`,
        Cycle: at,
        Reflect: `${at}/reflect`,
        Act: `${at}/act`,
        Report: `${at}/report`,
        Edit: `${at}/observations/${observationId}`,
        Amend: `${at}/actions/${actions.items[0].id}/amend`,
        Evaluate: `${at}/actions/${actions.items[0].id}`,
        Tell: `${at}/questions/${questions.items[0].id}`,
      };
    }
  }
  throw new Error("the demo has a cycle to look at");
}

/** Goes to an address without loading the page anew. */
export async function show(page, address) {
  await page.evaluate((hash) => {
    // The app hears it first, and has drawn the screen by then.
    const changed = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    const there = location.hash === hash;
    location.hash = hash;
    return there || changed.then(() => true);
  }, `#/${address}`);
  await page.locator(".screen h1").waitFor();
  await page
    .getByText(/^(Even laden|Loading) …$/)
    .first()
    .waitFor({ state: "detached" });
}

/** Makes the observation at an address clash with a change from elsewhere, and gives the address where to choose. */
export async function conflict(page, ask, edit) {
  await show(page, edit);
  const id = edit.split("/").at(-1);
  const area = page.locator("textarea");
  await page.waitForFunction(() => document.querySelector("textarea")?.value !== "");
  await area.fill("De koffie was op. Het gesprek ging door.");
  await page.locator("input[value=organisation]").check();
  const elsewhere = { body: "De koffie was op, maar niemand ging weg.", perspective: "system" };
  const { version } = await ask("GET", `/v1/observations/${id}`);
  await ask("PATCH", `/v1/observations/${id}`, elsewhere, {
    "If-Match": `"${version}"`,
    "Content-Type": "application/merge-patch+json",
  });
  await page.locator("form button[type=submit]").click();
  await page.locator(".places .count.bad").waitFor();
  await show(page, "device");
  const link = page.locator("a[href^='#/conflicts/']");
  return (await link.getAttribute("href")).replace("#/", "");
}

/** A number that passes the test of a citizen service number, and was given to nobody. */
export const BSN = "999993653";

/** Has an observation refused that was written without a connection, and gives the address where to mend it. */
export async function mend(page) {
  await show(page, "log");
  await page.context().setOffline(true);
  await page.locator("textarea").fill(`Haar BSN is ${BSN}.`);
  await page.locator("form button[type=submit]").click();
  await page.getByRole("listitem").filter({ hasText: BSN }).waitFor();
  await page.context().setOffline(false);
  const link = page.locator("main a[href^='#/device/']");
  return (await link.getAttribute("href")).replace("#/", "");
}

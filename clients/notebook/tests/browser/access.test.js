/** The app for everybody: by keyboard, by ear, in two languages, in the light and in the dark. And for nobody's scripts. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, phone, signIn } from "./browser.js";
import { addresses, BSN, COORDINATOR, conflict, mend, SCREENS, show } from "./screens.js";
import { PASSWORD, Server } from "./server.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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

/** What axe finds wrong on the screen, with whatever is folded in unfolded. */
async function faults(page) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) {
      details.open = true;
    }
  });
  await page.getByText("Even laden …").first().waitFor({ state: "detached" });
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations, passes } = await globalThis.axe.run({ runOnly: standards });
    const found = violations.map(
      ({ id, nodes }) => `${location.hash} ${id}: ${nodes.map(({ target }) => target).join(", ")}`,
    );
    return passes.length > 10 ? found : [`${location.hash} was not looked at`];
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`nothing stands in the way on any screen, ${colorScheme}`, async () => {
    const ask = await server.as(COORDINATOR);
    const known = await addresses(ask);
    // Without motion: a colour that is on its way to another has neither's contrast.
    const { page, context, errors } = await phone(browser, { colorScheme, reducedMotion: "reduce" });
    const found = [];
    const titles = [];
    const lookAt = async (screen, address) => {
      await show(page, address);
      titles.push([screen, await page.title()]);
      found.push(...(await faults(page)));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, `${screen} fits a phone`);
    };

    await page.goto(server.app);
    for (const screen of ["SignIn", "Join"]) {
      await lookAt(`${screen}, signed out`, known[screen]);
    }
    await signIn(page, server, COORDINATOR, PASSWORD);
    const all = { ...known, Conflict: await conflict(page, ask, known.Edit), Mend: await mend(page) };
    assert.deepEqual(Object.keys(all).sort(), SCREENS, "every screen has an address here");
    titles.length = 0;
    for (const [screen, address] of Object.entries(all)) {
      await lookAt(screen, address);
    }

    // A form that shows what it found.
    await show(page, known.Log);
    const area = page.locator("textarea");
    for (const text of ["Bewoner van Sprookjesplein 31 wil een bankje.", `Haar BSN is ${BSN}.`]) {
      await area.fill(text);
      await page.locator("form button[type=submit]").click();
      await page.locator(".found").waitFor();
      found.push(...(await faults(page)));
      await area.fill("");
    }

    assert.deepEqual(found, []);
    assert.deepEqual(errors, []);
    const different = new Set(titles.map(([, title]) => title));
    assert.equal(different.size, SCREENS.length, `each screen has a title of its own: ${JSON.stringify(titles)}`);
    for (const [screen, title] of titles) {
      assert.match(title, /^\S.* · feedbacklus$/, `the title of ${screen}`);
    }
    await context.close();
  });
}

test("an observation by keyboard alone", async () => {
  const { page, context } = await phone(browser, { viewport: { width: 1280, height: 800 } });
  await signIn(page, server, COORDINATOR, PASSWORD);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  assert.match(await focused(), /^Dag /, "the heading has the focus");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Schrijf iets op");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.type("Met het toetsenbord geschreven.");
  for (let steps = 0; (await focused()) !== "Bewaar"; steps += 1) {
    assert.ok(steps < 12, "the button is not far");
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.getByText("1 observatie is verstuurd.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "TEXTAREA", "ready for the next");
  await context.close();
});

test("the language is the browser's until somebody chooses", async () => {
  const { page, context } = await phone(browser, { locale: "en-GB" });
  await page.goto(server.app);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "Nederlands" }).check();
  await page.getByRole("heading", { name: "Instellingen" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "nl");
  await page.reload();
  await page.getByRole("heading", { name: "Instellingen" }).waitFor();
  await context.close();
});

test("the policy stops script and style that somebody got into the page", async () => {
  const { page, context } = await phone(browser);
  const answer = await page.goto(server.app);
  assert.match(answer.headers()["content-security-policy"], /^default-src 'none'; script-src 'self';/);
  const ran = await page.evaluate(async () => {
    const tried = [];
    const attempt = (name, work) => {
      try {
        work();
        tried.push(name);
      } catch {
        // Stopped, as it should be.
      }
    };
    attempt("markup", () => {
      document.body.innerHTML += "<img src=x onerror=globalThis.injected=1>";
    });
    const script = document.createElement("script");
    attempt("inline script", () => {
      script.text = "globalThis.injected = 1";
      document.body.append(script);
    });
    const refused = await fetch("https://elsewhere.example/", { mode: "no-cors" }).then(
      () => false,
      () => true,
    );
    return { tried, injected: globalThis.injected ?? null, refused };
  });
  assert.deepEqual(ran, { tried: [], injected: null, refused: true });
  await context.close();
});

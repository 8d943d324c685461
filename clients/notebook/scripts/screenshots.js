/**
 * Makes a picture of every screen, of a phone and of a desktop, in both languages, in the light and in the dark:
 * `node scripts/screenshots.js FOLDER`. For people to look at; nothing is compared.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, phone } from "../tests/browser/browser.js";
import { addresses, COORDINATOR, conflict, mend, show } from "../tests/browser/screens.js";
import { PASSWORD, Server } from "../tests/browser/server.js";

const [, , folder] = process.argv;
if (folder === undefined) {
  console.error("usage: node scripts/screenshots.js FOLDER");
  process.exit(2);
}
const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 },
  desktop: { viewport: { width: 1280, height: 800 } },
};
/** In milliseconds. */
const QUIET = 600;
const LOCALES = { nl: "nl-NL", en: "en-GB" };

/** What somebody is in the middle of writing, so that a screen is seen in use. */
const WRITTEN = {
  nl: "Mevrouw noemt drie mensen die haar helpen. Geen van hen staat in ons dossier.",
  en: "She names three people who help her. None of them is in our file.",
};

/** Waits until nothing on the screen has changed for a while: lists come in one by one. */
const quiet = (page) =>
  page.evaluate(
    (enough) =>
      new Promise((resolve) => {
        let timer;
        const again = () => {
          clearTimeout(timer);
          timer = setTimeout(done, enough);
        };
        const observer = new MutationObserver(again);
        const done = () => {
          observer.disconnect();
          resolve();
        };
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        again();
      }),
    QUIET,
  );

async function pictures(browser, server, size, language, colorScheme) {
  const ask = await server.as(COORDINATOR);
  const { SignIn, Join, ...known } = await addresses(ask);
  const { context, page } = await phone(browser, {
    ...SIZES[size],
    locale: LOCALES[language],
    colorScheme,
    reducedMotion: "reduce",
  });
  const take = async (screen) => {
    await page.locator(".toast.shown").waitFor({ state: "detached" });
    await quiet(page);
    const name = `${screen}-${size}-${language}-${colorScheme}.png`;
    await page.screenshot({ path: join(folder, name) });
    await page.screenshot({ path: join(folder, "whole", name), fullPage: true });
  };

  await page.goto(server.app);
  for (const [screen, address] of Object.entries({ Join, SignIn })) {
    await show(page, address);
    await take(screen);
  }
  await page.locator("input[type=email]").fill(COORDINATOR);
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.locator("form button[type=submit]").click();
  await page.locator(".places").waitFor();
  for (const [screen, address] of Object.entries(known)) {
    await show(page, address);
    if (screen === "Log") {
      await page.locator("textarea").fill(WRITTEN[language]);
    }
    await take(screen);
  }
  await show(page, await conflict(page, ask, known.Edit));
  await take("Conflict");
  await show(page, await mend(page));
  await take("Mend");
  await context.close();
}

await mkdir(join(folder, "whole"), { recursive: true });
const browser = await launch();
try {
  for (const size of Object.keys(SIZES)) {
    for (const language of Object.keys(LOCALES)) {
      for (const colorScheme of ["light", "dark"]) {
        // A workplace of its own, without what was written for the pictures before.
        const server = await Server.start();
        try {
          await pictures(browser, server, size, language, colorScheme);
        } finally {
          await server.end();
        }
      }
    }
  }
} finally {
  await browser.close();
}

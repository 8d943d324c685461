/** Debian's Chromium, with a profile of its own for each visitor. */
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const PROGRAM = { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS };
const PHONE = { viewport: { width: 390, height: 844 }, locale: "nl-NL" };

export const launch = () => chromium.launch(PROGRAM);

/** A phone whose memory is a folder, so that it can be switched off and on again. */
export const phoneIn = (folder, options = {}) =>
  chromium.launchPersistentContext(folder, { ...PROGRAM, ...PHONE, ...options });

/** A phone, whose page's errors are gathered: the app's own, and what its policy forbids. */
export async function phone(browser, options = {}) {
  const context = await browser.newContext({ ...PHONE, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    // That there is no connection, or an answer is a problem, the browser says by itself.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      errors.push(message.text());
    }
  });
  return { context, page, errors };
}

export async function signIn(page, server, email, password) {
  await page.goto(server.app);
  await page.getByLabel("E-mailadres").fill(email);
  await page.getByLabel("Wachtwoord").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { name: /^Dag / }).waitFor();
}

/** Once the service worker has taken the app in, it opens without a connection. */
export async function readyForOffline(page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.getByRole("heading", { name: /^Dag / }).waitFor();
  await page.getByText("wachten op", { exact: false }).first().waitFor();
}

/** Writes an observation down where it cannot be sent. */
export async function write(page, text) {
  await page.getByLabel("Wat zag of hoorde je?").fill(text);
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByRole("listitem").filter({ hasText: text }).getByText("wacht op verbinding").waitFor();
}

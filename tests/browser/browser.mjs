// One Chromium for a test file, and a fresh, watched page for each test.
import { chromium } from "playwright-core";
import { required } from "./demo.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export function launch() {
  return chromium.launch({ executablePath: required("CHROMIUM"), headless: true, args: FLAGS });
}

/**
 * Opens the console in a context of its own and writes down all that a page can do to the world around it.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} address
 * @param {import("playwright-core").BrowserContextOptions} options
 */
export async function openConsole(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const seen = { requests: [], logs: [], dialogs: [], errors: [], violations: [], navigations: [], popups: 0 };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => seen.logs.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("framenavigated", (frame) => seen.navigations.push(frame.url()));
  page.on("popup", () => (seen.popups += 1));
  page.on("dialog", (dialog) => {
    seen.dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  await page.exposeFunction("reportViolation", (what) => seen.violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.reportViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  await page.goto(`${address}/`);
  await page.getByRole("navigation", { name: "Views" }).waitFor();
  return { context, page, seen };
}

// Takes the pictures of the README from a run with the demo: docs/console-queue-dark.png and -light.png.
import { fileURLToPath } from "node:url";
import { launch, openConsole } from "./browser.mjs";
import { startDemo } from "./demo.mjs";
import { ConnectPage } from "./pages/connect-page.mjs";
import { QueuePage } from "./pages/queue-page.mjs";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const demo = await startDemo("--alerts", "3000", "--seed", "1");
const browser = await launch();
try {
  for (const colorScheme of ["dark", "light"]) {
    const { page, context } = await openConsole(browser, demo.address, { colorScheme });
    const queue = new QueuePage(page);
    await new ConnectPage(page).useDemo();
    await queue.hasRows();
    await queue.isSettled();
    await queue.rows.nth(6).click();
    await queue.record.waitFor();
    await page.mouse.move(700, 20);
    await page.screenshot({ path: `${docs}console-queue-${colorScheme}.png` });
    await context.close();
  }
} finally {
  await browser.close();
  await demo.close();
}

// A platform that is down: the other's alerts stay usable, and the way back is at hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openConsole } from "./browser.mjs";
import { startDemo } from "./demo.mjs";
import { ConnectPage } from "./pages/connect-page.mjs";
import { QueuePage } from "./pages/queue-page.mjs";

let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

async function open(t, ...flags) {
  const demo = await startDemo("--alerts", "300", ...flags);
  t.after(() => demo.close());
  const console = await openConsole(browser, demo.address);
  const connect = new ConnectPage(console.page);
  const queue = new QueuePage(console.page);
  await connect.demo.waitFor();
  return { ...console, demo, connect, queue };
}

for (const [down, up, path] of [
  ["Uptycs", "UTMStack", "**/public/api/**"],
  ["UTMStack", "Uptycs", "**/api/elasticsearch/**"],
]) {
  test(`with ${down} down, ${up}'s alerts are there, and a retry brings the others`, async (t) => {
    const { page, connect, queue } = await open(t);
    await page.route(path, (route) => route.abort("connectionrefused"));
    await connect.useDemo();
    await queue.hasRows();
    await queue.problems.waitFor();
    assert.match(await queue.problems.innerText(), new RegExp(`${down} at 127\\.0\\.0\\.1:\\d+ cannot be reached`));
    assert.deepEqual([...new Set((await queue.drawn()).map((row) => row.platform))], [up]);
    await queue.problems.getByRole("button", { name: "Details" }).click();
    await queue.problems.getByText("Kind of problem").waitFor();
    await queue.rows.first().click();
    await queue.drawer.waitFor();
    await page.unroute(path);
    await queue.problems.getByRole("button", { name: "Retry" }).click();
    await queue.problems.waitFor({ state: "detached" });
    await page.waitForFunction(() => /^600 loaded/.test(document.querySelector("[data-testid=count]").innerText));
    });
}

test("with the server stopped, both platforms are named, each with its retry", async (t) => {
  const { demo, connect, queue } = await open(t);
  await demo.stop();
  await connect.useDemo();
  await queue.page.getByRole("heading", { name: "No platform gives alerts" }).waitFor();
  const messages = await queue.problems.allInnerTexts();
  assert.equal(messages.length, 2);
  assert.match(messages.join("\n"), /UTMStack at .* cannot be reached/);
  assert.match(messages.join("\n"), /Uptycs at .* cannot be reached/);
  assert.equal(await queue.page.getByRole("button", { name: "Retry" }).count(), 2);
});

test("a platform that recovers after a few faults needs nobody's help", async (t) => {
  const { demo, connect, queue, seen } = await open(t);
  await demo.faults({ status: 503 }, { close: "middle" }, { status: 429, retryAfter: "1" });
  await connect.useDemo();
  await queue.hasRows();
  await queue.page.waitForFunction(() => /^600 loaded/.test(document.querySelector("[data-testid=count]").innerText));
  assert.equal(await queue.problems.count(), 0);
  assert.deepEqual(seen.errors, []);
});

test("a server without alerts says so and tells the next step", async (t) => {
  const { connect, queue, page } = await open(t, "--utmstack-alerts", "0", "--uptycs-alerts", "0");
  await connect.useDemo();
  await page.getByRole("heading", { name: "No alerts" }).waitFor();
  await page.getByText("answered and had none to give").waitFor();
  assert.equal(await queue.rows.count(), 0);
  await page.getByRole("button", { name: "Connect a platform" }).click();
  await page.getByRole("heading", { name: "Connect your platforms" }).waitFor();
});

test("without a connection the queue teaches how to get one", async (t) => {
  const { page } = await open(t);
  await page.getByRole("button", { name: "Queue", exact: true }).click();
  await page.getByRole("heading", { name: "No platform is connected" }).waitFor();
  await page.getByRole("main").getByRole("button", { name: "Use the demo" }).click();
  await page.getByRole("grid").waitFor();
});

// The queue as a person uses it: both platforms in one list, by mouse and by keyboard, in dark and in light.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openConsole } from "./browser.mjs";
import { startDemo } from "./demo.mjs";
import { ConnectPage } from "./pages/connect-page.mjs";
import { QueuePage } from "./pages/queue-page.mjs";

let browser;
let demo;

before(async () => {
  browser = await launch();
  demo = await startDemo("--alerts", "3000", "--seed", "1");
});

after(async () => {
  await browser?.close();
  await demo?.close();
});

/** Opens the console and uses the demo; gives what was answered to the searches as well. */
async function openQueue(options) {
  const console = await openConsole(browser, demo.address, options);
  const records = new Map();
  const answers = [];
  console.page.on("response", (response) => {
    if (/\/api\/elasticsearch\/search|\/alerts\?/.test(response.url())) {
      answers.push(
        response.json().then((body) => {
          for (const record of Array.isArray(body) ? body : body.items) records.set(record.id, record);
        }),
      );
    }
  });
  const connect = new ConnectPage(console.page);
  const queue = new QueuePage(console.page);
  await connect.useDemo();
  await queue.hasRows();
  await queue.isSettled();
  await Promise.all(answers);
  return { ...console, queue, records };
}

test("the demo's alerts of both platforms stand in one list, newest first", async () => {
  const { queue, context, seen } = await openQueue();
  assert.match(await queue.count.innerText(), /^4,000 loaded/);
  assert.equal(await queue.grid.getAttribute("aria-rowcount"), "4001");
  const platforms = new Set();
  const times = [];
  for (const top of [0, 30, 60, 1000, 3990]) {
    await queue.scrollTo(top);
    for (const row of await queue.drawn()) {
      platforms.add(row.platform);
      times.push([row.index, row.time]);
    }
  }
  assert.deepEqual([...platforms].sort(), ["UTMStack", "Uptycs"]);
  times.sort(([a], [b]) => a - b);
  for (let i = 1; i < times.length; i += 1) {
    assert.ok(times[i - 1][1] >= times[i][1], `row ${times[i][0]} is newer than the one above it`);
  }
  assert.equal(times[0][0], 2, "the first row of the list was drawn");
  assert.equal(times.at(-1)[0], 4001, "the last row of the list was drawn");
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(seen.violations, []);
  await context.close();
});

test("only the rows in sight are in the page", async () => {
  const { queue, context } = await openQueue();
  assert.ok((await queue.rows.count()) < 80, `${await queue.rows.count()} rows are in the page`);
  await queue.scrollTo(2000);
  assert.ok((await queue.rows.count()) < 80, `${await queue.rows.count()} rows are in the page`);
  await context.close();
});

test("a row opens the whole record, exactly as it came", async () => {
  const { queue, page, records, context } = await openQueue();
  const platforms = new Set();
  for (const platform of ["UTMStack", "Uptycs"]) {
    const index = (await queue.drawn()).findIndex((row) => row.platform === platform);
    await queue.rows.nth(index).click();
    await queue.drawer.getByText(`${platform} · 127.0.0.1`).waitFor();
    const shown = JSON.parse(await queue.record.innerText());
    assert.deepEqual(shown, records.get(shown.id));
    platforms.add(platform);
  }
  await page.getByRole("button", { name: "Close the detail" }).click();
  assert.equal(await queue.drawer.count(), 0);
  await context.close();
});

test("the keyboard alone reaches, opens, walks and closes", async () => {
  const { queue, page, context } = await openQueue();
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "2");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "4");
  await page.keyboard.press("k");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "3");
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
  assert.equal(ring, "2px");
  await page.keyboard.press("Enter");
  await queue.drawer.waitFor();
  const first = JSON.parse(await queue.record.innerText()).id;
  await page.keyboard.press("j");
  await page.waitForFunction(
    (before) => JSON.parse(document.querySelector("[data-testid=record]").innerText).id !== before,
    first,
  );
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "4001");
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "2");
  await page.keyboard.press("Escape");
  await queue.drawer.waitFor({ state: "detached" });
  assert.equal(await queue.focusedRow(), "2");
  await context.close();
});

test("Tab leads into the list, and exactly one row can be tabbed to", async () => {
  const { queue, page, context } = await openQueue();
  assert.equal(await queue.grid.locator('[role=row][tabindex="0"]').count(), 1);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "3");
  assert.equal(await queue.grid.locator('[role=row][tabindex="0"]').getAttribute("aria-rowindex"), "3");
  await context.close();
});

test("the focus is not lost when its row is scrolled away, and the keys bring it back", async () => {
  const { queue, page, context } = await openQueue();
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "2");
  await queue.scrollTo(1000);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "grid");
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "3");
  await context.close();
});

test("more is loaded on demand, until all is there", async () => {
  const { queue, page, context } = await openQueue();
  await page.getByRole("button", { name: "Load 2,000 more of each" }).click();
  await page.waitForFunction(() => /^6,000 loaded/.test(document.querySelector("[data-testid=count]").innerText));
  await queue.isSettled();
  assert.match(await queue.loaded.innerText(), /UTMStack all 3,000 · Uptycs all 3,000/);
  assert.equal(await page.getByRole("button", { name: /^Load/ }).count(), 0);
  await context.close();
});

test("loading can be cancelled and goes on where it stood", async () => {
  const { page, context } = await openConsole(browser, demo.address);
  const connect = new ConnectPage(page);
  const queue = new QueuePage(page);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/elasticsearch\/search.*page=2/, async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await connect.useDemo();
  await queue.hasRows();
  await page.getByText("loading ").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await queue.isSettled();
  assert.match(await queue.loaded.innerText(), /UTMStack 500 of 3,000/);
  release();
  await page.unroute(/elasticsearch\/search.*page=2/);
  await page.getByRole("button", { name: /^Load 2,000 more/ }).click();
  await page.waitForFunction(() => /UTMStack 2,000 of 3,000/.test(document.querySelector("[data-testid=loaded]").innerText));
  await context.close();
});

test("dark and light follow the system, and a choice is remembered without a flash", async () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = "rgb(13, 17, 23)";
  const light = "rgb(243, 245, 248)";
  for (const [colorScheme, system, other] of [
    ["dark", dark, light],
    ["light", light, dark],
  ]) {
    const { page, context } = await openConsole(browser, demo.address, { colorScheme });
    assert.equal(await ground(page), system);
    await page.getByRole("button", { name: "Switch between dark and light" }).click();
    assert.equal(await ground(page), other);
    // Before any module has run: what the first paint will show.
    await page.route("**/*.wasm", (route) => route.abort());
    await page.reload({ waitUntil: "commit" });
    await page.waitForFunction(() => document.body);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), colorScheme === "dark" ? "light" : "dark");
    await page.unroute("**/*.wasm");
    await page.reload();
    await page.getByRole("button", { name: "Switch between dark and light" }).click();
    assert.equal(await ground(page), system);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await context.close();
  }
});

// Alerts hold what attackers wrote. On this page it is text and nothing else.
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

/** Markup that would run, fetch and navigate if anything of it were taken for markup; `canary()` is the proof. */
const CANARIES = [
  `<img src=x onerror=canary()>`,
  `"><script>canary()</script>`,
  `' onmouseover='canary()' x='`,
  `javascript:canary()`,
  `<svg onload=canary()>`,
  `<a href="http://203.0.113.66/" autofocus onfocus=canary()>x</a>`,
  `<iframe srcdoc="<script>parent.canary()</script>">`,
  `<meta http-equiv=refresh content="0;url=http://203.0.113.66/">`,
  `{{constructor.constructor('canary()')()}}`,
  `<style>@import 'http://203.0.113.66/x.css'</style>`,
];

async function assertInert({ page, seen }) {
  assert.equal(await page.evaluate(() => window.canaries), 0, "a script of the attacker ran");
  assert.equal(await page.title(), "triagekit");
  assert.deepEqual(seen.dialogs, []);
  assert.deepEqual(seen.errors, []);
  // Nothing was even tried: the policy is the second line, and it was not needed.
  assert.deepEqual(seen.violations, []);
  assert.equal(seen.popups, 0);
  assert.deepEqual(seen.navigations, [`${demo.address}/`]);
  for (const url of seen.requests) assert.ok(url.startsWith(`${demo.address}/`), `a request left for ${url}`);
  const foreign = await page.evaluate(
    () => document.querySelectorAll("#console :is(script, img, iframe, object, embed, style, meta, link, a, base)").length,
  );
  assert.equal(foreign, 0, "markup of an alert became part of the page");
}

async function openArmed() {
  const console = await openConsole(browser, demo.address);
  await console.page.evaluate(() => {
    window.canaries = 0;
    window.canary = () => (window.canaries += 1);
  });
  return { ...console, connect: new ConnectPage(console.page), queue: new QueuePage(console.page) };
}

test("canaries in every text of every record stay silent", async () => {
  const console = await openArmed();
  const { page, connect, queue, context } = console;
  let turn = 0;
  const poison = (value, name) => {
    if (typeof value === "string") {
      // What must be understood keeps its meaning.
      if (/^(id|@timestamp|createdAt|alertTime|severity|status)$/.test(name)) return value;
      turn += 1;
      return CANARIES[turn % CANARIES.length];
    }
    if (Array.isArray(value)) return value.map((item) => poison(item, name));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, poison(item, key)]));
    }
    return value;
  };
  for (const path of ["**/api/elasticsearch/search?**", "**/customers/*/alerts?**"]) {
    await page.route(path, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      const json = Array.isArray(body) ? poison(body, "") : { ...body, items: poison(body.items, "") };
      await route.fulfill({ response, json });
    });
  }
  await connect.useDemo();
  await queue.hasRows();
  await queue.isSettled();
  assert.ok(turn > 10_000, "the canaries were put in");
  const shown = new Set();
  for (let index = 0; index < 12; index += 1) {
    await queue.rows.nth(index).click();
    await queue.record.waitFor();
    await queue.drawer.hover();
    const text = await queue.drawer.innerText();
    for (const canary of CANARIES) if (text.includes(canary)) shown.add(canary);
  }
  assert.deepEqual([...shown].sort(), [...CANARIES].sort(), "each is shown as it was written");
  await assertInert(console);
  await context.close();
});

test("the demo's own hostile texts are shown, searched by eye, and do nothing", async () => {
  const console = await openArmed();
  const { connect, queue, context } = console;
  await connect.useDemo();
  await queue.hasRows();
  await queue.isSettled();
  const hostile = [];
  for (let top = 0; top < 4000; top += 40) {
    await queue.scrollTo(top);
    for (const row of await queue.drawn()) if (/<img|<script|<svg|javascript:|⟨U\+202E⟩/.test(row.name + row.host)) hostile.push(row.index);
  }
  assert.ok(hostile.length > 5, `${hostile.length} hostile rows were met`);
  for (const index of [...new Set(hostile)].slice(0, 6)) {
    await queue.scrollTo(index - 2);
    await queue.grid.locator(`[aria-rowindex="${index}"]`).click();
    await queue.record.waitFor();
  }
  await assertInert(console);
  await context.close();
});

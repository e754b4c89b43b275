import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "./support/demo.mjs";

/** @type {import("./support/demo.mjs").Demo} */
let demo;

before(async () => {
  demo = await startDemo({ alerts: 0, flags: ["--uptycs-alerts", "25000", "--utmstack-alerts", "9000"] });
});
after(() => demo.stop());

/** @param {AsyncIterable<{ id: string }>} rows */
async function idsOf(rows) {
  const ids = [];
  for await (const { id } of rows) {
    ids.push(id);
  }
  return ids.sort();
}

for (const pageSize of [1_000, 10_000]) {
  test(`25,000 Uptycs alerts come once each through pages of ${pageSize}`, async () => {
    assert.deepEqual(await idsOf(demo.uptycs().alerts.list({ pageSize })), await demo.ids("uptycs"));
  });
}

test("25,000 Uptycs alerts come once each from a server that cuts pages at 1,000", async () => {
  const capped = await startDemo({ alerts: 25_000, flags: ["--page-cap", "1000", "--utmstack-alerts", "0"] });
  try {
    assert.deepEqual(await idsOf(capped.uptycs().alerts.list()), await capped.ids("uptycs"));
  } finally {
    await capped.stop();
  }
});

for (const pageSize of [700, undefined]) {
  test(`9,000 UTMStack alerts come once each through pages of ${pageSize ?? "the usual size"}`, async () => {
    assert.deepEqual(await idsOf(demo.utmstack().alerts.list({ pageSize })), await demo.ids("utmstack"));
  });
}

test("awaiting a list gives its first page and asks for no second", async () => {
  const before = (await demo.state()).requests["uptycs"] ?? {};
  const page = await demo.uptycs().alerts.list({ pageSize: 100 });
  assert.equal(page.items.length, 100);
  assert.deepEqual([page.offset, page.limit], [0, 100]);
  assert.ok(page.links.some(({ rel, href }) => rel === "next" && href !== ""));
  const after = (await demo.state()).requests["uptycs"] ?? {};
  assert.equal(sum(after) - sum(before), 1);
});

test("a first page of UTMStack says how many rows there are in all", async () => {
  const page = await demo.utmstack().alerts.list({ pageSize: 10 });
  assert.deepEqual(page.total, { value: 9_000, isExact: true });
  assert.deepEqual(page.links, []);
});

test("limit is how many rows come, pageSize how many a request asks for", async () => {
  const pages = [];
  for await (const page of demo.uptycs().alerts.list({ limit: 250, pageSize: 100 }).pages()) {
    pages.push(page.items.length);
  }
  assert.deepEqual(pages, [100, 100, 50]);
  assert.deepEqual(await demo.uptycs().alerts.list({ limit: 0 }).toArray(), []);
  assert.equal((await demo.utmstack().alerts.list({ limit: 30, pageSize: 20 }).toArray()).length, 30);
});

test("toArray gives all rows, or as many as are wanted", async () => {
  const alerts = demo.utmstack().alerts.list();
  assert.equal((await alerts.toArray()).length, 9_000);
  assert.equal((await alerts.toArray({ max: 3 })).length, 3);
});

test("a row is what the vendor sent, and get gives the same", async () => {
  const uptycs = demo.uptycs();
  const [alert] = (await uptycs.alerts.list({ limit: 1 })).items;
  assert.ok(alert !== undefined);
  assert.equal(Object.getPrototypeOf(alert), Object.prototype);
  assert.equal((await uptycs.alerts.get(alert.id)).id, alert.id);
  assert.equal((await uptycs.get("alerts", alert.id)).code, alert.code);
  const utmstack = demo.utmstack();
  const [other] = (await utmstack.alerts.list({ limit: 1 })).items;
  assert.ok(other !== undefined);
  assert.deepEqual(await utmstack.alerts.get(other.id), other);
});

test("a resource is listed by its name as by its property", async () => {
  const uptycs = demo.uptycs();
  const assets = await uptycs.assets.list().toArray();
  assert.ok(assets.length > 0);
  assert.deepEqual(await uptycs.list("assets").toArray(), assets);
});

test("since, until and filters bound a search, and count agrees with it", async () => {
  const { alerts } = demo.utmstack();
  const since = new Date(Date.now() - 3 * 86_400_000);
  const filters = [{ field: "status", operator: "IS", value: 2 }];
  const rows = await alerts.list({ since, filters }).toArray();
  assert.ok(rows.length > 0);
  for (const row of rows) {
    assert.equal(row.status, 2);
    assert.ok(Date.parse(row["@timestamp"]) >= since.getTime());
  }
  assert.deepEqual(await alerts.count({ since, filters }), { value: rows.length, isExact: true });
  assert.equal((await alerts.list({ since: "7d", until: "3d" }).toArray()).length, (await alerts.count({ since: "7d", until: "3d" })).value);
});

test("open alerts are counted", async () => {
  const open = await demo.utmstack().alerts.countOpen();
  assert.ok(Number.isSafeInteger(open) && open > 0 && open < 9_000);
});

/** @param {Record<string, number>} counts */
function sum(counts) {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

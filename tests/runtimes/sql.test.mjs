import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "./support/demo.mjs";
import { rejection } from "./support/rejection.mjs";

/** @type {import("./support/demo.mjs").Demo} */
let demo;

before(async () => {
  demo = await startDemo({ alerts: 3_000 });
});
after(() => demo.stop());

test("an awaited query gives the rows themselves", async () => {
  const rows = await demo.uptycs().sql("SELECT host_name, os FROM upt_assets ORDER BY host_name LIMIT 5", { days: 2 });
  assert.equal(rows.length, 5);
  assert.deepEqual(Object.keys(rows[0] ?? {}).sort(), ["host_name", "os"]);
});

test("a query can be iterated over, and reads all pages of its result", async () => {
  const ids = [];
  for await (const { id } of demo.uptycs().sql("SELECT id FROM upt_alerts", { days: null, pageSize: 700 })) {
    ids.push(String(id));
  }
  assert.deepEqual(ids.sort(), await demo.ids("uptycs"));
});

test("one day is looked at where nothing else is said, and limit bounds the rows", async () => {
  const uptycs = demo.uptycs();
  const day = await uptycs.sql("SELECT id FROM upt_alerts");
  const month = await uptycs.sql("SELECT id FROM upt_alerts", { days: 30 });
  assert.ok(day.length > 0 && day.length < month.length, `${day.length} of ${month.length}`);
  assert.equal((await uptycs.sql("SELECT id FROM upt_alerts", { days: 30, limit: 7 })).length, 7);
});

test("no job is left behind", async () => {
  await demo.uptycs().sql("SELECT id FROM upt_alerts LIMIT 1");
  assert.equal((await demo.state()).queryJobs, 0);
});

test("a query that the vendor refuses ends with its words", async () => {
  const error = await rejection(() => demo.uptycs().sql("SELECT nonsense FROM upt_assets", { days: null }));
  assert.ok(["job_failed", "bad_request"].includes(error.code), error.code);
  assert.ok(error.said !== undefined && error.said !== "");
  assert.ok(error.message.includes(error.said), error.message);
});

test("a table without a known time is not read without a bound by accident", async () => {
  const error = await rejection(() => demo.uptycs().sql("SELECT * FROM a_table_of_ours"));
  assert.equal(error.code, "invalid_argument");
  assert.match(error.message, /a_table_of_ours.*no days/su);
});

test("a query that is left early takes its job with it", async () => {
  /** @type {(status: number) => void} */
  let isDeleted = () => undefined;
  /** @type {Promise<number>} */
  const deleted = new Promise((resolve) => {
    isDeleted = resolve;
  });
  const uptycs = demo.uptycs({
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      if (init.method === "DELETE") {
        isDeleted(response.status);
      }
      return response;
    },
  });
  for await (const row of uptycs.sql("SELECT id FROM upt_alerts", { days: null, pageSize: 10 })) {
    assert.ok(row);
    break;
  }
  assert.ok((await deleted) < 300);
  assert.equal((await demo.state()).queryJobs, 0);
});

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "./support/demo.mjs";
import { rejection } from "./support/rejection.mjs";

/** @type {import("./support/demo.mjs").Demo} */
let demo;

before(async () => {
  demo = await startDemo({ alerts: 2_500 });
});
after(() => demo.stop());

/** @type {[name: string, faults: object[]][]} */
const FAULTS = [
  ["a 429 that asks for a second", [{ status: 429, retryAfter: "1" }]],
  ["two server errors in a row", [{ status: 500 }, { status: 503 }]],
  ["a page of the proxy", [{ html: true }]],
  ["a connection that closes before the answer", [{ close: "before" }]],
  ["a connection that closes in the middle of the answer", [{ close: "middle" }]],
  ["JSON that ends in the middle", [{ truncate: true }]],
  ["an answer that is late", [{ stallMs: 200 }]],
];

for (const [name, faults] of FAULTS) {
  test(`${name} costs no row of Uptycs`, async () => {
    await demo.faults(faults);
    const rows = await demo.uptycs().alerts.list({ pageSize: 1_000 }).toArray();
    assert.deepEqual(rows.map(({ id }) => id).sort(), await demo.ids("uptycs"));
  });

  test(`${name} costs no row of UTMStack`, async () => {
    const utmstack = demo.utmstack();
    await utmstack.alerts.list({ limit: 1 });
    await demo.faults(faults);
    const rows = await utmstack.alerts.list({ pageSize: 1_000 }).toArray();
    assert.deepEqual(rows.map(({ id }) => id).sort(), await demo.ids("utmstack"));
  });
}

test("an attempt that takes too long is made again", async () => {
  await demo.faults([{ stallMs: 5_000 }]);
  const page = await demo.uptycs().alerts.list({ limit: 1, timeoutMs: 500 });
  assert.equal(page.items.length, 1);
});

test("a deadline ends it all, and says what had gone wrong", async () => {
  await demo.faults([{ status: 429, retryAfter: "30" }]);
  const error = await rejection(() => demo.uptycs().alerts.list({ deadlineMs: 2_000 }));
  assert.deepEqual([error.code, error.status, error.retryAfterMs], ["deadline_exceeded", 429, 30_000]);
});

test("who asks for longer than a minute is not waited for", async () => {
  await demo.faults([{ status: 429, retryAfter: "86400" }]);
  const error = await rejection(() => demo.uptycs().alerts.list());
  assert.deepEqual([error.code, error.retryable, error.retryAfterMs], ["rate_limited", true, 86_400_000]);
});

test("maxRetries bounds the repetitions", async () => {
  await demo.faults([{ status: 503 }]);
  const error = await rejection(() => demo.uptycs({ maxRetries: 0 }).alerts.list());
  assert.deepEqual([error.code, error.status, error.retryable], ["server_error", 503, true]);
});

test("a connection that breaks off is named with what the transport said", async () => {
  await demo.faults([{ close: "middle" }]);
  const error = await rejection(() => demo.uptycs({ maxRetries: 0 }).alerts.list());
  assert.equal(error.code, "interrupted");
  assert.ok(error.cause instanceof Error);
});

test("tokens that die in the middle of a list cost no row and one sign-in", async () => {
  const logins = async () => (await demo.state()).requests["utmstack"]?.["POST /api/authenticate"] ?? 0;
  const pages = demo.utmstack().alerts.list({ pageSize: 500 }).pages();
  const first = await pages.next();
  assert.ok(first.done !== true);
  const ids = first.value.items.map(({ id }) => id);
  const before = await logins();
  await demo.forgetTokens();
  for await (const page of pages) {
    ids.push(...page.items.map(({ id }) => id));
  }
  assert.deepEqual(ids.sort(), await demo.ids("utmstack"));
  assert.equal((await logins()) - before, 1);
});

test("many calls at once sign in once", async () => {
  const logins = async () => (await demo.state()).requests["utmstack"]?.["POST /api/authenticate"] ?? 0;
  const before = await logins();
  const utmstack = demo.utmstack();
  const pages = await Promise.all(Array.from({ length: 20 }, () => utmstack.alerts.list({ limit: 1 })));
  assert.ok(pages.every(({ items }) => items.length === 1));
  assert.equal((await logins()) - before, 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";

// The instance is made at the first use, so that the test can put itself between.
const Original = WebAssembly.Instance;
let isArmed = false;
let instances = 0;

/** Real exports, of which `operation_next` traps when armed: what it is then given lies outside all memory. */
class Instance {
  /**
   * @param {WebAssembly.Module} module
   * @param {WebAssembly.Imports} imports
   */
  constructor(module, imports) {
    instances += 1;
    const exports = /** @type {Record<string, (...given: unknown[]) => unknown>} */ (new Original(module, imports).exports);
    this.exports = {
      ...exports,
      /** @param {unknown[]} given */
      operation_next(...given) {
        if (isArmed) {
          isArmed = false;
          return exports["operation_next"]?.(-16, 0, 0);
        }
        return exports["operation_next"]?.(...given);
      },
    };
  }
}
WebAssembly.Instance = /** @type {never} */ (Instance);

const { UTMStack, Uptycs } = await import("./support/package.mjs");
const { rejection } = await import("./support/rejection.mjs");

const KEY = { key: "K", secret: "s", customerId: "c", domain: "acme" };

/** @param {string} url */
function answer(url) {
  const offset = Number(new URL(url).searchParams.get("offset"));
  return Response.json({ items: offset < 3 ? [{ id: `row ${offset}` }] : [], links: [], offset, limit: 1 });
}

test("a trap ends what is in flight with an internal error, and the next call works", async () => {
  /** @type {AbortSignal[]} */
  const signals = [];
  /** @type {(value: unknown) => void} */
  let isAsked = () => undefined;
  const asked = new Promise((resolve) => {
    isAsked = resolve;
  });
  /** @type {import("../../npm/types/index.js").Fetch} */
  const neverAnswers = (_url, init) => {
    signals.push(/** @type {AbortSignal} */ (init.signal));
    isAsked(undefined);
    return new Promise(() => undefined);
  };
  const waiting = new Uptycs(KEY, { fetch: neverAnswers });
  const inFlight = rejection(() => waiting.alerts.list());
  await asked;

  const uptycs = new Uptycs(KEY, { fetch: async (url) => answer(url) });
  const idle = uptycs.alerts.list({ pageSize: 1 }).pages();
  assert.equal((await idle.next()).value?.items.length, 1);
  assert.equal(instances, 1);

  isArmed = true;
  const trapped = await rejection(() => uptycs.alerts.list());
  assert.equal(trapped.code, "internal");
  assert.ok(trapped.cause instanceof WebAssembly.RuntimeError);
  assert.equal((await inFlight).code, "internal");
  assert.equal(signals[0]?.aborted, true);
  assert.equal(instances, 2);

  assert.equal((await rejection(() => idle.next())).code, "internal");
  assert.deepEqual(await idle.return?.(), { done: true, value: undefined });

  assert.equal((await uptycs.alerts.list()).items.length, 1);
  assert.equal(uptycs.token().split(".").length, 3);
  const utmstack = new UTMStack({ url: "https://siem.example.org", token: "t" }, { fetch: async () => Response.json(3) });
  assert.equal(await utmstack.alerts.countOpen(), 3);
  assert.equal(instances, 2);
});

test("a hundred traps in a row leave a client that works", async () => {
  const uptycs = new Uptycs(KEY, { fetch: async (url) => answer(url) });
  for (let round = 0; round < 100; round += 1) {
    isArmed = true;
    assert.equal((await rejection(() => uptycs.alerts.list())).code, "internal");
    assert.equal((await uptycs.alerts.list()).items.length, 1);
  }
});

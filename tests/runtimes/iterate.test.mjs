import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDemo } from "./support/demo.mjs";
import { UTMStack, Uptycs } from "./support/package.mjs";
import { rejection } from "./support/rejection.mjs";

const KEY = { key: "K", secret: "s", customerId: "c", domain: "acme" };

/** @type {import("./support/demo.mjs").Demo} */
let demo;

before(async () => {
  demo = await startDemo({ alerts: 1_000 });
});
after(() => demo.stop());

/** A fetch whose answers come when the test says so. */
function heldFetch() {
  /** @type {{ url: string, signal: AbortSignal, answer: (response: Response) => void }[]} */
  const requests = [];
  /** @type {((request: typeof requests[number]) => void)[]} */
  const waiting = [];
  let given = 0;
  return {
    /** @type {import("../../npm/types/index.js").Fetch} */
    fetch: (url, init) =>
      new Promise((answer, reject) => {
        const signal = /** @type {AbortSignal} */ (init.signal);
        signal.addEventListener("abort", () => reject(signal.reason));
        const request = { url, signal, answer };
        requests.push(request);
        if (waiting.length > 0) {
          given += 1;
          waiting.shift()?.(request);
        }
      }),
    /** @returns {Promise<typeof requests[number]>} the next request, when it is made */
    next: () =>
      new Promise((resolve) => {
        const request = requests[given];
        if (request === undefined) {
          waiting.push(resolve);
        } else {
          given += 1;
          resolve(request);
        }
      }),
    requests,
  };
}

/** @param {string[]} ids */
function list(...ids) {
  const items = ids.map((id) => ({ id }));
  return Response.json({ items, links: [{ rel: "next", href: "/next" }], offset: 0, limit: items.length });
}

test("calls of next that overlap are answered in their order", async () => {
  const rows = demo.uptycs().alerts.list({ pageSize: 100 })[Symbol.asyncIterator]();
  const results = await Promise.all(Array.from({ length: 1_002 }, () => rows.next()));
  const ids = results.slice(0, 1_000).map(({ value }) => value.id);
  assert.deepEqual([...ids].sort(), await demo.ids("uptycs"));
  assert.deepEqual(results.slice(1_000), [{ done: true, value: undefined }, { done: true, value: undefined }]);
  assert.deepEqual(ids, (await demo.uptycs().alerts.list().toArray()).map(({ id }) => id));
});

test("after an error next makes the failed request again, and no row is lost", async () => {
  const pages = demo.uptycs({ maxRetries: 0 }).alerts.list({ pageSize: 400 }).pages();
  const ids = [];
  let errors = 0;
  await demo.faults([{}, { status: 500 }, { close: "before" }, {}, { truncate: true }]);
  for (;;) {
    try {
      const { done, value } = await pages.next();
      if (done) {
        break;
      }
      ids.push(...value.items.map((/** @type {{ id: string }} */ { id }) => id));
    } catch {
      errors += 1;
    }
  }
  assert.equal(errors, 3);
  assert.deepEqual(ids.sort(), await demo.ids("uptycs"));
});

test("leaving a loop ends it, and nothing more is asked for", async () => {
  const before = await requests();
  for await (const alert of demo.uptycs().alerts.list({ pageSize: 10 })) {
    assert.ok(alert.id);
    break;
  }
  assert.equal((await requests()) - before, 1);
});

test("return in the middle of a request cancels it, and next says that it is done", async () => {
  const held = heldFetch();
  const pages = new Uptycs(KEY, { fetch: held.fetch }).alerts.list().pages();
  const pending = pages.next();
  const { signal } = await held.next();
  assert.deepEqual(await pages.return?.(), { done: true, value: undefined });
  assert.equal(signal.aborted, true);
  assert.deepEqual(await pending, { done: true, value: undefined });
  assert.deepEqual(await pages.next(), { done: true, value: undefined });
});

test("an aborted signal ends a request, and its reason is the cause", async () => {
  const held = heldFetch();
  const reason = { why: "the analyst closed the tab" };
  const controller = new AbortController();
  const page = new Uptycs(KEY, { fetch: held.fetch }).alerts.list({ signal: controller.signal });
  const failing = rejection(() => page);
  const { signal } = await held.next();
  controller.abort(reason);
  const error = await failing;
  assert.equal(error.code, "cancelled");
  assert.equal(error.cause, reason);
  assert.equal(error.retryable, false);
  assert.equal(signal.aborted, true);
});

test("an abort reason of any kind is kept", async () => {
  for (const reason of ["text", 7, null, new Error("an error"), Symbol("a symbol")]) {
    const error = await rejection(() => new Uptycs(KEY, { fetch: heldFetch().fetch }).alerts.list({ signal: AbortSignal.abort(reason) }));
    assert.equal(error.code, "cancelled");
    assert.equal(error.cause, reason);
  }
});

test("a signal that is aborted already lets nothing be sent", async () => {
  const held = heldFetch();
  const error = await rejection(() => new Uptycs(KEY, { fetch: held.fetch, signal: AbortSignal.abort() }).sql("SELECT 1", { days: null }));
  assert.equal(error.code, "cancelled");
  assert.equal(held.requests.length, 0);
});

test("an abort ends a pause between repetitions", async () => {
  const controller = new AbortController();
  /** @type {import("../../npm/types/index.js").Fetch} */
  const busy = async () => {
    queueMicrotask(() => setImmediate(() => controller.abort("enough")));
    return new Response("", { status: 429, headers: { "retry-after": "50" } });
  };
  const error = await rejection(() => new Uptycs(KEY, { fetch: busy }).alerts.list({ signal: controller.signal }));
  assert.deepEqual([error.code, error.cause], ["cancelled", "enough"]);
});

test("whoever is signing in may be cancelled: those that wait sign in themselves", async () => {
  const held = heldFetch();
  const utmstack = new UTMStack({ url: "https://siem.example.org", username: "u", password: "p" }, { fetch: held.fetch });
  const controller = new AbortController();
  const first = rejection(() => utmstack.alerts.countOpen({ signal: controller.signal }));
  const second = utmstack.alerts.countOpen();
  assert.match((await held.next()).url, /authenticate/u);
  controller.abort();
  assert.equal((await first).code, "cancelled");
  const again = await held.next();
  assert.match(again.url, /authenticate/u);
  again.answer(Response.json({ id_token: "a.b.c" }));
  const count = await held.next();
  assert.match(count.url, /count-open/u);
  count.answer(Response.json(4));
  assert.equal(await second, 4);
});

test("a fetch that heeds no signal is not waited for", async () => {
  const deaf = () => new Promise(() => undefined);
  const uptycs = new Uptycs(KEY, { fetch: /** @type {never} */ (deaf), maxRetries: 0 });
  const error = await rejection(() => uptycs.alerts.list({ timeoutMs: 20 }));
  assert.equal(error.code, "timed_out");
});

test("a fetch of the caller's own is called without a this, and with nothing that workers refuse", async () => {
  /** @type {unknown} */
  let self = "not called";
  /** @type {RequestInit | undefined} */
  let seen;
  const uptycs = new Uptycs(KEY, {
    fetch: /** @type {never} */ (
      function (/** @type {string} */ _url, /** @type {RequestInit} */ init) {
        // @ts-expect-error: a function's own this
        self = this;
        seen = init;
        return Promise.resolve(list());
      }
    ),
  });
  await uptycs.alerts.list();
  assert.equal(self, undefined);
  assert.deepEqual(Object.keys(seen ?? {}).sort(), ["body", "headers", "method", "redirect", "signal"]);
  assert.equal(seen?.redirect, "manual");
});

test("rows that come twice are given once, and those without an id always", async () => {
  const answers = [list("a", "b"), list("b", "c"), Response.json({ items: [], links: [], offset: 4, limit: 2 })];
  const fetch = async () => answers.shift() ?? assert.fail("one request too many");
  const rows = await new Uptycs(KEY, { fetch }).alerts.list({ pageSize: 2 }).toArray();
  assert.deepEqual(rows.map(({ id }) => id), ["a", "b", "c"]);
});

test("an error after all repetitions has the transport's error as its cause", async () => {
  const cause = new TypeError("fetch failed");
  const uptycs = new Uptycs(KEY, { fetch: () => Promise.reject(cause), maxRetries: 0 });
  assert.equal((await rejection(() => uptycs.alerts.list())).cause, cause);
});

test("a rejection that is no error at all is survived", async () => {
  for (const odd of ["text", undefined, null, 7]) {
    const uptycs = new Uptycs(KEY, { fetch: () => Promise.reject(odd), maxRetries: 0 });
    assert.equal((await rejection(() => uptycs.alerts.list())).code, "unreachable");
  }
});

test("catch and finally are there, as on a promise", async () => {
  const listing = new Uptycs(KEY, { fetch: async () => list("a") }).alerts.list();
  let isSettled = false;
  assert.equal((await listing.finally(() => { isSettled = true; })).items.length, 1);
  assert.ok(isSettled);
  const failing = new Uptycs(KEY, { fetch: () => Promise.reject(new Error("no")), maxRetries: 0 }).alerts.list();
  assert.equal(await failing.catch(() => "caught"), "caught");
});

async function requests() {
  const counts = Object.values((await demo.state()).requests["uptycs"] ?? {});
  return counts.reduce((sum, count) => sum + count, 0);
}

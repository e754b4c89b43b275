import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { UTMStack, Uptycs } from "./support/package.mjs";
import { USER, startDemo } from "./support/demo.mjs";
import { assertKeeps, rejection } from "./support/rejection.mjs";

const CANARY = "canary-Zx81-secret";
const KEY = { key: "KEY0123456789", secret: CANARY, customerId: "c-1", domain: "acme" };

/** @type {import("./support/demo.mjs").Demo} */
let demo;

before(async () => {
  demo = await startDemo({ alerts: 5 });
});
after(() => demo.stop());

/**
 * Holds what an error says and keeps.
 *
 * @param {() => unknown} work
 * @param {{ code: string, says: RegExp[], status?: number }} expected
 */
async function assertSays(work, { code, says, status }) {
  const error = await rejection(work);
  assert.equal(error.code, code, error.message);
  assert.equal(error.status, status);
  for (const words of says) {
    assert.match(error.message, words);
  }
  assertKeeps(error, [CANARY]);
  return error;
}

/** @type {[name: string, key: unknown, code: string, says: RegExp[]][]} */
const KEYS = [
  ["without a secret", { ...KEY, secret: undefined, note: CANARY }, "key_file", [/no "secret"/u, /make a new key/u]],
  ["without anything", {}, "key_file", [/no "key"/u, /no "customerId"/u]],
  ["cut in half", JSON.stringify(KEY).slice(0, 60), "key_file", [/not complete JSON/u, /download it again/u]],
  ["with a fragment as its domain", { ...KEY, domain: "evil.com/#" }, "key_file", [/does not name a host/u, /Nothing was sent/u]],
  ["with a user in its domain", { ...KEY, domain: `${CANARY}@evil.com` }, "key_file", [/does not name a host/u]],
  ["with an http address", { ...KEY, baseUrl: "http://acme.example.org" }, "key_file", [/not encrypted/u, /https/u]],
  ["with a number as its secret", { ...KEY, secret: 7 }, "key_file", [/"secret" is a number/u, /text is expected/u]],
  ["that is a list", [KEY], "invalid_argument", [/key file is expected/u, /a list/u]],
  ["that is a path", `./${CANARY}.json`, "invalid_argument", [/read the file/u]],
  ["that is nothing", undefined, "invalid_argument", [/undefined/u]],
  ["typed without its domain", { key: `K#${CANARY}` }, "invalid_argument", [/domain and customerId/u]],
];

for (const [name, key, code, says] of KEYS) {
  test(`a key file ${name} is explained`, async () => {
    // @ts-expect-error: that is the point
    await assertSays(() => new Uptycs(key), { code, says });
  });
}

/** @type {[name: string, connection: unknown, code: string, says: RegExp[]][]} */
const CONNECTIONS = [
  ["http to another machine", { url: "http://siem.example.org", ...USER, password: CANARY }, "base_url", [/not encrypted/u, /https/u]],
  ["an address with a password", { url: `https://admin:${CANARY}@siem.example.org`, ...USER }, "base_url", [/user name or password/u]],
  ["no address", { ...USER, password: CANARY }, "invalid_argument", [/no url/u]],
  ["no credentials", { url: "https://siem.example.org" }, "invalid_argument", [/username and password; apiKey; token/u]],
  ["two kinds of credentials", { url: "https://siem.example.org", ...USER, token: CANARY }, "invalid_argument", [/password and token/u]],
  ["a password without a user", { url: "https://siem.example.org", password: CANARY }, "invalid_argument", [/username is undefined/u]],
  ["a misspelt option", { url: "https://siem.example.org", user: "a", password: CANARY }, "invalid_argument", [/"user"/u]],
  ["an API key with a line break", { url: "https://siem.example.org", apiKey: `${CANARY}\n` }, "invalid_argument", [/how it was copied/u]],
];

for (const [name, connection, code, says] of CONNECTIONS) {
  test(`UTMStack with ${name} is explained`, async () => {
    // @ts-expect-error: that is the point
    await assertSays(() => new UTMStack(connection), { code, says });
  });
}

test("a wrong password is explained and tried once, whoever asks again", async () => {
  const logins = async () => (await demo.state()).requests["utmstack"]?.["POST /api/authenticate"] ?? 0;
  const before = await logins();
  const utmstack = new UTMStack({ url: demo.url, username: "admin", password: CANARY });
  const expected = { code: "wrong_credentials", status: 401, says: [/Bad credentials/u, /Check the user name/u] };
  const error = await assertSays(() => utmstack.alerts.list(), expected);
  assert.match(error.said ?? "", /Bad credentials/u);
  await Promise.all([1, 2, 3].map(() => assertSays(() => utmstack.alerts.list().toArray(), expected)));
  assert.equal((await logins()) - before, 1);
});

test("a wrong secret is explained", async () => {
  const uptycs = new Uptycs({ ...demo.key, secret: CANARY });
  await assertSays(() => uptycs.alerts.list(), {
    code: "unauthorized",
    status: 401,
    says: [/The key, its secret or the customer id is not accepted/u],
  });
});

test("an expired token is explained", async () => {
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = `${part({ alg: "HS512" })}.${part({ sub: "admin", exp: 1_700_000_000 })}.${CANARY}`;
  await assertSays(() => new UTMStack({ url: demo.url, token }).alerts.list(), {
    code: "unauthorized",
    status: 401,
    says: [/token is not accepted any more/u, /Sign in again/u],
  });
});

test("a server that does not run is explained", async () => {
  const url = await addressOfNobody();
  const says = [new RegExp(url.slice("http://".length), "u"), /cannot be reached/u, /Check that the address/u, /ECONNREFUSED/u];
  const options = { maxRetries: 0 };
  await assertSays(() => new UTMStack({ url, ...USER, password: CANARY }, options).alerts.list(), { code: "unreachable", says });
  await assertSays(() => new Uptycs({ ...KEY, baseUrl: url }, options).alerts.list(), { code: "unreachable", says });
});

test("a page that is not JSON is explained", async () => {
  const fetch = async () =>
    new Response("<html>We are getting things ready</html>", { headers: { "content-type": "text/html" } });
  const options = { fetch, maxRetries: 0 };
  const says = [/text\/html/u, /getting things ready/u, /Check that the address/u];
  const status = 200;
  await assertSays(() => new Uptycs(KEY, options).alerts.list(), { code: "unexpected_answer", status, says });
  const signIn = [/signing in/u, /not JSON/u];
  const utmstack = new UTMStack({ url: demo.url, ...USER, password: CANARY }, options);
  await assertSays(() => utmstack.alerts.list(), { code: "unexpected_answer", status, says: signIn });
});

test("a redirect is not followed", async () => {
  /** @type {string[]} */
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  const url = await listening(server);
  try {
    const error = await rejection(() => new Uptycs({ ...KEY, baseUrl: url }).alerts.list());
    assert.deepEqual([error.code, error.status], ["redirect", 302]);
    assert.match(error.message, /do not follow redirects/u);
    assert.equal(asked.length, 1);
  } finally {
    server.close();
  }
});

/**
 * @typedef {import("../../npm/types/index.js").Uptycs} UptycsClient
 * @typedef {import("../../npm/types/index.js").UTMStack} UTMStackClient
 * @type {[name: string, call: (uptycs: UptycsClient, utmstack: UTMStackClient) => unknown, says: RegExp][]}
 */
const CALLS = [
  ["a misspelt option", (uptycs) => uptycs.alerts.list(/** @type {object} */ ({ limt: 3 })), /"limt".*limit, pageSize/u],
  ["a negative limit", (uptycs) => uptycs.alerts.list({ limit: -1 }), /limit is -1.*whole number/u],
  ["a page size of nothing", (uptycs) => uptycs.alerts.list({ pageSize: 0 }), /pageSize is 0.*1 to 10000/u],
  ["a page that UTMStack would cut", (_, utmstack) => utmstack.alerts.list({ pageSize: 2_001 }), /1 to 2000/u],
  ["a since in words", (_, utmstack) => utmstack.alerts.list({ since: "last week" }), /since is "last week".*7d/u],
  ["an end before the beginning", (_, utmstack) => utmstack.alerts.count({ since: "1d", until: "2d" }), /ends .* before it begins/u],
  ["filters that are none", (_, utmstack) => utmstack.alerts.list({ filters: [/** @type {never} */ ({ field: 1 })] }), /"operator"/u],
  ["a name that is a path", (uptycs) => uptycs.list("../alerts"), /not the name of a resource/u],
  ["an empty id", (uptycs) => uptycs.alerts.get(""), /id is empty text/u],
  ["an empty query", (uptycs) => uptycs.sql(""), /query is empty text/u],
  ["half a day", (uptycs) => uptycs.sql("SELECT 1", { days: 0.5 }), /days is 0.5/u],
  ["a timeout of nothing", (uptycs) => uptycs.alerts.list({ timeoutMs: 0 }), /timeoutMs is 0/u],
];

for (const [name, call, says] of CALLS) {
  test(`${name} is explained before anything is sent`, async () => {
    const fetch = () => assert.fail("something was sent");
    const uptycs = new Uptycs(KEY, { fetch });
    const utmstack = new UTMStack({ url: demo.url, ...USER, password: CANARY }, { fetch });
    await assertSays(() => call(uptycs, utmstack), { code: "invalid_argument", says: [says] });
  });
}

test("a client shows no secret, however it is printed", () => {
  const clients = [
    new Uptycs(KEY),
    new UTMStack({ url: demo.url, ...USER, password: CANARY }),
    new UTMStack({ url: demo.url, apiKey: CANARY }),
  ];
  for (const client of clients) {
    const prints = [inspect(client, { depth: Infinity, showHidden: true, getters: true }), JSON.stringify(client), String(client)];
    assert.ok(prints.every((print) => !print.includes(CANARY)), prints.join("\n"));
  }
});

test("no URL holds a secret", async () => {
  /** @type {string[]} */
  const urls = [];
  /** @type {import("../../npm/types/index.js").Fetch} */
  const recording = (url, init) => {
    urls.push(url);
    return fetch(url, init);
  };
  await demo.uptycs({ fetch: recording }).alerts.list();
  await demo.utmstack({ fetch: recording }).alerts.list();
  assert.ok(urls.length >= 3);
  for (const url of urls) {
    assert.ok(!url.includes(demo.key.secret) && !url.includes(USER.password) && !url.includes("eyJ"), url);
  }
});

test("a secret in a browser is refused, unless it is allowed", async () => {
  const scope = /** @type {{ window?: object, navigator?: object }} */ (globalThis);
  const navigator = Object.getOwnPropertyDescriptor(scope, "navigator");
  scope.window = { document: {} };
  Object.defineProperty(scope, "navigator", { value: {}, configurable: true });
  try {
    const says = [/triagekit serve/u, /gateway/u, /dangerouslyAllowBrowser/u];
    await assertSays(() => new Uptycs(KEY), { code: "secret_in_browser", says });
    await assertSays(() => new UTMStack({ url: demo.url, apiKey: CANARY }), { code: "secret_in_browser", says });
    assert.ok(new Uptycs(KEY, { dangerouslyAllowBrowser: true }));
    assert.ok(new UTMStack({ url: demo.url, token: "a.b.c" }));
  } finally {
    delete scope.window;
    if (navigator === undefined) {
      delete scope.navigator;
    } else {
      Object.defineProperty(scope, "navigator", navigator);
    }
  }
});

/** @param {import("node:http").Server} server */
async function listening(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return `http://127.0.0.1:${address.port}`;
}

/** An address at which nobody listens any more. */
async function addressOfNobody() {
  const server = createServer();
  const url = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

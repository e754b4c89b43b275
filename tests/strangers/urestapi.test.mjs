// The client that Uptycs published on PyPI, unmodified, over TLS. It forms its host from the key file's `domain` and
// `--domainsuffix`, so a key file with the domain `127.0.0` and the suffix `.1:PORT` lead it to the demo server.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { needed, startDemo } from "./demo.mjs";
import { run } from "./run.mjs";

/** @type {Awaited<ReturnType<typeof startDemo>>} */
let demo;
/** @type {string} */
let certificate;

before(async () => {
  certificate = join(needed("TRIAGEKIT_SCRATCH", "a folder for files"), "urestapi-cert.pem");
  demo = await startDemo(["--tls", "self-signed", "--write-cert", certificate]);
  await writeFile(join(demo.folder, "client-key.json"), JSON.stringify({ ...demo.key, domain: "127.0.0" }));
});
after(() => demo?.stop());

/** Runs the client with certificates verified. @param {string} method @param {string} api @param {string[]} [more] */
async function urestapi(method, api, more = []) {
  const program = join(dirname(needed("TRIAGEKIT_PYTHON", "a Python with urestapi")), "urestapi");
  const suffix = new URL(demo.url).host.replace("127.0.0", "");
  const words = ["-k", join(demo.folder, "client-key.json"), "--domainsuffix", suffix, "--enable-ssl", "-m", method, "-a", api];
  const { code, out, err } = await run(program, [...words, ...more], { env: { REQUESTS_CA_BUNDLE: certificate } });
  assert.equal(code, 0, `${out}${err}`);
  return out;
}

/** @param {string} method @param {string} api @param {object} [data] */
async function json(method, api, data) {
  const text = await urestapi(method, api, data ? ["-d", JSON.stringify(data)] : []);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`not JSON: ${text}`);
  }
}

test("urestapi GETs pages that follow one another", async () => {
  const pages = [];
  for (const offset of [0, 200, 400]) {
    pages.push(await json("GET", `/alerts?limit=200&offset=${offset}`));
  }
  assert.deepEqual(pages.map((page) => page.items.length), [200, 200, 100]);
  assert.equal(new Set(pages.flatMap((page) => page.items.map((alert) => alert.id))).size, 500);
});

test("urestapi GETs what a filter lets through", async () => {
  const filters = encodeURIComponent(JSON.stringify({ severity: { equals: "high" } }));
  const { items } = await json("GET", `/alerts?limit=500&filters=${filters}`);
  assert.ok(items.length > 0 && items.length < 500);
  assert.ok(items.every((alert) => alert.severity === "high"));
});

test("urestapi POSTs, PUTs and DELETEs a lookup table", async () => {
  const made = await json("POST", "/lookupTables", { name: "strangers", idField: "host", description: "by a stranger" });
  assert.equal(made.name, "strangers");
  const changed = await json("PUT", `/lookupTables/${made.id}`, { description: "changed by a stranger" });
  assert.equal(changed.description, "changed by a stranger");
  assert.equal((await json("GET", `/lookupTables/${made.id}`)).description, "changed by a stranger");
  await urestapi("DELETE", `/lookupTables/${made.id}`);
  assert.match(await urestapi("GET", `/lookupTables/${made.id}`), /^b'/, "what is not found is printed as bytes");
});

test("urestapi PUTs the status of an alert", async () => {
  const { items } = await json("GET", "/alerts?limit=1");
  await json("PUT", `/alerts/${items[0].id}`, { status: "resolved" });
  assert.equal((await json("GET", `/alerts/${items[0].id}`)).status, "resolved");
});

test("urestapi uploads a threat source", async () => {
  const csv = join(demo.folder, "indicators.csv");
  await writeFile(csv, "indicator,type\n203.0.113.77,IPv4\nbad.example.net,Domain\n");
  const words = ["--threat_source_name", "strangers", "--threat_source_description", "two rows", "--threat_data_csv", csv];
  const made = JSON.parse(await urestapi("POST", "/threatSources", words));
  assert.equal(made.name, "strangers");
  const { items } = await json("GET", "/threatSources?limit=1000");
  assert.ok(items.some((source) => source.id === made.id));
});

test("urestapi GETs the osquery packages, whose path names no customer", async () => {
  assert.ok(Array.isArray((await json("GET", "/osqueryPackages")).items));
});

// Starts the demo server with as many alerts as the arguments say and measures it from outside: how long it takes to
// be there, how much memory it holds, and what its own `Server-Timing` says of pages of 10,000 Uptycs alerts. Prints
// one JSON object: seconds, megabytes, milliseconds.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [uptycsAlerts, utmstackAlerts, personality] = process.argv.slice(2);
const keyPath = join(tmpdir(), `triagekit-bench-${process.pid}.json`);
const flags = ["--uptycs-alerts", uptycsAlerts, "--utmstack-alerts", utmstackAlerts, "--utmstack", personality];
const started = performance.now();
const server = spawn(process.env.TRIAGEKIT_DEMO, [...flags, "--write-key", keyPath], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const url = await firstLine();
  const generated = (performance.now() - started) / 1000;
  const key = JSON.parse(await readFile(keyPath, "utf8"));
  const pages = [];
  for (let number = 0; number < 12; number += 1) {
    pages.push(await page(url, key, number * 10_000));
  }
  const [first, ...later] = pages;
  console.log(JSON.stringify({ generated, peak: await peak(), first, later }));
} finally {
  server.kill();
  await rm(keyPath, { force: true });
}

async function firstLine() {
  for await (const line of createInterface({ input: server.stdout })) {
    server.stdout.resume();
    return line.trim();
  }
  throw new Error("the demo server ended before it said where it listens");
}

/** What the server says it took itself, in milliseconds. */
async function page(url, key, offset) {
  const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: key.key, exp: Math.floor(Date.now() / 1000) + 60 };
  const signed = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
  const signature = createHmac("sha256", key.secret).update(signed).digest("base64url");
  const path = `/public/api/customers/${key.customerId}/alerts?limit=10000&offset=${offset}`;
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${signed}.${signature}` } });
  const { items } = await response.json();
  if (items?.length !== 10_000) {
    throw new Error(`the page at ${offset} holds ${items?.length} alerts instead of 10,000`);
  }
  const timing = response.headers.get("server-timing");
  return timing.match(/dur=([\d.]+)/g).reduce((sum, part) => sum + Number(part.slice(4)), 0);
}

/** The most memory the server ever held, where the system tells. */
async function peak() {
  const status = await readFile(`/proc/${server.pid}/status`, "utf8").catch(() => "");
  const kibibytes = status.match(/^VmHWM:\s+(\d+) kB/m)?.[1];
  return kibibytes === undefined ? null : (Number(kibibytes) * 1024) / 1_000_000;
}

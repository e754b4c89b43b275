// A demo server of one's own for each test that needs it untouched.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What every console in these tests signs in with. */
export const USER = { username: "admin", password: "triagekit-demo" };

/**
 * Starts a demo server that serves the console, and gives its address and its Uptycs key file.
 *
 * @param {string[]} flags further flags of the server
 */
export async function startDemo(...flags) {
  const program = required("TRIAGEKIT_DEMO");
  const home = await mkdtemp(join(tmpdir(), "triagekit-browser-"));
  const keyFile = join(home, "key.json");
  const server = spawn(
    program,
    ["--listen", "127.0.0.1:0", "--console", required("TRIAGEKIT_CONSOLE"), "--write-key", keyFile, ...flags],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines = createInterface({ input: server.stdout });
  const first = await Promise.race([
    once(lines, "line").then(([line]) => line),
    once(server, "exit").then(([code]) => {
      throw new Error(`the demo server ended with ${code} before it gave an address`);
    }),
  ]);
  const address = first.trim().replace(/\/$/, "");
  const key = JSON.parse(await readFile(keyFile, "utf8"));
  let isRunning = true;
  return {
    address,
    keyFile,
    key,
    /** Lets the next requests to a vendor meet these faults. */
    async faults(...next) {
      const answer = await fetch(`${address}/_demo/faults`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ next }),
      });
      if (!answer.ok) throw new Error(`the demo server refused the faults: ${answer.status}`);
    },
    async stop() {
      if (isRunning) {
        isRunning = false;
        const ended = once(server, "exit");
        server.kill();
        await ended;
      }
    },
    async close() {
      await this.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** @param {string} name */
export function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with cargo xtask test browser`);
  return value;
}

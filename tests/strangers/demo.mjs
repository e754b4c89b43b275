import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What the harness says in the environment. @param {string} name @param {string} what */
export function needed(name, what) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: it names ${what}; \`cargo xtask test --all strangers\` sets it`);
  }
  return value;
}

/** Starts a demo server; the caller ends it with `stop()`. @param {string[]} flags */
export async function startDemo(flags = []) {
  const folder = await mkdtemp(join(tmpdir(), "triagekit-strangers-"));
  const keyPath = join(folder, "key.json");
  const server = spawn(
    needed("TRIAGEKIT_DEMO", "the demo server's program"),
    ["--alerts", "500", "--write-key", keyPath, ...flags],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const closed = new Promise((resolve) => server.once("close", resolve));
  let url = "";
  for await (const line of createInterface({ input: server.stdout })) {
    url = line.trim();
    break;
  }
  server.stdout.resume();
  if (!url) {
    throw new Error("the demo server ended before it said where it listens");
  }
  return {
    url,
    folder,
    key: JSON.parse(await readFile(keyPath, "utf8")),
    async stop() {
      server.kill();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

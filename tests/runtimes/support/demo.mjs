import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UTMStack, Uptycs, needed } from "./package.mjs";

export const USER = { username: "admin", password: "triagekit-demo" };

/** @typedef {Awaited<ReturnType<typeof startDemo>>} Demo */

/**
 * Starts a demo server of both vendors; the caller ends it with `stop()`.
 *
 * @param {{ alerts: number, flags?: string[] }} options
 */
export async function startDemo({ alerts, flags = [] }) {
  const folder = await mkdtemp(join(tmpdir(), "triagekit-"));
  const keyPath = join(folder, "key.json");
  const program = needed("TRIAGEKIT_DEMO", "the demo server's program");
  const given = ["--listen", "127.0.0.1:0", "--alerts", String(alerts), "--write-key", keyPath, ...flags];
  const server = spawn(program, given, { stdio: ["ignore", "pipe", "inherit"] });
  const closed = new Promise((resolve) => server.once("close", resolve));
  const url = await firstLine(server.stdout);
  const keyText = await readFile(keyPath, "utf8");

  /**
   * @param {string} path
   * @param {RequestInit} [init]
   */
  async function control(path, init) {
    const response = await fetch(`${url}/_demo/${path}`, init);
    if (!response.ok) {
      throw new Error(`the demo server answered ${response.status} to ${path}: ${await response.text()}`);
    }
    return response.text();
  }

  return {
    url,
    keyPath,
    keyText,
    /** @type {import("../../../npm/types/index.js").KeyFile} */
    key: JSON.parse(keyText),
    /** @param {import("../../../npm/types/index.js").ClientOptions} [options] */
    uptycs: (options) => new Uptycs(keyText, options),
    /** @param {import("../../../npm/types/index.js").ClientOptions} [options] */
    utmstack: (options) => new UTMStack({ url, ...USER }, options),
    /** @param {"uptycs" | "utmstack"} vendor */
    ids: async (vendor) => (await control(`ids?vendor=${vendor}`)).trim().split("\n").sort(),
    /** @param {object[]} next */
    faults: (next) =>
      control("faults", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ next }),
      }),
    forgetTokens: () => control("forget-tokens", { method: "POST" }),
    /** @returns {Promise<{ requests: Record<string, Record<string, number>>, queryJobs: number }>} */
    state: async () => JSON.parse(await control("state")),
    async stop() {
      server.kill();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @param {NodeJS.ReadableStream} stream */
async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) {
    stream.resume();
    return line.trim();
  }
  throw new Error("the demo server ended before it said where it listens");
}

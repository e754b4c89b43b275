import { spawn } from "node:child_process";

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {string[]} words
 * @param {{ input?: string, env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<{ code: number | null, out: string, err: string }>}
 */
export function run(program, words, { input = "", env = {}, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, env: { ...process.env, ...env } });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

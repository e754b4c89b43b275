import assert from "node:assert/strict";
import { inspect } from "node:util";
import { TriagekitError } from "./package.mjs";

/**
 * The error that something ends with; fails when it does not end with one of ours.
 *
 * @param {() => unknown} work
 * @returns {Promise<import("../../../npm/types/index.js").TriagekitError>}
 */
export async function rejection(work) {
  /** @type {unknown} */
  let error;
  try {
    await work();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error instanceof Error, "it did not fail");
  assert.ok(error instanceof TriagekitError, inspect(error));
  assert.equal(error.name, "TriagekitError");
  return error;
}

/**
 * Holds that an error shows none of the secrets, however it is printed.
 *
 * @param {Error} error
 * @param {string[]} secrets
 */
export function assertKeeps(error, secrets) {
  const prints = [
    String(error),
    error.stack ?? "",
    inspect(error, { depth: Infinity, showHidden: true, getters: true }),
    JSON.stringify(error),
  ];
  for (const secret of secrets) {
    for (const print of prints) {
      assert.ok(!print.includes(secret), `a secret is shown: ${print}`);
    }
  }
}

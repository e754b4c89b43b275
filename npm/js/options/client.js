import { read } from "./read.js";
import { count, fetchFunction, flag, signal } from "./readers.js";

/** The longest time that a timer takes; longer ones fire at once. */
const LONGEST = 2_147_483_647;
const ATTEMPT_MS = 60_000;

/**
 * @typedef {object} ClientSettings
 * @property {import("../driver/attempt.js").Fetch | undefined} fetch
 * @property {number} timeoutMs
 * @property {number | undefined} deadlineMs
 * @property {number | undefined} maxRetries
 * @property {AbortSignal | undefined} signal
 * @property {boolean} dangerouslyAllowBrowser
 *
 * @typedef {object} CallSettings
 * @property {number | undefined} [timeoutMs]
 * @property {number | undefined} [deadlineMs]
 * @property {AbortSignal | undefined} [signal]
 */

/** What every call may be given. */
export const CALL = { signal, timeoutMs: count(1, LONGEST), deadlineMs: count(1) };

const CLIENT = {
  ...CALL,
  fetch: fetchFunction,
  maxRetries: count(0, 100),
  dangerouslyAllowBrowser: flag,
};

/**
 * @param {unknown} options
 * @param {string} of
 * @returns {ClientSettings}
 */
export function clientSettings(options, of) {
  const given = read(options, CLIENT, of);
  return {
    fetch: given.fetch,
    timeoutMs: given.timeoutMs ?? ATTEMPT_MS,
    deadlineMs: given.deadlineMs,
    maxRetries: given.maxRetries,
    signal: given.signal,
    dangerouslyAllowBrowser: given.dangerouslyAllowBrowser ?? false,
  };
}

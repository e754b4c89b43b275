import { call } from "../wasm/engine.js";
import { attempt } from "./attempt.js";
import { entropy } from "./entropy.js";
import { pause } from "./pause.js";

/** How long tidying up may take, in milliseconds. */
const LONGEST = 10_000;

/**
 * Leaves nothing of an operation that was given up on the platform, such as a SQL job that nobody reads any more.
 *
 * @param {import("../wasm/glue.js").Operation} handle
 * @param {import("./connection.js").Connection<object>} connection
 * @param {number} timeoutMs
 */
export async function tidy(handle, connection, timeoutMs) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error("tidying up took too long")), LONGEST);
  try {
    call(() => handle.abandon());
    while (await follow(handle, connection, timeoutMs, stop.signal)) {
      // One step after the other.
    }
    call(() => handle.free());
  } catch {
    // Whoever gave it up has gone on; the platform drops such jobs by itself, only later.
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Does one step, and says whether there may be another.
 *
 * @param {import("../wasm/glue.js").Operation} handle
 * @param {import("./connection.js").Connection<object>} connection
 * @param {number} timeoutMs
 * @param {AbortSignal} stop
 */
async function follow(handle, connection, timeoutMs, stop) {
  const step = call(() => handle.next(Date.now(), entropy()));
  if (step.kind === "send") {
    const outcome = await attempt(connection.fetch, step, timeoutMs, stop);
    try {
      if ("status" in outcome) {
        call(() => handle.received(outcome.status, outcome.headers, outcome.body, Date.now(), entropy()));
      } else {
        call(() => handle.failed(outcome.kind, outcome.words, Date.now(), entropy()));
      }
    } finally {
      connection.received();
    }
  } else if (step.kind === "wait") {
    await pause(step.ms, stop);
  } else if (step.kind === "park") {
    await connection.somethingReceived(stop);
  }
  return step.kind !== "done";
}

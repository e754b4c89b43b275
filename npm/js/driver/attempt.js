import { explain } from "./explain.js";

/**
 * What came of one request.
 *
 * @typedef {{ status: number, headers: [string, string][], body: Uint8Array }} Answer
 * @typedef {{ kind: "unreachable" | "interrupted" | "timedOut" | "cancelled", words: string, cause?: unknown }} Failure
 * @typedef {(url: string, init: RequestInit) => Promise<Response>} Fetch
 */

/**
 * Sends one request and reads the whole answer, within `timeoutMs` and until `stop` aborts.
 *
 * Neither `mode` nor `credentials` nor `cache` is ever set: workers refuse them.
 *
 * @param {Fetch} fetch
 * @param {import("../wasm/glue.js").SendStep} step
 * @param {number} timeoutMs
 * @param {AbortSignal} stop
 * @returns {Promise<Answer | Failure>}
 */
export async function attempt(fetch, step, timeoutMs, stop) {
  if (stop.aborted) {
    return { kind: "cancelled", words: "" };
  }
  if (timeoutMs <= 0) {
    return { kind: "timedOut", words: "" };
  }
  const controller = new AbortController();
  let isLate = false;
  let hasAnswered = false;
  const cancel = () => controller.abort(stop.reason);
  const timer = setTimeout(() => {
    isLate = true;
    controller.abort(new Error("the attempt took too long"));
  }, timeoutMs);
  stop.addEventListener("abort", cancel, { once: true });
  const send = async () => {
    const response = await fetch(step.url, {
      method: step.method,
      headers: step.headers,
      body: step.body || null,
      redirect: "manual",
      signal: controller.signal,
    });
    hasAnswered = true;
    // A browser hides where a redirect leads, and even which one it is.
    const status = response.type === "opaqueredirect" ? 302 : response.status;
    return { status, headers: [...response.headers], body: new Uint8Array(await response.arrayBuffer()) };
  };
  try {
    // A fetch of the caller's own may not heed the signal; the time is kept all the same.
    return await Promise.race([send(), whenAborted(controller.signal)]);
  } catch (cause) {
    if (stop.aborted) {
      return { kind: "cancelled", words: "" };
    }
    if (isLate) {
      return { kind: "timedOut", words: "" };
    }
    return { ...explain(cause, hasAnswered, step.method), cause };
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", cancel);
  }
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<never>}
 */
function whenAborted(signal) {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
